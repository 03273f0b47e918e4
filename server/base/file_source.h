// A regular file that is read at any place. One thread.
#pragma once

#include <memory>
#include <string>

#include "common/table/zip_reader.h"

namespace leadline {

class FileSource : public ByteSource {
 public:
  // nullptr when there is no regular file of that name, or it may not be read.
  static std::unique_ptr<FileSource> Open(const std::string& path);
  ~FileSource() override;
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  uint64_t size() const override { return size_; }  // when it was opened
  bool Read(uint64_t offset, char* to, size_t n) override;

 private:
  FileSource(int fd, uint64_t size) : fd_(fd), size_(size) {}
  const int fd_;
  const uint64_t size_;
};

}  // namespace leadline
