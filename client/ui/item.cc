#include "client/ui/item.h"

#include <algorithm>
#include <cmath>

#include "client/platform/platform.h"
#include "client/platform/surface.h"
#include "client/ui/rows.h"

namespace leadline::ui {
namespace {

bool g_tab_stops = true;

float Snap(float v) {
  const float ratio = platform::Env().pixel_ratio;
  return std::round(v * ratio) / ratio;
}

// Keyboard focus must be seen: what the browser focused is scrolled into view.
void RevealFocused(const ImRect& rect) {
  ImGuiWindow* window = ImGui::GetCurrentWindow();
  if (window->ClipRect.Contains(rect) || window->ScrollMax.y <= 0) return;
  const float margin = kSpaceL;
  ImRect wanted = rect;
  wanted.Expand(margin);
  ImGui::ScrollToRect(window, wanted,
                      ImGuiScrollFlags_KeepVisibleEdgeY | ImGuiScrollFlags_NoScrollParent);
  platform::Wake();
}

}  // namespace

ImRect PlaceItem(ImVec2 size) {
  rows::BeforeItem(size);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  return ImRect(at.x, at.y, at.x + size.x, at.y + size.y);
}

Item InteractWith(uint32_t id, const ImRect& rect, const ItemOptions& options) {
  ImGui::ItemSize(rect);
  rows::AfterItem(rect);
  return InteractAt(id, rect, options);
}

Item InteractAt(uint32_t id, const ImRect& rect, const ItemOptions& options) {
  Item item{.id = id, .rect = rect};
  item.visible = ImGui::ItemAdd(rect, id);
  if (item.visible) {
    const ImGuiButtonFlags flags =
        options.flags | (options.on_press ? ImGuiButtonFlags_PressedOnClick : 0);
    item.pressed = ImGui::ButtonBehavior(rect, id, &item.hovered, &item.held, flags);
  }
  if (semantics::TakeActivation(id)) item.pressed = true;
  item.focus_ring = semantics::FocusVisible(id);
  if (item.focus_ring) RevealFocused(rect);
  if (options.disabled) item.pressed = item.held = false;
  if (item.pressed) platform::Wake(3);
  if (item.hovered)
    platform::SetCursor(options.disabled ? platform::Cursor::kNotAllowed
                                         : platform::Cursor::kPointer);
  semantics::Describe(id);
  return item;
}

bool PlacePassive(const ImRect& rect) {
  ImGui::ItemSize(rect);
  rows::AfterItem(rect);
  return ImGui::ItemAdd(rect, 0);
}

uint32_t IdOf(std::string_view name) {
  if (name.empty()) name = "##";
  // Read only: writing to ImGui's fallback window, outside any other, would make it visible.
  return GImGui->CurrentWindow->GetID(name.data(), name.data() + name.size());
}

ImDrawList* Canvas() {
  return ImGui::GetWindowDrawList();
}

float Hairline() {
  const float ratio = platform::Env().pixel_ratio;
  return std::max(1.f, std::round(ratio)) / ratio;
}

ImRect SnapRect(const ImRect& rect) {
  return ImRect(Snap(rect.Min.x), Snap(rect.Min.y), Snap(rect.Max.x), Snap(rect.Max.y));
}

void DrawBox(const ImRect& rect, ImU32 fill, ImU32 border, float radius, float border_px) {
  const ImRect r = SnapRect(rect);
  ImDrawList* list = Canvas();
  const bool has_border = (border & IM_COL32_A_MASK) != 0;
  // The border as a larger box behind the fill: an even line at every ratio, also around the
  // corners.
  const float line = border_px == 1 ? Hairline() : border_px;
  if (has_border && (fill & IM_COL32_A_MASK) == IM_COL32_A_MASK) {
    list->AddRectFilled(r.Min, r.Max, border, radius);
    list->AddRectFilled(ImVec2(r.Min.x + line, r.Min.y + line),
                        ImVec2(r.Max.x - line, r.Max.y - line), fill, std::max(radius - line, 0.f));
    return;
  }
  if ((fill & IM_COL32_A_MASK) != 0) list->AddRectFilled(r.Min, r.Max, fill, radius);
  if (has_border) {
    list->PathRect(ImVec2(r.Min.x + line / 2, r.Min.y + line / 2),
                   ImVec2(r.Max.x - line / 2, r.Max.y - line / 2), radius);
    list->PathStroke(border, ImDrawFlags_Closed, line);
  }
}

void DrawFocusRing(const ImRect& rect, float radius) {
  ImRect ring = SnapRect(rect);
  ring.Expand(3);
  Canvas()->AddRect(ring.Min, ring.Max, Colors().focus, radius + 3, 0, 2);
}

void DrawSpinner(ImVec2 center, float radius, ImU32 color) {
  ImDrawList* list = Canvas();
  list->AddCircle(center, radius, Fade(color, 0.25f), 0, 2);
  const bool still = platform::Env().reduced_motion;
  const float angle =
      still ? -1.5708f : static_cast<float>(std::fmod(platform::FrameTimeMs() / 140, 6.28318));
  list->PathArcTo(center, radius, angle, angle + 1.7f, 16);
  list->PathStroke(color, 0, 2);
  if (!still) platform::WakeAfter(33);
}

void SharpenWindow() {
  Canvas()->_FringeScale = 1 / platform::Env().pixel_ratio;
}

ImU32 Fade(ImU32 color, float alpha) {
  const auto a = static_cast<ImU32>(std::lround(((color >> IM_COL32_A_SHIFT) & 0xff) * alpha));
  return (color & ~IM_COL32_A_MASK) | a << IM_COL32_A_SHIFT;
}

bool ItemHovered(const ImRect& rect) {
  return ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(rect.Min, rect.Max);
}

void SetTabStops(bool on) {
  g_tab_stops = on;
}
bool TabStops() {
  return g_tab_stops;
}

}  // namespace leadline::ui
