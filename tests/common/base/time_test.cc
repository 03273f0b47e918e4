#include "common/base/time.h"

#include <gtest/gtest.h>

namespace leadline {
namespace {

TEST(Rfc3339, RoundTripsOverCenturies) {
  for (TimeMs ms = -62'000'000'000'000; ms < 250'000'000'000'000; ms += 86'399'999'987) {
    const std::string text = FormatRfc3339(ms);
    ASSERT_EQ(text.size(), 24u) << text;
    ASSERT_EQ(ParseRfc3339(text), ms) << text;
  }
}

TEST(Rfc3339, TakesOffsetsAndFractions) {
  EXPECT_EQ(FormatRfc3339(*ParseRfc3339("2026-03-02T18:00:05.9876+01:00")),
            "2026-03-02T17:00:05.987Z");
  EXPECT_EQ(FormatRfc3339(*ParseRfc3339("2026-03-02T17:00:05Z")), "2026-03-02T17:00:05.000Z");
}

TEST(Rfc3339, RefusesWhatIsNotAnInstant) {
  for (const char* bad :
       {"", "2026-03-02", "2026-02-30T00:00:00Z", "2026-03-02T17:00:05", "2026-13-02T17:00:05Z",
        "2026-03-02T24:00:00Z", "2026-03-02T17:00:05.Z", "2026-03-02T17:00:05Zx"}) {
    EXPECT_FALSE(ParseRfc3339(bad).has_value()) << bad;
  }
}

TEST(WeekdayFromMs, CountsFromMonday) {
  EXPECT_EQ(WeekdayFromMs(*ParseRfc3339("2026-03-02T00:00:00Z")), 1);
  EXPECT_EQ(WeekdayFromMs(*ParseRfc3339("2026-03-01T23:59:59Z")), 7);
  EXPECT_EQ(WeekdayFromMs(0), 4);
  EXPECT_EQ(WeekdayFromMs(-1), 3);
}

}  // namespace
}  // namespace leadline
