// A fixed number of threads with a pinned stack size, fed from one queue. Thread-safe.
#pragma once

#include <pthread.h>

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <vector>

namespace leadline {

class WorkerPool {
 public:
  // Stacks of 8 MiB whatever the machine's default is: a library below us may recurse.
  explicit WorkerPool(int threads);
  ~WorkerPool();  // runs what is queued, then joins

  void Run(std::function<void()> job);
  // True when a further job would start at once, the caller's own thread not counted.
  bool HasIdle() const;

 private:
  static void* Main(void* pool);
  void Work();

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> jobs_;
  size_t idle_ = 0;
  bool stop_ = false;
  std::vector<pthread_t> threads_;
};

}  // namespace leadline
