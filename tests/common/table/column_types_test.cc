// What typed columns and a country column make of a list, through the whole check.
#include "common/table/column_types.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/table/report.h"
#include "tests/common/table/list_test_support.h"

namespace leadline {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing_support::Check;
using testing_support::Kept;
using testing_support::PhoneOnly;

// A column of `cells` beside good phones.
std::string List(const std::string& header, const std::vector<std::string>& cells) {
  std::string text = "Phone;" + header + "\n";
  int n = 1000;
  for (const std::string& cell : cells) {
    text += "+1415555" + std::to_string(n++) + ";" + cell + "\n";
  }
  return text;
}

std::vector<std::string> Values(const Kept& kept, const std::string& key) {
  std::vector<std::string> out;
  for (const auto& row : kept.rows) {
    const auto it = row.draft.variables.find(key);
    out.push_back(it == row.draft.variables.end() ? "" : it->second);
  }
  return out;
}

ListOptions Typed(const std::string& header, const std::string& type) {
  ListOptions options = PhoneOnly();
  options.types[header] = type;
  return options;
}

TEST(ColumnTypes, AGuessedColumnIsStoredInItsForm) {
  const Kept kept =
      Check(List("Signed;Budget;Member",
                 {"13.02.2026;1.234,50;Ja", "01.03.2026;12;Nein", "02.03.2026;10.000;Ja"}),
            PhoneOnly());
  EXPECT_EQ(ColumnTypeName(kept.plan.mapping[1].type), "date:dmy");
  EXPECT_EQ(kept.plan.mapping[1].type_score, 1);
  EXPECT_THAT(Values(kept, "signed"), ElementsAre("2026-02-13", "2026-03-01", "2026-03-02"));
  EXPECT_THAT(Values(kept, "budget"), ElementsAre("1234.50", "12", "10000"));
  EXPECT_THAT(Values(kept, "member"), ElementsAre("yes", "no", "yes"));
  EXPECT_EQ(kept.summary.accepted, 3u);
  EXPECT_THAT(kept.plan.problems, IsEmpty());
}

std::vector<std::string> NineteenAnd(const std::string& last) {
  std::vector<std::string> cells(19, "13.02.2026");
  cells.push_back(last);
  return cells;
}

TEST(ColumnTypes, WhatDoesNotFitAGuessIsKeptWithAWarning) {
  const Kept kept = Check(List("Signed", NineteenAnd("soon")), PhoneOnly());
  EXPECT_THAT(kept.rows[19].codes, ElementsAre("value_not_date"));
  EXPECT_EQ(kept.rows[19].main_code, "");
  EXPECT_EQ(Values(kept, "signed")[19], "soon");
}

TEST(ColumnTypes, WhatDoesNotFitTheUsersTypeIsAnError) {
  const Kept kept = Check(List("Signed", {"13.02.2026", "soon", ""}), Typed("signed", "date"));
  EXPECT_EQ(kept.rows[0].main_code, "");
  EXPECT_EQ(kept.rows[1].main_code, "value_not_date");
  EXPECT_EQ(kept.rows[2].main_code, "");
  EXPECT_EQ(Values(kept, "signed")[0], "2026-02-13");
}

TEST(ColumnTypes, TheUsersTypeGoesBeforeWhatIsSeen) {
  const std::string list = List("Code", {"1,5", "2,5", "3,5"});
  EXPECT_THAT(Values(Check(list, PhoneOnly()), "code"), ElementsAre("1.5", "2.5", "3.5"));
  EXPECT_THAT(Values(Check(list, Typed("2", "text")), "code"), ElementsAre("1,5", "2,5", "3,5"));
}

TEST(ColumnTypes, PostCodesKeepTheirZeros) {
  const Kept kept = Check(List("ZIP", {"12345", "90210", "01234", "10001"}), PhoneOnly());
  EXPECT_EQ(Values(kept, "zip")[2], "01234");
  EXPECT_THAT(kept.summary.problems, IsEmpty());
  // Nor does a zero that comes later go away.
  std::vector<std::string> cells(300, "12345");
  cells[299] = "01234";
  const Kept late = Check(List("ZIP", cells), PhoneOnly());
  EXPECT_EQ(Values(late, "zip")[299], "01234");
  EXPECT_EQ(late.rows[299].main_code, "");
}

TEST(ColumnTypes, DatesThatCouldBeOthersAreSaid) {
  const std::string list = List("Due", {"01/02/2026", "02/03/2026", "03/04/2026"});
  ListOptions options = PhoneOnly();
  const Kept none = Check(list, options);
  ASSERT_EQ(none.plan.problems.size(), 1u);
  EXPECT_EQ(none.plan.problems[0].code, "column_dates_ambiguous");
  EXPECT_THAT(none.plan.problems[0].message, HasSubstr("left as they are"));
  EXPECT_EQ(Values(none, "due")[0], "01/02/2026");
  options.rules.default_region = "US";
  const Kept us = Check(list, options);
  ASSERT_EQ(us.plan.problems.size(), 1u);
  EXPECT_THAT(us.plan.problems[0].message, HasSubstr("month/day"));
  EXPECT_EQ(Values(us, "due")[0], "2026-01-02");
  options.types["Due"] = "date:dmy";
  const Kept chosen = Check(list, options);
  EXPECT_THAT(chosen.plan.problems, IsEmpty());
  EXPECT_EQ(Values(chosen, "due")[0], "2026-02-01");
}

TEST(ColumnTypes, DayNumbersAreTakenWithTheRepairs) {
  const std::string list = List("Due", {"45123", "2026-01-02"});
  ListOptions options = Typed("Due", "date");
  EXPECT_EQ(Check(list, options).rows[0].main_code, "value_excel_date");
  options.accept_repairs = true;
  const Kept repaired = Check(list, options);
  EXPECT_THAT(Values(repaired, "due"), ElementsAre("2023-07-16", "2026-01-02"));
  EXPECT_EQ(repaired.summary.repaired, 1u);
  EXPECT_EQ(repaired.summary.rejected, 0u);
}

TEST(ColumnTypes, AnOverrideThatCannotBeIsSaidAndLeftOut) {
  const struct {
    const char* header;
    const char* type;
    const char* code;
  } cases[] = {{"Nope", "date", "type_unknown_column"},
               {"Note", "money", "type_unknown"},
               {"Phone", "date", "type_not_variable"}};
  for (const auto& c : cases) {
    const Kept kept = Check(List("Note", {"a", "b"}), Typed(c.header, c.type));
    ASSERT_EQ(kept.plan.problems.size(), 1u) << c.code;
    EXPECT_EQ(kept.plan.problems[0].code, c.code);
    EXPECT_EQ(kept.summary.accepted, 2u);
  }
}

TEST(ColumnTypes, ACleanFileReadsBackTheSame) {
  const Kept kept = Check(
      List("Due;Sum", {"13.02.2026;1,234", "01.03.2026;0,5", "02.03.2026;7,25"}), PhoneOnly());
  std::string text;
  CleanWriter writer(kept.plan, {}, &text);
  for (const auto& row : kept.rows) {
    LeadViewStorage storage;
    CheckedRow checked;
    checked.lead = ViewOf(row.draft, &storage);
    writer.Row(checked);
  }
  const Kept again = Check(text, PhoneOnly());
  EXPECT_THAT(Values(again, "due"), ElementsAre("2026-02-13", "2026-03-01", "2026-03-02"));
  EXPECT_THAT(Values(again, "sum"), ElementsAre("1.234", "0.5", "7.25"));
}

TEST(CountryColumn, GivesTheRegionOfItsRow) {
  const Kept kept = Check(
      "Phone,Land\n"
      "030 901820,Deutschland\n"
      "(212) 555-1234,USA\n"
      "020 7946 0018,\n"
      "+14155551234,Atlantis\n",
      [] {
        ListOptions options = PhoneOnly();
        options.rules.default_region = "GB";
        options.accept_repairs = true;
        options.mapping["Land"] = "country";
        return options;
      }());
  ASSERT_EQ(kept.rows.size(), 4u);
  EXPECT_EQ(kept.rows[0].draft.phone, "+4930901820");
  EXPECT_EQ(kept.rows[0].draft.variables.at("country"), "Deutschland");
  EXPECT_EQ(kept.rows[1].draft.phone, "+12125551234");
  EXPECT_EQ(kept.rows[2].draft.phone, "+442079460018");
  EXPECT_THAT(kept.rows[3].codes, ElementsAre("country_unknown"));
  EXPECT_EQ(kept.rows[3].main_code, "");
  EXPECT_EQ(kept.rows[3].draft.variables.at("country"), "Atlantis");
}

struct CountryMapping {
  const char* header;
  std::vector<std::string> cells;
  const char* target;
};
void PrintTo(const CountryMapping& c, std::ostream* out) {
  *out << c.header;
}
const CountryMapping kCountryMappings[] = {
    {"Country", {"DE", "FR", "US"}, "country"},
    {"Pays", {"France", "Belgique", ""}, "country"},
    {"国", {"日本", "日本"}, "country"},
    {"Nation state", {"Germany", "France", "Italy"}, "country"},
    {"State", {"CA", "DE", "IN"}, "variable:state"},
    {"Land", {"3 acres", "5 acres", "none", "2"}, "variable:land"},
    {"Kraj", {"Jihomoravský", "Zlínský", "Plzeňský"}, "variable:kraj"},
    {"Who", {"Georgia", "Chad", "Jordan", "Anna"}, "variable:who"},
    {"Country", {"", ""}, "country"},
};
class CountryMappingTest : public ::testing::TestWithParam<CountryMapping> {};
TEST_P(CountryMappingTest, IsKnownByHeaderAndContent) {
  const CountryMapping& c = GetParam();
  const Kept kept = Check(List(c.header, c.cells), PhoneOnly());
  EXPECT_EQ(TargetName(kept.plan.mapping[1].target), c.target);
}
INSTANTIATE_TEST_SUITE_P(Table, CountryMappingTest, ::testing::ValuesIn(kCountryMappings));

TEST(CountryColumn, IsTheOnlyVariableOfItsName) {
  const Kept kept = Check("Phone,Country,country\n+14155551234,US,DE\n", PhoneOnly());
  EXPECT_EQ(TargetName(kept.plan.mapping[1].target), "country");
  EXPECT_EQ(TargetName(kept.plan.mapping[2].target), "variable:country_2");
  ListOptions options = PhoneOnly();
  options.mapping = {{"Land", "variable:country"}};
  const Kept moved = Check("Phone,Country,Land\n+14155551234,US,DE\n", options);
  EXPECT_EQ(TargetName(moved.plan.mapping[1].target), "variable:country_2");
}

}  // namespace
}  // namespace leadline
