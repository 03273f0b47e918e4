#include "client/ui/theme.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace leadline::ui {
namespace {

double Channel(ImU32 color, int shift) {
  const double c = static_cast<double>((color >> shift) & 0xff) / 255;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

// WCAG 2.2, relative luminance and contrast ratio.
double Luminance(ImU32 color) {
  return 0.2126 * Channel(color, IM_COL32_R_SHIFT) + 0.7152 * Channel(color, IM_COL32_G_SHIFT) +
         0.0722 * Channel(color, IM_COL32_B_SHIFT);
}

double Contrast(ImU32 a, ImU32 b) {
  const auto [low, high] = std::minmax({Luminance(a), Luminance(b)});  // by value
  return (high + 0.05) / (low + 0.05);
}

class Theme : public ::testing::TestWithParam<bool> {};
INSTANTIATE_TEST_SUITE_P(LightAndDark, Theme, ::testing::Bool());

TEST_P(Theme, TextIsReadableOnEverySurfaceItIsUsedOn) {
  const Palette& p = ColorsOf(GetParam());
  for (const ImU32 surface : {p.page, p.surface, p.raised, p.accent_soft}) {
    EXPECT_GE(Contrast(p.text, surface), 4.5);
    EXPECT_GE(Contrast(p.muted, surface), 4.5);
    EXPECT_GE(Contrast(p.accent_text, surface), 4.5);
  }
  for (const ImU32 fill : {p.accent, p.accent_hover, p.danger, p.danger_hover})
    EXPECT_GE(Contrast(p.on_accent, fill), 4.5);
  EXPECT_GE(Contrast(p.on_tooltip, p.tooltip), 4.5);
}

TEST_P(Theme, ControlsAndFocusAreSeen) {
  const Palette& p = ColorsOf(GetParam());
  for (const ImU32 surface : {p.page, p.surface}) {
    EXPECT_GE(Contrast(p.control_border, surface), 3);
    EXPECT_GE(Contrast(p.focus, surface), 3);
  }
}

TEST_P(Theme, EveryToneIsReadable) {
  const Palette& p = ColorsOf(GetParam());
  for (const Tone tone : {Tone::kNeutral, Tone::kAccent, Tone::kInfo, Tone::kSuccess,
                          Tone::kWarning, Tone::kDanger}) {
    const ToneColors colors = ToneOf(tone, GetParam());
    EXPECT_GE(Contrast(colors.text, colors.soft), 4.5);
    EXPECT_GE(Contrast(colors.text, p.surface), 4.5);
    EXPECT_GE(Contrast(colors.text, p.page), 4.5);
    EXPECT_GE(Contrast(p.text, colors.soft), 4.5);
    EXPECT_GE(Contrast(colors.solid, p.surface), 3);
  }
}

}  // namespace
}  // namespace leadline::ui
