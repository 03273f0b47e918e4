// What a person changed in a list before importing it: cells, rows left out, repairs taken, texts
// replaced in a column. It is data beside the file and not a copy of it, so the same file with the
// same mends gives the same rows in the browser, in the server's import and in a test.
//
// A row is taken through them in this order: replacements as they stand, then its own cells, then
// the check, then the repairs, then the check again. A cell set by hand is therefore never touched
// by a replacement.
//
// Values of one thread. Columns are 0-based here; in JSON and on screen they are 1-based.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace leadline {

inline constexpr size_t kMaxMendedRows =
    5000;  // by hand; for more there are repairs and replacements
inline constexpr size_t kMaxMendedCells = 1024;  // of one row
inline constexpr size_t kMaxReplacements = 100;
inline constexpr size_t kMaxMendBytes = 4000;  // of one text

// Of one row.
struct RowMend {
  std::map<size_t, std::string> cells = {};  // column -> the text that counts
  bool left_out = false;                     // the row is held back as "row_left_out"

  bool empty() const { return cells.empty() && !left_out; }
  friend bool operator==(const RowMend& a, const RowMend& b) {
    return a.left_out == b.left_out && a.cells == b.cells;
  }
};

// In every cell of a column `find` becomes `with`: wherever it stands, or only where it is the
// whole cell (then an empty `find` fills what is blank). Upper and lower case differ.
struct Replacement {
  size_t column = 0;
  std::string find = {};
  std::string with = {};
  bool whole_cell = false;

  friend bool operator==(const Replacement& a, const Replacement& b) {
    return a.column == b.column && a.find == b.find && a.with == b.with &&
           a.whole_cell == b.whole_cell;
  }
};

struct Mends {
  std::map<uint64_t, RowMend> rows = {};  // by CheckedRow::number
  std::vector<Replacement> replacements = {};
  // Codes of problems whose safe proposals are taken.
  std::set<std::string, std::less<>> repairs = {};

  bool empty() const { return rows.empty() && replacements.empty() && repairs.empty(); }
  const RowMend* Find(uint64_t row) const;
  // An empty mend forgets the row's.
  void Set(uint64_t row, RowMend mend);
};

// What `cell` is after a replacement; true when that differs. Texts grow to at most kMaxMendBytes;
// what would be longer stays as it is.
bool ApplyReplacement(const Replacement& replacement, std::string_view cell, std::string* out);

}  // namespace leadline
