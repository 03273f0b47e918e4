// Step "Problems": progress of the check, counts per kind, and the rows that need mending.
#include <algorithm>
#include <set>

#include "client/views/import_steps.h"
#include "common/lead/validate.h"

namespace leadline {
namespace {

struct Local {
  std::string kind;           // of problems shown; "": all
  std::set<int64_t> touched;  // rows that were mended under this filter: they stay in sight
  int64_t of_changes = -1;    // what `rows` was made from
  std::string of_kind;
  size_t of_touched = 0;
  std::vector<size_t> rows;  // indexes into CheckReport::shown
  int64_t typing_id = -1;    // the problem whose cell is being changed
  std::string typed;
  bool replacing = false;
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
                  Count(report.rows) + " rows" + Pace(report.rows, report.ms, fraction));
  if (ui::Button("Cancel the check")) view.Push(command::CancelCheck{});
}

void Counts(const CheckReport& report) {
  ui::BeginColumns("Counts", 4, 150);
  ui::NextColumn();
  std::string rows_note = "so far";
  if (report.done) rows_note = "read in " + Duration(std::max<int64_t>(report.ms, 1000));
  if (report.done && report.ms > 1000) {
    rows_note += ", " + Count(static_cast<int64_t>(report.RowsPerSecond())) + " rows/s";
  }
  ui::StatTile("Rows", Count(report.rows), rows_note);
  ui::NextColumn();
  ui::StatTile("Ready to import", Count(report.accepted),
               report.repaired > 0 ? Count(report.repaired) + " of them repaired" : "",
               ui::Tone::kSuccess);
  ui::NextColumn();
  ui::StatTile("Held back", Count(report.rejected), "until they are mended",
               report.rejected > 0 ? ui::Tone::kWarning : ui::Tone::kNeutral);
  ui::NextColumn();
  ui::StatTile("Kinds of problems", Count(static_cast<int64_t>(report.problems.size())),
               "warnings are counted too");
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
  if (index == 0) local.kind.clear();  // the last of its kind was mended
  if (ui::Select("Kind of problem", options, &index,
                 {.hide_label = true, .width_px = ui::ShareOnPhone(320, 1)})) {
    local.kind = index == 0 ? "" : kinds[static_cast<size_t>(index) - 1].first;
    local.touched.clear();
  }
}

// The rows of the chosen kind, found again only when something changed.
void Filter(const CheckReport& report) {
  Local& local = Mine();
  if (local.of_changes == report.changes && local.of_touched == local.touched.size() &&
      local.of_kind == local.kind) {
    return;
  }
  local.of_changes = report.changes;
  local.of_touched = local.touched.size();
  local.of_kind = local.kind;
  local.rows.clear();
  for (size_t i = 0; i < report.shown.size(); ++i) {
    const RowProblem& problem = report.shown[i];
    if (local.kind.empty() || problem.code == local.kind || local.touched.count(problem.row) != 0) {
      local.rows.push_back(i);
    }
  }
}

RowMend MendOf(const View& view, int64_t row) {
  const RowMend* mend = view.state.import.mends.Find(static_cast<uint64_t>(row));
  return mend != nullptr ? *mend : RowMend();
}

void Mend(const View& view, int64_t row, RowMend mend) {
  Mine().touched.insert(row);
  view.Push(command::MendRow{row, std::move(mend)});
}

void SetCell(const View& view, const RowProblem& problem, const std::string& text) {
  RowMend mend = MendOf(view, problem.row);
  mend.cells[static_cast<size_t>(problem.column - 1)] = text;
  Mend(view, problem.row, std::move(mend));
}

// What is cut for this table is changed in the row's dialog.
bool ChangesInPlace(const View& view, const RowProblem& problem) {
  return problem.column > 0 && problem.whole && !view.state.import.checking;
}

void ValueCell(const View& view, ui::Grid& grid, const RowProblem& problem) {
  if (!ChangesInPlace(view, problem)) {
    return grid.TextCell(problem.value.empty() ? "-" : problem.value, problem.value.empty());
  }
  if (!grid.NextCell()) return;
  Local& local = Mine();
  const bool mine = local.typing_id == problem.id;
  std::string text = mine ? local.typed : problem.value;
  const std::string label = TargetTitle(problem.path) + " in row " + std::to_string(problem.row) +
                            "##" + std::to_string(problem.id);
  if (ui::TextField(label, &text,
                    {.placeholder = "(empty)", .hide_label = true, .width_px = 2000})) {
    local.typing_id = problem.id;
    local.typed = text;
  }
  if (local.typing_id != problem.id || (ui::FieldFocused() && !ui::Submitted())) return;
  local.typing_id = -1;
  if (text != problem.value) SetCell(view, problem, text);
}

void RepairCell(const View& view, ui::Grid& grid, const RowProblem& problem) {
  if (problem.proposal.empty()) {
    return grid.TextCell(problem.error ? FindProblem(problem.code).mend : "", true);
  }
  if (!ChangesInPlace(view, problem)) return grid.TextCell(problem.proposal, true);
  if (!grid.NextCell()) return;
  const std::string name = "Use " + problem.proposal + (problem.safe ? "" : "?");
  if (ui::Link(name + "##use" + std::to_string(problem.id), {}, ui::RowWidth())) {
    SetCell(view, problem, problem.proposal);
  }
  if (!problem.safe) {
    ui::Tooltip("A guess: please check it. " + problem.note);
  } else if (!problem.note.empty()) {
    ui::Tooltip(problem.note);
  }
}

void ActionsCell(const View& view, ui::Grid& grid, const RowProblem& problem) {
  if (!grid.NextCell()) return;
  const std::string row = " row " + std::to_string(problem.row) + "##" + std::to_string(problem.id);
  if (ui::IconButton(ui::Icon::kEdit, "Edit" + row)) {
    Mine().touched.insert(problem.row);
    view.Push(command::OpenRowToMend{problem.row});
  }
  if (!MendOf(view, problem.row).empty()) {
    if (ui::IconButton(ui::Icon::kUndo, "Take back the changes of" + row)) {
      Mend(view, problem.row, {});
    }
  } else if (ui::IconButton(ui::Icon::kTrash, "Leave out" + row)) {
    Mend(view, problem.row, {.left_out = true});
  }
}

void Row(const View& view, ui::Grid& grid, const RowProblem& problem) {
  grid.BeginRow(problem.id, {.name = "row " + std::to_string(problem.row)});
  grid.TextCell(Count(problem.row));
  grid.TextCell(problem.path.empty() ? "Row" : TargetTitle(problem.path));
  ValueCell(view, grid, problem);
  const std::string what = ProblemTitle(problem.code);
  if (problem.error) {
    grid.TextCell(what);
  } else if (problem.code == "row_mended") {
    grid.BadgeCell("Mended", ui::Tone::kSuccess);
  } else {
    grid.TextCell("Note: " + what, true);
  }
  if (!problem.note.empty() && problem.proposal.empty()) ui::Tooltip(problem.note);
  RepairCell(view, grid, problem);
  ActionsCell(view, grid, problem);
}

void Table(const View& view, const CheckReport& report) {
  Filter(report);
  const std::vector<size_t>& rows = Mine().rows;
  ui::Grid grid("Problems",
                {{.title = "Row", .width_px = 70, .align = ui::Align::kRight},
                 {.title = "Field", .width_px = 110, .hide_narrow = true},
                 {.title = "Value", .width_px = 180, .stretch = 1},
                 {.title = "What is wrong", .width_px = 210, .stretch = 2},
                 {.title = "Repair", .width_px = 170, .stretch = 1},
                 {.title = "Actions", .width_px = 92}},
                {.rows = static_cast<int64_t>(rows.size()), .empty = "No problem of this kind."});
  while (grid.NextRow()) Row(view, grid, report.shown[rows[static_cast<size_t>(grid.row())]]);
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

// Repairs of the chosen kind, all at once.
void RepairsOfKind(const View& view, const CheckReport& report) {
  const std::string& kind = Mine().kind;
  const int64_t safe = std::count_if(
      report.shown.begin(), report.shown.end(),
      [&](const RowProblem& problem) { return problem.safe && problem.code == kind; });
  if (safe == 0) return;
  const auto all = report.problems.find(kind);
  const bool each = all != report.problems.end() && all->second == safe;
  const std::string name =
      "Take " + (each ? "all " + Count(safe) : std::string("the safe")) + " repairs of this kind";
  if (ui::Button(name + "##kind", {.icon = ui::Icon::kCheck, .disabled = !report.done})) {
    view.Push(command::TakeRepairs{kind, true});
  }
}

void Changes(const View& view, const CheckReport& report) {
  Local& local = Mine();
  if (ui::Button("Find and replace", {.icon = ui::Icon::kSearch, .disabled = !report.done})) {
    local.replacing = true;
  }
  const std::vector<MendStep>& steps = view.state.import.mend_steps;
  if (!steps.empty() && ui::Button("Undo##mend", {.icon = ui::Icon::kUndo,
                                                  .disabled = !report.done,
                                                  .reason = "Last change: " + steps.back().what})) {
    view.Push(command::UndoMend{});
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
  if (!import.checking && import.save_done > 0 && import.pending_save == "clean") {
    ui::ProgressBar("Preparing the clean file", import.save_done);
    if (ui::Button("Cancel##save")) view.Push(command::CancelSave{});
  }
  Counts(report);
  Notes(report);
  Repairs(view, report);
  const std::vector<std::pair<std::string, int64_t>> kinds = KindsOf(report);
  ui::BeginRow();
  if (!kinds.empty()) {
    KindFilter(kinds);
    RepairsOfKind(view, report);
    Changes(view, report);
  }
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
    Table(view, report);
  }
  RowDialog(view);
  ReplaceDialog(view, &Mine().replacing);
}

}  // namespace leadline
