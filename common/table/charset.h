// Text of the one-byte and two-byte character sets (windows-125x, ISO 8859, KOI8-R, Shift JIS,
// GB18030, EUC-KR, Big5), read as the WHATWG encoding standard does, in the browser and on the
// server alike.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/table/encoding.h"

namespace leadline {

// What the bytes of one character set mean.
struct CharsetTable {
  Encoding encoding;
  // Of bytes 0x80..0xFF: a code point, kReplacementChar, or kLeadByte.
  std::array<uint32_t, 128> single;
  // Of two bytes at (first - 0x80) * 256 + second; empty in a one-byte set.
  std::vector<uint32_t> pairs;
  // Of GB18030's four bytes: the code points up to U+FFFF in their order; empty elsewhere.
  std::vector<uint16_t> fours;
};
inline constexpr uint32_t kLeadByte = 0xFFFFFFFF;

// The table, made at the first call and kept (up to 210 kB each). nullptr when there is none: for
// UTF-8 and UTF-16, and for a set that this platform has no tables for (a server without its C
// library's conversion modules; windows-1252 and iso-8859-1 are always there). Any thread.
const CharsetTable* FindCharset(Encoding encoding);

// Whether text in that encoding can be read on this platform.
bool CanRead(Encoding encoding);

// Bytes in, UTF-8 out; where the chunks end does not matter. One thread; no failure.
class CharsetDecoder {
 public:
  // `table` must outlive it; nullptr: every byte beyond ASCII becomes U+FFFD.
  explicit CharsetDecoder(const CharsetTable* table) : table_(table) {}

  // Appends what is complete; returns how many U+FFFD are in it.
  size_t Feed(std::string_view bytes, std::string* out);
  // An incomplete last character is one U+FFFD.
  size_t Finish(std::string* out);

 private:
  void Take(uint8_t byte, std::string* out);
  void TakeFirst(uint8_t byte, std::string* out);
  void TakeSecond(uint8_t byte, std::string* out);
  void TakeLaterOfFour(uint8_t byte, std::string* out);
  void Put(uint32_t code_point, std::string* out);
  uint32_t FourByte(uint8_t last) const;

  const CharsetTable* const table_;
  std::array<uint8_t, 3> pending_{};  // of a character that is not complete
  size_t pending_count_ = 0;
  size_t replaced_ = 0;
};

}  // namespace leadline
