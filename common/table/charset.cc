#include "common/table/charset.h"

#include <algorithm>
#include <utility>

#include "common/base/utf8.h"
#include "common/table/byte_scan.h"
#include "common/table/charset_platform.h"

namespace leadline {
namespace {

// 0x80..0x9F; the rest equals ISO 8859-1. What no guess fits is read as this, so that it needs no
// platform.
constexpr uint16_t kWindows1252[32] = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

constexpr uint32_t kFirstTrail = 0x40;
constexpr uint32_t kTrails = 0xFF - kFirstTrail;
constexpr uint32_t kFoursInBmp = 39420;
constexpr uint32_t kFirstFourBeyondBmp = 189000;
constexpr uint32_t kLastFour = 1237575;

bool HasPairs(Encoding encoding) {
  return encoding == Encoding::kShiftJis || encoding == Encoding::kGb18030 ||
         encoding == Encoding::kEucKr || encoding == Encoding::kBig5;
}

bool IsLead(Encoding encoding, uint32_t byte) {
  if (!HasPairs(encoding)) return false;
  if (encoding != Encoding::kShiftJis) return byte >= 0x81 && byte <= 0xFE;
  return (byte >= 0x81 && byte <= 0x9F) || (byte >= 0xE0 && byte <= 0xFC);
}

bool IsDigit(uint8_t byte) {
  return byte >= 0x30 && byte <= 0x39;
}

bool ReadSingles(CharsetTable* table) {
  std::string bytes;
  for (int i = 0x80; i < 0x100; ++i) bytes.push_back(static_cast<char>(i));
  if (!ReadSequences(table->encoding, bytes, 1, table->single)) return false;
  for (uint32_t i = 0; i < 128; ++i) {
    if (IsLead(table->encoding, 0x80 + i)) table->single[i] = kLeadByte;
  }
  return true;
}

bool ReadPairs(CharsetTable* table) {
  std::string bytes;
  for (uint32_t lead = 0x80; lead < 0x100; ++lead) {
    for (uint32_t trail = kFirstTrail; trail < 0xFF; ++trail) {
      bytes.push_back(static_cast<char>(lead));
      bytes.push_back(static_cast<char>(trail));
    }
  }
  std::vector<uint32_t> read(bytes.size() / 2);
  if (!ReadSequences(table->encoding, bytes, 2, read)) return false;
  table->pairs.assign(128 * 256, kReplacementChar);
  for (uint32_t lead = 0; lead < 128; ++lead) {
    if (table->single[lead] != kLeadByte) continue;
    std::copy_n(read.begin() + lead * kTrails, kTrails,
                table->pairs.begin() + lead * 256 + kFirstTrail);
  }
  return true;
}

bool ReadFours(CharsetTable* table) {
  std::string bytes;
  for (uint32_t i = 0; i < kFoursInBmp; ++i) {
    bytes.push_back(static_cast<char>(0x81 + i / 12600));
    bytes.push_back(static_cast<char>(0x30 + i / 1260 % 10));
    bytes.push_back(static_cast<char>(0x81 + i / 10 % 126));
    bytes.push_back(static_cast<char>(0x30 + i % 10));
  }
  std::vector<uint32_t> read(kFoursInBmp);
  if (!ReadSequences(table->encoding, bytes, 4, read)) return false;
  table->fours.assign(read.begin(), read.end());
  return true;
}

CharsetTable BuiltIn(Encoding encoding) {
  CharsetTable table{.encoding = encoding, .single = {}, .pairs = {}, .fours = {}};
  for (uint32_t i = 0; i < 128; ++i) {
    const bool own = encoding == Encoding::kWindows1252 && i < 32;
    table.single[i] = own ? kWindows1252[i] : 0x80 + i;
  }
  return table;
}

// One table of each, made when it is first asked for.
template <Encoding kEncoding>
const CharsetTable* Charset() {
  static const auto made = [] {
    CharsetTable table = BuiltIn(kEncoding);
    if (kEncoding == Encoding::kWindows1252 || kEncoding == Encoding::kIso88591) {
      return std::make_pair(std::move(table), true);
    }
    bool ok = ReadSingles(&table);
    if (ok && HasPairs(kEncoding)) ok = ReadPairs(&table);
    if (ok && kEncoding == Encoding::kGb18030) ok = ReadFours(&table);
    return std::make_pair(std::move(table), ok);
  }();
  return made.second ? &made.first : nullptr;
}

// The two-byte sequences of Big5 that are two characters: the only ones of any set.
std::pair<uint32_t, uint32_t> BigFiveDouble(uint8_t first, uint8_t second) {
  if (first != 0x88) return {};
  switch (second) {
    case 0x62:
      return {0xCA, 0x304};
    case 0x64:
      return {0xCA, 0x30C};
    case 0xA3:
      return {0xEA, 0x304};
    case 0xA5:
      return {0xEA, 0x30C};
    default:
      return {};
  }
}

}  // namespace

const CharsetTable* FindCharset(Encoding encoding) {
  switch (encoding) {
    case Encoding::kUtf8:
    case Encoding::kUtf16Le:
    case Encoding::kUtf16Be:
      return nullptr;
    case Encoding::kWindows1252:
      return Charset<Encoding::kWindows1252>();
    case Encoding::kIso88591:
      return Charset<Encoding::kIso88591>();
    case Encoding::kWindows1250:
      return Charset<Encoding::kWindows1250>();
    case Encoding::kWindows1251:
      return Charset<Encoding::kWindows1251>();
    case Encoding::kWindows1253:
      return Charset<Encoding::kWindows1253>();
    case Encoding::kWindows1254:
      return Charset<Encoding::kWindows1254>();
    case Encoding::kIso88592:
      return Charset<Encoding::kIso88592>();
    case Encoding::kIso885915:
      return Charset<Encoding::kIso885915>();
    case Encoding::kKoi8R:
      return Charset<Encoding::kKoi8R>();
    case Encoding::kShiftJis:
      return Charset<Encoding::kShiftJis>();
    case Encoding::kGb18030:
      return Charset<Encoding::kGb18030>();
    case Encoding::kEucKr:
      return Charset<Encoding::kEucKr>();
    case Encoding::kBig5:
      return Charset<Encoding::kBig5>();
  }
  return nullptr;
}

bool CanRead(Encoding encoding) {
  return encoding <= Encoding::kUtf16Be || FindCharset(encoding) != nullptr;
}

size_t CharsetDecoder::Feed(std::string_view bytes, std::string* out) {
  replaced_ = 0;
  for (size_t p = 0; p < bytes.size(); ++p) {
    if (pending_count_ == 0) {
      const size_t ascii = AsciiPrefix16(bytes.data() + p, bytes.size() - p);
      out->append(bytes.substr(p, ascii));
      p += ascii;
      // Up to the next place where a whole block may be plain again.
      const size_t end = std::min(bytes.size(), p + 16);
      for (; p < end && static_cast<uint8_t>(bytes[p]) < 0x80; ++p) out->push_back(bytes[p]);
      if (p == bytes.size()) break;
    }
    Take(static_cast<uint8_t>(bytes[p]), out);
  }
  return replaced_;
}

size_t CharsetDecoder::Finish(std::string* out) {
  replaced_ = 0;
  if (std::exchange(pending_count_, 0) != 0) Put(kReplacementChar, out);
  return replaced_;
}

void CharsetDecoder::Take(uint8_t byte, std::string* out) {
  if (pending_count_ == 0) return TakeFirst(byte, out);
  if (pending_count_ == 1) return TakeSecond(byte, out);
  TakeLaterOfFour(byte, out);
}

void CharsetDecoder::TakeFirst(uint8_t byte, std::string* out) {
  if (byte < 0x80) return Put(byte, out);
  const uint32_t meaning = table_ == nullptr ? kReplacementChar : table_->single[byte - 0x80];
  if (meaning != kLeadByte) return Put(meaning, out);
  pending_[0] = byte;
  pending_count_ = 1;
}

void CharsetDecoder::TakeSecond(uint8_t byte, std::string* out) {
  if (IsDigit(byte) && !table_->fours.empty()) {
    pending_[pending_count_++] = byte;
    return;
  }
  pending_count_ = 0;
  const uint32_t code_point = table_->pairs[(pending_[0] - 0x80u) * 256 + byte];
  if (code_point != kReplacementChar) return Put(code_point, out);
  if (table_->encoding == Encoding::kBig5) {
    const auto [letter, mark] = BigFiveDouble(pending_[0], byte);
    if (letter != 0) {
      Put(letter, out);
      return Put(mark, out);
    }
  }
  Put(kReplacementChar, out);
  if (byte < 0x80) Put(byte, out);  // the standard never lets an error swallow ASCII
}

// The third and fourth byte: what does not fit is read again as a beginning.
void CharsetDecoder::TakeLaterOfFour(uint8_t byte, std::string* out) {
  const bool third = pending_count_ == 2;
  if (third && byte >= 0x81 && byte <= 0xFE) {
    pending_[pending_count_++] = byte;
    return;
  }
  const size_t count = std::exchange(pending_count_, 0);
  if (!third && IsDigit(byte)) return Put(FourByte(byte), out);
  const std::array<uint8_t, 3> again = pending_;
  Put(kReplacementChar, out);
  for (size_t i = 1; i < count; ++i) Take(again[i], out);
  Take(byte, out);
}

uint32_t CharsetDecoder::FourByte(uint8_t last) const {
  const uint32_t pointer = (pending_[0] - 0x81u) * 12600 + (pending_[1] - 0x30u) * 1260 +
                           (pending_[2] - 0x81u) * 10 + (last - 0x30u);
  if (pointer < kFoursInBmp) return table_->fours[pointer];
  if (pointer < kFirstFourBeyondBmp || pointer > kLastFour) return kReplacementChar;
  return 0x10000 + pointer - kFirstFourBeyondBmp;
}

void CharsetDecoder::Put(uint32_t code_point, std::string* out) {
  if (code_point == kReplacementChar) ++replaced_;
  AppendUtf8(code_point, out);
}

}  // namespace leadline
