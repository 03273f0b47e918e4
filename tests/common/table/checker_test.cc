#include "common/table/checker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "common/base/json.h"
#include "common/table/number_set.h"
#include "tests/common/table/list_test_support.h"
#include "tests/support/temp_folder.h"

namespace leadline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing_support::Check;
using testing_support::Kept;
using testing_support::PhoneOnly;
using testing_support::TargetsOf;

std::vector<std::string> MainCodes(const Kept& kept) {
  std::vector<std::string> out;
  for (const auto& row : kept.rows) out.push_back(row.main_code);
  return out;
}

void ExpectCountsAddUp(const Kept& kept) {
  EXPECT_EQ(kept.summary.rows, kept.rows.size());
  EXPECT_EQ(kept.summary.rows, kept.summary.accepted + kept.summary.rejected);
  std::map<std::string, uint64_t, std::less<>> problems;
  uint64_t accepted = 0;
  for (const auto& row : kept.rows) {
    accepted += row.main_code.empty();
    for (const std::string& code : row.codes) ++problems[code];
  }
  EXPECT_EQ(kept.summary.accepted, accepted);
  EXPECT_EQ(kept.summary.problems, problems);
}

TEST(ListChecker, MakesLeadsOfRows) {
  const Kept kept = Check(
      "Name,Phone,Email,Company,Timezone,Budget,Secondary Phone 1,Secondary 1 Name\n"
      " Anna Adams ,+14155551234,anna@example.com,Acme,America/New_York,10-20k,+14155550001,Ben\n"
      "Cleo,+14155551235,cleo@example.com,,,,,\n");
  ExpectCountsAddUp(kept);
  ASSERT_EQ(kept.rows.size(), 2u);
  EXPECT_EQ(kept.plans, 1);
  const LeadDraft& anna = kept.rows[0].draft;
  EXPECT_EQ(kept.rows[0].main_code, "");
  EXPECT_EQ(kept.rows[0].number, 2u);
  EXPECT_EQ(anna.name, "Anna Adams");
  EXPECT_EQ(anna.phone, "+14155551234");
  EXPECT_EQ(anna.email, "anna@example.com");
  EXPECT_EQ(anna.company, "Acme");
  EXPECT_EQ(anna.timezone, "America/New_York");
  EXPECT_EQ(anna.variables, (Variables{{"budget", "10-20k"}}));
  ASSERT_EQ(anna.contacts.size(), 1u);
  EXPECT_EQ(anna.contacts[0].phone, "+14155550001");
  EXPECT_EQ(anna.contacts[0].name, "Ben");
  EXPECT_THAT(kept.rows[1].draft.variables, IsEmpty());
  EXPECT_THAT(kept.rows[1].draft.contacts, IsEmpty());
}

TEST(ListChecker, JoinsFirstAndLastName) {
  const Kept kept = Check(
      "First name,Last name,Phone\nAnna,Adams,+14155551234\n,Brown,+14155551235\n", PhoneOnly());
  EXPECT_EQ(kept.rows[0].draft.name, "Anna Adams");
  EXPECT_EQ(kept.rows[1].draft.name, "Brown");
}

TEST(ListChecker, OffsetsPointAtTheirRows) {
  const std::string text = "sep=;\nPhone;Note\n+14155551234;a\n\n+14155551235;b\n";
  const Kept kept = Check(text, PhoneOnly());
  ASSERT_EQ(kept.rows.size(), 2u);
  for (const auto& row : kept.rows) EXPECT_EQ(text.substr(row.offset, 12), row.cells[0]);
}

TEST(ListChecker, RaggedRowsAreFaultsButTrailingEmptyCellsAreNot) {
  const Kept kept = Check(
      "Phone,Name,Note\n+14155551234,Anna\n+14155551235,Ben,x,\n+14155551236,Cleo,x,y\n"
      "+14155551237,Dora,x,,,\n",
      PhoneOnly());
  EXPECT_THAT(MainCodes(kept), ElementsAre("row_too_few_columns", "", "row_too_many_columns", ""));
  ExpectCountsAddUp(kept);
}

