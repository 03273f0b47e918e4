#include "server/scheduler/circuit.h"

#include <algorithm>

#include "common/dial/retry.h"

namespace leadline {
namespace {

// Only these say something about the provider; a refusal because of one lead's number does not.
bool IsFailure(const PlaceResult& r) {
  return r.kind == PlaceResult::Kind::kUnclear ||
         (r.kind == PlaceResult::Kind::kRefused && r.verdict.outcome == Outcome::kTemporaryError);
}

}  // namespace

void Circuit::Open(TimeMs now, TimeMs at_least, double jitter) {
  open_until_ = std::max(open_until_, now + BackoffMs(++opened_, jitter, at_least));
  recovering_since_ = 0;
}

void Circuit::Record(const PlaceResult& result, TimeMs now, double jitter) {
  if (!IsFailure(result)) {
    failures_ = 0;
    if (opened_ > 0) {
      recovering_since_ = now;
      recovery_minute_ = placed_in_minute_ = 0;
    }
    opened_ = 0;
    const TimeMs minute = (now - recovering_since_) / kMinuteMs;
    placed_in_minute_ = minute == recovery_minute_ ? placed_in_minute_ + 1 : 1;
    recovery_minute_ = minute;
    return;
  }
  if (result.verdict.rate_limited) {
    Open(now, result.retry_after_ms, jitter);
    return;
  }
  failures_ = now - last_failure_at_ <= kFailureWindowMs ? failures_ + 1 : 1;
  last_failure_at_ = now;
  // While probing, one failure is enough to close the door again.
  if (failures_ >= kFailuresToOpen || opened_ > 0) Open(now, result.retry_after_ms, jitter);
}

int Circuit::MaxNewCalls(TimeMs now, int in_flight) const {
  if (now < open_until_) return 0;
  if (opened_ > 0) return in_flight > 0 ? 0 : 1;
  if (recovering_since_ == 0) return kUnlimited;
  const TimeMs minutes = (now - recovering_since_) / kMinuteMs;
  if (minutes >= 9) return kUnlimited;
  const int placed = minutes == recovery_minute_ ? placed_in_minute_ : 0;
  return std::max(0, (1 << minutes) - placed - in_flight);
}

}  // namespace leadline
