// What comes out of a check: the reject file, the clean file, the summary. Writers append to a
// string that the caller drains as it likes; they keep no row. One thread.
//
// Cells are safe to open in a spreadsheet (reliability.md, ASVS 1.2.10): one that begins with = + -
// @ TAB or CR gets an apostrophe in front, but for E.164 numbers; a cell that already has such
// apostrophes gets one more, so that reading (ListChecker takes one off) gives back exactly what
// was written.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/table/checker.h"

namespace leadline {

// One cell, quoted where it must be; the caller writes the delimiters.
void AppendCsvCell(std::string_view cell, char delimiter, std::string* out);
// The cell as it was before AppendCsvCell added its apostrophe.
std::string_view StripSafetyQuote(std::string_view cell);

// The delimiter of a reject file: the list's own where spreadsheets know it, else a comma.
char ReportDelimiter(const Dialect& dialect);

struct ReportOptions {
  char delimiter = ',';
  bool bom = false;  // lets spreadsheet programs see UTF-8; for files that people open
};

// The original columns, then `problem` (codes, "; " between) and `fix` (in words). It can be read
// again as it is: both columns are recognised and ignored, ragged rows stay ragged (cells beyond
// the header stand after `fix`), and a row that was too short stays rejected until it is filled or
// its `problem` cell is cleared.
class RejectWriter {
 public:
  RejectWriter(const ListPlan& plan, const ReportOptions& options,
               std::string* out);  // writes the header row
  void Row(const CheckedRow& row);

 private:
  std::string* const out_;
  const char delimiter_;
  std::vector<bool> dropped_;  // columns that are our own problem and fix
};

// Accepted rows in the names of our own fields: name, phone, email, company, timezone, then
// variables by key, then secondary contacts. Only what the mapping has.
class CleanWriter {
 public:
  CleanWriter(const ListPlan& plan, const ReportOptions& options,
              std::string* out);    // writes the header row
  void Row(const CheckedRow& row);  // REQUIRES row.accepted()

 private:
  static std::string_view TextOf(const Target& column, const LeadView& lead);
  void Cell(std::string_view text);
  void EndRow();

  std::string* const out_;
  const char delimiter_;
  bool first_ = true;
  std::vector<Target> columns_;
};

// {"rows","accepted","rejected","problems":{"code":n},"bytes","seconds"} and, after them,
// "repaired" and "blank"; of a workbook also "notes", a list of sentences, when there are some.
std::string SummaryJson(const ListSummary& summary, double seconds);

}  // namespace leadline
