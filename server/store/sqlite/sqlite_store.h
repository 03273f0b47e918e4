// The store on SQLite: one file, leadline.db, in a folder of its own.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "common/base/status.h"
#include "common/dial/window.h"
#include "server/base/clock.h"
#include "server/store/store.h"

namespace leadline {

struct SqliteOptions {
  std::string folder;            // made when missing, mode 0700; the file in it is 0600
  const Zones* zones = nullptr;  // REQUIRED; outlives the store
  int readers = 4;               // connections for reads, 1..64; each read holds one while it runs
  int64_t max_bytes = 0;         // the file grows no further: "store_full" then; 0: no limit
  // Measures how long transactions of imports take, so that they stay near 10 ms; outlives the
  // store. Null: they have a fixed number of rows.
  const Clock* clock = nullptr;
};

// Opens or makes the store, and brings an older one up to date after writing a copy beside it
// (leadline.db.before-N). kRefused "store_in_use" when another process has it open, "store_newer"
// when a newer Leadline wrote it; kInvalid "store_folder" when the folder cannot be used;
// kUnavailable and kInternal as in store.h. No call of the store may be under way when it is
// destroyed.
Result<std::unique_ptr<Store>> OpenSqliteStore(const SqliteOptions& options);

}  // namespace leadline
