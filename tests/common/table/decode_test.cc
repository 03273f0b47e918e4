#include "common/table/decode.h"

#include <gtest/gtest.h>

#include <string>

#include "common/base/utf8.h"

namespace leadline {
namespace {

struct Text : TextSink {
  std::string all;
  void OnText(std::string_view utf8) override {
    EXPECT_TRUE(IsValidUtf8(utf8));
    all += utf8;
  }
};

struct Decoded {
  std::string text;
  uint64_t replaced;
  Encoding encoding;
};

Decoded Decode(std::string_view bytes, const EncodingGuess& guess, size_t chunk = SIZE_MAX) {
  Text text;
  TextDecoder decoder(guess, &text);
  for (size_t p = 0; p < bytes.size(); p += std::min(chunk, bytes.size() - p)) {
    decoder.Feed(std::string(bytes.substr(p, chunk)));
  }
  decoder.Finish();
  return {text.all, decoder.replaced(), decoder.encoding()};
}

std::string Utf16(std::u16string_view text, bool big_endian) {
  std::string out;
  for (const char16_t unit : text) {
    const char high = static_cast<char>(unit >> 8);
    const char low = static_cast<char>(unit & 0xFF);
    out += big_endian ? high : low;
    out += big_endian ? low : high;
  }
  return out;
}

constexpr std::u16string_view kText16 = u"Name,Phone\nJürgen 😀 Müller,+491701234567\n";
constexpr std::string_view kText8 = "Name,Phone\nJürgen 😀 Müller,+491701234567\n";

struct Case {
  const char* name;
  std::string bytes;
  Encoding encoding;
  bool bom;
  std::string text;
  uint64_t replaced = 0;
};

const Case kCases[] = {
    {"Nothing", "", Encoding::kUtf8, false, ""},
    {"Ascii", "a,b\n", Encoding::kUtf8, false, "a,b\n"},
    {"Utf8", std::string(kText8), Encoding::kUtf8, false, std::string(kText8)},
    {"Utf8Bom", "\xEF\xBB\xBF" + std::string(kText8), Encoding::kUtf8, true, std::string(kText8)},
    {"Utf16Le", Utf16(kText16, false), Encoding::kUtf16Le, false, std::string(kText8)},
    {"Utf16Be", Utf16(kText16, true), Encoding::kUtf16Be, false, std::string(kText8)},
    {"Utf16LeBom", "\xFF\xFE" + Utf16(kText16, false), Encoding::kUtf16Le, true,
     std::string(kText8)},
    {"Utf16BeBom", "\xFE\xFF" + Utf16(kText16, true), Encoding::kUtf16Be, true,
     std::string(kText8)},
    {"Latin1",
     "J\xFCrgen M\xFCller,Stra\xDF"
     "e",
     Encoding::kWindows1252, false, "Jürgen Müller,Straße"},
    {"Windows1252", "caf\xE9 \x80 100 \x93quoted\x94", Encoding::kWindows1252, false,
     "café € 100 “quoted”"},
    {"DamagedUtf8", "Jürgen Müller, caf\xE9", Encoding::kUtf8, false,
     "Jürgen Müller, caf\xEF\xBF\xBD", 1},
};

TEST(GuessEncoding, TellsWhatAFileIsAndDecodesItInAnyChunks) {
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.name);
    const EncodingGuess guess = GuessEncoding(c.bytes, true);
    EXPECT_EQ(guess.encoding, c.encoding);
    EXPECT_EQ(guess.has_bom, c.bom);
    EXPECT_GT(guess.confidence, 0.5);
    EXPECT_LE(guess.confidence, 1);
    for (const size_t chunk : {SIZE_MAX, size_t{1}, size_t{2}, size_t{3}}) {
      const Decoded decoded = Decode(c.bytes, guess, chunk);
      EXPECT_EQ(decoded.text, c.text);
      EXPECT_EQ(decoded.replaced, c.replaced);
    }
  }
}

TEST(GuessEncoding, ACharacterCutByTheEndOfTheHeadIsNoFault) {
  EXPECT_EQ(GuessEncoding("a\xC3", false).encoding, Encoding::kUtf8);
  EXPECT_EQ(GuessEncoding("a\xC3", true).encoding, Encoding::kWindows1252);
}

TEST(TextDecoder, TheFirstByteBeyondAsciiDecides) {
  const EncodingGuess ascii = GuessEncoding("plain", false);
  ASSERT_TRUE(ascii.ascii_so_far);
  for (const size_t chunk : {SIZE_MAX, size_t{1}}) {
    Decoded latin = Decode("plain caf\xE9 \xC3\xA9", ascii, chunk);
    EXPECT_EQ(latin.text, "plain café Ã©");
    EXPECT_EQ(latin.encoding, Encoding::kWindows1252);
    Decoded utf8 = Decode("plain caf\xC3\xA9 \xE9", ascii, chunk);
    EXPECT_EQ(utf8.text, "plain café \xEF\xBF\xBD");
    EXPECT_EQ(utf8.encoding, Encoding::kUtf8);
    EXPECT_EQ(utf8.replaced, 1u);
    EXPECT_EQ(Decode("ends with \xC3", ascii, chunk).text, "ends with Ã");
  }
}

TEST(TextDecoder, BrokenSequencesAreReplacedAndCounted) {
  struct {
    std::string bytes;
    uint64_t replaced;
  } const cases[] = {
      {"\xC0\x80", 2},
      {"\xED\xA0\x80", 3},
      {"\xF5\x80\x80\x80", 4},
      {"\xE2\x82", 1},
      {"a\xE2\x82"
       "b",
       2},
      {"\x80", 1},
      {"\xF0\x9F\x98", 1},
      {"\xEF\xBF\xBD", 1},
  };
  for (const auto& c : cases) {
    for (const size_t chunk : {SIZE_MAX, size_t{1}, size_t{2}}) {
      const Decoded d = Decode(c.bytes, {.encoding = Encoding::kUtf8}, chunk);
      EXPECT_EQ(d.replaced, c.replaced) << c.bytes;
      EXPECT_TRUE(IsValidUtf8(d.text));
    }
  }
}

TEST(TextDecoder, LoneSurrogatesAndAnOddByteAreReplaced) {
  const std::string bytes = Utf16(
                                u"a\xD800"
                                u"b\xDC00"
                                u"c",
                                false) +
                            "x";
  for (const size_t chunk : {SIZE_MAX, size_t{1}}) {
    const Decoded d = Decode(bytes, {.encoding = Encoding::kUtf16Le}, chunk);
    EXPECT_EQ(d.text,
              "a\xEF\xBF\xBD"
              "b\xEF\xBF\xBD"
              "c\xEF\xBF\xBD");
    EXPECT_EQ(d.replaced, 3u);
  }
}

TEST(TextDecoder, AForcedEncodingIsTaken) {
  EXPECT_EQ(Decode("\x93", {.encoding = Encoding::kIso88591}).text, "\xC2\x93");
  EXPECT_EQ(Decode("\x93", {.encoding = Encoding::kWindows1252}).text, "“");
}

}  // namespace
}  // namespace leadline
