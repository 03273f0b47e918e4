// Which letters beyond ASCII the languages of lists use, most frequent first: what tells readings
// of the same bytes apart (encoding_guess.h). Tables and pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "common/table/encoding.h"

namespace leadline {

enum class Script : uint8_t { kLatin, kAlphabet, kIdeographs };

struct Language {
  Script script;
  std::u32string_view letters;  // lower case, most frequent first
  std::span<const Encoding> encodings;
};
std::span<const Language> Languages();
bool WrittenIn(const Language& language, Encoding encoding);

// The natural logarithm of how often `c` (beyond ASCII) is met among such characters of the
// language; always below 0.
double LetterScore(const Language& language, uint32_t c);

// Of Latin, Greek and Cyrillic: whether it is a letter, and its lower case (itself when it has
// none).
bool IsLetterOfAlphabet(uint32_t c);
uint32_t LowerOf(uint32_t c);

}  // namespace leadline
