// The SQLite store: the conformance suite over it, and what is true of SQLite alone.
#include "server/store/sqlite/sqlite_store.h"

#include <sqlite3.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "server/store/sqlite/db.h"
#include "server/store/sqlite/migrate.h"
#include "server/store/sqlite/pace.h"
#include "tests/server/store/conformance.h"
#include "tests/support/temp_folder.h"

namespace leadline {
namespace {

class SqliteUnderTest final : public StoreUnderTest {
 public:
  explicit SqliteUnderTest(const Zones& zones) : zones_(zones) { Reopen(); }
  Store& store() override { return *store_; }
  void Reopen() override {
    store_.reset();
    SqliteOptions options;
    options.folder = folder_.path();
    options.zones = &zones_;
    auto store = OpenSqliteStore(options);
    ASSERT_TRUE(store.ok()) << store.status().message();
    store_ = std::move(*store);
  }

 private:
  const Zones& zones_;
  TempFolder folder_;
  std::unique_ptr<Store> store_;
};

StoreBackend Sqlite() {
  return {"Sqlite", [](const Zones& zones) { return std::make_unique<SqliteUnderTest>(zones); }};
}
std::string BackendName(const ::testing::TestParamInfo<StoreBackend>& backend) {
  return backend.param.name;
}
INSTANTIATE_TEST_SUITE_P(Sqlite, StoreConformance, ::testing::Values(Sqlite()), BackendName);
INSTANTIATE_TEST_SUITE_P(Sqlite, StoreLists, ::testing::Values(Sqlite()), BackendName);

// ---- SQLite alone ----

const FakeZones kZones;

Result<std::unique_ptr<Store>> OpenAt(const std::string& folder, int64_t max_bytes = 0) {
  SqliteOptions options;
  options.folder = folder;
  options.zones = &kZones;
  options.max_bytes = max_bytes;
  return OpenSqliteStore(options);
}

// Until every lead is in the search index; the store at `folder` is open.
void WaitForSearchIndex(const std::string& folder) {
  auto db = Must(Db::Open(folder + "/leadline.db", Db::Mode::kReader));
  for (int i = 0; i < 1000; ++i) {
    if (db->IntOf("SELECT indexed_to >= (SELECT max(id) FROM lead) FROM search_progress", 0) != 0) {
      return;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  ADD_FAILURE() << "the search index stays behind";
}

TEST(SqliteStore, MakesItsFolderAndFilesForTheOwnerAlone) {
  TempFolder temp;
  const std::string folder = temp.path() + "/data";
  auto store = Must(OpenAt(folder));
  const auto mode = [](const std::string& path) {
    struct stat info = {};
    EXPECT_EQ(stat(path.c_str(), &info), 0) << path;
    return info.st_mode & 0777;
  };
  EXPECT_EQ(mode(folder), 0700u);
  EXPECT_EQ(mode(folder + "/leadline.db"), 0600u);
  EXPECT_EQ(mode(folder + "/leadline.db-wal"), 0600u);
  EXPECT_EQ(mode(folder + "/leadline.lock"), 0600u);
  store.reset();
  EXPECT_FALSE(std::filesystem::exists(folder + "/leadline.db-wal"));
  EXPECT_SLUG(OpenAt("/proc/nowhere/data"), "store_folder");
}

TEST(SqliteStore, ASecondOneOnTheSameFolderIsRefused) {
  TempFolder folder;
  auto first = Must(OpenAt(folder.path()));
  EXPECT_SLUG(OpenAt(folder.path()), "store_in_use");
  first.reset();
  Must(OpenAt(folder.path()));
}

TEST(SqliteStore, ANewerDatabaseIsRefusedAndLeftAsItIs) {
  TempFolder folder;
  Must(OpenAt(folder.path())).reset();
  {
    auto db = Must(Db::Open(folder.path() + "/leadline.db", Db::Mode::kWriter));
    db->Run("INSERT INTO migration VALUES (999, 0)");
  }
  const auto refused = OpenAt(folder.path());
  EXPECT_SLUG(refused, "store_newer");
  EXPECT_THAT(refused.status().message(), ::testing::HasSubstr("999"));
}

TEST(SqliteStore, ADamagedFileIsSaidAndNotTouched) {
  TempFolder folder;
  const std::string path = folder.path() + "/leadline.db";
  const std::string garbage(10'000, 'x');
  std::ofstream(path) << garbage;
  const auto refused = OpenAt(folder.path());
  EXPECT_SLUG(refused, "store_failed");
  EXPECT_THAT(refused.status().message(), ::testing::HasSubstr("damaged"));
  std::ifstream in(path);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), garbage);
}

TEST(SqliteStore, TheWriterSyncsEveryCommitAndReadersCannotWrite) {
  TempFolder folder;
  Must(OpenAt(folder.path())).reset();
  const std::string path = folder.path() + "/leadline.db";
  auto writer = Must(Db::Open(path, Db::Mode::kWriter));
  EXPECT_EQ(writer->IntOf("PRAGMA synchronous", -1), 2);
  EXPECT_EQ(writer->IntOf("PRAGMA foreign_keys", -1), 1);
  EXPECT_EQ(writer->IntOf("PRAGMA busy_timeout", -1), 10'000);
  EXPECT_EQ(writer->IntOf("PRAGMA wal_autocheckpoint", -1), 0);
  EXPECT_EQ(writer->IntOf("SELECT journal_mode = 'wal' FROM pragma_journal_mode", -1), 1);
  auto reader = Must(Db::Open(path, Db::Mode::kReader));
  EXPECT_EQ(reader->IntOf("PRAGMA wal_autocheckpoint", -1), 0);
  reader->Run("DELETE FROM campaign");
  EXPECT_SLUG(reader->error(), "store_failed");
}

TEST(SqliteStore, MigrationsRunOnceInOrderAfterACopyOfWhatWasThere) {
  TempFolder folder;
  const std::string path = folder.path() + "/some.db";
  const Migration steps[] = {{1, "CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (1);"},
                             {2, "INSERT INTO a VALUES (2);"},
                             {3, "INSERT INTO a VALUES (3); INSERT INTO nowhere VALUES (1);"}};
  auto db = Must(Db::Open(path, Db::Mode::kWriter));
  Must(Migrate(*db, path, {steps, 1}));
  EXPECT_FALSE(std::filesystem::exists(path + ".before-1"));
  Must(Migrate(*db, path, {steps, 2}));
  Must(Migrate(*db, path, {steps, 2}));
  EXPECT_EQ(db->IntOf("SELECT group_concat(x) = '1,2' FROM a", 0), 1);
  auto copy = Must(Db::Open(path + ".before-1", Db::Mode::kWriter));
  EXPECT_EQ(copy->IntOf("SELECT sum(x) FROM a", 0), 1);
  // One that fails leaves the version before it.
  EXPECT_SLUG(Migrate(*db, path, steps), "store_failed");
  db->ClearError();
  EXPECT_EQ(db->IntOf("SELECT sum(x) FROM a", 0), 3);
  EXPECT_EQ(db->IntOf("SELECT max(number) FROM migration", 0), 2);
  EXPECT_FALSE(db->in_transaction());
}

TEST(SqliteStore, AFullDiskIsSaidAndLeavesNothingHalfWritten) {
  TempFolder folder;
  auto store = Must(OpenAt(folder.path(), 1 << 20));
  Import import = Must(store->CreateImport({}, kMonday));
  import.state = ImportState::kCommitting;
  import = Must(store->UpdateImport(import, kMonday));
  const auto write = [&](int chunk) {
    std::vector<ImportRow> rows;
    for (int n = chunk * 500 + 1; n <= chunk * 500 + 500; ++n) rows.push_back({n, DraftNo(n)});
    return store->WriteImportRows(import.id, rows, rows.back().row, kMonday);
  };
  int chunk = 0;
  Result<ImportCounts> last = write(chunk);
  while (last.ok() && chunk < 20) last = write(++chunk);
  EXPECT_SLUG(last, "store_full");
  EXPECT_EQ(last.status().code(), Code::kUnavailable);
  EXPECT_EQ(Must(store->GetImport(import.id)).next_row, chunk * 500);
  EXPECT_EQ(Must(store->CountLeads()).at(0).leads, chunk * 500);
  Must(store->Ping());
  store.reset();
  store = Must(OpenAt(folder.path()));  // there is room again
  EXPECT_EQ(Must(write(chunk)).created, 500);
  WaitForSearchIndex(folder.path());
  store.reset();
  auto db = Must(Db::Open(folder.path() + "/leadline.db", Db::Mode::kWriter));
  EXPECT_EQ(db->IntOf("SELECT integrity_check = 'ok' FROM pragma_integrity_check", 0), 1);
  EXPECT_EQ(db->IntOf("SELECT count(*) FROM pragma_foreign_key_check", -1), 0);
  db->Run("INSERT INTO lead_search(lead_search, rank) VALUES ('integrity-check', 1)");
  Must(db->error());
}

TEST(SqliteStore, ManyReadersAndAWriterGoOnAtOnce) {
  TempFolder folder;
  auto store = Must(OpenAt(folder.path()));
  std::vector<std::thread> threads;
  for (int t = 0; t < 6; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) Must(store->ListLeads({}));
    });
  }
  for (int n = 0; n < 50; ++n) Must(store->CreateLead(DraftNo(n), "api", kMonday));
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(Must(store->ListLeads({})).total, 50);
}

std::vector<LeadId> Found(Store& store, LeadQuery query) {
  std::vector<LeadId> ids;
  for (const Lead& lead : Must(store.ListLeads(query)).items) ids.push_back(lead.id);
  return ids;
}
std::vector<LeadId> FoundByWords(Store& store, const std::string& words) {
  LeadQuery query;
  query.q = words;
  return Found(store, query);
}

// Every name and number, and the search index, as the leads have them.
void ExpectKeysOfLeads(const std::string& folder) {
  auto db = Must(Db::Open(folder + "/leadline.db", Db::Mode::kWriter));
  for (const char* pair :
       {"SELECT phone, id FROM lead EXCEPT SELECT phone, lead_id FROM lead_by_phone",
        "SELECT phone, lead_id FROM lead_by_phone EXCEPT SELECT phone, id FROM lead",
        "SELECT name, status, campaign_id, id FROM lead EXCEPT SELECT * FROM lead_by_name",
        "SELECT * FROM lead_by_name EXCEPT SELECT name, status, campaign_id, id FROM lead"}) {
    const std::string count = "SELECT count(*) FROM (" + std::string(pair) + ")";
    EXPECT_EQ(db->IntOf(count, -1), 0) << pair;
  }
  db->Run("INSERT INTO lead_search(lead_search, rank) VALUES ('integrity-check', 1)");
  Must(db->error());
}

// An import that breaks off in the middle of a batch: numbers and names are in, leads are not all.
class BrokenOffBatch : public ::testing::Test {
 protected:
  static constexpr int kRows = 3000;
  BrokenOffBatch() : store_(Must(OpenAt(folder_.path(), 900'000))) {
    for (int n = 1; n <= kRows; ++n) rows_.push_back({n, DraftNo(n)});
    Import import = Must(store_->CreateImport({}, kMonday));
    import.state = ImportState::kCommitting;
    import_ = Must(store_->UpdateImport(import, kMonday)).id;
    EXPECT_SLUG(Send(), "store_full");
    store_.reset();
    store_ = Must(OpenAt(folder_.path()));  // there is room again
    written_ = Must(store_->GetImport(import_)).next_row;
  }
  Result<ImportCounts> Send() { return store_->WriteImportRows(import_, rows_, kRows, kMonday); }

  TempFolder folder_;
  std::unique_ptr<Store> store_;
  std::vector<ImportRow> rows_;
  ImportId import_ = 0;
  int64_t written_ = 0;
};

TEST_F(BrokenOffBatch, IsPartlyThereAndWhatIsNotIsNowhere) {
  EXPECT_GT(written_, 0);
  EXPECT_LT(written_, kRows);
  EXPECT_EQ(Must(store_->CountLeads()).at(0).leads, written_);
  LeadQuery query;
  query.sort = LeadSort::kName;
  query.limit = 500;
  int64_t by_name = 0;
  do {
    const auto page = Must(store_->ListLeads(query));
    by_name += static_cast<int64_t>(page.items.size());
    query.cursor = page.next_cursor;
  } while (!query.cursor.empty() && by_name <= written_);
  EXPECT_EQ(by_name, written_);
  const std::string here = PhoneNo(1), missing = PhoneNo(kRows);
  EXPECT_EQ(Must(store_->FindStoredNumbers({missing, here})), std::vector<size_t>{1});
  query = {};
  query.phone = missing;
  EXPECT_EQ(Must(store_->ListLeads(query)).total, 0);
}

TEST_F(BrokenOffBatch, BecomesTheSameLeadsWhenItIsSentAgain) {
  EXPECT_EQ(Must(Send()).created, kRows - written_);
  WaitForSearchIndex(folder_.path());
  store_.reset();
  ExpectKeysOfLeads(folder_.path());
  auto db = Must(Db::Open(folder_.path() + "/leadline.db", Db::Mode::kReader));
  EXPECT_EQ(db->IntOf("SELECT count(*) FROM lead", 0), kRows);
  EXPECT_EQ(db->IntOf("SELECT max(id) - min(id) + 1 FROM lead", 0), kRows);
}

TEST_F(BrokenOffBatch, ANumberThatCameElsewhereMeanwhileIsADuplicateThen) {
  const Lead lead = Must(store_->CreateLead(DraftNo(kRows), kPerson, kMonday));
  const ImportCounts counts = Must(Send());
  EXPECT_EQ(counts.created, kRows - written_ - 1);
  EXPECT_EQ(counts.skipped, 1);
  LeadQuery query;
  query.phone = lead.phone;
  EXPECT_THAT(Found(*store_, query), ::testing::ElementsAre(lead.id));
  WaitForSearchIndex(folder_.path());
  store_.reset();
  ExpectKeysOfLeads(folder_.path());
}

// The index goes in the order of the ids, and those of the batch are lower.
TEST_F(BrokenOffBatch, LeadsMadeMeanwhileAreFoundThoughTheIndexWaitsForTheBatch) {
  LeadDraft draft = DraftNo(9000);
  draft.name = "Zebulon Pike";
  const Lead lead = Must(store_->CreateLead(draft, kPerson, kMonday));
  const Lead gone = Must(store_->CreateLead(draft, kPerson, kMonday));
  EXPECT_THAT(FoundByWords(*store_, "zebulon"), ::testing::UnorderedElementsAre(lead.id, gone.id));
  Must(store_->DeleteLead(gone.id, 1, kPerson, kMonday));
  draft.name = "Meriwether Lewis";
  Must(store_->UpdateLead(lead.id, 1, draft, kPerson, kMonday));
  std::this_thread::sleep_for(std::chrono::milliseconds(100));  // time for the index to go wrong
  auto db = Must(Db::Open(folder_.path() + "/leadline.db", Db::Mode::kReader));
  EXPECT_LT(db->IntOf("SELECT indexed_to FROM search_progress", 0), lead.id);
  EXPECT_THAT(FoundByWords(*store_, "zebulon"), ::testing::IsEmpty());
  EXPECT_THAT(FoundByWords(*store_, "meriwether"), ::testing::ElementsAre(lead.id));
  Must(Send());
  WaitForSearchIndex(folder_.path());
  EXPECT_THAT(FoundByWords(*store_, "meriwether"), ::testing::ElementsAre(lead.id));
  LeadQuery last;
  last.q = rows_.back().draft.email;
  EXPECT_EQ(Must(store_->ListLeads(last)).total, 1);
  // Edits and deletions reach the index from then on.
  draft.name = "William Clark";
  Must(store_->UpdateLead(lead.id, 2, draft, kPerson, kMonday));
  EXPECT_THAT(FoundByWords(*store_, "meriwether"), ::testing::IsEmpty());
  EXPECT_THAT(FoundByWords(*store_, "clark"), ::testing::ElementsAre(lead.id));
  store_.reset();
  db.reset();
  ExpectKeysOfLeads(folder_.path());
}

TEST_F(BrokenOffBatch, CanBeTakenBack) {
  int64_t removed = 0;
  for (bool more = true; more;) {
    const auto step = Must(store_->UndoImport(import_, kMonday));
    removed += step.removed;
    more = step.more;
  }
  EXPECT_EQ(removed, written_);
  LeadQuery query;
  query.sort = LeadSort::kName;
  EXPECT_EQ(Must(store_->ListLeads(query)).total, 0);
  const Lead lead = Must(store_->CreateLead(DraftNo(kRows), kPerson, kMonday));
  EXPECT_GT(lead.id, kRows) << "the ids of the batch never come back";
}

TEST(SqliteStore, TheFirstSchemaIsBroughtUpToDateWithNamesNumbersAndSearch) {
  TempFolder folder;
  const std::string path = folder.path() + "/leadline.db";
  {
    auto db = Must(Db::Open(path, Db::Mode::kWriter));
    Must(Migrate(*db, path, BuiltInMigrations().first(1)));
    for (const char* name : {"Bea", "Anna"}) {
      db->Run(
          "INSERT INTO lead (campaign_id, name, phone, email, company, timezone, variables, "
          "created_at, updated_at) VALUES (1, ?1, '+1415555' || length(?1), '', '', '', '', 1, 1)",
          name);
    }
    Must(db->error());
  }
  auto store = Must(OpenAt(folder.path()));
  LeadQuery query;
  query.sort = LeadSort::kName;
  EXPECT_THAT(Found(*store, query), ::testing::ElementsAre(2, 1));
  query.phone = "+14155553";
  EXPECT_THAT(Found(*store, query), ::testing::ElementsAre(1));
  EXPECT_THAT(FoundByWords(*store, "anna"), ::testing::ElementsAre(2));
  Must(store->DeleteLead(1, 1, kPerson, kMonday));
  store.reset();
  ExpectKeysOfLeads(folder.path());
}

TEST(Pace, AimsAtTenMillisecondsAndGoesThereInSteps) {
  Pace pace(1000);
  pace.Took(1000, 20);
  EXPECT_EQ(pace.rows(), 500u);
  pace.Took(500, 400);
  EXPECT_EQ(pace.rows(), 250u) << "one slow write says little";
  pace.Took(250, 0);
  EXPECT_EQ(pace.rows(), 500u);
  pace.Took(500, 8);
  EXPECT_EQ(pace.rows(), 625u);
  pace.Took(10, 20);
  EXPECT_EQ(pace.rows(), 625u) << "the rest of a batch";
  for (int i = 0; i < 10; ++i) pace.Took(pace.rows(), 1000);
  EXPECT_EQ(pace.rows(), Pace::kFewest);
  for (int i = 0; i < 10; ++i) pace.Took(pace.rows(), 0);
  EXPECT_EQ(pace.rows(), Pace::kMost);
}

}  // namespace
}  // namespace leadline
