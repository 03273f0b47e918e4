// /api/v1/calls, and the counts over them.
#include <map>

#include "common/api/call_json.h"
#include "common/api/envelope.h"
#include "common/api/gate_json.h"
#include "server/http/handlers.h"
#include "server/http/lead_query.h"

namespace leadline {
namespace {

void DecodeOutcome(QueryReader& reader, CallQuery* query) {
  query->outcome = reader.Text("outcome");
  if (query->outcome.empty() || OutcomeFromName(query->outcome).has_value()) return;
  for (std::string_view state : kCallStateNames) {
    if (query->outcome == state) return;
  }
  reader.AddProblem("outcome", "unknown_choice",
                    "Give an outcome such as no_answer, or a state such as active.");
}

}  // namespace

Status ListCalls(Exchange& x) {
  QueryReader reader(x);
  CallQuery query;
  query.lead_id = reader.Int("lead_id", 0, 1, kMaxId);
  query.campaign_id = reader.Int("campaign_id", 0, 1, kMaxId);
  DecodeOutcome(reader, &query);
  DecodePaging(reader, &query.limit, &query.cursor);
  LEADLINE_RETURN_IF_ERROR(reader.Finish());
  const Result<Page<Call>> page = x.store().ListCalls(query);
  if (!page.ok()) return page.status();
  Json items = Json::array();
  for (const Call& call : page->items) items.push_back(CallJson(call));
  return x.Answer(PageJson(std::move(items), page->next_cursor, page->total, page->total_is_floor));
}

Status GetCall(Exchange& x) {
  const Result<Call> call = x.store().GetCall(x.Id());
  if (!call.ok()) return call.status();
  return x.Answer(CallJson(*call));
}

Status GetSummary(Exchange& x) {
  const Result<std::vector<Store::StatusCount>> leads = x.store().CountLeads();
  if (!leads.ok()) return leads.status();
  const Result<std::vector<Store::OutcomeCount>> calls = x.store().CountCalls();
  if (!calls.ok()) return calls.status();
  std::map<CampaignId, CampaignSummary> campaigns;
  for (const Store::StatusCount& count : *leads) {
    campaigns[count.campaign_id].leads[static_cast<size_t>(count.status)] += count.leads;
  }
  for (const Store::OutcomeCount& count : *calls) {
    campaigns[count.campaign_id].calls[static_cast<size_t>(count.outcome)] += count.calls;
  }
  std::vector<CampaignSummary> list;
  for (auto& [id, summary] : campaigns) {
    summary.campaign_id = id;
    list.push_back(summary);
  }
  return x.Answer(SummaryJson(list));
}

}  // namespace leadline
