// UTF-8 as it is met in files and bodies. Pure functions, thread-safe, no failure: what is not
// UTF-8 is replaced.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace leadline {

inline constexpr uint32_t kReplacementChar = 0xFFFD;

// Decodes the code point at s[*pos] (REQUIRES *pos < s.size()) and moves *pos past it. A byte that
// begins no valid sequence gives kReplacementChar and moves by one. Overlong forms, surrogates and
// values over U+10FFFF are not valid.
uint32_t DecodeUtf8(std::string_view s, size_t* pos);

void AppendUtf8(uint32_t code_point, std::string* out);

bool IsValidUtf8(std::string_view s);

size_t CountCodePoints(std::string_view s);

// `s` with every invalid byte replaced by U+FFFD, and control characters other than tab and line
// feed removed.
std::string CleanUtf8(std::string_view s);

// At most `max_bytes` of s, cut between code points, with "…" added when something was cut.
std::string ClipUtf8(std::string_view s, size_t max_bytes);

// White space as people type it: ASCII space and controls, no-break and the other Unicode spaces,
// BOM.
bool IsSpaceCodePoint(uint32_t code_point);
std::string_view TrimUtf8Slowly(std::string_view s);  // for TrimUtf8 alone
inline std::string_view TrimUtf8(std::string_view s) {
  // Nearly every cell and member needs no trimming, and shows it by two bytes.
  const auto plain = [](char c) { return c > ' ' && c < 0x7F; };
  return s.empty() || (plain(s.front()) && plain(s.back())) ? s : TrimUtf8Slowly(s);
}

// ASCII letters only; other bytes stay.
std::string AsciiLower(std::string_view s);

}  // namespace leadline
