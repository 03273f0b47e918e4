// Every widget of the kit on three pages, for people who build with it and for
// tests/e2e/ui_kit.test.mjs. Not shipped.
#include <cstdio>
#include <optional>
#include <set>
#include <string>

#include "client/platform/platform.h"
#include "client/platform/surface.h"
#include "client/ui/kit.h"

namespace {

namespace ui = leadline::ui;
namespace platform = leadline::platform;

constexpr int64_t kRows = 100000;

struct Gallery {
  int page = 0;
  int clicks = 0;
  std::string name = "Sarah Johnson";
  std::string email;
  std::string password;
  std::string search;
  std::string notes = "Prefers calls in the afternoon.\nSpeaks English and Spanish.";
  std::string start = "09:00";
  std::optional<int64_t> attempts = 3;
  bool dnc = false;
  bool automatic = true;
  bool weekend = false;
  int country = 1;
  int provider = 0;
  int density = 0;
  int tab = 0;
  bool dialog = false;
  bool confirm = false;
  bool panel = false;
  bool busy = false;
  bool banner = true;
  int theme = 0;
  std::string dropped = "no file yet";
  std::set<int64_t> selected;
  int sort = 0;
  bool descending = false;
  int64_t current = -1;
};
Gallery g;

const ui::Options kCountries = {{.name = "Brazil", .detail = "+55"},
                                {.name = "Germany", .detail = "+49"},
                                {.name = "India", .detail = "+91"},
                                {.name = "Japan", .detail = "+81"},
                                {.name = "Mexico", .detail = "+52"},
                                {.name = "Poland", .detail = "+48"},
                                {.name = "Spain", .detail = "+34"},
                                {.name = "Ukraine", .detail = "+380"},
                                {.name = "United Kingdom", .detail = "+44"},
                                {.name = "United States", .detail = "+1"},
                                {.name = "Atlantis", .detail = "sunk", .disabled = true}};

void Buttons() {
  ui::BeginCard("Buttons");
  ui::BeginRow();
  if (ui::Button("Start campaign", {.kind = ui::ButtonKind::kPrimary, .icon = ui::Icon::kPlay}))
    ++g.clicks;
  if (ui::Button("Export", {.icon = ui::Icon::kDownload}))
    ui::ShowToast("Exported 812 leads.", ui::Tone::kSuccess, "Open");
  if (ui::Button("Delete", {.kind = ui::ButtonKind::kDanger, .icon = ui::Icon::kTrash}))
    g.confirm = true;
  if (ui::Button("Cancel", {.kind = ui::ButtonKind::kGhost}))
    ui::ShowToast("Could not reach the server. Nothing was lost.", ui::Tone::kDanger);
  ui::Button("Call now", {.icon = ui::Icon::kPhone,
                          .disabled = true,
                          .reason = "Outside the calling hours; opens at 09:00."});
  if (ui::Button("Verify", {.kind = ui::ButtonKind::kPrimary, .busy = g.busy})) g.busy = true;
  ui::IconButton(ui::Icon::kRefresh, "Refresh");
  if (ui::BeginMenu("More actions")) {
    if (ui::MenuItem("Edit", ui::Icon::kEdit)) g.dialog = true;
    if (ui::MenuItem("Copy phone number", ui::Icon::kCopy))
      platform::CopyToClipboard("+14155551234");
    ui::MenuDivider();
    ui::MenuItem("Remove from campaign", ui::Icon::kTrash, true);
    ui::EndMenu();
  }
  ui::EndRow();
  ui::BeginRow();
  ui::Text("Clicks: " + std::to_string(g.clicks));
  if (ui::Link("Open lead 7", "#/leads/7")) ++g.clicks;
  ui::RowSpacer();
  if (ui::Button("Open dialog")) g.dialog = true;
  if (ui::Button("Open panel")) g.panel = true;
  ui::EndRow();
  ui::EndCard();
}

void Fields() {
  ui::BeginCard("Fields", "Real inputs laid over the canvas while they are used.");
  ui::BeginColumns("fields", 2);
  ui::NextColumn();
  ui::TextField("Full name", &g.name, {.placeholder = "First and last name", .required = true});
  ui::NextColumn();
  ui::TextField("Email", &g.email,
                {.kind = ui::FieldKind::kEmail,
                 .error = g.email.empty() ? "Enter an address like name@example.com." : "",
                 .placeholder = "name@example.com"});
  ui::NextColumn();
  ui::TextField("Password", &g.password,
                {.kind = ui::FieldKind::kPassword, .hint = "At least 12 characters."});
  ui::NextColumn();
  ui::NumberField("Attempts", &g.attempts, 1, 10, {.hint = "1 to 10 per lead."});
  ui::NextColumn();
  ui::Select("Country", kCountries, &g.country, {.hint = "For numbers without a country code."});
  ui::NextColumn();
  ui::TextField("Opens at", &g.start, {.kind = ui::FieldKind::kTime, .width_px = 160});
  ui::EndColumns();
  ui::TextArea("Notes", &g.notes, {.rows = 3});
  ui::EndCard();
}

void Choices() {
  ui::BeginCard("Choices");
  ui::BeginColumns("choices", 2);
  ui::NextColumn();
  ui::Checkbox("Do not call", &g.dnc, {.hint = "Nobody dials this lead until you take it off."});
  ui::Checkbox("Call on weekends", &g.weekend,
               {.disabled = true, .reason = "The campaign has no weekend window."});
  ui::Switch("Automatic calling", &g.automatic);
  ui::Segmented("Density", {{.name = "Comfortable"}, {.name = "Compact"}}, &g.density);
  ui::NextColumn();
  ui::RadioGroup("Provider",
                 {{.name = "Retell", .detail = "Agents by id, callbacks signed with the API key."},
                  {.name = "Vapi", .detail = "Assistants by id or inline."}},
                 &g.provider);
  ui::Segmented("Theme", {{.name = "System"}, {.name = "Light"}, {.name = "Dark"}}, &g.theme);
  ui::SetThemeMode(static_cast<ui::ThemeMode>(g.theme));
  ui::EndColumns();
  ui::EndCard();
}

void WidgetsPage() {
  ui::BeginPageHeader("Widgets", "Everything the interface is made of.");
  if (ui::Button("New lead", {.kind = ui::ButtonKind::kPrimary, .icon = ui::Icon::kPlus}))
    g.dialog = true;
  ui::EndPageHeader();
  if (g.banner &&
      ui::Banner("2,140 leads wait, but the campaign is outside its calling hours until 09:00.",
                 ui::Tone::kWarning, "Change hours", true) == ui::BannerResult::kDismissed) {
    g.banner = false;
  }
  Buttons();
  Fields();
  Choices();
  ui::Heading(2, "Files");
  ui::DropZone("Drop a CSV or Excel file",
               "Up to 250,000 rows. It is checked here, before anything is sent.", ".csv,.xlsx",
               "Choose a file");
  ui::Text("Chosen: " + g.dropped);
}

void Dialogs() {
  if (ui::BeginDialog("Edit lead", &g.dialog, {.text = "Changes are kept when you press Save."})) {
    ui::TextField("Lead name", &g.name);
    ui::Select("Lead country", kCountries, &g.country);
    ui::BeginFooter();
    if (ui::Button("Close without saving", {.kind = ui::ButtonKind::kGhost})) g.dialog = false;
    if (ui::Button("Save", {.kind = ui::ButtonKind::kPrimary})) {
      g.dialog = false;
      ui::ShowToast("Saved.", ui::Tone::kSuccess);
    }
    ui::EndFooter();
    ui::EndDialog();
  }
  if (ui::BeginDialog("Delete 12 leads?", &g.confirm,
                      {.width_px = 420,
                       .alert = true,
                       .text = "They leave the campaign. You can undo this for 30 days."})) {
    ui::BeginFooter();
    if (ui::Button("Keep", {.focus = true})) g.confirm = false;
    if (ui::Button("Delete 12", {.kind = ui::ButtonKind::kDanger})) g.confirm = false;
    ui::EndFooter();
    ui::EndDialog();
  }
  if (ui::BeginSidePanel("Sarah Johnson", &g.panel)) {
    ui::BeginRow();
    ui::Badge("Rescheduled", ui::Tone::kWarning);
    ui::Badge("Attempt 2 of 3", ui::Tone::kNeutral);
    ui::EndRow();
    ui::BeginKeyValues("Lead");
    ui::KeyValue("Phone", "+1 415 555 1234");
    ui::KeyValue("Company", "TechStart");
    ui::KeyValue("Next call", "Today 14:00, in 2 hours");
    ui::KeyValueSlot("Campaign");
    ui::Link("Spring offer", "#/campaigns/1");
    ui::EndKeyValues();
    ui::EndSidePanel();
  }
}

void TablePage() {
  ui::BeginPageHeader("Leads", "100,000 rows, of which only the visible ones exist.");
  ui::Button("Import", {.icon = ui::Icon::kUpload});
  ui::EndPageHeader();
  ui::BeginRow();
  ui::SearchField("Search leads", &g.search,
                  {.placeholder = "Name, phone or company", .hide_label = true, .width_px = 300});
  ui::Button("Filter", {.icon = ui::Icon::kFilter});
  ui::RowSpacer();
  ui::MutedText(std::to_string(g.selected.size()) + " selected");
  ui::EndRow();
  ui::Grid grid(
      "Leads",
      {{.title = "Name", .width_px = 180, .stretch = 2, .sortable = true},
       {.title = "Phone", .width_px = 150},
       {.title = "Status", .width_px = 130, .sortable = true},
       {.title = "Attempts", .width_px = 90, .align = ui::Align::kRight, .hide_narrow = true},
       {.title = "Next call", .width_px = 150, .stretch = 1, .hide_narrow = true},
       {.title = "Actions", .width_px = 70, .hide_narrow = true}},
      {.rows = kRows,
       .sort_column = g.sort,
       .sort_descending = g.descending,
       .selectable = true,
       .selected_count = static_cast<int64_t>(g.selected.size()),
       .current = g.current});
  constexpr ui::Tone kTones[] = {ui::Tone::kSuccess, ui::Tone::kInfo, ui::Tone::kWarning,
                                 ui::Tone::kDanger, ui::Tone::kNeutral};
  constexpr const char* kStatus[] = {"Completed", "Processing", "Rescheduled", "Failed", "Created"};
  while (grid.NextRow()) {
    const int64_t i = g.descending ? kRows - 1 - grid.row() : grid.row();
    char name[32];
    std::snprintf(name, sizeof(name), "Lead %lld", static_cast<long long>(i + 1));
    char phone[32];
    std::snprintf(phone, sizeof(phone), "+1 415 555 %04lld", static_cast<long long>(i % 10000));
    grid.BeginRow(i, {.name = name, .selected = g.selected.count(i) != 0});
    grid.LinkCell(name, "#/leads/" + std::to_string(i + 1));
    grid.TextCell(phone);
    grid.BadgeCell(kStatus[i % 5], kTones[i % 5]);
    grid.TextCell(std::to_string(i % 4));
    grid.TextCell(i % 5 == 2 ? "Today 14:00" : "\xE2\x80\x94", true);
    if (grid.NextCell()) ui::IconButton(ui::Icon::kPhone, "Call");
  }
  const ui::GridResult& result = grid.End();
  if (result.sort_column >= 0) {
    g.descending = g.sort == result.sort_column && !g.descending;
    g.sort = result.sort_column;
  }
  if (result.toggled >= 0) {
    const int64_t i = g.descending ? kRows - 1 - result.toggled : result.toggled;
    if (g.selected.erase(i) == 0) g.selected.insert(i);
  }
  if (result.activated >= 0) {
    g.current = result.activated;
    g.panel = true;
  }
}

void OverviewPage() {
  ui::BeginPageHeader("Spring offer",
                      "Calls from 09:00 to 18:00, Monday to Friday, in each lead's own time.");
  ui::Badge("Running", ui::Tone::kSuccess);
  ui::Button("Pause", {.icon = ui::Icon::kPause});
  ui::EndPageHeader();
  ui::Tabs("Campaign",
           {{.name = "Overview"},
            {.name = "Leads", .detail = "2,140"},
            {.name = "Calls", .detail = "38"},
            {.name = "Settings"}},
           &g.tab);
  ui::BeginColumns("stats", 4, 150);
  ui::NextColumn();
  ui::StatTile("Waiting", "2,140", "812 can be called now", ui::Tone::kNeutral,
               "#/leads?status=created");
  ui::NextColumn();
  ui::StatTile("Calling", "8", "of 10 lines");
  ui::NextColumn();
  ui::StatTile("Completed", "1,204", "62 % of those tried", ui::Tone::kSuccess);
  ui::NextColumn();
  ui::StatTile("Failed", "31", "12 wrong numbers", ui::Tone::kDanger);
  ui::EndColumns();
  ui::BeginColumns("charts", 2, 320);
  ui::NextColumn();
  ui::BeginCard("Calls per hour");
  ui::BarChart("Calls per hour", {{"9", 12},
                                  {"10", 30},
                                  {"11", 44},
                                  {"12", 21},
                                  {"13", 18},
                                  {"14", 39},
                                  {"15", 52},
                                  {"16", 33},
                                  {"17", 14}});
  ui::EndCard();
  ui::NextColumn();
  ui::BeginCard("Answered by a person");
  ui::LineChart("Answer rate in percent",
                {{"Mon", 32}, {"Tue", 41}, {"Wed", 38}, {"Thu", 47}, {"Fri", 29}});
  ui::EndCard();
  ui::EndColumns();
  ui::BeginCard("Outcomes");
  ui::StackedBar("Outcomes", {{"Completed", 1204, ui::Tone::kSuccess},
                              {"No answer", 420, ui::Tone::kWarning},
                              {"Busy", 88, ui::Tone::kInfo},
                              {"Failed", 31, ui::Tone::kDanger},
                              {"Waiting", 400, ui::Tone::kNeutral}});
  ui::ProgressBar("Import of leads.csv", 0.412, "4,120 of 10,000");
  ui::BeginRow(ui::kSpaceL);
  ui::Sparkline("Calls in the last hour", {2, 5, 3, 8, 9, 7, 12, 10, 14});
  ui::Spinner("Asking the provider");
  ui::EndRow();
  ui::EndCard();
  ui::BeginCard();
  ui::EmptyState(ui::Icon::kUsers, "No leads yet",
                 "Import a list or add the first lead by hand. Nothing is called before you start "
                 "the campaign.",
                 "Import leads");
  ui::EndCard();
  ui::BeginCard("Last error");
  ui::CodeBlock(
      "Provider's answer",
      "HTTP 402 payment_required\nThe account has no credit left. "
      "\xD0\x9C\xD0\xB0\xD1\x80\xD0\xB8\xD1\x8F \xE5\xB1\xB1\xE7\x94\xB0 \xF0\x9F\x98\x80");
  ui::Skeleton("Loading transcript", 3);
  ui::EndCard();
}

void Draw() {
  for (const platform::Event& event : platform::TakeEvents()) {
    if (event.kind == platform::EventKind::kFile) g.dropped = event.name;
  }
  const std::string hash = platform::UrlHash();
  g.page = hash == "/table" ? 1 : hash == "/overview" ? 2 : 0;
  ui::BeginFrame();
  ui::BeginShell({.nav = {{.name = "Widgets",
                           .icon = ui::Icon::kHome,
                           .href = "#/widgets",
                           .current = g.page == 0},
                          {.name = "Table",
                           .icon = ui::Icon::kUsers,
                           .href = "#/table",
                           .current = g.page == 1,
                           .count = 31},
                          {.name = "Overview",
                           .icon = ui::Icon::kMegaphone,
                           .href = "#/overview",
                           .current = g.page == 2},
                          {.name = "Calls", .icon = ui::Icon::kPhone, .href = "#/calls"},
                          {.name = "Assistants", .icon = ui::Icon::kBot, .href = "#/assistants"},
                          {.name = "Reports", .icon = ui::Icon::kChart, .href = "#/reports"},
                          {.name = "Guide", .icon = ui::Icon::kBook, .href = "#/guide"},
                          {.name = "Settings", .icon = ui::Icon::kSettings, .href = "#/settings"}},
                  .status = "Live"},
                 std::to_string(g.page));
  if (g.page == 0) WidgetsPage();
  if (g.page == 1) TablePage();
  if (g.page == 2) OverviewPage();
  ui::EndShell();
  Dialogs();
  ui::TakeToastAction();
  ui::EndFrame();
}

}  // namespace

int main() {
  platform::Run({.prepare = ui::PrepareFrame, .draw = Draw});
  return 0;
}
