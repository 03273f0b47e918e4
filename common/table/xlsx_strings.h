// The texts of a workbook's cells, already in the form that the CSV text has: quoted where they
// must be. Shared strings lie one after the other in one arena. One thread.
//
// A text whose quoted form is longer than a CSV cell may be (CsvOptions::max_field_bytes) stays
// that long, but is written without quotes and with spaces for quotes, commas and line ends: so the
// reader after it finds one cell too long, in the row where it stands.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "common/table/text_buffer.h"

namespace leadline {

inline constexpr size_t kMaxSharedBytes = 256 * 1024 * 1024;  // of all, in their CSV form
inline constexpr size_t kMaxSharedStrings = 16 * 1024 * 1024;
inline constexpr size_t kMaxSheetText = 128 * 1024;  // of one; what comes after it is dropped

// One cell of the text of a sheet.
void AppendSheetText(std::string_view text, TextBuffer* out);
// `cell` is such a cell: without quotes, as long as it was.
void AppendFlat(std::string_view cell, TextBuffer* out);

// Collects one text, whose pieces may be many: bounded, and with _x000A_ read as the line feed that
// Excel means by it.
class TextCollector {
 public:
  void Clear() { text_.clear(); }
  void Add(std::string_view piece) { text_.append(piece.substr(0, kMaxSheetText - text_.size())); }
  std::string_view text() const { return text_.view(); }
  // As a cell.
  void AppendTo(TextBuffer* out);

 private:
  TextBuffer text_;
};

class SharedStrings {
 public:
  // False when one more would be over a limit.
  bool Add(TextCollector* text);
  size_t size() const { return ends_.size(); }
  // REQUIRES i < size().
  std::string_view operator[](size_t i) const {
    const uint32_t begin = i == 0 ? 0 : ends_[i - 1];
    return arena_.view().substr(begin, ends_[i] - begin);
  }

 private:
  TextBuffer arena_;
  std::vector<uint32_t> ends_;
};

}  // namespace leadline
