// "Why is it not being called now?", previews and reports as JSON.
#pragma once

#include "common/api/fields.h"
#include "common/dial/campaign.h"
#include "common/dial/outcome.h"
#include "common/lead/status.h"

namespace leadline {

// GET /api/v1/leads/{id}/gates and /api/v1/campaigns/{id}/gates.
struct GateLine {
  std::string name;   // "window_open"
  std::string title;  // "Inside the calling window"
  bool of_lead = false;
  bool open = false;
  std::string reason;
  TimeMs opens_at = 0;   // 0: not known, or open
  bool by_hand = false;  // it opens only when a person acts
};
struct GateAnswer {
  bool open = false;         // all: it may be called now
  std::string first_closed;  // name; empty when open
  TimeMs look_again_at = 0;  // when every gate may be open at the earliest; 0: not known or by hand
  std::vector<GateLine> gates;
};
Json GateJson(const GateAnswer& answer);
bool ReadGates(const Json& value, GateAnswer* answer);

// GET /api/v1/leads/{id}/preview: what the provider would be sent for this lead.
struct Preview {
  Provider provider = Provider::kRetell;
  std::string number;  // that is next
  Json request;        // the exact body of the create-call request, secrets masked
  // The inline texts as the lead would hear them; empty for an external assistant.
  std::string first_message, system_prompt, voicemail_message;
  // Placeholders that would come out empty, and names that nobody knows.
  std::vector<std::string> empty_variables, unknown_variables, missing_required;
};
Json PreviewJson(const Preview& preview);
bool ReadPreview(const Json& value, Preview* preview);

// GET /api/v1/reports/summary: leads by status and calls by outcome, for each campaign that has
// any.
struct CampaignSummary {
  CampaignId campaign_id = 0;
  int64_t leads[kLeadStatusCount] = {};
  int64_t calls[7] = {};  // by Outcome
};
Json SummaryJson(const std::vector<CampaignSummary>& campaigns);
std::vector<CampaignSummary> ReadSummary(const Json& value);

}  // namespace leadline
