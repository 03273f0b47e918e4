#include "common/table/csv_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace leadline {
namespace {

struct ReadRow {
  uint64_t number;
  uint64_t offset;
  uint32_t flags;
  std::vector<std::string> cells;
  friend bool operator==(const ReadRow& a, const ReadRow& b) {
    return a.number == b.number && a.offset == b.offset && a.flags == b.flags && a.cells == b.cells;
  }
};

void PrintTo(const ReadRow& row, std::ostream* os) {
  *os << "#" << row.number << "@" << row.offset << " flags " << row.flags << ":";
  for (const std::string& cell : row.cells) *os << " [" << cell.substr(0, 80) << "]";
}

struct Collector : CsvSink {
  std::vector<ReadRow> rows;
  void OnRow(const CsvRow& row) override {
    rows.push_back({row.number, row.offset, row.flags, {row.cells.begin(), row.cells.end()}});
  }
};

std::vector<ReadRow> Read(std::string_view text, const CsvOptions& options = {},
                          size_t chunk = SIZE_MAX) {
  Collector collector;
  CsvReader reader(options, &collector);
  for (size_t p = 0; p < text.size(); p += std::min(chunk, text.size() - p)) {
    const std::string copy(text.substr(p, chunk));  // so that views into an old chunk are found out
    reader.Feed(copy);
  }
  reader.Finish();
  EXPECT_EQ(reader.rows(), collector.rows.size());
  return collector.rows;
}

using Table = std::vector<std::vector<std::string>>;

Table Cells(const std::vector<ReadRow>& rows) {
  Table table;
  for (const ReadRow& row : rows) table.push_back(row.cells);
  return table;
}

struct Case {
  const char* name;
  std::string text;
  Table cells;
  std::vector<uint32_t> flags = {};  // of each row; empty: all 0
  char delimiter = ',';
  char quote = '"';
  char escape = '\0';
};

void PrintTo(const Case& c, std::ostream* os) {
  *os << c.name;
}

class CsvCases : public ::testing::TestWithParam<Case> {};

TEST_P(CsvCases, ReadsWholeAndInChunksOfAnySize) {
  const Case& c = GetParam();
  const CsvOptions options{.delimiter = c.delimiter, .quote = c.quote, .escape = c.escape};
  const std::vector<ReadRow> rows = Read(c.text, options);
  EXPECT_EQ(Cells(rows), c.cells);
  for (size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(rows[i].flags, c.flags.empty() ? 0 : c.flags.at(i)) << "row " << i;
  }
  for (const size_t chunk : {1, 2, 3, 7, 64, 65}) {
    EXPECT_EQ(Read(c.text, options, chunk), rows) << "chunks of " << chunk;
  }
}

const Case kCases[] = {
    {"Nothing", "", {}},
    {"OneCell", "a", {{"a"}}},
    {"Simple", "a,b,c\n1,2,3\n", {{"a", "b", "c"}, {"1", "2", "3"}}},
    {"NoLastLineEnd", "a,b\n1,2", {{"a", "b"}, {"1", "2"}}},
    {"CrLf", "a,b\r\n1,2\r\n", {{"a", "b"}, {"1", "2"}}},
    {"CrOnly", "a,b\r1,2\r", {{"a", "b"}, {"1", "2"}}},
    {"MixedLineEnds", "a\nb\r\nc\rd\n", {{"a"}, {"b"}, {"c"}, {"d"}}},
    {"BlankLines", "\n\r\na\n\n\nb\r\r\n", {{"a"}, {"b"}}},
    {"EmptyCells", ",\n,,\n", {{"", ""}, {"", "", ""}}},
    {"TrailingDelimiter", "a,b,\n1,2,", {{"a", "b", ""}, {"1", "2", ""}}},
    {"Ragged", "a,b,c\n1\n1,2,3,4\n", {{"a", "b", "c"}, {"1"}, {"1", "2", "3", "4"}}},
    {"Quoted", "\"a\",\"b\"\n", {{"a", "b"}}},
    {"QuotedEmpty", "\"\",\"\"\n\"\"", {{"", ""}, {""}}},
    {"DelimiterInQuotes", "\"a,b\",c\n", {{"a,b", "c"}}},
    {"LineEndsInQuotes", "\"a\nb\",\"c\r\nd\"\n\"e\rf\"", {{"a\nb", "c\r\nd"}, {"e\rf"}}},
    {"DoubledQuotes", "\"a\"\"b\",\"\"\"\",\"\"\"c\"\"\"\n", {{"a\"b", "\"", "\"c\""}}},
    {"Json",
     "key,val\n1,\"{\"\"type\"\": \"\"Point\"\", \"\"xy\"\": [1.0, 0.5]}\"\n",
     {{"key", "val"}, {"1", "{\"type\": \"Point\", \"xy\": [1.0, 0.5]}"}}},
    {"QuoteInsideUnquoted", "a\"b,c\"\"d,e\"\n", {{"a\"b", "c\"\"d", "e\""}}},
    {"SpaceBeforeQuote", "a, \"b\",c\n", {{"a", " \"b\"", "c"}}},
    {"SpacesKept", " a , b \n", {{" a ", " b "}}},
    {"TextAfterQuote",
     "\"a\"b,c\n\"x\" ,y\n",
     {{"ab", "c"}, {"x ", "y"}},
     {kCsvTextAfterQuote, kCsvTextAfterQuote}},
    {"QuotesNotDoubled", "\"say \"hi\" now\",c\n", {{"say hi\" now\"", "c"}}, {kCsvTextAfterQuote}},
    {"Semicolons", "a;b,c;\"d;e\"\n", {{"a", "b,c", "d;e"}}, {}, ';'},
    {"Tabs", "a\tb c\t\"d\te\"\n", {{"a", "b c", "d\te"}}, {}, '\t'},
    {"Pipes", "a|b|\n", {{"a", "b", ""}}, {}, '|'},
    {"Utf8", "naïve,“x”\n太郎,😀\n", {{"naïve", "“x”"}, {"太郎", "😀"}}},
    {"LongerThanABlock",
     std::string(200, 'x') + "," + std::string(100, 'y') + "\n\"" + std::string(130, 'z') + "\"",
     {{std::string(200, 'x'), std::string(100, 'y')}, {std::string(130, 'z')}}},
    {"NulInPlain", std::string("a\0b,c\nd\n", 8), {{"ab", "c"}, {"d"}}, {kCsvNulBytes, 0}},
    {"NulInQuotes", std::string("\"a\0\"\"b\"\n", 8), {{"a\"b"}}, {kCsvNulBytes}},
    {"NulAfterQuote",
     std::string("\"a\"\0,b\n", 7),
     {{"a", "b"}},
     {kCsvNulBytes | kCsvTextAfterQuote}},
    {"NulAlone", std::string("\0\n\0,\0", 5), {{""}, {"", ""}}, {kCsvNulBytes, kCsvNulBytes}},
    {"BrokenQuoteAtTheEnd",
     "a,b\n1,\"x\n2,y\n3,z\n",
     {{"a", "b"}, {"1", "\"x"}, {"2", "y"}, {"3", "z"}},
     {0, kCsvBrokenQuote, 0, 0}},
    {"BrokenQuoteBeforeAnotherCellInQuotes",
     "1,\"x\n2,y\n3,\"z, w\"\n4,v\n",
     {{"1", "\"x"}, {"2", "y"}, {"3", "z, w"}, {"4", "v"}},
     {kCsvBrokenQuote, 0, 0, 0}},
    {"TwoBrokenQuotes",
     "\"a\nb\n\"c\nd\n",
     {{"\"a"}, {"b"}, {"\"c"}, {"d"}},
     {kCsvBrokenQuote, 0, kCsvBrokenQuote, 0}},
    {"BrokenQuoteAloneInAFile", "\"", {{"\""}}, {kCsvBrokenQuote}},
    {"BrokenQuoteWithCellsAfterIt",
     "\"a,\"\"b,c\nd\n",
     {{"\"a", "\"\"b", "c"}, {"d"}},
     {kCsvBrokenQuote, 0}},
    // Other dialects.
    {"ControlDelimiter",
     "a\x1f"
     "b,c\x1f\"d\x1f"
     "e\"\n",
     {{"a", "b,c",
       "d\x1f"
       "e"}},
     {},
     '\x1f'},
    {"SpaceDelimiter", "a \"b c\" d\n", {{"a", "b c", "d"}}, {}, ' '},
    {"SingleQuotes", "'a,b','it''s',\"c\"\n", {{"a,b", "it's", "\"c\""}}, {}, ',', '\''},
    {"ApostropheInsideAWord", "O'Neil,'x'\n", {{"O'Neil", "x"}}, {}, ',', '\''},
    {"NoQuotes", "\"a,b\"\nc,d\n", {{"\"a", "b\""}, {"c", "d"}}, {}, ',', '\0'},
    {"NoQuotesAndNul", std::string("\"a\0\n", 4), {{"\"a"}}, {kCsvNulBytes}, ',', '\0'},
    {"Escaped", R"("a\"b","\\","c")", {{"a\"b", "\\", "c"}}, {}, ',', '"', '\\'},
    {"EscapedBesideDoubled", R"("a\"b ""c""",d)", {{"a\"b \"c\"", "d"}}, {}, ',', '"', '\\'},
    {"EscapeBeforeTheDelimiterAndLineEnd",
     "\"a\\\", \\\nb\",c\n",
     {{"a\", \\\nb", "c"}},
     {},
     ',',
     '"',
     '\\'},
    {"EscapeBeforeOtherTextIsText",
     R"("a\nb",c\"d,\)",
     {{"a\\nb", "c\\\"d", "\\"}},
     {},
     ',',
     '"',
     '\\'},
    {"EscapeNextToAClosingQuote",
     R"("a"\b,c)",
     {{"a\\b", "c"}},
     {kCsvTextAfterQuote},
     ',',
     '"',
     '\\'},
    {"EscapeAtTheEndBreaksTheQuote",
     "\"a\\\"\nb\n",
     {{"\"a\\\""}, {"b"}},
     {kCsvBrokenQuote, 0},
     ',',
     '"',
     '\\'},
    {"BackslashWithoutEscape", R"("C:\",b)", {{"C:\\", "b"}}},
};

