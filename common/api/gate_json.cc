#include "common/api/gate_json.h"

namespace leadline {

Json GateJson(const GateAnswer& answer) {
  Json gates = Json::array();
  for (const GateLine& g : answer.gates) {
    gates.push_back({{"name", g.name},
                     {"title", g.title},
                     {"of_lead", g.of_lead},
                     {"open", g.open},
                     {"reason", g.reason},
                     {"opens_at", TimeJson(g.opens_at)},
                     {"by_hand", g.by_hand}});
  }
  return {{"open", answer.open},
          {"first_closed", TextOrNull(answer.first_closed)},
          {"look_again_at", TimeJson(answer.look_again_at)},
          {"gates", std::move(gates)}};
}

bool ReadGates(const Json& value, GateAnswer* answer) {
  if (!value.is_object()) return false;
  answer->open = ReadBool(value, "open");
  answer->first_closed = ReadText(value, "first_closed");
  answer->look_again_at = ReadTime(value, "look_again_at");
  answer->gates.clear();
  const Json& gates = Member(value, "gates");
  if (!gates.is_array()) return true;
  for (const Json& g : gates) {
    answer->gates.push_back({ReadText(g, "name"), ReadText(g, "title"), ReadBool(g, "of_lead"),
                             ReadBool(g, "open"), ReadText(g, "reason"), ReadTime(g, "opens_at"),
                             ReadBool(g, "by_hand")});
  }
  return true;
}

Json PreviewJson(const Preview& preview) {
  return {{"provider", std::string(NameOf(preview.provider))},
          {"number", preview.number},
          {"request", preview.request},
          {"first_message", TextOrNull(preview.first_message)},
          {"system_prompt", TextOrNull(preview.system_prompt)},
          {"voicemail_message", TextOrNull(preview.voicemail_message)},
          {"empty_variables", NamesJson(preview.empty_variables)},
          {"unknown_variables", NamesJson(preview.unknown_variables)},
          {"missing_required", NamesJson(preview.missing_required)}};
}

bool ReadPreview(const Json& value, Preview* preview) {
  if (!value.is_object()) return false;
  preview->provider = static_cast<Provider>(ReadChoice(value, "provider", kProviderNames, 0));
  preview->number = ReadText(value, "number");
  preview->request = Member(value, "request");
  preview->first_message = ReadText(value, "first_message");
  preview->system_prompt = ReadText(value, "system_prompt");
  preview->voicemail_message = ReadText(value, "voicemail_message");
  preview->empty_variables = ReadNames(Member(value, "empty_variables"));
  preview->unknown_variables = ReadNames(Member(value, "unknown_variables"));
  preview->missing_required = ReadNames(Member(value, "missing_required"));
  return true;
}

Json SummaryJson(const std::vector<CampaignSummary>& campaigns) {
  Json items = Json::array();
  for (const CampaignSummary& c : campaigns) {
    Json leads = Json::object();
    for (size_t i = 0; i < kLeadStatusCount; ++i) {
      leads[std::string(kStatusTexts[i].name)] = c.leads[i];
    }
    Json calls = Json::object();
    for (size_t i = 0; i < 7; ++i) calls[std::string(kOutcomeNames[i])] = c.calls[i];
    items.push_back(
        {{"campaign_id", c.campaign_id}, {"leads", std::move(leads)}, {"calls", std::move(calls)}});
  }
  return {{"items", std::move(items)}};
}

std::vector<CampaignSummary> ReadSummary(const Json& value) {
  std::vector<CampaignSummary> campaigns;
  const Json& items = Member(value, "items");
  if (!items.is_array()) return campaigns;
  for (const Json& item : items) {
    CampaignSummary c;
    c.campaign_id = ReadInt(item, "campaign_id");
    for (size_t i = 0; i < kLeadStatusCount; ++i) {
      c.leads[i] = ReadInt(Member(item, "leads"), kStatusTexts[i].name);
    }
    for (size_t i = 0; i < 7; ++i) c.calls[i] = ReadInt(Member(item, "calls"), kOutcomeNames[i]);
    campaigns.push_back(c);
  }
  return campaigns;
}

}  // namespace leadline
