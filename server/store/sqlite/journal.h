// What happened, written in the transaction in which it happens: the timeline of a lead (audit) and
// the changes that browsers are told of (event).
#pragma once

#include <string_view>

#include "common/dial/call.h"
#include "common/lead/lead.h"
#include "server/store/sqlite/store_impl.h"

namespace leadline {

// `data` is one JSON object, or "" for {}.
void AddEvent(Tx& tx, std::string_view kind, int64_t ref_id, std::string_view data);
void AddLeadEvent(Tx& tx, LeadId id, LeadStatus status, int64_t version, CampaignId campaign_id);
void AddCallEvent(Tx& tx, const Call& call);

struct AuditEntry {
  LeadId lead_id = 0;
  std::string_view actor;
  std::string_view event;
  std::string_view from_status, to_status;
  CallId call_id = 0;
  std::string_view detail;
};
void AddAudit(Tx& tx, const AuditEntry& entry);

}  // namespace leadline
