// A table of any number of rows of which only the visible ones are asked for, drawn and mirrored.
//
//   ui::Grid grid("Leads", {{.title = "Name", .width_px = 220}, {.title = "Status", .sortable =
//   true}},
//                 {.rows = total, .sort_column = 1, .selectable = true});
//   while (grid.NextRow()) {
//     const Lead& lead = leads[grid.row()];
//     grid.BeginRow(lead.id, {.name = lead.name, .selected = picked.contains(lead.id)});
//     grid.LinkCell(lead.name, "#/leads/7");
//     if (grid.NextCell()) ui::Button("Call");
//   }
//   const ui::GridResult& result = grid.End();
//
// Keyboard: arrow keys, Page Up/Down, Home, End move the current row; Enter activates it; Space
// selects it; Tab enters it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "client/ui/theme.h"

struct ImRect;

namespace leadline::ui {

enum class Align { kLeft, kRight };

struct GridColumn {
  std::string_view title = {};
  float width_px = 160;  // at least
  float stretch = 0;     // its share of spare width
  bool sortable = false;
  Align align = Align::kLeft;
  bool hide_narrow = false;  // left out on a phone
};
struct GridOptions {
  int64_t rows = 0;
  float height_px = 0;  // 0: the rest of the page, at least 240, or a good half of a phone
  int sort_column = -1;
  bool sort_descending = false;
  bool selectable = false;  // a check box per row, and one for all in the header
  int64_t selected_count = 0;
  int64_t current = -1;  // a row to mark as the one open elsewhere (side panel)
  std::string_view empty = "Nothing here yet.";
};
struct GridRow {
  std::string_view name = {};  // what the row's check box is called: "Select NAME"
  bool selected = false;
  bool loading = false;  // its data is not here yet: draws a grey line; the cells are ignored
};
struct GridResult {
  int sort_column = -1;             // the header of this column was used
  int64_t activated = -1;           // row index: clicked, or Enter
  int64_t toggled = -1;             // row index: its check box or Space
  int64_t toggled_range_from = -1;  // with Shift: toggle from here to `toggled`
  bool toggled_all = false;         // the header's check box
  int64_t first_visible = 0;
  int64_t last_visible = -1;  // inclusive: fetch what these need
};

class Grid {
 public:
  Grid(std::string_view name, const std::vector<GridColumn>& columns, const GridOptions& options);
  ~Grid();
  Grid(const Grid&) = delete;
  Grid& operator=(const Grid&) = delete;

  // Goes to the next visible row; false after the last.
  bool NextRow();
  int64_t row() const { return row_; }
  // `key` identifies the row across scrolling and sorting (the lead's id). Its first cell is open
  // afterwards.
  void BeginRow(int64_t key, const GridRow& row = {});
  bool NextCell();
  void TextCell(std::string_view text, bool muted = false);
  void LinkCell(std::string_view text, std::string_view href);
  void BadgeCell(std::string_view text, Tone tone);
  const GridResult& End();
  // Scrolls so that the row is visible; when the grid with this name is drawn next.
  static void Reveal(std::string_view name, int64_t row);

 private:
  struct State;
  bool OpenColumn();  // of the next cell; false when it is left out
  void CloseCell();
  void CloseRow();
  void LayOutColumns(float width);
  void DrawHeader(const ImRect& header);
  void DrawHeaderCell(int column, const ImRect& rect);
  void OpenBody(const ImRect& body);
  void DrawSelect(const GridRow& row);
  void RowKeys();
  void RowClick();
  void GoToRow(int64_t row);

  State* state_;
  std::vector<GridColumn> columns_;
  std::vector<float> left_;  // of each column, from the body's left; 0 width when left out
  std::vector<float> width_;
  GridOptions options_;
  GridResult result_;
  std::string name_;
  ImVec2 body_min_ = {};
  ImVec2 body_max_ = {};
  ImVec2 row_min_ = {};
  float content_width_ = 0;
  int64_t row_ = -1;
  int64_t tab_row_ = 0;
  int column_ = -1;
  bool row_open_ = false;
  bool cell_open_ = false;
  bool row_loading_ = false;
  bool ended_ = false;
  uint32_t id_ = 0;
  uint32_t row_id_ = 0;
};

}  // namespace leadline::ui
