#include "common/table/decode.h"

#include <algorithm>
#include <utility>

#include "common/base/utf8.h"
#include "common/table/byte_scan.h"

namespace leadline {
namespace {

struct EncodingEntry {
  Encoding encoding;
  std::string_view name;
};
constexpr EncodingEntry kNames[] = {
    {Encoding::kUtf8, "utf-8"},          {Encoding::kUtf16Le, "utf-16le"},
    {Encoding::kUtf16Be, "utf-16be"},    {Encoding::kWindows1252, "windows-1252"},
    {Encoding::kIso88591, "iso-8859-1"}, {Encoding::kUtf8, "utf8"},
    {Encoding::kUtf16Le, "utf-16"},      {Encoding::kWindows1252, "cp1252"},
    {Encoding::kIso88591, "latin1"},
};

// 0x80..0x9F of Windows-1252, as the WHATWG encoding standard has it; the rest equals ISO 8859-1.
constexpr uint16_t kWindows1252[32] = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

constexpr std::string_view kUtf8Bom = "\xEF\xBB\xBF";
constexpr std::string_view kUtf16LeBom = "\xFF\xFE";
constexpr std::string_view kUtf16BeBom = "\xFE\xFF";

// Converted text is handed on in pieces of this size, so that memory does not follow the chunk
// size.
constexpr size_t kPieceBytes = 64 * 1024;

constexpr std::string_view BomOf(Encoding encoding) {
  switch (encoding) {
    case Encoding::kUtf8:
      return kUtf8Bom;
    case Encoding::kUtf16Le:
      return kUtf16LeBom;
    case Encoding::kUtf16Be:
      return kUtf16BeBom;
    case Encoding::kWindows1252:
    case Encoding::kIso88591:
      return {};
  }
  return {};
}

uint32_t Widen(Encoding encoding, uint8_t byte) {
  const bool table = encoding == Encoding::kWindows1252 && byte >= 0x80 && byte < 0xA0;
  return table ? kWindows1252[byte - 0x80] : byte;
}

size_t Utf8Length(uint8_t lead) {
  return lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 1;
}

// How many bytes at the end begin a character that more bytes could complete: 0 to 3.
size_t IncompleteTail(std::string_view s) {
  for (size_t back = 1; back <= std::min<size_t>(3, s.size()); ++back) {
    const auto byte = static_cast<uint8_t>(s[s.size() - back]);
    if (byte < 0x80) return 0;
    if (byte >= 0xC0) return Utf8Length(byte) > back ? back : 0;
  }
  return 0;
}

bool IsReplacement(uint32_t code_point, size_t length) {
  return code_point == kReplacementChar && length == 1;
}

struct Utf8Counts {
  size_t good = 0;  // characters beyond ASCII
  size_t bad = 0;
};
Utf8Counts CountUtf8(std::string_view s) {
  Utf8Counts counts;
  for (size_t p = 0; p < s.size();) {
    const size_t before = p;
    const uint32_t c = DecodeUtf8(s, &p);
    if (IsReplacement(c, p - before)) {
      ++counts.bad;
    } else if (c >= 0x80) {
      ++counts.good;
    }
  }
  return counts;
}

// UTF-16 without a mark: text has its NUL bytes on one side of the pairs only.
std::optional<EncodingGuess> GuessUtf16(std::string_view head) {
  size_t zeros[2] = {0, 0};
  for (size_t i = 0; i + 1 < head.size(); i += 2) {
    zeros[0] += head[i] == '\0';
    zeros[1] += head[i + 1] == '\0';
  }
  const size_t whole_pairs = head.size() / 2;
  const auto pairs = static_cast<double>(whole_pairs);
  const size_t side = zeros[1] >= zeros[0] ? 1 : 0;
  const double share = static_cast<double>(zeros[side]) / pairs;
  const double other = static_cast<double>(zeros[1 - side]) / pairs;
  if (pairs < 4 || share < 0.3 || other > 0.05) return std::nullopt;
  return EncodingGuess{.encoding = side == 1 ? Encoding::kUtf16Le : Encoding::kUtf16Be,
                       .confidence = std::min(0.99, 0.5 + share / 2 - other)};
}

}  // namespace

std::string_view EncodingName(Encoding encoding) {
  return kNames[static_cast<size_t>(encoding)].name;
}

std::optional<Encoding> EncodingFromName(std::string_view name) {
  const std::string lower = AsciiLower(name);
  for (const EncodingEntry& entry : kNames) {
    if (entry.name == lower) return entry.encoding;
  }
  return std::nullopt;
}

EncodingGuess GuessEncoding(std::string_view head, bool whole) {
  for (const Encoding e : {Encoding::kUtf8, Encoding::kUtf16Le, Encoding::kUtf16Be}) {
    if (head.starts_with(BomOf(e))) return {.encoding = e, .confidence = 1, .has_bom = true};
  }
  if (const auto utf16 = GuessUtf16(head)) return *utf16;
  if (!whole) head.remove_suffix(IncompleteTail(head));
  const Utf8Counts counts = CountUtf8(head);
  if (counts.good + counts.bad == 0) return {.confidence = 0.9, .ascii_so_far = true};
  const double share =
      static_cast<double>(counts.good) / static_cast<double>(counts.good + counts.bad);
  // Text in a one-byte encoding hardly ever forms valid sequences by chance, so a mostly valid one
  // is damaged UTF-8.
  if (share >= 0.5) return {.encoding = Encoding::kUtf8, .confidence = share};
  return {.encoding = Encoding::kWindows1252, .confidence = 0.5 + 0.3 * (1 - share)};
}

TextDecoder::TextDecoder(const EncodingGuess& guess, TextSink* sink)
    : encoding_(guess.encoding),
      undecided_(guess.ascii_so_far && guess.encoding == Encoding::kUtf8),
      sink_(sink) {}

void TextDecoder::Feed(std::string_view bytes) {
  if (at_start_) {
    bytes = SkipBom(bytes);
    if (at_start_) return;
  }
  Convert(bytes);
}

// Nothing but the mark itself is held back, and only until it is complete or refuted.
std::string_view TextDecoder::SkipBom(std::string_view bytes) {
  const std::string_view bom = BomOf(encoding_);
  while (!bytes.empty() && pending_.size() < bom.size() && bytes.front() == bom[pending_.size()]) {
    pending_.push_back(bytes.front());
    bytes.remove_prefix(1);
  }
  if (pending_.size() < bom.size() && bytes.empty()) return bytes;
  at_start_ = false;
  if (pending_.size() == bom.size()) {
    pending_.clear();
  } else {
    const std::string refuted = std::exchange(pending_, {});
    Convert(refuted);
  }
  return bytes;
}

void TextDecoder::Convert(std::string_view bytes) {
  switch (encoding_) {
    case Encoding::kUtf8:
      return FromUtf8(bytes);
    case Encoding::kUtf16Le:
    case Encoding::kUtf16Be:
      return FromUtf16(bytes);
    case Encoding::kWindows1252:
    case Encoding::kIso88591:
      return FromSingleByte(bytes);
  }
}

void TextDecoder::Finish() {
  at_start_ = false;
  if (encoding_ == Encoding::kUtf8 && undecided_ && !pending_.empty()) {
    const std::string rest = std::exchange(pending_, {});
    FallBack(rest);
  } else if (!pending_.empty() || high_surrogate_ != 0) {
    Put(kReplacementChar);
    ++replaced_;
  }
  Flush();
}

void TextDecoder::FallBack(std::string_view bytes) {
  encoding_ = Encoding::kWindows1252;
  FromSingleByte(bytes);
}

void TextDecoder::FromUtf8(std::string_view bytes) {
  // Complete the character that the last chunk began, byte by byte.
  while (!pending_.empty() && !bytes.empty()) {
    const bool continues = (static_cast<uint8_t>(bytes.front()) & 0xC0) == 0x80;
    if (continues) {
      pending_.push_back(bytes.front());
      bytes.remove_prefix(1);
      if (pending_.size() < Utf8Length(static_cast<uint8_t>(pending_.front()))) continue;
    }
    const std::string character = std::exchange(pending_, {});
    FromWholeUtf8(character);
    if (encoding_ != Encoding::kUtf8) return FromSingleByte(bytes);
  }
  const size_t tail = IncompleteTail(bytes);
  pending_.append(bytes.substr(bytes.size() - tail));
  FromWholeUtf8(bytes.substr(0, bytes.size() - tail));
  if (encoding_ != Encoding::kUtf8 && !pending_.empty()) {
    const std::string rest = std::exchange(pending_, {});
    FromSingleByte(rest);
  }
}

// Hands on valid stretches as they are. No character of `bytes` goes on in the next chunk.
void TextDecoder::FromWholeUtf8(std::string_view bytes) {
  size_t begin = 0;
  for (size_t p = 0; p < bytes.size();) {
    p += AsciiPrefix16(bytes.data() + p, bytes.size() - p);
    if (p == bytes.size()) break;
    if (static_cast<uint8_t>(bytes[p]) < 0x80) {
      ++p;
      continue;
    }
    const size_t before = p;
    const uint32_t c = DecodeUtf8(bytes, &p);
    const bool bad = IsReplacement(c, p - before);
    if (bad && undecided_) {
      Pass(bytes.substr(begin, before - begin));
      return FallBack(bytes.substr(before));
    }
    undecided_ = false;
    if (c == kReplacementChar) ++replaced_;
    if (!bad) continue;
    Pass(bytes.substr(begin, before - begin));
    Put(kReplacementChar);
    Flush();
    begin = p;
  }
  Pass(bytes.substr(begin));
}

void TextDecoder::FromUtf16(std::string_view bytes) {
  for (const char byte : bytes) {
    if (pending_.empty()) {
      pending_.push_back(byte);
      continue;
    }
    const auto first = static_cast<uint8_t>(pending_.front());
    const auto second = static_cast<uint8_t>(byte);
    pending_.clear();
    FromUtf16Unit(encoding_ == Encoding::kUtf16Le ? (uint32_t{second} << 8) | first
                                                  : (uint32_t{first} << 8) | second);
  }
  Flush();
}

void TextDecoder::FromUtf16Unit(uint32_t unit) {
  const bool high = unit >= 0xD800 && unit < 0xDC00;
  const bool low = unit >= 0xDC00 && unit < 0xE000;
  if (low && high_surrogate_ != 0) {
    Put(0x10000 + ((high_surrogate_ - 0xD800) << 10) + (unit - 0xDC00));
    high_surrogate_ = 0;
    return;
  }
  if (low || high_surrogate_ != 0) {
    Put(kReplacementChar);
    ++replaced_;
  }
  high_surrogate_ = high ? unit : 0;
  if (!high && !low) Put(unit);
}

void TextDecoder::FromSingleByte(std::string_view bytes) {
  for (const char byte : bytes) Put(Widen(encoding_, static_cast<uint8_t>(byte)));
  Flush();
}

void TextDecoder::Put(uint32_t code_point) {
  AppendUtf8(code_point, &out_);
  if (out_.size() >= kPieceBytes) Flush();
}

void TextDecoder::Flush() {
  Pass(out_);
  out_.clear();
}

void TextDecoder::Pass(std::string_view utf8) {
  if (!utf8.empty()) sink_->OnText(utf8);
}

}  // namespace leadline
