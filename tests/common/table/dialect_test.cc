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

struct Reading {
  const char* name;
  std::string text;
  char delimiter, quote, escape;
  size_t prefix_lines;
  std::vector<std::string> first;  // row that is read
};
void PrintTo(const Reading& r, std::ostream* os) {
  *os << r.name;
}
class GuessReadings : public ::testing::TestWithParam<Reading> {};

TEST_P(GuessReadings, FindsHowTheFileIsWritten) {
  const Reading& r = GetParam();
  const Dialect dialect = GuessDialect(r.text, true);
  EXPECT_EQ(DialectPartText(dialect.delimiter), DialectPartText(r.delimiter));
  EXPECT_EQ(DialectPartText(dialect.quote), DialectPartText(r.quote));
  EXPECT_EQ(DialectPartText(dialect.escape), DialectPartText(r.escape));
  EXPECT_EQ(dialect.prefix_lines, r.prefix_lines);
  const auto rows = SampleRows(r.text, true, dialect, 1);
  ASSERT_FALSE(rows.empty());
  EXPECT_EQ(rows[0], r.first);
}

const char kP1[] = "+14155551234";
const Reading kReadings[] = {
    {"Caret",
     "Name^Phone\nSmith, Anna^+14155551234\nHill, Ben^1\n",
     '^',
     '"',
     '\0',
     0,
     {"Name", "Phone"}},
    {"Tilde", "Name~Phone\nAnna~1\nBen~2\n", '~', '"', '\0', 0, {"Name", "Phone"}},
    {"Control1",
     "Name\x01Phone\nA, b\x01"
     "1\nC\x01"
     "2\n",
     '\x01',
     '"',
     '\0',
     0,
     {"Name", "Phone"}},
    {"UnitSeparator",
     "Name\x1fPhone\nA\x1f"
     "1\nC\x1f"
     "2\n",
     '\x1f',
     '"',
     '\0',
     0,
     {"Name", "Phone"}},
    {"Colon", "Name:Phone\nAnna:+14155551234\nBen:2\n", ':', '"', '\0', 0, {"Name", "Phone"}},
    {"Slash", "Name/Phone\nAnna/+14155551234\nBen/2\n", '/', '"', '\0', 0, {"Name", "Phone"}},
    {"Space",
     "Name Phone\nAnna +14155551234\n\"Ben Hill\" 2\n",
     ' ',
     '"',
     '\0',
     0,
     {"Name", "Phone"}},
    // What only looks like a delimiter.
    {"OneColumnOfSpacedNumbers",
     "Phone\n+1 415 555 1234\n+1 415 555 1235\n",
     ',',
     '"',
     '\0',
     0,
     {"Phone"}},
    {"OneColumnOfFullNames", "Full name\nAnna Smith\nBen Hill\n", ',', '"', '\0', 0, {"Full name"}},
    {"OneColumnOfTimes", "Time\n10:20\n10:30\n", ',', '"', '\0', 0, {"Time"}},
    {"AnEmptyColumnAtTheEnd",
     "Name,Phone,\nAnna,1,\nBen,2,\n",
     ',',
     '"',
     '\0',
     0,
     {"Name", "Phone", ""}},
    // Quotes.
    {"SingleQuotes",
     "'Name','Phone'\n'Smith, Anna','1'\n'O''Neil','2'\n",
     ',',
     '\'',
     '\0',
     0,
     {"Name", "Phone"}},
    {"ApostrophesOfSafeExport",
     "Name,Phone\n'=A,'+14155551234\n'-B,'+14155551235\n",
     ',',
     '"',
     '\0',
     0,
     {"Name", "Phone"}},
    {"ApostrophesInWords",
     "Name,Phone\nO'Neil,1\n'Ski' Hill,2\n",
     ',',
     '"',
     '\0',
     0,
     {"Name", "Phone"}},
    {"BothQuotes",
     "\"Name\",\"Note\"\n\"A\",\"'x'\"\n'b','c'\n",
     ',',
     '"',
     '\0',
     0,
     {"Name", "Note"}},
    {"Backslashes",
     "Name,Note\n\"A\",\"say \\\"hi, you\\\" now\"\n\"B\",\"x\"\n",
     ',',
     '"',
     '\\',
     0,
     {"Name", "Note"}},
    {"AFolderIsNoEscape",
     "Name,Note\n\"A\",\"C:\\\"\n\"B\",\"D:\\\"\n",
     ',',
     '"',
     '\0',
     0,
     {"Name", "Note"}},
    {"DoubledAfterABackslash",
     "Name,Note\n\"A\",\"a\\\"\"b\"\n",
     ',',
     '"',
     '\0',
     0,
     {"Name", "Note"}},
    // Comment lines.
    {"Comment",
     "# Exported by X, 2024, all\nName,Phone\nAnna,1\nBen,2\n",
     ',',
     '"',
     '\0',
     1,
     {"Name", "Phone"}},
    {"Comments", "# a\r\n\r\n#\r\nName;Phone\r\nAnna;1\r\n", ';', '"', '\0', 3, {"Name", "Phone"}},
    {"ARowThatBeginsWithANumberSign",
     std::string("#1 Dental,") + kP1 + "\n#2 Dental," + kP1 + "\nC," + kP1 + "\n",
     ',',
     '"',
     '\0',
     0,
     {"#1 Dental", kP1}},
    {"AShortRowThatBeginsWithANumberSign",
     std::string("#1 Dental\n#2 Dental,") + kP1 + "\nC," + kP1 + "\n",
     ',',
     '"',
     '\0',
     0,
     {"#1 Dental"}},
    {"AHeaderThatBeginsWithANumberSign",
     "#,Name,Phone\n1,Anna,1\n2,Ben,2\n",
     ',',
     '"',
     '\0',
     0,
     {"#", "Name", "Phone"}},
    {"ACommentAndSuchAHeader",
     "# list\n#,Name,Phone\n1,Anna,1\n2,Ben,2\n",
     ',',
     '"',
     '\0',
     1,
     {"#", "Name", "Phone"}},
    {"OnlyComments", "# a\n# b\n", ',', '"', '\0', 0, {"# a"}},
    {"SepLineAndComment", "sep=;\n# a\nName;Phone\nAnna;1\n", ';', '"', '\0', 1, {"Name", "Phone"}},
};
INSTANTIATE_TEST_SUITE_P(Dialects, GuessReadings, ::testing::ValuesIn(kReadings),
                         [](const auto& param) { return std::string(param.param.name); });

