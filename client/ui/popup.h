// Internal to client/ui: windows above the page, on Dear ImGui's popup stack, which keeps input
// away from what lies below.
#pragma once

#include "client/ui/item.h"

namespace leadline::ui {

// A list below (or above) an anchor: open while *open. Returns true when its content is to be
// drawn, then EndDropdown.
bool BeginDropdown(uint32_t id, const ImRect& anchor, ImVec2 size, bool* open);
void EndDropdown();

// A row of a list: Select's options and menu items.
struct ListRow {
  std::string_view name = {};
  std::string_view detail = {};
  Icon icon = Icon::kNone;
  bool active = false;  // by keyboard
  bool chosen = false;
  bool danger = false;
  bool disabled = false;
};
Item DrawListRow(uint32_t id, const ListRow& row);
float ListRowHeight();

// A soft shadow around a window, drawn by the window itself.
void DrawShadow(const ImRect& rect, float radius);

// Call for every popup of Dear ImGui's stack that is drawn. One that is not drawn any more is
// closed at the start of the next frame: a modal one would otherwise keep the pointer away from the
// page for ever.
void KeepPopup(uint32_t id);

// Escape goes to the topmost of what is open. Call once per frame for each open overlay, in the
// order of drawing; true when Escape was meant for this one.
bool OverlayEscape();
void BeginOverlayFrame();

}  // namespace leadline::ui
