// Events, as browsers follow them, and the store's own pulse.
#include <algorithm>

#include "server/store/sqlite/store_impl.h"

namespace leadline {

Result<Store::Changes> SqliteStore::ReadChanges(int64_t after_id, int limit) {
  return Read([&](Db& db) -> Result<Changes> {
    Changes changes;
    changes.oldest_id = db.IntOf("SELECT id FROM event WHERE id > 0 ORDER BY id LIMIT 1", 0);
    changes.newest_id = db.IntOf("SELECT id FROM event WHERE id > 0 ORDER BY id DESC LIMIT 1", 0);
    Query row(db, "SELECT id, at, kind, ref_id, data FROM event WHERE id > ? ORDER BY id LIMIT ?",
              after_id, std::clamp(limit, 1, 10 * kMaxPage));
    while (row.Next()) {
      changes.events.push_back({row.Int(0), row.Int(1), row.Text(2), row.Int(3), row.Text(4)});
    }
    return changes;
  });
}

Result<TimeMs> SqliteStore::LatestInstant() {
  return Read([](Db& db) -> Result<TimeMs> {
    // Every change writes an event; a claim, a look at a provider and a webhook may be the last
    // thing that happened all the same.
    const TimeMs found[] = {
        db.IntOf("SELECT at FROM event WHERE id > 0 ORDER BY id DESC LIMIT 1", 0),
        db.IntOf(
            "SELECT max(claimed_at, checked_at) FROM call WHERE id > 0 ORDER BY id DESC LIMIT 1",
            0),
        db.IntOf("SELECT received_at FROM webhook WHERE id > 0 ORDER BY id DESC LIMIT 1", 0)};
    return *std::max_element(std::begin(found), std::end(found));
  });
}

Status SqliteStore::Ping() {
  return Read([](Db& db) -> Status {
    const int64_t answer = db.IntOf("SELECT 1 FROM setting WHERE id = 1", 0);
    return answer == 1 ? Status()
                       : db.Missing({Code::kInternal, "store_failed",
                                     "The data could not be read. See the log."});
  });
}

}  // namespace leadline
