// How a CSV file is written: delimiter, header row, `sep=` line. Guessed from its first text, with
// a score; each part can be overridden. Pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadline {

inline constexpr std::string_view kDelimiters = ",;\t|";

struct Dialect {
  char delimiter = ',';
  double delimiter_score = 0;  // 0..1: how well the rows agree on a column count
  bool has_header = true;
  double header_score = 0;  // 0..1: how sure has_header is
  size_t prefix_bytes = 0;  // a `sep=;` line to be skipped, its line end included
};

struct DialectOverride {
  std::optional<char> delimiter = {};
  std::optional<bool> has_header = {};
};

// REQUIRES: `head` is decoded text from the beginning of the file, best 64 kB. `whole`: nothing
// comes after it; else its last row is taken as cut off and left out.
Dialect GuessDialect(std::string_view head, bool whole, const DialectOverride& forced = {});

// The first `max_rows` rows of `head` in that dialect, the prefix skipped; the header is the first
// when there is one.
std::vector<std::vector<std::string>> SampleRows(std::string_view head, bool whole,
                                                 const Dialect& dialect, size_t max_rows);

}  // namespace leadline
