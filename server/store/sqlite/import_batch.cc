#include "server/store/sqlite/import_batch.h"

#include <algorithm>
#include <numeric>

#include "server/store/sqlite/json_columns.h"
#include "server/store/sqlite/lead_walk.h"

namespace leadline {
namespace {

constexpr std::string_view kAddName = "INSERT OR IGNORE INTO lead_by_name VALUES (?, ?, ?, ?)";

// Ids never come back, so nothing else takes the reserved ones.
int64_t LastUsedId(Db& db) {
  return db.IntOf("SELECT seq FROM sqlite_sequence WHERE name = 'lead'", 0);
}
void UseIdsUpTo(Db& db, int64_t last) {
  if (db.Run("UPDATE sqlite_sequence SET seq = ? WHERE name = 'lead'", last) == 0) {
    db.Run("INSERT INTO sqlite_sequence (name, seq) VALUES ('lead', ?)", last);
  }
}

}  // namespace

Result<ImportBatch> ImportBatch::Reserve(Tx& tx, const Import& import,
                                         const std::vector<ImportRow>& rows, int64_t rows_done) {
  const auto first = std::find_if(rows.begin(), rows.end(),
                                  [&](const ImportRow& row) { return row.row > import.next_row; });
  int64_t base = tx.db.IntOf("SELECT id_base FROM import WHERE id = ?", 0, import.id);
  const int64_t reserved = tx.db.IntOf("SELECT reserved_to FROM import WHERE id = ?", 0, import.id);
  const bool again = reserved > import.next_row;
  if (!again && first != rows.end()) {
    base = LastUsedId(tx.db) + 1 - first->row;
    tx.db.Run("UPDATE import SET id_base = ?2, reserved_to = ?3 WHERE id = ?1", import.id, base,
              rows_done);
    UseIdsUpTo(tx.db, base + rows_done);
  }
  ImportBatch batch(import, again ? std::min(reserved, rows_done) : rows_done, again);
  for (auto row = first; row != rows.end() && row->row <= batch.last_row_; ++row) {
    batch.rows_.push_back({&*row, base + row->row, 0, {}});
  }
  if (!tx.db.ok()) return tx.db.error();
  return batch;
}

void ImportBatch::Prepare() {
  for (BatchRow& row : rows_) row.variables = EncodeVariables(row.row->draft.variables);
  by_number_.resize(rows_.size());
  std::iota(by_number_.begin(), by_number_.end(), size_t{0});
  by_name_ = by_number_;
  std::sort(by_number_.begin(), by_number_.end(), [this](size_t a, size_t b) {
    const int c = rows_[a].row->draft.phone.compare(rows_[b].row->draft.phone);
    return c != 0 ? c < 0 : a < b;
  });
  std::sort(by_name_.begin(), by_name_.end(), [this](size_t a, size_t b) {
    const int c = CompareNoCase(rows_[a].row->draft.name, rows_[b].row->draft.name);
    return c != 0 ? c < 0 : a < b;
  });
}

// Where a number stands in several leads, the one of this campaign, then the oldest.
LeadId ImportBatch::FindStored(Db& db, const std::string& number) const {
  LeadId oldest = 0;
  Query row(db,
            "SELECT l.id, l.campaign_id FROM lead_by_phone p CROSS JOIN lead l ON l.id = p.lead_id "
            "WHERE p.phone = ? ORDER BY p.lead_id LIMIT 100",
            number);
  while (row.Next()) {
    if (row.Int(1) == import_.campaign_id) return row.Int(0);
    if (oldest == 0) oldest = row.Int(0);
  }
  return oldest;
}

// The number came to another lead after this batch broke off.
void ImportBatch::Forget(Db& db, const BatchRow& row) const {
  const LeadDraft& draft = row.row->draft;
  db.Run("DELETE FROM lead_by_phone WHERE phone = ? AND lead_id = ?", draft.phone, row.id);
  db.Run(
      "DELETE FROM lead_by_name WHERE name = ? AND status = 0 AND campaign_id = ? AND lead_id = ?",
      draft.name, import_.campaign_id, row.id);
}

void ImportBatch::AddNumbers(Tx& tx, size_t begin, size_t count) {
  const bool keep = import_.duplicates == DuplicateRule::kKeep;
  Query add(tx.db, "INSERT OR IGNORE INTO lead_by_phone VALUES (?, ?)");
  const size_t end = std::min(begin + count, by_number_.size());
  for (size_t i = begin; i < end; ++i) {
    BatchRow& row = rows_[by_number_[i]];
    const std::string& number = row.row->draft.phone;
    const BatchRow* twin = i == 0 ? nullptr : &rows_[by_number_[i - 1]];
    if (keep) {
      row.stored = 0;
    } else if (twin != nullptr && twin->row->draft.phone == number) {
      row.stored = twin->stored != 0 ? twin->stored : twin->id;
    } else {
      row.stored = FindStored(tx.db, number);
    }
    if (row.stored == 0) {
      add.BindAll(number, row.id);
      add.Finish();
    } else if (again_) {
      Forget(tx.db, row);
    }
  }
}

void ImportBatch::AddNames(Tx& tx, size_t begin, size_t count) {
  Query add(tx.db, kAddName);
  const size_t end = std::min(begin + count, by_name_.size());
  for (size_t i = begin; i < end; ++i) {
    const BatchRow& row = rows_[by_name_[i]];
    if (row.stored != 0) continue;
    add.BindAll(row.row->draft.name, LeadStatus::kCreated, import_.campaign_id, row.id);
    add.Finish();
  }
}

}  // namespace leadline
