#include "server/scheduler/worker.h"

#include <algorithm>
#include <chrono>

namespace leadline {

SchedulerWorker::SchedulerWorker(Scheduler* scheduler, const Clock* clock)
    : scheduler_(scheduler), clock_(clock), thread_([this] { Work(); }) {}

SchedulerWorker::~SchedulerWorker() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stop_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void SchedulerWorker::Wake() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    woken_ = true;
  }
  wake_.notify_one();
}

void SchedulerWorker::Work() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (!stop_) {
    woken_ = false;
    lock.unlock();
    const PassResult pass = scheduler_->RunOnce(clock_->NowMs());
    last_pass_steady_ms_ = clock_->SteadyMs();
    const TimeMs wait_calling_ms = pass.next_at == kNever ? kDayMs : pass.next_at - clock_->NowMs();
    const TimeMs wait_ms =
        pass.busy ? 0 : std::clamp<TimeMs>(wait_calling_ms / clock_->scale(), 1, 1000);
    lock.lock();
    wake_.wait_for(lock, std::chrono::milliseconds(wait_ms), [this] { return woken_ || stop_; });
  }
}

}  // namespace leadline