TEST(ListChecker, ATrailingDelimiterInTheHeaderAddsNoColumn) {
  const Kept kept = Check("Phone,Name,\n+14155551234,Anna\n+14155551235,Ben,\n", PhoneOnly());
  EXPECT_EQ(kept.plan.mapping.size(), 2u);
  EXPECT_THAT(MainCodes(kept), ElementsAre("", ""));
}

TEST(ListChecker, RowsOfNothingAreNoRows) {
  const Kept kept = Check(",,\nPhone,Name,Note\n\n+14155551234,Anna,x\n,,\n , ,\n", PhoneOnly());
  EXPECT_EQ(kept.summary.rows, 1u);
  EXPECT_EQ(kept.summary.blank, 3u);
  EXPECT_EQ(kept.rows[0].number, 4u);
}

TEST(ListChecker, TheSecondRowWithANumberIsADuplicate) {
  const std::string text =
      "Phone,Email\n+14155551234,bad\n+14155551234,a@example.com\n+14155551234,b@example.com\n";
  ListOptions options = PhoneOnly();
  // The first row is held back for its address, so the second is the first good one.
  EXPECT_THAT(MainCodes(Check(text, options)), ElementsAre("email_no_at", "", "duplicate_in_file"));
  options.reject_duplicates = false;
  EXPECT_THAT(MainCodes(Check(text, options)), ElementsAre("email_no_at", "", ""));
}

TEST(ListChecker, RepairsAreProposedAndTakenOnlyWhenAsked) {
  const std::string text =
      "Phone,Timezone\n(415) 555-1234,america/new york\n+1 415-555-1235,\n+14155551236 ext 5,\n"
      "+14155551237,EST\n";
  ListOptions options = PhoneOnly();
  options.rules.default_region = "US";
  const Kept proposed = Check(text, options);
  EXPECT_THAT(MainCodes(proposed), ElementsAre("phone_no_country_code", "phone_has_punctuation",
                                               "phone_extension", "timezone_ambiguous"));
  options.accept_repairs = true;
  const Kept taken = Check(text, options);
  ExpectCountsAddUp(taken);
  EXPECT_THAT(MainCodes(taken), ElementsAre("", "", "phone_extension", "timezone_ambiguous"));
  EXPECT_EQ(taken.rows[0].draft.phone, "+14155551234");
  EXPECT_EQ(taken.rows[0].draft.timezone, "America/New_York");
  EXPECT_EQ(taken.rows[0].cells[0], "(415) 555-1234");
  EXPECT_EQ(taken.summary.repaired, 2u);
}

TEST(ListChecker, ARepairedNumberCanBeADuplicate) {
  ListOptions options = PhoneOnly();
  options.accept_repairs = true;
  EXPECT_THAT(MainCodes(Check("Phone\n+14155551234\n+1 415 555 1234\n", options)),
              ElementsAre("", "duplicate_in_file"));
}

TEST(ListChecker, ABrokenQuoteCostsItsOwnRowOnly) {
  const Kept kept =
      Check("Phone,Note\n+14155551234,\"x\n+14155551235,y\n+14155551236,\"z, w\"\n+14155551237,v\n",
            PhoneOnly());
  EXPECT_THAT(MainCodes(kept), ElementsAre("row_broken_quote", "", "", ""));
  ExpectCountsAddUp(kept);
}

TEST(ListChecker, NulBytesAreARowFault) {
  const Kept kept = Check(std::string("Phone\n+141555\0"
                                      "51234\n+14155551235\n",
                                      32),
                          PhoneOnly());
  EXPECT_THAT(MainCodes(kept), ElementsAre("row_nul_bytes", ""));
}

TEST(ListChecker, TenMegabytesInOneFieldAndFiveThousandColumnsAreRowFaults) {
  std::string wide = "+14155551236";
  for (int i = 0; i < 5000; ++i) wide += ",x";
  const Kept kept = Check(
      "Phone,Note\n+14155551234," + std::string(10 << 20, 'x') + "\n" + wide + "\n+14155551235,y\n",
      PhoneOnly());
  EXPECT_THAT(MainCodes(kept), ElementsAre("row_field_too_long", "row_over_column_limit", ""));
  ExpectCountsAddUp(kept);
}

