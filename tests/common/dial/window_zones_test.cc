// The calling window against a second opinion that looks at every minute, around every change of
// the clocks from 2024 to 2030.
#include <gtest/gtest.h>

#include <random>
#include <utility>

#include "common/dial/window.h"
#include "server/base/zones.h"
#include "tests/common/dial/fake_zones.h"

namespace leadline {
namespace {

constexpr TimeMs kLook = 9 * kDayMs;

class MinuteOracle {
 public:
  MinuteOracle(const Schedule& schedule, std::vector<std::string_view> zones, const Zones& data)
      : schedule_(schedule), zones_(std::move(zones)), data_(data) {}

  bool OpenAt(TimeMs at) const {
    for (const std::string_view zone : zones_) {
      if (!OpenIn(at + data_.SpanAt(zone, at)->offset_ms)) return false;
    }
    return true;
  }

  // The first instant >= at with that state within kLook, else kNever.
  TimeMs First(TimeMs at, bool open) const {
    const TimeMs end = at + kLook;
    while (at < end) {
      if (OpenAt(at) == open) return at;
      at = (at / kMinuteMs + 1) * kMinuteMs;
    }
    return kNever;
  }

 private:
  bool OpenIn(TimeMs local) const {
    const CivilTime t = CivilFromMs(local);
    if (IsHoliday(t)) return false;
    if (schedule_.windows.empty()) return true;
    const int minute = t.hour * 60 + t.minute;
    const int day = WeekdayFromMs(local) - 1;
    for (const WindowInterval& w : schedule_.windows) {
      const bool today = (w.days >> day & 1) != 0;
      const bool yesterday = (w.days >> (day + 6) % 7 & 1) != 0;
      if (w.from_minute < w.to_minute) {
        if (today && minute >= w.from_minute && minute < w.to_minute) return true;
      } else if ((today && minute >= w.from_minute) || (yesterday && minute < w.to_minute)) {
        return true;
      }
    }
    return false;
  }

  bool IsHoliday(const CivilTime& t) const {
    for (const std::string& date : schedule_.holidays) {
      if (FormatRfc3339(MsFromCivil(t)).substr(0, 10) == date) return true;
    }
    return false;
  }

  const Schedule& schedule_;
  std::vector<std::string_view> zones_;
  const Zones& data_;
};

std::vector<TimeMs> TransitionsOf(std::string_view zone, const Zones& data) {
  std::vector<TimeMs> found;
  TimeMs at = At("2024-01-01T00:00:00Z");
  while (at < At("2030-12-31T00:00:00Z")) {
    at = data.SpanAt(zone, at)->end;
    found.push_back(at);
  }
  found.pop_back();
  return found;
}

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}
  int Below(int n) { return static_cast<int>(engine_() % static_cast<unsigned>(n)); }

  Schedule RandomSchedule(TimeMs near) {
    Schedule s;
    for (int i = Below(4); i > 0; --i) {
      WindowInterval w;
      w.days = static_cast<uint8_t>(1 + Below(127));
      // Half of the edges lie in the hours in which clocks change.
      w.from_minute = Below(2) == 0 ? Below(5 * 60) : Below(1440);
      w.to_minute = Below(2) == 0 ? 1 + Below(5 * 60) : 1 + Below(1440);
      s.windows.push_back(w);
    }
    for (int i = Below(3); i > 0; --i) {
      s.holidays.push_back(FormatRfc3339(near + (Below(8) - 4) * kDayMs).substr(0, 10));
    }
    return s;
  }

 private:
  std::mt19937 engine_;
};

void Compare(const Schedule& s, const std::vector<std::string_view>& zones, TimeMs from,
             const Zones& data) {
  const MinuteOracle oracle(s, zones, data);
  const TimeMs opening = NextOpening(s, zones, from, data);
  const TimeMs expected = oracle.First(from, true);
  if (expected != kNever) {
    ASSERT_EQ(opening, expected) << FormatRfc3339(from);
    ASSERT_EQ(NextClosing(s, zones, opening, data) < opening + kLook,
              oracle.First(opening, false) != kNever);
  } else {
    ASSERT_GE(opening, from + kLook);
  }
  const TimeMs closed = oracle.First(from, false);
  if (closed != kNever) {
    ASSERT_EQ(NextClosing(s, zones, from, data), closed) << FormatRfc3339(from);
  } else {
    ASSERT_GE(NextClosing(s, zones, from, data), from + kLook);
  }
}

TEST(WindowOracle, AgreesAroundEveryChangeOfTheClocks) {
  const SystemZones data;
  Dice dice(7);
  for (const char* zone : {"America/New_York", "Europe/Berlin", "Australia/Lord_Howe"}) {
    const std::vector<TimeMs> transitions = TransitionsOf(zone, data);
    ASSERT_EQ(transitions.size(), 14u) << zone;
    for (const TimeMs transition : transitions) {
      for (int i = 0; i < 8; ++i) {
        const Schedule s = dice.RandomSchedule(transition);
        const TimeMs from = transition + (dice.Below(4 * 1440) - 3 * 1440) * kMinuteMs +
                            dice.Below(2) * dice.Below(60000);
        Compare(s, {zone}, from, data);
        if (HasFatalFailure()) return;
      }
    }
  }
}

TEST(WindowOracle, AgreesForZonesWithOddOffsetsAndForSeveralZones) {
  const SystemZones data;
  Dice dice(8);
  const std::vector<std::vector<std::string_view>> sets = {
      {"Asia/Kathmandu"},
      {"America/New_York", "America/Chicago", "America/Los_Angeles"},
      {"Australia/Lord_Howe", "Asia/Kathmandu"},
      {"Europe/Berlin", "Europe/London"},
  };
  for (const auto& zones : sets) {
    for (int i = 0; i < 60; ++i) {
      const TimeMs from = At("2024-01-01T00:00:00Z") + dice.Below(2400) * kDayMs +
                          dice.Below(1440) * kMinuteMs + dice.Below(60000);
      Compare(dice.RandomSchedule(from), zones, from, data);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(WindowOracle, OpensInNeitherPassOfARepeatedHourOutsideTheWindow) {
  const SystemZones data;
  Schedule s;
  s.windows = {{0b1111111, 9 * 60, 18 * 60}};
  // 2026-11-01 01:30 happens twice in New York; 09:00 is 14:00 UTC from then on.
  for (const char* from : {"2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z"}) {
    EXPECT_EQ(NextOpening(s, {"America/New_York"}, At(from), data), At("2026-11-01T14:00:00Z"));
  }
}

TEST(WindowOracle, KnowsNoZoneThatDoesNotExist) {
  const SystemZones data;
  EXPECT_EQ(NextOpening(Schedule{}, {"America/Nowhere"}, At("2026-03-02T12:00:00Z"), data), kNever);
}

}  // namespace
}  // namespace leadline
