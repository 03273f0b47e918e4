// Campaigns.
#include "server/store/sqlite/campaign_write.h"
#include "server/store/sqlite/journal.h"
#include "server/store/sqlite/json_columns.h"
#include "server/store/sqlite/lead_write.h"

namespace leadline {
namespace {

constexpr int64_t kMaxCampaigns = 5'000;  // so that a list of all of them is bounded

Status NoSuchCampaign() {
  return NotFound("There is no such campaign.");
}
Status CampaignChanged() {
  return Conflict("The campaign changed meanwhile. Load it again.");
}

Result<Campaign> StoredCampaign(Tx& tx, CampaignId id) {
  auto campaign = FindCampaign(tx.db, id);
  if (!campaign) return tx.db.Missing(NoSuchCampaign());
  return std::move(*campaign);
}

Status CheckLinks(Db& db, const Campaign& c) {
  if (db.IntOf("SELECT 1 FROM campaign WHERE name = ? AND id <> ?", 0, c.name, c.id) != 0) {
    return Invalid("name_taken", "Another campaign has this name. Choose another one.",
                   {{"name", "name_taken", "Another campaign has this name."}});
  }
  if (c.assistant_id != 0 && !FindAssistant(db, c.assistant_id)) {
    return db.Missing(
        Invalid("unknown_assistant", "There is no such assistant. Choose one from the list.",
                {{"assistant_id", "unknown_assistant", "There is no such assistant."}}));
  }
  return db.error();
}

bool MayMove(CampaignState from, CampaignState to) {
  switch (to) {
    case CampaignState::kRunning:
      return from != CampaignState::kRunning;
    case CampaignState::kPaused:
      return from == CampaignState::kRunning;
    case CampaignState::kFinished:
      return from != CampaignState::kFinished;
    case CampaignState::kDraft:
      return false;
  }
  return false;
}

}  // namespace

void WriteCampaignState(Tx& tx, CampaignId id, CampaignState to, std::string_view reason) {
  tx.db.Run(
      "UPDATE campaign SET version = version + 1, state = ?2, pause_reason = ?3, "
      "paused_at = CASE ?2 WHEN 2 THEN ?4 ELSE paused_at END, look_again = 1, updated_at = ?4 "
      "WHERE id = ?1",
      id, to, to == CampaignState::kPaused ? reason : "", tx.now);
  std::string data = "{\"state\":\"";
  data += NameOf(to);
  data += "\"}";
  AddEvent(tx, "campaign", id, data);
}

void PauseIfRunning(Tx& tx, CampaignId id, std::string_view reason) {
  if (tx.db.IntOf("SELECT state FROM campaign WHERE id = ?", -1, id) ==
      static_cast<int64_t>(CampaignState::kRunning)) {
    WriteCampaignState(tx, id, CampaignState::kPaused, reason);
  }
}

void PauseAllOf(Tx& tx, Provider provider, std::string_view reason) {
  std::vector<CampaignId> running;
  {
    Query row(tx.db,
              "SELECT id FROM campaign WHERE state = 1 AND assistant_id IN (SELECT id FROM "
              "assistant WHERE provider = ?)",
              provider);
    while (row.Next()) running.push_back(row.Int(0));
  }
  for (const CampaignId id : running) WriteCampaignState(tx, id, CampaignState::kPaused, reason);
}

Result<Campaign> SqliteStore::CreateCampaign(const Campaign& c, TimeMs now) {
  return Write(now, [&](Tx& tx) -> Result<Campaign> {
    if (tx.db.IntOf("SELECT count(*) FROM campaign", 0) >= kMaxCampaigns) {
      return Refused("too_many", "There are 5,000 campaigns. Delete some first.");
    }
    Campaign fresh = c;
    fresh.id = 0;
    LEADLINE_RETURN_IF_ERROR(CheckLinks(tx.db, fresh));
    tx.db.Run(
        "INSERT INTO campaign (version, name, state, assistant_id, schedule, retry_delay_minutes, "
        "max_attempts, contact_order, contact_gap_seconds, voicemail, concurrency, "
        "starts_per_minute, created_at, updated_at) "
        "VALUES (1, ?, 0, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        c.name, c.assistant_id, EncodeSchedule(c.schedule), c.retry_delay_minutes, c.max_attempts,
        c.contact_order, c.contact_gap_seconds, c.voicemail, c.concurrency, c.starts_per_minute,
        now, now);
    const CampaignId id = tx.db.last_id();
    AddEvent(tx, "campaign", id, R"({"state":"draft"})");
    return StoredCampaign(tx, id);
  });
}

Result<Campaign> SqliteStore::GetCampaign(CampaignId id) {
  return Read([&](Db& db) -> Result<Campaign> {
    auto campaign = FindCampaign(db, id);
    if (!campaign) return db.Missing(NoSuchCampaign());
    return std::move(*campaign);
  });
}

Result<Campaign> SqliteStore::UpdateCampaign(const Campaign& c, TimeMs now) {
  return Write(now, [&](Tx& tx) -> Result<Campaign> {
    const auto stored = FindCampaign(tx.db, c.id);
    if (!stored) return tx.db.Missing(NoSuchCampaign());
    if (stored->version != c.version) return CampaignChanged();
    LEADLINE_RETURN_IF_ERROR(CheckLinks(tx.db, c));
    const int64_t changed = tx.db.Run(
        "UPDATE campaign SET version = version + 1, name = ?3, assistant_id = nullif(?4, 0), "
        "schedule = ?5, retry_delay_minutes = ?6, max_attempts = ?7, contact_order = ?8, "
        "contact_gap_seconds = ?9, voicemail = ?10, concurrency = ?11, starts_per_minute = ?12, "
        "look_again = 1, updated_at = ?13 WHERE id = ?1 AND version = ?2",
        c.id, c.version, c.name, c.assistant_id, EncodeSchedule(c.schedule), c.retry_delay_minutes,
        c.max_attempts, c.contact_order, c.contact_gap_seconds, c.voicemail, c.concurrency,
        c.starts_per_minute, now);
    if (changed == 0) return tx.db.Missing(CampaignChanged());
    AddEvent(tx, "campaign", c.id, "");
    return StoredCampaign(tx, c.id);
  });
}

Result<Campaign> SqliteStore::SetCampaignState(CampaignId id, CampaignState to,
                                               const std::string& reason, TimeMs now) {
  return Write(now, [&](Tx& tx) -> Result<Campaign> {
    const auto stored = FindCampaign(tx.db, id);
    if (!stored) return tx.db.Missing(NoSuchCampaign());
    if (!MayMove(stored->state, to)) {
      return Refused("wrong_state", "The campaign is " + std::string(NameOf(stored->state)) +
                                        "; it cannot become " + std::string(NameOf(to)) + ".");
    }
    if (to == CampaignState::kRunning && stored->assistant_id == 0) {
      return Refused("assistant_missing", "Choose an assistant for the campaign first.");
    }
    WriteCampaignState(tx, id, to, reason);
    return StoredCampaign(tx, id);
  });
}

Status SqliteStore::DeleteCampaign(CampaignId id, int64_t version, TimeMs now) {
  return Write(now, [&](Tx& tx) -> Status {
    const auto stored = FindCampaign(tx.db, id);
    if (!stored) return tx.db.Missing(NoSuchCampaign());
    if (id == kDefaultCampaign) {
      return Refused("built_in", "The campaign Default is built in and stays.");
    }
    if (stored->version != version) return CampaignChanged();
    const bool has_leads =
        tx.db.IntOf("SELECT sum(leads) FROM lead_count WHERE campaign_id = ?", 0, id) != 0;
    const bool importing =
        tx.db.IntOf("SELECT 1 FROM import WHERE campaign_id = ? AND state = 2 LIMIT 1", 0, id) != 0;
    if (has_leads || importing) {
      return Refused("in_use", "The campaign has leads. Delete or move them first.");
    }
    tx.db.Run("DELETE FROM campaign WHERE id = ?", id);
    AddEvent(tx, "campaign", id, R"({"deleted":true})");
    return Status();
  });
}

Result<std::vector<Campaign>> SqliteStore::ListCampaigns() {
  static const std::string sql = Select(kCampaignColumns, "campaign ORDER BY id");
  return Read([&](Db& db) -> Result<std::vector<Campaign>> {
    std::vector<Campaign> all;
    Query row(db, sql);
    while (row.Next()) all.push_back(CampaignOf(row));
    return all;
  });
}

}  // namespace leadline
