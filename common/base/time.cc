#include "common/base/time.h"

#include <cstdio>

namespace leadline {
namespace {

// Days since 1970-01-01 of a civil date, by Howard Hinnant's public-domain algorithm
// ("chrono-compatible low-level date algorithms"): years start in March, so that the leap day is
// the last one.
int64_t DaysFromCivil(int64_t y, int m, int d) {
  y -= m <= 2;
  const int64_t era = (y >= 0 ? y : y - 399) / 400;
  const int64_t yoe = y - era * 400;
  const int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
  const int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146097 + doe - 719468;
}

int64_t FloorDiv(int64_t a, int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

// Reads exactly n digits at *pos.
bool Digits(std::string_view s, size_t* pos, int n, int* out) {
  if (*pos + static_cast<size_t>(n) > s.size()) return false;
  int v = 0;
  for (int i = 0; i < n; ++i) {
    const char c = s[*pos + static_cast<size_t>(i)];
    if (c < '0' || c > '9') return false;
    v = v * 10 + (c - '0');
  }
  *pos += static_cast<size_t>(n);
  *out = v;
  return true;
}

bool Skip(std::string_view s, size_t* pos, char c) {
  if (*pos >= s.size() || s[*pos] != c) return false;
  ++*pos;
  return true;
}

// "Z" or "+hh:mm"; minutes east of UTC.
bool Offset(std::string_view s, size_t* pos, int* minutes) {
  *minutes = 0;
  if (Skip(s, pos, 'Z') || Skip(s, pos, 'z')) return true;
  const bool east = *pos < s.size() && s[*pos] == '+';
  if (!east && !(*pos < s.size() && s[*pos] == '-')) return false;
  ++*pos;
  int h = 0, m = 0;
  if (!Digits(s, pos, 2, &h) || !Skip(s, pos, ':') || !Digits(s, pos, 2, &m)) return false;
  if (h > 23 || m > 59) return false;
  *minutes = (east ? 1 : -1) * (h * 60 + m);
  return true;
}

}  // namespace

CivilTime CivilFromMs(TimeMs ms) {
  const int64_t days = FloorDiv(ms, kDayMs);
  int64_t rest = ms - days * kDayMs;
  const int64_t z = days + 719468;
  const int64_t era = FloorDiv(z, 146097);
  const int64_t doe = z - era * 146097;
  const int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const int64_t mp = (5 * doy + 2) / 153;
  CivilTime c;
  c.day = static_cast<int>(doy - (153 * mp + 2) / 5 + 1);
  c.month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
  c.year = static_cast<int>(yoe + era * 400 + (c.month <= 2 ? 1 : 0));
  c.hour = static_cast<int>(rest / kHourMs);
  c.minute = static_cast<int>(rest / kMinuteMs % 60);
  c.second = static_cast<int>(rest / kSecondMs % 60);
  c.millisecond = static_cast<int>(rest % kSecondMs);
  return c;
}

TimeMs MsFromCivil(const CivilTime& c) {
  const int64_t months = static_cast<int64_t>(c.year) * 12 + (c.month - 1);
  const int64_t year = FloorDiv(months, 12);
  const int month = static_cast<int>(months - year * 12) + 1;
  const int64_t days = DaysFromCivil(year, month, 1) + (c.day - 1);
  return days * kDayMs + c.hour * kHourMs + c.minute * kMinuteMs + c.second * kSecondMs +
         c.millisecond;
}

int DaysInMonth(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

int WeekdayFromMs(TimeMs ms) {
  const int64_t days = FloorDiv(ms, kDayMs);
  const int64_t shifted = (days + 3) % 7;  // 1970-01-01 was a Thursday
  return static_cast<int>(shifted < 0 ? shifted + 7 : shifted) + 1;
}

std::string FormatRfc3339(TimeMs ms) {
  const CivilTime c = CivilFromMs(ms);
  char b[40];
  const int n = std::snprintf(b, sizeof b, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", c.year, c.month,
                              c.day, c.hour, c.minute, c.second, c.millisecond);
  return std::string(b, n > 0 ? static_cast<size_t>(n) : 0);
}

std::optional<TimeMs> ParseRfc3339(std::string_view s) {
  CivilTime c;
  size_t p = 0;
  if (!Digits(s, &p, 4, &c.year) || !Skip(s, &p, '-') || !Digits(s, &p, 2, &c.month) ||
      !Skip(s, &p, '-') || !Digits(s, &p, 2, &c.day)) {
    return std::nullopt;
  }
  if (!Skip(s, &p, 'T') && !Skip(s, &p, 't') && !Skip(s, &p, ' ')) return std::nullopt;
  if (!Digits(s, &p, 2, &c.hour) || !Skip(s, &p, ':') || !Digits(s, &p, 2, &c.minute) ||
      !Skip(s, &p, ':') || !Digits(s, &p, 2, &c.second)) {
    return std::nullopt;
  }
  if (c.month < 1 || c.month > 12 || c.day < 1 || c.day > DaysInMonth(c.year, c.month) ||
      c.hour > 23 || c.minute > 59 || c.second > 60) {
    return std::nullopt;
  }
  if (Skip(s, &p, '.')) {
    int digits = 0;
    for (int scale = 100; p < s.size() && s[p] >= '0' && s[p] <= '9'; ++p, ++digits, scale /= 10) {
      c.millisecond += (s[p] - '0') * scale;
    }
    if (digits == 0) return std::nullopt;
  }
  int offset_minutes = 0;
  if (!Offset(s, &p, &offset_minutes) || p != s.size()) return std::nullopt;
  return MsFromCivil(c) - offset_minutes * kMinuteMs;
}

}  // namespace leadline
