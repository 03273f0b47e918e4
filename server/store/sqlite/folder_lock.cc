#include "server/store/sqlite/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace leadline {

Result<FolderLock> FolderLock::Take(const std::string& folder) {
  if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
    return Invalid("store_folder",
                   std::string("The data folder cannot be made: ") + std::strerror(errno) + ".");
  }
  const std::string path = folder + "/leadline.lock";
  const int fd = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) {
    return Invalid("store_folder",
                   std::string("The data folder cannot be used: ") + std::strerror(errno) + ".");
  }
  if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
    close(fd);
    return Refused("store_in_use",
                   "Another Leadline is running on this data folder. Stop it first, or choose "
                   "another folder with --data.");
  }
  return FolderLock(fd);
}

FolderLock::~FolderLock() {
  if (fd_ >= 0) close(fd_);
}

}  // namespace leadline
