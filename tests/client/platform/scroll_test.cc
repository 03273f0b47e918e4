#include "client/platform/scroll.h"

#include <gtest/gtest.h>

#include "client/ui/rows.h"
#include "imgui_internal.h"
#include "tests/client/ui/fake_page.h"

namespace leadline::platform {
namespace {

// A page of 4,000 px in a window of 800.
void TallPage() {
  ui::Gap(2000);
  ui::Text("middle");
  ui::Gap(2000);
  ui::Text("end");
}

ImGuiWindow* MainWindow() {
  for (ImGuiWindow* window : GImGui->Windows) {
    if (window->ScrollMax.y > 1000) return window;
  }
  return nullptr;
}

constexpr ImVec2 kMiddle(600, 400);

TEST(Scroll, MovesWhatIsBelowThePointByExactlyThatMuch) {
  ui::FakePage page;
  page.Draw(TallPage);
  ASSERT_NE(MainWindow(), nullptr);
  ScrollAt(kMiddle, ImVec2(0, 120));
  page.Draw();
  EXPECT_EQ(MainWindow()->Scroll.y, 120);
  ScrollAt(kMiddle, ImVec2(0, -1000));
  page.Draw();
  EXPECT_EQ(MainWindow()->Scroll.y, 0);
}

TEST(TouchScroll, ATapIsNotAScroll) {
  TouchScroll touch;
  touch.Down(kMiddle, 0);
  EXPECT_FALSE(touch.Move(ImVec2(603, 402), 20));
  EXPECT_FALSE(touch.Up(40));
  EXPECT_FALSE(touch.Step(56));
}

TEST(TouchScroll, FollowsTheFingerAndRunsOnWhenItIsLifted) {
  ui::FakePage page;
  page.Draw(TallPage);
  TouchScroll touch;
  touch.Down(kMiddle, 0);
  for (int i = 1; i <= 10; ++i) touch.Move(ImVec2(600, 400 - 20.f * static_cast<float>(i)), 16 * i);
  const float dragged = MainWindow()->Scroll.y;
  EXPECT_EQ(dragged, 200);
  EXPECT_TRUE(touch.Up(165));
  int steps = 0;
  for (double t = 180; touch.Step(t) && steps < 1000; t += 16) ++steps;
  EXPECT_GT(MainWindow()->Scroll.y, dragged + 100);
  EXPECT_LT(steps, 200);
}

TEST(TouchScroll, AFingerThatRestedDoesNotThrow) {
  ui::FakePage page;
  page.Draw(TallPage);
  TouchScroll touch;
  touch.Down(kMiddle, 0);
  touch.Move(ImVec2(600, 300), 16);
  EXPECT_TRUE(touch.Up(500));
  EXPECT_FALSE(touch.Step(516));
}

}  // namespace
}  // namespace leadline::platform