TEST(ListChecker, AHeaderOfFiveThousandColumnsIsCutAndEveryRowSaysSo) {
  std::string header = "Phone";
  std::string row = "+14155551234";
  for (int i = 1; i < 5000; ++i) {
    header += ",c" + std::to_string(i);
    row += ",x";
  }
  const Kept kept = Check(header + "\n" + row + "\n", PhoneOnly());
  EXPECT_EQ(kept.plan.mapping.size(), 1024u);
  EXPECT_THAT(MainCodes(kept), ElementsAre("row_over_column_limit"));
}

TEST(ListChecker, Latin1AndUtf16GiveTheSameLeadsAsUtf8) {
  const Kept utf8 = Check("Name;Phone\nJürgen;+491701234567\n", PhoneOnly());
  const Kept latin1 = Check("Name;Phone\nJ\xFCrgen;+491701234567\n", PhoneOnly());
  std::string wide = "\xFF\xFE";
  for (const char16_t c : std::u16string_view(u"Name;Phone\nJürgen;+491701234567\n")) {
    wide += static_cast<char>(c & 0xFF);
    wide += static_cast<char>(c >> 8);
  }
  for (const Kept& kept : {latin1, Check(wide, PhoneOnly()), Check(wide.substr(2), PhoneOnly())}) {
    ASSERT_EQ(kept.rows.size(), 1u);
    EXPECT_EQ(kept.rows[0].main_code, "");
    EXPECT_EQ(kept.rows[0].draft.name, utf8.rows[0].draft.name);
  }
}

TEST(ListChecker, TextThatCannotBeReadIsSaid) {
  const Kept kept =
      Check("Name,Phone\nJürgen,+491701234567\nJ\xFCrgen,+491701234568\n", PhoneOnly());
  EXPECT_THAT(kept.rows[0].codes, IsEmpty());
  EXPECT_THAT(kept.rows[1].codes, ElementsAre("text_unreadable"));
  EXPECT_EQ(kept.rows[1].main_code, "");
  EXPECT_EQ(kept.summary.unreadable_characters, 1u);
}

TEST(ListChecker, WhatTheUserChoseStands) {
  ListOptions options = PhoneOnly();
  options.dialect = {.delimiter = '|', .has_header = false};
  options.encoding = Encoding::kIso88591;
  options.mapping = {{"1", "name"}, {"2", "ignore"}, {"3", "phone"}};
  const Kept kept = Check("J\xFCrgen|x|+491701234567\n", options);
  EXPECT_EQ(kept.rows[0].draft.name, "Jürgen");
  EXPECT_EQ(kept.rows[0].draft.phone, "+491701234567");
  EXPECT_EQ(kept.rows[0].number, 1u);
  EXPECT_THAT(kept.plan.problems, IsEmpty());
}

TEST(ListChecker, FaultsOfTheWholeListAreSaid) {
  const auto codes = [](std::string_view bytes, const ListOptions& options) {
    std::vector<std::string> out;
    for (const FieldProblem& p : Check(bytes, options).plan.problems) out.push_back(p.code);
    return out;
  };
  EXPECT_THAT(codes("", PhoneOnly()), ElementsAre("list_empty", "list_no_phone_column"));
  EXPECT_THAT(codes("Phone\n", PhoneOnly()), ElementsAre("list_empty"));
  EXPECT_THAT(codes("Name,Note\nAnna,x\n", PhoneOnly()), ElementsAre("list_no_phone_column"));
  EXPECT_THAT(codes("Phone\n+14155551234\n", {}),
              ElementsAre("list_required_column", "list_required_column"));
  EXPECT_THAT(codes("PK\x03\x04rest", PhoneOnly()), ElementsAre("list_not_text"));
  ListOptions options = PhoneOnly();
  options.mapping = {{"Fax", "phone"}};
  EXPECT_THAT(codes("Phone\n+14155551234\n", options), ElementsAre("mapping_unknown_column"));
}

