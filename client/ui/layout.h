// Where things go. The shell (navigation and main area), cards, rows that wrap, and columns that
// become one on a phone. Widths are CSS pixels.
#pragma once

#include <vector>

#include "client/ui/theme.h"

namespace leadline::ui {

bool Narrow();            // a phone: below 720 px
float AvailableWidth();   // from the cursor to the right edge of the current box
float RowWidth();         // of a row from edge to edge; outside of one the same as AvailableWidth
float AvailableHeight();  // to the bottom of the current scroll area's view, before it is scrolled

struct NavEntry {
  std::string_view name = {};
  Icon icon = Icon::kNone;
  std::string_view href = {};  // "#/leads"
  bool current = false;
  int count = 0;  // shown as a small number when not 0
};
struct ShellOptions {
  std::string_view product = "Leadline";
  std::vector<NavEntry>
      nav;  // on a phone the first four are in the bottom bar, the others behind "More"
  std::string_view status = {};  // connection: "Live", "Reconnecting", ...
  Tone status_tone = Tone::kSuccess;
};
// Draws the navigation and opens the main area, which scrolls by itself. One per frame, around
// everything. `page_key` names the page: scroll positions are kept per key, and focus moves to the
// heading when it changes.
void BeginShell(const ShellOptions& options, std::string_view page_key);
void EndShell();
// A scroll position of the main area is kept per page_key. Forget it (new search):
void ScrollPageToTop();

// The title row of a page: heading level 1 at the left, and what is drawn until EndPageHeader at
// the right.
void BeginPageHeader(std::string_view title, std::string_view subtitle = {});
void EndPageHeader();

// A bordered box. With a title: a named region with a level 2 heading.
void BeginCard(std::string_view title = {}, std::string_view subtitle = {});
void EndCard();

// Items side by side; wraps when the width is used up.
enum class RowAlign : uint8_t { kCentre, kBottom };  // kBottom: a button beside fields with labels
void BeginRow(float gap_px = kSpaceS, RowAlign align = RowAlign::kCentre);
// For width_px of what stands in a row: `wide_px`, or on a phone an equal share of the row among
// `items`.
float ShareOnPhone(float wide_px, int items);
void RowSpacer();  // what follows goes to the right edge
void EndRow();

// Equal columns of at least `min_width_px`, fewer when there is no room. Call NextColumn before
// each item or group of items; rows are as high as their highest.
void BeginColumns(std::string_view id, int max_columns, float min_width_px = 240,
                  float gap_px = kSpaceL);
void NextColumn();
void EndColumns();

void Gap(float height_px = kSpaceM);
void Divider();

// A named group of controls (fieldset).
void BeginGroup(std::string_view name);
void EndGroup();

// A part that scrolls by itself. height_px 0: the rest of the page.
void BeginScrollArea(std::string_view name, float height_px = 0);
void EndScrollArea();

}  // namespace leadline::ui
