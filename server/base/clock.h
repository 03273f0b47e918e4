// Time, injected everywhere it is read. Two kinds: the calling clock (wall time; rows, windows,
// delays; may be sped up for demos) and the steady clock (durations, network time-outs; never sped
// up).
#pragma once

#include <atomic>
#include <chrono>

#include "common/base/time.h"

namespace leadline {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual TimeMs NowMs() const = 0;      // the calling clock
  virtual TimeMs RealNowMs() const = 0;  // the machine's wall clock: signatures, sessions
  virtual TimeMs SteadyMs() const = 0;   // never steps back; no meaning but differences
  virtual int64_t scale() const = 0;     // how many calling milliseconds pass in a real one, >= 1
};

// The machine's clocks; with scale > 1 the calling clock starts at `start` (now, or later: where
// the stored past ends, so that a restarted demo does not travel back) and runs `scale` times as
// fast. Thread-safe.
class SystemClock final : public Clock {
 public:
  explicit SystemClock(int64_t scale = 1, TimeMs start = 0)
      : scale_(scale), steady_start_(Steady()), start_(start > Wall() ? start : Wall()) {}
  TimeMs NowMs() const override {
    return scale_ == 1 ? Wall() : start_ + (Steady() - steady_start_) * scale_;
  }
  TimeMs RealNowMs() const override { return Wall(); }
  TimeMs SteadyMs() const override { return Steady(); }
  int64_t scale() const override { return scale_; }

 private:
  static TimeMs Wall() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
  }
  static TimeMs Steady() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
  }
  const int64_t scale_;
  const TimeMs steady_start_;
  const TimeMs start_;
};

// Set by tests. Thread-safe.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(TimeMs now) : now_(now) {}
  TimeMs NowMs() const override { return now_; }
  TimeMs RealNowMs() const override { return now_; }
  TimeMs SteadyMs() const override { return now_; }
  int64_t scale() const override { return 1; }
  void Set(TimeMs now) { now_ = now; }
  void Advance(TimeMs by) { now_ += by; }

 private:
  std::atomic<TimeMs> now_;
};

}  // namespace leadline
