#include <gmock/gmock.h>

#include <functional>
#include <string>

#include "common/table/workbook_list.h"
#include "common/table/xlsx_sheet.h"
#include "common/table/xml_scanner.h"
#include "tests/common/table/list_test_support.h"
#include "tests/support/zip_writer.h"

namespace leadline {
namespace {

using testing_support::Book;
using testing_support::MemorySource;
using testing_support::ReadBook;
using testing_support::ReadSheet;
using testing_support::Zip;
using testing_support::ZipFile;

// One sheet with these rows.
Book Rows(std::string rows) {
  return Book{.sheets = {{"Leads", std::move(rows)}}};
}
std::string TextOf(const Book& book) {
  const ReadBook read = ReadSheet(book.Bytes());
  return read.error.empty() ? read.text : read.error;
}
// A row of inline texts; an empty one is a cell that is not there.
std::string Row(int number, const std::vector<std::string>& cells) {
  const std::string n = std::to_string(number);
  std::string row = "<row r=\"" + n + "\">";
  for (size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].empty()) continue;
    row += "<c r=\"" + std::string(1, static_cast<char>('A' + i)) + n +
           "\" t=\"inlineStr\"><is><t>" + cells[i] + "</t></is></c>";
  }
  return row + "</row>";
}

TEST(SheetReader, ReadsEveryKindOfCell) {
  Book book = Rows(
      "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"
      "<c r=\"C1\" t=\"inlineStr\"><is><t>in</t></is></c>"
      "<c r=\"D1\"><v>447911123456</v></c><c r=\"E1\"><v>4.4791112345E11</v></c>"
      "<c r=\"F1\" t=\"b\"><v>1</v></c><c r=\"G1\" t=\"b\"><v>0</v></c>"
      "<c r=\"H1\" t=\"e\"><v>#N/A</v></c>"
      "<c r=\"I1\" t=\"str\"><f>A1&amp;\"x\"</f><v>cached</v></c>"
      "<c r=\"J1\" s=\"1\"><f>TODAY()</f><v>46083</v></c>"
      "<c r=\"K1\" s=\"2\"><v>46083.604166666664</v></c>"
      "<c r=\"L1\" t=\"n\" s=\"0\"><v>0.30000000000000004</v></c>"
      "<c r=\"M1\" t=\"d\"><v>2026-03-02T14:30:00</v></c>"
      "<c r=\"N1\" t=\"d\"><v>2026-03-02T00:00:00.000Z</v></c>"
      "<c r=\"O1\" s=\"3\"><v>7911123456</v></c></row>");
  book.strings =
      "<si><t>one</t></si>"
      "<si><r><rPr><b/></rPr><t>ri</t></r><r><t xml:space=\"preserve\">ch </t></r>"
      "<rPh sb=\"0\" eb=\"1\"><t>PHONETIC</t></rPh></si>";
  book.styles =
      "<numFmts><numFmt numFmtId=\"164\" formatCode=\"dd.mm.yyyy hh:mm\"/>"
      "<numFmt numFmtId=\"165\" formatCode=\"00000000000\"/></numFmts>"
      "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
      "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/>"
      "<xf numFmtId=\"165\"/></cellXfs>";
  EXPECT_EQ(TextOf(book),
            "one,rich ,in,447911123456,447911123450,TRUE,FALSE,#N/A,cached,2026-03-02,"
            "2026-03-02 14:30,0.3,2026-03-02 14:30,2026-03-02,07911123456\n");
}

