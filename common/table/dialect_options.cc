// The parts of a dialect as people and the API write them.
#include <iterator>
#include <utility>

#include "common/base/utf8.h"
#include "common/table/dialect.h"

namespace leadline {
namespace {

std::optional<int> HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return std::nullopt;
}

bool CanBePart(char c) {
  return static_cast<unsigned char>(c) < 0x80 && c != '\0' && c != '\r' && c != '\n';
}

// Empty when `text` names no character.
std::optional<char> CharacterOf(std::string_view text) {
  const std::string lower = AsciiLower(text);
  if (lower == "tab" || lower == "\\t") return '\t';
  if (lower == "space") return ' ';
  if (text.size() == 1 && CanBePart(text[0])) return text[0];
  if (lower.size() != 4 || !lower.starts_with("\\x")) return std::nullopt;
  const auto high = HexDigit(lower[2]);
  const auto low = HexDigit(lower[3]);
  if (!high || !low || !CanBePart(static_cast<char>(*high * 16 + *low))) return std::nullopt;
  return static_cast<char>(*high * 16 + *low);
}

std::optional<char>* PartOf(std::string_view part, DialectOverride* forced) {
  if (part == "delimiter") return &forced->delimiter;
  if (part == "quote") return &forced->quote;
  if (part == "escape") return &forced->escape;
  return &forced->comment;
}

Status Fault(std::string_view part, std::string_view code, const std::string& message) {
  return Invalid("invalid_dialect", std::string(part) + ": " + message,
                 {{std::string(part), std::string(code), message}});
}

}  // namespace

Status SetDialectPart(std::string_view part, std::string_view text, DialectOverride* forced) {
  std::optional<char>* slot = PartOf(part, forced);
  if (text.empty() || text == "auto") {
    slot->reset();
    return {};
  }
  const bool may_be_none = part != "delimiter";
  *slot = may_be_none && AsciiLower(text) == "none" ? '\0' : CharacterOf(text);
  if (slot->has_value()) return {};
  return Fault(part, "not_a_character",
               may_be_none ? "Give one character, such as \"'\", or \"none\"."
                           : "Give one character, such as \";\", or \"\\\\x1f\" for a control.");
}

Status CheckDialect(const DialectOverride& forced) {
  const std::pair<std::string_view, std::optional<char>> parts[] = {
      {"delimiter", forced.delimiter}, {"quote", forced.quote}, {"escape", forced.escape}};
  for (size_t i = 0; i < std::size(parts); ++i) {
    for (size_t k = 0; k < i; ++k) {
      // An escape that is the quote is how some programs say "doubled".
      if (parts[i].second.value_or('\0') == '\0' || parts[i].second != parts[k].second ||
          (i == 2 && k == 1)) {
        continue;
      }
      return Fault(parts[i].first, "same_character",
                   "Choose another character: the " + std::string(parts[k].first) + " has it.");
    }
  }
  return {};
}

Status SetDialect(const DialectTexts& texts, DialectOverride* forced) {
  LEADLINE_RETURN_IF_ERROR(SetDialectPart("delimiter", texts.delimiter, forced));
  LEADLINE_RETURN_IF_ERROR(SetDialectPart("quote", texts.quote, forced));
  LEADLINE_RETURN_IF_ERROR(SetDialectPart("escape", texts.escape, forced));
  LEADLINE_RETURN_IF_ERROR(SetDialectPart("comment", texts.comment, forced));
  return CheckDialect(*forced);
}

std::string DialectPartText(char c) {
  constexpr char kHex[] = "0123456789abcdef";
  if (c == '\0') return "none";
  if (c >= ' ' || c == '\t') return std::string(1, c);
  return std::string("\\x") + kHex[c >> 4] + kHex[c & 15];
}

}  // namespace leadline
