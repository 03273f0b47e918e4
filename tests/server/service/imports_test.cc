// What the API's tests cannot show: crashes in the middle, cancelling, rows in = rows out.
#include "server/service/imports.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <random>

#include "server/base/zones.h"
#include "server/store/sqlite/sqlite_store.h"
#include "tests/support/temp_folder.h"

namespace leadline {
namespace {

constexpr TimeMs kImportedAt = 1772470800000;

class ImportsTest : public ::testing::Test {
 protected:
  ImportsTest() : clock_(kImportedAt) {
    auto store = OpenSqliteStore({folder_.path() + "/data", &zones_});
    EXPECT_TRUE(store.ok()) << store.status().message();
    store_ = std::move(*store);
    Restart();
  }
  void Restart() {
    imports_.reset();
    imports_ =
        std::make_unique<Imports>(store_.get(), &clock_, folder_.path() + "/imports", nullptr);
  }
  ImportId Checked(const std::string& text, const ImportOptions& options = {}) {
    const Result<ImportRecord> made = imports_->Create(options);
    EXPECT_TRUE(made.ok()) << made.status().message();
    size_t at = 0;
    const Result<ImportRecord> uploaded = imports_->Upload(
        made->id,
        [&](char* to, size_t max) {
          const size_t n = text.copy(to, std::min<size_t>(max, 1000), at);
          at += n;
          return n;
        },
        [&] { return at == text.size(); });
    EXPECT_TRUE(uploaded.ok()) << uploaded.status().message();
    return made->id;
  }
  static std::string Rows(int count) {
    std::string text = "name,phone,email\n";
    for (int i = 0; i < count; ++i) {
      const std::string n = std::to_string(i);
      text += "Lead " + n + ",+1415555" + std::string(4 - n.size(), '0') + n + ",l" + n +
              "@example.com\n";
    }
    return text;
  }
  int64_t Leads() { return store_->ListLeads({})->total; }
  ImportRecord Get(ImportId id) { return *imports_->Get(id); }

  TempFolder folder_;
  FakeClock clock_;
  SystemZones zones_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Imports> imports_;
};

TEST_F(ImportsTest, ACommitThatDiedGoesOnWhereItStopped) {
  const ImportId id = Checked(Rows(5000));
  // As a crash leaves it: committing, with the first chunk written.
  Import import = *store_->GetImport(id);
  import.state = ImportState::kCommitting;
  import.counts.created = 0;
  ASSERT_TRUE(store_->UpdateImport(import, kImportedAt).ok());
  std::vector<ImportRow> rows(3);
  for (int i = 0; i < 3; ++i) {
    rows[static_cast<size_t>(i)].row = i + 2;
    rows[static_cast<size_t>(i)].draft.name = "Lead";
    rows[static_cast<size_t>(i)].draft.email = "l@example.com";
    rows[static_cast<size_t>(i)].draft.phone = "+1415555000" + std::to_string(i);
  }
  ASSERT_TRUE(store_->WriteImportRows(id, rows, 4, kImportedAt).ok());
  Restart();
  ASSERT_TRUE(imports_->Resume().ok());
  imports_->WaitIdle();
  const ImportRecord done = Get(id);
  EXPECT_EQ(done.state, "committed");
  EXPECT_EQ(done.created, 5000);
  EXPECT_EQ(done.rows, 5000);
  EXPECT_EQ(Leads(), 5000);
}

TEST_F(ImportsTest, WhatTheAssistantRequiresMustBeInTheList) {
  Assistant assistant;
  assistant.name = "Ann";
  assistant.external_id = "agent_1111111111111111";
  assistant.variables = {{"budget", "", true, ""},
                         {"company_name", "", true, ""},
                         {"product", "solar", true, ""},
                         {"note", "", false, ""}};
  const Result<Assistant> made = store_->CreateAssistant(assistant, kImportedAt);
  ASSERT_TRUE(made.ok()) << made.status().message();
  Campaign campaign;
  campaign.name = "Spring";
  campaign.assistant_id = made->id;
  const Result<Campaign> spring = store_->CreateCampaign(campaign, kImportedAt);
  ASSERT_TRUE(spring.ok()) << spring.status().message();
  ImportOptions options;
  options.campaign_id = spring->id;
  options.required = std::vector<std::string>{"name"};
  const ImportId id = Checked(
      "name,phone,company,budget\nAnna,+14155550100,Acme,5\nBen,+14155550101,Acme,\n"
      "Cleo,+14155550102,,5\n",
      options);
  const ImportRecord record = Get(id);
  EXPECT_EQ(record.rows, 3);
  EXPECT_EQ(record.created, 1);
  EXPECT_EQ(record.problems, (std::vector<std::pair<std::string, int64_t>>{
                                 {"company_missing", 1}, {"variable_missing", 1}}));
  // The same list suits the built-in campaign, which has no assistant.
  options.campaign_id = 0;
  EXPECT_EQ(Get(Checked("name,phone\nAnna,+14155550100\n", options)).created, 1);
}

TEST_F(ImportsTest, ListsForVapiAreCheckedAgainstItsLimits) {
  Assistant assistant;
  assistant.name = "Ann";
  assistant.provider = Provider::kVapi;
  assistant.external_id = "11111111-2222-4333-8444-555555555555";
  const Result<Assistant> made = store_->CreateAssistant(assistant, kImportedAt);
  ASSERT_TRUE(made.ok()) << made.status().message();
  Campaign campaign;
  campaign.name = "Spring";
  campaign.assistant_id = made->id;
  const Result<Campaign> spring = store_->CreateCampaign(campaign, kImportedAt);
  ASSERT_TRUE(spring.ok()) << spring.status().message();
  ImportOptions options;
  options.campaign_id = spring->id;
  options.required = std::vector<std::string>{"name"};
  const std::string list = "name,phone\n" + std::string(41, 'x') + ",+14155550100\n";
  const ImportRecord record = Get(Checked(list, options));
  EXPECT_EQ(record.created, 1);
  EXPECT_EQ(record.problems,
            (std::vector<std::pair<std::string, int64_t>>{{"name_cut_for_vapi", 1}}));
  options.campaign_id = 0;
  EXPECT_TRUE(Get(Checked(list, options)).problems.empty());
}

TEST_F(ImportsTest, TypesAreTakenAsAsked) {
  ImportOptions options;
  options.required.emplace();
  options.types = {{"due", "date:mdy"}};
  const ImportId id = Checked("phone,due\n+14155550100,03/04/2026\n+14155550101,soon\n", options);
  EXPECT_EQ(Get(id).problems,
            (std::vector<std::pair<std::string, int64_t>>{{"value_not_date", 1}}));
  ASSERT_TRUE(imports_->Commit(id).ok());
  imports_->WaitIdle();
  ASSERT_EQ(Leads(), 1);
  EXPECT_EQ(store_->ListLeads({})->items[0].variables.at("due"), "2026-03-04");
  options.types = {{"due", "money"}};
  const Result<ImportRecord> refused = imports_->Create(options);
  ASSERT_EQ(refused.status().slug(), "invalid_body");
  EXPECT_EQ(refused.status().fields()[0].path, "types.due");
}

TEST_F(ImportsTest, StoppingBetweenChunksLosesAndDoublesNothing) {
  const ImportId id = Checked(Rows(9000));
  ASSERT_TRUE(imports_->Commit(id).ok());
  for (int i = 0; i < 5; ++i) {
    Restart();
    ASSERT_TRUE(imports_->Resume().ok());
  }
  imports_->WaitIdle();
  EXPECT_EQ(Get(id).state, "committed");
  EXPECT_EQ(Get(id).created, 9000);
  EXPECT_EQ(Leads(), 9000);
}

TEST_F(ImportsTest, CancellingTakesBackWhatWasWritten) {
  const ImportId id = Checked(Rows(9000));
  ASSERT_TRUE(imports_->Commit(id).ok());
  const Result<ImportRecord> discarded = imports_->Discard(id);
  // It may have been over already; then it says so, and nothing is half done.
  if (discarded.ok()) {
    EXPECT_EQ(Get(id).state, "undone");
    EXPECT_EQ(Leads(), 0);
  } else {
    EXPECT_EQ(discarded.status().slug(), "wrong_state");
    EXPECT_EQ(Leads(), 9000);
  }
}

TEST_F(ImportsTest, ADiscardedFileIsForgotten) {
  const ImportId id = Checked(Rows(3));
  ASSERT_TRUE(imports_->Discard(id).ok());
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path() + "/imports"));
  EXPECT_EQ(imports_->WriteRejects(id, [](std::string_view) { return true; }).slug(),
            "import_file_gone");
  EXPECT_EQ(Leads(), 0);
}

