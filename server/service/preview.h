// What a provider would be sent for a lead, and which placeholders would come out empty or unknown.
#pragma once

#include "common/api/gate_json.h"
#include "server/service/context.h"

namespace leadline {

// For the contact that is next, or the primary when none is. Errors: kNotFound; kRefused
// "assistant_missing" when the campaign has none, "provider_missing".
Result<Preview> PreviewOfLead(const ServerContext& context, LeadId id);

}  // namespace leadline
