// Assistants.
#include "server/store/sqlite/journal.h"
#include "server/store/sqlite/json_columns.h"
#include "server/store/sqlite/rows.h"

namespace leadline {
namespace {

constexpr int64_t kMaxAssistants = 5'000;  // so that a list of all of them is bounded

Status NoSuchAssistant() {
  return NotFound("There is no such assistant.");
}

Result<Assistant> StoredAssistant(Tx& tx, AssistantId id) {
  auto assistant = FindAssistant(tx.db, id);
  if (!assistant) return tx.db.Missing(NoSuchAssistant());
  AddEvent(tx, "assistant", id, "");
  return std::move(*assistant);
}

}  // namespace

Result<Assistant> SqliteStore::CreateAssistant(const Assistant& a, TimeMs now) {
  return Write(now, [&](Tx& tx) -> Result<Assistant> {
    if (tx.db.IntOf("SELECT count(*) FROM assistant", 0) >= kMaxAssistants) {
      return Refused("too_many", "There are 5,000 assistants. Delete some first.");
    }
    tx.db.Run(
        "INSERT INTO assistant (version, name, provider, external_id, first_message, "
        "system_prompt, voicemail_message, model_provider, model, max_duration_seconds, "
        "caller_number, phone_number_id, variables, created_at, updated_at) "
        "VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        a.name, a.provider, a.external_id, a.first_message, a.system_prompt, a.voicemail_message,
        a.model_provider, a.model, a.max_duration_seconds, a.caller_number, a.phone_number_id,
        EncodeAssistantVariables(a.variables), now, now);
    return StoredAssistant(tx, tx.db.last_id());
  });
}

Result<Assistant> SqliteStore::GetAssistant(AssistantId id) {
  return Read([&](Db& db) -> Result<Assistant> {
    auto assistant = FindAssistant(db, id);
    if (!assistant) return db.Missing(NoSuchAssistant());
    return std::move(*assistant);
  });
}

Result<Assistant> SqliteStore::UpdateAssistant(const Assistant& a, TimeMs now) {
  return Write(now, [&](Tx& tx) -> Result<Assistant> {
    if (!FindAssistant(tx.db, a.id)) return tx.db.Missing(NoSuchAssistant());
    const int64_t changed = tx.db.Run(
        "UPDATE assistant SET version = version + 1, name = ?3, provider = ?4, external_id = ?5, "
        "first_message = ?6, system_prompt = ?7, voicemail_message = ?8, model_provider = ?9, "
        "model = ?10, max_duration_seconds = ?11, caller_number = ?12, phone_number_id = ?13, "
        "variables = ?14, updated_at = ?15 WHERE id = ?1 AND version = ?2",
        a.id, a.version, a.name, a.provider, a.external_id, a.first_message, a.system_prompt,
        a.voicemail_message, a.model_provider, a.model, a.max_duration_seconds, a.caller_number,
        a.phone_number_id, EncodeAssistantVariables(a.variables), now);
    if (changed == 0) {
      return tx.db.Missing(Conflict("The assistant changed meanwhile. Load it again."));
    }
    return StoredAssistant(tx, a.id);
  });
}

Status SqliteStore::DeleteAssistant(AssistantId id, int64_t version, TimeMs now) {
  return Write(now, [&](Tx& tx) -> Status {
    const auto assistant = FindAssistant(tx.db, id);
    if (!assistant) return tx.db.Missing(NoSuchAssistant());
    if (assistant->version != version) {
      return Conflict("The assistant changed meanwhile. Load it again.");
    }
    if (tx.db.IntOf("SELECT 1 FROM campaign WHERE assistant_id = ? LIMIT 1", 0, id) != 0) {
      return Refused("in_use", "A campaign uses this assistant. Choose another one there first.");
    }
    tx.db.Run("DELETE FROM assistant WHERE id = ?", id);
    AddEvent(tx, "assistant", id, R"({"deleted":true})");
    return Status();
  });
}

Result<std::vector<Assistant>> SqliteStore::ListAssistants() {
  static const std::string sql = Select(kAssistantColumns, "assistant ORDER BY id");
  return Read([&](Db& db) -> Result<std::vector<Assistant>> {
    std::vector<Assistant> all;
    Query row(db, sql);
    while (row.Next()) all.push_back(AssistantOf(row));
    return all;
  });
}

}  // namespace leadline
