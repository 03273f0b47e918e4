#include "server/provider/sim/retell_view.h"

#include <algorithm>
#include <cmath>

#include "server/provider/sim/conversation.h"

namespace leadline {
namespace {

constexpr TimeMs kAgentModifiedAt = 1767600000000;
constexpr double kCentsPerSecond = 0.16;
constexpr double kWebhookTimeoutMs = 10000;
constexpr int kWebhookRetries = 3;

// Which reasons the provider counts as its own fault rather than as a call that did not connect.
bool IsErrorReason(std::string_view reason) {
  return reason.starts_with("error_") || reason == "concurrency_limit_reached" ||
         reason == "no_valid_payment" || reason == "scam_detected";
}

Json TranscriptObject(const Conversation& talk) {
  Json out = Json::array();
  for (const SpokenLine& line : talk.lines) {
    Json words = Json::array();
    words.push_back({{"word", line.text},
                     {"start", static_cast<double>(line.at_ms) / 1000},
                     {"end", static_cast<double>(line.at_ms + line.duration_ms) / 1000}});
    out.push_back(
        {{"role", line.by_user ? "user" : "agent"}, {"content", line.text}, {"words", words}});
  }
  return out;
}

Json CostOf(const SimCall& call) {
  const auto seconds = static_cast<int64_t>(std::ceil(static_cast<double>(call.talk_ms) / 1000));
  const double cents = std::round(static_cast<double>(seconds) * kCentsPerSecond * 100) / 100;
  Json product = {{"product", "elevenlabs_tts"}, {"unit_price", kCentsPerSecond}, {"cost", cents}};
  return {{"product_costs", Json::array({product})},
          {"total_duration_seconds", seconds},
          {"total_duration_unit_price", kCentsPerSecond},
          {"combined_cost", cents}};
}

Json AnalysisOf(const SimCall& call) {
  const Conversation talk = ConversationOf(call);
  return {{"call_summary", talk.summary},
          {"in_voicemail", call.plan.outcome == SimOutcome::kVoicemail},
          {"user_sentiment", talk.sentiment},
          {"call_successful", talk.goal_reached},
          {"custom_analysis_data",
           {{"goal_reached", talk.goal_reached}, {"interested", call.plan.interested}}}};
}

void AddTimes(const SimCall& call, Json* out) {
  if (call.answered_at) {
    (*out)["start_timestamp"] = *call.answered_at;
  } else if (call.dialled_at != 0) {
    (*out)["start_timestamp"] = call.dialled_at;
  }
  if (call.phase != CallPhase::kEnded) return;
  (*out)["end_timestamp"] = *call.ended_at;
  if (call.answered_at) (*out)["duration_ms"] = call.talk_ms;
  (*out)["disconnection_reason"] = call.ended_reason;
}

void AddTalk(const SimCall& call, const std::string& public_url, Json* out) {
  if (!call.answered_at) return;
  const Conversation talk = ConversationOf(call);
  const std::string url = public_url + "/sim/recordings/" + call.id + ".wav";
  (*out)["transcript"] = TranscriptText(talk, "Agent");
  (*out)["transcript_object"] = TranscriptObject(talk);
  (*out)["recording_url"] = url;
  (*out)["recording_multi_channel_url"] = url;
  (*out)["public_log_url"] = public_url + "/sim/calls";
}

// "call_started", ... or "" when the step tells nothing.
std::string EventOf(CallStep step) {
  switch (step) {
    case CallStep::kAnswered:
      return "call_started";
    case CallStep::kEnded:
      return "call_ended";
    case CallStep::kReport:
      return "call_analyzed";
    default:
      return "";
  }
}

RetellDetail DetailOf(CallStep step) {
  if (step == CallStep::kAnswered) return RetellDetail::kBasic;
  return step == CallStep::kEnded ? RetellDetail::kEnded : RetellDetail::kFull;
}

bool IsWanted(const Json& agent, const std::string& event) {
  const Json& events = Member(agent, "webhook_events");
  if (!events.is_array()) return true;
  return std::find(events.begin(), events.end(), Json(event)) != events.end();
}

}  // namespace

Json RetellAgent() {
  return {{"agent_id", kRetellAgentId},
          {"agent_name", "Sample outbound agent"},
          {"version", 1},
          {"is_published", true},
          {"channel", "voice"},
          {"response_engine", {{"type", "retell-llm"}, {"llm_id", "llm_1111111111111111"}}},
          {"voice_id", "11labs-Adrian"},
          {"language", "en-US"},
          {"webhook_url", nullptr},
          {"webhook_timeout_ms", 10000},
          {"max_call_duration_ms", 3600000},
          {"ring_duration_ms", 30000},
          {"voicemail_option", {{"action", {{"type", "hangup"}}}}},
          {"last_modification_timestamp", kAgentModifiedAt}};
}

Json RetellAgentListItem() {
  const Json agent = RetellAgent();
  return {{"agent_id", agent["agent_id"]},
          {"agent_name", agent["agent_name"]},
          {"channel", "voice"},
          {"tags", Json::object()},
          {"user_modified_timestamp", kAgentModifiedAt}};
}

Json RetellPhoneNumber() {
  Json bound = {{"agent_id", kRetellAgentId}, {"weight", 1}, {"agent_version", 1}};
  return {{"phone_number", kRetellNumber},
          {"phone_number_pretty", "+1 (415) 777-4444"},
          {"phone_number_type", "custom"},
          {"nickname", "Sample number"},
          {"area_code", 415},
          {"outbound_agents", Json::array({bound})},
          {"inbound_agents", nullptr},
          {"last_modification_timestamp", kAgentModifiedAt}};
}

std::string_view RetellStatus(const SimCall& call) {
  switch (call.phase) {
    case CallPhase::kQueued:
    case CallPhase::kRinging:
      return "registered";
    case CallPhase::kTalking:
      return "ongoing";
    case CallPhase::kEnded:
      break;
  }
  if (IsErrorReason(call.ended_reason)) return "error";
  return call.answered_at ? "ended" : "not_connected";
}

Json RetellCall(const SimCall& call, RetellDetail detail, const std::string& public_url) {
  Json out = {{"call_id", call.id},
              {"call_type", "phone_call"},
              {"agent_id", TextOr(call.request, "override_agent_id", kRetellAgentId)},
              {"agent_version", 1},
              {"agent_name", "Sample outbound agent"},
              {"call_status", RetellStatus(call)},
              {"direction", "outbound"},
              {"from_number", TextOr(call.request, "from_number")},
              {"to_number", call.number}};
  for (std::string_view key : {"metadata", "retell_llm_dynamic_variables", "custom_sip_headers"}) {
    if (const Json& value = Member(call.request, key); !value.is_null()) {
      out[std::string(key)] = value;
    }
  }
  out["telephony_identifier"] = {{"twilio_call_sid", "CA" + call.id.substr(5)}};
  AddTimes(call, &out);
  if (call.phase != CallPhase::kEnded || detail == RetellDetail::kBasic) return out;
  if (detail != RetellDetail::kListItem) AddTalk(call, public_url, &out);
  out["call_cost"] = CostOf(call);
  if (call.reported && detail != RetellDetail::kEnded) out["call_analysis"] = AnalysisOf(call);
  return out;
}

std::vector<Webhook> RetellWebhooks(const SimCall& call, CallStep step, const SimConfig& config,
                                    const std::string& public_url) {
  const std::string event = EventOf(step);
  const Json& agent = MemberPath(call.request, {"agent_override", "agent"});
  Webhook webhook;
  webhook.url = TextOr(agent, "webhook_url", config.retell_webhook_url);
  if (event.empty() || webhook.url.empty() || !IsWanted(agent, event)) return {};
  webhook.call_id = call.id;
  webhook.event = event;
  webhook.body =
      DumpJson({{"event", event}, {"call", RetellCall(call, DetailOf(step), public_url)}});
  webhook.signature = WebhookSignature::kRight;
  webhook.signing_key =
      config.retell_webhook_key.empty() ? call.api_key : config.retell_webhook_key;
  webhook.timeout_seconds =
      NumberOf(Member(agent, "webhook_timeout_ms")).value_or(kWebhookTimeoutMs) / 1000;
  webhook.retry.max_retries = kWebhookRetries;
  webhook.retry.base_delay_ms = static_cast<int64_t>(config.webhook_retry_seconds * 1000);
  webhook.retry.exponential = true;
  return {webhook};
}

}  // namespace leadline
