// The facts for the gates, read inside one transaction: by the claim, and by whoever asks why a
// lead is not being called. Only reads; decides nothing.
#pragma once

#include <map>

#include "server/store/sqlite/rows.h"

namespace leadline {

// The calls that hold a slot now.
struct OpenCalls {
  int total = 0;
  int of_provider[kProviderCount] = {};
  std::map<CampaignId, int> of_campaign;

  void Add(CampaignId campaign, Provider provider, int calls);
};
OpenCalls CountOpenCalls(Db& db);

// What all leads of the campaign share; `lead` stays empty.
DialFacts FactsOfCampaign(Db& db, const Campaign& campaign, const CallingSettings& settings,
                          const ProviderReadiness (&providers)[kProviderCount], TimeMs now);
void SetOpenCalls(const OpenCalls& open, DialFacts* facts);
// Adds what belongs to one lead and to the number that is next for it.
void AddFactsOfLead(Db& db, const StoredLead& lead, DialFacts* facts);

}  // namespace leadline
