// Brings a database to the schema of this binary. Each migration is a file in migrations/, numbered
// from 1, built into the binary, run in a transaction of its own and recorded in `migration`.
#pragma once

#include <span>
#include <string>

#include "common/base/status.h"
#include "server/store/sqlite/db.h"

namespace leadline {

struct Migration {
  int number;
  const char* sql;
};
// In order; the last one's number is the schema this binary works with.
std::span<const Migration> BuiltInMigrations();

// `path` is the file of `db`: an older database that holds something is first copied to
// path.before-N, N its number. kRefused "store_newer"; otherwise as Db::Open. What a migration that
// fails had done is rolled back.
Status Migrate(Db& db, const std::string& path, std::span<const Migration> migrations);

}  // namespace leadline
