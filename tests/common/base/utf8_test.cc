#include "common/base/utf8.h"

#include <gtest/gtest.h>

namespace leadline {
namespace {

TEST(Utf8, RefusesOverlongSurrogateAndCutSequences) {
  for (const char* bad :
       {"\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82", "\x80", "a\xFFz"}) {
    EXPECT_FALSE(IsValidUtf8(bad)) << bad;
  }
  for (const char* good : {"", "plain", "Мария 山田 😀", "\xEF\xBF\xBD"}) {
    EXPECT_TRUE(IsValidUtf8(good)) << good;
  }
}

TEST(Utf8, ClipNeverCutsACodePoint) {
  EXPECT_EQ(ClipUtf8("山田太郎", 7), "山田…");
  EXPECT_EQ(ClipUtf8("short", 10), "short");
}

TEST(Utf8, TrimKnowsTheSpacesThatSpreadsheetsLeave) {
  EXPECT_EQ(TrimUtf8("\xC2\xA0 \t+49 30\xE3\x80\x80\xEF\xBB\xBF"), "+49 30");
  EXPECT_EQ(TrimUtf8(" \n "), "");
  EXPECT_EQ(TrimUtf8("é"), "é");
}

TEST(Utf8, CleanReplacesBadBytesAndDropsControls) {
  EXPECT_EQ(CleanUtf8(std::string_view("a\0b\x1b[31m\xFF", 9)), "ab[31m\xEF\xBF\xBD");
}

}  // namespace
}  // namespace leadline
