#include "server/provider/sim/retell_check.h"

#include "server/provider/sim/dto.h"
#include "server/provider/sim/retell_view.h"

namespace leadline {
namespace {

enum class Kind { kText, kBool, kObject, kInteger, kTextMap, kAgentVersion };

struct Rule {
  std::initializer_list<std::string_view> path;
  Kind kind;
  int64_t min = 0, max = 0;  // of integers; 0, 0: any
  bool required = false;
};

const Rule kRules[] = {
    {{"from_number"}, Kind::kText, 0, 0, true},
    {{"to_number"}, Kind::kText, 0, 0, true},
    {{"override_agent_id"}, Kind::kText},
    {{"override_agent_version"}, Kind::kAgentVersion},
    {{"retell_llm_dynamic_variables"}, Kind::kTextMap},
    {{"metadata"}, Kind::kObject},
    {{"custom_sip_headers"}, Kind::kTextMap},
    {{"ignore_e164_validation"}, Kind::kBool},
    {{"agent_override"}, Kind::kObject},
    {{"agent_override", "agent"}, Kind::kObject},
    {{"agent_override", "retell_llm"}, Kind::kObject},
    {{"agent_override", "conversation_flow"}, Kind::kObject},
    {{"agent_override", "agent", "webhook_timeout_ms"}, Kind::kInteger},
    {{"agent_override", "agent", "ring_duration_ms"}, Kind::kInteger, 5000, 300000},
    {{"agent_override", "agent", "max_call_duration_ms"}, Kind::kInteger, 60000, 7200000},
};

std::string TextProblem(const Json& value) {
  const auto* text = value.get_ptr<const std::string*>();
  if (text == nullptr) return " must be string";
  return text->empty() ? " must NOT have fewer than 1 characters" : "";
}

std::string IntegerProblem(const Json& value, const Rule& rule) {
  const auto number = IntOf(value);
  if (!number) return " must be integer";
  if (rule.max == 0) return "";
  if (*number < rule.min) return " must be >= " + std::to_string(rule.min);
  return *number > rule.max ? " must be <= " + std::to_string(rule.max) : "";
}

std::string MapProblem(const Json& value) {
  if (!value.is_object()) return " must be object";
  for (const auto& item : value.items()) {
    if (!item.value().is_string()) return "/" + item.key() + " must be string";
  }
  return "";
}

std::string ProblemOf(const Json& value, const Rule& rule) {
  switch (rule.kind) {
    case Kind::kText:
      return TextProblem(value);
    case Kind::kBool:
      return value.is_boolean() ? "" : " must be boolean";
    case Kind::kObject:
      return value.is_object() ? "" : " must be object";
    case Kind::kInteger:
      return IntegerProblem(value, rule);
    case Kind::kTextMap:
      return MapProblem(value);
    case Kind::kAgentVersion:
      return IntOf(value) || value.is_string() ? "" : " must be integer,string";
  }
  return "";
}

// One rule against the body; "" when it holds. A null is a wrong type here, unlike at Vapi.
std::string CheckRule(const Json& body, const Rule& rule) {
  const Json* at = &body;
  std::string path = "request/body";
  for (std::string_view key : rule.path) {
    const bool present = at->is_object() && at->contains(std::string(key));
    if (!present) {
      return rule.required ? path + " must have required property '" + std::string(key) + "'" : "";
    }
    at = &Member(*at, key);
    path += "/" + std::string(key);
  }
  const std::string problem = ProblemOf(*at, rule);
  return problem.empty() ? "" : path + problem;
}

// Whether the webhook URL of an agent override can be used at all.
std::string WebhookProblem(const Json& body) {
  const Json& url = MemberPath(body, {"agent_override", "agent", "webhook_url"});
  if (url.is_null()) return "";
  const std::string path = "request/body/agent_override/agent/webhook_url";
  if (!url.is_string()) return path + " must be string";
  const std::string text(TextOr(MemberPath(body, {"agent_override", "agent"}), "webhook_url"));
  return text.empty() || IsAllowedWebhookUrl(text) ? "" : path + " must match format \"uri\"";
}

SimReply PolicyProblem(const Json& body) {
  const std::string from(TextOr(body, "from_number"));
  const std::string to(TextOr(body, "to_number"));
  const std::string agent(TextOr(body, "override_agent_id"));
  if (!IsE164(to)) return RetellError(400, "to_number " + to + " is not a valid number.");
  if (from != kRetellNumber) {
    return RetellError(404, "Item " + from + " not found from phone-number");
  }
  if (!agent.empty() && agent != kRetellAgentId) {
    return RetellError(404, "Item " + agent + " not found from agent");
  }
  SimReply fine;
  fine.status = 0;
  return fine;
}

}  // namespace

SimReply RetellError(int status, std::string_view message) {
  return JsonReply(status, {{"status", "error"}, {"message", message}});
}

SimReply RetellSchemaError(std::string_view message) {
  return JsonReply(400, {{"error_message", message}});
}

SimReply RetellCreateProblem(const Json& body) {
  if (!body.is_object()) return RetellSchemaError("request/body must be object");
  for (const Rule& rule : kRules) {
    const std::string problem = CheckRule(body, rule);
    if (!problem.empty()) return RetellSchemaError(problem);
  }
  const std::string problem = WebhookProblem(body);
  return problem.empty() ? PolicyProblem(body) : RetellSchemaError(problem);
}

}  // namespace leadline
