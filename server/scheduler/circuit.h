// A circuit per provider: after repeated failures nothing is dialled there for a while, then one
// call probes, then the rate doubles minute by minute, so that no herd follows an outage. A 429
// holds the provider back in the same way. Source: spec 6 (Back-off), reliability.md 3 (long
// outage). Not thread-safe: the scheduler guards it.
#pragma once

#include "common/base/time.h"
#include "server/provider/provider.h"

namespace leadline {

class Circuit {
 public:
  // What a create request showed. `jitter` in [0, 1).
  void Record(const PlaceResult& result, TimeMs now, double jitter);

  TimeMs open_until() const { return open_until_; }
  // How many calls may be started now, with `in_flight` create requests still unanswered.
  int MaxNewCalls(TimeMs now, int in_flight) const;

 private:
  void Open(TimeMs now, TimeMs at_least, double jitter);

  static constexpr int kFailuresToOpen = 5;
  static constexpr TimeMs kFailureWindowMs = 30 * kSecondMs;
  static constexpr int kUnlimited = 500;

  int failures_ = 0;  // in a row, the last within kFailureWindowMs of the one before
  TimeMs last_failure_at_ = 0;
  int opened_ = 0;  // times in a row without a success between
  TimeMs open_until_ = 0;
  TimeMs recovering_since_ = 0;  // first success after an outage; 0: not recovering
  TimeMs recovery_minute_ = 0;   // the minute of the recovery in which ...
  int placed_in_minute_ = 0;     // ... so many calls were placed
};

}  // namespace leadline
