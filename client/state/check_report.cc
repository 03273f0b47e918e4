#include "client/state/check_report.h"

#include <algorithm>
#include <iterator>

#include "common/api/envelope.h"
#include "common/api/fields.h"

namespace leadline {
namespace {

RowProblem ReadRowProblem(const Json& item, int64_t id) {
  return {.id = id,
          .row = ReadInt(item, "row"),
          .column = ReadInt(item, "column"),
          .path = ReadText(item, "path"),
          .code = ReadText(item, "code"),
          .value = ReadText(item, "value"),
          .proposal = ReadText(item, "proposal"),
          .note = ReadText(item, "note"),
          .whole = ReadBool(item, "whole", true),
          .safe = ReadBool(item, "safe"),
          .error = ReadBool(item, "error", true)};
}

void TakeCounts(const Json& json, CheckReport* report) {
  report->rows = ReadInt(json, "rows");
  report->accepted = ReadInt(json, "accepted");
  report->rejected = ReadInt(json, "rejected");
  report->repaired = ReadInt(json, "repaired");
  report->blank = ReadInt(json, "blank");
  report->unreadable = ReadInt(json, "unreadable");
  report->problems.clear();
  if (const Json& problems = Member(json, "problems"); problems.is_object()) {
    for (const auto& item : problems.items()) {
      report->problems[item.key()] = IntOf(item.value()).value_or(0);
    }
  }
}

std::vector<RowProblem> ReadShown(const Json& json, CheckReport* report) {
  std::vector<RowProblem> rows;
  if (const Json& shown = Member(json, "shown"); shown.is_array()) {
    for (const Json& item : shown) rows.push_back(ReadRowProblem(item, report->next_id++));
  }
  return rows;
}

}  // namespace

FilePlan ReadPlan(const Json& json) {
  FilePlan plan;
  plan.sheet = TextOr(json, "sheet");
  if (const Json& sheets = Member(json, "sheets"); sheets.is_array()) {
    for (const Json& item : sheets) {
      plan.sheets.push_back({ReadText(item, "name"), ReadBool(item, "hidden")});
    }
  }
  plan.encoding = ReadText(json, "encoding");
  plan.encoding_percent = static_cast<int>(ReadInt(json, "encoding_score"));
  plan.delimiter = TextOr(json, "delimiter");
  plan.quote = TextOr(json, "quote");
  plan.escape = TextOr(json, "escape");
  plan.comment = TextOr(json, "comment");
  plan.header = ReadBool(json, "header", true);
  plan.problems = ReadFieldProblems(Member(json, "problems"));
  if (const Json& columns = Member(json, "columns"); columns.is_array()) {
    for (const Json& item : columns) {
      plan.columns.push_back({ReadText(item, "header"), ReadText(item, "target"),
                              static_cast<int>(ReadInt(item, "score")), ReadBool(item, "report"),
                              ReadNames(Member(item, "samples")), ReadText(item, "type"),
                              static_cast<int>(ReadInt(item, "type_score"))});
    }
  }
  return plan;
}

void TakeProgress(const Json& json, CheckReport* report) {
  if (ReadBool(json, "fresh")) report->shown.clear();
  TakeCounts(json, report);
  report->bytes = ReadInt(json, "bytes");
  report->ms = std::max(report->ms, ReadInt(json, "ms"));
  report->done = ReadBool(json, "done");
  if (const Json& notes = Member(json, "notes"); notes.is_array()) report->notes = ReadNames(notes);
  std::vector<RowProblem> rows = ReadShown(json, report);
  std::move(rows.begin(), rows.end(), std::back_inserter(report->shown));
  ++report->changes;
}

void TakeRow(const Json& json, CheckReport* report) {
  TakeCounts(json, report);
  const int64_t row = ReadInt(json, "row");
  const auto is_row = [row](const RowProblem& problem) { return problem.row == row; };
  const auto first = std::find_if(report->shown.begin(), report->shown.end(), is_row);
  const auto at = first - report->shown.begin();
  report->shown.erase(std::remove_if(first, report->shown.end(), is_row), report->shown.end());
  std::vector<RowProblem> rows = ReadShown(json, report);
  report->shown.insert(report->shown.begin() + at, std::make_move_iterator(rows.begin()),
                       std::make_move_iterator(rows.end()));
  ++report->changes;
}

}  // namespace leadline
