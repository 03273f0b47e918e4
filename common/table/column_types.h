// The types of a list's variable columns: what the user chose, and guesses for the rest. Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "common/table/mapping.h"

namespace leadline {

// Header -> type, as in {"Signed":"date:dmy"}. Headers as in a MappingOverride.
using TypeOverride = std::map<std::string, std::string, std::less<>>;

// Gives every variable column of `mapping` its type, by its cells in `rows` where the user chose
// none, or left the order of dates or the decimal sign open. Appends to `problems`:
// type_unknown_column, type_unknown, type_not_variable (an override that cannot be; it was left
// out), column_dates_ambiguous, column_numbers_ambiguous (what was assumed is said).
void TypeColumns(const std::vector<std::vector<std::string>>& rows, std::string_view region,
                 const TypeOverride& by_header, Mapping* mapping,
                 std::vector<FieldProblem>* problems);

}  // namespace leadline
