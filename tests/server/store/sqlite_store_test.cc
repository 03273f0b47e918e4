// The SQLite store: the conformance suite over it, and what is true of SQLite alone.
#include "server/store/sqlite/sqlite_store.h"

#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>

#include "tests/server/store/conformance.h"

namespace leadline {
namespace {

class TempFolder {
 public:
  TempFolder() {
    // In memory where the machine has it: the tests are about what is written, not about the disk.
    const bool shm = std::filesystem::is_directory("/dev/shm");
    std::string path =
        (shm ? std::string("/dev/shm/") : ::testing::TempDir()) + "leadline-store-XXXXXX";
    EXPECT_NE(mkdtemp(path.data()), nullptr);
    path_ = path;
  }
  ~TempFolder() { std::filesystem::remove_all(path_); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

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

}  // namespace
}  // namespace leadline
