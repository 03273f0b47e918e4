#include "common/table/dialect.h"

#include <algorithm>
#include <map>

#include "common/base/utf8.h"
#include "common/table/csv_reader.h"
#include "common/table/mapping.h"

namespace leadline {
namespace {

class RowCollector : public CsvSink {
 public:
  explicit RowCollector(size_t max_rows) : max_rows_(max_rows) {}
  void OnRow(const CsvRow& row) override {
    if (rows.size() < max_rows_) rows.emplace_back(row.cells.begin(), row.cells.end());
  }
  std::vector<std::vector<std::string>> rows;

 private:
  const size_t max_rows_;
};

class WidthCounter : public CsvSink {
 public:
  void OnRow(const CsvRow& row) override { widths.push_back(row.cells.size()); }
  std::vector<size_t> widths;
};

// Without the row that the end of the head cuts in two.
void Read(std::string_view text, bool whole, char delimiter, CsvSink* sink) {
  CsvReader reader({.delimiter = delimiter}, sink);
  reader.Feed(text);
  // A head without any line end is better than nothing.
  if (whole || reader.rows() == 0) reader.Finish();
}

// The share of rows that have the commonest width; 0 when that is one column.
double ScoreOf(std::string_view text, bool whole, char delimiter) {
  WidthCounter counter;
  Read(text, whole, delimiter, &counter);
  if (counter.widths.empty()) return 0;
  std::map<size_t, size_t> rows_of_width;
  for (const size_t width : counter.widths) ++rows_of_width[width];
  const auto commonest =
      std::max_element(rows_of_width.begin(), rows_of_width.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  if (commonest->first < 2) return 0;
  const double share =
      static_cast<double>(commonest->second) / static_cast<double>(counter.widths.size());
  // Many columns that agree are less of an accident than two; the first row, most likely a header,
  // must agree too.
  const double width = 1 - 0.5 / static_cast<double>(commonest->first);
  return share * width * (counter.widths.front() == commonest->first ? 1 : 0.8);
}

// `sep=;` in the first line, as spreadsheet programs write and read it.
struct SepLine {
  char delimiter;
  size_t bytes;
};
std::optional<SepLine> FindSepLine(std::string_view head) {
  std::string_view line = head;
  const bool quoted = line.starts_with('"');
  if (quoted) line.remove_prefix(1);
  if (line.size() < 5 || AsciiLower(line.substr(0, 4)) != "sep=") return std::nullopt;
  const char delimiter = line[4];
  line.remove_prefix(5);
  if (quoted && line.starts_with('"')) line.remove_prefix(1);
  if (static_cast<unsigned char>(delimiter) >= 0x80 || delimiter == '"' || delimiter == '\n' ||
      delimiter == '\r' || delimiter == '\0') {
    return std::nullopt;
  }
  if (line.starts_with("\r\n")) {
    line.remove_prefix(2);
  } else if (line.starts_with('\n') || line.starts_with('\r')) {
    line.remove_prefix(1);
  } else if (!line.empty()) {
    return std::nullopt;
  }
  return SepLine{delimiter, head.size() - line.size()};
}

void GuessDelimiter(std::string_view text, bool whole, Dialect* dialect) {
  for (const char delimiter : kDelimiters) {
    const double score = ScoreOf(text, whole, delimiter);
    if (score <= dialect->delimiter_score) continue;
    dialect->delimiter = delimiter;
    dialect->delimiter_score = score;
  }
}

void GuessHeader(std::string_view head, bool whole, Dialect* dialect) {
  const auto rows = SampleRows(head, whole, *dialect, 1);
  const double likeness = rows.empty() ? 0 : HeaderLikeness(rows[0]);
  dialect->has_header = likeness >= 0;
  dialect->header_score = 0.5 + std::abs(likeness) / 2;
}

}  // namespace

Dialect GuessDialect(std::string_view head, bool whole, const DialectOverride& forced) {
  Dialect dialect;
  const auto sep = FindSepLine(head);
  if (sep) dialect.prefix_bytes = sep->bytes;
  if (forced.delimiter || sep) {
    dialect.delimiter = forced.delimiter ? *forced.delimiter : sep->delimiter;
    dialect.delimiter_score = 1;
  } else {
    GuessDelimiter(head, whole, &dialect);
  }
  if (forced.has_header) {
    dialect.has_header = *forced.has_header;
    dialect.header_score = 1;
  } else {
    GuessHeader(head, whole, &dialect);
  }
  return dialect;
}

std::vector<std::vector<std::string>> SampleRows(std::string_view head, bool whole,
                                                 const Dialect& dialect, size_t max_rows) {
  RowCollector collector(max_rows);
  Read(head.substr(std::min(head.size(), dialect.prefix_bytes)), whole, dialect.delimiter,
       &collector);
  return std::move(collector.rows);
}

}  // namespace leadline
