// /api/v1/leads: list, add, change, remove, set the status by hand.
#include <map>

#include "common/api/envelope.h"
#include "common/api/lead_json.h"
#include "server/http/handlers.h"
#include "server/http/lead_query.h"

namespace leadline {
namespace {

constexpr const char* kActor = "api";

Result<int> MaxAttemptsOf(Exchange& x, CampaignId id) {
  const Result<Campaign> campaign = x.store().GetCampaign(id);
  if (!campaign.ok()) return campaign.status();
  return campaign->max_attempts;
}

Result<Json> RecordJson(Exchange& x, const Lead& lead) {
  const Result<int> max_attempts = MaxAttemptsOf(x, lead.campaign_id);
  if (!max_attempts.ok()) return max_attempts.status();
  LeadRecord record;
  static_cast<Lead&>(record) = lead;
  record.max_attempts = *max_attempts;
  return LeadJson(record);
}

Status AnswerLead(Exchange& x, const Lead& lead, int http_status = 200) {
  const Result<Json> json = RecordJson(x, lead);
  if (!json.ok()) return json.status();
  return x.AnswerVersioned(*json, lead.version, http_status);
}

// A conflict shows the lead as it now is.
Status WithCurrent(Exchange& x, const Status& status) {
  if (status.code() != Code::kConflict) return status;
  const Result<Lead> lead = x.store().GetLead(x.Id());
  if (!lead.ok()) return lead.status();
  if (const Result<Json> json = RecordJson(x, *lead); json.ok()) x.current = *json;
  return status;
}

Status WokenAnswer(Exchange& x, const Result<Lead>& lead, int http_status = 200) {
  if (!lead.ok()) return WithCurrent(x, lead.status());
  x.context.Wake();
  return AnswerLead(x, *lead, http_status);
}

}  // namespace

Status ListLeads(Exchange& x) {
  QueryReader reader(x);
  LeadQuery query = DecodeLeadQuery(reader);
  DecodePaging(reader, &query.limit, &query.cursor);
  LEADLINE_RETURN_IF_ERROR(reader.Finish());
  const Result<Page<Lead>> page = x.store().ListLeads(query);
  if (!page.ok()) return page.status();
  const Result<std::vector<Campaign>> campaigns = x.store().ListCampaigns();
  if (!campaigns.ok()) return campaigns.status();
  std::map<CampaignId, int> max_attempts;
  for (const Campaign& c : *campaigns) max_attempts[c.id] = c.max_attempts;
  Json items = Json::array();
  for (const Lead& lead : page->items) {
    LeadRecord record;
    static_cast<Lead&>(record) = lead;
    record.max_attempts = max_attempts[lead.campaign_id];
    items.push_back(LeadJson(record));
  }
  return x.Answer(PageJson(std::move(items), page->next_cursor, page->total, page->total_is_floor));
}

Status CreateLead(Exchange& x) {
  const Result<Json> body = x.BodyJson();
  if (!body.ok()) return body.status();
  LeadDraft draft;
  LEADLINE_RETURN_IF_ERROR(DecodeLeadDraft(*body, &draft));
  return WokenAnswer(x, x.store().CreateLead(draft, kActor, x.now()), 201);
}

Status GetLead(Exchange& x) {
  const Result<Lead> lead = x.store().GetLead(x.Id());
  if (!lead.ok()) return lead.status();
  return AnswerLead(x, *lead);
}

Status PatchLead(Exchange& x) {
  const Result<Json> body = x.BodyJson();
  if (!body.ok()) return body.status();
  const Result<Lead> stored = x.store().GetLead(x.Id());
  if (!stored.ok()) return stored.status();
  const Result<int64_t> version = x.IfMatch(stored->version);
  if (!version.ok()) return version.status();
  // Laid over a newer state than the person saw, the change would mean something else.
  if (*version != stored->version) {
    return WithCurrent(x, Conflict("This lead was changed meanwhile. Load it again, then decide."));
  }
  LeadDraft draft = *stored;
  LEADLINE_RETURN_IF_ERROR(DecodeLeadDraft(*body, &draft));
  return WokenAnswer(x, x.store().UpdateLead(x.Id(), *version, draft, kActor, x.now()));
}

Status DeleteLead(Exchange& x) {
  const Result<Lead> stored = x.store().GetLead(x.Id());
  if (!stored.ok()) return stored.status();
  const Result<int64_t> version = x.IfMatch(stored->version);
  if (!version.ok()) return version.status();
  const Status status = x.store().DeleteLead(x.Id(), *version, kActor, x.now());
  if (!status.ok()) return WithCurrent(x, status);
  return x.AnswerNothing();
}

Status SetLeadStatus(Exchange& x) {
  const Result<Json> body = x.BodyJson();
  if (!body.ok()) return body.status();
  StatusRequest request;
  LEADLINE_RETURN_IF_ERROR(DecodeStatusRequest(*body, &request));
  const Result<int64_t> version = x.IfMatch(0);
  if (!version.ok()) return version.status();
  return WokenAnswer(x, x.store().SetLeadStatus(x.Id(), *version, request.status,
                                                request.clear_attempts, kActor, x.now()));
}

}  // namespace leadline
