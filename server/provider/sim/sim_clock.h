// The simulator's three clocks, from one injected source.
//   wall:      real time; what providers print in their answers and sign webhooks with
//   steady:    real, monotonic microseconds; what timers run on
//   simulated: base + (steady elapsed) * scale; what the ring log prints and what a fast Leadline
//   calls by
// Thread-safe.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "common/base/time.h"

namespace leadline {

class TimeSource {
 public:
  virtual ~TimeSource() = default;
  virtual TimeMs WallMs() = 0;
  virtual int64_t SteadyUs() = 0;
  // Waits until `cv` is notified or SteadyUs() reaches `due_us`; may return early, so callers loop.
  // REQUIRES `lock` held.
  virtual void Wait(std::condition_variable& cv, std::unique_lock<std::mutex>& lock,
                    int64_t due_us) = 0;
};

// The machine's own time; lives for ever.
TimeSource& RealTime();

class SimClock {
 public:
  // `source` must outlive the clock. `scale` >= 1. base_ms 0: the wall time of this moment.
  SimClock(TimeSource* source, double scale, TimeMs base_ms);

  TimeMs WallMs() const { return source_->WallMs(); }
  int64_t SteadyUs() const { return source_->SteadyUs(); }
  TimeMs SimMs() const;
  // Makes it `now_ms` now, to agree with another process's calling clock. Running delays are not
  // touched.
  void SetSimMs(TimeMs now_ms);
  double scale() const { return scale_; }
  // The steady instant that is `delay_ms` of simulated time from now; negative counts as 0.
  int64_t DueUs(int64_t delay_ms) const;
  // Simulated milliseconds that passed since the steady instant `since_us`.
  int64_t SimElapsedMs(int64_t since_us) const;

 private:
  TimeSource* source_;
  double scale_;
  int64_t origin_us_;
  std::atomic<TimeMs> base_ms_;
};

}  // namespace leadline
