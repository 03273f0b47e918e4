// The calling settings, and the numbers nobody may call.
#include <algorithm>

#include "common/lead/phone.h"
#include "server/store/sqlite/cursor.h"
#include "server/store/sqlite/journal.h"
#include "server/store/sqlite/json_columns.h"
#include "server/store/sqlite/lead_write.h"

namespace leadline {

Result<CallingSettings> SqliteStore::GetSettings() {
  return Read([](Db& db) -> Result<CallingSettings> { return ReadSettings(db); });
}

Result<CallingSettings> SqliteStore::UpdateSettings(const CallingSettings& s, TimeMs now) {
  return Write(now, [&](Tx& tx) -> Result<CallingSettings> {
    const int64_t changed = tx.db.Run(
        "UPDATE setting SET version = version + 1, auto_calling = ?2, concurrency = ?3, "
        "retell_concurrency = ?4, vapi_concurrency = ?5, require_known_zone = ?6, "
        "required_fields = ?7, default_region = ?8, simple_statuses = ?9 "
        "WHERE id = 1 AND version = ?1",
        s.version, s.auto_calling, s.concurrency, s.retell_concurrency, s.vapi_concurrency,
        s.require_known_zone, EncodeNames(s.required_fields), s.default_region, s.simple_statuses);
    if (changed == 0) {
      return tx.db.Missing(Conflict("The settings changed meanwhile. Load them again."));
    }
    LookAgain(tx, 0);
    AddEvent(tx, "settings", 1, "");
    return ReadSettings(tx.db);
  });
}

Status SqliteStore::AddSuppression(const std::string& number, const std::string& reason,
                                   TimeMs now) {
  return Write(now, [&](Tx& tx) -> Status {
    tx.db.Run(
        "INSERT INTO suppression (number, reason, created_at) VALUES (?, ?, ?) "
        "ON CONFLICT DO UPDATE SET reason = excluded.reason",
        number, reason, now);
    AddEvent(tx, "suppression", 0, "");
    return Status();
  });
}

Status SqliteStore::RemoveSuppression(const std::string& number, TimeMs now) {
  return Write(now, [&](Tx& tx) -> Status {
    if (tx.db.Run("DELETE FROM suppression WHERE number = ?", number) == 0) {
      return tx.db.Missing(NotFound("The number is not on the do-not-call list."));
    }
    LookAgain(tx, 0);
    AddEvent(tx, "suppression", 0, "");
    return Status();
  });
}

Result<Page<Store::Suppression>> SqliteStore::ListSuppressions(int limit,
                                                               const std::string& cursor) {
  std::string after;
  if (!cursor.empty()) {
    const auto place = DecodeCursor(cursor);
    const auto* number =
        place && place->size() == 1 ? (*place)[0].get_ptr<const std::string*>() : nullptr;
    if (number == nullptr) return BadCursor();
    after = *number;
  }
  const auto room = static_cast<size_t>(std::clamp(limit, 1, kMaxPage));
  return Read([&](Db& db) -> Result<Page<Suppression>> {
    Page<Suppression> page;
    Query row(db,
              "SELECT number, reason, created_at FROM suppression WHERE number > ? ORDER BY number "
              "LIMIT ?",
              after, room + 1);
    while (row.Next()) page.items.push_back({row.Text(0), row.Text(1), row.Int(2)});
    if (page.items.size() > room) {
      page.items.resize(room);
      page.next_cursor = EncodeCursor(Json::array({page.items.back().number}));
    }
    page.total = db.IntOf("SELECT count(*) FROM suppression", 0);
    return page;
  });
}

}  // namespace leadline
