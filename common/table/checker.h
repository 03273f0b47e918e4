// From the bytes of a list to checked lead rows: the whole path (encoding, dialect, columns, rows,
// validation, duplicates within the file) behind one push interface. The browser's worker,
// `leadline check` and the server's import all sit on it.
//
//   class Rows : public CheckSink {
//     void OnPlan(const ListPlan& plan) override { ... }        // once, before the first row: what
//     was detected void OnRow(const CheckedRow& row) override {
//       if (row.accepted()) { CopyTo(row.lead, &draft); Store(draft); } else { rejects.Row(row,
//       &out); }
//     }
//   } rows;
//   ListChecker checker({.rules = {.default_region = "US"}}, &rows);
//   while (!(chunk = Read()).empty()) checker.Feed(chunk);      // any chunk sizes: they cannot
//   matter const ListSummary& summary = checker.Finish();              // rows == accepted +
//   rejected, to the row
//
// To show the plan before checking (the wizard's mapping step), call InspectList with the first 64
// kB and put what the user changed into the options.
//
// Memory: kHeadBytes + one row + 12 to 24 bytes for each different accepted number; it does not
// grow with anything else. No I/O, no clock, no exceptions. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/lead/validate.h"
#include "common/table/column_types.h"
#include "common/table/csv_reader.h"
#include "common/table/decode.h"
#include "common/table/dialect.h"
#include "common/table/mapping.h"
#include "common/table/mends.h"

namespace leadline {

inline constexpr size_t kHeadBytes = 64 * 1024;  // what detection looks at

// A sheet of a workbook.
struct SheetName {
  std::string name;
  bool hidden = false;
};

struct ListOptions {
  std::optional<Encoding> encoding = {};  // each empty: detected
  DialectOverride dialect = {};
  MappingOverride mapping = {};  // over the proposed one
  TypeOverride types = {};       // over the guessed ones
  std::string sheet = {};        // of a workbook; empty: the first that is not hidden
  LeadRules rules = {};
  bool accept_repairs =
      false;  // take every safe proposal; the row counts as accepted when that mends it
  bool reject_duplicates =
      true;          // a number of an earlier accepted row; false: both rows are accepted
  Mends mends = {};  // what a person changed in the list

  // Reads what the sheets of workbooks are turned into (xlsx_sheet.h): UTF-8, commas, doubled
  // quotes. What was chosen for how a text is written means nothing to them; the header does.
  void ReadAsSheet();
};

// What was detected, with the overrides in it.
struct ListPlan {
  EncodingGuess encoding;
  Dialect dialect;
  std::vector<std::string> header;               // as written; empty without a header row
  Mapping mapping;                               // one entry per column
  std::vector<std::vector<std::string>> sample;  // up to 20 data rows
  // Faults of the whole list, which the user should mend before anything else: list_empty,
  // list_no_phone_column, list_required_column (a required field has no column), mapping_* and
  // type_* (a bad override; it was left out), column_* (column_types.h: what was assumed).
  std::vector<FieldProblem> problems;
  bool readable = true;  // false with list_not_text, list_encoding_unavailable
  // Of a workbook, see workbook_list.h; empty for text. `sheet` is the one that was read.
  std::vector<SheetName> sheets = {};
  std::string sheet = {};
};

// REQUIRES: `head` is the beginning of the file, best its first kHeadBytes. `whole`: nothing comes
// after it.
ListPlan InspectList(std::string_view head, bool whole, const ListOptions& options);

// A data row with its verdict. Everything is valid until OnRow returns.
struct CheckedRow {
  uint64_t number = 0;  // 1-based, as a spreadsheet numbers rows (the header is usually 1)
  uint64_t offset = 0;  // of its first byte, in the text as UTF-8
  const CsvRow* as_read = nullptr;  // before the mends
  std::span<const std::string_view>
      cells;      // with the mends, the apostrophe of safe export taken off; may be ragged
  LeadView lead;  // by the mapping, accepted repairs in it; texts are trimmed, phones of an
                  // accepted row are E.164
  std::span<const LeadProblem>
      problems;         // row faults first, then by field; repaired ones are not in it
  size_t repaired = 0;  // proposals that were taken

  // The code of the first error; empty when the row is accepted.
  std::string_view main_code() const;
  bool accepted() const { return main_code().empty(); }
};

// What a row counts for in the summary.
struct RowOutcome {
  bool accepted = false;
  bool repaired = false;
  std::vector<std::string_view> codes = {};  // static texts
};
RowOutcome OutcomeOf(const CheckedRow& row);

class CheckSink {
 public:
  virtual ~CheckSink() = default;
  virtual void OnPlan(const ListPlan&) {}
  virtual void OnRow(const CheckedRow& row) = 0;
};

struct ListSummary {
  uint64_t rows = 0;  // data rows: without header and blank rows
  uint64_t accepted = 0;
  uint64_t rejected = 0;  // rows == accepted + rejected
  uint64_t repaired = 0;  // accepted rows with a repair taken
  uint64_t blank = 0;     // rows with nothing but delimiters, skipped; in no other count
  uint64_t bytes = 0;     // fed
  uint64_t unreadable_characters = 0;                     // replaced by U+FFFD
  std::map<std::string, uint64_t, std::less<>> problems;  // code -> how many, warnings too
  std::vector<FieldProblem> notes;  // of a workbook: what to know beside the rows
};

class ListChecker {
 public:
  // `sink` must outlive the checker.
  ListChecker(const ListOptions& options, CheckSink* sink);
  ~ListChecker();
  ListChecker(const ListChecker&) = delete;
  ListChecker& operator=(const ListChecker&) = delete;

  void Feed(std::string_view bytes);
  const ListSummary& Finish();  // once; nothing may be fed after it

  const ListSummary& summary() const;  // so far
  const ListPlan* plan() const;        // nullptr until OnPlan was called

  // The mends of the options, to be changed between rows: they hold for every row from then on.
  Mends& mends();
  // Checks a row of this list once more, with the mends as they are now, and hands it to `sink`.
  // `row` is what as_read was, `before` what it counted for until now. REQUIRES plan().
  void Recheck(const CsvRow& row, const RowOutcome& before, CheckSink* sink);
  // The cells of a row with its mends.
  void MendCells(uint64_t row, std::span<const std::string_view> read,
                 std::vector<std::string>* cells);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace leadline