INSTANTIATE_TEST_SUITE_P(Csv, CsvCases, ::testing::ValuesIn(kCases),
                         [](const auto& param_info) { return std::string(param_info.param.name); });

TEST(CsvReader, NumbersRowsAsASpreadsheetDoesAndTellsTheirOffsets) {
  const auto rows = Read("a\n\n\"b\nb\"\r\n\r\nc");
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].number, 1u);
  EXPECT_EQ(rows[1].number, 3u);
  EXPECT_EQ(rows[2].number, 5u);
  EXPECT_EQ(rows[1].offset, 3u);
  EXPECT_EQ(rows[2].offset, 12u);
}

TEST(CsvReader, AQuoteThatNeverClosesCostsOnlyItsOwnRow) {
  std::string text = "1,\"broken\n";
  for (int i = 0; i < 20000; ++i) text += std::to_string(i) + ",plain text of a row\n";
  for (const size_t chunk : {SIZE_MAX, size_t{1}, size_t{4096}}) {
    const auto rows = Read(text, {}, chunk);
    ASSERT_EQ(rows.size(), 20001u);
    EXPECT_EQ(rows[0].flags, kCsvBrokenQuote);
    for (size_t i = 1; i < rows.size(); ++i) {
      ASSERT_EQ(rows[i].flags, 0u);
      ASSERT_EQ(rows[i].cells[0], std::to_string(i - 1));
    }
  }
}

