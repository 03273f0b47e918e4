#include "server/service/preview.h"

#include <algorithm>

#include "common/dial/retry.h"
#include "common/lead/variables.h"

namespace leadline {
namespace {

// Shown where a real dial has a fresh one.
constexpr const char* kExampleAttempt = "00000000-0000-4000-8000-000000000000";

void AddOnce(const std::vector<std::string>& names, std::vector<std::string>* to) {
  for (const std::string& name : names) {
    if (std::find(to->begin(), to->end(), name) == to->end()) to->push_back(name);
  }
}

std::string Fill(const std::string& text, const Variables& values, Preview* preview) {
  const FilledTemplate filled = FillTemplate(text, values);
  AddOnce(filled.unknown, &preview->unknown_variables);
  AddOnce(filled.empty, &preview->empty_variables);
  return filled.text;
}

DialOrder OrderOf(const DialFacts& facts, TimeMs now) {
  DialOrder order;
  order.lead = facts.lead;
  order.campaign = facts.campaign;
  order.assistant = facts.assistant;
  const NextContact next = NextContactOf(facts.lead, facts.campaign);
  if (next.any && next.index >= 0) {
    order.contact = facts.lead.contacts[static_cast<size_t>(next.index)];
  }
  order.call.attempt_id = kExampleAttempt;
  order.call.lead_id = facts.lead.id;
  order.call.lead_name = facts.lead.name;
  order.call.contact_id = order.contact.id;
  order.call.attempt_no =
      (order.contact.id == 0 ? facts.lead.attempts : order.contact.attempts) + 1;
  order.call.campaign_id = facts.campaign.id;
  order.call.assistant_id = facts.assistant.id;
  order.call.provider = facts.assistant.provider;
  order.call.number = order.contact.id == 0 ? facts.lead.phone : order.contact.phone;
  order.call.claimed_at = now;
  return order;
}

void FillTexts(const DialOrder& order, Preview* preview) {
  Variables defaults;
  for (const AssistantVariable& v : order.assistant.variables) defaults[v.key] = v.default_value;
  const Variables values =
      MergeVariables(defaults, order.lead, order.contact.id == 0 ? nullptr : &order.contact);
  if (order.assistant.external_id.empty()) {
    preview->first_message = Fill(order.assistant.first_message, values, preview);
    preview->system_prompt = Fill(order.assistant.system_prompt, values, preview);
    preview->voicemail_message = Fill(order.assistant.voicemail_message, values, preview);
  }
  for (const AssistantVariable& v : order.assistant.variables) {
    const auto value = values.find(v.key);
    if (v.required && (value == values.end() || value->second.empty())) {
      preview->missing_required.push_back(v.key);
    }
  }
}

}  // namespace

Result<Preview> PreviewOfLead(const ServerContext& context, LeadId id) {
  const ProviderReadiness unused[kProviderCount] = {};
  const TimeMs now = context.clock->NowMs();
  const Result<DialFacts> facts = context.store->ReadDialFacts(id, unused, now);
  if (!facts.ok()) return facts.status();
  if (!facts->has_assistant) {
    return Refused("assistant_missing", "The lead's campaign has no assistant yet.");
  }
  const CallProvider* provider = context.providers[static_cast<int>(facts->assistant.provider)];
  if (provider == nullptr) {
    return Refused("provider_missing", "This provider is not set up on this server.");
  }
  const DialOrder order = OrderOf(*facts, now);
  Preview preview;
  preview.provider = facts->assistant.provider;
  preview.number = order.call.number;
  preview.request = provider->CreateBody(order, /*for_display=*/true);
  FillTexts(order, &preview);
  return preview;
}

}  // namespace leadline
