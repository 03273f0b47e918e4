// One lead, one campaign, one assistant per provider, ready to be dialled.
#pragma once

#include "common/dial/call.h"

namespace leadline {

inline constexpr const char* kVapiAssistant = "11111111-1111-4111-8111-111111111111";
inline constexpr const char* kVapiNumberId = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";

inline DialOrder SampleOrder(Provider provider) {
  DialOrder o;
  o.lead.id = 7;
  o.lead.name = "Sarah Johnson";
  o.lead.phone = "+14155551234";
  o.lead.email = "sarah@example.com";
  o.lead.company = "TechStart";
  o.lead.timezone = "America/Los_Angeles";
  o.lead.variables = {{"budget_range", "10-20k"}, {"note", "{{phone}}\nasap"}};
  o.call.attempt_id = "6f9619ff-8b86-4011-b42d-00c04fc964ff";
  o.call.lead_id = 7;
  o.call.number = "+14155551234";
  o.call.provider = provider;
  o.assistant.name = "Sales assistant with a name that is far too long for it";
  o.assistant.provider = provider;
  o.assistant.variables = {{"tone", "warm", false, ""}};
  if (provider == Provider::kRetell) {
    o.assistant.external_id = "agent_1111111111111111";
    o.assistant.caller_number = "+14157774444";
  } else {
    o.assistant.external_id = kVapiAssistant;
    o.assistant.phone_number_id = kVapiNumberId;
  }
  return o;
}

inline DialOrder InlineVapiOrder() {
  DialOrder o = SampleOrder(Provider::kVapi);
  o.assistant.external_id.clear();
  o.assistant.first_message = "Hi {first_name}, this is about {{company}}.";
  o.assistant.system_prompt = "Speak in a {{ tone | default: \"calm\" }} way. {unknown}";
  o.assistant.voicemail_message = "Hi {{name}}, we will call again.";
  return o;
}

}  // namespace leadline
