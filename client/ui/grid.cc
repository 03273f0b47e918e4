#include "client/ui/grid.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "client/platform/platform.h"
#include "client/platform/surface.h"
#include "client/ui/buttons.h"
#include "client/ui/item.h"
#include "client/ui/layout.h"
#include "client/ui/rows.h"

namespace leadline::ui {
namespace {

constexpr float kSelectWidth = 44;
constexpr float kPadding = kSpaceM;
constexpr float kMinHeight = 240;
constexpr float kPhoneShare = 0.6f;  // of a phone's screen at least: what stands above takes more

float HeaderHeight() {
  return RowHeight();
}

void DrawMark(const ImRect& cell, const Item& item, bool on, bool mixed) {
  const Palette& p = Colors();
  const ImVec2 c = cell.GetCenter();
  const ImRect mark(c.x - 9, c.y - 9, c.x + 9, c.y + 9);
  const bool filled = on || mixed;
  DrawBox(mark,
          filled         ? p.accent
          : item.hovered ? p.raised
                         : p.surface,
          filled ? p.accent : p.control_border, 5);
  if (filled)
    DrawIcon(Canvas(), mixed ? Icon::kMinus : Icon::kCheck, ImVec2(c.x - 7, c.y - 7), 14,
             p.on_accent);
  if (item.focus_ring) DrawFocusRing(mark, 5);
}

}  // namespace

// What a grid keeps between frames.
struct Grid::State {
  float scroll_x = 0;
  int64_t current = 0;  // the row that Tab reaches
  int64_t reveal = -1;
  int64_t focus = -1;  // to be focused once it is mirrored
  int64_t last_toggled = -1;
  int64_t pressed = -1;  // the row on which the button went down

