#include "common/lead/date_text.h"

#include <array>
#include <optional>

#include "common/base/fold.h"
#include "common/base/time.h"
#include "common/base/utf8.h"

namespace leadline {
namespace {

constexpr size_t kMaxDateBytes = 60;

// By month, one word a language, folded.
constexpr std::string_view kMonths[] = {
    "january januar janvier enero gennaio janeiro januari janner jaenner",
    "february februar fevrier febrero febbraio fevereiro februari",
    "march marz mrz mars marzo marco maart maerz",
    "april avril abril aprile",
    "may mai mayo maggio maio mei",
    "june juni juin junio giugno junho",
    "july juli juillet julio luglio julho",
    "august aout agosto augustus",
    "september septembre septiembre settembre setembro",
    "october oktober octobre octubre ottobre outubro",
    "november novembre noviembre novembro",
    "december dezember decembre diciembre dicembre dezembro",
};
constexpr std::string_view kFillers =  // around the parts of a date
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri "
    "sat sun st nd rd th of de del the den am le";

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

// 1..12; 0 for any other word.
int MonthOf(std::string_view folded) {
  if (folded.size() < 3) return 0;
  for (size_t m = 0; m < std::size(kMonths); ++m) {
    const std::string_view names = kMonths[m];
    for (size_t at = 0; at < names.size(); at = names.find(' ', at)) {
      if (names[at] == ' ') ++at;
      const std::string_view name = names.substr(at, names.find(' ', at) - at);
      if (name.starts_with(folded)) return static_cast<int>(m) + 1;
    }
  }
  return 0;
}

struct Part {
  int value = 0;
  int digits = 0;
};

// What is left of a text while it is read.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest(text) {}
  bool Take(char c) {
    if (rest.empty() || rest.front() != c) return false;
    rest.remove_prefix(1);
    return true;
  }
  Part Number() {
    Part part;
    while (!rest.empty() && IsAsciiDigit(rest.front()) && part.digits < 9) {
      part.value = part.value * 10 + (rest.front() - '0');
      ++part.digits;
      rest.remove_prefix(1);
    }
    return part;
  }
  std::string_view Word() {
    size_t n = 0;
    while (n < rest.size() && IsLetter(rest[n])) ++n;
    const std::string_view word = rest.substr(0, n);
    rest.remove_prefix(n);
    return word;
  }
  // Whether something that stands between the parts of a date was there.
  bool SkipSeparators() {
    const size_t before = rest.size();
    while (true) {
      size_t n = 0;
      for (const std::string_view s : {" ", "/", ".", "-", ",", "年", "月", "日"}) {
        if (rest.starts_with(s)) n = s.size();
      }
      if (n == 0) return rest.size() != before;
      rest.remove_prefix(n);
    }
  }
  void SkipSpaces() {
    while (Take(' ')) {
    }
    for (const std::string_view space : {"\xC2\xA0", "\xE2\x80\xAF"}) {
      if (rest.starts_with(space)) rest.remove_prefix(space.size());
    }
  }
  std::string_view rest;
};

// The parts of a date in the order of writing.
struct DateParts {
  std::array<Part, 3> numbers;
  int count = 0;
  int month = 0;  // where it is a word
  bool done() const { return count + (month != 0 ? 1 : 0) == 3; }
};

bool TakeParts(Scanner* scanner, DateParts* parts) {
  while (!parts->done()) {
    if (scanner->rest.empty()) return false;
    if (IsAsciiDigit(scanner->rest.front())) {
      parts->numbers[static_cast<size_t>(parts->count++)] = scanner->Number();
    } else {
      // "年" and its kin are letters too, so separators are taken first, below.
      const std::string word = FoldText(scanner->Word());
      const int month = MonthOf(word);
      if (word.empty() || (month == 0 && !HasListedWord(kFillers, word))) return false;
      if (month != 0 && parts->month != 0) return false;
      if (month != 0) parts->month = month;
    }
    if (!parts->done()) scanner->SkipSeparators();
  }
  return true;
}

struct YearMonthDay {
  int year = 0, month = 0, day = 0;
  bool century_unknown = false;
};

std::optional<YearMonthDay> Make(Part year, int month, Part day) {
  if (day.digits > 2 || (year.digits != 2 && year.digits != 4)) return std::nullopt;
  YearMonthDay out{.year = year.value, .month = month, .day = day.value};
  if (year.digits == 2) {
    out.century_unknown = year.value >= 30 && year.value < 70;
    out.year += year.value < 30 ? 2000 : 1900;
  }
  const bool exists = out.year >= 1800 && out.year < 2200 && month >= 1 && month <= 12 &&
                      out.day >= 1 && out.day <= DaysInMonth(out.year, month);
  return exists ? std::optional(out) : std::nullopt;
}

std::optional<YearMonthDay> Arrange(const DateParts& parts, DateOrder order) {
  const auto& n = parts.numbers;
  const bool year_first = n[0].digits == 4;
  if (parts.month != 0) {
    return year_first ? Make(n[0], parts.month, n[1]) : Make(n[1], parts.month, n[0]);
  }
  const auto month = [](Part part) { return part.digits <= 2 ? part.value : 0; };
  if (year_first || order == DateOrder::kYmd) return Make(n[0], month(n[1]), n[2]);
  if (order == DateOrder::kMdy) return Make(n[2], month(n[0]), n[1]);
  return Make(n[2], month(n[1]), n[0]);
}

// By the order, or in the one way that there is.
std::optional<YearMonthDay> Resolve(const DateParts& parts, DateOrder order, bool* several) {
  if (order != DateOrder::kUnknown) return Arrange(parts, order);
  std::optional<YearMonthDay> found;
  for (const DateOrder one : {DateOrder::kDmy, DateOrder::kMdy, DateOrder::kYmd}) {
    const auto next = Arrange(parts, one);
    if (!next) continue;
    *several |= found && (found->year != next->year || found->month != next->month ||
                          found->day != next->day);
    found = next;
  }
  return found;
}

void AppendPadded(int value, int width, std::string* out) {
  const std::string digits = std::to_string(value);
  for (int i = static_cast<int>(digits.size()); i < width; ++i) out->push_back('0');
  out->append(digits);
}

std::string IsoOf(const YearMonthDay& date) {
  std::string out;
  AppendPadded(date.year, 4, &out);
  out.push_back('-');
  AppendPadded(date.month, 2, &out);
  out.push_back('-');
  AppendPadded(date.day, 2, &out);
  return out;
}

// "Z", "UTC", "+02:00", "-0500": appended as an offset. False: something else stands there.
bool TakeOffset(Scanner* scanner, std::string* out) {
  if (scanner->rest.empty()) return true;
  const std::string word = AsciiLower(scanner->Word());
  if (!word.empty() && word != "z" && word != "utc" && word != "gmt") return false;
  if (scanner->rest.empty()) {
    out->push_back('Z');
    return true;
  }
  const char sign = scanner->rest.front();
  if (sign != '+' && sign != '-') return false;
  scanner->rest.remove_prefix(1);
  Part hours = scanner->Number();
  Part minutes;
  if (hours.digits == 4) {
    minutes = {hours.value % 100, 2};
    hours = {hours.value / 100, 2};
  } else if (scanner->Take(':')) {
    minutes = scanner->Number();
  }
  if (hours.digits == 0 || hours.digits > 2 || hours.value > 14 || minutes.value > 59) return false;
  out->push_back(sign);
  AppendPadded(hours.value, 2, out);
  out->push_back(':');
  AppendPadded(minutes.value, 2, out);
  return scanner->rest.empty();
}

// What stands after a date. False: it is no time of day.
bool TakeTime(Scanner* scanner, DateReading* reading) {
  if (!scanner->Take('T')) scanner->SkipSeparators();
  if (scanner->rest.empty()) return true;
  Part hour = scanner->Number();
  if (hour.digits == 0 || hour.digits > 2 || !scanner->Take(':')) return false;
  const Part minute = scanner->Number();
  Part second;
  std::string_view fraction;
  if (scanner->Take(':')) {
    second = scanner->Number();
    if (second.digits != 2) return false;
    if (scanner->Take('.')) {
      fraction = scanner->rest;
      const Part digits = scanner->Number();
      fraction = fraction.substr(0, static_cast<size_t>(digits.digits));
    }
  }
  scanner->SkipSpaces();
  const std::string half = AsciiLower(scanner->rest.substr(0, 2));
  if (half == "am" || half == "pm") {
    if (hour.value < 1 || hour.value > 12) return false;
    hour.value = hour.value % 12 + (half == "pm" ? 12 : 0);
    scanner->rest.remove_prefix(2);
    scanner->SkipSpaces();
  }
  if (minute.digits != 2 || hour.value > 23 || minute.value > 59 || second.value > 59) return false;
  std::string& iso = reading->iso;
  const size_t date_only = iso.size();
  iso.push_back('T');
  AppendPadded(hour.value, 2, &iso);
  iso.push_back(':');
  AppendPadded(minute.value, 2, &iso);
  if (second.digits != 0) {
    iso.push_back(':');
    AppendPadded(second.value, 2, &iso);
  }
  if (!fraction.empty()) iso.append(".").append(fraction);
  const size_t bare = iso.size();
  if (!TakeOffset(scanner, &iso)) return false;
  const bool midnight = hour.value + minute.value + second.value == 0 &&
                        fraction.find_first_not_of('0') == std::string_view::npos;
  reading->has_time = !midnight || iso.size() != bare;
  if (!reading->has_time) iso.resize(date_only);
  return true;
}

bool IsIsoDate(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  for (const size_t i : {0, 1, 2, 3, 5, 6, 8, 9}) {
    if (!IsAsciiDigit(text[i])) return false;
  }
  return true;
}

// Days since 1899-12-30, 1954 to 2100: five digits, perhaps with a fraction that is the time.
bool ReadSerial(std::string_view text, DateReading* reading) {
  Scanner scanner(text);
  const Part days = scanner.Number();
  if (days.digits != 5 || days.value < 20000 || days.value > 73050) return false;
  int64_t day_ms = 0;
  if (scanner.Take('.')) {
    int64_t unit = kDayMs;
    for (; !scanner.rest.empty() && IsAsciiDigit(scanner.rest.front());
         scanner.rest.remove_prefix(1)) {
      unit /= 10;
      day_ms += unit * (scanner.rest.front() - '0');
    }
  }
  if (!scanner.rest.empty()) return false;
  constexpr TimeMs kEpochDays = 25569;  // 1970-01-01
  // To the minute: a fraction of a day is seldom an exact one.
  const TimeMs at =
      (days.value - kEpochDays) * kDayMs + (day_ms + kMinuteMs / 2) / kMinuteMs * kMinuteMs;
  const std::string full = FormatRfc3339(at);
  reading->has_time = at % kDayMs != 0;
  reading->iso = full.substr(0, reading->has_time ? 16 : 10);
  reading->fault = DateFault::kSerial;
  return true;
}

}  // namespace