TEST(ListChecker, AWorkbookGivesNoRows) {
  const Kept kept = Check("PK\x03\x04" + std::string(200000, 'x'), PhoneOnly());
  EXPECT_EQ(kept.summary.rows, 0u);
  EXPECT_EQ(kept.summary.bytes, 200004u);
}

TEST(ListChecker, ANameWithoutItsNumberIsAWarning) {
  const Kept kept =
      Check("Phone,secondary_phone_1,secondary_1_name\n+14155551234,,Ben\n", PhoneOnly());
  EXPECT_THAT(kept.rows[0].codes, ElementsAre("contact_no_phone"));
  EXPECT_EQ(kept.rows[0].main_code, "");
}

TEST(ListChecker, TheSafetyApostropheOfSpreadsheetsIsTakenOff) {
  const Kept kept = Check("Phone,Note\n'+14155551234,'=1+1\n+14155551235,'quoted'\n", PhoneOnly());
  EXPECT_EQ(kept.rows[0].draft.phone, "+14155551234");
  EXPECT_EQ(kept.rows[0].draft.variables, (Variables{{"note", "=1+1"}}));
  EXPECT_EQ(kept.rows[1].draft.variables, (Variables{{"note", "'quoted'"}}));
}

TEST(NumberSet, FindsTheRowOfAnEarlierNumber) {
  NumberSet set;
  for (uint64_t i = 1; i <= 5000; ++i) {
    EXPECT_EQ(set.InsertOrFind("+1" + std::to_string(4155550000 + i), i), 0u);
  }
  for (uint64_t i = 1; i <= 5000; ++i) {
    EXPECT_EQ(set.InsertOrFind("+1" + std::to_string(4155550000 + i), 9), i);
  }
  EXPECT_EQ(set.size(), 5000u);
  EXPECT_EQ(set.InsertOrFind("no number", 1), 0u);
  EXPECT_EQ(set.size(), 5000u);
}

// ---- Lists made by tests/support/gen_leads.py, against its own account of what it spoiled ----

struct Generated {
  std::string csv;
  Json sidecar;
  std::map<uint64_t, std::string> labels;  // row -> kind
};

std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

Generated Generate(const std::string& arguments) {
  const TempFolder folder;
  const std::string path = folder.path() + "/leads.csv";
  const std::string command = "python3 " LEADLINE_SOURCE_DIR "/tests/support/gen_leads.py --out " +
                              path + " --labels " + path + ".labels " + arguments + " 2>/dev/null";
  EXPECT_EQ(std::system(command.c_str()), 0);
  Generated out;
  out.csv = ReadFile(path);
  out.sidecar = ParseJson(ReadFile(path + ".json")).value();
  std::istringstream labels(ReadFile(path + ".labels"));
  uint64_t row;
  std::string kind;
  while (labels >> row >> kind) out.labels[row] = kind;
  return out;
}

// The generator's kinds and the code that each must get; a few spoiled numbers happen to fall under
// a neighbouring one.
const std::map<std::string, std::set<std::string>> kCodesOfKind = {
    {"phone_letters",
     {"phone_letters", "phone_too_short", "phone_extension", "phone_wrong_length",
      "phone_not_in_plan", "phone_vanity_letters"}},
    {"phone_too_short", {"phone_too_short"}},
    {"phone_too_long", {"phone_too_long"}},
    {"phone_no_plus", {"phone_missing_plus"}},
    {"phone_plus_zero", {"phone_unknown_country_code"}},
    {"phone_spaces", {"phone_has_punctuation"}},
    {"phone_dashes_parens", {"phone_has_punctuation"}},
    {"phone_national_trunk", {"phone_no_country_code"}},
    {"phone_extension", {"phone_extension"}},
    {"phone_double_plus", {"phone_double_plus"}},
    {"phone_scientific", {"phone_scientific"}},
    {"phone_decimal_tail", {"phone_decimal_tail"}},
    {"phone_placeholder", {"phone_placeholder"}},
    {"phone_fullwidth_digits", {"phone_fullwidth_digits"}},
    {"phone_trailing_space", {"phone_surrounding_space"}},
    {"phone_00_prefix", {"phone_00_prefix"}},
    {"phone_unassigned_cc", {"phone_unknown_country_code"}},
    {"phone_bad_area", {"phone_not_in_plan"}},
    {"phone_wrong_length_for_country",
     {"phone_not_in_plan", "phone_too_short", "phone_wrong_length"}},
    {"phone_bad_prefix_for_country",
     {"phone_not_in_plan", "phone_too_long", "phone_wrong_length", "phone_not_dialable"}},
    {"email_no_at", {"email_no_at"}},
    {"email_double_at", {"email_double_at"}},
    {"email_no_tld", {"email_no_tld"}},
    {"email_space", {"email_space"}},
    {"email_empty_local", {"email_empty_local"}},
    {"email_empty_domain", {"email_empty_domain"}},
    {"email_double_dot_domain", {"email_double_dot"}},
    {"missing_name", {"name_missing"}},
    {"missing_phone", {"phone_missing"}},
    {"missing_email", {"email_missing"}},
    {"duplicate_phone", {"duplicate_in_file"}},
    {"duplicate_row", {"duplicate_in_file"}},
    {"timezone_unknown", {"timezone_unknown"}},
    {"too_few_columns", {"row_too_few_columns"}},
    {"too_many_columns", {"row_too_many_columns"}},
};

