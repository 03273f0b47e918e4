#include "common/table/dialect.h"

#include <gtest/gtest.h>

#include <string>

namespace leadline {
namespace {

struct Case {
  const char* text;
  char delimiter;
  bool has_header;
};

const Case kCases[] = {
    {"Name,Phone\nAnna,+14155551234\n", ',', true},
    {"Name;Phone;Note\nAnna;+14155551234;a, b, c\nBen;+14155551235;d, e\n", ';', true},
    {"Name\tPhone\nAnna, Dr.\t+14155551234\n", '\t', true},
    {"Name|Phone\nAnna|+14155551234\n", '|', true},
    {"Nachname;Telefon;Preis\nA;+14155551234;1,5\nB;+14155551235;2,5\n", ';', true},
    {"Anna,+14155551234,anna@example.com\nBen,+14155551235,ben@example.com\n", ',', false},
    {"+14155551234\n+14155551235\n", ',', false},
    {"phone\n+14155551234\n", ',', true},
    {"\"Name\",\"Note\"\n\"A\",\"x;y;z\nnext; line\"\n\"B\",\"p;q\"\n", ',', true},
    {"", ',', true},
    {"\n\n", ',', true},
};

TEST(GuessDialect, FindsDelimiterAndHeader) {
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.text);
    const Dialect dialect = GuessDialect(c.text, true);
    EXPECT_EQ(dialect.delimiter, c.delimiter);
    EXPECT_EQ(dialect.has_header, c.has_header);
    EXPECT_EQ(dialect.prefix_bytes, 0u);
    EXPECT_GE(dialect.header_score, 0.5);
    EXPECT_LE(dialect.header_score, 1.0);
  }
}

TEST(GuessDialect, ASepLineDecidesAndIsSkipped) {
  for (const std::string line : {"sep=|\n", "sep=|\r\n", "SEP=|\r", "\"sep=|\"\n"}) {
    const Dialect dialect = GuessDialect(line + "a,b|c\n", true);
    EXPECT_EQ(dialect.delimiter, '|') << line;
    EXPECT_EQ(dialect.prefix_bytes, line.size()) << line;
    EXPECT_EQ(SampleRows(line + "a,b|c\n", true, dialect, 9)[0][0], "a,b");
  }
  EXPECT_EQ(GuessDialect("sep=ab\nc,d\n", true).prefix_bytes, 0u);
  EXPECT_EQ(GuessDialect("separate,b\nc,d\n", true).prefix_bytes, 0u);
}

TEST(GuessDialect, WhatTheUserChoseStands) {
  const Dialect dialect =
      GuessDialect("Name,Phone\nAnna,1\n", true, {.delimiter = ';', .has_header = false});
  EXPECT_EQ(dialect.delimiter, ';');
  EXPECT_FALSE(dialect.has_header);
  EXPECT_EQ(dialect.delimiter_score, 1);
}

TEST(GuessDialect, ARowThatTheHeadCutsInTwoDoesNotCount) {
  EXPECT_EQ(SampleRows("a,b\nc,d\ne,", false, {}, 9).size(), 2u);
  EXPECT_EQ(SampleRows("a,b\nc,d\ne,", true, {}, 9).size(), 3u);
  EXPECT_EQ(SampleRows("a,b,", false, {}, 9).size(), 1u);
}

}  // namespace
}  // namespace leadline
