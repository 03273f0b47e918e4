// The rows of an import. This is the hot path of the store. A batch goes in in three steps:
// numbers, names (import_batch.h), leads; each in its own order and in short transactions.
#include <algorithm>

#include "server/store/sqlite/import_batch.h"
#include "server/store/sqlite/import_write.h"
#include "server/store/sqlite/journal.h"
#include "server/store/sqlite/lead_write.h"

namespace leadline {
namespace {

constexpr size_t kRowsInStatement = 50;

// One transaction's part of a batch.
class Chunk {
 public:
  Chunk(Tx& tx, const Import& import)
      : tx_(tx), import_(import), actor_("import " + std::to_string(import.id)) {}

  Status Write(const BatchRow& row);
  Status Finish(int64_t rows_done);
  const ImportCounts& counts() const { return counts_; }

 private:
  void InsertMany(size_t count);
  void Insert();
  void InsertAnew(const BatchRow& row);
  Status Change(const BatchRow& row);
  void KeepImage(const StoredLead& before);

  Tx& tx_;
  const Import& import_;
  const Actor actor_;
  std::vector<const BatchRow*> new_;  // not written yet
  ImportCounts counts_;
};

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

Status Chunk::Change(const BatchRow& row) {
  const auto stored = FindLead(tx_.db, row.stored);
  if (!stored) {
    if (tx_.db.ok()) InsertAnew(row);
    return tx_.db.error();
  }
  const LeadDraft merged =
      Merge(*stored, row.row->draft, import_.duplicates == DuplicateRule::kFill);
  KeepImage(*stored);
  LEADLINE_RETURN_IF_ERROR(RewriteLead(tx_, *stored, merged));
  AddAudit(tx_, {stored->id, actor_, "lead_edited", NameOf(stored->status), NameOf(stored->status),
                 0, ""});
  ++counts_.updated;
  return Status();
}

// The lead that had its number was deleted since the number was looked up.
void Chunk::InsertAnew(const BatchRow& row) {
  const LeadDraft& draft = row.row->draft;
  tx_.db.Run("INSERT OR IGNORE INTO lead_by_phone VALUES (?, ?)", draft.phone, row.id);
  tx_.db.Run("INSERT OR IGNORE INTO lead_by_name VALUES (?, ?, ?, ?)", draft.name,
             LeadStatus::kCreated, import_.campaign_id, row.id);
  new_.push_back(&row);
}

// One statement for many rows opens the table and its indexes once: three times as fast.
const std::string& InsertSql(size_t rows) {
  const auto make = [](size_t count) {
    std::string sql =
        "INSERT INTO lead (id, campaign_id, name, phone, email, company, timezone, variables, "
        "contact_count, next_attempt_at, held, import_id, created_at, updated_at) "
        "SELECT column1, ?1, column2, column3, column4, column5, column6, column7, column8, ?2, "
        "?3, ?4, ?5, ?5 FROM (VALUES ";
    for (size_t i = 0; i < count; ++i) sql += i == 0 ? "(?,?,?,?,?,?,?,?)" : ",(?,?,?,?,?,?,?,?)";
    return sql + ")";
  };
  static const std::string kMany = make(kRowsInStatement), kOne = make(1);
  return rows == 1 ? kOne : kMany;
}

// The first `count` of new_: 1 or kRowsInStatement.
void Chunk::InsertMany(size_t count) {
  Query insert(tx_.db, InsertSql(count));
  insert.BindAll(import_.campaign_id, kNever, Held::kByImport, import_.id, tx_.now);
  int place = 5;
  for (size_t i = 0; i < count; ++i) {
    const LeadDraft& d = new_[i]->row->draft;
    insert.Bind(++place, new_[i]->id);
    for (const std::string* text :
         {&d.name, &d.phone, &d.email, &d.company, &d.timezone, &new_[i]->variables}) {
      insert.Bind(++place, *text);
    }
    insert.Bind(++place, d.contacts.size());
  }
  insert.Finish();
  for (size_t i = 0; i < count; ++i) {
    const std::vector<Contact>& contacts = new_[i]->row->draft.contacts;
    for (size_t c = 0; c < contacts.size(); ++c) InsertContact(tx_, new_[i]->id, c, contacts[c]);
  }
  counts_.created += static_cast<int64_t>(count);
  new_.erase(new_.begin(), new_.begin() + static_cast<std::ptrdiff_t>(count));
}

void Chunk::Insert() {
  while (!new_.empty() && tx_.db.ok()) {
    InsertMany(new_.size() < kRowsInStatement ? 1 : kRowsInStatement);
  }
}

Status Chunk::Write(const BatchRow& row) {
  if (row.stored == 0) {
    new_.push_back(&row);
    if (new_.size() == kRowsInStatement) Insert();
  } else if (import_.duplicates == DuplicateRule::kSkip) {
    ++counts_.skipped;
  } else {
    Insert();  // the stored one may be among them
    return Change(row);
  }
  return tx_.db.error();
}

Status Chunk::Finish(int64_t rows_done) {
  Insert();
  tx_.db.Run("UPDATE lead_count SET leads = leads + ?2 WHERE campaign_id = ?1 AND status = 0",
             import_.campaign_id, counts_.created);
  tx_.db.Run(
      "UPDATE import SET next_row = ?2, created = created + ?3, updated = updated + ?4, "
      "skipped = skipped + ?5, updated_at = ?6 WHERE id = ?1",
      import_.id, rows_done, counts_.created, counts_.updated, counts_.skipped, tx_.now);
  AddImportEvent(tx_, import_.id);
  return tx_.db.error();
}

void Add(const ImportCounts& counts, ImportCounts* sum) {
  sum->created += counts.created;
  sum->updated += counts.updated;
  sum->skipped += counts.skipped;
}

// The import, when it takes rows: everything between two of its transactions may have changed it.
Result<Import> Committing(Tx& tx, ImportId id) {
  auto import = FindImport(tx.db, id);
  if (!import) return tx.db.Missing(NoSuchImport());
  if (import->state != ImportState::kCommitting) return WrongImportState(*import);
  return std::move(*import);
}

}  // namespace

// `step(tx, begin, count)` for all of `total`, in as many transactions as it takes.
template <typename Step>
Status SqliteStore::InSteps(ImportId id, size_t total, Pace* pace, TimeMs now, const Step& step) {
  for (size_t begin = 0; begin < total;) {
    const size_t count = std::min(pace->rows(), total - begin);
    TimeMs started = 0;
    const Status status = Write(now, [&](Tx& tx) -> Status {
      started = clock_ == nullptr ? 0 : clock_->SteadyMs();
      if (const auto import = Committing(tx, id); !import.ok()) return import.status();
      LEADLINE_RETURN_IF_ERROR(step(tx, begin, count));
      return tx.db.error();
    });
    LEADLINE_RETURN_IF_ERROR(status);
    if (clock_ != nullptr) pace->Took(count, clock_->SteadyMs() - started);
    begin += count;
  }
  return Status();
}

Result<ImportCounts> SqliteStore::WriteBatch(const Import& import, ImportBatch* batch, TimeMs now) {
  const std::vector<BatchRow>& rows = batch->rows();
  ImportCounts sum;
  const auto numbers = [&](Tx& tx, size_t begin, size_t count) {
    batch->AddNumbers(tx, begin, count);
    return Status();
  };
  const auto names = [&](Tx& tx, size_t begin, size_t count) {
    batch->AddNames(tx, begin, count);
    return Status();
  };
  const auto leads = [&](Tx& tx, size_t begin, size_t count) {
    Chunk chunk(tx, import);
    const size_t end = std::min(begin + count, rows.size());
    for (size_t i = begin; i < end; ++i) LEADLINE_RETURN_IF_ERROR(chunk.Write(rows[i]));
    const Status status =
        chunk.Finish(end == rows.size() ? batch->last_row() : rows[end - 1].row->row);
    Add(chunk.counts(), &sum);
    return status;
  };
  batch->Prepare();
  LEADLINE_RETURN_IF_ERROR(InSteps(import.id, rows.size(), &keys_pace_, now, numbers));
  LEADLINE_RETURN_IF_ERROR(InSteps(import.id, rows.size(), &keys_pace_, now, names));
  const size_t steps = std::max<size_t>(rows.size(), 1);  // without good rows next_row moves too
  LEADLINE_RETURN_IF_ERROR(InSteps(import.id, steps, &leads_pace_, now, leads));
  return sum;
}

Result<ImportCounts> SqliteStore::WriteImportRows(ImportId id, const std::vector<ImportRow>& rows,
                                                  int64_t rows_done, TimeMs now) {
  ImportCounts sum;
  for (;;) {
    std::optional<Import> import;
    Result<std::optional<ImportBatch>> batch =
        Write(now, [&](Tx& tx) -> Result<std::optional<ImportBatch>> {
          Result<Import> found = Committing(tx, id);
          if (!found.ok()) return found.status();
          import = std::move(*found);
          if (rows_done <= import->next_row) return std::optional<ImportBatch>();
          Result<ImportBatch> reserved = ImportBatch::Reserve(tx, *import, rows, rows_done);
          if (!reserved.ok()) return reserved.status();
          return std::optional<ImportBatch>(std::move(*reserved));
        });
    if (!batch.ok()) return batch.status();
    if (!batch->has_value()) return sum;
    const Result<ImportCounts> written = WriteBatch(*import, &**batch, now);
    if (!written.ok()) return written.status();
    Add(*written, &sum);
  }
}

}  // namespace leadline
