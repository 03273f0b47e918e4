#include <gtest/gtest.h>

#include "common/table/checker.h"
#include "server/base/zones.h"
#include "server/service/export_service.h"
#include "server/store/sqlite/sqlite_store.h"
#include "tests/support/temp_folder.h"

namespace leadline {
namespace {

constexpr TimeMs kExportedAt = 1772470800000;

class ExportTest : public ::testing::Test {
 protected:
  ExportTest() {
    auto store = OpenSqliteStore({folder_.path(), &zones_});
    EXPECT_TRUE(store.ok()) << store.status().message();
    store_ = std::move(*store);
  }
  void Add(const LeadDraft& draft) {
    const Result<Lead> lead = store_->CreateLead(draft, "test", kExportedAt);
    ASSERT_TRUE(lead.ok()) << lead.status().message();
  }
  std::string Export(const ExportOptions& options) {
    std::string out;
    const Status status = ExportLeads(store_.get(), {}, options, [&](std::string_view piece) {
      out += piece;
      return true;
    });
    EXPECT_TRUE(status.ok()) << status.message();
    return out;
  }

  TempFolder folder_;
  SystemZones zones_;
  std::unique_ptr<Store> store_;
};

LeadDraft Odd() {
  LeadDraft draft;
  draft.name = "=HYPERLINK(\"http://x\"),\nline two";
  draft.phone = "+14155551234";
  draft.email = "a@example.com";
  draft.company = "'@Oak, \"Sons\"";
  draft.timezone = "America/New_York";
  draft.variables = {{"budget_range", "-5k"}, {"note", "+not a phone"}};
  draft.contacts.push_back({0, "Jane; Doe", "+14155550123", {}});
  return draft;
}

class Collect final : public CheckSink {
 public:
  void OnRow(const CheckedRow& row) override {
    EXPECT_TRUE(row.accepted()) << row.main_code();
    CopyTo(row.lead, &drafts.emplace_back());
  }
  std::vector<LeadDraft> drafts;
};

TEST_F(ExportTest, ComesBackThroughTheImportAsItWas) {
  Add(Odd());
  const std::string csv = Export({.columns = {}, .secondary = true});
  Collect collect;
  ListChecker checker({}, &collect);
  checker.Feed(csv);
  checker.Finish();
  ASSERT_EQ(collect.drafts.size(), 1u) << csv;
  const LeadDraft& read = collect.drafts[0];
  const LeadDraft stored = *store_->GetLead(1);
  EXPECT_EQ(read.name, stored.name);
  EXPECT_EQ(read.phone, stored.phone);
  EXPECT_EQ(read.email, stored.email);
  EXPECT_EQ(read.company, stored.company);
  EXPECT_EQ(read.timezone, stored.timezone);
  EXPECT_EQ(read.variables, stored.variables) << csv;
  ASSERT_EQ(read.contacts.size(), 1u);
  EXPECT_EQ(read.contacts[0].phone, "+14155550123");
  EXPECT_EQ(read.contacts[0].name, "Jane; Doe");
}

TEST_F(ExportTest, NoCellIsAFormula) {
  Add(Odd());
  const std::string csv = Export({.columns = {}, .secondary = true});
  for (const char* risky : {"\"=", ",=", ",-", ",@", ",+not"}) {
    EXPECT_EQ(csv.find(risky), std::string::npos) << risky << "\n" << csv;
  }
  EXPECT_NE(csv.find(",+14155551234,"), std::string::npos) << "phones stay as they are";
}

TEST_F(ExportTest, ChosenColumnsStandInTheirOrder) {
  Add(Odd());
  const std::string csv = Export({.columns = {"phone", "status", "note"}});
  EXPECT_EQ(csv.substr(3, csv.find('\n') - 2), "phone,status,note\r\n");
  EXPECT_NE(csv.find("+14155551234,created,"), std::string::npos) << csv;
  EXPECT_EQ(CheckColumns({.columns = {"drop table"}}).slug(), "unknown_column");
}

TEST_F(ExportTest, TheTemplateCanBeImported) {
  Collect collect;
  ListChecker checker({}, &collect);
  checker.Feed(TemplateCsv());
  EXPECT_EQ(checker.Finish().accepted, 1u);
  EXPECT_EQ(collect.drafts.at(0).contacts.size(), 1u);
}

}  // namespace
}  // namespace leadline