TEST(GuessDialect, AChosenCommentSkipsTheWholeRunAndNothingAfterTheHeader) {
  const std::string text = "%x,y\n%z,w\nName,Phone\n%a,1\n";
  EXPECT_EQ(GuessDialect(text, true).prefix_lines, 0u);
  const Dialect dialect = GuessDialect(text, true, {.comment = '%'});
  EXPECT_EQ(dialect.prefix_lines, 2u);
  EXPECT_EQ(SampleRows(text, true, dialect, 9).size(), 2u);
  EXPECT_EQ(GuessDialect("# a\nName,Phone\nA,1\n", true, {.comment = '\0'}).prefix_bytes, 0u);
}

TEST(GuessDialect, ChosenQuotesAndEscapesStand) {
  const std::string text = "'Name','Phone'\n'a\\'b','1'\n";
  const Dialect guessed = GuessDialect(text, true);
  EXPECT_EQ(guessed.quote, '\'');
  EXPECT_EQ(guessed.escape, '\\');
  const Dialect chosen = GuessDialect(text, true, {.quote = '\0', .escape = '\0'});
  EXPECT_EQ(chosen.quote, '\0');
  EXPECT_EQ(SampleRows(text, true, chosen, 1)[0][0], "'Name'");
  EXPECT_EQ(GuessDialect(text, true, {.quote = '"', .escape = '"'}).escape, '\0');
}

TEST(SetDialectPart, ReadsWhatItsTextSays) {
  for (int c = 1; c < 128; ++c) {
    if (c == '\r' || c == '\n') continue;
    DialectOverride forced;
    EXPECT_TRUE(SetDialectPart("delimiter", DialectPartText(static_cast<char>(c)), &forced).ok());
    EXPECT_EQ(forced.delimiter, static_cast<char>(c));
  }
  DialectOverride forced;
  EXPECT_TRUE(SetDialectPart("quote", "none", &forced).ok());
  EXPECT_EQ(forced.quote, '\0');
  EXPECT_TRUE(SetDialectPart("quote", "auto", &forced).ok());
  EXPECT_EQ(forced.quote, std::nullopt);
  EXPECT_TRUE(SetDialectPart("delimiter", "TAB", &forced).ok());
  EXPECT_EQ(forced.delimiter, '\t');
  for (const std::string bad : {"ab", "none", "\n", "\\x0a", "\\x00", "\\x80", "\\xg1", "é"}) {
    const Status status = SetDialectPart("delimiter", bad, &forced);
    ASSERT_FALSE(status.ok()) << bad;
    EXPECT_EQ(status.fields()[0].path, "delimiter");
    EXPECT_EQ(status.fields()[0].code, "not_a_character");
  }
}

TEST(CheckDialect, PartsMustDiffer) {
  EXPECT_TRUE(CheckDialect({}).ok());
  EXPECT_TRUE(CheckDialect({.delimiter = ';', .quote = '\0', .escape = '\0'}).ok());
  EXPECT_TRUE(CheckDialect({.quote = '"', .escape = '"'}).ok());
  EXPECT_EQ(CheckDialect({.delimiter = ';', .quote = ';'}).fields()[0].code, "same_character");
  EXPECT_EQ(CheckDialect({.delimiter = ';', .escape = ';'}).fields()[0].path, "escape");
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
