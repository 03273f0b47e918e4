// Any text as a value of any type: what is stored is stored again as it is, a date is one that
// exists, an answer is yes or no, and a guess fits what it was guessed from.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/utf8.h"
#include "common/lead/country_names.h"
#include "common/lead/email.h"
#include "common/lead/typed_value.h"
#include "common/lead/zone_names.h"

namespace {

using namespace leadline;  // NOLINT: a fuzz target is about nothing else

void Require(bool condition) {
  if (!condition) std::abort();
}

constexpr std::string_view kSpecs[] = {
    "text",     "number",   "number:point", "number:comma", "date", "date:dmy", "date:mdy",
    "date:ymd", "datetime", "yes_no",       "choice:A|Ä",   "url",  "email",    "phone"};

// In the type that needs no habits: a stored form is in it.
void RequireStable(const ColumnType& type, const std::string& stored) {
  ColumnType plain = type;
  plain.order = DateOrder::kUnknown;
  if (plain.type == ValueType::kNumber) plain.decimal = DecimalSign::kPoint;
  const TypedReading again = ReadTyped(stored, plain, "US");
  Require(again.problem.empty() && again.value.empty());
}

void ReadAs(std::string_view spec, std::string_view text) {
  const Result<ColumnType> type = ParseColumnType(spec);
  Require(type.ok());
  const TypedReading reading = ReadTyped(text, *type, "US");
  Require(IsValidUtf8(reading.value) || !IsValidUtf8(text));
  if (reading.problem.empty() && !reading.value.empty()) RequireStable(*type, reading.value);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text =
      TrimUtf8(std::string_view(reinterpret_cast<const char*>(data), size));
  if (text.empty()) return 0;
  for (const std::string_view spec : kSpecs) ReadAs(spec, text);
  (void)ParseColumnType(text);
  Require(RegionOfCountry(text).size() % 2 == 0);
  const std::string_view zone = ProposeZone(text).zone;
  Require(zone.empty() || IsKnownZone(zone));
  if (!EmailFault(text).empty()) {
    const std::string email = ProposeEmail(text).email;
    Require(email.empty() || EmailFault(email).empty());
  }
  std::vector<std::string_view> cells;
  for (size_t at = 0; at < text.size() && cells.size() < 100;) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view cell = TrimUtf8(text.substr(at, end - at));
    if (!cell.empty()) cells.push_back(cell);
    at = end + 1;
  }
  const TypeGuess guess = GuessType(cells, "US");
  Require(guess.score > 0 && guess.score <= 1);
  return 0;
}
