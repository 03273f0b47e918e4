#include "common/table/xlsx_number.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "common/base/time.h"
#include "common/base/utf8.h"

namespace leadline {
namespace {

constexpr size_t kMaxDigits = 40;      // looked at; a double has 17
constexpr int kShownDigits = 15;       // of a number with a fraction
constexpr int kMaxPlainExponent = 21;  // longer ones, and those under 1e-9, keep an exponent
constexpr int kMinPlainExponent = -9;
constexpr int64_t kDaySeconds = 24 * 60 * 60;

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

// 0.DIGITS x 10^point; no zero in front or behind, empty for 0.
struct Decimal {
  bool negative = false;
  std::array<char, kMaxDigits> digits;
  size_t count = 0;
  int point = 0;
};

// Moves *at past an optional sign and digits; false without digits. Clamped, as far as it matters.
bool ReadExponent(std::string_view s, size_t* at, int* exponent) {
  const bool negative = *at < s.size() && s[*at] == '-';
  if (*at < s.size() && (s[*at] == '-' || s[*at] == '+')) ++*at;
  const size_t begin = *at;
  int value = 0;
  for (; *at < s.size() && IsDigit(s[*at]); ++*at)
    value = std::min(100000, value * 10 + (s[*at] - '0'));
  *exponent = negative ? -value : value;
  return *at > begin;
}

bool ReadDecimal(std::string_view s, Decimal* out) {
  size_t at = 0;
  if (at < s.size() && (s[at] == '-' || s[at] == '+')) out->negative = s[at++] == '-';
  bool point_seen = false, any = false;
  for (; at < s.size() && (IsDigit(s[at]) || (s[at] == '.' && !point_seen)); ++at) {
    if (s[at] == '.') {
      point_seen = true;
      continue;
    }
    any = true;
    const bool leading = out->count == 0 && s[at] == '0';
    if (!leading && out->count < kMaxDigits) out->digits[out->count++] = s[at];
    if (!point_seen && (!leading)) ++out->point;
    if (point_seen && leading) --out->point;
  }
  if (!any) return false;
  if (at < s.size() && (s[at] == 'e' || s[at] == 'E')) {
    int exponent = 0;
    if (!ReadExponent(s, &++at, &exponent)) return false;
    out->point += exponent;
  }
  while (out->count > 0 && out->digits[out->count - 1] == '0') --out->count;
  if (out->count == 0) out->point = 0;
  return at == s.size();
}

void Round(Decimal* d) {
  const auto keep =
      static_cast<size_t>(std::max(kShownDigits, std::min(d->point, kMaxPlainExponent)));
  if (d->count <= keep) return;
  bool carry = d->digits[keep] >= '5';
  d->count = keep;
  while (d->count > 0 &&
         (carry ? d->digits[d->count - 1] == '9' : d->digits[d->count - 1] == '0')) {
    --d->count;
  }
  if (!carry) return;
  if (d->count == 0) {
    d->digits[d->count++] = '1';
    ++d->point;
  } else {
    ++d->digits[d->count - 1];
  }
}

void AppendPlain(const Decimal& d, size_t min_digits, TextBuffer* out) {
  const std::string_view digits(d.digits.data(), d.count);
  if (d.count == 0) {
    out->append(std::max<size_t>(1, min_digits), '0');
    return;
  }
  if (d.negative) out->push_back('-');
  if (d.point > kMaxPlainExponent || d.point < kMinPlainExponent) {
    out->push_back(digits[0]);
    if (d.count > 1) out->append(".").append(digits.substr(1));
    out->append(d.point > 0 ? "E+" : "E").append(std::to_string(d.point - 1));
    return;
  }
  if (d.point <= 0) {
    out->append("0.").append(static_cast<size_t>(-d.point), '0').append(digits);
    return;
  }
  const auto whole = static_cast<size_t>(d.point);
  if (d.count <= whole) {
    if (whole < min_digits) out->append(min_digits - whole, '0');
    out->append(digits).append(whole - d.count, '0');
    return;
  }
  out->append(digits.substr(0, whole)).append(".").append(digits.substr(whole));
}

double ToDouble(const Decimal& d) {
  double value = 0;
  const size_t used = std::min<size_t>(d.count, 18);
  for (size_t i = 0; i < used; ++i) value = value * 10 + (d.digits[i] - '0');
  return value * std::pow(10.0, d.point - static_cast<int>(used));
}

// At least two digits.
void AppendTwo(int64_t value, TextBuffer* out) {
  if (value >= 100) out->append(std::to_string(value / 100));
  out->push_back(static_cast<char>('0' + value / 10 % 10));
  out->push_back(static_cast<char>('0' + value % 10));
}
void AppendClock(int64_t seconds, TextBuffer* out) {
  AppendTwo(seconds / 3600, out);
  out->push_back(':');
  AppendTwo(seconds / 60 % 60, out);
  if (seconds % 60 == 0) return;
  out->push_back(':');
  AppendTwo(seconds % 60, out);
}

// Day numbers count from 1899-12-31, and to Lotus 1-2-3 the year 1900 had a 29th of February.
void AppendDay(int64_t day, bool from_1904, TextBuffer* out) {
  constexpr int64_t k1970From1899 = 25569, k1970From1904 = 24107;
  constexpr int64_t kFalseDay = 60;
  if (!from_1904 && day == kFalseDay) {
    out->append("1900-02-29");
    return;
  }
  const int64_t since_1970 = from_1904         ? day - k1970From1904
                             : day < kFalseDay ? day - k1970From1899 + 1
                                               : day - k1970From1899;
  const CivilTime civil = CivilFromMs(since_1970 * kDayMs);
  AppendTwo(civil.year, out);
  out->push_back('-');
  AppendTwo(civil.month, out);
  out->push_back('-');
  AppendTwo(civil.day, out);
}

bool AppendDate(const Decimal& d, NumberShow show, bool from_1904, TextBuffer* out) {
  constexpr double kDaysOf1900 = 2958466, kDaysOf1904 = 2957004;  // up to the year 10000
  if (d.negative) return false;
  if (d.point > 7) return false;
  const double value = ToDouble(d);
  if (value >= (from_1904 ? kDaysOf1904 : kDaysOf1900)) return false;
  const auto seconds = static_cast<int64_t>(std::llround(value * static_cast<double>(kDaySeconds)));
  const int64_t day = seconds / kDaySeconds;
  if (show == NumberShow::kElapsed) {
    AppendClock(seconds, out);
    return true;
  }
  const bool no_day = day == 0 && !from_1904;
  if (show == NumberShow::kTime || (show == NumberShow::kDateTime && no_day)) {
    AppendClock(seconds % kDaySeconds, out);
    return true;
  }
  if (no_day) return false;
  AppendDay(day, from_1904, out);
  if (show == NumberShow::kDate) return true;
  out->push_back(' ');
  AppendClock(seconds % kDaySeconds, out);
  return true;
}

// The letters of the first section that mean something: without quoted and escaped text, padding
// and brackets, but for [h], [mm] and [ss], which come as 'E'. Lower case. Nothing is longer than
// Excel allows.
std::string MeaningOf(std::string_view code) {
  constexpr size_t kMaxCodeBytes = 255 * 4;
  code = code.substr(0, kMaxCodeBytes);
  std::string out;
  for (size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
    const char c = code[i];
    if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '"') {
      i = std::min(code.find('"', i + 1), code.size());
    } else if (c == '[') {
      const size_t end = std::min(code.find(']', i), code.size());
      const std::string inside = AsciiLower(code.substr(i + 1, end - i - 1));
      const bool elapsed = !inside.empty() &&
                           inside.find_first_not_of(inside[0]) == std::string::npos &&
                           (inside[0] == 'h' || inside[0] == 'm' || inside[0] == 's');
      if (elapsed) out.push_back('E');
      i = end;
    } else {
      out.push_back(static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c));
    }
  }
  return out;
}

