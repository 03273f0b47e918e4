#include "common/base/fold.h"

#include <cstdint>

#include "common/base/utf8.h"

namespace leadline {
namespace {

// U+00C0..U+017F without their accents; other characters of that range that are no letters stay
// out.
constexpr std::string_view kLatin1Folds =
    "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty";
constexpr std::string_view kLatinExtendedFolds =
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrss"
    "ssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(kLatin1Folds.size() == 64 && kLatinExtendedFolds.size() == 128);

uint32_t FoldCodePoint(uint32_t c) {
  if (c >= 'A' && c <= 'Z') return c + 0x20;
  if (c < 0x80) return c;
  if (c >= 0xC0 && c < 0x100) return static_cast<uint32_t>(kLatin1Folds[c - 0xC0]);
  if (c >= 0x100 && c < 0x180) {
    return static_cast<uint32_t>(kLatinExtendedFolds[c - 0x100]);
  }
  if (c >= 0x391 && c <= 0x3A9) return c + 0x20;  // Greek
  if (c >= 0x410 && c <= 0x42F) return c + 0x20;  // Cyrillic
  if (c >= 0x400 && c <= 0x40F) return c + 0x50;
  return c;
}

bool IsWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

std::string FoldText(std::string_view text) {
  std::string out;
  for (size_t p = 0; p < text.size();) {
    const uint32_t c = DecodeUtf8(text, &p);
    if (c >= 0x300 && c < 0x370) continue;  // an accent that stands by itself: NFD, as macOS writes
    AppendUtf8(IsSpaceCodePoint(c) ? ' ' : FoldCodePoint(c), &out);
    if (c == 0xDF) out += 's';  // ß is ss
  }
  return out;
}

std::string FoldKey(std::string_view text) {
  std::string out = FoldText(text);
  size_t kept = 0;
  for (const char c : out) {
    if (IsWordByte(c)) out[kept++] = c;
  }
  out.resize(kept);
  return out;
}

bool HasListedWord(std::string_view list, std::string_view word) {
  if (word.empty() || word.find(' ') != std::string_view::npos) return false;
  for (size_t at = list.find(word); at != std::string_view::npos; at = list.find(word, at + 1)) {
    const size_t end = at + word.size();
    if ((at == 0 || list[at - 1] == ' ') && (end == list.size() || list[end] == ' ')) return true;
  }
  return false;
}

}  // namespace leadline
