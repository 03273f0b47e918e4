#include "common/lead/typed_value.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "common/lead/country_names.h"
#include "common/lead/validate.h"

namespace leadline {
namespace {

struct ReadCase {
  const char* type;  // as the API writes it
  const char* text;
  const char* problem;
  const char* value;  // to be stored where it fits, else proposed; "" as it stands or none
};
void PrintTo(const ReadCase& c, std::ostream* out) {
  *out << c.type << ' ' << c.text;
}

constexpr ReadCase kReadings[] = {
    {"text", "007", "", ""},
    {"number", "1234", "", ""},
    {"number", "0", "", ""},
    {"number", "0.50", "", ""},
    {"number", "-12.5", "", ""},
    {"number", "−12.5", "", "-12.5"},
    {"number", "1,234.56", "", "1234.56"},
    {"number", "1.234,56", "", "1234.56"},
    {"number", "1 234,56", "", "1234.56"},
    {"number", "1\u00A0234\u202F567", "", "1234567"},
    {"number", "1'234.50", "", "1234.50"},
    {"number", "1’234.50", "", "1234.50"},
    {"number", "12,34,567.5", "", "1234567.5"},
    {"number:point", "1,234", "", "1234"},
    {"number:comma", "1,234", "", "1.234"},
    {"number:point", "1.234", "", ""},
    {"number:comma", "1.234", "", "1234"},
    {"number", "1,234", "value_not_number", ""},
    {"number", "$1,234.50", "", "1234.50"},
    {"number", "1.234,50 €", "", "1234.50"},
    {"number", "15 %", "", "15"},
    {"number", "USD 20", "", "20"},
    {"number", "007", "value_not_number", ""},
    {"number", "1.2E+05", "value_not_number", ""},
    {"number", "12,34", "", "12.34"},
    {"number:point", "12,34", "value_not_number", ""},
    {"number", "1,23,4", "value_not_number", ""},
    {"number", "1.2.3", "value_not_number", ""},
    {"number", "twelve", "value_not_number", ""},
    {"number", "1.", "value_not_number", ""},
    {"number", ".5", "value_not_number", ""},
    {"number", "12345678901234567", "value_not_number", ""},
    {"date", "2026-03-04", "", ""},
    {"date", "2026-3-4", "", "2026-03-04"},
    {"date", "2026/03/04", "", "2026-03-04"},
    {"date", "20260304", "", "2026-03-04"},
    {"date", "2026年3月4日", "", "2026-03-04"},
    {"date:dmy", "03/04/2026", "", "2026-04-03"},
    {"date:mdy", "03/04/2026", "", "2026-03-04"},
    {"date:ymd", "26-03-04", "", "2026-03-04"},
    {"date", "03/04/2026", "value_date_ambiguous", ""},
    {"date", "04/04/2026", "", "2026-04-04"},
    {"date", "25/12/2026", "", "2026-12-25"},
    {"date", "12/25/2026", "", "2026-12-25"},
    {"date:dmy", "12/25/2026", "value_not_date", ""},
    {"date:dmy", "4.3.2026", "", "2026-03-04"},
    {"date:dmy", "4. 3. 2026", "", "2026-03-04"},
    {"date:dmy", "31.02.2026", "value_not_date", ""},
    {"date:dmy", "29.02.2024", "", "2024-02-29"},
    {"date", "March 4, 2026", "", "2026-03-04"},
    {"date", "Mar 4th 2026", "", "2026-03-04"},
    {"date", "4-Mar-26", "", "2026-03-04"},
    {"date", "Wed, 4 March 2026", "", "2026-03-04"},
    {"date", "4. März 2026", "", "2026-03-04"},
    {"date", "1er mars 2026", "value_not_date", ""},
    {"date", "4 de agosto de 2026", "", "2026-08-04"},
    {"date", "4 août 2026", "", "2026-08-04"},
    {"date", "4 Martin 2026", "value_not_date", ""},
    {"date:dmy", "04/03/71", "", "1971-03-04"},
    {"date:dmy", "04/03/29", "", "2029-03-04"},
    {"date:dmy", "04/03/55", "value_two_digit_year", "1955-03-04"},
    {"date", "45123", "value_excel_date", "2023-07-16"},
    {"datetime", "45123.5", "value_excel_date", "2023-07-16T12:00"},
    {"date", "2026-03-04 00:00:00", "", "2026-03-04"},
    {"date", "2026-03-04 15:30", "value_not_date", ""},
    {"date", "tomorrow", "value_not_date", ""},
    {"date", "3/2026", "value_not_date", ""},
    {"date", "0000-00-00", "value_not_date", ""},
    {"date", "192.168.10.1", "value_not_date", ""},
    {"datetime", "2026-03-04T15:30:00Z", "", ""},
    {"datetime", "2026-03-04T15:30", "", ""},
    {"datetime", "2026-03-04", "", ""},
    {"datetime:mdy", "3/4/2026 3:30 PM", "", "2026-03-04T15:30"},
    {"datetime:mdy",
     "3/4/2026, 12:05:09\u202F"
     "AM",
     "", "2026-03-04T00:05:09"},
    {"datetime", "2026-03-04 15:30 +0200", "", "2026-03-04T15:30+02:00"},
    {"datetime", "2026-03-04 15:30:01.250 UTC", "", "2026-03-04T15:30:01.250Z"},
    {"datetime", "2026-03-04 25:30", "value_not_date", ""},
    {"datetime", "2026-03-04 13:30 PM", "value_not_date", ""},
    {"datetime", "2026-03-04 15:30 Berlin", "value_not_date", ""},
    {"yes_no", "yes", "", ""},
    {"yes_no", "TRUE", "", "yes"},
    {"yes_no", "Ja", "", "yes"},
    {"yes_no", "Sí", "", "yes"},
    {"yes_no", "да", "", "yes"},
    {"yes_no", "はい", "", "yes"},
    {"yes_no", "Não", "", "no"},
    {"yes_no", "hayır", "", "no"},
    {"yes_no", "0", "", "no"},
    {"yes_no", "x", "", "yes"},
    {"yes_no", "f", "value_not_yes_no", ""},
    {"yes_no", "maybe", "value_not_yes_no", ""},
    {"yes_no", "y true", "value_not_yes_no", ""},
    {"choice", "anything", "", ""},
    {"choice:Small| Large ", "large", "", "Large"},
    {"choice:Small|Large", "Small", "", ""},
    {"choice:Small|Large", "Medium", "value_not_choice", ""},
    {"url", "https://example.com/a?b=1", "", ""},
    {"url", "example.com", "", ""},
    {"url", "not a url", "value_not_url", ""},
    {"url", "https://", "value_not_url", ""},
    {"email", "anna@example.com", "", ""},
    {"email", "mailto:anna@example.com", "value_not_email", "anna@example.com"},
    {"email", "anna", "value_not_email", ""},
    {"phone", "+14155551234", "", ""},
    {"phone", "(415) 555-1234", "", "+14155551234"},
    {"phone", "12", "value_not_phone", ""},
};

class ReadTypedTest : public ::testing::TestWithParam<ReadCase> {};

TEST_P(ReadTypedTest, GivesTheFormOrTheProblem) {
  const ReadCase& c = GetParam();
  const Result<ColumnType> type = ParseColumnType(c.type);
  ASSERT_TRUE(type.ok());
  const TypedReading reading = ReadTyped(c.text, *type, "US");
  EXPECT_EQ(reading.problem, c.problem);
  EXPECT_EQ(reading.value, c.value);
  if (!reading.problem.empty()) {
    EXPECT_NE(FindProblem(reading.problem).message, "");
  }
}
INSTANTIATE_TEST_SUITE_P(Table, ReadTypedTest, ::testing::ValuesIn(kReadings));

TEST(ReadTyped, AGuessedTypeIsStricterAboutWhatIsNotPlain) {
  const struct {
    ValueType type;
    const char* text;
    const char* problem;
  } cases[] = {
      {ValueType::kNumber, "$20", "value_not_number"},
      {ValueType::kNumber, "15%", "value_not_number"},
      {ValueType::kYesNo, "1", "value_not_yes_no"},
      {ValueType::kUrl, "example.com", "value_not_url"},
      {ValueType::kUrl, "www.example.com", ""},
      {ValueType::kChoice, "never seen", ""},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(ReadTyped(c.text, {.type = c.type}, "").problem, c.problem) << c.text;
  }
}

TEST(ReadTyped, ADayNumberIsSafeToTakeOnlyInAColumnThatTheUserCalledDates) {
  EXPECT_TRUE(ReadTyped("45123", {.type = ValueType::kDate, .chosen = true}, "").safe);
  EXPECT_FALSE(ReadTyped("45123", {.type = ValueType::kDate}, "").safe);
  EXPECT_FALSE(ReadTyped("45123.5", {.type = ValueType::kDate, .chosen = true}, "").safe);
}

struct GuessCase {
  std::vector<std::string> cells;
  const char* region;
  const char* type;
  bool ambiguous = false;
};
void PrintTo(const GuessCase& c, std::ostream* out) {
  *out << c.type << " of " << c.cells[0] << " in " << c.region;
}

const GuessCase kGuesses[] = {
    {{"a", "b", "c"}, "US", "text"},
    {{"1", "2"}, "US", "text"},
    {{"1", "20", "300"}, "US", "number"},
    {{"1", "20", "n/a"}, "US", "text"},
    {{"12345", "90210", "01234"}, "US", "text"},
    {{"1", "2", "1234567890123456"}, "US", "text"},
    {{"$5", "$6", "$7"}, "US", "text"},
    {{"1,234.56", "12", "7,000"}, "DE", "number:point"},
    {{"1.234,56", "12", "7.000"}, "US", "number:comma"},
    {{"10,000", "12,000", "7,000"}, "US", "number:point"},
    {{"10.000", "12.000", "7.000"}, "DE", "number:comma", true},
    {{"10,000", "12,000", "7,000"}, "", "text"},
    {{"10.5", "12.25", "7"}, "DE", "number:point"},
    {{"2026-01-01", "2026-02-01", "2026-03-01"}, "US", "date"},
    {{"01/02/2026", "13/02/2026", "03/04/2026"}, "US", "date:dmy"},
    {{"01/02/2026", "02/13/2026", "03/04/2026"}, "DE", "date:mdy"},
    {{"01/02/2026", "02/03/2026", "03/04/2026"}, "US", "date:mdy", true},
    {{"01/02/2026", "02/03/2026", "03/04/2026"}, "GB", "date:dmy", true},
    {{"01/02/2026", "02/03/2026", "03/04/2026"}, "", "text", true},
    {{"01/02/2026", "02/03/2026", "03/04/2026"}, "CA", "text", true},
    {{"13/02/2026", "02/13/2026", "03/04/2026"}, "US", "text"},
    {{"13/02/55", "14/02/55", "03/04/71"}, "US", "date:dmy"},
    {{"20260101", "20260102", "20260103"}, "US", "number"},
    {{"45123", "45124", "45125"}, "US", "number"},
    {{"Mar 4, 2026", "Apr 5, 2026", "May 6, 2026"}, "", "date"},
    {{"2026-01-01 10:00", "2026-02-01 11:30", "2026-03-01"}, "US", "datetime"},
    {{"2026-01-01 00:00:00", "2026-02-01 00:00:00", "2026-03-01 00:00:00"}, "US", "date"},
    {{"Ja", "Nein", "ja"}, "DE", "yes_no"},
    {{"y", "n", "y"}, "US", "yes_no"},
    {{"y", "y", "y"}, "US", "text"},
    {{"1", "0", "1"}, "US", "number"},
    {{"f", "m", "f"}, "US", "text"},
    {{"https://a.example", "http://b.example", "www.c.example"}, "", "url"},
    {{"a@example.com", "b@example.com", "c@example.com"}, "", "email"},
    {{"+14155551234", "+14155551235", "+14155551236"}, "", "phone"},
};

class GuessTypeTest : public ::testing::TestWithParam<GuessCase> {};

TypeGuess Guess(const std::vector<std::string>& cells, const char* region) {
  const std::vector<std::string_view> views(cells.begin(), cells.end());
  return GuessType(views, region);
}

TEST_P(GuessTypeTest, KnowsAColumnByItsCells) {
  const GuessCase& c = GetParam();
  const TypeGuess guess = Guess(c.cells, c.region);
  EXPECT_EQ(ColumnTypeName(guess.type), c.type);
  EXPECT_EQ(guess.ambiguous, c.ambiguous);
  EXPECT_FALSE(guess.type.chosen);
}
INSTANTIATE_TEST_SUITE_P(Table, GuessTypeTest, ::testing::ValuesIn(kGuesses));

TEST(GuessType, OneCellInTwentyMayBeSomethingElse) {
  std::vector<std::string> cells(20, "5");
  cells[7] = "none";
  EXPECT_EQ(ColumnTypeName(Guess(cells, "US").type), "number");
  EXPECT_DOUBLE_EQ(Guess(cells, "US").score, 0.95);
  cells[8] = "none";
  EXPECT_NE(ColumnTypeName(Guess(cells, "US").type), "number");
}

TEST(GuessType, AChoiceIsFewShortValuesInManyRows) {
  std::vector<std::string> cells;
  for (int i = 0; i < 30; ++i) cells.push_back(i % 3 == 0 ? "gold" : "silver");
  const TypeGuess guess = Guess(cells, "");
  EXPECT_EQ(ColumnTypeName(guess.type), "choice");
  EXPECT_EQ(guess.type.choices, (std::vector<std::string>{"gold", "silver"}));
  EXPECT_EQ(ReadTyped("platinum", guess.type, "").problem, "");
  for (int i = 0; i < 30; ++i) cells.push_back("value " + std::to_string(i));
  EXPECT_EQ(ColumnTypeName(Guess(cells, "").type), "text");
}

TEST(CompleteType, FindsWhatTheUserLeftOpen) {
  const std::vector<std::string_view> dates = {"13/02/2026", "01/02/2026"};
  const TypeGuess date = CompleteType(*ParseColumnType("date"), dates, "US");
  EXPECT_EQ(ColumnTypeName(date.type), "date:dmy");
  EXPECT_TRUE(date.type.chosen);
  const std::vector<std::string_view> money = {"$1.234,50", "$2"};
  EXPECT_EQ(ColumnTypeName(CompleteType(*ParseColumnType("number"), money, "US").type),
            "number:comma");
  EXPECT_EQ(ColumnTypeName(CompleteType(*ParseColumnType("date:mdy"), dates, "").type), "date:mdy");
}

TEST(ParseColumnType, ReadsWhatColumnTypeNameWrites) {
  for (const char* spec : {"text", "number", "number:point", "number:comma", "date", "date:dmy",
                           "date:mdy", "date:ymd", "datetime", "datetime:dmy", "yes_no", "choice",
                           "choice:A|B C", "url", "email", "phone"}) {
    const Result<ColumnType> type = ParseColumnType(spec);
    ASSERT_TRUE(type.ok()) << spec;
    EXPECT_EQ(ColumnTypeName(*type), spec);
  }
  for (const char* spec : {"", "Text", "date:", "date:dym", "number:dot", "text:x",
                           "choice:", "choice:A||B", "yes_no:de", "money"}) {
    EXPECT_EQ(ParseColumnType(spec).status().slug(), "type_unknown") << spec;
  }
}

struct CountryCase {
  const char* text;
  const char* region;
};
void PrintTo(const CountryCase& c, std::ostream* out) {
  *out << c.text;
}
constexpr CountryCase kCountryCases[] = {
    {"DE", "DE"},
    {"de", "DE"},
    {"DEU", "DE"},
    {"Germany", "DE"},
    {"GERMANY", "DE"},
    {"Deutschland", "DE"},
    {"Allemagne", "DE"},
    {"Alemania", "DE"},
    {"Österreich", "AT"},
    {"Schweiz", "CH"},
    {"Suisse", "CH"},
    {"USA", "US"},
    {"U.S.A.", "US"},
    {"United States", "US"},
    {"United States of America", "US"},
    {"the United States", "US"},
    {"UK", "GB"},
    {"England", "GB"},
    {"United Kingdom (UK)", "GB"},
    {"España", "ES"},
    {"Espan\u0303a", "ES"},
    {"Brasil", "BR"},
    {"México", "MX"},
    {"Polska", "PL"},
    {"Česko", "CZ"},
    {"Czech Republic", "CZ"},
    {"Magyarország", "HU"},
    {"Россия", "RU"},
    {"Україна", "UA"},
    {"Türkiye", "TR"},
    {"Turkey", "TR"},
    {"日本", "JP"},
    {"中国", "CN"},
    {"대한민국", "KR"},
    {"South Korea", "KR"},
    {"Sverige", "SE"},
    {"Norge", "NO"},
    {"Danmark", "DK"},
    {"Suomi", "FI"},
    {"Nederland", "NL"},
    {"The Netherlands", "NL"},
    {"België", "BE"},
    {"Ελλάδα", "GR"},
    {"Viet Nam", "VN"},
    {"Côte d'Ivoire", "CI"},
    {"Guinea", "GN"},
    {"Guinea-Bissau", "GW"},
    {"Niger", "NE"},
    {"Nigeria", "NG"},
    {"", ""},
    {"X", ""},
    {"XX", ""},
    {"Congo", ""},
    {"Atlantis", ""},
    {"German", ""},
    {"land", ""},
    {"united", ""},
    {"DE FR", ""},
    {"(Germany)", ""},
};
class RegionOfCountryTest : public ::testing::TestWithParam<CountryCase> {};
TEST_P(RegionOfCountryTest, KnowsCodesAndNames) {
  EXPECT_EQ(RegionOfCountry(GetParam().text), GetParam().region);
}
INSTANTIATE_TEST_SUITE_P(Table, RegionOfCountryTest, ::testing::ValuesIn(kCountryCases));

}  // namespace
}  // namespace leadline
