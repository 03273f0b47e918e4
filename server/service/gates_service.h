// "Why is it not being called now?" for a lead and for a campaign, by the claim's own list of
// gates.
#pragma once

#include "common/api/gate_json.h"
#include "server/service/context.h"

namespace leadline {

// Errors: kNotFound, and those of the store.
Result<GateAnswer> GatesOfLead(const ServerContext& context, LeadId id);
Result<GateAnswer> GatesOfCampaign(const ServerContext& context, CampaignId id);

}  // namespace leadline
