// Which column holds what: proposed from headers (aliases in several languages, small typing
// errors) and from content (a column of phones is a column of phones), each with a score and
// samples, and overridable. Pure functions and values.
//
// Names of targets, as options, the API and files write them:
//   name first_name last_name phone email company timezone country secondary_phone_1..10
//   secondary_1_name..secondary_10_name variable:KEY ignore
// A country tells how its row's national numbers are read, and is the variable `country` as well.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/status.h"
#include "common/lead/typed_value.h"

namespace leadline {

// The two columns that our reject file adds, side by side (report.h).
inline constexpr std::string_view kProblemColumn = "problem";
inline constexpr std::string_view kFixColumn = "fix";

enum class TargetField : uint8_t {
  kIgnore,
  kName,
  kFirstName,
  kLastName,
  kPhone,
  kEmail,
  kCompany,
  kTimezone,
  kCountry,
  kSecondaryPhone,
  kSecondaryName,
  kVariable,
};

struct Target {
  TargetField field = TargetField::kIgnore;
  int index = 0;         // 1..10 for the secondary ones
  std::string key = {};  // of a variable
  friend bool operator==(const Target& a, const Target& b) {
    return a.field == b.field && a.index == b.index && a.key == b.key;
  }
};

std::string TargetName(const Target& target);
// The variable that a column fills; empty for none.
std::string_view VariableOf(const Target& target);
// Error: kInvalid "mapping_unknown_field".
Result<Target> ParseTarget(std::string_view name);

struct ColumnMapping {
  size_t column = 0;   // 0-based
  std::string header;  // as written; "Column 3" in a file without a header row
  Target target;
  double score = 0;                  // 0..1; 1 when set by the user
  std::vector<std::string> samples;  // up to 3 different values, clipped
  ColumnType type;                   // of a variable (column_types.h); else text
  double type_score = 0;             // 0..1: the share of sample cells that fit; 1 when chosen
  // The `problem` and `fix` columns of our own reject file: ignored, and left out when a reject
  // file is written again.
  bool report_column = false;
};

using Mapping = std::vector<ColumnMapping>;  // one per column, in order

// What each column most likely holds. `header` empty (no header row): by content alone, `columns`
// many. `rows` are data rows, a few dozen or hundred, for content and samples. A column that is no
// field of ours becomes a variable with a key of its own; each field is given once, to the column
// with the best score.
Mapping ProposeMapping(const std::vector<std::string>& header, size_t columns,
                       const std::vector<std::vector<std::string>>& rows);

// Header -> target name, as in {"Telefon":"phone"}. Headers are compared without case and spaces
// around; a 1-based column number ("2") works too. An overridden target moves: the column that was
// guessed for it becomes a variable. Errors, as FieldProblems of kInvalid "mapping_invalid":
// mapping_unknown_column, mapping_unknown_field, mapping_twice.
using MappingOverride = std::map<std::string, std::string, std::less<>>;
Status OverrideMapping(const MappingOverride& by_header, Mapping* mapping);
// The column that an override names; null for none.
ColumnMapping* FindColumn(std::string_view name, Mapping* mapping);

// "Job Title" -> "job_title": letters, digits, underscore; accents taken off; never empty, at most
// 64 bytes.
std::string VariableKey(std::string_view header, size_t column);

// How likely a row of cells is a header row, -1..1: known field names against cells that look like
// data.
double HeaderLikeness(const std::vector<std::string>& cells);

}  // namespace leadline
