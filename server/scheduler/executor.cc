#include "server/scheduler/executor.h"

#include <algorithm>
#include <utility>

namespace leadline {

PoolExecutor::PoolExecutor(int threads) {
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { Work(); });
}

PoolExecutor::~PoolExecutor() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stop_ = true;
  }
  wake_.notify_all();
  for (std::thread& t : threads_) t.join();
}

int PoolExecutor::Free() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return std::max(0, static_cast<int>(threads_.size() - jobs_.size()) - busy_);
}

void PoolExecutor::Run(std::function<void()> job) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    jobs_.push_back(std::move(job));
  }
  wake_.notify_one();
}

void PoolExecutor::Work() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return stop_ || !jobs_.empty(); });
    // Jobs that were handed over are still done: each is a call that is committed as placed.
    if (jobs_.empty()) return;
    std::function<void()> job = std::move(jobs_.front());
    jobs_.pop_front();
    ++busy_;
    lock.unlock();
    job();
    lock.lock();
    --busy_;
  }
}

}  // namespace leadline
