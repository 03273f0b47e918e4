// The data folder, taken by this process alone: SQLite would let a second one in, and two
// schedulers would dial from it.
#pragma once

#include <string>
#include <utility>

#include "common/base/status.h"

namespace leadline {

class FolderLock {
 public:
  // Makes the folder (0700) when missing. kInvalid "store_folder", kRefused "store_in_use".
  static Result<FolderLock> Take(const std::string& folder);
  FolderLock(FolderLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int fd) : fd_(fd) {}
  int fd_;
};

}  // namespace leadline
