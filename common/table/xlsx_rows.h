// The cells of a sheet's rows, put together as lines of CSV text; the half of SheetReader that
// knows nothing of XML. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/status.h"
#include "common/table/decode.h"
#include "common/table/text_buffer.h"

namespace leadline {

// Cells of a merged range, both ends in it; rows from 1, columns from 0.
struct MergedRange {
  uint32_t first_row = 0, last_row = 0;
  uint32_t first_column = 0, last_column = 0;
};

class SheetRows {
 public:
  explicit SheetRows(TextSink* sink) : sink_(sink) {}

  // Row `number` follows; REQUIRES that it is greater than that of the row before.
  void BeginRow(uint32_t number);
  // Text is appended to *BeginCell() in its CSV form; then EndCell. Columns from 0, in any order.
  TextBuffer* BeginCell(uint32_t column);
  void EndCell();
  // Errors: xlsx_bad_reference, when a cell stands twice.
  Status EndRow();

  // The first rows are kept until Release, so that their width and merges can be known.
  bool holding() const { return holding_; }
  // So many rows or bytes are there that they should be released or flushed.
  bool full() const;
  // The row in which a header would be, when there are cells missing in it; else 0.
  uint32_t GapRow() const;
  void Release(const std::vector<MergedRange>& merged);

  // Passes on the rows that have ended.
  void Flush();

  uint64_t passed() const { return passed_; }  // bytes
  uint32_t title_rows() const { return title_rows_; }

 private:
  struct Cell {
    uint32_t column;
    size_t begin, end;  // in text_
  };
  struct HeldRow {
    uint32_t number;
    std::vector<std::string> cells;
  };

  Status SortCells();
  void Hold();
  void WriteHeld(const HeldRow& row);
  void BlankLinesTo(uint32_t number);
  HeldRow* FindHeld(uint32_t number);
  bool IsTitle(const MergedRange& range) const;
  void DropTitles(const std::vector<MergedRange>& merged);
  void FillMerged(const std::vector<MergedRange>& merged);
  void Pad(size_t cells);

  TextSink* const sink_;
  TextBuffer text_;
  uint32_t line_ = 0;  // of the last line in it
  bool in_row_ = false;
  uint32_t number_ = 0;  // of the row in hand
  size_t row_begin_ = 0;
  std::vector<Cell> cells_;
  bool in_order_ = true;
  bool beyond_ = false;  // a cell beyond the last column that counts was written
  TextBuffer spill_;     // for cells that are not wanted
  bool spilling_ = false;
  size_t width_ = 0;

  bool holding_ = true;
  std::vector<HeldRow> held_;
  size_t held_bytes_ = 0;
  uint64_t passed_ = 0;
  uint32_t title_rows_ = 0;
};

}  // namespace leadline
