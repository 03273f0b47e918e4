#include "server/scheduler/circuit.h"

#include <gtest/gtest.h>

namespace leadline {
namespace {

PlaceResult Accepted() {
  PlaceResult r;
  r.kind = PlaceResult::Kind::kAccepted;
  return r;
}
PlaceResult Refused(Outcome outcome, bool rate = false, TimeMs retry_after_ms = 0) {
  PlaceResult r;
  r.kind = PlaceResult::Kind::kRefused;
  r.verdict.outcome = outcome;
  r.verdict.rate_limited = rate;
  r.retry_after_ms = retry_after_ms;
  return r;
}

TEST(Circuit, OpensAfterFiveFailuresInAShortTime) {
  Circuit c;
  for (int i = 0; i < 4; ++i) c.Record(PlaceResult{}, 1000 * i, 0.5);
  EXPECT_EQ(c.MaxNewCalls(4000, 0), 500);
  c.Record(PlaceResult{}, 4000, 0.5);
  EXPECT_EQ(c.MaxNewCalls(4000, 0), 0);
  EXPECT_GT(c.open_until(), 4000);
}

TEST(Circuit, FailuresFarApartDoNotAddUp) {
  Circuit c;
  for (int i = 0; i < 20; ++i) c.Record(PlaceResult{}, i * kMinuteMs, 0.5);
  EXPECT_EQ(c.MaxNewCalls(20 * kMinuteMs, 0), 500);
}

TEST(Circuit, ARefusalBecauseOfTheLeadIsNoFailure) {
  Circuit c;
  for (int i = 0; i < 20; ++i) c.Record(Refused(Outcome::kPermanentError), i, 0.5);
  EXPECT_EQ(c.MaxNewCalls(20, 0), 500);
}

TEST(Circuit, ProbesWithOneCallAndThenDoublesByTheMinute) {
  Circuit c;
  for (int i = 0; i < 5; ++i) c.Record(PlaceResult{}, 0, 0.99);
  const TimeMs t = c.open_until();
  EXPECT_EQ(c.MaxNewCalls(t, 0), 1);
  EXPECT_EQ(c.MaxNewCalls(t, 1), 0) << "one probe at a time";
  c.Record(Accepted(), t, 0.5);
  EXPECT_EQ(c.MaxNewCalls(t, 0), 0) << "the probe was the one call of this minute";
  EXPECT_EQ(c.MaxNewCalls(t + 3 * kMinuteMs, 0), 8);
  EXPECT_EQ(c.MaxNewCalls(t + 10 * kMinuteMs, 0), 500);
}

TEST(Circuit, AFailedProbeClosesTheDoorForLonger) {
  Circuit c;
  for (int i = 0; i < 5; ++i) c.Record(PlaceResult{}, 0, 0.99);
  const TimeMs first = c.open_until();
  c.Record(PlaceResult{}, first, 0.99);
  EXPECT_GT(c.open_until() - first, first);
}

TEST(Circuit, ARateLimitHoldsBackAtOnceAndHonoursRetryAfter) {
  Circuit c;
  c.Record(Refused(Outcome::kTemporaryError, true, kHourMs), 0, 0.5);
  EXPECT_EQ(c.MaxNewCalls(kHourMs - 1, 0), 0);
  EXPECT_EQ(c.MaxNewCalls(kHourMs, 0), 1);
}

}  // namespace
}  // namespace leadline
