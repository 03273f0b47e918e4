#include "server/store/sqlite/journal.h"

#include "common/base/utf8.h"

namespace leadline {
namespace {

constexpr int64_t kEventsKept = 100'000;
constexpr int64_t kPruneEvery = 1'000;
constexpr size_t kMaxDetailBytes = 500;

}  // namespace

void AddEvent(Tx& tx, std::string_view kind, int64_t ref_id, std::string_view data) {
  tx.db.Run("INSERT INTO event (at, kind, ref_id, data) VALUES (?, ?, ?, ?)", tx.now, kind, ref_id,
            data.empty() ? "{}" : data);
  tx.newest_event = tx.db.last_id();
  if (tx.newest_event % kPruneEvery == 0) {
    tx.db.Run("DELETE FROM event WHERE id <= ?", tx.newest_event - kEventsKept);
  }
}

void AddLeadEvent(Tx& tx, LeadId id, LeadStatus status, int64_t version, CampaignId campaign_id) {
  std::string data = "{\"status\":\"";
  data += NameOf(status);
  data += "\",\"version\":" + std::to_string(version) +
          ",\"campaign_id\":" + std::to_string(campaign_id) + "}";
  AddEvent(tx, "lead", id, data);
}

void AddCallEvent(Tx& tx, const Call& call) {
  std::string data = "{\"state\":\"";
  data += NameOf(call.state);
  data += "\",\"outcome\":\"";
  data += NameOf(call.outcome);
  data += "\",\"lead_id\":" + std::to_string(call.lead_id) +
          ",\"campaign_id\":" + std::to_string(call.campaign_id) + "}";
  AddEvent(tx, "call", call.id, data);
}

void AddAudit(Tx& tx, const AuditEntry& e) {
  tx.db.Run(
      "INSERT INTO audit (lead_id, at, actor, event, from_status, to_status, call_id, detail) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      e.lead_id, tx.now, e.actor, e.event, e.from_status, e.to_status, e.call_id,
      ClipUtf8(e.detail, kMaxDetailBytes));
}

}  // namespace leadline
