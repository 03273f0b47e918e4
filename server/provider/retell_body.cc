#include "server/provider/retell_body.h"

#include <algorithm>

#include "common/lead/variables.h"

namespace leadline {
namespace {

// Retell takes letters, digits and underscores only.
bool IsVariableName(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

Json DynamicVariables(const DialOrder& order) {
  Variables defaults;
  for (const AssistantVariable& v : order.assistant.variables) defaults[v.key] = v.default_value;
  const Contact* contact = order.contact.id != 0 ? &order.contact : nullptr;
  Json out = Json::object();
  // Empty ones too: a placeholder without a value would be read out as it stands.
  for (const auto& [name, value] : MergeVariables(defaults, order.lead, contact)) {
    if (IsVariableName(name)) out[name] = SanitizeValue(value);
  }
  return out;
}

}  // namespace

Json RetellCreateBody(const DialOrder& order, const std::string& webhook_url) {
  Json body = {
      {"from_number", order.assistant.caller_number},
      {"to_number", order.call.number},
      {"override_agent_id", order.assistant.external_id},
      {"retell_llm_dynamic_variables", DynamicVariables(order)},
      {"metadata",
       {{"attempt_id", order.call.attempt_id}, {"lead_id", std::to_string(order.lead.id)}}},
  };
  if (!webhook_url.empty()) {
    body["agent_override"] = {{"agent", {{"webhook_url", webhook_url}}}};
  }
  return body;
}

}  // namespace leadline
