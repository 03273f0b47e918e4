#include "client/state/words.h"

#include <gtest/gtest.h>

namespace leadline {
namespace {

TEST(Words, GroupsDigits) {
  EXPECT_EQ(Count(0), "0");
  EXPECT_EQ(Count(999), "999");
  EXPECT_EQ(Count(9412), "9,412");
  EXPECT_EQ(Count(1234567), "1,234,567");
  EXPECT_EQ(Count(-9412), "-9,412");
  EXPECT_EQ(CountOf(1, "lead", "leads"), "1 lead");
}

TEST(Words, TellsDistancesInTime) {
  constexpr TimeMs kNow = 1772470800000;
  EXPECT_EQ(Relative(kNow, kNow), "now");
  EXPECT_EQ(Relative(kNow + 40 * kSecondMs, kNow), "in 40 s");
  EXPECT_EQ(Relative(kNow + 2 * kHourMs + 5 * kMinuteMs, kNow), "in 2 h 5 min");
  EXPECT_EQ(Relative(kNow - 3 * kMinuteMs - 12 * kSecondMs, kNow), "3 min ago");
  EXPECT_EQ(Relative(kNow - 5 * kDayMs, kNow), "5 days ago");
}

TEST(Words, TellsThePaceOnceItIsKnown) {
  EXPECT_EQ(Pace(500, 999, 0.5), "");
  EXPECT_EQ(Pace(10000, 2000, 0.2), ", 5,000 rows/s, 8 s left");
  EXPECT_EQ(Pace(10000, 2000, 0.999), ", 5,000 rows/s, 1 s left");
  EXPECT_EQ(Pace(10000, 2000, -1), ", 5,000 rows/s");
  EXPECT_EQ(Pace(10000, 2000, 1), ", 5,000 rows/s");
}

TEST(Words, TellsDurationsAndClocks) {
  EXPECT_EQ(Duration(-5), "0 s");
  EXPECT_EQ(Duration(92 * kSecondMs), "1 min 32 s");
  EXPECT_EQ(Duration(2 * kHourMs), "2 h");
  EXPECT_EQ(Duration(99 * kHourMs), "4 days 3 h");
  EXPECT_EQ(Clock(3909 * kSecondMs), "1:05:09");
  EXPECT_EQ(Clock(65 * kSecondMs), "1:05");
  EXPECT_EQ(Clock(-1), "0:00");
}

TEST(Words, TellsInstantsInTheUsersZoneAndInUtc) {
  EXPECT_EQ(DateAndTime(1772470800000, 60), "2 Mar 2026, 18:00");
  EXPECT_EQ(DateAndTime(1772470800000, -18 * 60), "1 Mar 2026, 23:00");
  EXPECT_EQ(UtcTime(1772470805000), "2026-03-02 17:00:05 UTC");
}

TEST(Words, TellsMoneyAndDelays) {
  EXPECT_EQ(Dollars(120000), "$0.12");
  EXPECT_EQ(Dollars(4200), "$0.0042");
  EXPECT_EQ(Dollars(0), "$0.00");
  EXPECT_EQ(Percent(0.466), "47 %");
  EXPECT_EQ(Percent(0.002), "< 1 %");
  EXPECT_EQ(Percent(0), "0 %");
  EXPECT_EQ(Minutes(120), "2 h");
  EXPECT_EQ(Minutes(90), "1 h 30 min");
  EXPECT_EQ(Minutes(1440), "1 day");
  EXPECT_EQ(Minutes(25), "25 min");
}

TEST(Words, UsesTheVocabularyThatWasChosen) {
  EXPECT_EQ(StatusTitle(LeadStatus::kRescheduled, false), "Rescheduled");
  EXPECT_EQ(StatusTitle(LeadStatus::kRescheduled, true), "Retry");
  EXPECT_EQ(Title("no_answer"), "No answer");
}

}  // namespace
}  // namespace leadline
