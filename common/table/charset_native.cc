// The seam on the C library's iconv.
#include <iconv.h>

#include <algorithm>
#include <iterator>

#include "common/base/utf8.h"
#include "common/table/charset_platform.h"

namespace leadline {
namespace {

// Where glibc's tables are not the standard's: `count` sequences from `first` on are the code
// points from `code_point` on. Two-byte sequences, or single bytes below 0x100.
struct Correction {
  uint16_t first;
  uint16_t code_point;
  uint16_t count;
};
constexpr Correction kShiftJis[] = {{0x80, 0x80, 1}};
constexpr Correction kGb18030[] = {
    {0x80, 0x20AC, 1},   {0xA3A0, 0x3000, 1}, {0xFE51, 0xE816, 3},
    {0xFE6C, 0xE831, 1}, {0xFE76, 0xE83B, 1}, {0xFE91, 0xE855, 1},
};
// The edition of 2005 moved these to two bytes and left their four bytes without a meaning; the
// standard reads both. As numbers of the four-byte sequence.
constexpr Correction kGb18030Fours[] = {{19057, 0x9FB4, 8}, {39076, 0xFE10, 10}};
// The standard reads symbols as Windows does, and takes the doubles that HKSCS dropped.
constexpr Correction kBig5[] = {
    {0x80, 0xFFFD, 1},    {0xFF, 0xFFFD, 1},   {0x8E69, 0x7BB8, 1}, {0x8E6F, 0x7C06, 1},
    {0x8E7E, 0x7CCE, 1},  {0x8EAB, 0x7DD2, 1}, {0x8EB4, 0x7E1D, 1}, {0x8ECD, 0x8005, 1},
    {0x8ED0, 0x8028, 1},  {0x8F57, 0x83C1, 1}, {0x8F69, 0x84A8, 1}, {0x8F6E, 0x840F, 1},
    {0x8FCB, 0x89A6, 1},  {0x8FCC, 0x89A9, 1}, {0x8FFE, 0x8D77, 1}, {0x906D, 0x90FD, 1},
    {0x907A, 0x92B9, 1},  {0x90DC, 0x975C, 1}, {0x90F1, 0x97FF, 1}, {0x91BF, 0x9F16, 1},
    {0x9244, 0x8503, 1},  {0x92AF, 0x5159, 1}, {0x92B0, 0x515B, 1}, {0x92B1, 0x515D, 2},
    {0x92C8, 0x936E, 1},  {0x92D1, 0x7479, 1}, {0x9447, 0x6D67, 1}, {0x94CA, 0x799B, 1},
    {0x95D9, 0x9097, 1},  {0x9644, 0x975D, 1}, {0x96ED, 0x701E, 1}, {0x96FC, 0x5B28, 1},
    {0x9B76, 0x7201, 1},  {0x9B78, 0x77D7, 1}, {0x9B7B, 0x7E87, 1}, {0x9BC6, 0x99D6, 1},
    {0x9BDE, 0x91D4, 1},  {0x9BEC, 0x60DE, 1}, {0x9BF6, 0x6FB6, 1}, {0x9C42, 0x8F36, 1},
    {0x9C53, 0x4FBB, 1},  {0x9C62, 0x71DF, 1}, {0x9C68, 0x9104, 1}, {0x9C6B, 0x9DF0, 1},
    {0x9C77, 0x83CF, 1},  {0x9CBC, 0x5C10, 1}, {0x9CBD, 0x79E3, 1}, {0x9CD0, 0x5A67, 1},
    {0x9D57, 0x8F0B, 1},  {0x9D5A, 0x7B51, 1}, {0x9DC4, 0x62D0, 1}, {0x9EA9, 0x6062, 1},
    {0x9EEF, 0x75F9, 1},  {0x9EFD, 0x6C4A, 1}, {0x9F60, 0x9B2E, 1}, {0x9F66, 0x9F17, 1},
    {0x9FCB, 0x50ED, 1},  {0x9FD8, 0x5F0C, 1}, {0xA063, 0x880F, 1}, {0xA077, 0x62CE, 1},
    {0xA0D5, 0x7468, 1},  {0xA0DF, 0x7162, 1}, {0xA0E4, 0x7250, 1}, {0xA145, 0x2027, 1},
    {0xA14E, 0xFE51, 1},  {0xA15A, 0x2574, 1}, {0xA1C2, 0x00AF, 1}, {0xA1C3, 0xFFE3, 1},
    {0xA1C5, 0x02CD, 1},  {0xA1E3, 0xFF5E, 1}, {0xA1F2, 0x2295, 1}, {0xA1F3, 0x2299, 1},
    {0xA1FE, 0xFF0F, 1},  {0xA240, 0xFF3C, 1}, {0xA241, 0x2215, 1}, {0xA242, 0xFE68, 1},
    {0xA244, 0xFFE5, 1},  {0xA246, 0xFFE0, 2}, {0xA2CC, 0x5341, 1}, {0xA2CE, 0x5345, 1},
    {0xA3C0, 0x2400, 32}, {0xA3E0, 0x2421, 1}, {0xA3E1, 0x20AC, 1}, {0xC6CF, 0x5EF4, 1},
    {0xC6D3, 0x65E0, 1},  {0xC6D5, 0x7676, 1}, {0xC6D7, 0x96B6, 1}, {0xC6DE, 0x3003, 1},
    {0xC6DF, 0x4EDD, 1},  {0xFA5F, 0x5029, 1}, {0xFA66, 0x507D, 1}, {0xFABD, 0x5305, 1},
    {0xFAC5, 0x5344, 1},  {0xFAD5, 0x537F, 1}, {0xFB48, 0x5605, 1}, {0xFBB8, 0x5A77, 1},
    {0xFBF3, 0x5E75, 1},  {0xFBF9, 0x5ED0, 1}, {0xFC4F, 0x5F58, 1}, {0xFC6C, 0x60A4, 1},
    {0xFCB9, 0x6490, 1},  {0xFCE2, 0x6674, 1}, {0xFCF1, 0x675E, 1}, {0xFDB7, 0x6C9C, 1},
    {0xFDB8, 0x6E1D, 1},  {0xFDBB, 0x6E2F, 1}, {0xFDF1, 0x716E, 1}, {0xFE52, 0x732A, 1},
    {0xFE6F, 0x745C, 1},  {0xFEAA, 0x74E9, 1}, {0xFEDD, 0x7809, 1}};

struct Source {
  const char* name;  // of glibc's converter
  std::span<const Correction> corrections = {};
  bool controls = false;  // a byte below 0xA0 without a meaning is the control character
};
Source SourceOf(Encoding encoding) {
  switch (encoding) {
    case Encoding::kWindows1250:
      return {.name = "CP1250", .controls = true};
    case Encoding::kWindows1251:
      return {.name = "CP1251", .controls = true};
    case Encoding::kWindows1253:
      return {.name = "CP1253", .controls = true};
    case Encoding::kWindows1254:
      return {.name = "CP1254", .controls = true};
    case Encoding::kIso88592:
      return {.name = "ISO-8859-2"};
    case Encoding::kIso885915:
      return {.name = "ISO-8859-15"};
    case Encoding::kKoi8R:
      return {.name = "KOI8-R"};
    case Encoding::kShiftJis:
      return {.name = "CP932", .corrections = kShiftJis};
    case Encoding::kGb18030:
      return {.name = "GB18030", .corrections = kGb18030};
    case Encoding::kEucKr:
      return {.name = "CP949"};
    case Encoding::kBig5:
      return {.name = "BIG5-HKSCS", .corrections = kBig5};
    default:
      return {.name = nullptr};
  }
}

// U+FFFD unless `bytes` are exactly one character.
uint32_t ReadOne(iconv_t converter, std::string_view bytes) {
  char in[4];
  unsigned char out[16];
  std::copy(bytes.begin(), bytes.end(), in);
  char* from = in;
  char* to = reinterpret_cast<char*>(out);
  size_t from_left = bytes.size();
  size_t to_left = sizeof(out);
  iconv(converter, nullptr, nullptr, nullptr, nullptr);  // a fault before it leaves no state
  const bool fault = iconv(converter, &from, &from_left, &to, &to_left) == static_cast<size_t>(-1);
  // Some sets hold the last character back until they know that no accent follows.
  iconv(converter, nullptr, nullptr, &to, &to_left);
  if (fault || from_left != 0 || to_left != sizeof(out) - 4) return kReplacementChar;
  return uint32_t{out[0]} | uint32_t{out[1]} << 8 | uint32_t{out[2]} << 16 | uint32_t{out[3]} << 24;
}

uint32_t Key(std::string_view sequence) {
  const auto byte = [sequence](size_t i) { return uint32_t{static_cast<uint8_t>(sequence[i])}; };
  if (sequence.size() == 1) return byte(0);
  if (sequence.size() == 2) return byte(0) << 8 | byte(1);
  return (byte(0) - 0x81) * 12600 + (byte(1) - 0x30) * 1260 + (byte(2) - 0x81) * 10 +
         (byte(3) - 0x30);
}

uint32_t Corrected(std::span<const Correction> corrections, uint32_t key, uint32_t code_point) {
  for (const Correction& c : corrections) {
    if (key >= c.first && key < uint32_t{c.first} + c.count) return c.code_point + (key - c.first);
  }
  return code_point;
}

}  // namespace

bool ReadSequences(Encoding encoding, std::string_view sequences, size_t length,
                   std::span<uint32_t> code_points) {
  const Source source = SourceOf(encoding);
  if (source.name == nullptr) return false;
  const iconv_t converter = iconv_open("UTF-32LE", source.name);
  // POSIX says so. NOLINTNEXTLINE(performance-no-int-to-ptr)
  if (converter == reinterpret_cast<iconv_t>(-1)) return false;
  const std::span<const Correction> corrections =
      length == 4 ? std::span<const Correction>(kGb18030Fours) : source.corrections;
  for (size_t i = 0; i < code_points.size(); ++i) {
    const std::string_view sequence = sequences.substr(i * length, length);
    const uint32_t key = Key(sequence);
    uint32_t read = Corrected(corrections, key, ReadOne(converter, sequence));
    if (source.controls && read == kReplacementChar && key < 0xA0) read = key;
    code_points[i] = read;
  }
  iconv_close(converter);
  return true;
}

}  // namespace leadline
