#include "common/table/xml_chars.h"

#include <algorithm>

#include "common/base/utf8.h"

namespace leadline {
namespace {

struct Range {
  uint32_t from, to;
};
constexpr Range kStarts[] = {{0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},
                             {0x370, 0x37D},   {0x37F, 0x1FFF},  {0x200C, 0x200D},
                             {0x2070, 0x218F}, {0x2C00, 0x2FEF}, {0x3001, 0xD7FF},
                             {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}};
constexpr Range kFollowers[] = {{0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}};

template <size_t N>
bool IsIn(const Range (&ranges)[N], uint32_t c) {
  return std::any_of(ranges, ranges + N,
                     [c](const Range& range) { return c >= range.from && c <= range.to; });
}

size_t SequenceBytes(char lead) {
  const auto c = static_cast<uint8_t>(lead);
  return c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1;
}

bool IsXmlChar(uint32_t c) {
  if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
  return c < 0xD800 || (c > 0xDFFF && c < 0xFFFE) || (c > 0xFFFF && c <= 0x10FFFF);
}

// Takes spaces away; false when there are none.
bool TakeSpaces(std::string_view* text) {
  const size_t before = text->size();
  while (!text->empty() && Is(text->front(), kSpace)) text->remove_prefix(1);
  return text->size() < before;
}

// ` name = "value"`, with spaces before it; false, and nothing is taken, when it is not there.
bool TakeMember(std::string_view name, std::string_view* text, std::string_view* value) {
  std::string_view rest = *text;
  if (!TakeSpaces(&rest) || !rest.starts_with(name)) return false;
  rest.remove_prefix(name.size());
  TakeSpaces(&rest);
  if (!rest.starts_with('=')) return false;
  rest.remove_prefix(1);
  TakeSpaces(&rest);
  if (rest.empty() || (rest[0] != '"' && rest[0] != '\'')) return false;
  const size_t end = rest.find(rest[0], 1);
  if (end == std::string_view::npos) return false;
  const std::string_view inside = rest.substr(1, end - 1);
  if (!std::all_of(inside.begin(), inside.end(),
                   [](char c) { return Is(c, kNameChar) && c != ':'; })) {
    return false;
  }
  *value = inside;
  *text = rest.substr(end + 1);
  return true;
}

uint32_t NumberedChar(std::string_view digits, uint32_t base) {
  if (digits.empty()) return 0;
  uint32_t value = 0;
  for (const char c : digits) {
    const auto low = static_cast<char>(c | 0x20);
    const bool digit = c >= '0' && c <= '9';
    if (!digit && (base == 10 || low < 'a' || low > 'f')) return 0;
    value = value * base + static_cast<uint32_t>(digit ? c - '0' : low - 'a' + 10);
    if (value > 0x10FFFF) return 0;
  }
  return IsXmlChar(value) ? value : 0;
}

}  // namespace

size_t OtherCharBytes(std::string_view text) {
  size_t bytes = 0;
  if (text.empty() || static_cast<signed char>(text[0]) >= 0) return 0;
  const uint32_t c = DecodeUtf8(text, &bytes);
  return bytes > 1 && IsXmlChar(c) ? bytes : 0;
}

size_t OtherNameBytes(std::string_view text, bool first) {
  size_t bytes = 0;
  if (text.empty() || static_cast<signed char>(text[0]) >= 0) return 0;
  const uint32_t c = DecodeUtf8(text, &bytes);
  const bool allowed = IsIn(kStarts, c) || (!first && IsIn(kFollowers, c));
  return bytes > 1 && allowed ? bytes : 0;
}

bool IsCutUtf8(std::string_view text) {
  return !text.empty() && text.size() < SequenceBytes(text[0]);
}

uint32_t ReferredChar(std::string_view reference) {
  if (reference.starts_with("#x")) return NumberedChar(reference.substr(2), 16);
  if (reference.starts_with('#')) return NumberedChar(reference.substr(1), 10);
  if (reference == "amp") return '&';
  if (reference == "lt") return '<';
  if (reference == "gt") return '>';
  if (reference == "quot") return '"';
  return reference == "apos" ? '\'' : 0;
}

bool ReadXmlDeclaration(std::string_view text, std::string_view* encoding) {
  std::string_view value;
  if (!TakeMember("version", &text, &value)) return false;
  const bool named = TakeMember("encoding", &text, encoding);
  if (named && (encoding->empty() || !Is((*encoding)[0], kNameStart) || (*encoding)[0] == '_')) {
    return false;
  }
  const bool standalone = TakeMember("standalone", &text, &value);
  if (standalone && value != "yes" && value != "no") return false;
  TakeSpaces(&text);
  return text.empty();
}

}  // namespace leadline
