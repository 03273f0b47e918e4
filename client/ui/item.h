// Internal to client/ui: what every widget is made of. A widget places a rectangle in the layout,
// lets the pointer and the mirror act on it, draws itself, and writes its node.
#pragma once

#include <string_view>

#include "client/ui/fonts.h"
#include "client/ui/semantics.h"
#include "client/ui/theme.h"
#include "imgui.h"
#include "imgui_internal.h"

namespace leadline::ui {

struct ItemOptions {
  bool disabled = false;
  bool on_press = false;  // acts when the button goes down (menus), not when it comes up
  ImGuiButtonFlags flags = 0;
};
struct Item {
  uint32_t id = 0;
  ImRect rect = {};
  bool visible = false;  // not clipped away
  bool hovered = false;
  bool held = false;
  bool pressed = false;  // activated in this frame, by pointer, key or screen reader
  bool focus_ring = false;
};

// The place for an item of this size: in a row that wraps, beside the last one if it fits.
ImRect PlaceItem(ImVec2 size);
// Registers the rectangle and finds out what happens to it.
Item InteractWith(uint32_t id, const ImRect& rect, const ItemOptions& options = {});
// The same for a rectangle inside an item that is already placed.
Item InteractAt(uint32_t id, const ImRect& rect, const ItemOptions& options = {});
// Places without interaction.
bool PlacePassive(const ImRect& rect);
uint32_t IdOf(std::string_view name);

// Drawing. Edges are put on device pixels.
ImDrawList* Canvas();
float Hairline();  // one device pixel, at least
ImRect SnapRect(const ImRect& rect);
void DrawBox(const ImRect& rect, ImU32 fill, ImU32 border, float radius, float border_px = 1);
void DrawFocusRing(const ImRect& rect, float radius = kRadius);
void DrawSpinner(ImVec2 center, float radius, ImU32 color);
// After every Begin and BeginChild: edges of shapes as fine as the device's pixels.
void SharpenWindow();
ImU32 Fade(ImU32 color, float alpha);

bool ItemHovered(const ImRect& rect);

// In a grid, only the widgets of the current row are reached with Tab.
void SetTabStops(bool on);
bool TabStops();
// The state bits that every control has.
inline uint32_t ControlState(bool disabled = false) {
  return (TabStops() ? state::kTabStop : state::kFocusable) | (disabled ? state::kDisabled : 0);
}

}  // namespace leadline::ui
