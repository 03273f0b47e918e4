#include "client/ui/text.h"

#include <algorithm>

#include "client/platform/platform.h"
#include "client/ui/item.h"
#include "client/ui/layout.h"
#include "client/ui/overlay.h"
#include "client/ui/rows.h"
#include "client/ui/shell.h"

namespace leadline::ui {
namespace {

struct Words {
  Face face = Face::kBody;
  ImU32 color = 0;
  Role role = Role::kText;
  int level = 0;
};

// Returns the node's id.
uint32_t DrawWords(std::string_view text, const Words& words) {
  const float available = AvailableWidth();
  const ImVec2 size = MeasureText(words.face, text, available);
  const ImRect rect = PlaceItem(size);
  if (PlacePassive(rect)) DrawTextAt(Canvas(), words.face, rect.Min, words.color, text, available);
  return semantics::Add(
      {.role = words.role,
       .name = text,
       .state = words.role == Role::kHeading && words.level == 1 ? state::kFocusable : 0,
       .a = words.level,
       .min = rect.Min,
       .max = rect.Max});
}

struct KeyValues {
  bool two_columns = true;
  float key_px = 0;
  float top = 0;
  uint32_t slot = 0;
  bool open = false;
};
KeyValues g_list;

void CloseSlot() {
  if (!g_list.open) return;
  g_list.open = false;
  const float bottom = PopBox();
  const ImVec2 box_min = ImGui::GetItemRectMin();
  const ImVec2 box_max = ImGui::GetItemRectMax();
  semantics::SetRect(g_list.slot, box_min, box_max);
  semantics::Pop();
  const float left = box_min.x - (g_list.two_columns ? g_list.key_px : 0);
  ImGui::SetCursorScreenPos(ImVec2(left, std::max(bottom, g_list.top + 20) + kSpaceS));
  ImGui::GetCurrentWindow()->DC.IsSetPos = false;
}

}  // namespace

void Heading(int level, std::string_view text) {
  constexpr Face kFaces[] = {Face::kHeadline, Face::kTitle, Face::kStrong};
  const int index = std::clamp(level, 1, 3) - 1;
  const uint32_t id = DrawWords(text, {kFaces[index], Colors().text, Role::kHeading, index + 1});
  if (index == 0) shell::TitleDrawn(id);
}

void Text(std::string_view text) {
  DrawWords(text, {Face::kBody, Colors().text});
}
void StrongText(std::string_view text) {
  DrawWords(text, {Face::kStrong, Colors().text});
}
void MutedText(std::string_view text) {
  DrawWords(text, {Face::kBody, Colors().muted});
}
void SmallText(std::string_view text) {
  DrawWords(text, {Face::kSmall, Colors().muted});
}
void ToneText(std::string_view text, Tone tone) {
  DrawWords(text, {Face::kBody, ToneOf(tone).text});
}

void LineText(std::string_view text, float max_width_px, Tone tone, bool muted) {
  const float room = max_width_px > 0 ? max_width_px : AvailableWidth();
  const float width = std::min(MeasureText(Face::kBody, text).x, room);
  const ImRect rect = PlaceItem(ImVec2(width, LineHeightOf(Face::kBody)));
  const ImU32 color = muted                    ? Colors().muted
                      : tone == Tone::kNeutral ? Colors().text
                                               : ToneOf(tone).text;
  const bool visible = PlacePassive(rect);
  const bool cut = visible && DrawTextIn(Canvas(), Face::kBody, rect.Min, rect.Max, color, text);
  semantics::Add({.role = Role::kText, .name = text, .min = rect.Min, .max = rect.Max});
  if (cut) Tooltip(text);
}

void CodeBlock(std::string_view name, std::string_view text) {
  const float width = AvailableWidth();
  const float wrap = width - 2 * kSpaceM;
  const ImVec2 size = MeasureText(Face::kBody, text, wrap);
  const ImRect rect = PlaceItem(ImVec2(width, size.y + 2 * kSpaceM));
  if (PlacePassive(rect)) {
    DrawBox(rect, Colors().raised, Colors().border, kRadius);
    DrawTextAt(Canvas(), Face::kBody, ImVec2(rect.Min.x + kSpaceM, rect.Min.y + kSpaceM),
               Colors().text, text, wrap);
  }
  semantics::Push({.role = Role::kGroup, .name = name, .min = rect.Min, .max = rect.Max});
  semantics::Add({.role = Role::kText, .name = text, .min = rect.Min, .max = rect.Max});
  semantics::Pop();
}

void Badge(std::string_view text, Tone tone) {
  const ToneColors colors = ToneOf(tone);
  const float width = MeasureText(Face::kSmallStrong, text).x + 28;
  const ImRect rect = PlaceItem(ImVec2(width, 24));
  if (PlacePassive(rect)) {
    DrawBox(rect, colors.soft, 0, 12);
    const float middle = (rect.Min.y + rect.Max.y) / 2;
    Canvas()->AddCircleFilled(ImVec2(rect.Min.x + 12, middle), 3, colors.solid);
    DrawTextIn(Canvas(), Face::kSmallStrong, ImVec2(rect.Min.x + 19, rect.Min.y), rect.Max,
               colors.text, text);
  }
  semantics::Add({.role = Role::kText, .name = text, .min = rect.Min, .max = rect.Max});
}

void BeginKeyValues(std::string_view name) {
  const float width = AvailableWidth();
  g_list = {.two_columns = width >= 340, .key_px = std::min(width * 0.36f, 180.f)};
  const ImVec2 at = ImGui::GetCursorScreenPos();
  semantics::Push(
      {.role = Role::kList, .name = name, .min = at, .max = ImVec2(at.x + width, at.y)});
}

void KeyValueSlot(std::string_view key) {
  CloseSlot();
  const float width = AvailableWidth();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float key_width = g_list.two_columns ? g_list.key_px - kSpaceM : width;
  const ImRect rect(at.x, at.y, at.x + key_width, at.y + 20);
  g_list.top = at.y;
  if (ImGui::ItemAdd(rect, 0))
    DrawTextIn(Canvas(), Face::kBody, rect.Min, rect.Max, Colors().muted, key);
  semantics::Add({.role = Role::kTerm, .name = key, .min = rect.Min, .max = rect.Max});
  g_list.slot = semantics::Push({.role = Role::kDefinition});
  g_list.open = true;
  if (!g_list.two_columns) ImGui::SetCursorScreenPos(ImVec2(at.x, at.y + 20));
  const float inset = g_list.two_columns ? g_list.key_px : 0;
  PushBox(inset, width - inset);
}

void KeyValue(std::string_view key, std::string_view value) {
  KeyValueSlot(key);
  Text(value);
}

void EndKeyValues() {
  CloseSlot();
  semantics::Pop();
}

}  // namespace leadline::ui