TEST(CsvReader, CutsALongCellAtTheBoundAndGoesOn) {
  const CsvOptions options{.max_field_bytes = 10, .max_row_bytes = 100};
  const auto rows = Read("0123456789,0123456789A,b\n\"23456789\",\"23456789A\"\nc\n", options);
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_THAT(rows[0].cells, ::testing::ElementsAre("0123456789", "0123456789", "b"));
  EXPECT_EQ(rows[0].flags, kCsvFieldTooLong);
  // The second quote closes past the bound: taken as one that never closes.
  EXPECT_EQ(rows[1].cells[0], "23456789");
  EXPECT_EQ(rows[1].flags, kCsvBrokenQuote | kCsvFieldTooLong);
  EXPECT_EQ(rows[2].flags, 0u);
}

TEST(CsvReader, NeverCutsThroughACharacter) {
  const CsvOptions options{.max_field_bytes = 10, .max_row_bytes = 100};
  EXPECT_EQ(Read("123456789é\n", options)[0].cells[0], "123456789");
}

TEST(CsvReader, DropsWhatIsBeyondTheRowBound) {
  const CsvOptions options{.max_field_bytes = 10, .max_row_bytes = 20};
  for (const size_t chunk : {SIZE_MAX, size_t{1}, size_t{5}}) {
    const auto rows = Read("a,b\n1,2,3,4,5,6,7,8,9,10,11,12\nc,d\n", options, chunk);
    ASSERT_EQ(rows.size(), 3u);
    EXPECT_EQ(rows[1].flags, kCsvRowTooLong);
    EXPECT_THAT(rows[1].cells,
                ::testing::ElementsAre("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", ""));
    EXPECT_THAT(rows[2].cells, ::testing::ElementsAre("c", "d"));
  }
}

