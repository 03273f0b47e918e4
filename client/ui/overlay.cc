#include "client/ui/overlay.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "client/platform/platform.h"
#include "client/platform/surface.h"
#include "client/ui/buttons.h"
#include "client/ui/item.h"
#include "client/ui/layout.h"
#include "client/ui/popup.h"
#include "client/ui/rows.h"
#include "client/ui/text.h"

namespace leadline::ui {
namespace {

constexpr float kPadding = kSpaceXl;
constexpr double kTooltipDelayMs = 500;

struct Opened {
  uint32_t node = 0;
  bool panel = false;
};
std::vector<Opened> g_open;     // dialogs and panels being drawn
bool g_menu_open_item = false;  // an item of the menu being drawn was used
uint32_t g_menu = 0;            // id of the open menu
struct Hover {
  uint32_t id = 0;
  double since_ms = 0;
};
Hover g_hover;

// The title row with the close button. Returns true when it was used.
bool DrawTitle(std::string_view title, bool closable) {
  bool closed = false;
  BeginRow();
  const float room = AvailableWidth() - (closable ? ControlHeight() + kSpaceS : 0);
  const ImRect rect = PlaceItem(MeasureText(Face::kTitle, VisibleName(title), room));
  PlacePassive(rect);
  DrawTextAt(Canvas(), Face::kTitle, rect.Min, Colors().text, VisibleName(title), room);
  semantics::Add({.role = Role::kHeading,
                  .name = VisibleName(title),
                  .a = 2,
                  .min = rect.Min,
                  .max = rect.Max});
  if (closable) {
    RowSpacer();
    closed = IconButton(Icon::kClose, "Close##title");
  }
  EndRow();
  return closed;
}

void DrawWindowFace(float radius) {
  const ImRect rect = ImGui::GetCurrentWindow()->Rect();
  DrawShadow(rect, radius);
  Canvas()->PushClipRectFullScreen();
  DrawBox(rect, Colors().surface, Colors().border, radius);
  Canvas()->PopClipRect();
}

void DrawBackdrop() {
  const platform::Environment& env = platform::Env();
  Canvas()->PushClipRectFullScreen();
  Canvas()->AddRectFilled(ImVec2(0, 0), ImVec2(env.width_px, env.height_px), Colors().backdrop);
  Canvas()->PopClipRect();
}

uint32_t PushDialogNode(uint32_t id, Role role, std::string_view title, std::string_view text,
                        bool modal, int layer) {
  const ImGuiWindow* window = ImGui::GetCurrentWindow();
  return semantics::Push(
      {.id = ImHashStr("dialog", 0, id),
       .role = role,
       .name = VisibleName(title),
       .description = text,
       .state = state::kFocusable | state::kScrolls | (modal ? state::kModal : 0),
       .min = window->InnerRect.Min,
       .max = window->InnerRect.Max,
       .scroll = window->Scroll,
       .content = ImVec2(0, window->ScrollMax.y + window->InnerRect.GetHeight())},
      layer);
}

bool ClickedOutside() {
  const ImRect rect = ImGui::GetCurrentWindow()->Rect();
  return ImGui::IsMouseClicked(0) &&
         ImGui::IsWindowHovered(ImGuiHoveredFlags_AnyWindow |
                                ImGuiHoveredFlags_AllowWhenBlockedByPopup) == false &&
         !rect.Contains(ImGui::GetMousePos());
}

void TakeNodeScroll(uint32_t node) {
  ImVec2 scroll;
  if (semantics::TakeScroll(node, &scroll)) ImGui::SetScrollY(scroll.y);
}

}  // namespace

bool BeginDialog(std::string_view title, bool* open, const DialogOptions& options) {
  if (!*open) return false;
  const platform::Environment& env = platform::Env();
  const uint32_t id = IdOf(title);
  if (!ImGui::IsPopupOpen(id, 0)) {
    ImGui::OpenPopupEx(id, 0);
    platform::Wake(3);
  }
  KeepPopup(id);
  const float width = std::min(options.width_px, env.width_px - 2 * kSpaceL);
  const float max_height = env.height_px - 2 * kSpaceXl;
  ImGui::SetNextWindowSizeConstraints(ImVec2(width, 0), ImVec2(width, max_height));
  ImGui::SetNextWindowSize(ImVec2(width, 0));
  ImGui::SetNextWindowPos(ImVec2(env.width_px / 2, env.height_px * (Narrow() ? 0.5f : 0.45f)),
                          ImGuiCond_Always, ImVec2(0.5f, Narrow() ? 0.5f : 0.45f));
  ImGui::PushStyleColor(ImGuiCol_PopupBg, IM_COL32_BLACK_TRANS);
  const bool drawn = ImGui::BeginPopupEx(
      id, ImGuiWindowFlags_Modal | ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoSavedSettings |
              ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoNav);
  ImGui::PopStyleColor();
  if (!drawn) {
    *open = false;
    return false;
  }
  rows::Suspend();
  SharpenWindow();
  DrawBackdrop();
  DrawWindowFace(kRadiusLarge);
  const Role role = options.alert ? Role::kAlertDialog : Role::kDialog;
  g_open.push_back({PushDialogNode(id, role, title, options.text, true, 2), false});
  ImGui::PushID(static_cast<int>(id));
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + kSpaceL);
  PushBox(kPadding, width - 2 * kPadding);
  const bool outside = !options.alert && ClickedOutside();
  if (DrawTitle(title, !options.alert) || OverlayEscape() || outside) *open = false;
  if (!options.text.empty()) MutedText(options.text);
  return true;
}

