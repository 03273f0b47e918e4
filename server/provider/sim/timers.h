// Runs tasks at steady instants, on one thread of its own: in order of their instants, ties in
// order of adding. Thread-safe. A task may add tasks; it must not call Stop.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

#include "server/provider/sim/sim_clock.h"

namespace leadline {

class TimerQueue {
 public:
  // `time` must outlive the queue.
  explicit TimerQueue(TimeSource* time);
  ~TimerQueue() { Stop(); }
  TimerQueue(const TimerQueue&) = delete;
  TimerQueue& operator=(const TimerQueue&) = delete;

  // Dropped after Stop.
  void At(int64_t due_us, std::function<void()> task);
  // Waits for the running task, drops the others. Idempotent.
  void Stop();

 private:
  struct Entry {
    int64_t due_us;
    uint64_t order;
    std::function<void()> task;
  };
  struct Later {
    bool operator()(const Entry& a, const Entry& b) const {
      return a.due_us != b.due_us ? a.due_us > b.due_us : a.order > b.order;
    }
  };
  void Run();

  TimeSource* time_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::priority_queue<Entry, std::vector<Entry>, Later> entries_;
  uint64_t next_order_ = 0;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace leadline
