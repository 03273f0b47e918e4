// Changes of a campaign that the dialling itself makes.
#pragma once

#include <string_view>

#include "server/store/sqlite/rows.h"
#include "server/store/sqlite/store_impl.h"

namespace leadline {

// Writes the state, its event, and the instant of a pause.
void WriteCampaignState(Tx& tx, CampaignId id, CampaignState to, std::string_view reason);
// Running ones only; `reason` is a code of the error guide.
void PauseIfRunning(Tx& tx, CampaignId id, std::string_view reason);
// Every running campaign whose assistant calls through this provider.
void PauseAllOf(Tx& tx, Provider provider, std::string_view reason);

}  // namespace leadline