void EndDialog() {
  const Opened opened = g_open.back();
  g_open.pop_back();
  PopBox();
  ImGui::Dummy(ImVec2(1, kSpaceS));
  TakeNodeScroll(opened.node);
  semantics::Pop();
  ImGui::PopID();
  ImGui::EndPopup();
  rows::Resume();
}

void BeginFooter() {
  Gap(kSpaceXs);
  BeginRow();
  RowSpacer();
}

void EndFooter() {
  EndRow();
}

bool BeginSidePanel(std::string_view title, bool* open, float width_px) {
  if (!*open) return false;
  const platform::Environment& env = platform::Env();
  const bool modal = Narrow();
  const float width = modal ? env.width_px : std::min(width_px, env.width_px * 0.6f);
  const uint32_t id = IdOf(title);
  ImGui::SetNextWindowPos(ImVec2(env.width_px - width, 0));
  ImGui::SetNextWindowSize(ImVec2(width, env.height_px));
  ImGui::PushStyleColor(ImGuiCol_WindowBg, Colors().surface);
  ImGui::Begin("side panel", nullptr,
               ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoNav |
                   ImGuiWindowFlags_NoFocusOnAppearing);
  ImGui::PopStyleColor();
  rows::Suspend();
  SharpenWindow();
  DrawShadow(ImGui::GetCurrentWindow()->Rect(), 0);
  DrawBox(ImGui::GetCurrentWindow()->Rect(), Colors().surface, Colors().border, 0);
  g_open.push_back({PushDialogNode(id, Role::kDialog, title, {}, modal, 1), true});
  ImGui::PushID(static_cast<int>(id));
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + kSpaceM);
  PushBox(kSpaceL + 4, width - 2 * (kSpaceL + 4));
  if (DrawTitle(title, true) || OverlayEscape()) {
    *open = false;
    platform::Wake(3);
  }
  return true;
}

void EndSidePanel() {
  const Opened opened = g_open.back();
  g_open.pop_back();
  PopBox();
  ImGui::Dummy(ImVec2(1, kSpaceL));
  TakeNodeScroll(opened.node);
  semantics::Pop();
  ImGui::PopID();
  ImGui::End();
  rows::Resume();
}

