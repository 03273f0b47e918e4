#include "common/table/xlsx_rows.h"

#include <algorithm>
#include <utility>

#include "common/table/csv_reader.h"
#include "common/table/xlsx_sheet.h"
#include "common/table/xlsx_strings.h"

namespace leadline {
namespace {

constexpr size_t kMaxColumns = CsvOptions{}.max_columns;
constexpr size_t kMaxRowBytes = CsvOptions{}.max_row_bytes;
constexpr size_t kMostBytes = 1024 * 1024;

}  // namespace

void SheetRows::BeginRow(uint32_t number) {
  number_ = number;
  in_row_ = true;
  cells_.clear();
  in_order_ = true;
  beyond_ = false;
  row_begin_ = text_.size();
}

// Cells beyond the limit of columns stand in one column after the last, where CsvReader counts
// them; and of a row that is too long nothing more is wanted than that it is too long.
TextBuffer* SheetRows::BeginCell(uint32_t column) {
  const bool too_far = column >= kMaxColumns;
  spilling_ = (too_far && std::exchange(beyond_, true)) || text_.size() - row_begin_ > kMaxRowBytes;
  if (spilling_) {
    spill_.clear();
    return &spill_;
  }
  const uint32_t place = too_far ? static_cast<uint32_t>(kMaxColumns) : column;
  if (cells_.empty() || place > cells_.back().column) {
    // The blank lines before it are not known to be needed until now.
    if (cells_.empty() && !holding_) {
      BlankLinesTo(number_ - 1);
      row_begin_ = text_.size();
    }
    text_.append(place - (cells_.empty() ? 0 : cells_.back().column), ',');
  } else {
    in_order_ = false;
  }
  cells_.push_back({place, text_.size(), 0});
  return &text_;
}

void SheetRows::EndCell() {
  if (spilling_) return;
  Cell& cell = cells_.back();
  cell.end = text_.size();
  const bool too_long = cell.end - row_begin_ > kMaxRowBytes;
  if (!too_long || cell.begin == cell.end || text_.data()[cell.begin] != '"') return;
  // Its end would be dropped, and with it the quote that closes it.
  const std::string quoted(text_.view().substr(cell.begin));
  text_.resize(cell.begin);
  AppendFlat(quoted, &text_);
}

Status SheetRows::SortCells() {
  std::stable_sort(cells_.begin(), cells_.end(),
                   [](const Cell& a, const Cell& b) { return a.column < b.column; });
  std::string row;
  uint32_t column = 0;
  for (Cell& cell : cells_) {
    if (&cell != cells_.data() && cell.column == column) {
      return Invalid("xlsx_bad_reference",
                     "The workbook is damaged: a cell stands twice in row " +
                         std::to_string(number_) +
                         ". Open it in the spreadsheet program and save it again.");
    }
    row.append(cell.column - column, ',');
    column = cell.column;
    const size_t begin = row_begin_ + row.size();
    row.append(text_.view().substr(cell.begin, cell.end - cell.begin));
    cell.begin = begin;
    cell.end = row_begin_ + row.size();
  }
  text_.resize(row_begin_);
  text_.append(row);
  return {};
}

Status SheetRows::EndRow() {
  in_row_ = false;
  if (cells_.empty()) return {};
  if (!in_order_) LEADLINE_RETURN_IF_ERROR(SortCells());
  if (holding_) {
    Hold();
    return {};
  }
  Pad(cells_.back().column + 1);
  text_.push_back('\n');
  line_ = number_;
  return {};
}

void SheetRows::Hold() {
  HeldRow& row = held_.emplace_back();
  row.number = number_;
  row.cells.resize(cells_.back().column + 1);
  for (const Cell& cell : cells_) {
    row.cells[cell.column] = text_.view().substr(cell.begin, cell.end - cell.begin);
  }
  held_bytes_ += text_.size() - row_begin_;
  width_ = std::max(width_, std::min(row.cells.size(), kMaxColumns));
  text_.resize(row_begin_);
}

bool SheetRows::full() const {
  return holding_ ? held_.size() >= kLookAheadRows || held_bytes_ >= kMostBytes
                  : text_.size() >= kMostBytes;
}

uint32_t SheetRows::GapRow() const {
  if (held_.empty()) return 0;
  const HeldRow& first = held_.front();
  const bool gap = first.cells.size() < width_ ||
                   std::any_of(first.cells.begin(), first.cells.end(),
                               [](const std::string& cell) { return cell.empty(); });
  return gap ? first.number : 0;
}

SheetRows::HeldRow* SheetRows::FindHeld(uint32_t number) {
  const auto at = std::find_if(held_.begin(), held_.end(),
                               [number](const HeldRow& row) { return row.number >= number; });
  return at != held_.end() && at->number == number ? &*at : nullptr;
}

// The only value of the first row, across several columns.
bool SheetRows::IsTitle(const MergedRange& range) const {
  const HeldRow& first = held_.front();
  const auto values = std::count_if(first.cells.begin(), first.cells.end(),
                                    [](const std::string& cell) { return !cell.empty(); });
  return values == 1 && range.first_row == first.number && range.first_column < range.last_column &&
         range.first_column < first.cells.size() && !first.cells[range.first_column].empty();
}

void SheetRows::DropTitles(const std::vector<MergedRange>& merged) {
  while (held_.size() > 1) {
    const auto title = std::find_if(merged.begin(), merged.end(),
                                    [this](const MergedRange& range) { return IsTitle(range); });
    if (title == merged.end()) return;
    held_.erase(held_.begin());
    ++title_rows_;
  }
}

void SheetRows::FillMerged(const std::vector<MergedRange>& merged) {
  const uint32_t header = held_.front().number;
  for (const MergedRange& range : merged) {
    if (range.first_row != header || range.first_column >= held_.front().cells.size()) continue;
    const std::string text = held_.front().cells[range.first_column];
    const size_t end = std::min<size_t>(range.last_column + 1, width_);
    for (uint32_t number = header; number <= range.last_row; ++number) {
      HeldRow* row = FindHeld(number);
      if (row == nullptr) break;
      if (row->cells.size() < end) row->cells.resize(end);
      for (size_t column = range.first_column; column < end; ++column) {
        if (row->cells[column].empty()) row->cells[column] = text;
      }
    }
  }
}

void SheetRows::Release(const std::vector<MergedRange>& merged) {
  if (!holding_) return;
  holding_ = false;
  if (!held_.empty()) {
    DropTitles(merged);
    FillMerged(merged);
  }
  for (const HeldRow& row : held_) WriteHeld(row);
  held_ = {};
}

void SheetRows::WriteHeld(const HeldRow& row) {
  BlankLinesTo(row.number - 1);
  for (size_t i = 0; i < row.cells.size(); ++i) {
    if (i > 0) text_.push_back(',');
    text_.append(row.cells[i]);
  }
  Pad(row.cells.size());
  text_.push_back('\n');
  line_ = row.number;
  if (text_.size() >= kMostBytes) Flush();
}

void SheetRows::BlankLinesTo(uint32_t number) {
  text_.append(number - line_, '\n');
  line_ = number;
}

void SheetRows::Pad(size_t cells) {
  if (cells < width_) text_.append(width_ - cells, ',');
}

void SheetRows::Flush() {
  const size_t whole = in_row_ ? row_begin_ : text_.size();
  if (whole == 0) return;
  sink_->OnText(text_.view().substr(0, whole));
  passed_ += whole;
  text_.erase_front(whole);
  if (!in_row_) return;
  row_begin_ = 0;
  for (Cell& cell : cells_) {
    cell.begin -= whole;
    cell.end -= whole;
  }
}

}  // namespace leadline
