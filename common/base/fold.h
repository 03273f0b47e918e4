// Texts brought to one form, so that what people write can be compared with what we know. Pure
// functions, thread-safe; bytes that are no UTF-8 come out as U+FFFD.
#pragma once

#include <string>
#include <string_view>

namespace leadline {

constexpr bool IsAsciiDigit(char c) {
  return c >= '0' && c <= '9';
}

// Lower case (Latin, Greek, Cyrillic), accents taken off Latin letters, every
// space a plain one; other characters as they are. "Größe" -> "grosse".
std::string FoldText(std::string_view text);

// FoldText with nothing left but letters and digits: "E-Mail (work)" -> "emailwork".
std::string FoldKey(std::string_view text);

// Whether `word` is one of the words of `list`, which are separated by single spaces.
bool HasListedWord(std::string_view list, std::string_view word);

}  // namespace leadline
