#include "server/store/sqlite/import_batch.h"

#include <algorithm>
#include <utility>

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

// The first eight bytes, in lower case, as a number of the same order.
uint64_t PrefixOf(std::string_view text) {
  uint64_t prefix = 0;
  for (size_t i = 0; i < 8; ++i) {
    const auto byte = i < text.size() ? static_cast<unsigned char>(text[i]) : '\0';
    prefix = prefix << 8 | (byte >= 'A' && byte <= 'Z' ? byte + 32u : byte);
  }
  return prefix;
}

// The indexes of `count` texts in the order of NOCASE, equal ones as they come. By their beginnings
// first: few texts have to be fetched for more.
template <typename TextOf>
std::vector<size_t> Ordered(size_t count, const TextOf& text_of) {
  std::vector<std::pair<uint64_t, size_t>> keys;
  keys.reserve(count);
  for (size_t i = 0; i < count; ++i) keys.emplace_back(PrefixOf(text_of(i)), i);
  std::sort(keys.begin(), keys.end(), [&](const auto& a, const auto& b) {
    if (a.first != b.first) return a.first < b.first;
    const int c = CompareNoCase(text_of(a.second), text_of(b.second));
    return c != 0 ? c < 0 : a.second < b.second;
  });
  std::vector<size_t> order;
  order.reserve(count);
  for (const auto& key : keys) order.push_back(key.second);
  return order;
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
  by_number_ = Ordered(
      rows_.size(), [this](size_t i) -> const std::string& { return rows_[i].row->draft.phone; });
  by_name_ = Ordered(rows_.size(),
                     [this](size_t i) -> const std::string& { return rows_[i].row->draft.name; });
}

// Where a number stands in several leads, the one of this campaign, then the oldest.
LeadId ImportBatch::FindStored(Query* find, const std::string& number) const {
  LeadId found = 0;
  find->BindAll(number);
  while (find->Next()) {
    const bool of_campaign = find->Int(1) == import_.campaign_id;
    if (found == 0 || of_campaign) found = find->Int(0);
    if (of_campaign) break;
  }
  find->Reset();
  return found;
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
  Query find(
      tx.db,
      "SELECT l.id, l.campaign_id FROM lead_by_phone p CROSS JOIN lead l ON l.id = p.lead_id "
      "WHERE p.phone = ? ORDER BY p.lead_id LIMIT 100");
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
      row.stored = FindStored(&find, number);
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
