#include "common/dial/window.h"

#include <gtest/gtest.h>

#include "tests/common/dial/fake_zones.h"

namespace leadline {
namespace {

constexpr uint8_t kWeekdays = 0b0011111;
constexpr uint8_t kEveryDay = 0b1111111;
constexpr uint8_t kFriday = 0b0010000;

const FakeZones kZones;

Schedule Hours(uint8_t days, int from, int to) {
  Schedule s;
  s.windows = {{days, from, to}};
  return s;
}

std::string Next(const Schedule& s, const std::vector<std::string_view>& zones, const char* from) {
  const TimeMs at = NextOpening(s, zones, At(from), kZones);
  return at == kNever ? "never" : FormatRfc3339(at);
}

std::string Close(const Schedule& s, const std::vector<std::string_view>& zones, const char* at) {
  const TimeMs end = NextClosing(s, zones, At(at), kZones);
  return end == kNever ? "never" : FormatRfc3339(end);
}

// 2026-03-02 is a Monday.
TEST(NextOpening, IsTheInstantItselfInsideTheWindow) {
  const Schedule s = Hours(kWeekdays, 9 * 60, 18 * 60);
  EXPECT_EQ(Next(s, {"UTC"}, "2026-03-02T09:00:00.000Z"), "2026-03-02T09:00:00.000Z");
  EXPECT_EQ(Next(s, {"UTC"}, "2026-03-02T17:59:59.999Z"), "2026-03-02T17:59:59.999Z");
}

TEST(NextOpening, IsTheNextOpeningMinuteOutside) {
  const Schedule s = Hours(kWeekdays, 9 * 60, 18 * 60);
  EXPECT_EQ(Next(s, {"UTC"}, "2026-03-02T08:59:59.999Z"), "2026-03-02T09:00:00.000Z");
  EXPECT_EQ(Next(s, {"UTC"}, "2026-03-02T18:00:00.000Z"), "2026-03-03T09:00:00.000Z");
  EXPECT_EQ(Next(s, {"UTC"}, "2026-03-06T18:00:00.000Z"), "2026-03-09T09:00:00.000Z");
  EXPECT_EQ(Next(s, {"Fixed/-8"}, "2026-03-02T08:59:59.999Z"), "2026-03-02T17:00:00.000Z");
}

TEST(NextOpening, FollowsAnIntervalOverMidnightIntoTheNextDay) {
  const Schedule s = Hours(kFriday, 22 * 60, 2 * 60);
  EXPECT_EQ(Next(s, {"UTC"}, "2026-03-06T12:00:00.000Z"), "2026-03-06T22:00:00.000Z");
  EXPECT_EQ(Next(s, {"UTC"}, "2026-03-07T01:59:59.999Z"), "2026-03-07T01:59:59.999Z");
  EXPECT_EQ(Next(s, {"UTC"}, "2026-03-07T02:00:00.000Z"), "2026-03-13T22:00:00.000Z");
  EXPECT_EQ(Next(s, {"UTC"}, "2026-03-06T01:00:00.000Z"), "2026-03-06T22:00:00.000Z");
  EXPECT_EQ(Close(s, {"UTC"}, "2026-03-06T23:00:00.000Z"), "2026-03-07T02:00:00.000Z");
}

TEST(NextOpening, KeepsHolidaysClosedAndTheHoursThatRunIntoThem) {
  Schedule s = Hours(kEveryDay, 22 * 60, 2 * 60);
  s.holidays = {"not a date", "2026-03-07"};
  EXPECT_EQ(Close(s, {"UTC"}, "2026-03-06T23:00:00.000Z"), "2026-03-07T00:00:00.000Z");
  EXPECT_EQ(Next(s, {"UTC"}, "2026-03-07T00:00:00.000Z"), "2026-03-08T00:00:00.000Z");
}

TEST(NextOpening, TakesAHolidayByTheLocalDate) {
  Schedule s = Hours(kEveryDay, 0, 1440);
  s.holidays = {"2026-03-07"};
  EXPECT_EQ(Close(s, {"Fixed/-8"}, "2026-03-07T00:00:00.000Z"), "2026-03-07T08:00:00.000Z");
  EXPECT_EQ(Next(s, {"Fixed/-8"}, "2026-03-07T08:00:00.000Z"), "2026-03-08T08:00:00.000Z");
}

TEST(NextOpening, IsInTheIntersectionOfSeveralZones) {
  const Schedule s = Hours(kWeekdays, 9 * 60, 18 * 60);
  EXPECT_EQ(Next(s, {"Fixed/-5", "Fixed/-8"}, "2026-03-02T14:30:00.000Z"),
            "2026-03-02T17:00:00.000Z");
  EXPECT_EQ(Close(s, {"Fixed/-5", "Fixed/-8"}, "2026-03-02T17:00:00.000Z"),
            "2026-03-02T23:00:00.000Z");
  EXPECT_EQ(Next(s, {"Fixed/+0", "Fixed/+9"}, "2026-03-02T00:00:00.000Z"), "never");
}

TEST(NextOpening, IsNeverForAnUnknownZoneOrNone) {
  const Schedule any;
  EXPECT_EQ(Next(any, {"Mars/Olympus"}, "2026-03-02T12:00:00.000Z"), "never");
  EXPECT_EQ(Next(any, {"UTC", "Mars/Olympus"}, "2026-03-02T12:00:00.000Z"), "never");
  EXPECT_EQ(Next(any, {}, "2026-03-02T12:00:00.000Z"), "never");
  EXPECT_EQ(Close(any, {"Mars/Olympus"}, "2026-03-02T12:00:00.000Z"), "2026-03-02T12:00:00.000Z");
}

TEST(NextOpening, IsAnyTimeWithoutWindowsButHolidaysHold) {
  Schedule s;
  EXPECT_EQ(Next(s, {"UTC"}, "2026-03-02T03:04:05.006Z"), "2026-03-02T03:04:05.006Z");
  EXPECT_EQ(Close(s, {"UTC"}, "2026-03-02T03:04:05.006Z"), "never");
  s.holidays = {"2026-03-02"};
  EXPECT_EQ(Next(s, {"UTC"}, "2026-03-02T03:04:05.006Z"), "2026-03-03T00:00:00.000Z");
}

TEST(NextOpening, IsNeverWhenTheScheduleHasNoDay) {
  EXPECT_EQ(Next(Hours(0, 540, 1080), {"UTC"}, "2026-03-02T12:00:00.000Z"), "never");
  EXPECT_EQ(NextOpening(Schedule{}, {"UTC"}, kNever, kZones), kNever);
}

TEST(NextOpening, PassesOverAnHourThatTheClockSkips) {
  // Local 02:00 to 03:00 does not exist on the 29th.
  const Schedule skipped = Hours(kEveryDay, 2 * 60, 3 * 60);
  EXPECT_EQ(Next(skipped, {"Jump/Spring"}, "2026-03-28T12:00:00.000Z"), "2026-03-30T00:00:00.000Z");
  const Schedule half = Hours(kEveryDay, 2 * 60 + 30, 4 * 60);
  EXPECT_EQ(Next(half, {"Jump/Spring"}, "2026-03-28T12:00:00.000Z"), "2026-03-29T01:00:00.000Z");
  EXPECT_EQ(Close(half, {"Jump/Spring"}, "2026-03-29T01:00:00.000Z"), "2026-03-29T02:00:00.000Z");
}

TEST(NextClosing, RunsOnThroughIntervalsThatTouch) {
  Schedule s;
  s.windows = {{kEveryDay, 9 * 60, 12 * 60}, {kEveryDay, 11 * 60, 1440}, {kEveryDay, 0, 60}};
  EXPECT_EQ(Close(s, {"UTC"}, "2026-03-02T10:00:00.000Z"), "2026-03-03T01:00:00.000Z");
  EXPECT_EQ(Close(s, {"UTC"}, "2026-03-03T01:00:00.000Z"), "2026-03-03T01:00:00.000Z");
}

TEST(ZonesForLead, PrefersTheLeadsOwnThenTheNumbersThenTheCampaigns) {
  Schedule s;
  s.timezone = "Europe/Berlin";
  EXPECT_EQ(ZonesForLead("Asia/Tokyo", "+12125551234", s, true),
            std::vector<std::string_view>{"Asia/Tokyo"});
  EXPECT_EQ(ZonesForLead("", "+12125551234", s, true),
            std::vector<std::string_view>{"America/New_York"});
  EXPECT_EQ(ZonesForLead("", "no number", s, false),
            std::vector<std::string_view>{"Europe/Berlin"});
  EXPECT_TRUE(ZonesForLead("", "no number", s, true).empty());
}

}  // namespace
}  // namespace leadline
