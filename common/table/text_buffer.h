// Bytes that grow at their end, for where millions of short pieces are put together: what
// std::string does call by call (in the browser even out of line), here compiles to a few stores.
// Methods are as those of std::string, as far as they go. One thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

namespace leadline {

class TextBuffer {
 public:
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  // Views are valid until something is appended.
  std::string_view view() const { return {bytes_.get(), size_}; }
  char* data() { return bytes_.get(); }
  char back() const { return bytes_[size_ - 1]; }  // REQUIRES !empty()

  void clear() { size_ = 0; }
  void resize(size_t size) { size_ = size; }  // REQUIRES size <= size()
  void pop_back() { --size_; }                // REQUIRES !empty()
  void push_back(char c) {
    if (size_ == capacity_) Grow(1);
    bytes_[size_++] = c;
  }
  TextBuffer& append(size_t count, char c) {
    if (count > capacity_ - size_) Grow(count);
    for (; count > 0; --count) bytes_[size_++] = c;
    return *this;
  }
  // REQUIRES that text is not of this buffer.
  TextBuffer& append(std::string_view text) {
    if (text.size() > capacity_ - size_) Grow(text.size());
    Copy(bytes_.get() + size_, text.data(), text.size());
    size_ += text.size();
    return *this;
  }
  void erase_front(size_t count) {  // REQUIRES count <= size()
    size_ -= count;
    if (size_ > 0) std::memmove(bytes_.get(), bytes_.get() + count, size_);
  }

 private:
  // Short texts in two moves, which may overlap; a call of memcpy would take longer.
  static void Copy(char* to, const char* from, size_t n) {
    if (n >= 16) {
      if (n > 256) {
        std::memcpy(to, from, n);
        return;
      }
      for (size_t i = 0; i + 16 < n; i += 16) std::memcpy(to + i, from + i, 16);
      std::memcpy(to + n - 16, from + n - 16, 16);
    } else if (n >= 8) {
      std::memcpy(to, from, 8);
      std::memcpy(to + n - 8, from + n - 8, 8);
    } else if (n >= 4) {
      std::memcpy(to, from, 4);
      std::memcpy(to + n - 4, from + n - 4, 4);
    } else {
      for (size_t i = 0; i < n; ++i) to[i] = from[i];
    }
  }
  void Grow(size_t more) {
    constexpr size_t kLeast = 256;
    const size_t capacity = std::max({kLeast, 2 * capacity_, size_ + more});
    std::unique_ptr<char[]> grown(new char[capacity]);
    if (size_ > 0) std::memcpy(grown.get(), bytes_.get(), size_);
    bytes_ = std::move(grown);
    capacity_ = capacity;
  }

  std::unique_ptr<char[]> bytes_;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace leadline
