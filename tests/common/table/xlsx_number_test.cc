#include "common/table/xlsx_number.h"

#include <gmock/gmock.h>

namespace leadline {
namespace {

std::string Shown(std::string_view written, NumberFormat format = {}, bool from_1904 = false) {
  TextBuffer out;
  return AppendNumber(written, format, from_1904, &out) ? std::string(out.view()) : "no number";
}

struct Number {
  std::string written;
  std::string shown;
};

TEST(AppendNumber, ShowsWhatASpreadsheetShows) {
  const std::vector<Number> table = {
      {"0", "0"},
      {"-0", "0"},
      {"7", "7"},
      {"007", "7"},
      {"-12", "-12"},
      {"447911123456", "447911123456"},
      {"4.4791112345E11", "447911123450"},
      {"4.47911123456e+11", "447911123456"},
      {"1.4155551234E10", "14155551234"},
      {"14155551234.0", "14155551234"},
      {"999999999999999", "999999999999999"},
      {"12345678901234567", "12345678901234567"},
      {"1.2345678901234567E16", "12345678901234567"},
      {"0.1", "0.1"},
      {"0.30000000000000004", "0.3"},
      {"1.1000000000000001", "1.1"},
      {"2.9999999999999996", "3"},
      {"9.9999999999999995", "10"},
      {"99999.999999999993", "100000"},
      {"-19.989999999999998", "-19.99"},
      {"0.000123", "0.000123"},
      {"1E-7", "0.0000001"},
      {"1E-12", "1E-12"},
      {"1.5E+30", "1.5E+30"},
      {"1E21", "1E+21"},
      {"1E20", "100000000000000000000"},
      {".5", "0.5"},
      {"5.", "5"},
      {"+5", "5"},
      {"1E999999999999", "1E+100000"},
      {"", "no number"},
      {".", "no number"},
      {"-", "no number"},
      {"1e", "no number"},
      {"1,5", "no number"},
      {"1.2.3", "no number"},
      {" 1", "no number"},
      {"0x10", "no number"},
      {"NaN", "no number"},
  };
  for (const Number& n : table) EXPECT_EQ(Shown(n.written), n.shown) << n.written;
}

TEST(AppendNumber, PutsTheZerosOfTheFormatInFront) {
  EXPECT_EQ(Shown("7911123456", FormatOfCode("00000000000")), "07911123456");
  EXPECT_EQ(Shown("1234", FormatOfCode("00000")), "01234");
  EXPECT_EQ(Shown("123456", FormatOfCode("00000")), "123456");
  EXPECT_EQ(Shown("0", FormatOfCode("000")), "000");
}

constexpr NumberFormat kDate{NumberShow::kDate}, kDateTime{NumberShow::kDateTime},
    kTime{NumberShow::kTime}, kElapsed{NumberShow::kElapsed};

struct Date {
  std::string written;
  NumberFormat format;
  bool from_1904;
  std::string shown;
};
TEST(AppendNumber, ShowsDates) {
  const std::vector<Date> table = {
      {"46083", kDate, false, "2026-03-02"},
      {"46083.604166666664", kDateTime, false, "2026-03-02 14:30"},
      {"46083.604166666664", kTime, false, "14:30"},
      {"46083.604166666664", kDate, false, "2026-03-02"},
      {"46083", kDateTime, false, "2026-03-02 00:00"},
      {"46083.6042245", kDateTime, false, "2026-03-02 14:30:05"},
      {"46083.99999999999", kDateTime, false, "2026-03-03 00:00"},
      {"44621", kDate, true, "2026-03-02"},
      {"0", kDate, true, "1904-01-01"},
      {"1", kDate, false, "1900-01-01"},
      {"59", kDate, false, "1900-02-28"},
      {"60", kDate, false, "1900-02-29"},
      {"61", kDate, false, "1900-03-01"},
      {"36585", kDate, false, "2000-02-29"},
      {"2958465", kDate, false, "9999-12-31"},
      {"2958466", kDate, false, "2958466"},
      {"0", kDate, false, "0"},
      {"0.25", kDateTime, false, "06:00"},
      {"0.25", kTime, false, "06:00"},
      {"1.25", kTime, false, "06:00"},
      {"1.0625", kElapsed, false, "25:30"},
      {"-1", kDate, false, "-1"},
      {"1E300", kDate, false, "1E+300"},
      {"4.6083E4", kDate, false, "2026-03-02"},
  };
  for (const Date& d : table) {
    EXPECT_EQ(Shown(d.written, d.format, d.from_1904), d.shown) << d.written << " " << d.shown;
  }
}

struct Code {
  std::string code;
  NumberShow show;
};
TEST(FormatOfCode, TellsDatesFromNumbers) {
  const std::vector<Code> table = {
      {"General", NumberShow::kPlain},
      {"Standard", NumberShow::kPlain},
      {"", NumberShow::kPlain},
      {"0.00", NumberShow::kPlain},
      {"#,##0.00", NumberShow::kPlain},
      {"0.00E+00", NumberShow::kPlain},
      {"0%", NumberShow::kPlain},
      {"@", NumberShow::kPlain},
      {"0.0\" days\"", NumberShow::kPlain},
      {"\"m\"0", NumberShow::kPlain},
      {"[Red]0.00", NumberShow::kPlain},
      {"_-* #,##0.00 [$€-407]_-", NumberShow::kPlain},
      {"#,##0 \\d", NumberShow::kPlain},
      {"CHF #,##0", NumberShow::kPlain},
      {"0;d", NumberShow::kPlain},
      {"yyyy-mm-dd", NumberShow::kDate},
      {"YYYY\\-MM\\-DD;@", NumberShow::kDate},
      {"[$-409]d\\-mmm\\-yy;@", NumberShow::kDate},
      {"mmm-yy", NumberShow::kDate},
      {"mmmm", NumberShow::kDate},
      {"dddd", NumberShow::kDate},
      {"[$-411]ge.m.d", NumberShow::kDate},
      {"h:mm", NumberShow::kTime},
      {"mm:ss", NumberShow::kTime},
      {"h:mm AM/PM", NumberShow::kTime},
      {"hh:mm:ss.000", NumberShow::kTime},
      {"[h]:mm", NumberShow::kElapsed},
      {"[mm]:ss", NumberShow::kElapsed},
      {"m/d/yyyy h:mm", NumberShow::kDateTime},
      {"dd.mm.yyyy hh:mm:ss", NumberShow::kDateTime},
      {"h:mm dd/mm", NumberShow::kDateTime},
  };
  for (const Code& c : table) EXPECT_EQ(FormatOfCode(c.code).show, c.show) << c.code;
}

TEST(FormatOfCode, IsNotConfusedByWhatDoesNotClose) {
  for (const char* code : {"\"", "[", "\\", "_", "*", "[h", "\"yyyy", "m", "am/pm", "E"}) {
    FormatOfCode(code);
  }
  EXPECT_EQ(FormatOfCode("yyyy\"").show, NumberShow::kDate);
}

TEST(FormatOfId, KnowsTheFormatsWithoutAText) {
  const std::vector<std::pair<uint32_t, NumberShow>> table = {
      {0, NumberShow::kPlain},   {1, NumberShow::kPlain},     {13, NumberShow::kPlain},
      {14, NumberShow::kDate},   {17, NumberShow::kDate},     {18, NumberShow::kTime},
      {21, NumberShow::kTime},   {22, NumberShow::kDateTime}, {37, NumberShow::kPlain},
      {45, NumberShow::kTime},   {46, NumberShow::kElapsed},  {47, NumberShow::kTime},
      {49, NumberShow::kPlain},  {57, NumberShow::kDate},     {164, NumberShow::kPlain},
      {4000, NumberShow::kPlain}};
  for (const auto& [id, show] : table) EXPECT_EQ(FormatOfId(id).show, show) << id;
}

}  // namespace
}  // namespace leadline
