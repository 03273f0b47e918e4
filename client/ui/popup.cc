#include "client/ui/popup.h"

#include <algorithm>
#include <vector>

#include "client/platform/platform.h"
#include "client/platform/surface.h"
#include "client/ui/rows.h"

namespace leadline::ui {
namespace {

int g_overlays = 0;
int g_overlays_last = 0;
std::vector<uint32_t> g_kept;  // popups drawn in this frame

void CloseForgottenPopups() {
  const ImVector<ImGuiPopupData>& stack = GImGui->OpenPopupStack;
  for (int level = 0; level < stack.Size; ++level) {
    if (std::find(g_kept.begin(), g_kept.end(), stack[level].PopupId) != g_kept.end()) continue;
    ImGui::ClosePopupToLevel(level, false);
    return;
  }
}

}  // namespace

void KeepPopup(uint32_t id) {
  g_kept.push_back(id);
}

void BeginOverlayFrame() {
  CloseForgottenPopups();
  g_kept.clear();
  g_overlays_last = g_overlays;
  g_overlays = 0;
}

bool OverlayEscape() {
  const bool topmost = ++g_overlays >= g_overlays_last;
  return topmost && semantics::TakeEscape();
}

void DrawShadow(const ImRect& rect, float radius) {
  ImDrawList* list = Canvas();
  list->PushClipRectFullScreen();
  const float strength = DarkTheme() ? 0.09f : 0.017f;
  for (int i = 6; i >= 1; --i) {
    const float spread = static_cast<float>(i) * 3.2f;
    list->AddRectFilled(ImVec2(rect.Min.x - spread, rect.Min.y - spread + 4),
                        ImVec2(rect.Max.x + spread, rect.Max.y + spread + 4),
                        Fade(IM_COL32(8, 12, 24, 255), strength), radius + spread);
  }
  list->PopClipRect();
}

bool BeginDropdown(uint32_t id, const ImRect& anchor, ImVec2 size, bool* open) {
  if (!*open) return false;
  if (!ImGui::IsPopupOpen(id, 0)) ImGui::OpenPopupEx(id, 0);
  KeepPopup(id);
  const platform::Environment& env = platform::Env();
  const float below = env.height_px - anchor.Max.y - kSpaceS;
  const bool above = below < size.y && anchor.Min.y > below;
  size.y = std::min(size.y, (above ? anchor.Min.y : below + kSpaceS) - 2 * kSpaceS);
  size.x = std::min(size.x, env.width_px - 2 * kSpaceS);
  const float x =
      std::clamp(anchor.Min.x, kSpaceS, std::max(env.width_px - size.x - kSpaceS, kSpaceS));
  ImGui::SetNextWindowPos(ImVec2(x, above ? anchor.Min.y - size.y - 4 : anchor.Max.y + 4));
  ImGui::SetNextWindowSize(size);
  ImGui::PushStyleColor(ImGuiCol_PopupBg, IM_COL32_BLACK_TRANS);
  const bool drawn = ImGui::BeginPopupEx(
      id, ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoMove |
              ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoNav);
  ImGui::PopStyleColor();
  if (!drawn) {  // a click outside closed it
    *open = false;
    return false;
  }
  rows::Suspend();
  SharpenWindow();
  const ImGuiWindow* window = ImGui::GetCurrentWindow();
  DrawShadow(window->Rect(), kRadius);
  Canvas()->PushClipRectFullScreen();
  DrawBox(window->Rect(), Colors().surface, Colors().border, kRadius);
  Canvas()->PopClipRect();
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  ImGui::SetCursorPos(ImVec2(kSpaceXs, ImGui::GetCursorPosY() + kSpaceXs));
  ImGui::BeginGroup();
  if (OverlayEscape()) {
    *open = false;
    platform::Wake();
  }
  if (!*open) ImGui::CloseCurrentPopup();
  return true;
}

void EndDropdown() {
  ImGui::EndGroup();
  ImGui::Dummy(ImVec2(0, kSpaceXs));
  ImGui::PopStyleVar();
  ImGui::EndPopup();
  rows::Resume();
}

float ListRowHeight() {
  return ControlHeight();
}

Item DrawListRow(uint32_t id, const ListRow& row) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImGuiWindow* window = ImGui::GetCurrentWindow();
  const ImRect rect(at.x, at.y, window->InnerRect.Max.x - kSpaceXs, at.y + ListRowHeight());
  const Item item = InteractWith(id, rect, {.disabled = row.disabled});
  if (!item.visible) return item;
  const Palette& p = Colors();
  if (item.hovered || row.active) DrawBox(rect, p.raised, 0, kRadiusSmall);
  if (item.focus_ring || row.active)
    Canvas()->AddRect(rect.Min, rect.Max, p.focus, kRadiusSmall, 0, 2);
  const ImU32 ink = row.disabled ? p.muted : row.danger ? ToneOf(Tone::kDanger).text : p.text;
  float left = rect.Min.x + kSpaceS;
  if (row.icon != Icon::kNone) {
    DrawIcon(Canvas(), row.icon, ImVec2(left, rect.GetCenter().y - 9), 18, ink);
    left += 18 + kSpaceS;
  }
  float right = rect.Max.x - kSpaceS;
  if (row.chosen) {
    right -= 16;
    DrawIcon(Canvas(), Icon::kCheck, ImVec2(right, rect.GetCenter().y - 8), 16, p.accent_text);
    right -= kSpaceS;
  }
  if (!row.detail.empty()) {
    const float width = std::min(MeasureText(Face::kSmall, row.detail).x, (right - left) / 2);
    DrawTextIn(Canvas(), Face::kSmall, ImVec2(right - width, rect.Min.y), ImVec2(right, rect.Max.y),
               p.muted, row.detail, 1);
    right -= width + kSpaceS;
  }
  DrawTextIn(Canvas(), Face::kBody, ImVec2(left, rect.Min.y), ImVec2(right, rect.Max.y), ink,
             row.name);
  return item;
}

}  // namespace leadline::ui
