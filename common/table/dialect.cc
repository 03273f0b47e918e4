#include "common/table/dialect.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "common/base/utf8.h"
#include "common/table/csv_reader.h"
#include "common/table/header_names.h"
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

// Without the row that the end of the head cuts in two.
void Read(std::string_view text, bool whole, const CsvOptions& options, CsvSink* sink) {
  CsvReader reader(options, sink);
  reader.Feed(text);
  // A head without any line end is better than nothing.
  if (whole || reader.rows() == 0) reader.Finish();
}

// How a text falls into rows.
struct Shape {
  size_t rows = 0;
  size_t faulty = 0;          // rows whose quotes do not add up
  size_t width = 0;           // the commonest
  double share = 0;           // of the rows that have it
  bool first_agrees = false;  // the first row, most likely a header, has it too

  // Many columns that agree are less of an accident than two; one is no sign at all.
  double score() const {
    if (width < 2) return 0;
    return share * (1 - 0.5 / static_cast<double>(width)) * (first_agrees ? 1 : 0.8);
  }
  bool sure() const { return width >= 2 && rows >= 2 && share >= 0.9 && first_agrees; }
};

class RowCounter : public CsvSink {
 public:
  void OnRow(const CsvRow& row) override {
    widths.push_back(row.cells.size());
    faulty += (row.flags & (kCsvBrokenQuote | kCsvTextAfterQuote)) != 0;
  }
  std::vector<size_t> widths;
  size_t faulty = 0;
};

