// The import wizard: four steps, of which the first three need no server.
#include <array>

#include "client/views/import_steps.h"

namespace leadline {
namespace {

struct StepText {
  ImportStep step;
  std::string_view title;
};
constexpr std::array<StepText, 4> kSteps = {{{ImportStep::kFile, "1. File"},
                                             {ImportStep::kColumns, "2. Columns"},
                                             {ImportStep::kProblems, "3. Problems"},
                                             {ImportStep::kImport, "4. Import"}}};

void StepBar(const View& view) {
  const ImportState& import = view.state.import;
  const bool done = import.step == ImportStep::kDone;
  int index = static_cast<int>(import.step);
  ui::Options options;
  for (const StepText& step : kSteps) {
    const bool reachable = import.plan.has_value() && !import.busy && !done;
    options.push_back({.name = step.title, .disabled = !reachable && step.step != import.step});
  }
  if (done) index = static_cast<int>(ImportStep::kImport);
  if (!ui::Tabs("Import steps", options, &index)) return;
  const ImportStep step = kSteps[static_cast<size_t>(index)].step;
  if (step == ImportStep::kFile) {
    view.Push(command::NewImport{});
  } else {
    view.Push(command::GoToImportStep{step});
  }
}

void FileStep(const View& view) {
  const ImportState& import = view.state.import;
  if (!import.error.empty()) {
    ui::Banner(import.error, ui::Tone::kDanger, {}, false,
               "\"" + import.file_name + "\" cannot be checked");
  }
  ui::DropZone("Drop a CSV file or a workbook here, or paste rows from a spreadsheet",
               "They are checked in this browser. Nothing is sent before you import them.",
               ".csv,.tsv,.txt,.xlsx,.xlsm,text/csv", "Choose a file");
  ui::Gap();
  if (ui::Link("Download a template", std::string(kApi) + "/leads/template.csv")) {
    platform::DownloadUrl(std::string(kApi) + "/leads/template.csv", "leadline-template.csv");
  }
  ImportHistory(view);
}

}  // namespace

void ImportView(const View& view) {
  const ImportState& import = view.state.import;
  const std::string subtitle =
      import.file == 0
          ? std::string(
                "From a CSV file or a workbook, checked row by row before anything is stored.")
          : import.file_name + ", " + Bytes(import.file_bytes);
  ui::BeginPageHeader("Import", subtitle);
  if (import.file != 0 &&
      ui::Button("Start over", {.icon = ui::Icon::kRefresh, .disabled = import.busy})) {
    view.Push(command::NewImport{});
  }
  ui::EndPageHeader();
  StepBar(view);
  ui::Gap(ui::kSpaceS);
  switch (import.step) {
    case ImportStep::kFile:
      return FileStep(view);
    case ImportStep::kColumns:
      return ColumnsStep(view);
    case ImportStep::kProblems:
      return ProblemsStep(view);
    case ImportStep::kImport:
      return ImportStepView(view);
    case ImportStep::kDone:
      return ImportResult(view);
  }
}

}  // namespace leadline
