// A folder of a test's own, gone when the test is.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace leadline {

class TempFolder {
 public:
  TempFolder() {
    // In memory where the machine has it: the tests are about what is written, not about the disk.
    const std::filesystem::path shm = "/dev/shm";
    const auto parent =
        std::filesystem::is_directory(shm) ? shm : std::filesystem::temp_directory_path();
    std::string name = (parent / "leadline-test-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) std::abort();
    path_ = name;
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace leadline