Shape ShapeOf(std::string_view text, bool whole, const CsvOptions& options) {
  RowCounter counter;
  Read(text, whole, options, &counter);
  Shape shape{.rows = counter.widths.size(), .faulty = counter.faulty};
  if (counter.widths.empty()) return shape;
  std::map<size_t, size_t> rows_of_width;
  for (const size_t width : counter.widths) ++rows_of_width[width];
  const auto commonest =
      std::max_element(rows_of_width.begin(), rows_of_width.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  shape.width = commonest->first;
  shape.share = static_cast<double>(commonest->second) / static_cast<double>(shape.rows);
  shape.first_agrees = counter.widths.front() == shape.width;
  return shape;
}

// `sep=;` in the first line, as spreadsheet programs write and read it.
struct SepLine {
  char delimiter;
  size_t bytes;
};
std::optional<SepLine> FindSepLine(std::string_view head, const DialectOverride& forced) {
  std::string_view line = head;
  const bool quoted = line.starts_with('"');
  if (quoted) line.remove_prefix(1);
  if (line.size() < 5 || AsciiLower(line.substr(0, 4)) != "sep=") return std::nullopt;
  const char delimiter = line[4];
  line.remove_prefix(5);
  if (quoted && line.starts_with('"')) line.remove_prefix(1);
  if (static_cast<unsigned char>(delimiter) >= 0x80 || delimiter == '"' || delimiter == '\n' ||
      delimiter == '\r' || delimiter == '\0' || delimiter == forced.quote ||
      delimiter == forced.escape) {
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

// Cells that begin and end with `quote`, as far as a look at the neighbours tells.
struct Wrapped {
  size_t opens = 0;
  size_t closes = 0;
};
Wrapped CountWrapped(std::string_view text, char delimiter, char quote) {
  const auto border = [delimiter](char c) { return c == delimiter || c == '\n' || c == '\r'; };
  Wrapped count;
  for (size_t at = text.find(quote); at != std::string_view::npos; at = text.find(quote, at + 1)) {
    count.opens += at == 0 || border(text[at - 1]);
    count.closes += at + 1 == text.size() || border(text[at + 1]);
  }
  return count;
}

bool IsKnownHeader(const std::vector<std::string>& cells) {
  const auto known = [](const std::string& cell) { return !MatchHeader(cell).empty(); };
  return std::count_if(cells.begin(), cells.end(), known) >= 2;
}

std::vector<std::string> FirstRow(std::string_view text, bool whole, const CsvOptions& options) {
  RowCollector collector(1);
  Read(text, whole, options, &collector);
  return collector.rows.empty() ? std::vector<std::string>() : std::move(collector.rows[0]);
}

// One way to read the text, with what comes of it.
struct Trial {
  CsvOptions options;
  Shape shape;
};

class Guesser {
 public:
  Guesser(std::string_view text, bool whole, const DialectOverride& forced)
      : text_(text), whole_(whole), forced_(forced) {}

  Trial Guess(std::optional<char> delimiter) const {
    if (delimiter) return Try(*delimiter);
    Trial best = Try(',');
    for (const char c : kCommon) Improve(c, false, &best);
    for (const char c : kRareInText) Improve(c, true, &best);
    if (best.shape.first_agrees && best.shape.width >= 2) return best;
    for (const char c : kMetInText) {
      Trial trial = Try(c);
      if (trial.shape.sure() && IsKnownHeader(FirstRow(text_, whole_, trial.options))) return trial;
    }
    return best;
  }

 private:
  static constexpr std::string_view kCommon = ";\t|";
  static constexpr std::string_view kRareInText = "^~\x01\x02\x1c\x1d\x1e\x1f";
  // Times, dates, numbers and names have these too: they count only below a header that they split
  // into names which are known.
  static constexpr std::string_view kMetInText = ":/ #!&*%=";

  bool Taken(char c) const { return c == forced_.quote || c == forced_.escape; }

  void Improve(char delimiter, bool only_sure, Trial* best) const {
    if (Taken(delimiter) || text_.find(delimiter) == std::string_view::npos) return;
    Trial trial = Try(delimiter);
    if (only_sure && !trial.shape.sure()) return;
    if (trial.shape.score() > best->shape.score() || Taken(best->options.delimiter)) {
      *best = trial;
    }
  }

  Trial Try(char delimiter) const {
    Trial trial{.options = {.delimiter = delimiter}, .shape = {}};
    trial.options.quote = forced_.quote.value_or(delimiter == '"' ? '\'' : '"');
    trial.options.escape = forced_.escape.value_or('\0');
    if (trial.options.escape == trial.options.quote) trial.options.escape = '\0';
    trial.shape = ShapeOf(text_, whole_, trial.options);
    if (!forced_.quote) TrySingleQuote(&trial);
    if (!forced_.escape) TryEscape(&trial);
    return trial;
  }

  // 'quoted' cells, where no "quoted" ones are: in every other row, or where it makes the rows
  // agree.
  void TrySingleQuote(Trial* trial) const {
    const char delimiter = trial->options.delimiter;
    if (delimiter == '\'' || trial->options.escape == '\'') return;
    const Wrapped single = CountWrapped(text_, delimiter, '\'');
    if (single.opens < 2 || single.closes * 10 < single.opens * 9) return;
    if (CountWrapped(text_, delimiter, '"').opens > 0) return;
    Trial other = *trial;
    other.options.quote = '\'';
    other.shape = ShapeOf(text_, whole_, other.options);
    if (single.opens * 2 >= other.shape.rows || other.shape.score() > trial->shape.score()) {
      *trial = other;
    }
  }

  // A backslash before quotes, where that mends rows which read wrong without it.
  void TryEscape(Trial* trial) const {
    const char escaped[] = {'\\', trial->options.quote};
    if (trial->options.delimiter == '\\' || trial->options.quote == '\0' ||
        text_.find(std::string_view(escaped, 2)) == std::string_view::npos) {
      return;
    }
    Trial other = *trial;
    other.options.escape = '\\';
    other.shape = ShapeOf(text_, whole_, other.options);
    const bool better = other.shape.faulty != trial->shape.faulty
                            ? other.shape.faulty < trial->shape.faulty
                            : other.shape.score() > trial->shape.score();
    if (better) *trial = other;
  }

  const std::string_view text_;
  const bool whole_;
  const DialectOverride& forced_;
};

// The first line of `text` with its line end.
std::string_view FirstLine(std::string_view text) {
  const size_t end = text.find_first_of("\r\n");
  if (end == std::string_view::npos) return text;
  return text.substr(0, text.substr(end).starts_with("\r\n") ? end + 2 : end + 1);
}

// The lines at the beginning of `text` that begin with `comment`, blank ones between them included.
std::vector<std::string_view> CommentLines(std::string_view text, char comment) {
  std::vector<std::string_view> lines;
  size_t kept = 0;
  while (!text.empty()) {
    const std::string_view line = FirstLine(text);
    const bool blank = line.find_first_not_of("\r\n") == std::string_view::npos;
    if (!blank && line.front() != comment) break;
    lines.push_back(line);
    text.remove_prefix(line.size());
    if (!blank) kept = lines.size();
  }
  lines.resize(text.empty() ? 0 : kept);
  return lines;
}

size_t Bytes(const std::vector<std::string_view>& lines) {
  size_t bytes = 0;
  for (const std::string_view line : lines) bytes += line.size();
  return bytes;
}

void Skip(const std::vector<std::string_view>& lines, char comment, Dialect* dialect) {
  if (lines.empty()) return;
  dialect->comment = comment;
  dialect->prefix_bytes += Bytes(lines);
  dialect->prefix_lines = lines.size();
}

// The rule is in dialect.h. `lines`: all that begin so; `trial`: of the text after them.
std::vector<std::string_view> CommentAmong(std::vector<std::string_view> lines,
                                           std::string_view text, bool whole, bool chosen,
                                           const Trial& trial) {
  size_t count = 0;
  for (; count < lines.size(); ++count) {
    const auto cells = FirstRow(lines[count], true, trial.options);
    if (cells.size() == trial.shape.width && (!chosen || IsKnownHeader(cells))) break;
  }
  const bool header_among_them = count < lines.size();
  lines.resize(count);
  if (chosen) return lines;
  const auto next = FirstRow(text.substr(Bytes(lines)), whole, trial.options);
  const bool header = header_among_them ? IsKnownHeader(next) : HeaderLikeness(next) > 0;
  if (!header) lines.clear();
  return lines;
}

Trial GuessReading(std::string_view text, bool whole, std::optional<char> delimiter,
                   const DialectOverride& forced, Dialect* dialect) {
  const char comment = forced.comment.value_or('#');
  std::vector<std::string_view> lines;
  if (comment != '\0') lines = CommentLines(text, comment);
  const Trial after = Guesser(text.substr(Bytes(lines)), whole, forced).Guess(delimiter);
  if (lines.empty()) return after;
  lines = CommentAmong(lines, text, whole, forced.comment.has_value(), after);
  Skip(lines, comment, dialect);
  return lines.empty() ? Guesser(text, whole, forced).Guess(delimiter) : after;
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
  std::optional<char> delimiter = forced.delimiter;
  if (const auto sep = FindSepLine(head, forced)) {
    dialect.prefix_bytes = sep->bytes;
    if (!delimiter) delimiter = sep->delimiter;
  }
  const Trial trial =
      GuessReading(head.substr(dialect.prefix_bytes), whole, delimiter, forced, &dialect);
  dialect.delimiter = trial.options.delimiter;
  dialect.quote = trial.options.quote;
  dialect.escape = trial.options.escape;
  dialect.delimiter_score = delimiter ? 1 : trial.shape.score();
  if (forced.has_header) {
    dialect.has_header = *forced.has_header;
    dialect.header_score = 1;
  } else {
    GuessHeader(head, whole, &dialect);
  }
  return dialect;
}

CsvOptions CsvOptionsOf(const Dialect& dialect) {
  return {.delimiter = dialect.delimiter, .quote = dialect.quote, .escape = dialect.escape};
}

std::vector<std::vector<std::string>> SampleRows(std::string_view head, bool whole,
                                                 const Dialect& dialect, size_t max_rows) {
  RowCollector collector(max_rows);
  Read(head.substr(std::min(head.size(), dialect.prefix_bytes)), whole, CsvOptionsOf(dialect),
       &collector);
  return std::move(collector.rows);
}

}  // namespace leadline