TEST(SheetReader, TextsAreQuotedOnlyWhereCsvNeedsIt) {
  EXPECT_EQ(TextOf(Rows(Row(1, {"a,b", "say &quot;hi&quot;", "two&#10;lines", "it's", "sep=;"}))),
            "\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",it's,\"sep=;\"\n");
  EXPECT_EQ(TextOf(Rows(Row(1, {"a_x000D__x000A_b", "_x005F_x0041_", "_xZZZZ_", "_x00"}))),
            "\"a\r\nb\",_x0041_,_xZZZZ_,_x00\n");
}

TEST(SheetReader, RowNumbersAreLineNumbers) {
  EXPECT_EQ(TextOf(Rows(Row(3, {"name", "phone"}) + "<row r=\"4\"/>" + Row(6, {"Ann", "1"}))),
            "\n\nname,phone\n\n\nAnn,1\n");
}

TEST(SheetReader, CellsAndRowsWithoutAPlaceAreTheNextOnes) {
  EXPECT_EQ(TextOf(Rows("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c>"
                        "<c r=\"D2\"><v>4</v></c><c><v>5</v></c></row>")),
            "1,2,,,\n3,,,4,5\n");
}

TEST(SheetReader, CellsInAnyOrderComeOutInTheirColumns) {
  EXPECT_EQ(TextOf(Rows("<row r=\"1\"><c r=\"C1\"><v>3</v></c><c r=\"A1\"><v>1</v></c>"
                        "<c r=\"E1\"><v>5</v></c><c r=\"B1\"><v>2</v></c></row>")),
            "1,2,3,,5\n");
}

TEST(SheetReader, RowsOutOfOrderAreReadAndSaid) {
  const ReadBook read =
      ReadSheet(Rows(Row(5, {"five"}) + Row(2, {"two"}) + Row(9, {"nine"})).Bytes());
  EXPECT_EQ(read.text, "\n\n\n\nfive\ntwo\n\n\nnine\n");
  ASSERT_EQ(read.notes.size(), 1u);
  EXPECT_EQ(read.notes[0].code, "sheet_rows_moved");
}

TEST(SheetReader, RowsAreAsWideAsTheListEvenWhenTheirLastCellsAreMissing) {
  std::string rows = Row(1, {"name", "phone", "note"});
  std::string expected = "name,phone,note\n";
  for (int i = 2; i < 500; ++i) {
    rows += Row(i, {"Ann", "1"});
    expected += "Ann,1,\n";
  }
  rows += Row(500, {"Ann", "1", "", "beyond"});
  EXPECT_EQ(TextOf(Rows(rows)), expected + "Ann,1,,beyond\n");
}

TEST(SheetReader, HiddenRowsAreReadAndSaid) {
  const ReadBook read = ReadSheet(
      Rows(Row(1, {"a"}) + "<row r=\"2\" hidden=\"1\"><c r=\"A2\"><v>2</v></c></row>" +
           "<row r=\"3\" hidden=\"true\"/>" + "<row r=\"4\" hidden=\"0\"><c><v>4</v></c></row>")
          .Bytes());
  EXPECT_EQ(read.text, "a\n2\n\n4\n");
  ASSERT_EQ(read.notes.size(), 1u);
  EXPECT_EQ(read.notes[0].code, "sheet_hidden_rows");
  EXPECT_THAT(read.notes[0].message, testing::EndsWith(" 1"));
}

TEST(SheetReader, AMergedHeaderFillsItsColumns) {
  Book book = Rows(Row(1, {"name", "phone", "", "note"}) + Row(2, {"", "mobile", "home"}) +
                   Row(3, {"Ann", "1", "2", "x"}) + Row(4, {"Bob", "3", "", ""}));
  book.sheets[0].after =
      "<mergeCells><mergeCell ref=\"B1:C1\"/><mergeCell ref=\"A1:A2\"/>"
      "<mergeCell ref=\"B4:D4\"/><mergeCell ref=\"nonsense\"/><mergeCell "
      "ref=\"D1:\"/></mergeCells>";
  EXPECT_EQ(TextOf(book), "name,phone,phone,note\nname,mobile,home,\nAnn,1,2,x\nBob,3,,\n");
}

TEST(SheetReader, ATitleAboveTheListIsLeftOutAndSaid) {
  Book book = Rows(Row(1, {"Our customers"}) + Row(2, {"as of May"}) + Row(3, {"name", "phone"}) +
                   Row(4, {"Ann", "1"}));
  book.sheets[0].after =
      "<mergeCells><mergeCell ref=\"A1:B1\"/><mergeCell ref=\"A2:B2\"/></mergeCells>";
  const ReadBook read = ReadSheet(book.Bytes());
  EXPECT_EQ(read.text, "\n\nname,phone\nAnn,1\n");
  ASSERT_EQ(read.notes.size(), 1u);
  EXPECT_EQ(read.notes[0].code, "sheet_title_rows");
}

TEST(SheetReader, StrictAndPrefixedWorkbooksLookAlike) {
  Book book = {.sheets = {{"S", "<x:row r=\"1\"><x:c r=\"A1\" t=\"s\"><x:v>0</x:v></x:c></x:row>"}},
               .strings = "<x:si><x:t>text</x:t></x:si>",
               .prefix = "x:",
               .ns = "http://purl.oclc.org/ooxml/spreadsheetml/main",
               .relations = "http://purl.oclc.org/ooxml/officeDocument/relationships"};
  EXPECT_EQ(TextOf(book), "text\n");
}

TEST(SheetReader, DatesCountFrom1904WhereTheWorkbookSaysSo) {
  Book book = Rows("<row r=\"1\"><c r=\"A1\" s=\"0\"><v>44621</v></c></row>");
  book.styles = "<cellXfs><xf numFmtId=\"14\"/></cellXfs>";
  book.from_1904 = true;
  EXPECT_EQ(TextOf(book), "2026-03-02\n");
}

TEST(SheetReader, OnlyCellsOfTheSheetCount) {
  EXPECT_EQ(TextOf(Rows(Row(1, {"a"}) +
                        "<row r=\"2\"><c r=\"A2\"><extLst><v>no</v><is><t>no</t></is></extLst>"
                        "<v>2</v></c><other><v>3</v></other></row>")),
            "a\n2\n");
}

TEST(Workbook, NamesItsSheetsAndPicksOne) {
  const Book book = {.sheets = {{"Old &amp; hidden", Row(1, {"old"}), "hidden"},
                                {"Leads", Row(1, {"leads"})},
                                {"Größe", Row(1, {"third"}), "veryHidden"}}};
  const ReadBook read = ReadSheet(book.Bytes());
  ASSERT_EQ(read.sheets.size(), 3u);
  EXPECT_EQ(read.sheets[0].name, "Old & hidden");
  EXPECT_TRUE(read.sheets[0].hidden);
  EXPECT_FALSE(read.sheets[1].hidden);
  EXPECT_TRUE(read.sheets[2].hidden);
  EXPECT_EQ(read.text, "leads\n");
  EXPECT_EQ(ReadSheet(book.Bytes(), "Größe").text, "third\n");
  const ReadBook unknown = ReadSheet(book.Bytes(), "Nowhere");
  EXPECT_EQ(unknown.error, "sheet_unknown");
  EXPECT_THAT(unknown.message, testing::EndsWith("Old & hidden, Leads, Größe"));
}

TEST(Workbook, WhenAllSheetsAreHiddenTheFirstIsRead) {
  EXPECT_EQ(TextOf(Book{.sheets = {{"A", Row(1, {"a"}), "hidden"}}}), "a\n");
}

TEST(SheetReader, NothingIsLostWhereAStepEndsInTheMiddleOfARow) {
  std::string rows, expected;
  for (int i = 1; i <= 20000; ++i) {
    const std::string n = std::to_string(i * 7919);
    rows += Row(i, {"name " + n, "phone " + n, "", "note " + n});
    expected += "name " + n + ",phone " + n + ",,note " + n + "\n";
  }
  const ReadBook read = ReadSheet(Rows(rows).Bytes());
  EXPECT_GT(read.steps, 10);
  EXPECT_TRUE(read.text == expected);
}

TEST(SheetReader, AWorkInProgressIsDoneInSmallSteps) {
  std::string rows;
  for (int i = 1; i <= 60000; ++i) {
    rows += "<row r=\"" + std::to_string(i) + "\"><c t=\"s\"><v>0</v></c></row>";
  }
  Book book = Rows(rows);
  book.strings = "<si><t>" + std::string(1000, 'x') + "</t></si>";
  const ReadBook read = ReadSheet(book.Bytes());
  EXPECT_EQ(read.text.size(), 60000u * 1001);
  EXPECT_GT(read.steps, 50);
  EXPECT_LT(read.largest, 3u << 20);
}

TEST(SheetReader, WhatIsOverALimitStaysOverItInItsRow) {
  const std::string quotes(40000, '"');
  std::string cells, many;
  for (int i = 0; i < 1100; ++i) cells += "<c><v>1</v></c>";
  for (int i = 0; i < 30; ++i) many += "<c t=\"s\"><v>0</v></c>";
  Book book = Rows(Row(1, {"phone", "note"}) + Row(2, {"+14155551234", quotes}) + "<row>" + cells +
                   "</row><row>" + many + "</row>" + Row(5, {"+14155551235", "fine"}));
  book.strings = "<si><t>" + std::string(30000, '\n') + std::string(30000, 'x') + "</t></si>";
  MemorySource source(book.Bytes());
  testing_support::Kept kept;
  const Result<ListSummary> summary =
      CheckWorkbook(&source, testing_support::PhoneOnly(), &kept, [] { return false; });
  ASSERT_TRUE(summary.ok());
  ASSERT_EQ(kept.rows.size(), 4u);
  EXPECT_EQ(kept.rows[0].main_code, "row_field_too_long");
  EXPECT_EQ(kept.rows[1].main_code, "row_over_column_limit");
  EXPECT_EQ(kept.rows[2].main_code, "row_too_long");
  EXPECT_EQ(kept.rows[3].main_code, "");
  EXPECT_EQ(kept.rows[3].number, 5u);
}

struct Refused {
  std::string name;
  std::function<std::string()> bytes;  // made when it is asked for: some are large
  std::string slug;
};
void PrintTo(const Refused& r, std::ostream* out) {
  *out << r.name;
}

std::string BytesOf(std::string rows) {
  return Rows(std::move(rows)).Bytes();
}
std::string Cell(const std::string& place) {
  return BytesOf("<row r=\"1\"><c r=\"" + place + "\"><v>1</v></c></row>");
}
std::string WithDoctype() {
  Book book = Rows(Row(1, {"&lol;"}));
  book.before_sheet = "<!DOCTYPE x [<!ENTITY lol \"ha\">]>";
  return book.Bytes();
}
std::string Without(std::string_view part) {
  std::vector<ZipFile> files = Rows(Row(1, {"a"})).Files();
  std::erase_if(files, [part](const ZipFile& file) { return file.name == part; });
  return Zip(files);
}
std::string HugeAttribute() {
  std::string value;
  for (int i = 0; value.size() <= kMaxXmlBytes; ++i) value += std::to_string(i);
  return BytesOf("<row a=\"" + value + "\"/>");
}
std::string Nested(int depth) {
  std::string open;
  for (int i = 0; i < depth; ++i) open += "<" + std::string(20, 'a') + std::to_string(i) + ">";
  return BytesOf(open);
}

class XlsxRefusal : public ::testing::TestWithParam<Refused> {};
TEST_P(XlsxRefusal, HasItsCodeAndSaysWhatToDo) {
  const ReadBook read = ReadSheet(GetParam().bytes());
  EXPECT_EQ(read.error, GetParam().slug) << read.message;
  EXPECT_THAT(read.message,
              testing::MatchesRegex(".*(choose|Choose|save|Save|Unpack).*|There is.*"));
}
INSTANTIATE_TEST_SUITE_P(
    Table, XlsxRefusal,
    ::testing::Values(
        Refused{"AnotherZip",
                [] {
                  return Zip({{"list.csv", "a,b\n"}});
                },
                "xlsx_not_a_workbook"},
        Refused{"OpenDocument",
                [] {
                  return Zip({{"content.xml", "<x/>"}});
                },
                "xlsx_not_a_workbook"},
        Refused{"Binary",
                [] {
                  return Zip({{"_rels/.rels", Book::Relations(Book().Relation("a", "officeDocument",
                                                                              "xl/workbook.bin"))},
                              {"xl/workbook.bin", "x"}});
                },
                "xlsx_not_a_workbook"},
        Refused{"NoSheets", [] { return Book().Bytes(); }, "xlsx_no_sheet"},
        Refused{"NoRelations", [] { return Without("xl/_rels/workbook.xml.rels"); },
                "xlsx_no_sheet"},
        Refused{"SheetMissing", [] { return Without("xl/worksheets/sheet1.xml"); }, "xlsx_damaged"},
        Refused{"BrokenXml", [] { return BytesOf("<row></c>"); }, "xlsx_damaged"},
        Refused{"NotUtf8", [] { return BytesOf(Row(1, {"\xFF\xFE"})); }, "xlsx_damaged"},
        Refused{"NoSuchString", [] { return BytesOf("<row><c t=\"s\"><v>0</v></c></row>"); },
                "xlsx_damaged"},
        Refused{"StringIsNoNumber", [] { return BytesOf("<row><c t=\"s\"><v>-1</v></c></row>"); },
                "xlsx_damaged"},
        Refused{"Doctype", [] { return WithDoctype(); }, "xlsx_doctype"},
        Refused{"NestedWithoutEnd", [] { return Nested(300000); }, "xlsx_too_complex"},
        Refused{"HugeAttribute", [] { return HugeAttribute(); }, "xlsx_too_complex"},
        Refused{"ColumnTooFar", [] { return Cell("XFE1"); }, "xlsx_bad_reference"},
        Refused{"FourLetters", [] { return Cell("AAAA1"); }, "xlsx_bad_reference"},
        Refused{"RowTooFar", [] { return Cell("A1048577"); }, "xlsx_bad_reference"},
        Refused{"RowZero", [] { return Cell("A0"); }, "xlsx_bad_reference"},
        Refused{"NegativeRow", [] { return Cell("A-1"); }, "xlsx_bad_reference"},
        Refused{"NoColumn", [] { return Cell("1"); }, "xlsx_bad_reference"},
        Refused{"NoRow", [] { return Cell("A"); }, "xlsx_bad_reference"},
        Refused{"HugeRow", [] { return Cell("A99999999999999999999"); }, "xlsx_bad_reference"},
        Refused{"RowNumberTooFar", [] { return BytesOf("<row r=\"1048577\"/>"); },
                "xlsx_bad_reference"},
        Refused{"RowNumberIsNone", [] { return BytesOf("<row r=\"x\"/>"); }, "xlsx_bad_reference"},
        Refused{
            "TwiceInARow",
            [] { return BytesOf("<row><c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>"); },
            "xlsx_bad_reference"}),
    [](const auto& param_info) { return param_info.param.name; });

TEST(CheckWorkbook, GivesPlanRowsAndNotes) {
  const Book book = {.sheets = {{"Other", Row(1, {"x"})},
                                {"Leads", Row(2, {"Name", "Phone"}) +
                                              "<row r=\"3\" hidden=\"1\"><c t=\"inlineStr\"><is><t>"
                                              "Ann</t></is></c><c><v>14155551234</v></c></row>" +
                                              Row(5, {"Bob", "nonsense"})}}};
  MemorySource source(book.Bytes());
  ListOptions options = testing_support::PhoneOnly();
  options.sheet = "Leads";
  options.accept_repairs = true;
  options.encoding = Encoding::kUtf16Le;  // of no meaning here
  options.dialect.delimiter = ';';
  testing_support::Kept kept;
  const Result<ListSummary> summary = CheckWorkbook(&source, options, &kept, [] { return false; });
  ASSERT_TRUE(summary.ok()) << summary.status().message();
  EXPECT_EQ(kept.plan.sheet, "Leads");
  ASSERT_EQ(kept.plan.sheets.size(), 2u);
  ASSERT_EQ(kept.rows.size(), 2u);
  EXPECT_EQ(kept.rows[0].number, 3u);
  EXPECT_EQ(kept.rows[0].draft.phone, "+14155551234");
  EXPECT_EQ(kept.rows[1].number, 5u);
  EXPECT_NE(kept.rows[1].main_code, "");
  EXPECT_EQ(summary->rows, 2u);
  EXPECT_EQ(summary->bytes, source.size());
  ASSERT_EQ(summary->notes.size(), 1u);
  EXPECT_EQ(summary->notes[0].code, "sheet_hidden_rows");
}

TEST(CheckWorkbook, CanBeStopped) {
  MemorySource source(BytesOf(Row(1, {"a"})));
  testing_support::Kept kept;
  int asked = 0;
  const Result<ListSummary> summary =
      CheckWorkbook(&source, {}, &kept, [&asked] { return ++asked > 3; });
  EXPECT_EQ(summary.status().slug(), "stopped");
}

}  // namespace
}  // namespace leadline
