#include "client/ui/rows.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <vector>

#include "client/platform/platform.h"
#include "client/ui/item.h"
#include "client/ui/layout.h"

namespace leadline::ui {
namespace {

// What a row learned in the last frame: how high its lines are and how much follows its spacer.
struct Memory {
  float height = 0;
  float after_spacer = 0;
};

struct Row {
  uint32_t id = 0;
  float left = 0;
  float right = 0;
  float gap = 0;
  RowAlign align = RowAlign::kCentre;
  float x = 0;       // right edge of the last item
  float top = 0;     // of the current line
  float bottom = 0;  // of the current line
  float height = 0;  // highest item so far
  bool line_empty = true;
  bool spacer_pending = false;
  float after_spacer = -1;   // width of the items after the spacer; -1 without one
  float fixed_height = 0;    // of a cell
  bool align_right = false;  // of a cell: its first item is at the right edge
  bool barrier = false;      // not a row: what follows has nothing to do with the rows below
};

struct Box {
  ImRect work;
  ImRect content;
};

std::unordered_map<uint32_t, Memory> g_memory;
std::vector<Row> g_rows;
std::vector<Box> g_boxes;
int g_row_count = 0;

void NewLine(Row* row) {
  row->top = row->bottom + row->gap;
  row->bottom = row->top;
  row->line_empty = true;
}

}  // namespace

namespace rows {

void BeginFrame() {
  g_rows.clear();
  g_boxes.clear();
  g_row_count = 0;
}

bool InRow() {
  return !g_rows.empty() && !g_rows.back().barrier;
}

void Suspend() {
  g_rows.emplace_back();
  g_rows.back().barrier = true;
}

void Resume() {
  g_rows.pop_back();
}

void BeginCell(const ImRect& rect, bool align_right) {
  Row row;
  row.left = row.x = rect.Min.x;
  row.right = rect.Max.x;
  row.top = row.bottom = rect.Min.y;
  row.gap = kSpaceXs;
  row.fixed_height = rect.GetHeight();
  row.align_right = align_right;
  g_rows.push_back(row);
}

void EndCell() {
  g_rows.pop_back();
}

void BeforeItem(ImVec2 size) {
  if (!InRow()) return;
  Row& row = g_rows.back();
  const Memory memory = row.fixed_height > 0 ? Memory{row.fixed_height, 0} : g_memory[row.id];
  if (row.spacer_pending) {
    row.after_spacer = size.x;
  } else if (row.after_spacer >= 0) {
    row.after_spacer += row.gap + size.x;
  }
  float x = row.line_empty ? row.left : row.x + row.gap;
  if (row.align_right && row.line_empty) x = std::max(row.left, row.right - size.x);
  if (row.spacer_pending && memory.after_spacer > 0) {
    const bool fits = x + memory.after_spacer <= row.right + 0.5f;
    if (!fits && !row.line_empty && memory.after_spacer <= row.right - row.left) {
      NewLine(&row);  // what belongs together stays together
      x = row.left;
    } else {
      x = std::max(x, row.right - memory.after_spacer);
    }
  }
  row.spacer_pending = false;
  if (!row.line_empty && x + size.x > row.right + 0.5f && row.fixed_height == 0) {
    NewLine(&row);
    x = row.left;
  }
  const float spare = std::max(0.f, memory.height - size.y);
  const float above = row.align == RowAlign::kBottom ? spare : spare / 2;
  ImGui::SetCursorScreenPos(ImVec2(x, row.top + above));
}

void AfterItem(const ImRect& rect) {
  if (!InRow()) return;
  Row& row = g_rows.back();
  row.x = rect.Max.x;
  const float height = row.fixed_height > 0 ? row.fixed_height : g_memory[row.id].height;
  row.bottom = std::max({row.bottom, rect.Max.y, row.top + height});
  row.height = std::max(row.height, rect.GetHeight());
  row.line_empty = false;
}

}  // namespace rows

void BeginRow(float gap_px, RowAlign align) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  Row row;
  row.id = ImHashData(&++g_row_count, sizeof(g_row_count), ImGui::GetID("row"));
  row.left = row.x = at.x;
  row.right = at.x + AvailableWidth();
  row.top = row.bottom = at.y;
  row.gap = gap_px;
  row.align = align;
  g_rows.push_back(row);
}

void RowSpacer() {
  if (rows::InRow()) g_rows.back().spacer_pending = true;
}

void EndRow() {
  const Row row = g_rows.back();
  g_rows.pop_back();
  Memory& memory = g_memory[row.id];
  const float after = std::max(row.after_spacer, 0.f);
  if (memory.height != row.height || memory.after_spacer != after) platform::Wake();
  memory = {row.height, after};
  ImGui::SetCursorScreenPos(ImVec2(row.left, row.bottom + ImGui::GetStyle().ItemSpacing.y));
  ImGui::GetCurrentWindow()->DC.IsSetPos =
      false;  // the items themselves have already grown the window
}

void PushBox(float inset_px, float width_px) {
  ImGuiWindow* window = ImGui::GetCurrentWindow();
  rows::Suspend();
  g_boxes.push_back({window->WorkRect, window->ContentRegionRect});
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos(ImVec2(at.x + inset_px, at.y));
  window->DC.IsSetPos = false;
  ImGui::BeginGroup();
  window->WorkRect.Max.x = window->ContentRegionRect.Max.x = at.x + inset_px + width_px;
}

float PopBox() {
  ImGuiWindow* window = ImGui::GetCurrentWindow();
  ImGui::EndGroup();
  window->WorkRect = g_boxes.back().work;
  window->ContentRegionRect = g_boxes.back().content;
  g_boxes.pop_back();
  rows::Resume();
  return ImGui::GetItemRectMax().y;
}

float AvailableWidth() {
  if (rows::InRow()) {
    const Row& row = g_rows.back();
    return std::max(row.right - (row.line_empty ? row.left : row.x + row.gap), 1.f);
  }
  return std::max(ImGui::GetContentRegionAvail().x, 1.f);
}

float RowWidth() {
  if (!rows::InRow()) return AvailableWidth();
  return std::max(g_rows.back().right - g_rows.back().left, 1.f);
}

float ShareOnPhone(float wide_px, int items) {
  if (!Narrow()) return wide_px;
  const auto count = static_cast<float>(items);
  return std::floor((RowWidth() - kSpaceS * (count - 1)) / count);
}

}  // namespace leadline::ui
