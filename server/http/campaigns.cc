// /api/v1/campaigns.
#include "common/api/campaign_json.h"
#include "common/api/envelope.h"
#include "server/http/exchange.h"
#include "server/http/handlers.h"
#include "server/service/gates_service.h"

namespace leadline {
namespace {

Status AnswerCampaign(Exchange& x, const Result<Campaign>& campaign, int http_status = 200) {
  if (!campaign.ok()) {
    if (campaign.status().code() == Code::kConflict) {
      if (const Result<Campaign> now = x.store().GetCampaign(x.Id()); now.ok()) {
        x.current = CampaignJson(*now);
      }
    }
    return campaign.status();
  }
  x.context.Wake();
  return x.AnswerVersioned(CampaignJson(*campaign), campaign->version, http_status);
}

Status MoveTo(Exchange& x, CampaignState state) {
  return AnswerCampaign(x, x.store().SetCampaignState(x.Id(), state, "", x.now()));
}

}  // namespace

Status ListCampaigns(Exchange& x) {
  const Result<std::vector<Campaign>> campaigns = x.store().ListCampaigns();
  if (!campaigns.ok()) return campaigns.status();
  Json items = Json::array();
  for (const Campaign& campaign : *campaigns) items.push_back(CampaignJson(campaign));
  const auto total = static_cast<int64_t>(items.size());
  return x.Answer(PageJson(std::move(items), "", total));
}

Status CreateCampaign(Exchange& x) {
  const Result<Json> body = x.BodyJson();
  if (!body.ok()) return body.status();
  Campaign campaign;
  LEADLINE_RETURN_IF_ERROR(DecodeCampaign(*body, &campaign));
  return AnswerCampaign(x, x.store().CreateCampaign(campaign, x.now()), 201);
}

Status GetCampaign(Exchange& x) {
  const Result<Campaign> campaign = x.store().GetCampaign(x.Id());
  if (!campaign.ok()) return campaign.status();
  return x.AnswerVersioned(CampaignJson(*campaign), campaign->version);
}

Status PatchCampaign(Exchange& x) {
  const Result<Json> body = x.BodyJson();
  if (!body.ok()) return body.status();
  Result<Campaign> campaign = x.store().GetCampaign(x.Id());
  if (!campaign.ok()) return campaign.status();
  const Result<int64_t> version = x.IfMatch(campaign->version);
  if (!version.ok()) return version.status();
  LEADLINE_RETURN_IF_ERROR(DecodeCampaign(*body, &*campaign));
  campaign->version = *version;
  return AnswerCampaign(x, x.store().UpdateCampaign(*campaign, x.now()));
}

Status DeleteCampaign(Exchange& x) {
  const Result<Campaign> campaign = x.store().GetCampaign(x.Id());
  if (!campaign.ok()) return campaign.status();
  const Result<int64_t> version = x.IfMatch(campaign->version);
  if (!version.ok()) return version.status();
  const Status status = x.store().DeleteCampaign(x.Id(), *version, x.now());
  if (!status.ok()) return AnswerCampaign(x, status);
  return x.AnswerNothing();
}

Status StartCampaign(Exchange& x) {
  return MoveTo(x, CampaignState::kRunning);
}

Status PauseCampaign(Exchange& x) {
  return MoveTo(x, CampaignState::kPaused);
}

Status ResumeCampaign(Exchange& x) {
  return MoveTo(x, CampaignState::kRunning);
}

Status FinishCampaign(Exchange& x) {
  return MoveTo(x, CampaignState::kFinished);
}

Status GetCampaignGates(Exchange& x) {
  const Result<GateAnswer> gates = GatesOfCampaign(x.context, x.Id());
  if (!gates.ok()) return gates.status();
  return x.Answer(GateJson(*gates));
}

Status ResetAccountFailures(Exchange& x) {
  const Result<int64_t> leads = x.store().ResetAccountFailures(x.Id(), x.now());
  if (!leads.ok()) return leads.status();
  x.context.Wake();
  return x.Answer({{"leads", *leads}});
}

}  // namespace leadline
