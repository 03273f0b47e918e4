#include <gtest/gtest.h>

#include <optional>
#include <set>

#include "client/platform/native.h"
#include "imgui.h"
#include "tests/client/ui/fake_page.h"

namespace leadline::ui {
namespace {

bool Has(const PageNode* node, uint32_t bit) {
  return node != nullptr && (node->state & bit) != 0;
}

TEST(Button, IsPressedByTheKeyboardAndByThePointer) {
  FakePage page;
  int pressed = 0;
  page.Draw([&] { pressed += Button("Go"); });
  page.Activate(Role::kButton, "Go");
  EXPECT_EQ(pressed, 1);
  const PageNode* main = page.Find(Role::kMain, "");
  const PageNode* button = page.Find(Role::kButton, "Go");
  page.ClickAt(static_cast<float>(main->x + button->x + 5),
               static_cast<float>(main->y + button->y + 5));
  EXPECT_EQ(pressed, 2);
}

TEST(Button, DoesNothingWhenDisabledAndTellsWhy) {
  FakePage page;
  int pressed = 0;
  page.Draw([&] { pressed += Button("Go", {.disabled = true, .reason = "Not yet."}); });
  page.Activate(Role::kButton, "Go");
  EXPECT_EQ(pressed, 0);
  EXPECT_TRUE(Has(page.Find(Role::kButton, "Go"), state::kDisabled));
  EXPECT_EQ(page.Find(Role::kButton, "Go")->description, "Not yet.");
}

TEST(Checkbox, TogglesAndReportsOnce) {
  FakePage page;
  bool on = false;
  int changes = 0;
  page.Draw([&] { changes += Checkbox("Do not call", &on); });
  page.Activate(Role::kCheckbox, "Do not call");
  EXPECT_TRUE(on);
  EXPECT_EQ(changes, 1);
  EXPECT_TRUE(Has(page.Find(Role::kCheckbox, "Do not call"), state::kChecked));
}

TEST(TextField, TakesTypedTextAndMarksErrors) {
  FakePage page;
  std::string name;
  page.Draw([&] { TextField("Name", &name, {.error = name.empty() ? "Enter a name." : ""}); });
  EXPECT_TRUE(Has(page.Find(Role::kField, "Name"), state::kInvalid));
  EXPECT_EQ(page.Find(Role::kField, "Name")->description, "Enter a name.");
  page.Type(Role::kField, "Name", "\xD0\x90\xD0\xB4\xD0\xB0");
  EXPECT_EQ(name, "\xD0\x90\xD0\xB4\xD0\xB0");
  EXPECT_FALSE(Has(page.Find(Role::kField, "Name"), state::kInvalid));
}

TEST(NumberField, IsClippedWhenItIsLeft) {
  FakePage page;
  std::optional<int64_t> attempts = 3;
  page.Draw([&] { NumberField("Attempts", &attempts, 1, 10); });
  page.Focus(page.Find(Role::kField, "Attempts")->id);
  page.Type(Role::kField, "Attempts", "99");
  EXPECT_EQ(attempts, 99);
  page.Blur(page.Find(Role::kField, "Attempts")->id);
  EXPECT_EQ(attempts, 10);
  page.Focus(page.Find(Role::kField, "Attempts")->id);
  page.Type(Role::kField, "Attempts", "");
  EXPECT_EQ(attempts, std::nullopt);
}

TEST(Select, IsUsedWithKeysAndSkipsDisabledOptions) {
  FakePage page;
  int index = 0;
  const Options options = {{.name = "A"}, {.name = "B", .disabled = true}, {.name = "C"}};
  page.Draw([&] { Select("Letter", options, &index); });
  page.Key(Role::kCombobox, "Letter", ImGuiKey_DownArrow);
  EXPECT_TRUE(Has(page.Find(Role::kCombobox, "Letter"), state::kExpanded));
  EXPECT_EQ(page.Count(Role::kOption), 3);
  page.Key(Role::kCombobox, "Letter", ImGuiKey_DownArrow);
  page.Activate(Role::kCombobox, "Letter");
  EXPECT_EQ(index, 2);
  EXPECT_EQ(page.Count(Role::kOption), 0);
  page.Key(Role::kCombobox, "Letter", ImGuiKey_DownArrow);
  page.Key(Role::kCombobox, "Letter", ImGuiKey_Escape);
  EXPECT_EQ(page.Count(Role::kOption), 0);
  EXPECT_EQ(index, 2);
}

TEST(Tabs, HaveOneTabStop) {
  FakePage page;
  int index = 1;
  page.Draw([&] { Tabs("Campaign", {{.name = "Overview"}, {.name = "Leads"}}, &index); });
  EXPECT_TRUE(Has(page.Find(Role::kTab, "Leads"), state::kTabStop));
  EXPECT_FALSE(Has(page.Find(Role::kTab, "Overview"), state::kTabStop));
  page.Activate(Role::kTab, "Overview");
  EXPECT_EQ(index, 0);
}

TEST(Dialog, ClosesWithEscapeAndOnlyTheTopmostDoes) {
  FakePage page;
  bool outer = true;
  bool inner = true;
  page.Draw([&] {
    if (BeginDialog("Outer", &outer)) {
      Button("Something");
      if (BeginDialog("Inner", &inner, {.alert = true})) {
        Button("Yes");
        EndDialog();
      }
      EndDialog();
    }
  });
  page.Draw();
  ASSERT_NE(page.Find(Role::kAlertDialog, "Inner"), nullptr);
  page.Key(Role::kButton, "Yes", ImGuiKey_Escape);
  EXPECT_FALSE(inner);
  EXPECT_TRUE(outer);
  page.Key(Role::kButton, "Something", ImGuiKey_Escape);
  EXPECT_FALSE(outer);
  page.Draw();
  EXPECT_EQ(page.Find(Role::kDialog, "Outer"), nullptr);
}

TEST(Dialog, GivesThePageBackWhenItIsNoLongerDrawn) {
  FakePage page;
  bool shown = true;
  bool open = true;
  int pressed = 0;
  page.Draw([&] {
    pressed += Button("Behind");
    if (shown && BeginDialog("Gone", &open)) EndDialog();
  });
  shown = false;  // the program forgot about it without closing it
  page.Draw();
  const PageNode* main = page.Find(Role::kMain, "");
  const PageNode* button = page.Find(Role::kButton, "Behind");
  page.ClickAt(static_cast<float>(main->x + button->x + 5),
               static_cast<float>(main->y + button->y + 5));
  EXPECT_EQ(pressed, 1);
}

TEST(Row, WrapsWhenTheWidthIsUsedUp) {
  FakePage page;
  platform::TheNative().env.width_px = 390;
  page.Draw([] {
    BeginRow();
    for (const char* name : {"First button", "Second button", "Third button", "Fourth button"})
      Button(name);
    EndRow();
  });
  EXPECT_EQ(page.Find(Role::kButton, "First button")->y,
            page.Find(Role::kButton, "Second button")->y);
  EXPECT_GT(page.Find(Role::kButton, "Fourth button")->y,
            page.Find(Role::kButton, "First button")->y);
}

TEST(Row, MovesWhatFollowsTheSpacerToTheRight) {
  FakePage page;
  page.Draw([] {
    BeginRow();
    Text("Left");
    RowSpacer();
    Button("Right");
    EndRow();
  });
  const PageNode* main = page.Find(Role::kMain, "");
  const PageNode* right = page.Find(Role::kButton, "Right");
  EXPECT_NEAR(right->x + right->width, main->width - 32, 8);
}

struct GridResults {
  GridResult last;
  std::set<int64_t> toggled;
  int64_t activated = -1;
};

void DrawGrid(GridResults* results, int64_t rows) {
  Grid grid("Leads", {{.title = "Name", .width_px = 200, .sortable = true}, {.title = "Phone"}},
            {.rows = rows, .height_px = 440, .selectable = true});
  while (grid.NextRow()) {
    const std::string name = "Lead " + std::to_string(grid.row());
    grid.BeginRow(grid.row() + 1000,
                  {.name = name, .selected = results->toggled.count(grid.row()) != 0});
    grid.LinkCell(name, "#/x");
    grid.TextCell("+1");
  }
  results->last = grid.End();
  if (results->last.toggled >= 0) results->toggled.insert(results->last.toggled);
  if (results->last.activated >= 0) results->activated = results->last.activated;
}

TEST(Grid, MirrorsOnlyTheRowsInView) {
  FakePage page;
  GridResults results;
  page.Draw([&] { DrawGrid(&results, 100000); });
  EXPECT_EQ(page.Find(Role::kGrid, "Leads")->a, 100001);
  EXPECT_LE(page.Count(Role::kRow), 13);  // 10 rows of 40 px, one cut at each end, the header
  EXPECT_GE(page.Count(Role::kRow), 10);
  EXPECT_EQ(results.last.first_visible, 0);
}

TEST(Grid, IsDrivenByKeys) {
  FakePage page;
  GridResults results;
  page.Draw([&] { DrawGrid(&results, 100000); });
  const auto row = [&](std::string_view name) {  // the row that holds this link
    const PageNode* link = page.Find(Role::kLink, name);
    EXPECT_NE(link, nullptr) << name;
    return link == nullptr ? 0u : link->parent;
  };
  ASSERT_NE(row("Lead 0"), 0u);
  Grid::Reveal("Leads", 50000);
  page.Draw();
  EXPECT_NE(page.Find(Role::kLink, "Lead 50000"), nullptr);
  page.Activate(Role::kCheckbox, "Select Lead 50000");
  EXPECT_EQ(results.toggled.count(50000), 1u);
  page.Activate(Role::kCheckbox, "Select all");
  EXPECT_EQ(results.toggled.size(), 1u);  // that is for the program to do
}

TEST(Grid, SaysThatItIsEmpty) {
  FakePage page;
  GridResults results;
  page.Draw([&] { DrawGrid(&results, 0); });
  EXPECT_NE(page.Find(Role::kGridCell, "Nothing here yet."), nullptr);
}

TEST(Toast, GoesByItself) {
  FakePage page;
  page.Draw([] {});
  ShowToast("Saved.", Tone::kSuccess);
  page.Draw();
  EXPECT_NE(page.Find(Role::kText, "Saved."), nullptr);
  platform::TheNative().frame_time_ms += 7000;
  page.Draw();
  page.Draw();
  EXPECT_EQ(page.Find(Role::kText, "Saved."), nullptr);
}

TEST(Kit, LeavesNoAuditProblemWhenEverythingIsDrawn) {
  FakePage page;
  std::string text;
  int index = 0;
  page.Draw([&] {
    BeginPageHeader("All", "of it");
    IconButton(Icon::kMore, "More");
    EndPageHeader();
    Banner("Careful.", Tone::kWarning, "Do", true, "Title");
    Segmented("View", {{.name = "One"}, {.name = "Two"}}, &index);
    RadioGroup("Provider", {{.name = "Retell"}, {.name = "Vapi"}}, &index);
    TextArea("Notes", &text);
    BeginKeyValues("Facts");
    KeyValue("Phone", "+1");
    EndKeyValues();
    BeginColumns("tiles", 2);
    NextColumn();
    StatTile("Waiting", "12", "of 20", Tone::kNeutral, "#/leads");
    NextColumn();
    BarChart("Calls", {{"9", 1}, {"10", 3}});
    EndColumns();
    StackedBar("Outcomes", {{"Done", 3}, {"Failed", 1, Tone::kDanger}});
    ProgressBar("Import", 0.5);
    EmptyState(Icon::kUsers, "None", "Nothing.", "Add");
    DropZone("Drop", "a file", ".csv", "Choose");
    BeginScrollArea("Log", 100);
    CodeBlock("Line", "text");
    EndScrollArea();
  });
  EXPECT_EQ(page.audit_problems(), 0);
  for (const std::string& problem : platform::TheNative().audit) ADD_FAILURE() << problem;
}

TEST(Grid, AtTheEndOfALongPageDoesNotGrowWhileThePageIsScrolled) {
  FakePage page;
  const auto content = [] {
    BeginScrollArea("Page", 400);
    ImGui::SetScrollY(ImGui::GetScrollMaxY());
    Gap(1000);
    Grid grid("Leads", {{.title = "Name"}}, {.rows = 0});
    grid.End();
    Gap(100);
    Button("At the end");
    EndScrollArea();
  };
  page.Draw(content);
  const int height = page.Find(Role::kGrid, "Leads")->height;
  for (int i = 0; i < 5; ++i) page.Draw();
  EXPECT_EQ(page.Find(Role::kGrid, "Leads")->height, height);
  EXPECT_EQ(height, 240);
}

}  // namespace
}  // namespace leadline::ui