TEST(CsvReader, TenMegabytesInOneFieldAreOneRowFault) {
  const std::string big(10 << 20, 'x');
  for (const std::string& cell : {big, "\"" + big + "\"", "\"" + big}) {
    const auto rows = Read("a,b\n1," + cell + "\n2,c\n", {}, 64 * 1024);
    ASSERT_EQ(rows.size(), 3u);
    EXPECT_NE(rows[1].flags & kCsvFieldTooLong, 0u);
    EXPECT_EQ(rows[1].cells[1].size(), 64u * 1024);
    EXPECT_THAT(rows[2].cells, ::testing::ElementsAre("2", "c"));
  }
}

TEST(CsvReader, KeepsTheFirstColumnsOfFiveThousand) {
  std::string line;
  for (int i = 0; i < 5000; ++i) line += std::to_string(i) + ",";
  const auto rows = Read(line + "\na,b\n");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].flags, kCsvTooManyColumns);
  EXPECT_EQ(rows[0].cells.size(), 1024u);
  EXPECT_EQ(rows[0].cells[1023], "1023");
  EXPECT_THAT(rows[1].cells, ::testing::ElementsAre("a", "b"));
}

// Texts made of the bytes that matter, against every bound and dialect, in two chunkings.
TEST(CsvReader, ChunkBordersNeverMatter) {
  const std::string_view bytes("a,\"\n\r\"b\0\\'", 10);
  constexpr char kQuotes[] = {'"', '\'', '\0'};
  uint32_t seed = 1;
  const auto next = [&seed] { return (seed = seed * 1664525u + 1013904223u) >> 16; };
  for (int round = 0; round < 20000; ++round) {
    const CsvOptions tight{.quote = kQuotes[next() % 3],
                           .escape = next() % 2 == 0 ? '\\' : '\0',
                           .max_field_bytes = 6,
                           .max_row_bytes = 14,
                           .max_columns = 4};
    std::string text;
    const size_t length = next() % 60;
    for (size_t i = 0; i < length; ++i) text += bytes[next() % bytes.size()];
    const auto whole = Read(text, tight);
    ASSERT_EQ(Read(text, tight, 1), whole) << ::testing::PrintToString(text);
    ASSERT_EQ(Read(text, tight, 1 + next() % 9), whole) << ::testing::PrintToString(text);
  }
}

}  // namespace
}  // namespace leadline
