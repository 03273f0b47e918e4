#include "common/table/charset.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <string>

#include "common/base/utf8.h"

namespace leadline {
namespace {

std::string Decode(Encoding encoding, std::string_view bytes, size_t chunk = SIZE_MAX,
                   size_t* replaced = nullptr) {
  CharsetDecoder decoder(FindCharset(encoding));
  std::string text;
  size_t bad = 0;
  for (size_t p = 0; p < bytes.size(); p += std::min(chunk, bytes.size() - p)) {
    bad += decoder.Feed(std::string(bytes.substr(p, chunk)), &text);
  }
  bad += decoder.Finish(&text);
  if (replaced != nullptr) *replaced = bad;
  return text;
}

// As in tests/support/charset_sequences.mjs.
std::string Sequences(Encoding encoding) {
  std::string bytes;
  const auto put = [&bytes](std::initializer_list<int> sequence) {
    for (const int byte : sequence) bytes.push_back(static_cast<char>(byte));
    bytes.push_back('\n');
  };
  for (int a = 0; a < 256; ++a) put({a});
  if (FindCharset(encoding)->pairs.empty()) return bytes;
  for (int a = 0x80; a < 256; ++a) {
    for (int b = 0; b < 256; ++b) {
      const bool two = a == 0x88 && (b == 0x62 || b == 0x64 || b == 0xA3 || b == 0xA5);
      if (encoding != Encoding::kBig5 || !two) put({a, b});
    }
  }
  if (encoding != Encoding::kGb18030) return bytes;
  for (int p = 0; p < 1587600; p += p < 40000 ? 1 : 997) {
    put({0x81 + p / 12600, 0x30 + p / 1260 % 10, 0x81 + p / 10 % 126, 0x30 + p % 10});
  }
  return bytes;
}

std::string Figure(std::string_view text) {
  uint32_t hash = 0x811c9dc5;
  for (const char byte : text) hash = (hash ^ static_cast<uint8_t>(byte)) * 0x01000193;
  char out[9];
  std::snprintf(out, sizeof(out), "%08x", hash);
  return out;
}

TEST(Charset, ReadsEverySequenceAsTheBrowserDoes) {
  std::ifstream file(LEADLINE_SOURCE_DIR "/tests/data/charset_figures.txt");
  std::string name, figure;
  int charsets = 0;
  while (file >> name >> figure) {
    SCOPED_TRACE(name);
    const auto encoding = EncodingFromName(name);
    ASSERT_TRUE(encoding.has_value());
    ASSERT_NE(FindCharset(*encoding), nullptr);
    EXPECT_EQ(Figure(Decode(*encoding, Sequences(*encoding))), figure);
    ++charsets;
  }
  EXPECT_EQ(charsets, static_cast<int>(kEncodingCount) - 4);  // the UTFs, and ISO 8859-1: below
}

TEST(Charset, WhereAChunkEndsDoesNotMatter) {
  for (size_t i = 3; i < kEncodingCount; ++i) {
    const auto encoding = static_cast<Encoding>(i);
    SCOPED_TRACE(EncodingName(encoding));
    const std::string bytes = Sequences(encoding);
    size_t whole_replaced = 0;
    const std::string whole = Decode(encoding, bytes, SIZE_MAX, &whole_replaced);
    EXPECT_TRUE(IsValidUtf8(whole));
    for (const size_t chunk : {1, 2, 3, 7}) {
      size_t replaced = 0;
      EXPECT_EQ(Decode(encoding, bytes, chunk, &replaced), whole);
      EXPECT_EQ(replaced, whole_replaced);
    }
  }
}

struct Case {
  Encoding encoding;
  std::string bytes;
  std::string text;
  size_t replaced = 0;
};

TEST(Charset, KnownBytesAndErrors) {
  const std::string bad = "\xEF\xBF\xBD";
  const Case cases[] = {
      {Encoding::kIso88591, "\x80\x93\xE9", "\xC2\x80\xC2\x93é"},
      {Encoding::kWindows1252, "\x80\x81\xE9", "€\xC2\x81é"},
      {Encoding::kWindows1250, "\xA3\xF3\x64\x9F", "Łódź"},
      {Encoding::kWindows1250, "\x81", "\xC2\x81"},
      {Encoding::kWindows1251, "\xCA\xE8\xBF\xE2\x98", "Київ\xC2\x98"},
      {Encoding::kWindows1253, "\xC1\xE8\xDE\xED\xE1\xD2", "Αθήνα" + bad, 1},
      {Encoding::kWindows1254, "\xDDstanbul", "İstanbul"},
      {Encoding::kIso88592, "\xA3\xF3\x64\xBC", "Łódź"},
      {Encoding::kIso885915, "\xA4\xBD", "€œ"},
      {Encoding::kKoi8R, "\xED\xCF\xD3\xCB\xD7\xC1", "Москва"},
      {Encoding::kShiftJis, "\x93\x8C\x8B\x9E\xB1\x80", "東京ｱ\xC2\x80"},
      {Encoding::kShiftJis, "\x87\x40\xFA\xB1", "①﨑"},  // of Windows, not of JIS
      {Encoding::kShiftJis, "\x81,a", bad + ",a", 1},
      {Encoding::kShiftJis, "\x93", bad, 1},
      {Encoding::kGb18030, "\xB1\xB1\xBE\xA9\x80\x81\x30\x81\x30", "北京€\xC2\x80"},
      {Encoding::kGb18030, "\x94\x39\xDA\x33", "\xF0\x9F\x92\xA9"},
      {Encoding::kGb18030, "\x81\x30,", bad + "0,", 1},
      {Encoding::kGb18030, "\x81\x30\x81,", bad + "0" + bad + ",", 2},
      {Encoding::kGb18030, "\x81\x30\x81", bad, 1},
      {Encoding::kGb18030, "\x84\x31\xA4\x37", bad, 1},
      {Encoding::kEucKr, "\xBC\xAD\xBF\xEF\x80", "서울" + bad, 1},
      {Encoding::kBig5, "\xA5\x78\xA5\x5F\x88\x62", "台北Ê\xCC\x84"},
      {Encoding::kUtf8, "a\xE9", "a" + bad, 1},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(std::string(EncodingName(c.encoding)) + " " + c.text);
    size_t replaced = 0;
    EXPECT_EQ(Decode(c.encoding, c.bytes, SIZE_MAX, &replaced), c.text);
    EXPECT_EQ(replaced, c.replaced);
  }
}

TEST(Encoding, NamesTitlesAndAliases) {
  for (size_t i = 0; i < kEncodingCount; ++i) {
    const auto encoding = static_cast<Encoding>(i);
    EXPECT_EQ(EncodingFromName(EncodingName(encoding)), encoding);
    EXPECT_FALSE(EncodingTitle(encoding).empty());
    EXPECT_NE(EncodingNames().find(EncodingName(encoding)), std::string::npos);
  }
  EXPECT_EQ(EncodingFromName("Latin1"), Encoding::kIso88591);
  EXPECT_EQ(EncodingFromName("CP1250"), Encoding::kWindows1250);
  EXPECT_EQ(EncodingFromName("GBK"), Encoding::kGb18030);
  EXPECT_EQ(EncodingFromName("ebcdic"), std::nullopt);
}

}  // namespace
}  // namespace leadline
