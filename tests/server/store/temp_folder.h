// A folder of a test's own, gone with it.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace leadline {

class TempFolder {
 public:
  TempFolder() {
    // In memory where the machine has it: the tests are about what is written, not about the disk.
    const bool shm = std::filesystem::is_directory("/dev/shm");
    std::string path =
        (shm ? std::string("/dev/shm/") : ::testing::TempDir()) + "leadline-store-XXXXXX";
    EXPECT_NE(mkdtemp(path.data()), nullptr);
    path_ = path;
  }
  ~TempFolder() { std::filesystem::remove_all(path_); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace leadline
