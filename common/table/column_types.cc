#include "common/table/column_types.h"

#include "common/base/utf8.h"

namespace leadline {
namespace {

using Rows = std::vector<std::vector<std::string>>;
using Problems = std::vector<FieldProblem>;

void Choose(const TypeOverride& by_header, Mapping* mapping, Problems* problems) {
  for (const auto& [header, spec] : by_header) {
    ColumnMapping* column = FindColumn(header, mapping);
    Result<ColumnType> type = ParseColumnType(spec);
    if (column == nullptr) {
      problems->push_back({header, "type_unknown_column", "The file has no such column."});
    } else if (!type.ok()) {
      problems->push_back({header, type.status().slug(), type.status().message()});
    } else if (column->target.field != TargetField::kVariable) {
      problems->push_back({header, "type_not_variable",
                           "Only a column that becomes a variable has a type. Make it one, or take "
                           "the type away."});
    } else {
      column->type = *std::move(type);
    }
  }
}

std::vector<std::string_view> FilledCells(const Rows& rows, size_t column) {
  std::vector<std::string_view> cells;
  for (const auto& row : rows) {
    const std::string_view cell = column < row.size() ? TrimUtf8(row[column]) : "";
    if (!cell.empty()) cells.push_back(cell);
  }
  return cells;
}

std::string AssumedDates(DateOrder order) {
  switch (order) {
    case DateOrder::kDmy:
      return "The dates of this column could be day/month or month/day; they are read as "
             "day/month, as in the region.";
    case DateOrder::kMdy:
      return "The dates of this column could be day/month or month/day; they are read as "
             "month/day, as in the region.";
    case DateOrder::kYmd:
    case DateOrder::kUnknown:
      break;
  }
  return "The dates of this column could be day/month or month/day; they are left as they are.";
}

void SayAssumption(const ColumnMapping& column, bool dates, Problems* problems) {
  if (dates) {
    problems->push_back(
        {column.header, "column_dates_ambiguous",
         AssumedDates(column.type.order) +
             " Choose the type date:dmy or date:mdy for column: " + ClipUtf8(column.header, 60)});
    return;
  }
  problems->push_back({column.header, "column_numbers_ambiguous",
                       "The numbers of this column could have a comma for thousands or for the "
                       "fraction" +
                           std::string(column.type.decimal == DecimalSign::kComma
                                           ? "; the fraction is assumed, as in the region"
                                           : "") +
                           ". Choose the type number:point or number:comma for column: " +
                           ClipUtf8(column.header, 60)});
}

}  // namespace

void TypeColumns(const Rows& rows, std::string_view region, const TypeOverride& by_header,
                 Mapping* mapping, Problems* problems) {
  for (ColumnMapping& m : *mapping) m.type = {};
  Choose(by_header, mapping, problems);
  for (ColumnMapping& m : *mapping) {
    if (m.target.field != TargetField::kVariable) continue;
    const std::vector<std::string_view> cells = FilledCells(rows, m.column);
    const bool chosen = m.type.chosen;
    TypeGuess guess = chosen ? CompleteType(m.type, cells, region) : GuessType(cells, region);
    // An ambiguous column that is left a text is one of dates: numbers are left without a word.
    const bool dates = guess.type.type != ValueType::kNumber;
    m.type = std::move(guess.type);
    m.type_score = chosen ? 1 : guess.score;
    if (guess.ambiguous) SayAssumption(m, dates, problems);
  }
}

}  // namespace leadline
