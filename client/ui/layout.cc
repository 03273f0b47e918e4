#include "client/ui/layout.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "client/platform/platform.h"
#include "client/ui/item.h"
#include "client/ui/rows.h"
#include "client/ui/text.h"

namespace leadline::ui {
namespace {

constexpr float kNarrowBelow = 720;
constexpr float kPageEnd = 30;  // what EndShell leaves free below

struct Card {
  ImVec2 min;
  float width = 0;
  float padding = 0;
  uint32_t node = 0;
  ImDrawListSplitter splitter;
};

struct Columns {
  ImVec2 start;
  int count = 1;
  int index = -1;
  float width = 0;
  float gap = 0;
  float row_top = 0;
  float row_bottom = 0;
};

struct Group {
  uint32_t node;
  ImVec2 min;
};

struct Area {
  uint32_t id;
};

// A splitter keeps its buffers from frame to frame. Never freed: at exit ImGui is gone before
// statics are.
std::vector<Card*>& g_cards = *new std::vector<Card*>;
size_t g_card_depth = 0;
std::vector<Columns> g_columns;
std::vector<Group> g_groups;
std::vector<Area> g_areas;
std::string_view g_subtitle;

void MoveCursor(ImVec2 to) {
  ImGui::SetCursorScreenPos(to);
  ImGui::GetCurrentWindow()->DC.IsSetPos = false;  // only items grow the window
}

float LineGap() {
  return ImGui::GetStyle().ItemSpacing.y;
}

}  // namespace

bool Narrow() {
  return platform::Env().width_px < kNarrowBelow;
}

float AvailableHeight() {
  const ImGuiWindow* window = ImGui::GetCurrentWindow();
  // Where it is without scrolling: else what takes the rest of the page would grow as one scrolls,
  // and the page with it.
  const float top = ImGui::GetCursorScreenPos().y + window->Scroll.y;
  return std::max(window->InnerRect.Max.y - top - kPageEnd, 0.f);
}

void BeginPageHeader(std::string_view title, std::string_view subtitle) {
  g_subtitle = subtitle;
  BeginRow();
  Heading(1, title);
  RowSpacer();
}

void EndPageHeader() {
  EndRow();
  if (!g_subtitle.empty()) {
    MoveCursor(ImVec2(ImGui::GetCursorScreenPos().x, ImGui::GetCursorScreenPos().y - kSpaceS));
    MutedText(g_subtitle);
  }
  Gap(kSpaceXs);
}

void BeginCard(std::string_view title, std::string_view subtitle) {
  if (g_card_depth == g_cards.size()) g_cards.push_back(new Card);
  Card& card = *g_cards[g_card_depth++];
  card.min = ImGui::GetCursorScreenPos();
  card.width = AvailableWidth();
  card.padding = Narrow() ? kSpaceL : kSpaceXl - 4;
  card.node = semantics::Push({.role = title.empty() ? Role::kNone : Role::kRegion,
                               .name = VisibleName(title),
                               .min = card.min,
                               .max = card.min});
  card.splitter.Split(Canvas(), 2);
  card.splitter.SetCurrentChannel(Canvas(), 1);
  MoveCursor(ImVec2(card.min.x, card.min.y + card.padding));
  PushBox(card.padding, card.width - 2 * card.padding);
  if (title.empty()) return;
  Heading(2, VisibleName(title));
  if (subtitle.empty()) return;
  MoveCursor(ImVec2(ImGui::GetCursorScreenPos().x, ImGui::GetCursorScreenPos().y - kSpaceS));
  MutedText(subtitle);
}

void EndCard() {
  Card& card = *g_cards[--g_card_depth];
  const float bottom = PopBox() + card.padding;
  const ImRect rect(card.min.x, card.min.y, card.min.x + card.width, bottom);
  card.splitter.SetCurrentChannel(Canvas(), 0);
  DrawBox(rect, Colors().surface, Colors().border, kRadiusLarge);
  card.splitter.Merge(Canvas());
  semantics::SetRect(card.node, rect.Min, rect.Max);
  semantics::Pop();
  MoveCursor(card.min);
  ImGui::ItemSize(rect);
  Gap(kSpaceXs);
}

void BeginColumns(std::string_view, int max_columns, float min_width_px, float gap_px) {
  const float available = AvailableWidth();
  Columns columns;
  columns.start = ImGui::GetCursorScreenPos();
  columns.count =
      std::clamp(static_cast<int>((available + gap_px) / (min_width_px + gap_px)), 1, max_columns);
  // Whole pixels, else edges blur and columns look shifted against each other.
  columns.width = std::floor((available - gap_px * static_cast<float>(columns.count - 1)) /
                             static_cast<float>(columns.count));
  columns.gap = gap_px;
  columns.row_top = columns.row_bottom = columns.start.y;
  g_columns.push_back(columns);
}

void NextColumn() {
  Columns& columns = g_columns.back();
  if (columns.index >= 0) columns.row_bottom = std::max(columns.row_bottom, PopBox());
  const int column = ++columns.index % columns.count;
  if (column == 0 && columns.index > 0) columns.row_top = columns.row_bottom + columns.gap;
  MoveCursor(ImVec2(columns.start.x, columns.row_top));
  PushBox((columns.width + columns.gap) * static_cast<float>(column), columns.width);
}

void EndColumns() {
  Columns& columns = g_columns.back();
  if (columns.index >= 0) columns.row_bottom = std::max(columns.row_bottom, PopBox());
  MoveCursor(ImVec2(columns.start.x, columns.row_bottom + LineGap()));
  g_columns.pop_back();
}

void Gap(float height_px) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  MoveCursor(ImVec2(at.x, at.y + height_px));
}

void Divider() {
  const ImRect rect = PlaceItem(ImVec2(AvailableWidth(), 1));
  if (PlacePassive(rect))
    Canvas()->AddRectFilled(rect.Min, ImVec2(rect.Max.x, rect.Min.y + Hairline()), Colors().border);
}

void BeginGroup(std::string_view name) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  g_groups.push_back(
      {semantics::Push({.role = Role::kGroup, .name = VisibleName(name), .min = at, .max = at}),
       at});
  StrongText(VisibleName(name));
}

void EndGroup() {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  semantics::SetRect(g_groups.back().node, g_groups.back().min,
                     ImVec2(at.x + AvailableWidth(), at.y));
  semantics::Pop();
  g_groups.pop_back();
}

void BeginScrollArea(std::string_view name, float height_px) {
  const float height = height_px > 0 ? height_px : std::max(AvailableHeight(), 120.f);
  const uint32_t id = IdOf(name);
  ImGui::BeginChildEx(name.data(), id, ImVec2(AvailableWidth(), height), 0,
                      ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoSavedSettings);
  SharpenWindow();
  semantics::Describe(id);
  const ImGuiWindow* window = ImGui::GetCurrentWindow();
  semantics::Push({.id = ImHashStr("scroll", 0, id),
                   .role = Role::kGroup,
                   .name = VisibleName(name),
                   .state = state::kScrolls,
                   .min = window->InnerRect.Min,
                   .max = window->InnerRect.Max,
                   .scroll = window->Scroll,
                   .content = ImVec2(0, window->ScrollMax.y + window->InnerRect.GetHeight())});
  g_areas.push_back({ImHashStr("scroll", 0, id)});
}

void EndScrollArea() {
  ImVec2 scroll;
  if (semantics::TakeScroll(g_areas.back().id, &scroll)) ImGui::SetScrollY(scroll.y);
  semantics::Pop();
  g_areas.pop_back();
  ImGui::EndChild();
}

}  // namespace leadline::ui
