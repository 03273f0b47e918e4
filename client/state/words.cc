#include "client/state/words.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace leadline {
namespace {

constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string Print(const char* format, double value) {
  char text[32];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

std::string Days(int64_t days) {
  return std::to_string(days) + (days == 1 ? " day" : " days");
}

// The two largest units: finer ones would only be noise.
std::string TwoUnits(int64_t big, const std::string& big_text, int64_t small, const char* unit) {
  std::string text = big > 0 ? big_text : "";
  if (small > 0 || big == 0) {
    text += (text.empty() ? "" : " ") + std::to_string(small) + unit;
  }
  return text;
}

}  // namespace

std::string Count(int64_t n) {
  std::string text = std::to_string(n < 0 ? -n : n);
  for (int at = static_cast<int>(text.size()) - 3; at > 0; at -= 3) {
    text.insert(static_cast<size_t>(at), ",");
  }
  return n < 0 ? "-" + text : text;
}

std::string CountOf(int64_t n, std::string_view one, std::string_view many) {
  return Count(n) + " " + std::string(n == 1 ? one : many);
}

std::string Bytes(int64_t n) {
  constexpr double kStep = 1024;
  if (n < 1024) return CountOf(n, "byte", "bytes");
  if (n < 1024 * 1024) return Print("%.0f KB", static_cast<double>(n) / kStep);
  return Print("%.1f MB", static_cast<double>(n) / kStep / kStep);
}

std::string Duration(TimeMs ms) {
  const int64_t seconds = std::max<TimeMs>(0, ms) / kSecondMs;
  const int64_t minutes = seconds / 60;
  const int64_t hours = minutes / 60;
  if (minutes == 0) return std::to_string(seconds) + " s";
  if (hours == 0) return TwoUnits(minutes, std::to_string(minutes) + " min", seconds % 60, " s");
  if (hours < 48) return TwoUnits(hours, std::to_string(hours) + " h", minutes % 60, " min");
  return TwoUnits(hours / 24, Days(hours / 24), hours % 24, " h");
}

std::string Relative(TimeMs at, TimeMs now) {
  const TimeMs distance = at > now ? at - now : now - at;
  if (distance < kSecondMs) return "now";
  // Ages are told in one unit: "3 min ago", not "3 min 12 s ago".
  if (at > now)
    return "in " + Duration(distance < kHourMs * 48 ? distance : distance / kHourMs * kHourMs);
  if (distance < kMinuteMs) return std::to_string(distance / kSecondMs) + " s ago";
  if (distance < kHourMs) return std::to_string(distance / kMinuteMs) + " min ago";
  if (distance < 2 * kDayMs) return std::to_string(distance / kHourMs) + " h ago";
  return Days(distance / kDayMs) + " ago";
}

std::string Pace(int64_t rows, TimeMs ms, double fraction) {
  if (ms < 1000) return "";
  std::string text = ", " + Count(rows * 1000 / ms) + " rows/s";
  if (fraction > 0 && fraction < 1) {
    const double left_ms = static_cast<double>(ms) * (1 - fraction) / fraction;
    text += ", " + Duration(std::max<TimeMs>(static_cast<TimeMs>(left_ms), 1000)) + " left";
  }
  return text;
}

std::string Clock(TimeMs ms) {
  const int64_t seconds = std::max<TimeMs>(0, ms) / kSecondMs;
  const auto hours = static_cast<long long>(seconds / 3600);
  const int minutes = static_cast<int>(seconds / 60 % 60);
  const int rest = static_cast<int>(seconds % 60);
  char text[40];
  if (hours > 0) {
    std::snprintf(text, sizeof text, "%lld:%02d:%02d", hours, minutes, rest);
  } else {
    std::snprintf(text, sizeof text, "%d:%02d", minutes, rest);
  }
  return text;
}

std::string DateAndTime(TimeMs at, int offset_minutes) {
  const CivilTime c = CivilFromMs(at + offset_minutes * kMinuteMs);
  char text[64];
  std::snprintf(text, sizeof text, "%d %s %d, %02d:%02d", c.day, kMonths[c.month - 1], c.year,
                c.hour, c.minute);
  return text;
}

std::string UtcTime(TimeMs at) {
  const std::string text = FormatRfc3339(at);
  return text.substr(0, 10) + " " + text.substr(11, 8) + " UTC";
}

std::string Dollars(int64_t microusd) {
  const double dollars = static_cast<double>(microusd) / 1e6;
  return Print(microusd != 0 && std::llabs(microusd) < 10000 ? "$%.4f" : "$%.2f", dollars);
}

std::string Percent(double fraction) {
  if (fraction > 0 && fraction < 0.01) return "< 1 %";
  return Print("%.0f %%", fraction * 100);
}

std::string Minutes(int64_t minutes) {
  if (minutes < 60) return std::to_string(minutes) + " min";
  if (minutes % (24 * 60) == 0) return Days(minutes / (24 * 60));
  return TwoUnits(minutes / 60, std::to_string(minutes / 60) + " h", minutes % 60, " min");
}

std::string_view StatusTitle(LeadStatus status, bool simple) {
  return simple ? TextOf(status).group_title : TextOf(status).title;
}

std::string Title(std::string_view slug) {
  std::string text(slug);
  std::replace(text.begin(), text.end(), '_', ' ');
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
  return text;
}

}  // namespace leadline
