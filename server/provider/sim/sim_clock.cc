#include "server/provider/sim/sim_clock.h"

#include <algorithm>
#include <chrono>

namespace leadline {
namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using std::chrono::system_clock;

class MachineTime : public TimeSource {
 public:
  TimeMs WallMs() override {
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
  }
  int64_t SteadyUs() override {
    return duration_cast<microseconds>(steady_clock::now().time_since_epoch()).count();
  }
  void Wait(std::condition_variable& cv, std::unique_lock<std::mutex>& lock,
            int64_t due_us) override {
    cv.wait_until(lock, steady_clock::time_point(microseconds(due_us)));
  }
};

}  // namespace

TimeSource& RealTime() {
  static MachineTime time;
  return time;
}

SimClock::SimClock(TimeSource* source, double scale, TimeMs base_ms)
    : source_(source),
      scale_(std::max(1.0, scale)),
      origin_us_(source->SteadyUs()),
      base_ms_(base_ms != 0 ? base_ms : source->WallMs()) {}

TimeMs SimClock::SimMs() const {
  return base_ms_ + SimElapsedMs(origin_us_);
}

void SimClock::SetSimMs(TimeMs now_ms) {
  base_ms_ = now_ms - SimElapsedMs(origin_us_);
}

int64_t SimClock::DueUs(int64_t delay_ms) const {
  const double delay_us = 1000.0 * static_cast<double>(std::max<int64_t>(0, delay_ms)) / scale_;
  return source_->SteadyUs() + static_cast<int64_t>(delay_us);
}

int64_t SimClock::SimElapsedMs(int64_t since_us) const {
  return static_cast<int64_t>(static_cast<double>(source_->SteadyUs() - since_us) * scale_ /
                              1000.0);
}

}  // namespace leadline
