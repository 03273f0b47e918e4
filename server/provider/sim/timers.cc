#include "server/provider/sim/timers.h"

#include <utility>

namespace leadline {

TimerQueue::TimerQueue(TimeSource* time) : time_(time), thread_([this] { Run(); }) {}

void TimerQueue::At(int64_t due_us, std::function<void()> task) {
  {
    std::lock_guard lock(mutex_);
    if (stopping_) return;
    entries_.push({due_us, next_order_++, std::move(task)});
  }
  changed_.notify_one();
}

void TimerQueue::Stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void TimerQueue::Run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (entries_.empty()) {
      changed_.wait(lock);
    } else if (const int64_t due_us = entries_.top().due_us; due_us > time_->SteadyUs()) {
      time_->Wait(changed_, lock, due_us);
    } else {
      std::function<void()> task = entries_.top().task;
      entries_.pop();
      lock.unlock();
      task();
      lock.lock();
    }
  }
}

}  // namespace leadline
