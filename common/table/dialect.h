// How a CSV file is written: delimiter, quotes, header row, what stands before it. Guessed from its
// first text, with a score; each part can be overridden. Pure functions.
//
// Before the header may stand, in this order, and are skipped: a `sep=;` line, and comment lines.
// A comment is a run of lines at the very beginning that each begin with the comment character
// (blank lines between them included). It is guessed with `#` only where every such line has
// another number of cells than most rows after them, so that a row like `#1 Dental,+1415...` or a
// header like `#,Name,Phone` is never taken for one, and only above a header. Chosen by the user,
// all of that run is skipped but for such a header. After the header every line is a row.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/status.h"
#include "common/table/csv_reader.h"

namespace leadline {

struct Dialect {
  char delimiter = ',';
  char quote = '"';            // NUL: none
  char escape = '\0';          // NUL: none, quotes are doubled only
  char comment = '\0';         // NUL: there are no comment lines
  double delimiter_score = 0;  // 0..1: how well the rows agree on a column count
  bool has_header = true;
  double header_score = 0;  // 0..1: how sure has_header is
  size_t prefix_bytes = 0;  // before the header or the first row, to be skipped
  size_t prefix_lines = 0;  // comment lines among it: a spreadsheet counts them as rows
};

// Each empty: guessed. NUL for quote, escape, comment: there is none.
struct DialectOverride {
  std::optional<char> delimiter = {};
  std::optional<bool> has_header = {};
  std::optional<char> quote = {};
  std::optional<char> escape = {};
  std::optional<char> comment = {};
};

// REQUIRES: `head` is decoded text from the beginning of the file, best 64 kB. `whole`: nothing
// comes after it; else its last row is taken as cut off and left out. `forced`: CheckDialect holds.
Dialect GuessDialect(std::string_view head, bool whole, const DialectOverride& forced = {});

// What reads the rows of that dialect.
CsvOptions CsvOptionsOf(const Dialect& dialect);

// The first `max_rows` rows of `head` in that dialect, the prefix skipped; the header is the first
// when there is one.
std::vector<std::vector<std::string>> SampleRows(std::string_view head, bool whole,
                                                 const Dialect& dialect, size_t max_rows);

// The choices as people and the API write them. `part`: "delimiter", "quote", "escape", "comment".
// `text`: one ASCII character; "\t", "tab", "space", "\x1f" (any control but NUL, CR, LF); "none"
// (not for the delimiter); empty or "auto": guessed.
// Errors: kInvalid "invalid_dialect" with the part as the field: not_a_character.
Status SetDialectPart(std::string_view part, std::string_view text, DialectOverride* forced);
// Errors: kInvalid "invalid_dialect": two chosen parts are the same character, same_character.
Status CheckDialect(const DialectOverride& forced);
// Both for all four parts at once. Errors: the first.
struct DialectTexts {
  std::string_view delimiter = {}, quote = {}, escape = {}, comment = {};
};
Status SetDialect(const DialectTexts& texts, DialectOverride* forced);
// The same character so that SetDialectPart reads it back: ";", "\t" as it is, "\x1f", "none".
std::string DialectPartText(char c);

}  // namespace leadline
