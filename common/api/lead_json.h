// Leads as JSON: the object of GET /api/v1/leads/{id}, and the bodies of POST and PATCH.
#pragma once

#include "common/api/fields.h"
#include "common/lead/lead.h"

namespace leadline {

// A lead as the API shows it: with what its campaign says about it.
struct LeadRecord : Lead {
  int max_attempts = 3;
};

// Everything, `error` with its explanation and `status_group` included.
Json LeadJson(const LeadRecord& lead);
// False when `value` is no object.
bool ReadLead(const Json& value, LeadRecord* lead);

// A body: only what a person may set. `campaign_id` 0 is left out.
Json LeadDraftJson(const LeadDraft& draft);
// Lays a POST or PATCH body over `draft`: members that are absent stay; `variables` are merged
// (null takes one away); `contacts` replaces the list, an entry with the `id` of a stored contact
// keeps what it does not name. Judges shapes only; the rules of common/lead/validate.h are the
// store's. Errors: kInvalid "invalid_body" with fields; `draft` is then unchanged.
Status DecodeLeadDraft(const Json& body, LeadDraft* draft);

// The `error` member of leads and calls: null without a code.
Json LeadErrorJson(const LeadError& error);
LeadError ReadLeadError(const Json& value);

// POST /api/v1/leads/{id}/status.
struct StatusRequest {
  LeadStatus status = LeadStatus::kCreated;
  bool clear_attempts = false;
};
Json StatusRequestJson(const StatusRequest& request);
// Takes a stored name, or the simple name "pending" (created) and "retry" (rescheduled).
Status DecodeStatusRequest(const Json& body, StatusRequest* request);

}  // namespace leadline