  static State* Of(uint32_t id) {
    static std::unordered_map<uint32_t, State> states;
    return &states[id];
  }
  static std::unordered_map<std::string, int64_t>& Reveals() {
    static std::unordered_map<std::string, int64_t> reveals;
    return reveals;
  }
};

Grid::Grid(std::string_view name, const std::vector<GridColumn>& columns,
           const GridOptions& options)
    : columns_(columns), options_(options), name_(VisibleName(name)), id_(IdOf(name)) {
  state_ = State::Of(id_);
  const float least = Narrow() ? kPhoneShare * platform::Env().height_px : kMinHeight;
  const float height =
      options.height_px > 0 ? options.height_px : std::max(AvailableHeight(), least);
  const ImRect all = PlaceItem(ImVec2(AvailableWidth(), height));
  LayOutColumns(all.GetWidth() - 2);
  PlacePassive(all);
  DrawBox(all, Colors().surface, Colors().border, kRadius);
  semantics::Push({.id = id_,
                   .role = Role::kGrid,
                   .name = name_,
                   .state = options.selectable ? state::kMultiSelect : 0,
                   .a = options.rows + 1,
                   .b = static_cast<int64_t>(columns.size()) + (options.selectable ? 1 : 0),
                   .min = all.Min,
                   .max = all.Max});
  DrawHeader(ImRect(all.Min.x + 1, all.Min.y + 1, all.Max.x - 1, all.Min.y + HeaderHeight()));
  OpenBody(ImRect(all.Min.x + 1, all.Min.y + HeaderHeight(), all.Max.x - 1, all.Max.y - 1));
}

Grid::~Grid() {
  End();
}

void Grid::LayOutColumns(float width) {
  float wanted = options_.selectable ? kSelectWidth : 0;
  float stretch = 0;
  for (const GridColumn& column : columns_) {
    const bool shown = !(column.hide_narrow && Narrow());
    wanted += shown ? column.width_px : 0;
    stretch += shown ? column.stretch : 0;
  }
  const float spare = std::max(width - wanted - ImGui::GetStyle().ScrollbarSize, 0.f);
  float x = options_.selectable ? kSelectWidth : 0;
  for (const GridColumn& column : columns_) {
    const bool shown = !(column.hide_narrow && Narrow());
    const float share =
        stretch > 0 ? column.stretch / stretch : 1 / static_cast<float>(columns_.size());
    left_.push_back(x);
    width_.push_back(shown ? std::floor(column.width_px + spare * share) : 0);
    x += width_.back();
  }
  content_width_ = x;
}

void Grid::DrawHeader(const ImRect& header) {
  const Palette& p = Colors();
  Canvas()->AddRectFilled(header.Min, header.Max, p.raised, kRadius - 1,
                          ImDrawFlags_RoundCornersTop);
  Canvas()->AddRectFilled(ImVec2(header.Min.x, header.Max.y - Hairline()), header.Max, p.border);
  semantics::Push({.id = ImHashStr("header", 0, id_),
                   .role = Role::kRow,
                   .a = 1,
                   .min = header.Min,
                   .max = header.Max});
  ImGui::PushClipRect(header.Min, header.Max, true);
  ImGui::PushOverrideID(id_);
  const float x = header.Min.x - state_->scroll_x;
  if (options_.selectable) {
    const ImRect cell(x, header.Min.y, x + kSelectWidth, header.Max.y);
    const Item item = InteractAt(IdOf("select all"), cell);
    const bool all = options_.rows > 0 && options_.selected_count >= options_.rows;
    const bool some = options_.selected_count > 0 && !all;
    DrawMark(cell, item, all, some);
    result_.toggled_all = item.pressed;
    semantics::Push({.role = Role::kColumnHeader,
                     .name = "Select",
                     .a = 1,
                     .b = 3,
                     .min = cell.Min,
                     .max = cell.Max});
    semantics::Add(
        {.id = item.id,
         .role = Role::kCheckbox,
         .name = "Select all",
         .state = state::kTabStop | (all ? state::kChecked : 0) | (some ? state::kMixed : 0),
         .min = cell.Min,
         .max = cell.Max});
    semantics::Pop();
  }
  for (int i = 0; i < static_cast<int>(columns_.size()); ++i) {
    if (width_[i] > 0)
      DrawHeaderCell(i, ImRect(x + left_[i], header.Min.y, x + left_[i] + width_[i], header.Max.y));
  }
  ImGui::PopID();
  ImGui::PopClipRect();
  semantics::Pop();
}

void Grid::DrawHeaderCell(int column, const ImRect& rect) {
  const GridColumn& spec = columns_[column];
  Item item{.id = ImHashData(&column, sizeof(column), ImHashStr("column", 0, id_)), .rect = rect};
  if (spec.sortable) item = InteractAt(item.id, rect);
  const bool sorted = options_.sort_column == column;
  const Palette& p = Colors();
  const float align = spec.align == Align::kRight ? 1 : 0;
  const float icon = sorted ? 18 : 0;
  DrawTextIn(Canvas(), Face::kSmallStrong, ImVec2(rect.Min.x + kPadding, rect.Min.y),
             ImVec2(rect.Max.x - kPadding - icon, rect.Max.y),
             sorted || item.hovered ? p.text : p.muted, spec.title, align);
  if (sorted) {
    const float text = std::min(MeasureText(Face::kSmallStrong, spec.title).x,
                                rect.GetWidth() - 2 * kPadding - icon);
    const float x = align > 0 ? rect.Max.x - kPadding - 14 : rect.Min.x + kPadding + text + 4;
    DrawIcon(Canvas(), options_.sort_descending ? Icon::kArrowDown : Icon::kArrowUp,
             ImVec2(x, rect.GetCenter().y - 7), 14, p.text);
  }
  if (item.focus_ring)
    DrawFocusRing(ImRect(rect.Min.x + 4, rect.Min.y + 4, rect.Max.x - 4, rect.Max.y - 4),
                  kRadiusSmall);
  if (item.pressed) result_.sort_column = column;
  semantics::Add({.id = item.id,
                  .role = Role::kColumnHeader,
                  .name = spec.title,
                  .state = spec.sortable ? state::kTabStop : 0,
                  .a = column + 1 + (options_.selectable ? 1 : 0),
                  .b = !spec.sortable             ? 3
                       : !sorted                  ? 0
                       : options_.sort_descending ? 2
                                                  : 1,
                  .min = rect.Min,
                  .max = rect.Max});
}

void Grid::OpenBody(const ImRect& body) {
  ImGui::SetCursorScreenPos(body.Min);
  const float rows_height = static_cast<float>(options_.rows) * RowHeight();
  ImGui::SetNextWindowContentSize(ImVec2(content_width_, rows_height));
  ImGui::BeginChildEx(name_.c_str(), id_, body.GetSize(), 0,
                      ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoSavedSettings |
                          ImGuiWindowFlags_HorizontalScrollbar);
  rows::Suspend();
  SharpenWindow();
  ImGuiWindow* window = ImGui::GetCurrentWindow();
  const auto revealed = State::Reveals().find(name_);
  if (revealed != State::Reveals().end()) {
    state_->current = state_->reveal = revealed->second;
    State::Reveals().erase(revealed);
  }
  state_->current =
      std::clamp<int64_t>(state_->current, 0, std::max<int64_t>(options_.rows - 1, 0));
  if (state_->reveal >= 0) {
    const float top = static_cast<float>(state_->reveal) * RowHeight();
    const float view = window->InnerRect.GetHeight();
    if (top < window->Scroll.y) ImGui::SetScrollY(window, top);
    if (top + RowHeight() > window->Scroll.y + view)
      ImGui::SetScrollY(window, top + RowHeight() - view);
    state_->reveal = -1;
    platform::Wake(3);
  }
  state_->scroll_x = window->Scroll.x;
  body_min_ = window->InnerRect.Min;
  body_max_ = window->InnerRect.Max;
  const float view = body_max_.y - body_min_.y;
  result_.first_visible =
      std::max<int64_t>(0, static_cast<int64_t>(window->Scroll.y / RowHeight()));
  result_.last_visible =
      std::min(options_.rows - 1, static_cast<int64_t>((window->Scroll.y + view) / RowHeight()));
  tab_row_ = std::clamp(state_->current, result_.first_visible,
                        std::max(result_.first_visible, result_.last_visible));
  row_ = result_.first_visible - 1;
  const uint32_t node = semantics::Push({.id = ImHashStr("body", 0, id_),
                                         .role = Role::kRowGroup,
                                         .state = state::kScrolls,
                                         .min = body_min_,
                                         .max = body_max_,
                                         .scroll = window->Scroll,
                                         .content = ImVec2(content_width_, rows_height)});
  ImVec2 scroll;
  if (semantics::TakeScroll(node, &scroll)) {
    ImGui::SetScrollX(window, scroll.x);
    ImGui::SetScrollY(window, scroll.y);
  }
  if (options_.rows == 0) {
    DrawTextIn(Canvas(), Face::kBody, body_min_, body_max_, Colors().muted, options_.empty, 0.5f);
    semantics::Push({.role = Role::kRow, .a = 2, .min = body_min_, .max = body_max_});
    semantics::Add({.role = Role::kGridCell,
                    .name = options_.empty,
                    .a = 1,
                    .min = body_min_,
                    .max = body_max_});
    semantics::Pop();
  }
}

bool Grid::NextRow() {
  CloseRow();
  return ++row_ <= result_.last_visible;
}

void Grid::BeginRow(int64_t key, const GridRow& row) {
  const ImGuiWindow* window = ImGui::GetCurrentWindow();
  const double offset =
      static_cast<double>(row_) * RowHeight() - static_cast<double>(window->Scroll.y);
  row_min_ = ImVec2(body_min_.x - window->Scroll.x, body_min_.y + static_cast<float>(offset));
  const float right = std::max(row_min_.x + content_width_, body_max_.x);
  const ImRect rect(row_min_.x, row_min_.y, right, row_min_.y + RowHeight());
  row_id_ = ImHashData(&key, sizeof(key), id_);
  row_open_ = true;
  row_loading_ = row.loading;
  column_ = -1;
  const Palette& p = Colors();
  const bool current = row_ == options_.current;
  const bool hovered = ItemHovered(rect);
  if (row.selected || current || hovered)
    Canvas()->AddRectFilled(rect.Min, rect.Max, row.selected || current ? p.accent_soft : p.raised);
  if (current) Canvas()->AddRectFilled(rect.Min, ImVec2(body_min_.x + 3, rect.Max.y), p.accent);
  Canvas()->AddRectFilled(ImVec2(rect.Min.x, rect.Max.y - Hairline()), rect.Max, p.border);
  const bool tab_stop = row_ == tab_row_;
  semantics::Push({.id = row_id_,
                   .role = Role::kRow,
                   .state = (tab_stop ? state::kTabStop : state::kFocusable) | state::kKeys |
                            (row.selected ? state::kSelected : 0) |
                            (current ? state::kCurrent : 0) | (row.loading ? state::kBusy : 0),
                   .a = row_ + 2,
                   .min = rect.Min,
                   .max = rect.Max});
  if (semantics::FocusVisible(row_id_)) {
    Canvas()->AddRect(ImVec2(body_min_.x + 1, rect.Min.y + 1),
                      ImVec2(body_max_.x - 1, rect.Max.y - 2), p.focus, 4, 0, 2);
  }
  if (state_->focus == row_) {
    semantics::Focus(row_id_);
    state_->focus = -1;
  }
  if (semantics::Focused(row_id_)) state_->current = row_;
  ImGui::PushOverrideID(row_id_);
  SetTabStops(tab_stop);
  RowKeys();
  if (options_.selectable) DrawSelect(row);
  if (row.loading)
    DrawBox(ImRect(rect.Min.x + kSelectWidth, rect.Min.y + 14, rect.Min.x + kSelectWidth + 220,
                   rect.Max.y - 14),
            p.border, 0, 6);
}

void Grid::DrawSelect(const GridRow& row) {
  const ImRect cell(row_min_.x, row_min_.y, row_min_.x + kSelectWidth, row_min_.y + RowHeight());
  const Item item = InteractAt(IdOf("select"), cell);
  DrawMark(cell, item, row.selected, false);
  if (item.pressed) {
    result_.toggled = row_;
    if (ImGui::GetIO().KeyShift) result_.toggled_range_from = state_->last_toggled;
    state_->last_toggled = row_;
  }
  semantics::Push({.role = Role::kGridCell, .a = 1, .min = cell.Min, .max = cell.Max});
  const std::string name =
      "Select " + (row.name.empty() ? "row " + std::to_string(row_ + 1) : std::string(row.name));
  semantics::Add({.id = item.id,
                  .role = Role::kCheckbox,
                  .name = name,
                  .state = ControlState() | (row.selected ? state::kChecked : 0),
                  .min = cell.Min,
                  .max = cell.Max});
  semantics::Pop();
}

void Grid::GoToRow(int64_t row) {
  state_->current = state_->reveal = state_->focus = std::clamp<int64_t>(row, 0, options_.rows - 1);
  platform::Wake(3);
}

void Grid::RowKeys() {
  const auto page = static_cast<int64_t>((body_max_.y - body_min_.y) / RowHeight()) - 1;
  for (ImGuiKey key = semantics::TakeArrow(row_id_); key != ImGuiKey_None;
       key = semantics::TakeArrow(row_id_)) {
    switch (key) {
      case ImGuiKey_DownArrow:
        GoToRow(row_ + 1);
        break;
      case ImGuiKey_UpArrow:
        GoToRow(row_ - 1);
        break;
      case ImGuiKey_PageDown:
        GoToRow(row_ + page);
        break;
      case ImGuiKey_PageUp:
        GoToRow(row_ - page);
        break;
      case ImGuiKey_Home:
        GoToRow(0);
        break;
      case ImGuiKey_End:
        GoToRow(options_.rows - 1);
        break;
      case ImGuiKey_Enter:
        result_.activated = row_;
        break;
      case ImGuiKey_Space:
        result_.toggled = state_->last_toggled = row_;
        break;
      default:
        break;
    }
  }
}

// A click on a row that no widget in it took.
void Grid::RowClick() {
  const ImGuiContext& g = *GImGui;
  const ImRect rect(body_min_.x, row_min_.y, body_max_.x, row_min_.y + RowHeight());
  if (!ItemHovered(rect)) return;
  if (ImGui::IsMouseClicked(0)) state_->pressed = g.HoveredId == 0 ? row_ : -1;
  if (!ImGui::IsMouseReleased(0) || state_->pressed != row_) return;
  state_->pressed = -1;
  if (g.HoveredId != 0 || g.ActiveId != 0) return;
  result_.activated = row_;
  state_->current = row_;
  platform::Wake(3);
}

bool Grid::OpenColumn() {
  CloseCell();
  return row_open_ && ++column_ < static_cast<int>(columns_.size()) && width_[column_] > 0 &&
         !row_loading_;
}

bool Grid::NextCell() {
  if (!OpenColumn()) return false;
  const float x = row_min_.x + left_[column_];
  const ImRect cell(x, row_min_.y, x + width_[column_], row_min_.y + RowHeight());
  semantics::Push({.role = Role::kGridCell,
                   .a = column_ + 1 + (options_.selectable ? 1 : 0),
                   .min = cell.Min,
                   .max = cell.Max});
  ImGui::PushClipRect(ImVec2(cell.Min.x + 4, cell.Min.y), ImVec2(cell.Max.x - 2, cell.Max.y), true);
  rows::BeginCell(ImRect(cell.Min.x + kPadding, cell.Min.y, cell.Max.x - kPadding, cell.Max.y),
                  columns_[column_].align == Align::kRight);
  cell_open_ = true;
  return true;
}

void Grid::CloseCell() {
  if (!cell_open_) return;
  cell_open_ = false;
  rows::EndCell();
  ImGui::PopClipRect();
  semantics::Pop();
}

void Grid::TextCell(std::string_view text, bool muted) {
  if (!OpenColumn()) return;
  const float x = row_min_.x + left_[column_];
  const ImRect cell(x, row_min_.y, x + width_[column_], row_min_.y + RowHeight());
  const float align = columns_[column_].align == Align::kRight ? 1 : 0;
  DrawTextIn(Canvas(), Face::kBody, ImVec2(cell.Min.x + kPadding, cell.Min.y),
             ImVec2(cell.Max.x - kPadding, cell.Max.y), muted ? Colors().muted : Colors().text,
             text, align);
  semantics::Add({.role = Role::kGridCell,
                  .name = text,
                  .a = column_ + 1 + (options_.selectable ? 1 : 0),
                  .min = cell.Min,
                  .max = cell.Max});
}

void Grid::LinkCell(std::string_view text, std::string_view href) {
  if (NextCell()) Link(text, href, width_[column_] - 2 * kPadding);
}

void Grid::BadgeCell(std::string_view text, Tone tone) {
  if (!OpenColumn()) return;
  const float x = row_min_.x + left_[column_];
  const ImRect cell(x, row_min_.y, x + width_[column_], row_min_.y + RowHeight());
  const ToneColors colors = ToneOf(tone);
  const float width =
      std::min(MeasureText(Face::kSmallStrong, text).x + 28, width_[column_] - kPadding);
  const float middle = cell.GetCenter().y;
  const ImRect pill(x + kPadding - 2, middle - 12, x + kPadding - 2 + width, middle + 12);
  DrawBox(pill, colors.soft, 0, 12);
  Canvas()->AddCircleFilled(ImVec2(pill.Min.x + 12, middle), 3, colors.solid);
  DrawTextIn(Canvas(), Face::kSmallStrong, ImVec2(pill.Min.x + 19, pill.Min.y),
             ImVec2(pill.Max.x - 6, pill.Max.y), colors.text, text);
  semantics::Add({.role = Role::kGridCell,
                  .name = text,
                  .a = column_ + 1 + (options_.selectable ? 1 : 0),
                  .min = cell.Min,
                  .max = cell.Max});
}

void Grid::CloseRow() {
  if (!row_open_) return;
  CloseCell();
  row_open_ = false;
  RowClick();
  SetTabStops(true);
  ImGui::PopID();
  semantics::Pop();
}

const GridResult& Grid::End() {
  if (ended_) return result_;
  ended_ = true;
  CloseRow();
  semantics::Pop();
  rows::Resume();
  ImGui::EndChild();
  semantics::Pop();
  return result_;
}

void Grid::Reveal(std::string_view name, int64_t row) {
  State::Reveals()[std::string(VisibleName(name))] = row;
  platform::Wake();
}

}  // namespace leadline::ui
