#include "common/table/xlsx_strings.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "common/base/utf8.h"
#include "common/table/csv_reader.h"

namespace leadline {
namespace {

constexpr size_t kMaxCell = CsvOptions{}.max_field_bytes;

constexpr std::array<bool, 256> MakeCsvMarks() {
  std::array<bool, 256> table = {};
  for (const char c : {',', '"', '\n', '\r'}) table[static_cast<uint8_t>(c)] = true;
  return table;
}
constexpr std::array<bool, 256> kIsCsvMark = MakeCsvMarks();

// A first cell such as "sep=;" would be taken for a line that says how the file is written.
bool NeedsQuotes(std::string_view text) {
  for (const char c : text) {
    if (kIsCsvMark[static_cast<uint8_t>(c)]) return true;
  }
  return !text.empty() && (text[0] == 's' || text[0] == 'S') &&
         AsciiLower(text.substr(0, 4)) == "sep=";
}

std::optional<uint32_t> HexValue(std::string_view hex) {
  uint32_t value = 0;
  for (const char c : hex) {
    const char low = static_cast<char>(c | 0x20);
    const bool digit = c >= '0' && c <= '9';
    if (!digit && (low < 'a' || low > 'f')) return std::nullopt;
    value = value * 16 + static_cast<uint32_t>(digit ? c - '0' : low - 'a' + 10);
  }
  return value;
}

// _xHHHH_ is how a character is written that XML cannot hold, and _x005F_ an underline before what
// would look like one. Characters that a text cannot have either are left out.
std::string DecodeEscapes(std::string_view text) {
  constexpr size_t kEscapeBytes = 7;
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const bool escape =
        text.compare(i, 2, "_x") == 0 && i + kEscapeBytes <= text.size() && text[i + 6] == '_';
    const auto value = escape ? HexValue(text.substr(i + 2, 4)) : std::nullopt;
    const bool surrogate = value && *value >= 0xD800 && *value < 0xE000;
    if (!value || surrogate) {
      out.push_back(text[i++]);
      continue;
    }
    if (*value != 0) AppendUtf8(*value, &out);
    i += kEscapeBytes;
  }
  return out;
}

}  // namespace

void AppendFlat(std::string_view cell, TextBuffer* out) {
  for (const char c : cell) out->push_back(kIsCsvMark[static_cast<uint8_t>(c)] ? ' ' : c);
}

void AppendSheetText(std::string_view text, TextBuffer* out) {
  if (!NeedsQuotes(text)) {
    out->append(text);
    return;
  }
  const size_t begin = out->size();
  out->push_back('"');
  for (const char c : text) {
    if (c == '"') out->push_back('"');
    out->push_back(c);
  }
  out->push_back('"');
  if (out->size() - begin <= kMaxCell) return;
  const std::string quoted(out->view().substr(begin));
  out->resize(begin);
  AppendFlat(quoted, out);
}

void TextCollector::AppendTo(TextBuffer* out) {
  // The bound may have cut a character.
  if (text_.size() == kMaxSheetText) {
    while (!text_.empty() && (static_cast<uint8_t>(text_.back()) & 0xC0) == 0x80) text_.pop_back();
    if (!text_.empty() && static_cast<uint8_t>(text_.back()) >= 0xC0) text_.pop_back();
  }
  const bool escapes =
      text().find('_') != std::string_view::npos && text().find("_x") != std::string_view::npos;
  if (escapes) return AppendSheetText(DecodeEscapes(text()), out);
  AppendSheetText(text(), out);
}

bool SharedStrings::Add(TextCollector* text) {
  if (ends_.size() >= kMaxSharedStrings) return false;
  text->AppendTo(&arena_);
  if (arena_.size() > kMaxSharedBytes) return false;
  ends_.push_back(static_cast<uint32_t>(arena_.size()));
  return true;
}

}  // namespace leadline
