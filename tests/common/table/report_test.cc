#include "common/table/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/base/json.h"
#include "tests/common/table/list_test_support.h"

namespace leadline {
namespace {

using ::testing::HasSubstr;
using testing_support::Check;
using testing_support::Kept;
using testing_support::PhoneOnly;

struct Files : CheckSink {
  std::string rejects;
  std::string clean;
  ReportOptions options;
  std::optional<RejectWriter> reject_writer;
  std::optional<CleanWriter> clean_writer;

  void OnPlan(const ListPlan& plan) override {
    reject_writer.emplace(plan, options, &rejects);
    clean_writer.emplace(plan, options, &clean);
  }
  void OnRow(const CheckedRow& row) override {
    row.accepted() ? clean_writer->Row(row) : reject_writer->Row(row);
  }
};

Files Write(std::string_view text, const ListOptions& list_options, ReportOptions options = {}) {
  Files files;
  files.options = options;
  ListChecker checker(list_options, &files);
  checker.Feed(text);
  checker.Finish();
  return files;
}

TEST(AppendCsvCell, QuotesAndDisarms) {
  struct {
    const char* cell;
    const char* written;
  } const cases[] = {
      {"", ""},
      {"plain", "plain"},
      {"a,b", "\"a,b\""},
      {"say \"hi\"", "\"say \"\"hi\"\"\""},
      {"a\nb", "\"a\nb\""},
      {"=1+1", "'=1+1"},
      {"@x", "'@x"},
      {"-5", "'-5"},
      {"\tx", "'\tx"},
      {"\rx", "\"'\rx\""},
      {"+14155551234", "+14155551234"},
      {"+1 415", "'+1 415"},
      {"+1415555123456789", "'+1415555123456789"},
      {"+0123456789", "'+0123456789"},
      {"'=x", "''=x"},
      {"'plain", "'plain"},
      {"=HYPERLINK(\"a\",\"b\")", "\"'=HYPERLINK(\"\"a\"\",\"\"b\"\")\""},
  };
  for (const auto& c : cases) {
    std::string out;
    AppendCsvCell(c.cell, ',', &out);
    EXPECT_EQ(out, c.written);
  }
}

TEST(AppendCsvCell, ReadingGivesBackWhatWasWritten) {
  for (const std::string cell :
       {"=1", "'=1", "''+1 2", "'plain", "+14155551234", "\t", "-", "'", "a;b"}) {
    std::string text = "Phone;Note;End\n+14155551234;";
    AppendCsvCell(cell, ';', &text);
    text += ";x\n";
    EXPECT_EQ(Check(text, PhoneOnly()).rows[0].cells[1], cell);
  }
}

TEST(RejectWriter, KeepsTheOriginalColumnsAndSaysWhatToDo) {
  const Files files =
      Write("Phone,Note\n415-555-1234,\"a, b\"\n+14155551234,x\n+14155551235\n+14155551236,y,z\n",
            PhoneOnly());
  EXPECT_THAT(files.rejects, ::testing::StartsWith("Phone,Note,problem,fix\r\n"
                                                   "415-555-1234,\"a, b\",phone_no_country_code,"));
  EXPECT_THAT(files.rejects, HasSubstr("\r\n+14155551235,,row_too_few_columns,"));
  EXPECT_THAT(files.rejects, HasSubstr("\r\n+14155551236,y,row_too_many_columns,"));
  EXPECT_THAT(files.rejects, HasSubstr(",z\r\n"));
  EXPECT_EQ(files.clean, "phone,note\r\n+14155551234,x\r\n");
}

TEST(RejectWriter, ReadAgainAsItIsGivesTheSameVerdictsAndTheSameFile) {
  const std::string list =
      "Name;Phone;Email;Note\n"
      "Anna;415-555-1234;anna@example.com;=1+1\n"
      ";+14155551234;b@example.com;'-2\n"
      "Cleo;+14155551235\n"
      "Dora;+14155551236;dora@example.com;x;y\n"
      "Eva;n/a;eva.example.com;\"a\nb\"\n"
      "Fay;+14155551237;fay@example.com;\"open\n";
  const Kept first = Check(list);
  const Files files = Write(list, {});
  const Kept second = Check(files.rejects);
  ASSERT_EQ(second.rows.size(), first.rows.size());
  for (size_t i = 0; i + 1 < first.rows.size(); ++i) {
    EXPECT_EQ(second.rows[i].codes, first.rows[i].codes) << i;
  }
  // A broken quote leaves its cells split as they were found: too few of them.
  EXPECT_EQ(first.rows.back().main_code, "row_broken_quote");
  EXPECT_EQ(second.summary.accepted, 1u);
  EXPECT_EQ(second.rows.back().cells[3], "\"open");
  EXPECT_EQ(Write(files.rejects, {}).rejects.substr(0, 200), files.rejects.substr(0, 200));
}

TEST(RejectWriter, AMendedRowIsAccepted) {
  const Files files = Write("Phone,Note\n415-555-1234,x\n+14155551235\n", PhoneOnly());
  std::string mended = files.rejects;
  mended.replace(mended.find("415-555-1234"), 12, "+14155551234");
  EXPECT_EQ(Check(mended, PhoneOnly()).summary.accepted, 1u);
  mended.replace(mended.find("row_too_few_columns"), 19, "");
  EXPECT_EQ(Check(mended, PhoneOnly()).summary.accepted, 2u);
}

TEST(CleanWriter, WritesOurOwnNamesAndIsImportableWithoutLoss) {
  const std::string list =
      "Vorname;Nachname;Telefon;E-Mail;Alter;Phone 2\n"
      "Anna;Adams;+14155551234;anna@example.com;42;+14155550001\n"
      "Ben;Brown;+14155551235;ben@example.com;=1+1;\n";
  const Files files = Write(list, {});
  EXPECT_EQ(files.clean,
            "name,phone,email,alter,secondary_phone_1,secondary_1_name\r\n"
            "Anna Adams,+14155551234,anna@example.com,42,+14155550001,\r\n"
            "Ben Brown,+14155551235,ben@example.com,'=1+1,,\r\n");
  const Kept again = Check(files.clean);
  ASSERT_EQ(again.summary.accepted, 2u);
  EXPECT_EQ(again.rows[0].draft.contacts[0].phone, "+14155550001");
  EXPECT_EQ(again.rows[1].draft.variables, (Variables{{"alter", "=1+1"}}));
}

TEST(CleanWriter, ListsWithoutAHeaderGetOne) {
  ListOptions options = PhoneOnly();
  const Files files = Write("+14155551234,x\n12,y\n", options, {.bom = true});
  EXPECT_EQ(files.clean, "\xEF\xBB\xBFphone,column_2\r\n+14155551234,x\r\n");
  EXPECT_THAT(files.rejects,
              ::testing::StartsWith("\xEF\xBB\xBFphone,variable:column_2,problem,fix"));
}

TEST(SummaryJson, HasTheMembersThatScriptsReadFirst) {
  const Kept kept = Check("Phone\n+14155551234\n1\n", PhoneOnly());
  const Json json = ParseJson(SummaryJson(kept.summary, 0.5)).value();
  std::vector<std::string> keys;
  for (const auto& item : json.items()) keys.push_back(item.key());
  EXPECT_THAT(keys, ::testing::ElementsAre("rows", "accepted", "rejected", "problems", "bytes",
                                           "seconds", "repaired", "blank"));
  EXPECT_EQ(IntOf(Member(json, "rows")), 2);
  EXPECT_EQ(IntOf(Member(json, "accepted")), 1);
  EXPECT_EQ(IntOf(Member(json, "bytes")), 21);
  EXPECT_EQ(Member(json, "problems").size(), 1u);
}

}  // namespace
}  // namespace leadline
