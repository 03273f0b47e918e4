// Help in the product: five steps, statuses, errors, shortcuts.
#include <array>

#include "client/views/view.h"
#include "common/dial/reasons.h"

namespace leadline {
namespace {

struct Chapter {
  std::string_view section;  // in the address
  std::string_view title;
  void (*draw)(const View&);
};

void Steps(const View&) {
  struct Text {
    std::string_view title, text;
    Screen screen;
  };
  constexpr std::array<Text, 5> kSteps = {{
      {"1. Connect a provider",
       "Put the key of your Retell or Vapi account into the server's environment: RETELL_API_KEY "
       "or "
       "VAPI_API_KEY. Settings shows whether it was found, and the webhook address for the "
       "provider.",
       Screen::kSettings},
      {"2. Create an assistant",
       "It says whom the leads talk to, and from which number. Test the connection before you go "
       "on.",
       Screen::kAssistants},
      {"3. Import a list",
       "Drop a CSV file or a workbook. Each row is checked in your browser; wrong ones are held "
       "back with the reason, and go into a reject file that you can mend and drop again.",
       Screen::kImport},
      {"4. Set up a campaign",
       "Choose the assistant, the calling hours, how often and after which delay to try again.",
       Screen::kCampaigns},
      {"5. Start and watch",
       "Start the campaign. The leads change by themselves. If nothing is called, the campaign "
       "says "
       "why, and when that changes.",
       Screen::kHome},
  }};
  for (const Text& step : kSteps) {
    ui::BeginCard(step.title);
    ui::Text(step.text);
    const std::string title = "Open " + std::string(kScreenTitles[static_cast<int>(step.screen)]);
    ui::Link(title, ScreenHref(step.screen));
    ui::EndCard();
  }
}

void Statuses(const View&) {
  ui::Text(
      "Leadline sets the status by itself. Both columns name the same seven statuses; Settings "
      "chooses which names the screens use. Change a status by hand only to correct it.");
  ui::Grid grid("Statuses",
                {{.title = "Status", .width_px = 130},
                 {.title = "Simple name", .width_px = 130},
                 {.title = "Meaning", .width_px = 200, .stretch = 2},
                 {.title = "When", .width_px = 200, .stretch = 2, .hide_narrow = true},
                 {.title = "What to do", .width_px = 200, .stretch = 2, .hide_narrow = true}},
                {.rows = static_cast<int64_t>(kLeadStatusCount),
                 .height_px = GridHeight(static_cast<int64_t>(kLeadStatusCount))});
  while (grid.NextRow()) {
    const StatusText& text = kStatusTexts[static_cast<size_t>(grid.row())];
    grid.BeginRow(grid.row(), {.name = text.title});
    grid.BadgeCell(text.title, ToneOf(text.status));
    grid.TextCell(text.group_title);
    grid.TextCell(text.meaning);
    grid.TextCell(text.when);
    grid.TextCell(text.action);
  }
  grid.End();
  ui::Gap();
  ui::BeginCard("What happens to a lead");
  ui::Text("Created -> Processing when every gate is open and a call can be placed.");
  ui::Text("Processing -> Completed when somebody answers.");
  ui::Text("Processing -> Scheduled when another number of the same lead is next.");
  ui::Text(
      "Processing -> Rescheduled when nobody answered and tries are left. After the retry delay: "
      "Scheduled, then Processing again.");
  ui::Text("Processing -> Max Retries when the last try brought no answer.");
  ui::Text(
      "Processing -> Failed when it can never work: a wrong number, a missing agent, a bad key.");
  ui::EndCard();
}

void ErrorCard(const ErrorGuide& guide) {
  ui::BeginCard(guide.title);
  ui::BeginRow();
  ui::Badge(guide.permanent ? "Stop trying" : "Will retry",
            guide.permanent ? ui::Tone::kDanger : ui::Tone::kWarning);
  if (guide.scope == ErrorScope::kAccount) ui::Badge("Pauses the campaign", ui::Tone::kInfo);
  ui::EndRow();
  ui::Text(guide.meaning);
  std::string causes;
  for (const std::string_view cause : guide.causes) {
    if (!cause.empty()) causes += (causes.empty() ? "" : " ") + std::string(cause);
  }
  if (!causes.empty()) ui::MutedText("Why: " + causes);
  ui::Heading(3, "What to do");
  ui::Text(StepsText(guide));
  ui::EndCard();
}

void Errors(const View&) {
  ui::Text(
      "A permanent error fails the lead, and nobody calls it again until you fix the cause and "
      "set it back. A temporary one is tried again. An error of your account pauses the campaign, "
      "so that it burns nobody.");
  size_t count = 0;
  const ErrorGuide* guides = AllGuides(&count);
  ui::BeginColumns("Errors", 2, 380);
  for (size_t i = 0; i < count; ++i) {
    ui::NextColumn();
    ErrorCard(guides[i]);
  }
  ui::EndColumns();
}

void KeyList() {
  ui::BeginKeyValues("Keyboard");
  ui::KeyValue("?", "Shows this list");
  ui::KeyValue("/", "Searches the leads");
  ui::KeyValue("Esc", "Closes a panel, a dialog, a list");
  ui::KeyValue("Tab, Shift+Tab", "Next and previous control");
  ui::KeyValue("Enter, Space", "Uses it");
  ui::KeyValue("Arrows, Page Up, Page Down", "Move in a table; Enter opens the row");
  ui::EndKeyValues();
}

void Shortcuts(const View&) {
  ui::BeginCard("Keyboard");
  KeyList();
  ui::EndCard();
}

constexpr std::array<Chapter, 4> kChapters = {{{"", "First campaign", Steps},
                                               {"statuses", "Statuses", Statuses},
                                               {"errors", "Errors", Errors},
                                               {"keyboard", "Keyboard", Shortcuts}}};

}  // namespace

void ShortcutsDialog(bool* open) {
  if (!*open || !ui::BeginDialog("Keyboard shortcuts", open)) return;
  KeyList();
  ui::BeginFooter();
  if (ui::Button("Close")) *open = false;
  ui::EndFooter();
  ui::EndDialog();
}

void GuideView(const View& view) {
  ui::BeginPageHeader("Guide", "How Leadline works, and what to do when it does not.");
  ui::EndPageHeader();
  ui::Options options;
  int index = 0;
  for (size_t i = 0; i < kChapters.size(); ++i) {
    options.push_back({kChapters[i].title});
    if (kChapters[i].section == view.state.route.section) index = static_cast<int>(i);
  }
  if (ui::Tabs("Chapters", options, &index)) {
    Route route = ScreenRoute(Screen::kGuide);
    route.section = kChapters[static_cast<size_t>(index)].section;
    view.Go(route);
  }
  ui::Gap(ui::kSpaceS);
  kChapters[static_cast<size_t>(index)].draw(view);
}

}  // namespace leadline
