// The look: one palette per mode, one spacing scale, one set of fonts. Every text colour has at
// least 4.5:1 contrast on the surfaces it is used on (tests/client/ui/theme_test.cc checks the
// table).
#pragma once

#include "client/ui/types.h"
#include "imgui.h"

namespace leadline::ui {

// Spacing in CSS pixels.
inline constexpr float kSpaceXs = 4;
inline constexpr float kSpaceS = 8;
inline constexpr float kSpaceM = 12;
inline constexpr float kSpaceL = 16;
inline constexpr float kSpaceXl = 24;
inline constexpr float kRadius = 8;
inline constexpr float kRadiusSmall = 6;
inline constexpr float kRadiusLarge = 12;

struct Palette {
  ImU32 page;            // behind everything
  ImU32 surface;         // cards, dialogs, fields
  ImU32 raised;          // hovered rows, pressed tabs, table headers
  ImU32 border;          // separates; decoration only
  ImU32 outline;         // around secondary buttons, whose text says enough
  ImU32 control_border;  // outlines controls: 3:1 on surface
  ImU32 text;
  ImU32 muted;
  ImU32 accent;  // filled buttons, selected things
  ImU32 accent_hover;
  ImU32 accent_text;  // links and selected text on surface and page
  ImU32 accent_soft;  // behind selected rows and the current navigation entry
  ImU32 on_accent;    // text on accent and on danger
  ImU32 danger;
  ImU32 danger_hover;
  ImU32 focus;     // keyboard ring
  ImU32 backdrop;  // behind modal dialogs
  ImU32 tooltip;
  ImU32 on_tooltip;
};
struct ToneColors {
  ImU32 text;   // on `soft` and on surface
  ImU32 soft;   // badge and banner background
  ImU32 solid;  // chart bars, dots: 3:1 on surface
};

enum class ThemeMode { kSystem, kLight, kDark };
// Kept in this browser.
void SetThemeMode(ThemeMode mode);
ThemeMode GetThemeMode();
bool DarkTheme();

const Palette& Colors();
const Palette& ColorsOf(bool dark);
ToneColors ToneOf(Tone tone);
ToneColors ToneOf(Tone tone, bool dark);

float ControlHeight();  // buttons and fields: 36, on touch screens 44
float RowHeight();      // grid rows: 40, on touch screens 44

// Text styles. Sizes are CSS font sizes.
enum class Face {
  kBody /*14*/,
  kStrong /*14 semibold*/,
  kSmall /*12*/,
  kSmallStrong,
  kTitle /*16*/,
  kHeadline /*22*/,
  kDisplay /*28*/
};

}  // namespace leadline::ui
