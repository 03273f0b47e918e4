// CSV bytes in, rows out: a push parser driven by one table of state x byte class (csv_reader.cc),
// so that the rules can be read in one place and the borders between chunks cannot matter. The text
// must be UTF-8 (see decode.h) without a BOM.
//
// What is read, beside RFC 4180: any one-byte delimiter and quote, or no quote at all; quotes
// doubled, and behind an escape character when there is one; CR, LF and CRLF, mixed; quotes inside
// unquoted cells (they are text); text after a closing quote (kept, flagged); blank lines (skipped,
// but numbered); ragged rows; a last row without a line end.
//
// Nothing stops the reader. What cannot be read as it stands is a flag on its row, and reading goes
// on:
//   - A quote that does not close within the bounds, or that "closes" on a later line in the middle
//   of a word (that is the
//     opening quote of another cell): the row is read again with its quotes as plain text, so that
//     it ends with its own line and the lines after it are rows again. At most max_field_bytes are
//     read twice.
//   - A cell, row or column count over its bound: the rest is dropped up to the end of that row.
//
// Memory: at most one row (max_row_bytes), one chunk is never copied as a whole, nothing is
// allocated per row once the buffers have grown. One thread. No failure, no exceptions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace leadline {

struct CsvOptions {
  // REQUIRES: ASCII, different from each other, neither CR nor LF.
  char delimiter = ',';
  char quote = '"';    // NUL: quotes are text
  char escape = '\0';  // NUL: none. Within quotes it makes the quote or itself plain; before
                       // anything else, and outside quotes, it is text
  size_t max_field_bytes = 64 * 1024;  // as written in the file, quotes included
  size_t max_row_bytes = 1024 * 1024;  // at most 256 MiB
  size_t max_columns = 1024;
};

// What was wrong with a row, as bits.
enum CsvFlag : uint32_t {
  kCsvBrokenQuote =
      1,  // a quote opens and does not close: the row's cells are split without regard to quotes
  kCsvFieldTooLong = 2,     // a cell over max_field_bytes was cut
  kCsvRowTooLong = 4,       // the row is over max_row_bytes; what came after was dropped
  kCsvTooManyColumns = 8,   // cells beyond max_columns were dropped
  kCsvNulBytes = 16,        // NUL bytes were taken out
  kCsvTextAfterQuote = 32,  // "abc"def: read as abcdef
};

struct CsvRow {
  uint64_t number = 0;  // 1-based, as a spreadsheet numbers it: header and blank lines count, line
                        // breaks in cells don't
  uint64_t offset = 0;  // of the row's first byte in the text fed
  uint32_t flags = 0;   // CsvFlag bits
  std::span<const std::string_view> cells;  // unquoted; at least one; valid until OnRow returns
};

class CsvSink {
 public:
  virtual ~CsvSink() = default;
  virtual void OnRow(const CsvRow& row) = 0;
};

class CsvReader {
 public:
  // `sink` must outlive the reader.
  CsvReader(const CsvOptions& options, CsvSink* sink);
  CsvReader(const CsvReader&) = delete;
  CsvReader& operator=(const CsvReader&) = delete;

  void Feed(std::string_view text);
  // Delivers a last row that has no line end. Nothing may be fed after it.
  void Finish();

  uint64_t rows() const { return rows_; }  // delivered so far

 private:
  enum class CellKind : uint8_t { kAsIs, kStripQuotes, kUnquote, kDropNuls };
  // The raw place of a cell in its row.
  struct Cell {
    uint32_t begin;
    uint32_t end;
    CellKind kind;
  };

  enum class Outcome : uint8_t {
    kGoOn,
    kRewound,  // go on at resume_
    kReplay,   // resume_ lies in the carried bytes: Replay first
  };

  bool Scan(std::string_view text, size_t start);
  Outcome ScanFrom(size_t pos);
  template <typename... Char>
  Outcome ScanFor(size_t pos, Char... special);
  void Replay();
  Outcome OnSpecial(size_t at);
  Outcome OnGap();
  Outcome OnBound();
  Outcome EndOfText();
  Outcome Do(uint8_t action, size_t at);
  Outcome LeaveQuotes();
  Outcome RewindToQuote();
  void OpenQuotes(size_t at);
  void OnNul();
  void StartRow(uint64_t offset);
  void EndCell(size_t end);
  void EndRow(size_t at);
  void DropRest();
  void Keep(size_t end);
  void Deliver(const char* raw);
  std::string_view Text(const char* raw, const Cell& cell);
  void Unquote(std::string_view in);
  size_t Relative(size_t at) const { return text_offset_ + at - row_offset_; }

  const CsvOptions options_;
  CsvSink* const sink_;
  std::array<uint8_t, 256> class_of_{};

  std::string_view text_;     // being scanned
  uint64_t text_offset_ = 0;  // of text_[0] in everything fed
  size_t fresh_ = 0;          // in text_: just after the last special byte
  size_t resume_ = 0;         // in text_, or in the carried row: where to go on after a rewind
  uint8_t state_;

  // The row being read; positions in it count from its first byte.
  uint64_t row_offset_ = 0;
  uint64_t number_ = 0;  // of the row before it
  uint32_t row_flags_ = 0;
  size_t bound_ = 0;       // a position beyond it breaks a bound
  bool dropping_ = false;  // over max_row_bytes
  size_t cell_count_ = 0;
  size_t rewrite_bytes_ = 0;  // of its cells that are not delivered as they stand
  size_t cell_begin_ = 0;
  CellKind cell_kind_ = CellKind::kAsIs;
  uint32_t cell_flags_ = 0;
  bool line_in_quotes_ = false;

  uint64_t rows_ = 0;
  std::string carry_;      // raw bytes of a row that began in an earlier chunk
  std::string replay_;     // such bytes, read a second time after a broken quote
  std::string rewritten_;  // unquoted cells of the row being delivered
  std::vector<Cell> cells_;
  std::vector<std::string_view> views_;
};

}  // namespace leadline
