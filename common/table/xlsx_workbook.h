// A workbook (.xlsx, .xlsm; transitional and strict) without its cells: which sheets it has, how
// its numbers are shown, its shared strings. One sheet at a time is then read by SheetReader.
//
//   Workbook book(&source);
//   for (Result<bool> more = true; *more;) if (more = book.Step(); !more.ok()) return
//   more.status(); Result<size_t> sheet = book.Pick("");
//
// Errors, beside those of zip_reader.h and xlsx_xml.h: xlsx_not_a_workbook (another kind of file in
// a ZIP; the message says which, where it is known), xlsx_no_sheet, xlsx_strings_too_large
// (kTooLarge), sheet_unknown.
//
// Memory: the archive's directory, the shared strings (kMaxSharedBytes, kMaxSharedStrings), and
// while a part is read kMaxXmlBytes. One thread. The source must outlive it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/table/checker.h"
#include "common/table/xlsx_number.h"
#include "common/table/xlsx_strings.h"
#include "common/table/zip_reader.h"

namespace leadline {

inline constexpr size_t kMaxSheets = 4096;
inline constexpr size_t kMaxNumberFormats = 16 * 1024;
inline constexpr size_t kMaxCellStyles = 128 * 1024;

// True for what begins like a ZIP file, which is what a workbook is.
bool LooksLikeWorkbook(std::string_view head);

class Workbook {
 public:
  explicit Workbook(ByteSource* source);
  ~Workbook();
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;

  // One bounded piece of the opening. True: there is more.
  Result<bool> Step();

  // All below REQUIRES that Step gave false.
  const std::vector<SheetName>& sheets() const;
  // The sheet of that name; for an empty name the first that is not hidden, else the first.
  Result<size_t> Pick(std::string_view name) const;
  const ZipEntry& SheetEntry(size_t sheet) const;  // REQUIRES sheet < sheets().size()
  ByteSource* source() const;
  const SharedStrings& strings() const;
  NumberFormat FormatOfStyle(size_t style) const;  // plain for a style that is not there
  bool from_1904() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace leadline
