#include "common/base/utf8.h"

namespace leadline {

uint32_t DecodeUtf8(std::string_view s, size_t* pos) {
  const auto at = [&](size_t i) { return static_cast<unsigned char>(s[i]); };
  const size_t p = *pos;
  const unsigned char lead = at(p);
  *pos = p + 1;
  if (lead < 0x80) return lead;
  const int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || p + static_cast<size_t>(length) > s.size()) {
    return kReplacementChar;
  }
  uint32_t c = lead & (0xFFu >> (length + 1));
  for (int i = 1; i < length; ++i) {
    const unsigned char b = at(p + static_cast<size_t>(i));
    if ((b & 0xC0) != 0x80) return kReplacementChar;
    c = (c << 6) | (b & 0x3Fu);
  }
  constexpr uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (c < kSmallest[length] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
    return kReplacementChar;
  }
  *pos = p + static_cast<size_t>(length);
  return c;
}

void AppendUtf8(uint32_t c, std::string* out) {
  const auto put = [&](uint32_t b) { out->push_back(static_cast<char>(b)); };
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = kReplacementChar;
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | (c >> 6));
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

bool IsValidUtf8(std::string_view s) {
  for (size_t p = 0; p < s.size();) {
    const size_t before = p;
    // U+FFFD may be in the text as itself; then it takes three bytes.
    if (DecodeUtf8(s, &p) == kReplacementChar && p == before + 1) return false;
  }
  return true;
}

size_t CountCodePoints(std::string_view s) {
  size_t n = 0;
  for (size_t p = 0; p < s.size(); ++n) DecodeUtf8(s, &p);
  return n;
}

std::string CleanUtf8(std::string_view s) {
  std::string out;
  out.reserve(s.size());
  for (size_t p = 0; p < s.size();) {
    const uint32_t c = DecodeUtf8(s, &p);
    const bool control = (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c < 0xA0);
    if (!control) AppendUtf8(c, &out);
  }
  return out;
}

std::string ClipUtf8(std::string_view s, size_t max_bytes) {
  if (s.size() <= max_bytes) return std::string(s);
  size_t end = 0;
  for (size_t p = 0; p < s.size();) {
    DecodeUtf8(s, &p);
    if (p > max_bytes) break;
    end = p;
  }
  return std::string(s.substr(0, end)) + "…";
}

bool IsSpaceCodePoint(uint32_t c) {
  return c <= 0x20 || c == 0x7F || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000 || c == 0xFEFF;
}

std::string_view TrimUtf8Slowly(std::string_view s) {
  size_t begin = 0;
  while (begin < s.size()) {
    size_t p = begin;
    if (!IsSpaceCodePoint(DecodeUtf8(s, &p))) break;
    begin = p;
  }
  size_t end = s.size();
  while (end > begin) {
    size_t start = end - 1;
    while (start > begin && (static_cast<unsigned char>(s[start]) & 0xC0) == 0x80) --start;
    size_t p = start;
    if (!IsSpaceCodePoint(DecodeUtf8(s, &p)) || p != end) break;
    end = start;
  }
  return s.substr(begin, end - begin);
}

std::string AsciiLower(std::string_view s) {
  std::string out(s);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace leadline
