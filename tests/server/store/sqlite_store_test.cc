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

}  // namespace
}  // namespace leadline
