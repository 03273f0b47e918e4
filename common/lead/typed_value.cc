#include "common/lead/typed_value.h"

#include <algorithm>

#include "common/base/fold.h"
#include "common/base/utf8.h"
#include "common/lead/email.h"
#include "common/lead/number_text.h"
#include "common/lead/phone.h"
#include "common/lead/yes_no.h"

namespace leadline {
namespace {

constexpr std::string_view kDecimalNames[] = {"", "point", "comma"};
constexpr size_t kMaxChoiceBytes = 100;

template <size_t N>
size_t Find(const std::string_view (&names)[N], std::string_view name) {
  return static_cast<size_t>(std::find(std::begin(names), std::end(names), name) -
                             std::begin(names));
}

bool ParseChoices(std::string_view list, std::vector<std::string>* choices) {
  while (true) {
    const size_t bar = list.find('|');
    const std::string_view choice = TrimUtf8(list.substr(0, bar));
    if (choice.empty() || choice.size() > kMaxChoiceBytes || choices->size() == kMaxChoices) {
      return false;
    }
    choices->emplace_back(choice);
    if (bar == std::string_view::npos) return true;
    list.remove_prefix(bar + 1);
  }
}

bool ParseDetail(std::string_view detail, ColumnType* type) {
  switch (type->type) {
    case ValueType::kNumber: {
      const size_t i = Find(kDecimalNames, detail);
      type->decimal = static_cast<DecimalSign>(i);
      return i < std::size(kDecimalNames) && i != 0;
    }
    case ValueType::kDate:
    case ValueType::kDateTime: {
      const size_t i = Find(kDateOrderNames, detail);
      type->order = static_cast<DateOrder>(i);
      return i < std::size(kDateOrderNames) && i != 0;
    }
    case ValueType::kChoice:
      return ParseChoices(detail, &type->choices);
    default:
      return false;
  }
}

// A form that is the text itself is none.
TypedReading Fits(std::string value, std::string_view text) {
  if (value == text) value.clear();
  return {.value = std::move(value)};
}

TypedReading ReadDateCell(std::string_view text, const ColumnType& type) {
  DateReading reading = ReadDate(text, type.order);
  const bool time_lost = type.type == ValueType::kDate && reading.has_time;
  switch (reading.fault) {
    case DateFault::kNone:
      if (time_lost) return {.problem = "value_not_date"};
      return Fits(std::move(reading.iso), text);
    case DateFault::kOrder:
      return {.problem = "value_date_ambiguous"};
    case DateFault::kCentury:
      return {.problem = "value_two_digit_year", .value = std::move(reading.iso)};
    case DateFault::kSerial:
      // That the column holds dates is the user's word, or only our guess.
      return {.problem = "value_excel_date",
              .value = std::move(reading.iso),
              .safe = type.chosen && !time_lost};
    case DateFault::kNotADate:
      break;
  }
  return {.problem = "value_not_date"};
}

TypedReading ReadChoice(std::string_view text, const ColumnType& type) {
  if (!type.chosen || type.choices.empty()) return {};
  const std::string folded = FoldText(text);
  for (const std::string& choice : type.choices) {
    if (choice == text) return {};
    if (FoldText(choice) == folded) return {.value = choice};
  }
  return {.problem = "value_not_choice"};
}

bool IsUrl(std::string_view text, bool chosen) {
  if (text.find_first_of(" \t\n<>\"") != std::string_view::npos) return false;
  const std::string start = AsciiLower(text.substr(0, 8));
  std::string_view host = text;
  if (start.starts_with("https://")) {
    host.remove_prefix(8);
  } else if (start.starts_with("http://")) {
    host.remove_prefix(7);
  } else if (!chosen && !start.starts_with("www.")) {
    return false;
  }
  host = host.substr(0, host.find_first_of("/?#"));
  const size_t dot = host.rfind('.');
  return dot != std::string_view::npos && dot > 0 && dot + 2 < host.size() &&
         host.find('@') == std::string_view::npos;
}

TypedReading ReadPhoneCell(std::string_view text, std::string_view region) {
  const PhoneVerdict verdict = JudgeE164(text);
  if (verdict.canonical && verdict.valid) return {};
  PhoneReading reading = ReadPhone(text, region);
  const std::string_view code = reading.problem_code;
  // What a fix would lose or guess is for a person to see.
  const bool guess = code == "phone_extension" || code == "phone_doubled_country_code";
  if (!reading.verdict.valid || guess) {
    return {.problem = "value_not_phone", .value = std::move(reading.e164)};
  }
  return Fits(std::move(reading.e164), text);
}

}  // namespace

std::string ColumnTypeName(const ColumnType& type) {
  std::string name(kValueTypeNames[static_cast<size_t>(type.type)]);
  const std::string_view detail = type.type == ValueType::kNumber
                                      ? kDecimalNames[static_cast<size_t>(type.decimal)]
                                      : kDateOrderNames[static_cast<size_t>(type.order)];
  if (!detail.empty()) name.append(":").append(detail);
  if (!type.chosen) return name;
  for (size_t i = 0; i < type.choices.size(); ++i) {
    name.append(i == 0 ? ":" : "|").append(type.choices[i]);
  }
  return name;
}

Result<ColumnType> ParseColumnType(std::string_view spec) {
  const size_t colon = spec.find(':');
  const size_t index = Find(kValueTypeNames, spec.substr(0, colon));
  ColumnType type{.type = static_cast<ValueType>(index), .chosen = true};
  if (index < std::size(kValueTypeNames) &&
      (colon == std::string_view::npos || ParseDetail(spec.substr(colon + 1), &type))) {
    return type;
  }
  return Invalid("type_unknown",
                 "A column's type can be text, number, number:point, number:comma, date, date:dmy, "
                 "date:mdy, date:ymd, datetime (with :dmy and so on), yes_no, choice, choice:A|B, "
                 "url, email or phone; not: " +
                     ClipUtf8(spec, 60));
}

TypedReading ReadTyped(std::string_view text, const ColumnType& type, std::string_view region) {
  switch (type.type) {
    case ValueType::kText:
      return {};
    case ValueType::kNumber: {
      if (IsPlainDigits(text)) return {};
      std::string plain = ReadNumber(text, type.decimal, type.chosen);
      return plain.empty() ? TypedReading{.problem = "value_not_number"}
                           : Fits(std::move(plain), text);
    }
    case ValueType::kDate:
    case ValueType::kDateTime:
      return ReadDateCell(text, type);
    case ValueType::kYesNo: {
      const std::string_view answer = ReadYesNo(text, type.chosen);
      return answer.empty() ? TypedReading{.problem = "value_not_yes_no"}
                            : Fits(std::string(answer), text);
    }
    case ValueType::kChoice:
      return ReadChoice(text, type);
    case ValueType::kUrl:
      return {.problem = IsUrl(text, type.chosen) ? "" : "value_not_url"};
    case ValueType::kEmail:
      if (EmailFault(text).empty()) return {};
      return {.problem = "value_not_email", .value = ProposeEmail(text).email};
    case ValueType::kPhone:
      return ReadPhoneCell(text, region);
  }
  return {};
}

}  // namespace leadline