TEST_F(ImportsTest, RowsInAreRowsOutWhateverTheFile) {
  std::mt19937 random(7);
  const std::string_view pieces[] = {
      "name,phone,email\n", "A,", "+14155551234", ",",     "a@x.org", "\n", "\"", "\r\n",
      "+1415555",           "00", "\xFF",         "=1+1,", "  "};
  for (int round = 0; round < 60; ++round) {
    std::string text = "name,phone,email\n";
    for (int i = 0; i < 80; ++i) text += pieces[random() % std::size(pieces)];
    ImportOptions options;
    options.duplicates = static_cast<int>(random() % 4);
    const ImportId id = Checked(text, options);
    const ImportRecord checked = Get(id);
    ASSERT_TRUE(imports_->Commit(id).ok());
    imports_->WaitIdle();
    const ImportRecord done = Get(id);
    EXPECT_EQ(done.state, "committed") << done.error << text;
    EXPECT_EQ(done.created + done.updated + done.skipped + done.rejected, done.rows) << text;
    EXPECT_EQ(done.rejected, checked.rejected) << text;
    EXPECT_EQ(done.created, checked.created) << "the dry run foresaw it: " << text;
  }
}

TEST_F(ImportsTest, SettingsOfTheDayOfTheCheckHold) {
  const ImportId id = Checked("name,phone\nA,+14155551234\n");
  EXPECT_EQ(Get(id).rejected, 1) << "no email";
  CallingSettings settings = *store_->GetSettings();
  settings.required_fields = {};
  ASSERT_TRUE(store_->UpdateSettings(settings, kImportedAt).ok());
  ASSERT_TRUE(imports_->Commit(id).ok());
  imports_->WaitIdle();
  EXPECT_EQ(Get(id).created, 0);
  EXPECT_EQ(Get(id).rejected, 1);
}

TEST_F(ImportsTest, WrongOptionsAreRefusedBeforeAnyFile) {
  ImportOptions options;
  options.encoding = "klingon";
  EXPECT_EQ(imports_->Create(options).status().fields()[0].path, "encoding");
  options = {};
  options.mapping = {{"Tel", "fone"}};
  EXPECT_EQ(imports_->Create(options).status().code(), Code::kInvalid);
}

}  // namespace
}  // namespace leadline
