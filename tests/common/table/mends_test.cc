#include "common/table/mends.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/table/mend_book.h"
#include "common/table/report.h"
#include "tests/common/table/list_test_support.h"

namespace leadline {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing_support::Check;
using testing_support::Kept;
using testing_support::PhoneOnly;

std::vector<std::string> MainCodes(const Kept& kept) {
  std::vector<std::string> codes;
  for (const auto& row : kept.rows) codes.push_back(row.main_code);
  return codes;
}

constexpr std::string_view kList =
    "Phone,Name,Budget\n"       // 1
    "+14155551234,Anna,10k\n"   // 2
    "415-555-1235,Ben,20k\n"    // 3: no country code
    "+1415555,Cleo,\n"          // 4: too short
    "+14155551234,Dora,30k\n"   // 5: the number of row 2
    "+14155551236,Emil\n"       // 6: a cell is missing
    "+14155551237,Finn,x,y\n";  // 7: a cell too many

TEST(Mends, WithoutAnyTheListIsAsItWas) {
  EXPECT_THAT(MainCodes(Check(kList, PhoneOnly())),
              ElementsAre("", "phone_no_country_code", "phone_too_short", "duplicate_in_file",
                          "row_too_few_columns", "row_too_many_columns"));
}

TEST(Mends, ACellSetByHandIsCheckedLikeAnyOther) {
  ListOptions options = PhoneOnly();
  options.mends.Set(3, {.cells = {{0, "+14155551235"}}});
  options.mends.Set(4, {.cells = {{0, "nobody"}}});
  const Kept kept = Check(kList, options);
  EXPECT_EQ(kept.rows[1].main_code, "");
  EXPECT_THAT(kept.rows[1].codes, ElementsAre("row_mended"));
  EXPECT_EQ(kept.rows[1].draft.phone, "+14155551235");
  EXPECT_EQ(kept.rows[2].main_code, "phone_letters");
  EXPECT_EQ(kept.summary.rows, kept.summary.accepted + kept.summary.rejected);
}

TEST(Mends, ARowThatWasMendedIsReadAsThePersonSawIt) {
  ListOptions options = PhoneOnly();
  options.mends.Set(6, {.cells = {{2, "40k"}}});
  options.mends.Set(7, {.cells = {{3, ""}}});
  const Kept kept = Check(kList, options);
  EXPECT_EQ(kept.rows[4].main_code, "");
  EXPECT_EQ(kept.rows[4].draft.variables.at("budget"), "40k");
  EXPECT_EQ(kept.rows[5].main_code, "");
}

TEST(Mends, AMendMakesNoDuplicateAndUnmakesOne) {
  ListOptions options = PhoneOnly();
  options.mends.Set(2, {.cells = {{0, "+14155551299"}}});
  EXPECT_EQ(Check(kList, options).rows[3].main_code, "");
  options.mends.Set(3, {.cells = {{0, "+14155551299"}}});
  EXPECT_EQ(Check(kList, options).rows[1].main_code, "duplicate_in_file");
}

TEST(Mends, ARowLeftOutIsHeldBackAndSaysSo) {
  ListOptions options = PhoneOnly();
  options.mends.Set(2, {.left_out = true});
  const Kept kept = Check(kList, options);
  EXPECT_EQ(kept.rows[0].main_code, "row_left_out");
  EXPECT_EQ(kept.rows[3].main_code, "");  // the first with its number now
}

TEST(Mends, RepairsAreTakenByKind) {
  const std::string_view list = "Phone,Email\n(415) 555-1234,a@b.com\n+1 415 555 1235,a@b.com\n";
  ListOptions options = PhoneOnly();
  options.rules.default_region = "US";
  options.mends.repairs = {"phone_has_punctuation"};
  EXPECT_THAT(MainCodes(Check(list, options)), ElementsAre("phone_no_country_code", ""));
}

struct ReplaceCase {
  Replacement replacement;
  std::string cell;
  std::string after;
};
void PrintTo(const ReplaceCase& c, std::ostream* out) {
  *out << c.replacement.find << " -> " << c.replacement.with << " in " << c.cell;
}
class ReplaceTable : public testing::TestWithParam<ReplaceCase> {};
TEST_P(ReplaceTable, GivesTheText) {
  std::string out = GetParam().cell;
  const bool changed = ApplyReplacement(GetParam().replacement, GetParam().cell, &out);
  EXPECT_EQ(out, GetParam().after);
  EXPECT_EQ(changed, GetParam().cell != GetParam().after);
}
INSTANTIATE_TEST_SUITE_P(Mends, ReplaceTable,
                         testing::Values(ReplaceCase{{0, "o", "0"}, "4o5 o1", "405 01"},
                                         ReplaceCase{{0, "", "x"}, "abc", "abc"},
                                         ReplaceCase{{0, "a", "aa"}, "banana", "baanaanaa"},
                                         ReplaceCase{{0, "N", "M"}, "banana", "banana"},
                                         ReplaceCase{{0, "n/a", "", true}, " n/a ", ""},
                                         ReplaceCase{{0, "n/a", "", true}, "n/a?", "n/a?"},
                                         ReplaceCase{{0, "", "Berlin", true}, " ", "Berlin"},
                                         ReplaceCase{{0, "", "Berlin", true}, "Bonn", "Bonn"},
                                         ReplaceCase{
                                             {0, "x", std::string(3000, 'y')}, "xx", "xx"}));

TEST(Mends, AReplacementHoldsForItsColumnButNotForCellsSetByHand) {
  ListOptions options = PhoneOnly();
  options.mends.replacements = {{.column = 2, .find = "0k", .with = "0,000"}};
  options.mends.Set(5, {.cells = {{2, "50k"}, {0, "+14155551238"}}});
  const Kept kept = Check(kList, options);
  EXPECT_EQ(kept.rows[0].cells[2], "10,000");
  EXPECT_EQ(kept.rows[3].cells[2], "50k");
}

TEST(Mends, TheRejectFileHasTheMendedTexts) {
  ListOptions options = PhoneOnly();
  options.mends.Set(4, {.cells = {{0, "+1415"}}});
  struct Rejects : CheckSink {
    void OnPlan(const ListPlan& plan) override { writer.emplace(plan, ReportOptions(), &out); }
    void OnRow(const CheckedRow& row) override {
      if (row.number == 4) writer->Row(row);
    }
    std::optional<RejectWriter> writer;
    std::string out;
  } rejects;
  ListChecker checker(options, &rejects);
  checker.Feed(kList);
  checker.Finish();
  EXPECT_THAT(rejects.out, testing::HasSubstr("\r\n'+1415,Cleo,,phone_too_short,The number"));
}

TEST(Mends, ProblemsNameTheColumnOfTheirCell) {
  struct Columns : CheckSink {
    void OnRow(const CheckedRow& row) override {
      for (const LeadProblem& p : row.problems) columns.push_back(p.column);
    }
    std::vector<int> columns;
  } sink;
  ListOptions options = PhoneOnly();
  options.mapping = {{"Second", "secondary_phone_2"}, {"First", "secondary_phone_1"}};
  ListChecker checker(options, &sink);
  checker.Feed("Name,Second,First,Phone,Email\nAnna,12,,+1,bad\nBen\n");
  checker.Finish();
  EXPECT_THAT(sink.columns, ElementsAre(3, 4, 1, -1));
}

// ---- MendBook ----

struct Session : Kept {
  explicit Session(std::string_view list, const ListOptions& options = PhoneOnly())
      : checker(options, this), book(&checker) {
    checker.Feed(list);
    checker.Finish();
  }
  void OnRow(const CheckedRow& row) override {
    Kept::OnRow(row);
    book.Keep(row);
  }
  ListChecker checker;
  MendBook book;
};

TEST(MendBook, ChecksTheMendedRowAlone) {
  Session s(kList);
  Kept again;
  ASSERT_TRUE(s.book.Mend(4, {.cells = {{0, "+14155551240"}}}, &again));
  ASSERT_EQ(again.rows.size(), 1u);
  EXPECT_EQ(again.rows[0].number, 4u);
  EXPECT_EQ(again.rows[0].main_code, "");
  EXPECT_EQ(s.checker.summary().accepted, 2u);
  EXPECT_EQ(s.checker.summary().rejected, 4u);
  EXPECT_FALSE(s.checker.summary().problems.contains("phone_too_short"));
}

TEST(MendBook, AMendCanBeTakenBack) {
  Session s(kList);
  const ListSummary before = s.checker.summary();
  Kept again;
  s.book.Mend(4, {.cells = {{0, "+14155551240"}}}, &again);
  s.book.Mend(4, {}, &again);
  EXPECT_EQ(again.rows[1].main_code, "phone_too_short");
  EXPECT_EQ(s.checker.summary().accepted, before.accepted);
  EXPECT_EQ(s.checker.summary().problems, before.problems);
  EXPECT_TRUE(s.checker.mends().empty());
}

TEST(MendBook, MendingOneByOneEndsLikeAWholeCheckWithTheSameMends) {
  Session s(kList);
  Kept again;
  s.book.Mend(3, {.cells = {{0, "+14155551235"}}}, &again);
  s.book.Mend(6, {.cells = {{2, ""}}}, &again);
  s.book.Mend(7, {.left_out = true}, &again);
  ListOptions options = PhoneOnly();
  options.mends = s.checker.mends();
  const Kept whole = Check(kList, options);
  EXPECT_EQ(s.checker.summary().accepted, whole.summary.accepted);
  EXPECT_EQ(s.checker.summary().rejected, whole.summary.rejected);
  EXPECT_EQ(s.checker.summary().problems, whole.summary.problems);
}

TEST(MendBook, RepairsOfAKindAreTakenInEveryKeptRow) {
  ListOptions options = PhoneOnly();
  options.rules.default_region = "US";
  Session s("Phone,Name\n(415) 555-1234,Anna\n(415) 555-1235,Ben\n+1,Cleo\n", options);
  Kept again;
  s.checker.mends().repairs.insert("phone_no_country_code");
  s.book.RecheckAll(&again);
  EXPECT_THAT(MainCodes(again), ElementsAre("", "", "phone_too_short"));
  EXPECT_EQ(s.checker.summary().repaired, 2u);
}

TEST(MendBook, KnowsOnlyRowsWithAProblem) {
  Session s(kList);
  Kept again;
  EXPECT_FALSE(s.book.Mend(2, {.cells = {{0, "x"}}}, &again));
  EXPECT_THAT(s.book.CellsOf(2), IsEmpty());
  EXPECT_THAT(s.book.CellsOf(7), ElementsAre("+14155551237", "Finn", "x", "y"));
  s.book.Mend(7, {.cells = {{1, "Fiona"}}}, &again);
  EXPECT_THAT(s.book.CellsOf(7), ElementsAre("+14155551237", "Fiona", "x", "y"));
}

TEST(MendBook, SaysWhenThereAreMoreRowsThanItKeeps) {
  std::string list = "Phone,Name\n";
  for (size_t i = 0; i < kMaxBookRows; ++i) list += "12,x\n";
  EXPECT_TRUE(Session(list).book.complete());
  EXPECT_FALSE(Session(list + "12,x\n").book.complete());
}

}  // namespace
}  // namespace leadline
