// Imports as things: their state and counts. What they write is in import_rows.cc, how they are
// taken back in import_undo.cc.
#include <algorithm>

#include "server/store/sqlite/import_write.h"
#include "server/store/sqlite/journal.h"
#include "server/store/sqlite/json_columns.h"
#include "server/store/sqlite/lead_write.h"

namespace leadline {
namespace {

bool MayMove(ImportState from, ImportState to) {
  switch (to) {
    case ImportState::kWaiting:
      return from == ImportState::kWaiting;
    case ImportState::kChecked:
    case ImportState::kCommitting:
      return from <= to;
    case ImportState::kCommitted:
      return from == ImportState::kCommitting || from == ImportState::kCommitted;
    case ImportState::kFailed:
      return from <= ImportState::kCommitting || from == ImportState::kFailed;
    case ImportState::kUndone:
      return from <= ImportState::kChecked;  // given up before it wrote; later by UndoImport alone
  }
  return false;
}

}  // namespace

Status NoSuchImport() {
  return NotFound("There is no such import.");
}

Status WrongImportState(const Import& import) {
  return Refused("wrong_state",
                 "The import is " +
                     std::string(kImportStateNames[static_cast<size_t>(import.state)]) +
                     "; this cannot be done now.");
}

void AddImportEvent(Tx& tx, ImportId id) {
  const auto import = FindImport(tx.db, id);
  if (!import) return;
  std::string data = "{\"state\":\"";
  data += kImportStateNames[static_cast<size_t>(import->state)];
  data += "\",\"next_row\":" + std::to_string(import->next_row) + "}";
  AddEvent(tx, "import", id, data);
}

Result<Import> SqliteStore::CreateImport(const Import& i, TimeMs now) {
  return Write(now, [&](Tx& tx) -> Result<Import> {
    const CampaignId campaign_id = i.campaign_id == 0 ? kDefaultCampaign : i.campaign_id;
    if (!FindCampaign(tx.db, campaign_id)) {
      return tx.db.Missing(NotFound("There is no such campaign."));
    }
    tx.db.Run(
        "INSERT INTO import (name, campaign_id, state, duplicates, options, file_bytes, row_count, "
        "created, updated, skipped, rejected, problems, error, created_at, updated_at) "
        "VALUES (?, ?, 0, ?, ?, ?, 0, 0, 0, 0, 0, '[]', '', ?, ?)",
        i.name, campaign_id, i.duplicates, i.options_json, i.file_bytes, now, now);
    const ImportId id = tx.db.last_id();
    AddImportEvent(tx, id);
    auto import = FindImport(tx.db, id);
    if (!import) return tx.db.Missing(NoSuchImport());
    return std::move(*import);
  });
}

Result<Import> SqliteStore::GetImport(ImportId id) {
  return Read([&](Db& db) -> Result<Import> {
    auto import = FindImport(db, id);
    if (!import) return db.Missing(NoSuchImport());
    return std::move(*import);
  });
}

Result<std::vector<Import>> SqliteStore::ListImports(int limit) {
  static const std::string sql = Select(kImportColumns, "import ORDER BY id DESC LIMIT ?");
  return Read([&](Db& db) -> Result<std::vector<Import>> {
    std::vector<Import> all;
    Query row(db, sql, std::clamp(limit, 1, kMaxPage));
    while (row.Next()) all.push_back(ImportOf(row));
    return all;
  });
}

Result<Import> SqliteStore::UpdateImport(const Import& i, TimeMs now) {
  return Write(now, [&](Tx& tx) -> Result<Import> {
    const auto stored = FindImport(tx.db, i.id);
    if (!stored) return tx.db.Missing(NoSuchImport());
    if (!MayMove(stored->state, i.state)) return WrongImportState(*stored);
    if (i.state == ImportState::kCommitting && !FindCampaign(tx.db, stored->campaign_id)) {
      return tx.db.Missing(NotFound("The campaign of this import was deleted."));
    }
    // Before the commit the counts are a forecast; from then on the rows themselves are counted.
    const bool forecast = i.state < ImportState::kCommitting;
    const bool begins =
        i.state == ImportState::kCommitting && stored->state != ImportState::kCommitting;
    const ImportCounts none;
    const ImportCounts& counts = forecast ? i.counts : begins ? none : stored->counts;
    tx.db.Run(
        "UPDATE import SET state = ?2, file_bytes = ?3, row_count = ?4, created = ?5, "
        "updated = ?6, skipped = ?7, rejected = ?8, problems = ?9, error = ?10, updated_at = ?11 "
        "WHERE id = ?1",
        i.id, i.state, i.file_bytes, i.counts.rows, counts.created, counts.updated, counts.skipped,
        i.counts.rejected, EncodeTally(i.counts.problems), i.error, now);
    if (i.state == ImportState::kCommitted && stored->state != ImportState::kCommitted) {
      FreeLeadsOfImport(tx, i.id);
    }
    AddImportEvent(tx, i.id);
    auto import = FindImport(tx.db, i.id);
    if (!import) return tx.db.Missing(NoSuchImport());
    return std::move(*import);
  });
}

// The next passes make its leads callable, some thousand at a time.
void FreeLeadsOfImport(Tx& tx, ImportId id) {
  tx.db.Run("UPDATE import SET freeing = 1, freed_to = 0 WHERE id = ?", id);
  LookAgain(tx, 0);
}

Result<std::vector<size_t>> SqliteStore::FindStoredNumbers(
    const std::vector<std::string_view>& numbers) {
  return Read([&](Db& db) -> Result<std::vector<size_t>> {
    std::vector<size_t> found;
    for (size_t i = 0; i < numbers.size() && db.ok(); ++i) {
      // A number may stand there before its lead does.
      if (db.IntOf("SELECT 1 FROM lead_by_phone p CROSS JOIN lead l ON l.id = p.lead_id "
                   "WHERE p.phone = ? LIMIT 1",
                   0, numbers[i]) != 0) {
        found.push_back(i);
      }
    }
    return found;
  });
}

}  // namespace leadline