class GeneratedLists : public ::testing::TestWithParam<const char*> {};

TEST_P(GeneratedLists, EveryVerdictEqualsTheSidecarKindByKind) {
  const Generated list = Generate(GetParam());
  const Kept kept = Check(list.csv, {}, 100000);
  ExpectCountsAddUp(kept);
  const Json& expected = Member(list.sidecar, "expected");
  EXPECT_EQ(kept.summary.rows, static_cast<uint64_t>(*IntOf(Member(expected, "rows"))));
  EXPECT_EQ(kept.summary.accepted, static_cast<uint64_t>(*IntOf(Member(expected, "clean_rows"))));
  EXPECT_EQ(kept.summary.bytes, list.csv.size());

  std::map<std::string, int64_t> rejected_of_kind;
  for (const auto& row : kept.rows) {
    const auto label = list.labels.find(row.number);
    const std::string kind = label == list.labels.end() ? "" : label->second;
    if (kind.empty()) {
      EXPECT_EQ(row.main_code, "") << "row " << row.number;
      EXPECT_EQ(row.codes.size(), 0u) << "row " << row.number;
    } else {
      EXPECT_TRUE(kCodesOfKind.at(kind).contains(row.main_code))
          << "row " << row.number << ": " << kind << " gave " << row.main_code;
      ++rejected_of_kind[kind];
    }
  }
  for (const auto& [kind, codes] : kCodesOfKind) {
    EXPECT_EQ(rejected_of_kind[kind], *IntOf(Member(Member(list.sidecar, "errors"), kind))) << kind;
  }
}

INSTANTIATE_TEST_SUITE_P(ListChecker, GeneratedLists,
                         ::testing::Values("--rows 10000 --seed 42 --dirty 5",
                                           "--rows 5000 --seed 7 --dirty 50 --crlf",
                                           "--rows 5000 --seed 8 --dirty 20 --bom",
                                           "--rows 1000 --seed 9 --dirty 0 --crlf --bom"));

TEST(ListChecker, ChunkBordersNeverMatter) {
  const Generated list = Generate("--rows 600 --seed 3 --dirty 30");
  const Kept whole = Check(list.csv);
  for (const size_t chunk : {1, 7, 4096, 65536, 65537}) {
    const Kept pieces = Check(list.csv, {}, chunk);
    ASSERT_EQ(pieces.rows.size(), whole.rows.size());
    EXPECT_EQ(pieces.summary.problems, whole.summary.problems);
    for (size_t i = 0; i < whole.rows.size(); ++i) {
      EXPECT_EQ(pieces.rows[i].cells, whole.rows[i].cells);
      EXPECT_EQ(pieces.rows[i].codes, whole.rows[i].codes);
      EXPECT_EQ(pieces.rows[i].offset, whole.rows[i].offset);
    }
  }
}

}  // namespace
}  // namespace leadline
