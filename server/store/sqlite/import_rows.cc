// The rows of an import, chunk by chunk. This is the hot path of the store: one prepared INSERT per
// row, one look for a stored number, and the search index by one statement per chunk.
#include <algorithm>

#include "server/store/sqlite/import_write.h"
#include "server/store/sqlite/journal.h"
#include "server/store/sqlite/lead_write.h"

namespace leadline {
namespace {

constexpr size_t kMaxRows = 2'000;

class Chunk {
 public:
  Chunk(Tx& tx, const Import& import)
      : tx_(tx),
        import_(import),
        actor_("import " + std::to_string(import.id)),
        indexed_to_(tx.db.IntOf("SELECT coalesce(max(id), 0) FROM lead", 0)) {}

  Status Write(const LeadDraft& draft);
  void IndexSearch();
  const ImportCounts& counts() const { return counts_; }

 private:
  LeadId FindStored(const std::string& number);
  Status Change(LeadId id, const LeadDraft& draft);
  void KeepImage(const StoredLead& before);

  Tx& tx_;
  const Import& import_;
  const Actor actor_;
  LeadId indexed_to_;  // of the leads of this import
  ImportCounts counts_;
};

// Where a number stands in several leads, the one of this campaign, then the oldest.
LeadId Chunk::FindStored(const std::string& number) {
  LeadId oldest = 0;
  Query row(tx_.db, "SELECT id, campaign_id FROM lead WHERE phone = ? ORDER BY id LIMIT 100",
            number);
  while (row.Next()) {
    if (row.Int(1) == import_.campaign_id) return row.Int(0);
    if (oldest == 0) oldest = row.Int(0);
  }
  return oldest;
}

// The row over the stored lead. Update: what the row has wins. Fill: only what is missing is taken.
// Neither removes anything.
LeadDraft Merge(const LeadDraft& stored, const LeadDraft& row, bool fill) {
  LeadDraft merged = stored;
  const auto text = [fill](const std::string& from, std::string* to) {
    if (!from.empty() && (!fill || to->empty())) *to = from;
  };
  const auto variables = [&](const Variables& from, Variables* to) {
    for (const auto& [name, value] : from) text(value, &(*to)[name]);
  };
  text(row.name, &merged.name);
  text(row.email, &merged.email);
  text(row.company, &merged.company);
  text(row.timezone, &merged.timezone);
  variables(row.variables, &merged.variables);
  for (const Contact& contact : row.contacts) {
    const auto same = std::find_if(merged.contacts.begin(), merged.contacts.end(),
                                   [&](const Contact& c) { return c.phone == contact.phone; });
    if (same != merged.contacts.end()) {
      text(contact.name, &same->name);
      variables(contact.variables, &same->variables);
    } else if (merged.contacts.size() < kMaxContacts && contact.phone != merged.phone) {
      merged.contacts.push_back(contact);
    }
  }
  return merged;
}

// The first image counts; a later row for the same lead only moves the version on, as long as
// nobody else changed the lead in between.
void Chunk::KeepImage(const StoredLead& before) {
  tx_.db.Run(
      "INSERT INTO import_undo (import_id, lead_id, version_after, before) VALUES (?1, ?2, ?3, ?4) "
      "ON CONFLICT DO UPDATE SET version_after = excluded.version_after "
      "WHERE version_after = excluded.version_after - 1",
      import_.id, before.id, before.version + 1,
      before.import_id == import_.id ? std::string() : EncodeImage(before));
}

Status Chunk::Change(LeadId id, const LeadDraft& draft) {
  if (id > indexed_to_) IndexSearch();  // else the index would be told to forget what it never had
  const auto stored = FindLead(tx_.db, id);
  if (!stored) return tx_.db.error();
  const LeadDraft merged = Merge(*stored, draft, import_.duplicates == DuplicateRule::kFill);
  KeepImage(*stored);
  LEADLINE_RETURN_IF_ERROR(RewriteLead(tx_, *stored, merged));
  AddAudit(tx_, {id, actor_, "lead_edited", NameOf(stored->status), NameOf(stored->status), 0, ""});
  ++counts_.updated;
  return Status();
}

Status Chunk::Write(const LeadDraft& draft) {
  const LeadId stored = import_.duplicates == DuplicateRule::kKeep ? 0 : FindStored(draft.phone);
  if (stored == 0) {
    InsertLead(tx_, draft, import_.campaign_id, import_.id, Held::kByImport);
    ++counts_.created;
  } else if (import_.duplicates == DuplicateRule::kSkip) {
    ++counts_.skipped;
  } else {
    return Change(stored, draft);
  }
  return tx_.db.error();
}

void Chunk::IndexSearch() {
  tx_.db.Run(
      "INSERT INTO lead_search (rowid, name, phone, email, company) SELECT id, name, phone, email, "
      "company FROM lead WHERE import_id = ? AND import_id <> 0 AND id > ?",
      import_.id, indexed_to_);
  indexed_to_ = tx_.db.IntOf("SELECT coalesce(max(id), 0) FROM lead", 0);
}

}  // namespace

Result<ImportCounts> SqliteStore::WriteImportRows(ImportId id, const std::vector<ImportRow>& rows,
                                                  int64_t rows_done, TimeMs now) {
  if (rows.size() > kMaxRows) return Invalid("too_many_rows", "A chunk has at most 2,000 rows.");
  return Write(now, [&](Tx& tx) -> Result<ImportCounts> {
    const auto import = FindImport(tx.db, id);
    if (!import) return tx.db.Missing(NoSuchImport());
    if (import->state != ImportState::kCommitting) return WrongImportState(*import);
    if (rows_done <= import->next_row) return ImportCounts();
    Chunk chunk(tx, *import);
    for (const ImportRow& row : rows) {
      if (row.row > import->next_row) LEADLINE_RETURN_IF_ERROR(chunk.Write(row.draft));
    }
    chunk.IndexSearch();
    const ImportCounts& counts = chunk.counts();
    tx.db.Run(
        "UPDATE import SET next_row = ?2, created = created + ?3, updated = updated + ?4, "
        "skipped = skipped + ?5, updated_at = ?6 WHERE id = ?1",
        id, rows_done, counts.created, counts.updated, counts.skipped, now);
    AddImportEvent(tx, id);
    return counts;
  });
}

}  // namespace leadline
