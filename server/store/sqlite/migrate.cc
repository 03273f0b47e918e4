#include "server/store/sqlite/migrate.h"

#include <sys/stat.h>
#include <unistd.h>

namespace leadline {
namespace {

Status CopyBefore(Db& db, const std::string& path, int64_t number) {
  const std::string copy = path + ".before-" + std::to_string(number);
  unlink(copy.c_str());  // of a migration that broke off
  db.Run("VACUUM INTO ?", copy);
  if (db.ok()) chmod(copy.c_str(), 0600);
  return db.error();
}

Status Step(Db& db, const Migration& migration) {
  if (!db.RunScript("BEGIN IMMEDIATE")) return db.error();
  db.RunScript(migration.sql);
  db.Run("INSERT INTO migration (number, at) VALUES (?, unixepoch() * 1000)", migration.number);
  db.RunScript("COMMIT");
  const Status status = db.error();
  if (!status.ok() && db.in_transaction()) {
    db.ClearError();
    db.RunScript("ROLLBACK");
  }
  return status;
}

}  // namespace

Status Migrate(Db& db, const std::string& path, std::span<const Migration> migrations) {
  db.RunScript(
      "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, at INTEGER NOT NULL) "
      "STRICT");
  const int64_t stored = db.IntOf("SELECT coalesce(max(number), 0) FROM migration", 0);
  if (!db.ok()) return db.error();
  const int newest = migrations.back().number;
  if (stored > newest) {
    return Refused("store_newer", "The data was written by a newer Leadline (schema " +
                                      std::to_string(stored) + ", this one knows " +
                                      std::to_string(newest) + "). Start that one.");
  }
  if (stored > 0 && stored < newest) LEADLINE_RETURN_IF_ERROR(CopyBefore(db, path, stored));
  for (const Migration& migration : migrations) {
    if (migration.number > stored) LEADLINE_RETURN_IF_ERROR(Step(db, migration));
  }
  return Status();
}

}  // namespace leadline
