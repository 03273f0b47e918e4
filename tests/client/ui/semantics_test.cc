#include "client/ui/semantics.h"

#include <gtest/gtest.h>

#include "tests/client/ui/fake_page.h"

namespace leadline::ui {
namespace {

using testing::Test;

TEST(Mirror, SendsNothingWhenNothingChanged) {
  FakePage page;
  page.Draw([] { Text("Hello"); });
  EXPECT_NE(page.Find(Role::kText, "Hello"), nullptr);
  page.Draw();
  EXPECT_EQ(page.last_changes(), 0);
}

TEST(Mirror, SendsOnlyTheNodeThatChanged) {
  FakePage page;
  int count = 1;
  const auto content = [&] {
    Text("Leads");
    Text(std::to_string(count));
    Text("waiting");
  };
  page.Draw(content);
  count = 2;
  page.Draw();
  EXPECT_EQ(page.last_changes(), 1);
  EXPECT_NE(page.Find(Role::kText, "2"), nullptr);
}

TEST(Mirror, RemovesWhatIsNoLongerDrawn) {
  FakePage page;
  bool shown = true;
  page.Draw([&] {
    if (shown) Button("Call");
  });
  ASSERT_NE(page.Find(Role::kButton, "Call"), nullptr);
  shown = false;
  page.Draw();
  EXPECT_EQ(page.Find(Role::kButton, "Call"), nullptr);
}

TEST(Mirror, KeepsTheOrderOfDrawing) {
  FakePage page;
  bool reversed = false;
  page.Draw([&] {
    Button(reversed ? "B" : "A");
    Button(reversed ? "A" : "B");
  });
  EXPECT_EQ(page.NamesInOrder(Role::kButton), (std::vector<std::string>{"A", "B"}));
  reversed = true;
  page.Draw();
  EXPECT_EQ(page.NamesInOrder(Role::kButton), (std::vector<std::string>{"B", "A"}));
}

TEST(Mirror, PutsTheContentOfACardInsideItsRegion) {
  FakePage page;
  page.Draw([] {
    BeginCard("Numbers");
    Text("One");
    EndCard();
  });
  ASSERT_NE(page.Find(Role::kRegion, "Numbers"), nullptr);
  EXPECT_EQ(page.Find(Role::kText, "One")->parent, page.Find(Role::kRegion, "Numbers")->id);
}

TEST(Mirror, TakesSeparatorsOutOfTexts) {
  FakePage page;
  page.Draw([] {
    Text(
        "a\x1e"
        "b\x1f"
        "c");
  });
  EXPECT_NE(page.Find(Role::kText, "abc"), nullptr);
}

TEST(Mirror, SendsAFieldAgainWhenTheProgramRefusesWhatWasTyped) {
  FakePage page;
  page.Draw([] {
    std::string fixed = "kept";
    TextField("Name", &fixed);
  });
  page.Type(Role::kField, "Name", "other");
  EXPECT_GE(page.last_changes(), 1);
  EXPECT_EQ(page.Find(Role::kField, "Name")->value, "kept");
}

TEST(Audit, ReportsAnItemThatNoWidgetDescribed) {
  FakePage page;
  page.Draw([] { ImGui::Button("bare"); });
  EXPECT_EQ(page.audit_problems(), 1);
}

TEST(Audit, ReportsTwoWidgetsOfOneIdentity) {
  FakePage page;
  page.Draw([] {
    Button("Same");
    Button("Same");
  });
  EXPECT_EQ(page.audit_problems(), 1);
}

TEST(Audit, ReportsAWidgetWithoutAName) {
  FakePage page;
  page.Draw([] { Button("##nameless"); });
  EXPECT_EQ(page.audit_problems(), 1);
}

}  // namespace
}  // namespace leadline::ui
