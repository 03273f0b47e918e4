#include "server/provider/vapi_body.h"

#include "common/base/utf8.h"

namespace leadline {
namespace {

constexpr size_t kVoicemailMessageBytes = 1000;

// At most 40 bytes, without the ellipsis that would go over the limit.
std::string ShortName(std::string_view name) {
  return name.size() <= kVapiNameBytes ? std::string(name) : ClipUtf8(name, kVapiNameBytes - 3);
}

Variables DefaultsOf(const Assistant& assistant) {
  Variables out;
  for (const AssistantVariable& v : assistant.variables) out[v.key] = v.default_value;
  return out;
}

NameSet KeysOf(const Variables& variables) {
  NameSet out;
  for (const auto& [name, value] : variables) out.insert(name);
  return out;
}

// The templates keep their placeholders: Vapi fills them from variableValues. Filling them here
// would let a lead's value be read as a template.
Json InlineAssistant(const Assistant& a, const NameSet& known) {
  Json model = {{"provider", a.model_provider}, {"model", a.model}};
  if (!a.system_prompt.empty()) {
    model["messages"] =
        Json::array({{{"role", "system"}, {"content", DoubleBraces(a.system_prompt, known)}}});
  }
  Json out = Json::object();
  if (!a.name.empty()) out["name"] = ShortName(a.name);
  out["firstMessage"] = DoubleBraces(a.first_message, known);
  out["model"] = std::move(model);
  if (!a.voicemail_message.empty()) {
    out["voicemailMessage"] =
        ClipUtf8(DoubleBraces(a.voicemail_message, known), kVoicemailMessageBytes - 3);
  }
  // Off by default at Vapi; without it a mailbox counts as a person who says nothing.
  out["voicemailDetection"] = {{"provider", "vapi"}};
  out["maxDurationSeconds"] = a.max_duration_seconds;
  return out;
}

NameSet InlineReferences(const Assistant& a, const NameSet& known) {
  NameSet names;
  for (const std::string* text : {&a.first_message, &a.system_prompt, &a.voicemail_message}) {
    CollectReferences(*text, known, &names);
  }
  return names;
}

// Only what is referred to leaves this machine (F98).
Json CustomerOf(const DialOrder& order, const Variables& values, const NameSet* references) {
  Json out = {{"number", order.call.number}, {"externalId", std::to_string(order.lead.id)}};
  const auto wanted = [&](const char* name) {
    return references == nullptr || references->count(std::string_view(name)) != 0;
  };
  const std::string& name = values.at("name");
  const std::string& email = values.at("email");
  if (!name.empty() && wanted("customer.name")) out["name"] = ShortName(SanitizeValue(name));
  if (!email.empty() && email.size() <= kVapiNameBytes && wanted("customer.email")) {
    out["email"] = email;
  }
  return out;
}

Json ValuesFor(const Variables& values, const NameSet* references) {
  Json out = Json::object();
  for (const auto& [name, value] : values) {
    if (references == nullptr || references->count(name) != 0) out[name] = SanitizeValue(value);
  }
  return out;
}

// Vapi repeats a webhook only when asked to.
Json ServerOf(const VapiWebhook& webhook) {
  return {{"url", webhook.url},
          {"timeoutSeconds", 20},
          {"headers", {{"x-vapi-secret", webhook.secret}}},
          {"backoffPlan", {{"type", "exponential"}, {"maxRetries", 5}, {"baseDelaySeconds", 2}}}};
}

}  // namespace

Json VapiCreateBody(const DialOrder& order, const VapiWebhook& webhook, const NameSet* references) {
  const Assistant& a = order.assistant;
  const Contact* contact = order.contact.id != 0 ? &order.contact : nullptr;
  const Variables values = MergeVariables(DefaultsOf(a), order.lead, contact);
  const NameSet known = KeysOf(values);
  const bool is_inline = a.external_id.empty();
  NameSet own;
  if (is_inline) {
    own = InlineReferences(a, known);
    references = &own;
  }
  Json body = Json::object();
  if (is_inline) {
    body["assistant"] = InlineAssistant(a, known);
  } else {
    body["assistantId"] = a.external_id;
  }
  body["phoneNumberId"] = a.phone_number_id;
  body["customer"] = CustomerOf(order, values, references);
  body["name"] = ShortName(order.call.attempt_id);
  Json overrides = {
      {"variableValues", ValuesFor(values, references)},
      {"metadata",
       {{"attempt_id", order.call.attempt_id}, {"lead_id", std::to_string(order.lead.id)}}}};
  if (!webhook.url.empty()) {
    overrides["server"] = ServerOf(webhook);
    overrides["serverMessages"] = {"status-update", "end-of-call-report"};
  }
  body["assistantOverrides"] = std::move(overrides);
  return body;
}

NameSet VapiReferences(const Json& assistant) {
  NameSet names;
  // Which single-brace words are meant cannot be known here, and Vapi itself takes the double ones
  // only.
  const NameSet none;
  for (const char* member : {"firstMessage", "voicemailMessage", "endCallMessage"}) {
    CollectReferences(TextOr(assistant, member), none, &names);
  }
  const Json& messages = MemberPath(assistant, {"model", "messages"});
  if (messages.is_array()) {
    for (const Json& message : messages) {
      CollectReferences(TextOr(message, "content"), none, &names);
    }
  }
  return names;
}

}  // namespace leadline