bool BeginMenu(std::string_view name, const MenuButtonOptions& options) {
  const uint32_t button = IdOf(name);
  const uint32_t id = ImHashStr("menu", 0, button);
  bool open = g_menu == id;
  const bool pressed = options.icon_only
                           ? IconButton(options.icon, name, {.disabled = options.disabled})
                           : Button(name, {.icon = options.icon, .disabled = options.disabled});
  semantics::AddState(button, state::kExpandable | state::kHasMenu | (open ? state::kExpanded : 0));
  const ImRect anchor = GImGui->LastItemData.Rect;
  if (pressed) {
    open = !open;
    g_menu = open ? id : 0;
    platform::Wake(3);
  }
  // As high as the content of the last frame.
  static std::unordered_map<uint32_t, float> heights;
  const float height = heights.emplace(id, 200.f).first->second;
  if (!BeginDropdown(id, anchor, ImVec2(216, height), &open)) {
    if (g_menu == id && !open) g_menu = 0;
    return false;
  }
  if (!open) g_menu = 0;
  const ImGuiWindow* window = ImGui::GetCurrentWindow();
  heights[id] = window->ContentSize.y > 0 ? window->ContentSize.y : height;
  semantics::Push({.id = id,
                   .role = Role::kMenu,
                   .name = VisibleName(name),
                   .state = state::kModal,
                   .min = window->Pos,
                   .max = window->Rect().Max},
                  3);
  g_menu_open_item = false;
  return true;
}

bool MenuItem(std::string_view name, Icon icon, bool danger, bool disabled) {
  const Item item = DrawListRow(
      IdOf(name),
      {.name = VisibleName(name), .icon = icon, .danger = danger, .disabled = disabled});
  semantics::Add({.id = item.id,
                  .role = Role::kMenuItem,
                  .name = VisibleName(name),
                  .state = state::kFocusable | (disabled ? state::kDisabled : 0),
                  .min = item.rect.Min,
                  .max = item.rect.Max});
  if (item.pressed) g_menu_open_item = true;
  return item.pressed;
}

void MenuDivider() {
  Gap(kSpaceXs);
  Divider();
  Gap(kSpaceXs);
}

void EndMenu() {
  if (g_menu_open_item) {
    g_menu = 0;
    ImGui::CloseCurrentPopup();
    platform::Wake(3);
  }
  semantics::Pop();
  EndDropdown();
}

void Tooltip(std::string_view text) {
  const ImGuiLastItemData item = GImGui->LastItemData;
  const bool hovered = ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled);
  const uint32_t key = item.ID != 0 ? item.ID : ImHashData(&item.Rect, sizeof(item.Rect));
  const bool focused = semantics::FocusVisible(item.ID);
  if (!hovered && !focused) {
    if (g_hover.id == key) g_hover = {};
    return;
  }
  const double now = platform::FrameTimeMs();
  if (g_hover.id != key) g_hover = {key, now};
  const double waited = now - g_hover.since_ms;
  if (!focused && waited < kTooltipDelayMs)
    return platform::WakeAfter(kTooltipDelayMs - waited + 5);
  constexpr float kMaxWidth = 280;
  const platform::Environment& env = platform::Env();
  const ImVec2 size = MeasureText(Face::kSmall, text, kMaxWidth);
  const float width = size.x + 2 * kSpaceS;
  const float height = size.y + 2 * kSpaceXs + 2;
  const float x = std::clamp(item.Rect.GetCenter().x - width / 2, kSpaceS,
                             std::max(env.width_px - width - kSpaceS, kSpaceS));
  const bool above = item.Rect.Max.y + height + kSpaceS > env.height_px;
  const float y = above ? item.Rect.Min.y - height - 6 : item.Rect.Max.y + 6;
  ImDrawList* list = ImGui::GetForegroundDrawList();
  list->AddRectFilled(ImVec2(x, y), ImVec2(x + width, y + height), Colors().tooltip, kRadiusSmall);
  DrawTextAt(list, Face::kSmall, ImVec2(x + kSpaceS, y + kSpaceXs + 1), Colors().on_tooltip, text,
             kMaxWidth);
}

}  // namespace leadline::ui
