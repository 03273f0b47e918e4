#include "server/store/sqlite/store_impl.h"

#include <fcntl.h>
#include <unistd.h>

#include "server/store/sqlite/migrate.h"

namespace leadline {

Result<std::unique_ptr<Store>> OpenSqliteStore(const SqliteOptions& options) {
  auto lock = FolderLock::Take(options.folder);
  if (!lock.ok()) return lock.status();
  const std::string path = options.folder + "/leadline.db";
  // Born private; SQLite gives the files beside it the same mode.
  if (const int fd = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600); fd >= 0) close(fd);
  auto writer = Db::Open(path, Db::Mode::kWriter);
  if (!writer.ok()) return writer.status();
  if (options.max_bytes > 0) {
    (*writer)->RunScript("PRAGMA max_page_count=" + std::to_string(options.max_bytes / 4096));
  }
  LEADLINE_RETURN_IF_ERROR(Migrate(**writer, path, BuiltInMigrations()));
  std::vector<std::unique_ptr<Db>> readers;
  for (int i = 0; i < options.readers; ++i) {
    auto reader = Db::Open(path, Db::Mode::kReader);
    if (!reader.ok()) return reader.status();
    readers.push_back(std::move(*reader));
  }
  return std::unique_ptr<Store>(new SqliteStore(std::move(*lock), std::move(*writer),
                                                std::move(readers), *options.zones, options.clock));
}

SqliteStore::SqliteStore(FolderLock lock, std::unique_ptr<Db> writer,
                         std::vector<std::unique_ptr<Db>> readers, const Zones& zones,
                         const Clock* clock)
    : folder_lock_(std::move(lock)),
      zones_(zones),
      clock_(clock),
      writer_(std::move(writer)),
      readers_(std::move(readers)),
      housekeeper_(writer_.get(), &writer_mutex_) {
  for (const auto& reader : readers_) free_readers_.push_back(reader.get());
}

SqliteStore::~SqliteStore() = default;

Status SqliteStore::Begin() {
  writer_->ClearError();
  writer_->RunScript("BEGIN IMMEDIATE");
  return writer_->error();
}

Status SqliteStore::End(const Status& body) {
  if (body.ok()) writer_->RunScript("COMMIT");
  const Status status = writer_->Missing(body);
  if (!status.ok() && writer_->in_transaction()) {
    writer_->ClearError();
    writer_->RunScript("ROLLBACK");
  }
  return status;
}

Status SqliteStore::EndRead(Db& db) {
  const Status status = db.error();
  db.ClearError();
  db.RunScript("COMMIT");
  return status;
}

void SqliteStore::OnChange(std::function<void(int64_t)> listener) {
  const std::lock_guard<std::mutex> lock(listeners_mutex_);
  listeners_.push_back(std::move(listener));
}

void SqliteStore::Tell(int64_t newest_event) {
  const std::lock_guard<std::mutex> lock(listeners_mutex_);
  for (const auto& listener : listeners_) listener(newest_event);
}

Db* SqliteStore::TakeReader() {
  std::unique_lock<std::mutex> lock(readers_mutex_);
  reader_free_.wait(lock, [this] { return !free_readers_.empty(); });
  Db* db = free_readers_.back();
  free_readers_.pop_back();
  return db;
}

void SqliteStore::GiveBackReader(Db* db) {
  {
    const std::lock_guard<std::mutex> lock(readers_mutex_);
    free_readers_.push_back(db);
  }
  reader_free_.notify_one();
}

}  // namespace leadline
