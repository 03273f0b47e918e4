// A mutex that serves in order of arrival, so that an import that writes chunk after chunk cannot
// keep a claim waiting for more than the chunk that is on.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace leadline {

class FifoMutex {
 public:
  void lock() {
    std::unique_lock<std::mutex> guard(mutex_);
    const uint64_t ticket = next_++;
    turn_.wait(guard, [&] { return serving_ == ticket; });
  }
  // False when someone holds it or waits for it.
  bool try_lock() {
    const std::lock_guard<std::mutex> guard(mutex_);
    if (next_ != serving_) return false;
    ++next_;
    return true;
  }
  void unlock() {
    const std::lock_guard<std::mutex> guard(mutex_);
    ++serving_;
    turn_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable turn_;
  uint64_t next_ = 0;
  uint64_t serving_ = 0;
};

}  // namespace leadline
