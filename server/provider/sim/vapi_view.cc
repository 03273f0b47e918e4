#include "server/provider/sim/vapi_view.h"

#include <algorithm>
#include <cmath>

#include "server/provider/sim/conversation.h"

namespace leadline {
namespace {

constexpr std::string_view kOrgId = "00000000-0000-4000-8000-000000000001";
constexpr std::string_view kAccountCreatedAt = "2026-01-05T09:00:00.000Z";
constexpr double kUsdPerMinute = 0.11;

double Cents(double usd) {
  return std::round(usd * 10000) / 10000;
}

double CostOf(const SimCall& call) {
  return Cents(kUsdPerMinute * static_cast<double>(call.talk_ms) / 60000);
}

Json CostBreakdown(double total) {
  return {{"transport", Cents(total * 0.13)}, {"stt", Cents(total * 0.09)},
          {"llm", Cents(total * 0.14)},       {"tts", Cents(total * 0.18)},
          {"vapi", Cents(total * 0.46)},      {"total", total}};
}

Json MessagesOf(const SimCall& call, const Conversation& talk) {
  Json out = Json::array();
  for (const SpokenLine& line : talk.lines) {
    const TimeMs at = call.answered_at.value_or(0) + line.at_ms;
    out.push_back({{"role", line.by_user ? "user" : "bot"},
                   {"message", line.text},
                   {"time", at},
                   {"endTime", at + line.duration_ms},
                   {"secondsFromStart", static_cast<double>(line.at_ms) / 1000},
                   {"duration", line.duration_ms}});
  }
  return out;
}

// The recording's place; null when nothing was recorded.
Json RecordingUrl(const SimCall& call, const std::string& public_url) {
  const Json plan = VapiSetting(call.request, "artifactPlan");
  const bool off = Member(plan, "recordingEnabled") == Json(false);
  if (off || !call.answered_at) return nullptr;
  return public_url + "/sim/recordings/" + call.id + ".wav";
}

Json ArtifactOf(const SimCall& call, const std::string& public_url) {
  const Conversation talk = ConversationOf(call);
  Json artifact = {{"transcript", TranscriptText(talk, "AI")},
                   {"messages", MessagesOf(call, talk)}};
  if (const Json url = RecordingUrl(call, public_url); !url.is_null()) {
    artifact["recording"] = {{"mono", {{"combinedUrl", url}}}, {"stereoUrl", url}};
    artifact["recordingUrl"] = url;
    artifact["stereoRecordingUrl"] = url;
  }
  return artifact;
}

Json AnalysisOf(const SimCall& call) {
  const Conversation talk = ConversationOf(call);
  return {{"summary", talk.summary},
          {"structuredData",
           {{"goal_reached", talk.goal_reached}, {"interested", call.plan.interested}}},
          {"successEvaluation", talk.goal_reached ? "true" : "false"}};
}

// Old top-level names that live answers still carry. Copies are taken: adding a member to `into`
// moves the others.
void AddLegacy(Json artifact, Json analysis, Json* into) {
  (*into)["transcript"] = artifact["transcript"];
  (*into)["messages"] = artifact["messages"];
  (*into)["summary"] = analysis["summary"];
  if (!artifact.contains("recordingUrl")) return;
  (*into)["recordingUrl"] = artifact["recordingUrl"];
  (*into)["stereoRecordingUrl"] = artifact["recordingUrl"];
}

void AddEnd(const SimCall& call, const std::string& public_url, Json* out) {
  (*out)["endedReason"] = call.ended_reason;
  (*out)["endedAt"] = FormatRfc3339(*call.ended_at);
  if (!call.reported) return;
  (*out)["cost"] = CostOf(call);
  (*out)["costBreakdown"] = CostBreakdown(CostOf(call));
  (*out)["artifact"] = ArtifactOf(call, public_url);
  (*out)["analysis"] = AnalysisOf(call);
  AddLegacy((*out)["artifact"], (*out)["analysis"], out);
}

std::string EventName(CallStep step) {
  return step == CallStep::kReport ? "end-of-call-report" : "status-update";
}

// Whether the call's assistant wants messages of this type; the default list has both.
bool IsWanted(const SimCall& call, const std::string& type, bool in_default) {
  const Json wanted = VapiSetting(call.request, "serverMessages");
  if (!wanted.is_array()) return in_default;
  return std::find(wanted.begin(), wanted.end(), Json(type)) != wanted.end();
}

Json MessageBase(const SimCall& call, std::string_view type, const std::string& public_url,
                 TimeMs wall_ms) {
  Json message = {{"timestamp", wall_ms}, {"type", type}, {"call", VapiCall(call, public_url)}};
  message["phoneNumber"] = VapiPhoneNumber();
  message["customer"] = Member(call.request, "customer");
  const Json& inline_assistant = Member(call.request, "assistant");
  message["assistant"] = inline_assistant.is_object() ? inline_assistant : VapiAssistant();
  return message;
}

Json StatusUpdate(const SimCall& call, const std::string& public_url, TimeMs wall_ms) {
  Json message = MessageBase(call, "status-update", public_url, wall_ms);
  message["status"] = VapiStatus(call);
  if (call.phase == CallPhase::kEnded) message["endedReason"] = call.ended_reason;
  return {{"message", message}};
}

Json EndOfCallReport(const SimCall& call, const std::string& public_url, TimeMs wall_ms) {
  Json message = MessageBase(call, "end-of-call-report", public_url, wall_ms);
  message["endedReason"] = call.ended_reason;
  if (call.answered_at) message["startedAt"] = FormatRfc3339(*call.answered_at);
  message["endedAt"] = FormatRfc3339(*call.ended_at);
  message["cost"] = CostOf(call);
  message["costBreakdown"] = CostBreakdown(CostOf(call));
  message["costs"] = Json::array({{{"type", "vapi"}, {"cost", CostOf(call)}}});
  message["durationSeconds"] = static_cast<double>(call.talk_ms) / 1000;
  message["artifact"] = ArtifactOf(call, public_url);
  message["analysis"] = AnalysisOf(call);
  AddLegacy(message["artifact"], message["analysis"], &message);
  return {{"message", message}};
}

// The talkative messages of the default list.
Json ChattyMessage(const SimCall& call, std::string_view type, const std::string& public_url,
                   TimeMs wall_ms) {
  return {{"message", MessageBase(call, type, public_url, wall_ms)}};
}

// URL, headers, time-out and retries as the call's `server` asks.
Webhook Envelope(const SimCall& call, const Json& server, const SimConfig& config) {
  Webhook webhook;
  webhook.call_id = call.id;
  webhook.url = TextOr(server, "url", config.vapi_webhook_url);
  webhook.timeout_seconds = NumberOf(Member(server, "timeoutSeconds")).value_or(20);
  const Json& headers = Member(server, "headers");
  if (headers.is_object()) {
    for (const auto& item : headers.items()) {
      const auto* text = item.value().get_ptr<const std::string*>();
      if (text != nullptr) webhook.headers.emplace_back(item.key(), *text);
    }
  }
  const Json& plan = Member(server, "backoffPlan");
  webhook.retry.max_retries = static_cast<int>(IntOf(Member(plan, "maxRetries")).value_or(0));
  webhook.retry.base_delay_ms =
      static_cast<int64_t>(NumberOf(Member(plan, "baseDelaySeconds")).value_or(1) * 1000);
  webhook.retry.exponential = TextOr(plan, "type") == "exponential";
  const Json& excluded = Member(plan, "excludedStatusCodes");
  for (const Json& status : excluded.is_array() ? excluded : Json::array()) {
    if (const auto code = IntOf(status)) {
      webhook.retry.excluded_statuses.push_back(static_cast<int>(*code));
    }
  }
  return webhook;
}

}  // namespace

Json VapiAssistant() {
  return {{"id", kVapiAssistantId},
          {"orgId", kOrgId},
          {"createdAt", kAccountCreatedAt},
          {"updatedAt", kAccountCreatedAt},
          {"name", "Sample outbound assistant"},
          {"firstMessage",
           "Hi {{name}}, this is Alex. I am calling about {{company}}. Do you have a "
           "minute?"},
          {"firstMessageMode", "assistant-speaks-first"},
          {"voicemailMessage",
           "Hello {{ name | default: \"there\" }}, this is Alex. I will try again "
           "later."},
          {"endCallMessage", "Thank you, goodbye!"},
          {"voicemailDetection", {{"provider", "vapi"}}},
          {"model",
           {{"provider", "openai"},
            {"model", "gpt-4o"},
            {"messages",
             Json::array({{{"role", "system"},
                           {"content",
                            "You call {{name}} of {{company}}, whose budget is "
                            "{{budget_range}}. Today is {{date}}. Be brief and kind."}}})}}},
          {"voice", {{"provider", "vapi"}, {"voiceId", "Elliot"}}},
          {"isServerUrlSecretSet", false},
          {"latestVersion", "v1"}};
}

Json VapiPhoneNumber() {
  return {{"id", kVapiPhoneNumberId},
          {"orgId", kOrgId},
          {"createdAt", kAccountCreatedAt},
          {"updatedAt", kAccountCreatedAt},
          {"provider", "twilio"},
          {"number", "+14155559876"},
          {"name", "Sample number"},
          {"status", "active"},
          {"twilioAccountSid", "AC00000000000000000000000000000000"},
          {"twilioAuthToken", "simulated-twilio-auth-token"},
          {"twilioApiSecret", "simulated-twilio-api-secret"}};
}

std::string_view VapiStatus(const SimCall& call) {
  static constexpr std::string_view kNames[] = {"queued", "ringing", "in-progress", "ended"};
  return kNames[static_cast<size_t>(call.phase)];
}

Json VapiSetting(const Json& request, std::string_view member) {
  for (std::string_view holder : {"assistantOverrides", "assistant"}) {
    if (const Json& value = Member(Member(request, holder), member); !value.is_null()) return value;
  }
  return Member(request, "assistant").is_object() ? Json() : Member(VapiAssistant(), member);
}

Json VapiCall(const SimCall& call, const std::string& public_url) {
  Json out = {{"id", call.id},
              {"orgId", kOrgId},
              {"createdAt", FormatRfc3339(call.created_at)},
              {"updatedAt", FormatRfc3339(call.updated_at)},
              {"type", "outboundPhoneCall"},
              {"status", VapiStatus(call)},
              {"cost", 0},
              {"phoneCallProvider", "twilio"},
              {"phoneCallTransport", "pstn"},
              {"phoneCallProviderId", "CA" + call.id.substr(24)}};
  for (const auto& item : call.request.items()) out[item.key()] = item.value();
  out["transport"] = {{"conversationType", "voice"}, {"provider", "twilio"}};
  out["monitor"] = {{"listenUrl", "wss" + public_url.substr(4) + "/vapi/listen/" + call.id},
                    {"controlUrl", public_url + "/vapi/control/" + call.id}};
  if (call.answered_at) out["startedAt"] = FormatRfc3339(*call.answered_at);
  if (call.phase == CallPhase::kEnded) AddEnd(call, public_url, &out);
  return out;
}

std::vector<Webhook> VapiWebhooks(const SimCall& call, CallStep step, const SimConfig& config,
                                  const std::string& public_url, TimeMs wall_ms) {
  if (step == CallStep::kReport && !call.answered_at && config.vapi_report_unconnected < 1)
    return {};
  const Webhook envelope = Envelope(call, VapiSetting(call.request, "server"), config);
  std::vector<Webhook> out;
  const auto add = [&](const std::string& event, const std::string& type, const Json& body) {
    Webhook webhook = envelope;
    webhook.event = event;
    webhook.body = DumpJson(body);
    if (!webhook.url.empty() && IsWanted(call, type, true)) out.push_back(std::move(webhook));
  };
  if (step == CallStep::kReport) {
    add("end-of-call-report", EventName(step), EndOfCallReport(call, public_url, wall_ms));
    return out;
  }
  add("status-update:" + std::string(VapiStatus(call)), EventName(step),
      StatusUpdate(call, public_url, wall_ms));
  if (step == CallStep::kAnswered) {
    add("assistant.started", "assistant.started",
        ChattyMessage(call, "assistant.started", public_url, wall_ms));
  }
  return out;
}

}  // namespace leadline
