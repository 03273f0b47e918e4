// Types of custom columns: what the cells of one hold, how each is read, and the one form they are
// stored in. Pure functions, thread-safe.
//
// Specifications, as options, the API and the command line write them:
//   text  number  number:point  number:comma  date  date:dmy  date:mdy  date:ymd  datetime[:order]
//   yes_no  choice  choice:Small|Medium|Large  url  email  phone
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/status.h"
#include "common/lead/date_text.h"

namespace leadline {

enum class ValueType : uint8_t {
  kText,
  kNumber,
  kDate,
  kDateTime,
  kYesNo,
  kChoice,
  kUrl,
  kEmail,
  kPhone,
};
inline constexpr std::string_view kValueTypeNames[] = {
    "text", "number", "date", "datetime", "yes_no", "choice", "url", "email", "phone"};

// The sign before the fraction; what groups the thousands follows from it. kUnknown: a number that
// would be another one with the other sign does not fit.
enum class DecimalSign : uint8_t { kUnknown, kPoint, kComma };

inline constexpr size_t kMaxChoices = 100;

struct ColumnType {
  ValueType type = ValueType::kText;
  DateOrder order = DateOrder::kUnknown;        // of a date or datetime
  DecimalSign decimal = DecimalSign::kUnknown;  // of a number
  std::vector<std::string> choices = {};        // of a choice; empty: any text
  bool chosen = false;  // by the user: a value that does not fit is an error, not a warning

  friend bool operator==(const ColumnType&, const ColumnType&) = default;
};

// "date:dmy". A guessed choice has no values in it: they are only those of the first rows.
std::string ColumnTypeName(const ColumnType& type);
// chosen = true. Error: kInvalid "type_unknown".
Result<ColumnType> ParseColumnType(std::string_view spec);

struct TypedReading {
  std::string_view problem = {};  // a value_* code of validate.h; empty: it fits
  // Where it fits: the form to store, when that is not the text as it stands. Numbers are plain
  // ("1234.56", digits as written), dates ISO 8601 (date_text.h), answers "yes" or "no", choices as
  // the type spells them, phones E.164; urls and emails stay. Else a proposal, or empty.
  std::string value = {};
  bool safe = false;  // the proposal says the same
};
// `text` trimmed and not empty; `region` is for national phone numbers. A text never has a problem,
// nor has a guessed choice.
TypedReading ReadTyped(std::string_view text, const ColumnType& type, std::string_view region);

// What a column holds, by some of its cells (trimmed, not empty).
struct TypeGuess {
  ColumnType type;
  double score = 0;  // 0..1: the share of cells that fit
  // Read by the region's habit, or left as text where there is no region to ask: every cell fits
  // two orders of day and month, or two decimal signs.
  bool ambiguous = false;
};
// Text, unless at least three cells are there and 19 of 20 agree; numbers with leading zeros or
// over 15 digits are text, as are those with a currency or %.
TypeGuess GuessType(std::span<const std::string_view> cells, std::string_view region);
// Finds the order or decimal sign that the user left open, for a type that is chosen.
TypeGuess CompleteType(const ColumnType& type, std::span<const std::string_view> cells,
                       std::string_view region);

}  // namespace leadline
