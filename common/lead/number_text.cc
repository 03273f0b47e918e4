#include "common/lead/number_text.h"

#include <algorithm>

#include "common/base/fold.h"
#include "common/base/utf8.h"

namespace leadline {
namespace {

constexpr size_t kMaxNumberBytes = 40;
constexpr size_t kMaxDigits = 15;  // what a spreadsheet keeps
constexpr char kSpaceGroup = '_';  // a space, thin or not, or an apostrophe

// Digits, points and commas as they are, spaces and apostrophes as kSpaceGroup, a minus in front.
// Empty for anything else.
std::string Simplify(std::string_view text) {
  std::string out;
  for (size_t p = 0; p < text.size();) {
    const bool first = p == 0;
    const uint32_t c = DecodeUtf8(text, &p);
    if ((c >= '0' && c <= '9') || c == '.' || c == ',') {
      out.push_back(static_cast<char>(c));
    } else if (IsSpaceCodePoint(c) || c == '\'' || c == 0x2019) {
      out.push_back(kSpaceGroup);
    } else if (first && (c == '-' || c == 0x2212)) {
      out.push_back('-');
    } else {
      return {};
    }
  }
  return out;
}

// A currency or percent sign, or a word of at most three letters.
std::string_view StripUnits(std::string_view text) {
  constexpr std::string_view kSigns[] = {"$", "%", "€", "£", "¥", "₹", "₽", "₴",  "₺",
                                         "₩", "₫", "₦", "₱", "฿", "₪", "zł",  "Kč", "Fr."};
  for (const std::string_view sign : kSigns) {
    if (text.starts_with(sign)) text.remove_prefix(sign.size());
    if (text.ends_with(sign)) text.remove_suffix(sign.size());
  }
  const auto letter = [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; };
  for (int i = 0; i < 3 && !text.empty() && letter(text.front()); ++i) text.remove_prefix(1);
  for (int i = 0; i < 3 && !text.empty() && letter(text.back()); ++i) text.remove_suffix(1);
  return TrimUtf8(text);
}

// The digits of "1.234.567" without its groups; false when it is not grouped as numbers are.
bool Ungroup(std::string_view whole, std::string* digits) {
  const size_t first = std::min(whole.find_first_not_of("0123456789"), whole.size());
  digits->append(whole.substr(0, first));
  if (first == whole.size()) return first > 0;
  if (first == 0 || first > 3) return false;
  const char group = whole[first];
  for (size_t at = first; at < whole.size();) {
    const size_t next = std::min(whole.find(group, at + 1), whole.size());
    const std::string_view part = whole.substr(at + 1, next - at - 1);
    if (!std::all_of(part.begin(), part.end(), IsAsciiDigit)) return false;
    const bool last = next == whole.size();
    if (part.size() != 3 && (last || part.size() != 2)) return false;
    digits->append(part);
    at = next;
  }
  return true;
}

std::string ReadWith(std::string_view simple, char decimal) {
  std::string out;
  if (simple.starts_with('-')) {
    out.push_back('-');
    simple.remove_prefix(1);
  }
  const size_t at = std::min(simple.find(decimal), simple.size());
  std::string digits;
  if (!Ungroup(simple.substr(0, at), &digits)) return {};
  if (digits.size() > kMaxDigits || (digits.size() > 1 && digits[0] == '0')) return {};
  out += digits;
  if (at == simple.size()) return out;
  const std::string_view fraction = simple.substr(at + 1);
  if (fraction.empty() || fraction.size() > kMaxDigits ||
      !std::all_of(fraction.begin(), fraction.end(), IsAsciiDigit)) {
    return {};
  }
  return out.append(".").append(fraction);
}

}  // namespace

bool IsPlainDigits(std::string_view text) {
  return !text.empty() && text.size() <= kMaxDigits && (text.size() == 1 || text[0] != '0') &&
         std::all_of(text.begin(), text.end(), IsAsciiDigit);
}

std::string ReadNumber(std::string_view text, DecimalSign decimal, bool lenient) {
  if (text.size() > kMaxNumberBytes) return {};
  // Nearly all are plain already: 17464.48.
  const size_t dot = decimal == DecimalSign::kPoint ? text.find('.') : std::string_view::npos;
  if (dot != std::string_view::npos && IsPlainDigits(text.substr(0, dot)) &&
      text.find_first_not_of("0123456789", dot + 1) == std::string_view::npos &&
      text.size() - dot - 1 <= kMaxDigits && dot + 1 < text.size()) {
    return std::string(text);
  }
  std::string simple = Simplify(lenient ? StripUnits(text) : text);
  if (simple.empty()) return {};
  if (decimal == DecimalSign::kPoint) return ReadWith(simple, '.');
  if (decimal == DecimalSign::kComma) return ReadWith(simple, ',');
  std::string point = ReadWith(simple, '.');
  std::string comma = ReadWith(simple, ',');
  if (point.empty() || point == comma) return comma;
  return comma.empty() ? point : std::string();
}

DecimalSign DecimalSignOf(std::string_view region) {
  constexpr std::string_view kPointRegions =
      "AE AU BD BH BW CA CH CN DO EG ET GB GH GT HK HN IE IL IN IQ JM JO JP KE KH KR KW LB LI LK "
      "LU "
      "LY MM MO MT MX MY NG NI NP NZ OM PA PE PH PK PR QA SA SG SV TH TT TW TZ UG US YE ZM ZW";
  if (region.size() != 2) return DecimalSign::kUnknown;
  return HasListedWord(kPointRegions, region) ? DecimalSign::kPoint : DecimalSign::kComma;
}

}  // namespace leadline
