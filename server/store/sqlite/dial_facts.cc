#include "server/store/sqlite/dial_facts.h"

#include "common/dial/retry.h"
#include "server/store/sqlite/store_impl.h"

namespace leadline {
namespace {

void AddStartsOfLastMinute(Db& db, DialFacts* facts) {
  Query row(db, "SELECT claimed_at FROM call WHERE campaign_id = ? ORDER BY id DESC",
            facts->campaign.id);
  while (row.Next() && row.Int(0) > facts->now - kMinuteMs) {
    ++facts->starts_last_minute;
    facts->oldest_start_last_minute = row.Int(0);
  }
}

bool ImportCommitted(Db& db, ImportId id) {
  if (id == 0) return true;
  // 3 committed; 4 undone: what an undo kept may be called once it is through.
  return db.IntOf("SELECT state = 3 OR (state = 4 AND undoing = 0) FROM import WHERE id = ?", 0,
                  id) != 0;
}

}  // namespace

void OpenCalls::Add(CampaignId campaign, Provider provider, int calls) {
  total += calls;
  of_provider[static_cast<int>(provider)] += calls;
  of_campaign[campaign] += calls;
}

OpenCalls CountOpenCalls(Db& db) {
  OpenCalls open;
  Query row(db,
            "SELECT campaign_id, provider, count(*) FROM call WHERE state IN (0, 1, 2) "
            "GROUP BY campaign_id, provider");
  while (row.Next()) open.Add(row.Int(0), row.As<Provider>(1), static_cast<int>(row.Int(2)));
  return open;
}

DialFacts FactsOfCampaign(Db& db, const Campaign& campaign, const CallingSettings& settings,
                          const ProviderReadiness (&providers)[kProviderCount], TimeMs now) {
  DialFacts facts;
  facts.now = now;
  facts.settings = settings;
  facts.campaign = campaign;
  if (campaign.assistant_id != 0) {
    if (auto assistant = FindAssistant(db, campaign.assistant_id)) {
      facts.has_assistant = true;
      facts.assistant = std::move(*assistant);
    }
  }
  const ProviderReadiness& ready = providers[static_cast<int>(facts.assistant.provider)];
  facts.provider_key_present = ready.key_present;
  facts.circuit_open_until = ready.circuit_open_until;
  AddStartsOfLastMinute(db, &facts);
  return facts;
}

void SetOpenCalls(const OpenCalls& open, DialFacts* facts) {
  const auto found = open.of_campaign.find(facts->campaign.id);
  facts->open_calls_campaign = found == open.of_campaign.end() ? 0 : found->second;
  facts->open_calls_provider = open.of_provider[static_cast<int>(facts->assistant.provider)];
  facts->open_calls_total = open.total;
}

void AddFactsOfLead(Db& db, const StoredLead& lead, DialFacts* facts) {
  facts->lead = lead;
  facts->import_committed = ImportCommitted(db, lead.import_id);
  const std::string number(NextContactOf(lead, facts->campaign).NumberOf(lead));
  facts->suppressed = db.IntOf("SELECT 1 FROM suppression WHERE number = ?", 0, number) != 0;
  // A call to another number of the same lead keeps it busy as well: one open call per lead.
  facts->open_calls_to_number = static_cast<int>(db.IntOf(
      "SELECT (SELECT count(*) FROM call WHERE number = ? AND state IN (0, 1, 2)) + "
      "(SELECT count(*) FROM call WHERE lead_id = ? AND number <> ? AND state IN (0, 1, 2))",
      0, number, lead.id, number));
  facts->last_call_at = db.IntOf(
      "SELECT coalesce(max(claimed_at), 0) FROM call WHERE lead_id = ? AND state <> 4", 0, lead.id);
}

Result<DialFacts> SqliteStore::ReadDialFacts(LeadId id,
                                             const ProviderReadiness (&providers)[kProviderCount],
                                             TimeMs now) {
  return Read([&](Db& db) -> Result<DialFacts> {
    const auto lead = FindLead(db, id);
    if (!lead) return db.Missing(NotFound("There is no such lead."));
    const auto campaign = FindCampaign(db, lead->campaign_id);
    if (!campaign) return db.Missing(NotFound("There is no such campaign."));
    DialFacts facts = FactsOfCampaign(db, *campaign, ReadSettings(db), providers, now);
    SetOpenCalls(CountOpenCalls(db), &facts);
    AddFactsOfLead(db, *lead, &facts);
    return facts;
  });
}

Result<DialFacts> SqliteStore::ReadCampaignFacts(
    CampaignId id, const ProviderReadiness (&providers)[kProviderCount], TimeMs now) {
  return Read([&](Db& db) -> Result<DialFacts> {
    const auto campaign = FindCampaign(db, id);
    if (!campaign) return db.Missing(NotFound("There is no such campaign."));
    DialFacts facts = FactsOfCampaign(db, *campaign, ReadSettings(db), providers, now);
    SetOpenCalls(CountOpenCalls(db), &facts);
    return facts;
  });
}

}  // namespace leadline