DateReading ReadDate(std::string_view text, DateOrder order) {
  DateReading reading;
  if (text.empty() || text.size() > kMaxDateBytes || ReadSerial(text, &reading)) return reading;
  Scanner scanner(text);
  DateParts parts;
  if (text.size() == 8 && text.find_first_not_of("0123456789") == std::string_view::npos) {
    const int all = scanner.Number().value;  // 20260304
    parts = {{Part{all / 10000, 4}, Part{all / 100 % 100, 2}, Part{all % 100, 2}}, 3, 0};
  } else if (!TakeParts(&scanner, &parts)) {
    return reading;
  }
  bool several = false;
  const auto date = Resolve(parts, order, &several);
  if (!date) return reading;
  reading.iso = IsIsoDate(text) ? std::string(text) : IsoOf(*date);
  if (!TakeTime(&scanner, &reading)) {
    reading = {};
  } else if (several) {
    reading = {.fault = DateFault::kOrder, .iso = {}, .has_time = reading.has_time};
  } else {
    reading.fault = date->century_unknown ? DateFault::kCentury : DateFault::kNone;
  }
  return reading;
}

DateOrder DateOrderOf(std::string_view region) {
  constexpr std::string_view kMdy = "US AS FM GU MH MP PH PR PW UM VI";
  constexpr std::string_view kBoth = "CA CN HK JP KP KR MN TW";
  if (region.size() != 2 || HasListedWord(kBoth, region)) return DateOrder::kUnknown;
  return HasListedWord(kMdy, region) ? DateOrder::kMdy : DateOrder::kDmy;
}

}  // namespace leadline
