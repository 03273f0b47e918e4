// Taking an import back: the leads it made go, the leads it changed become what they were; but for
// those that somebody called or edited since.
#include "common/base/json.h"
#include "server/store/sqlite/import_write.h"
#include "server/store/sqlite/json_columns.h"
#include "server/store/sqlite/lead_write.h"

namespace leadline {
namespace {

constexpr int kLeadsAtATime = 500;

struct Changed {
  LeadId id = 0;
  int64_t version_after = 0;
  std::string before;
};

std::vector<LeadId> NextCreated(Db& db, ImportId id) {
  std::vector<LeadId> leads;
  Query row(db,
            "SELECT id FROM lead WHERE import_id = ?1 AND import_id <> 0 AND id > "
            "(SELECT undo_after FROM import WHERE id = ?1) ORDER BY id LIMIT ?2",
            id, kLeadsAtATime);
  while (row.Next()) leads.push_back(row.Int(0));
  return leads;
}

std::vector<Changed> NextChanged(Db& db, ImportId id) {
  std::vector<Changed> leads;
  Query row(db,
            "SELECT lead_id, version_after, before FROM import_undo WHERE import_id = ? "
            "ORDER BY lead_id LIMIT ?",
            id, kLeadsAtATime);
  while (row.Next()) leads.push_back({row.Int(0), row.Int(1), row.Text(2)});
  return leads;
}

// Every call and every edit moves the version on.
void Remove(Tx& tx, ImportId id, LeadId lead_id, Store::UndoResult* result) {
  const bool removed =
      tx.db.Run(
          "DELETE FROM lead WHERE id = ?2 AND version = coalesce((SELECT version_after FROM "
          "import_undo WHERE import_id = ?1 AND lead_id = ?2), 1)",
          id, lead_id) == 1;
  tx.db.Run("DELETE FROM import_undo WHERE import_id = ? AND lead_id = ?", id, lead_id);
  if (removed) {
    ++result->removed;
  } else {
    result->kept.push_back(lead_id);
  }
}

Status Restore(Tx& tx, ImportId id, const Changed& changed, Store::UndoResult* result) {
  tx.db.Run("DELETE FROM import_undo WHERE import_id = ? AND lead_id = ?", id, changed.id);
  const auto lead = FindLead(tx.db, changed.id);
  if (!lead) return tx.db.error();  // deleted since
  const auto image = DecodeImage(changed.before);
  if (lead->version != changed.version_after || !image) {
    result->kept.push_back(changed.id);
    return Status();
  }
  LeadDraft draft = *image;
  draft.campaign_id = lead->campaign_id;
  ++result->restored;
  return RewriteLead(tx, *lead, draft);
}

}  // namespace

std::string EncodeImage(const LeadDraft& d) {
  Json contacts = Json::array();
  for (const Contact& c : d.contacts) {
    contacts.push_back(
        Json{{"id", c.id}, {"name", c.name}, {"phone", c.phone}, {"variables", c.variables}});
  }
  return DumpJson(Json{{"name", d.name},
                       {"phone", d.phone},
                       {"email", d.email},
                       {"company", d.company},
                       {"timezone", d.timezone},
                       {"variables", d.variables},
                       {"contacts", std::move(contacts)}});
}

std::optional<LeadDraft> DecodeImage(std::string_view text) {
  const Result<Json> json = ParseJson(text);
  if (!json.ok()) return std::nullopt;
  LeadDraft d;
  d.name = TextOr(*json, "name");
  d.phone = TextOr(*json, "phone");
  d.email = TextOr(*json, "email");
  d.company = TextOr(*json, "company");
  d.timezone = TextOr(*json, "timezone");
  d.variables = DecodeVariables(DumpJson(Member(*json, "variables")));
  for (const Json& c : Member(*json, "contacts")) {
    Contact& contact = d.contacts.emplace_back();
    contact.id = IntOf(Member(c, "id")).value_or(0);
    contact.name = TextOr(c, "name");
    contact.phone = TextOr(c, "phone");
    contact.variables = DecodeVariables(DumpJson(Member(c, "variables")));
  }
  return d;
}

Result<Store::UndoResult> SqliteStore::UndoImport(ImportId id, TimeMs now) {
  return Write(now, [&](Tx& tx) -> Result<UndoResult> {
    const auto import = FindImport(tx.db, id);
    if (!import) return tx.db.Missing(NoSuchImport());
    const bool going_on = tx.db.IntOf("SELECT undoing FROM import WHERE id = ?", 0, id) != 0;
    if (import->state < ImportState::kCommitting ||
        (import->state == ImportState::kUndone && !going_on)) {
      return WrongImportState(*import);
    }
    // Undone from the first chunk on: nobody calls its leads while they are being taken back.
    tx.db.Run("UPDATE import SET state = ?2, undoing = 1, updated_at = ?3 WHERE id = ?1", id,
              ImportState::kUndone, now);
    UndoResult result;
    const std::vector<LeadId> created = NextCreated(tx.db, id);
    for (const LeadId lead_id : created) Remove(tx, id, lead_id, &result);
    if (!created.empty()) {
      tx.db.Run("UPDATE import SET undo_after = ? WHERE id = ?", created.back(), id);
    }
    const std::vector<Changed> changed =
        created.empty() ? NextChanged(tx.db, id) : std::vector<Changed>();
    for (const Changed& lead : changed) LEADLINE_RETURN_IF_ERROR(Restore(tx, id, lead, &result));
    result.more = !created.empty() || !changed.empty();
    if (!result.more) {
      tx.db.Run("UPDATE import SET undoing = 0 WHERE id = ?", id);
      FreeLeadsOfImport(tx, id);
    }
    AddImportEvent(tx, id);
    return result;
  });
}

}  // namespace leadline
