#include "server/store/sqlite/db.h"

#include <spdlog/spdlog.h>

#include <cerrno>

namespace leadline {
namespace {

constexpr int kBusyMs = 10'000;
constexpr size_t kMaxCachedTexts = 400;  // list queries come in that many shapes at most

Status StatusOf(int rc, int system_error) {
  switch (rc & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Unavailable("store_busy", "The data is locked by another task. Try again.");
    case SQLITE_FULL:
      return Unavailable("store_full", "The disk is full; nothing was saved. Free some space.");
    default:
      break;
  }
  if ((rc & 0xFF) == SQLITE_IOERR && system_error == ENOSPC) return StatusOf(SQLITE_FULL, 0);
  if ((rc & 0xFF) == SQLITE_CORRUPT || (rc & 0xFF) == SQLITE_NOTADB) {
    return {Code::kInternal, "store_failed", "The data file is damaged. Restore a backup."};
  }
  return {Code::kInternal, "store_failed", "The data could not be read or saved. See the log."};
}

// Bounds on what a statement may do, whatever reaches it.
void SetLimits(sqlite3* db) {
  sqlite3_limit(db, SQLITE_LIMIT_LENGTH, 64 << 20);
  sqlite3_limit(db, SQLITE_LIMIT_SQL_LENGTH, 200'000);
  sqlite3_limit(db, SQLITE_LIMIT_EXPR_DEPTH, 200);
  sqlite3_limit(db, SQLITE_LIMIT_VARIABLE_NUMBER, 1000);
  sqlite3_limit(db, SQLITE_LIMIT_WORKER_THREADS, 0);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
}

// The time-out comes first, so that the switch to WAL itself waits. Checkpoints are asked for by
// the writer alone (SQLite before 3.51.3 can damage the file when two connections do it at once).
constexpr const char* kWriterPragmas =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
    "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=0;"
    "PRAGMA journal_size_limit=67108864;";
constexpr const char* kReaderPragmas =
    "PRAGMA query_only=ON; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
    "PRAGMA cache_size=-32768; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=0;";

}  // namespace

Result<std::unique_ptr<Db>> Db::Open(const std::string& path, Mode mode) {
  std::unique_ptr<Db> db(new Db);
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
                    (mode == Mode::kWriter ? SQLITE_OPEN_CREATE : 0);
  const int rc = sqlite3_open_v2(path.c_str(), &db->handle_, flags, nullptr);
  if (rc != SQLITE_OK) {
    db->Fail(rc, "open");
    return db->error();
  }
  sqlite3_extended_result_codes(db->handle_, 1);
  sqlite3_busy_timeout(db->handle_, kBusyMs);
  if (!db->RunScript(mode == Mode::kWriter ? kWriterPragmas : kReaderPragmas)) return db->error();
  SetLimits(db->handle_);
  return db;
}

Db::~Db() {
  for (auto& [sql, free] : cache_) {
    for (sqlite3_stmt* statement : free) sqlite3_finalize(statement);
  }
  sqlite3_close(handle_);
}

bool Db::RunScript(const std::string& sql) {
  if (!ok()) return false;
  const int rc = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  if (rc != SQLITE_OK) Fail(rc, std::string_view(sql).substr(0, 200));
  return ok();
}

void Db::Fail(int rc, std::string_view sql) {
  if (!ok()) return;
  const int system_error = handle_ == nullptr ? errno : sqlite3_system_errno(handle_);
  error_ = StatusOf(rc, system_error);
  spdlog::error("store: {} ({}), system error {}: {}",
                handle_ == nullptr ? "no memory" : sqlite3_errmsg(handle_), rc, system_error, sql);
}

sqlite3_stmt* Db::Take(std::string_view sql, Free** home) {
  auto found = cache_.find(sql);
  if (found == cache_.end() && cache_.size() < kMaxCachedTexts) {
    found = cache_.emplace(std::string(sql), Free()).first;
  }
  *home = found == cache_.end() ? nullptr : &found->second;
  if (*home != nullptr && !(*home)->empty()) {
    sqlite3_stmt* statement = (*home)->back();
    (*home)->pop_back();
    return statement;
  }
  sqlite3_stmt* statement = nullptr;
  const int rc = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                    SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (rc != SQLITE_OK) Fail(rc, sql);
  return statement;
}

Query::Query(Db& db, std::string_view sql) : db_(db), sql_(sql) {
  if (db_.ok()) statement_ = db_.Take(sql, &home_);
}

Query::~Query() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);
  if (home_ == nullptr) {
    sqlite3_finalize(statement_);
    return;
  }
  sqlite3_clear_bindings(statement_);
  home_->push_back(statement_);
}

bool Query::Next() {
  if (!db_.ok() || statement_ == nullptr) return false;
  const int rc = sqlite3_step(statement_);
  if (rc == SQLITE_ROW) return true;
  if (rc != SQLITE_DONE) db_.Fail(rc, sql_);
  return false;
}

void Query::Finish() {
  while (Next()) {
  }
  Reset();
}

std::string_view Query::View(int column) const {
  const auto* text = sqlite3_column_text(statement_, column);
  if (text == nullptr) return {};
  return {reinterpret_cast<const char*>(text),
          static_cast<size_t>(sqlite3_column_bytes(statement_, column))};
}

void Query::BindInt(int place, int64_t value) {
  if (statement_ == nullptr) return;
  const int rc = sqlite3_bind_int64(statement_, place, value);
  if (rc != SQLITE_OK) db_.Fail(rc, sql_);
}

void Query::BindText(int place, std::string_view value) {
  if (statement_ == nullptr) return;
  // An empty view may have no address, which SQLite would take for NULL.
  const char* data = value.data() == nullptr ? "" : value.data();
  const int rc =
      sqlite3_bind_text64(statement_, place, data, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  if (rc != SQLITE_OK) db_.Fail(rc, sql_);
}

}  // namespace leadline
