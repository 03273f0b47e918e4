// Instants and their texts. An instant is int64_t milliseconds since 1970-01-01T00:00:00Z, in names
// `..._ms` or `..._at`. Local time and zones are not here: see common/dial/window.h for the rules
// and server/scheduler/zones.h for the data. Pure functions, thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace leadline {

using TimeMs = int64_t;

inline constexpr TimeMs kSecondMs = 1000;
inline constexpr TimeMs kMinuteMs = 60 * kSecondMs;
inline constexpr TimeMs kHourMs = 60 * kMinuteMs;
inline constexpr TimeMs kDayMs = 24 * kHourMs;

// A civil date and time of day without a zone. month 1..12, day 1..31.
struct CivilTime {
  int year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0, millisecond = 0;
};

CivilTime CivilFromMs(TimeMs ms);        // as UTC; any ms within the years -9999..9999
TimeMs MsFromCivil(const CivilTime& c);  // as UTC; fields out of range carry over
int DaysInMonth(int year, int month);
int WeekdayFromMs(TimeMs ms);  // 1 = Monday .. 7 = Sunday, as UTC

// "2026-03-02T17:00:05.000Z", always 24 characters for the years 0..9999.
std::string FormatRfc3339(TimeMs ms);

// Takes RFC 3339 with "Z" or an offset, with or without a fraction (cut to milliseconds); empty for
// anything else, dates that do not exist included.
std::optional<TimeMs> ParseRfc3339(std::string_view text);

}  // namespace leadline