// An m next to hours or seconds is minutes.
bool HasMonth(std::string_view code) {
  for (size_t i = code.find('m'); i != std::string_view::npos; i = code.find('m', i)) {
    const size_t before = code.find_last_of("ymdhsE", i - (i > 0 ? 1 : 0));
    const bool after_hours =
        i > 0 && before != std::string_view::npos && (code[before] == 'h' || code[before] == 'E');
    i = std::min(code.find_first_not_of('m', i), code.size());
    const size_t after = code.find_first_of("ymdhs", i);
    const bool before_seconds = after != std::string_view::npos && code[after] == 's';
    if (!after_hours && !before_seconds) return true;
  }
  return false;
}

}  // namespace

NumberFormat FormatOfId(uint32_t id) {
  const auto in = [id](uint32_t from, uint32_t to) { return id >= from && id <= to; };
  if (id == 22) return {NumberShow::kDateTime};
  if (id == 46) return {NumberShow::kElapsed};
  if (in(18, 21) || in(32, 33) || id == 45 || id == 47) return {NumberShow::kTime};
  if (in(14, 17) || in(27, 31) || in(34, 36) || in(50, 58)) return {NumberShow::kDate};
  return {};
}

NumberFormat FormatOfCode(std::string_view code) {
  std::string meaning = MeaningOf(code);
  // A placeholder of digits that no date has: letters beside it are a unit or a currency.
  if (meaning.find_first_of("#?") != std::string::npos) return {};
  if (meaning == "general" || meaning == "standard") return {};
  const bool only_zeros = !meaning.empty() && meaning.find_first_not_of('0') == std::string::npos;
  if (only_zeros && meaning.size() <= kMaxPlainExponent) {
    return {NumberShow::kPlain, static_cast<uint8_t>(meaning.size())};
  }
  if (const size_t at = meaning.find("am/pm"); at != std::string::npos) meaning.replace(at, 5, "h");
  if (const size_t at = meaning.find("a/p"); at != std::string::npos) meaning.replace(at, 3, "h");
  const bool elapsed = meaning.find('E') != std::string::npos;
  const bool time = elapsed || meaning.find_first_of("hs") != std::string::npos;
  const bool date = meaning.find_first_of("yd") != std::string::npos || HasMonth(meaning);
  if (date && time) return {NumberShow::kDateTime};
  if (date) return {NumberShow::kDate};
  if (elapsed) return {NumberShow::kElapsed};
  return {time ? NumberShow::kTime : NumberShow::kPlain};
}

bool AppendNumber(std::string_view written, NumberFormat format, bool from_1904, TextBuffer* out) {
  const bool as_it_is = format == NumberFormat() && !written.empty() &&
                        written.size() <= kMaxPlainExponent && written[0] != '0' &&
                        std::all_of(written.begin(), written.end(), IsDigit);
  if (as_it_is) {
    out->append(written);
    return true;
  }
  Decimal decimal;
  if (!ReadDecimal(written, &decimal)) return false;
  if (format.show != NumberShow::kPlain && AppendDate(decimal, format.show, from_1904, out)) {
    return true;
  }
  Round(&decimal);
  AppendPlain(decimal, format.digits, out);
  return true;
}

}  // namespace leadline
