// Step "Import": where the leads go, what will happen, and what did. And the imports before.
#include "client/views/import_steps.h"
#include "common/api/import_json.h"

namespace leadline {
namespace {

struct Local {
  ImportId undo = 0;
  bool undo_open = false;
};
Local& Mine() {
  static Local local;
  return local;
}

constexpr std::string_view kRuleTitles[] = {"Skip them", "Update them", "Fill what is empty",
                                            "Keep both"};
constexpr std::string_view kRuleDetails[] = {"A number that is already stored is left as it is.",
                                             "The file's values replace the stored ones.",
                                             "Only empty fields of the stored lead are filled.",
                                             "A second lead with the same number is added."};

void Target(const View& view) {
  const ImportState& import = view.state.import;
  command::SetImportTarget target{import.campaign_id, import.duplicates, import.name};
  bool changed = false;
  ui::BeginCard("Where the leads go");
  std::vector<CampaignId> ids;
  const ui::Options campaigns = CampaignOptions(view, &ids);
  int campaign = IndexOf(ids, import.campaign_id);
  if (ui::Select("Campaign", campaigns, &campaign,
                 {.hint = "They are called when this campaign runs.",
                  .placeholder = "Default",
                  .disabled = import.busy})) {
    target.campaign_id = ids[static_cast<size_t>(campaign)];
    changed = true;
  }
  ui::Options rules;
  for (size_t i = 0; i < std::size(kRuleTitles); ++i) {
    rules.push_back({kRuleTitles[i], kRuleDetails[i], import.busy});
  }
  changed |= ui::RadioGroup("Leads that are stored already", rules, &target.duplicates);
  ui::EndCard();
  if (changed) view.Push(target);
}

void Numbers(const ImportRecord& record, bool dry_run) {
  ui::BeginColumns("Counts", 4, 150);
  ui::NextColumn();
  ui::StatTile(dry_run ? "Will be added" : "Added", Count(record.created), "new leads",
               ui::Tone::kSuccess);
  ui::NextColumn();
  ui::StatTile(dry_run ? "Will be updated" : "Updated", Count(record.updated), "stored already");
  ui::NextColumn();
  ui::StatTile(dry_run ? "Will be skipped" : "Skipped", Count(record.skipped), "stored already");
  ui::NextColumn();
  ui::StatTile("Held back", Count(record.rejected), "in the reject file",
               record.rejected > 0 ? ui::Tone::kWarning : ui::Tone::kNeutral);
  ui::EndColumns();
}

void Working(const View& view) {
  const ImportState& import = view.state.import;
  const ImportRecord* record = import.remote.value();
  if (record != nullptr && record->state == "committing") {
    const double done = record->rows > 0 ? static_cast<double>(record->rows_done) /
                                               static_cast<double>(record->rows)
                                         : -1;
    const TimeMs since = import.commit_since > 0 ? import.commit_since : view.state.now;
    ui::ProgressBar("Importing", done,
                    Count(record->rows_done) + " of " + Count(record->rows) + " rows" +
                        Pace(record->rows_done, view.state.now - since, done));
    ui::SmallText("You can leave this page: the server goes on by itself.");
    return;
  }
  const double sent = import.file_bytes > 0 ? static_cast<double>(import.sent_bytes) /
                                                  static_cast<double>(import.file_bytes)
                                            : -1;
  ui::ProgressBar("Sending the file for a dry run", sent,
                  Bytes(import.sent_bytes) + " of " + Bytes(import.file_bytes));
  if (ui::Button("Cancel")) view.Push(command::CancelUpload{});
}

void DryRun(const View& view, const ImportRecord& record) {
  ui::BeginCard("What will happen", "Nothing is stored yet.");
  Numbers(record, true);
  for (const FieldProblem& problem : record.list_problems) {
    ui::Banner(problem.message, ui::Tone::kWarning);
  }
  ui::BeginRow();
  ui::Text(Count(record.created) + " new, " + Count(record.updated) + " updated, " +
           Count(record.skipped) + " skipped, " + Count(record.rejected) + " held back.");
  ui::RowSpacer();
  const int64_t rows = record.created + record.updated;
  if (ui::Button("Import " + CountOf(rows, "lead", "leads") + "##commit",
                 {.kind = ui::ButtonKind::kPrimary,
                  .icon = ui::Icon::kUpload,
                  .disabled = rows == 0,
                  .reason = rows == 0 ? "No row would be added or updated." : ""})) {
    view.Push(command::CommitImport{});
  }
  ui::EndRow();
  ui::EndCard();
}

std::string RejectsUrl(ImportId id) {
  return std::string(kApi) + "/imports/" + std::to_string(id) + "/rejects.csv";
}

void UndoDialog(const View& view) {
  Local& local = Mine();
  if (Confirm("Undo this import?",
              "Leads that it added are removed, leads that it updated get their values back. Leads "
              "that were called or edited since are kept.",
              "Undo import", &local.undo_open)) {
    view.Push(command::UndoImport{local.undo});
  }
}

void AskUndo(ImportId id) {
  Mine().undo = id;
  Mine().undo_open = true;
}

ui::Tone ToneOfState(std::string_view state) {
  if (state == "committed") return ui::Tone::kSuccess;
  if (state == "failed") return ui::Tone::kDanger;
  if (state == "committing") return ui::Tone::kAccent;
  return ui::Tone::kNeutral;
}

void HistoryRow(const View& view, ui::Grid& grid, const ImportRecord& import) {
  grid.BeginRow(import.id, {.name = import.name});
  grid.TextCell(import.name.empty() ? "Import " + std::to_string(import.id) : import.name);
  grid.BadgeCell(Title(import.state), ToneOfState(import.state));
  grid.TextCell(Count(import.created));
  grid.TextCell(Count(import.updated));
  grid.TextCell(Count(import.rejected));
  grid.TextCell(RelativeTime(view, import.created_at), true);
  ui::Tooltip(ExactTime(import.created_at));
  if (!grid.NextCell()) return;
  const std::string id = "##" + std::to_string(import.id);
  if (import.rejected > 0 &&
      ui::IconButton(ui::Icon::kDownload, "Reject file of " + import.name + id)) {
    platform::DownloadUrl(RejectsUrl(import.id), import.name + "-rejects.csv");
  }
  if (import.state == "committed") {
    ImGui::SameLine(0, ui::kSpaceXs);
    if (ui::IconButton(ui::Icon::kUndo, "Undo " + import.name + id)) AskUndo(import.id);
  }
}

}  // namespace

void ImportStepView(const View& view) {
  const ImportState& import = view.state.import;
  if (!import.problem.ok()) {
    FormProblem(import.problem);
  }
  Target(view);
  if (import.busy) return Working(view);
  const ImportRecord* record = import.remote.value();
  if (record != nullptr && record->state == "checked") return DryRun(view, *record);
  ui::BeginRow();
  ui::MutedText("The server checks the file once more and counts, without storing anything.");
  ui::RowSpacer();
  if (ui::Button("See what will happen", {.kind = ui::ButtonKind::kPrimary})) {
    view.Push(command::Upload{});
  }
  ui::EndRow();
}

void ImportResult(const View& view) {
  const ImportState& import = view.state.import;
  const ImportRecord* record = import.remote.value();
  if (record == nullptr) return;
  const bool undone = record->state == "undone";
  ui::Banner(undone ? "The import was undone." : "The list is imported.",
             undone ? ui::Tone::kInfo : ui::Tone::kSuccess);
  Numbers(*record, false);
  if (import.undone) {
    ui::Text(CountOf(import.undone->removed, "lead", "leads") + " removed, " +
             Count(import.undone->restored) + " restored, " + Count(import.undone->kept) +
             " kept because they were called or edited since.");
  }
  ui::BeginRow();
  ui::Link("Show the leads", [record] {
    Route leads = ScreenRoute(Screen::kLeads);
    leads.campaign = record->campaign_id;
    return Href(leads);
  }());
  if (record->campaign_id != 0) {
    ui::Link("Go to the campaign", CampaignHref(record->campaign_id));
  }
  ui::RowSpacer();
  if (record->rejected > 0 &&
      ui::Button("Download the reject file", {.icon = ui::Icon::kDownload})) {
    platform::DownloadUrl(RejectsUrl(record->id), record->name + "-rejects.csv");
  }
  if (!undone && ui::Button("Undo this import", {.icon = ui::Icon::kUndo, .busy = import.busy})) {
    AskUndo(record->id);
  }
  if (ui::Button("Import another file", {.kind = ui::ButtonKind::kPrimary})) {
    view.Push(command::NewImport{});
  }
  ui::EndRow();
  UndoDialog(view);
}

void ImportHistory(const View& view) {
  const Remote<std::vector<ImportRecord>>& imports = view.state.imports;
  if (imports.value() == nullptr || imports.value()->empty()) return;
  ui::Heading(2, "Earlier imports");
  ui::Grid grid(
      "Earlier imports",
      {{.title = "Name", .width_px = 200, .stretch = 2},
       {.title = "State", .width_px = 120},
       {.title = "Added", .width_px = 80, .align = ui::Align::kRight},
       {.title = "Updated", .width_px = 80, .align = ui::Align::kRight, .hide_narrow = true},
       {.title = "Held back", .width_px = 90, .align = ui::Align::kRight, .hide_narrow = true},
       {.title = "When", .width_px = 120, .hide_narrow = true},
       {.title = "Actions", .width_px = 100}},
      {.rows = static_cast<int64_t>(imports.value()->size()),
       .height_px = GridHeight(static_cast<int64_t>(imports.value()->size()))});
  while (grid.NextRow()) {
    HistoryRow(view, grid, (*imports.value())[static_cast<size_t>(grid.row())]);
  }
  grid.End();
  UndoDialog(view);
}

}  // namespace leadline
