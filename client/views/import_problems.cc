// Step "Problems": progress of the check, counts per kind, and the rows that need mending.
#include <algorithm>

#include "client/views/import_steps.h"
#include "common/lead/validate.h"

namespace leadline {
namespace {

struct Local {
  std::string kind;     // of problems shown; "": all
  size_t filtered = 0;  // problems that `rows` was made from
  std::string of_kind;
  int64_t of_bytes = -1;
  std::vector<size_t> rows;  // indexes into CheckReport::shown
};
Local& Mine() {
  static Local local;
  return local;
}

void Progress(const View& view, const CheckReport& report) {
  const ImportState& import = view.state.import;
  const double fraction = import.file_bytes > 0 ? static_cast<double>(report.bytes) /
                                                      static_cast<double>(import.file_bytes)
                                                : 0;
  ui::ProgressBar("Checking the rows", fraction,
                  Count(report.rows) + " rows, " +
                      Count(static_cast<int64_t>(report.RowsPerSecond())) + " rows/s");
  if (ui::Button("Cancel the check")) view.Push(command::CancelCheck{});
}

void Counts(const CheckReport& report) {
  ui::BeginColumns("Counts", 4, 150);
  ui::NextColumn();
  ui::StatTile("Rows", Count(report.rows),
               report.done ? "read in " + Duration(std::max<int64_t>(report.ms, 1000)) : "so far");
  ui::NextColumn();
  ui::StatTile("Ready to import", Count(report.accepted),
               report.repaired > 0 ? Count(report.repaired) + " of them repaired" : "",
               ui::Tone::kSuccess);
  ui::NextColumn();
  ui::StatTile("Held back", Count(report.rejected), "until they are mended",
               report.rejected > 0 ? ui::Tone::kWarning : ui::Tone::kNeutral);
  ui::NextColumn();
  const double speed = report.RowsPerSecond();
  ui::StatTile("Speed", Count(static_cast<int64_t>(speed)), "rows a second, in this browser");
  ui::EndColumns();
}

void Notes(const CheckReport& report) {
  for (const std::string& note : report.notes) ui::Banner(note, ui::Tone::kInfo);
}

std::vector<std::pair<std::string, int64_t>> KindsOf(const CheckReport& report) {
  std::vector<std::pair<std::string, int64_t>> kinds(report.problems.begin(),
                                                     report.problems.end());
  std::stable_sort(kinds.begin(), kinds.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  return kinds;
}

void KindFilter(const std::vector<std::pair<std::string, int64_t>>& kinds) {
  Local& local = Mine();
  std::vector<std::string> titles;
  std::vector<std::string> counts;
  for (const auto& [code, rows] : kinds) {
    titles.push_back(ProblemTitle(code));
    counts.push_back(Count(rows));
  }
  ui::Options options = {{"All kinds of problems"}};
  int index = 0;
  for (size_t i = 0; i < kinds.size(); ++i) {
    options.push_back({titles[i], counts[i]});
    if (kinds[i].first == local.kind) index = static_cast<int>(i) + 1;
  }
  if (ui::Select("Kind of problem", options, &index,
                 {.hide_label = true, .width_px = ui::ShareOnPhone(320, 1)})) {
    local.kind = index == 0 ? "" : kinds[static_cast<size_t>(index) - 1].first;
  }
}

// The rows of the chosen kind, found again only when something changed.
void Filter(const CheckReport& report) {
  Local& local = Mine();
  if (local.of_bytes == report.bytes && local.filtered == report.shown.size() &&
      local.of_kind == local.kind) {
    return;
  }
  local.of_bytes = report.bytes;
  local.filtered = report.shown.size();
  local.of_kind = local.kind;
  local.rows.clear();
  for (size_t i = 0; i < report.shown.size(); ++i) {
    if (local.kind.empty() || report.shown[i].code == local.kind) local.rows.push_back(i);
  }
}

void Row(ui::Grid& grid, const RowProblem& problem) {
  grid.BeginRow(problem.id, {.name = "row " + std::to_string(problem.row)});
  grid.TextCell(Count(problem.row));
  grid.TextCell(problem.path.empty() ? "Row" : TargetTitle(problem.path));
  grid.TextCell(problem.value.empty() ? "(empty)" : problem.value, problem.value.empty());
  const std::string what = ProblemTitle(problem.code);
  grid.TextCell(problem.error ? what : "Note: " + what);
  if (!problem.proposal.empty()) {
    grid.TextCell(problem.proposal + (problem.safe ? "" : "  (a guess, please check)"));
  } else {
    grid.TextCell(FindProblem(problem.code).mend, true);
  }
  if (!problem.note.empty()) ui::Tooltip(problem.note);
}

void Table(const CheckReport& report) {
  Filter(report);
  const std::vector<size_t>& rows = Mine().rows;
  ui::Grid grid("Problems",
                {{.title = "Row", .width_px = 70, .align = ui::Align::kRight},
                 {.title = "Field", .width_px = 110},
                 {.title = "Value", .width_px = 150, .stretch = 1},
                 {.title = "What is wrong", .width_px = 220, .stretch = 2},
                 {.title = "Proposed repair", .width_px = 200, .stretch = 2}},
                {.rows = static_cast<int64_t>(rows.size()), .empty = "No problem of this kind."});
  while (grid.NextRow()) Row(grid, report.shown[rows[static_cast<size_t>(grid.row())]]);
  grid.End();
}

int64_t SafeRepairs(const CheckReport& report) {
  return std::count_if(report.shown.begin(), report.shown.end(),
                       [](const RowProblem& problem) { return problem.safe; });
}

void Repairs(const View& view, const CheckReport& report) {
  CheckOptions options = view.state.import.options;
  const int64_t safe = SafeRepairs(report);
  if (safe == 0 && !options.accept_repairs) return;
  const std::string hint =
      options.accept_repairs
          ? CountOf(report.repaired, "row was", "rows were") + " mended. Nothing else was changed."
          : "Spaces, brackets, country codes, capital letters: " +
                CountOf(safe, "value", "values") + " can be mended without a doubt.";
  if (ui::Switch("Accept all proposed repairs", &options.accept_repairs, {.hint = hint})) {
    view.Push(command::SetCheckOptions{options});
  }
}

void Downloads(const View& view, const CheckReport& report) {
  const std::string& pending = view.state.import.pending_save;
  if (report.rejected > 0 &&
      ui::Button("Download the reject file",
                 {.icon = ui::Icon::kDownload, .busy = pending == "rejects"})) {
    view.Push(command::SaveChecked{"rejects"});
  }
  if (report.accepted > 0 && ui::Button("Download the clean file", {.icon = ui::Icon::kDownload,
                                                                    .busy = pending == "clean"})) {
    view.Push(command::SaveChecked{"clean"});
  }
}

}  // namespace

void ProblemsStep(const View& view) {
  const ImportState& import = view.state.import;
  if (!import.error.empty()) ui::Banner(import.error, ui::Tone::kDanger);
  if (!import.report) return;
  const CheckReport& report = *import.report;
  if (import.checking) Progress(view, report);
  Counts(report);
  Notes(report);
  Repairs(view, report);
  const std::vector<std::pair<std::string, int64_t>> kinds = KindsOf(report);
  ui::BeginRow();
  if (!kinds.empty()) KindFilter(kinds);
  ui::RowSpacer();
  if (report.done) {
    Downloads(view, report);
    if (ui::Button("Continue to import",
                   {.kind = ui::ButtonKind::kPrimary,
                    .disabled = report.accepted == 0,
                    .reason = report.accepted == 0 ? "No row can be imported yet." : ""})) {
      view.Push(command::GoToImportStep{ImportStep::kImport});
    }
  }
  ui::EndRow();
  if (report.done && kinds.empty()) {
    ui::EmptyState(ui::Icon::kSuccess, "Every row is fine",
                   "Nothing to mend. Continue to import the list.");
  } else {
    Table(report);
  }
}

}  // namespace leadline
