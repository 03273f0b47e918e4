// The one thread that runs the scheduler's passes: it waits for the next due instant or for a Wake,
// and never longer than a second, so that a clock that was set meanwhile is noticed.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "server/scheduler/scheduler.h"

namespace leadline {

class SchedulerWorker {
 public:
  // Both must outlive the worker. Starts at once.
  SchedulerWorker(Scheduler* scheduler, const Clock* clock);
  ~SchedulerWorker();  // stops after the running pass

  // Thread-safe, returns at once. Called after every commit and for every webhook.
  void Wake();
  // When the last pass ended, on the steady clock; /readyz looks at it.
  TimeMs last_pass_steady_ms() const { return last_pass_steady_ms_; }

 private:
  void Work();

  Scheduler* const scheduler_;
  const Clock* const clock_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool woken_ = false;
  bool stop_ = false;
  std::atomic<TimeMs> last_pass_steady_ms_{0};
  std::thread thread_;
};

}  // namespace leadline
