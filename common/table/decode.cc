#include "common/table/decode.h"

#include <algorithm>
#include <utility>

#include "common/base/utf8.h"
#include "common/table/byte_scan.h"

namespace leadline {
namespace {

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
    default:
      return {};
  }
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

// UTF-8 that proves to be none is read as Windows-1252.
Encoding CharsetOf(Encoding encoding) {
  return encoding == Encoding::kUtf8 ? Encoding::kWindows1252 : encoding;
}

}  // namespace

TextDecoder::TextDecoder(const EncodingGuess& guess, TextSink* sink)
    : encoding_(guess.encoding),
      undecided_(guess.ascii_so_far && guess.encoding == Encoding::kUtf8),
      sink_(sink),
      charset_(FindCharset(CharsetOf(guess.encoding))) {}

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
    default:
      return FromCharset(bytes);
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
  replaced_ += charset_.Finish(&out_);
  Flush();
}

void TextDecoder::FallBack(std::string_view bytes) {
  encoding_ = Encoding::kWindows1252;
  FromCharset(bytes);
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
    if (encoding_ != Encoding::kUtf8) return FromCharset(bytes);
  }
  const size_t tail = IncompleteTail(bytes);
  pending_.append(bytes.substr(bytes.size() - tail));
  FromWholeUtf8(bytes.substr(0, bytes.size() - tail));
  if (encoding_ != Encoding::kUtf8 && !pending_.empty()) {
    const std::string rest = std::exchange(pending_, {});
    FromCharset(rest);
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

void TextDecoder::FromCharset(std::string_view bytes) {
  for (size_t p = 0; p < bytes.size(); p += kPieceBytes) {
    replaced_ += charset_.Feed(bytes.substr(p, kPieceBytes), &out_);
    Flush();
  }
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
