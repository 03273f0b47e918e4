#include "server/provider/sim/people.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "server/provider/sim/sim_random.h"

namespace leadline {
namespace {

using enum SimOutcome;

constexpr int64_t kThreeHoursMs = 3 * kHourMs;
constexpr int64_t kFiveMinutesMs = 5 * kMinuteMs;

constexpr NumberScript kScripts[] = {
    {.suffix = "0001", .what = "answers, always", .outcome = kAnswered},
    {.suffix = "0002", .what = "never answers", .outcome = kNoAnswer},
    {.suffix = "0003", .what = "is busy", .outcome = kBusy},
    {.suffix = "0004", .what = "a voicemail box answers", .outcome = kVoicemail},
    {.suffix = "0005", .what = "the number does not exist", .outcome = kPermanent},
    {.suffix = "0006",
     .what = "does not answer the first call, answers from the second on",
     .outcome = kAnswered,
     .answers_from_second = true},
    {.suffix = "0007",
     .what = "the call is placed, but create-call answers 500",
     .outcome = kAnswered,
     .after = CreateFault::k500},
    {.suffix = "0008",
     .what = "the call is placed, but the socket is closed without an answer",
     .outcome = kAnswered,
     .after = CreateFault::kClose},
    {.suffix = "0009",
     .what = "429 without Retry-After, always; nothing is placed",
     .before = CreateFault::k429},
    {.suffix = "0010",
     .what = "429 with Retry-After once; later requests are taken, and it answers",
     .outcome = kAnswered,
     .before = CreateFault::k429Retry,
     .fault_requests = 1},
    {.suffix = "0011",
     .what = "500 once with nothing placed; later requests are taken, and it answers",
     .outcome = kAnswered,
     .before = CreateFault::k500,
     .fault_requests = 1},
    {.suffix = "0012",
     .what = "the call is placed, but create-call hangs past every time-out",
     .outcome = kAnswered,
     .after = CreateFault::kHang},
    {.suffix = "0013",
     .what = "the call is placed, but create-call answers a proxy's HTML 502",
     .outcome = kAnswered,
     .after = CreateFault::kHtml502},
    {.suffix = "0014",
     .what = "the call is placed, but the 201 has half of its JSON",
     .outcome = kAnswered,
     .after = CreateFault::kTruncated},
    {.suffix = "0015",
     .what = "accepted, then ended for the concurrency limit",
     .outcome = kTemporary,
     .vapi_reason = "call.start.error-subscription-concurrency-limit-reached",
     .retell_reason = "concurrency_limit_reached"},
    {.suffix = "0016", .what = "accepted, then fails in transit", .outcome = kTemporary},
    {.suffix = "0017",
     .what = "answers, but none of its webhooks is sent",
     .outcome = kAnswered,
     .drop_webhooks = true},
    {.suffix = "0018",
     .what = "answers, and every webhook comes twice",
     .outcome = kAnswered,
     .duplicate_webhooks = true},
    {.suffix = "0019",
     .what = "answers, and its first webhook comes before the 201",
     .outcome = kAnswered,
     .webhook_first = true},
    {.suffix = "0020",
     .what = "picks up and never says a word",
     .outcome = kAnswered,
     .vapi_reason = "silence-timed-out",
     .retell_reason = "inactivity"},
    {.suffix = "0021",
     .what = "the account has no funds: Vapi 400, Retell 402; nothing is placed",
     .before = CreateFault::k402},
    {.suffix = "0022",
     .what = "answers and talks for three hours, or as long as the assistant allows",
     .outcome = kAnswered,
     .talk_ms = kThreeHoursMs},
    {.suffix = "0023",
     .what = "500 after placing, and for 5 minutes no list shows the call",
     .outcome = kAnswered,
     .after = CreateFault::k500,
     .hide_ms = kFiveMinutesMs},
    {.suffix = "0024",
     .what = "declines the call",
     .outcome = kBusy,
     .retell_reason = "user_declined"},
    {.suffix = "0025",
     .what = "over the concurrency limit, always; nothing is placed",
     .before = CreateFault::k400Concurrency},
};

constexpr std::string_view kVapiTemporary[] = {
    "twilio-failed-to-connect-call",
    "call.in-progress.error-providerfault-outbound-sip-503-service-unavailable",
    "call.start.error-get-transport"};
constexpr std::string_view kRetellTemporary[] = {"dial_failed", "telephony_provider_unavailable",
                                                 "error_retell"};

SimOutcome DrawOutcome(const CallQuestion& q, const SimConfig& c, const std::string& key) {
  const std::array<double, 6> weights = {c.answered,  c.no_answer, c.busy,
                                         c.voicemail, c.temporary, c.permanent};
  double sum = 0;
  for (double w : weights) sum += w;
  double at = SimUnit(q.seed, key + ":outcome") * sum;
  for (size_t i = 0; i < weights.size(); ++i) {
    if (at < weights[i]) return static_cast<SimOutcome>(i);
    at -= weights[i];
  }
  return kNoAnswer;  // all weights are zero
}

std::string_view AnsweredReason(bool vapi, double draw) {
  if (vapi) return draw < 0.6 ? "customer-ended-call" : "assistant-ended-call";
  return draw < 0.6 ? "user_hangup" : "agent_hangup";
}

std::string_view UsualReason(const CallQuestion& q, SimOutcome outcome, const std::string& key) {
  const bool vapi = q.provider == SimProvider::kVapi;
  const double draw = SimUnit(q.seed, key + ":reason");
  const auto third = static_cast<size_t>(draw * 3);
  switch (outcome) {
    case kAnswered:
      return AnsweredReason(vapi, draw);
    case kNoAnswer:
      return vapi ? "customer-did-not-answer" : "dial_no_answer";
    case kBusy:
      return vapi ? "customer-busy" : "dial_busy";
    case kVoicemail:
      if (q.detects_voicemail) return vapi ? "voicemail" : "voicemail_reached";
      return vapi ? "silence-timed-out" : "inactivity";
    case kTemporary:
      return vapi ? kVapiTemporary[third] : kRetellTemporary[third];
    case kPermanent:
      return vapi ? "twilio-reported-customer-misdialed" : "invalid_destination";
  }
  return "";
}

int64_t Seconds(const CallQuestion& q, const std::string& key, double min, double max) {
  return SimRange(q.seed, key, static_cast<int64_t>(min * 1000), static_cast<int64_t>(max * 1000));
}

int64_t RingMs(const CallQuestion& q, const SimConfig& c, SimOutcome outcome,
               const std::string& key) {
  if (outcome == kNoAnswer) return q.ring_timeout_ms;
  if (outcome == kPermanent || outcome == kTemporary) return Seconds(q, key + ":ring", 0.5, 2);
  if (outcome == kBusy) return Seconds(q, key + ":ring", 1, 3);
  return Seconds(q, key + ":ring", c.ring_min_seconds, c.ring_max_seconds);
}

// Fills the talk: how long, who speaks, and a longest talk that cuts it.
void DrawTalk(const CallQuestion& q, const SimConfig& c, const NumberScript* script,
              const std::string& key, CallPlan* plan) {
  plan->human = plan->outcome == kAnswered && plan->reason != "silence-timed-out" &&
                plan->reason != "inactivity";
  plan->interested = plan->human && SimUnit(q.seed, key + ":interest") < 0.5;
  plan->talk_ms = plan->human ? Seconds(q, key + ":talk", c.talk_min_seconds, c.talk_max_seconds)
                              : Seconds(q, key + ":talk", std::min(8.0, c.talk_min_seconds),
                                        std::min(25.0, c.talk_max_seconds));
  if (script != nullptr && script->talk_ms > 0) plan->talk_ms = script->talk_ms;
  if (plan->talk_ms > q.max_talk_ms) {
    plan->talk_ms = q.max_talk_ms;
    plan->reason =
        q.provider == SimProvider::kVapi ? "exceeded-max-duration" : "max_duration_reached";
  }
}

}  // namespace

std::string_view SimProviderName(SimProvider p) {
  return p == SimProvider::kVapi ? "vapi" : "retell";
}

std::string_view SimOutcomeName(SimOutcome outcome) {
  static constexpr std::string_view kNames[] = {"answered",  "no_answer",       "busy",
                                                "voicemail", "temporary_error", "permanent_error"};
  return kNames[static_cast<size_t>(outcome)];
}

const NumberScript* ScriptOf(std::string_view number) {
  if (number.size() < 4) return nullptr;
  const std::string_view suffix = number.substr(number.size() - 4);
  const auto it = std::find_if(std::begin(kScripts), std::end(kScripts),
                               [&](const NumberScript& s) { return s.suffix == suffix; });
  return it == std::end(kScripts) ? nullptr : it;
}

Json ScriptsToJson() {
  Json out = Json::array();
  for (const NumberScript& s : kScripts) out.push_back({{"suffix", s.suffix}, {"what", s.what}});
  return out;
}

CallPlan DrawPlan(const CallQuestion& q, const SimConfig& c) {
  const std::string key = q.number + "#" + std::to_string(q.nth_call);
  const NumberScript* script = ScriptOf(q.number);
  CallPlan plan;
  plan.outcome = script != nullptr && script->outcome ? *script->outcome : DrawOutcome(q, c, key);
  if (script != nullptr && script->answers_from_second && q.nth_call < 2) plan.outcome = kNoAnswer;
  plan.queue_ms = Seconds(q, key + ":queue", c.queue_min_seconds, c.queue_max_seconds);
  plan.ring_ms = RingMs(q, c, plan.outcome, key);
  if (plan.ring_ms > q.ring_timeout_ms) {
    plan.ring_ms = q.ring_timeout_ms;
    // They would have picked up, but the phone stopped ringing; a scripted person is quicker.
    if (script == nullptr || !script->outcome) plan.outcome = kNoAnswer;
  }
  plan.report_ms = Seconds(q, key + ":report", c.report_min_seconds, c.report_max_seconds);
  plan.reason = UsualReason(q, plan.outcome, key);
  if (script != nullptr && script->outcome == plan.outcome) {
    const std::string_view special =
        q.provider == SimProvider::kVapi ? script->vapi_reason : script->retell_reason;
    if (!special.empty()) plan.reason = special;
  }
  plan.connects = plan.outcome == kAnswered || plan.outcome == kVoicemail;
  if (plan.connects) DrawTalk(q, c, script, key, &plan);
  return plan;
}

}  // namespace leadline
