// Fetching: what each screen shows, and what a change on the server makes old. Part of update.
#pragma once

#include "client/state/context.h"

namespace leadline {

// Everything that the current route shows.
void LoadScreen(Context& context);
// One topic again, when the current route shows it; else its next visit will.
void LoadTopic(Context& context, Topic topic);

// The query of the leads table, without limit and cursor: "campaign_id=1&status=failed".
std::string LeadQueryText(const Route& route);
// Asks for the page that the table needs next, when there is one.
void PumpLeads(Context& context);
void PumpCalls(Context& context);
// The lead or call that the route opens beside the table.
void OpenLead(Context& context, LeadId id);
void OpenCall(Context& context, CallId id);
void LoadCampaignGates(Context& context, CampaignId id);

}  // namespace leadline
