// One sheet of a workbook as CSV text (UTF-8, comma, double quotes, line feeds), so that all that
// comes after it is the same for both kinds of file. Row N of the sheet is line N of the text: rows
// that are not there, or have no value, are blank lines. Rows after the first kLookAheadRows rows
// have as many cells as the widest of those, so that a list without its last value is not ragged.
//
// What stands in a cell: texts with their runs joined and without phonetic readings; numbers as
// xlsx_number.h says, dates among them; TRUE and FALSE; errors such as #N/A; of a formula the value
// that was saved with it. A cell without a place (r=) is the next one of its row.
//
// A merged range that begins in the first row with a value says one thing about several columns:
// its text stands in each of its cells. One that is the only value of that row is a title above the
// list: its line is left blank, and a note says so.
//
// Errors, beside those of zip_reader.h and xlsx_xml.h: xlsx_bad_reference (a place that a sheet
// does not have: over 1,048,576 rows or 16,384 columns, or twice in one row). Cells, rows and
// columns over the bounds of CsvOptions stay over them in the text, where CsvReader flags their
// row. xlsx_too_large (kTooLarge): over 8 GB of text.
//
// Memory: one row (1 MB), the text of a step, the first rows, and kMaxXmlBytes; twice that while
// merged ranges are looked for, which takes a second pass and happens only when the first row has
// gaps. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "common/base/status.h"
#include "common/table/decode.h"
#include "common/table/xlsx_workbook.h"

namespace leadline {

inline constexpr uint32_t kMaxSheetRows = 1048576;
inline constexpr uint32_t kMaxSheetColumns = 16384;
inline constexpr size_t kLookAheadRows = 200;

class SheetReader {
 public:
  // REQUIRES: the workbook is open, and outlives this as `sink` does; sheet < sheets().size().
  SheetReader(const Workbook& workbook, size_t sheet, TextSink* sink);
  ~SheetReader();
  SheetReader(const SheetReader&) = delete;
  SheetReader& operator=(const SheetReader&) = delete;

  // Reads at most 256 kB of the sheet and passes on its text, about 1 MB at most but for blank
  // lines. True: there is more.
  Result<bool> Step();

  // What people should know beside the rows, so far: sheet_hidden_rows (they are read like others),
  // sheet_title_rows (left out), sheet_rows_moved (rows that do not stand in order are read in
  // theirs, with the next numbers). Each says how many.
  std::vector<FieldProblem> notes() const;

  uint64_t packed_read() const;  // of SheetEntry().packed, for progress

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace leadline
