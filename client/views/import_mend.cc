// Step "Problems": a row mended as a whole, and texts replaced in a column.
#include "client/views/import_steps.h"
#include "common/lead/validate.h"

namespace leadline {
namespace {

struct Local {
  int64_t row = 0;  // whose cells are in `texts`
  std::vector<std::string> texts;
  int column = -1;
  std::string find;
  std::string with;
  bool whole_cell = false;
};
Local& Mine() {
  static Local local;
  return local;
}

// What is wrong with a cell of the row, with the proposal.
std::string WrongWith(const CheckReport& report, int64_t row, int64_t column) {
  for (const RowProblem& problem : report.shown) {
    if (problem.row != row || problem.column != column || !problem.error) continue;
    const std::string proposal = problem.proposal.empty() ? "" : " Proposed: " + problem.proposal;
    return ProblemTitle(problem.code) + proposal;
  }
  return "";
}

void FaultsOfRow(const CheckReport& report, int64_t row) {
  for (const RowProblem& problem : report.shown) {
    if (problem.row != row || problem.column != 0 || !problem.error) continue;
    ui::MutedText(ProblemTitle(problem.code) + " " + std::string(FindProblem(problem.code).mend));
  }
}

void Cells(const View& view, const FilePlan& plan, const OpenRow& open) {
  Local& local = Mine();
  const size_t count = std::max(plan.columns.size(), open.cells.size());
  if (local.row != open.row) {
    local.row = open.row;
    local.texts = open.cells;
    local.texts.resize(count);
  }
  for (size_t i = 0; i < local.texts.size(); ++i) {
    const auto column = static_cast<int64_t>(i) + 1;
    if (i < plan.columns.size() && plan.columns[i].report) continue;
    const std::string wrong = WrongWith(*view.state.import.report, open.row, column);
    const std::string label = ColumnTitle(plan, column) + "##cell" + std::to_string(column);
    ui::TextField(label, &local.texts[i],
                  {.hint = i < plan.columns.size() ? "" : "Beyond the header: clear it, or move it",
                   .error = wrong});
  }
}

RowMend MendFrom(const View& view, const OpenRow& open) {
  const RowMend* before = view.state.import.mends.Find(static_cast<uint64_t>(open.row));
  RowMend mend = before != nullptr ? *before : RowMend();
  mend.left_out = false;
  const std::vector<std::string>& texts = Mine().texts;
  for (size_t i = 0; i < texts.size(); ++i) {
    const std::string_view was = i < open.cells.size() ? open.cells[i] : std::string_view();
    if (texts[i] != was) mend.cells[i] = texts[i];
  }
  return mend;
}

void Close(const View& view) {
  Mine().row = 0;
  view.Push(command::OpenRowToMend{0});
}

}  // namespace

std::string ColumnTitle(const FilePlan& plan, int64_t column) {
  const auto index = static_cast<size_t>(column - 1);
  if (index < plan.columns.size() && !plan.columns[index].header.empty()) {
    return plan.columns[index].header;
  }
  return "Column " + std::to_string(column);
}

void RowDialog(const View& view) {
  const std::optional<OpenRow>& row = view.state.import.open_row;
  if (!row || !view.state.import.plan || !view.state.import.report) return;
  bool open = true;
  if (ui::BeginDialog("Row " + std::to_string(row->row), &open)) {
    if (row->loading) {
      ui::Skeleton("Reading the row", 4);
    } else {
      FaultsOfRow(*view.state.import.report, row->row);
      Cells(view, *view.state.import.plan, *row);
    }
    ui::BeginFooter();
    if (ui::Button("Leave this row out")) {
      view.Push(command::MendRow{row->row, {.left_out = true}});
      open = false;
    }
    if (ui::Button("Save the row", {.kind = ui::ButtonKind::kPrimary, .disabled = row->loading})) {
      view.Push(command::MendRow{row->row, MendFrom(view, *row)});
      open = false;
    }
    ui::EndFooter();
    ui::EndDialog();
  }
  if (!open) Close(view);
}

void ReplaceDialog(const View& view, bool* open) {
  const std::optional<FilePlan>& plan = view.state.import.plan;
  if (!*open || !plan) return;
  if (!ui::BeginDialog("Find and replace", open,
                       {.text = "In one column, in every row but those whose cell you changed "
                                "by hand."})) {
    return;
  }
  Local& local = Mine();
  std::vector<std::string> titles;
  for (size_t i = 0; i < plan->columns.size(); ++i) {
    titles.push_back(ColumnTitle(*plan, static_cast<int64_t>(i) + 1));
  }
  ui::Options options;
  for (const std::string& title : titles) options.push_back({title});
  ui::Select("Column", options, &local.column);
  ui::TextField("Find", &local.find, {.hint = "Upper and lower case differ"});
  ui::TextField("Replace with", &local.with);
  ui::Checkbox("Only where it is the whole cell", &local.whole_cell,
               {.hint = "With nothing to find, empty cells are filled"});
  const bool ready = local.column >= 0 && local.column < static_cast<int>(titles.size()) &&
                     (local.whole_cell || !local.find.empty());
  ui::BeginFooter();
  if (ui::Button("Cancel")) *open = false;
  if (ui::Button("Replace##all", {.kind = ui::ButtonKind::kPrimary,
                                  .disabled = !ready,
                                  .reason = ready ? "" : "Choose a column and what to find."})) {
    view.Push(command::ReplaceInColumn{
        {static_cast<size_t>(local.column), local.find, local.with, local.whole_cell}});
    *open = false;
  }
  ui::EndFooter();
  ui::EndDialog();
}

}  // namespace leadline
