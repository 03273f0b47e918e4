// Which characters XML 1.0 (fifth edition) allows where, and the small things that are made of
// them. Pure functions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace leadline {

// ASCII bytes that mean nothing special where they stand.
enum XmlByte : uint8_t {
  kTextChar = 1,
  kCDataChar = 2,
  kValueChar = 4,  // in an attribute, whichever its quotes
  kCommentChar = 8,
  kInstructionChar = 16,
  kNameChar = 32,
  kNameStart = 64,
  kSpace = 128,
};

constexpr std::array<uint8_t, 256> MakeXmlBytes() {
  std::array<uint8_t, 256> table = {};
  for (unsigned c = 0; c < 128; ++c) {
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (c < ' ' && !space) continue;
    const bool letter = ((c | 32u) >= 'a' && (c | 32u) <= 'z') || c == '_' || c == ':';
    const bool quote = c == '"' || c == '\'';
    unsigned bits = 0;
    if (space) bits |= kSpace;
    if (c != '\r' && c != ']') bits |= kCDataChar;
    if (c != '\r' && c != ']' && c != '<' && c != '&') bits |= kTextChar;
    if (c >= ' ' && c != '<' && c != '&' && !quote) bits |= kValueChar;
    if (c != '-') bits |= kCommentChar;
    if (c != '?') bits |= kInstructionChar;
    if (letter) bits |= kNameStart;
    if (letter || (c >= '0' && c <= '9') || c == '-' || c == '.') bits |= kNameChar;
    table[c] = static_cast<uint8_t>(bits);
  }
  return table;
}
inline constexpr std::array<uint8_t, 256> kXmlBytes = MakeXmlBytes();

inline bool Is(char c, uint8_t kinds) {
  return (kXmlBytes[static_cast<uint8_t>(c)] & kinds) != 0;
}

// The bytes of the character beyond ASCII that `text` begins with; 0 when it begins with none that
// XML allows, or with a part of one.
size_t OtherCharBytes(std::string_view text);
// The same for one that may stand in a name, or begin it.
size_t OtherNameBytes(std::string_view text, bool first);
// `text` is the beginning of one such character, or of something else.
bool IsCutUtf8(std::string_view text);

// The first place from p on that has neither an ASCII byte of these kinds nor another character.
// REQUIRES that *end is 0.
inline char* SkipChars(char* p, const char* end, uint8_t kinds) {
  for (;;) {
    while (Is(*p, kinds)) ++p;
    if (static_cast<signed char>(*p) >= 0) return p;
    const size_t bytes = OtherCharBytes({p, static_cast<size_t>(end - p)});
    if (bytes == 0) return p;
    p += bytes;
  }
}

// What "amp" or "#38" stands for; 0 for what stands for nothing.
uint32_t ReferredChar(std::string_view reference);

// What stands between "<?xml" and "?>"; false when it is not as it must be. *encoding is "" when it
// does not say.
bool ReadXmlDeclaration(std::string_view text, std::string_view* encoding);

}  // namespace leadline
