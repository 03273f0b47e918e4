#include "server/provider/retell_report.h"

#include "common/dial/reasons.h"
#include "server/provider/answer.h"

namespace leadline {
namespace {

constexpr size_t kMaxWebhookNodes = 500000;
constexpr double kUsdPerCent = 0.01;

// Only for a call that is over. A reason says more than the status, which in webhooks may be stale.
Verdict VerdictOf(const std::string& reason, std::string_view status) {
  Verdict plain;
  plain.outcome = status == "ended" ? Outcome::kAnswered : Outcome::kNoAnswer;
  if (reason.empty() && (status == "ended" || status == "not_connected")) return plain;
  return ClassifyEndReason(Provider::kRetell, reason).verdict;
}

void AddEnd(const Json& call, CallReport* report) {
  const std::string_view status = TextOr(call, "call_status");
  const Json& analysis = Member(call, "call_analysis");
  report->phase = CallReport::Phase::kEnded;
  report->reason = CallText(call, "disconnection_reason", kMaxReasonBytes);
  report->verdict = VerdictOf(report->reason, status);
  Outcome& outcome = report->verdict.outcome;
  if (outcome == Outcome::kAnswered && IsTrue(Member(analysis, "in_voicemail"))) {
    outcome = Outcome::kVoicemail;
  }
  report->connected =
      outcome == Outcome::kAnswered || outcome == Outcome::kVoicemail || report->duration_ms > 0;
}

void AddDetails(const Json& call, CallReport* report) {
  const Json& analysis = Member(call, "call_analysis");
  const int64_t duration_ms = IntOf(Member(call, "duration_ms")).value_or(0);
  report->duration_ms = duration_ms > 0 && duration_ms < 7 * kDayMs ? duration_ms : 0;
  report->cost_microusd = MicroUsd(MemberPath(call, {"call_cost", "combined_cost"}), kUsdPerCent);
  report->transcript = CallText(call, "transcript", kMaxTranscriptBytes);
  report->summary = CallText(analysis, "call_summary", kMaxSummaryBytes);
  report->recording_url = HttpUrlOr(Member(call, "recording_url"));
  report->goal_reached = IsTrue(MemberPath(analysis, {"custom_analysis_data", "goal_reached"}));
}

CallReport ReadFrom(const Json& call, CallReport::Phase phase) {
  CallReport report;
  report.provider = Provider::kRetell;
  report.provider_call_id = CallText(call, "call_id", 200);
  report.attempt_id = CallText(Member(call, "metadata"), "attempt_id", 100);
  report.phase = phase;
  AddDetails(call, &report);
  if (phase == CallReport::Phase::kEnded) AddEnd(call, &report);
  if (phase == CallReport::Phase::kConnected) report.connected = true;
  return report;
}

std::optional<CallReport::Phase> PhaseOfEvent(std::string_view event) {
  if (event == "call_started") return CallReport::Phase::kConnected;
  // call_analyzed has everything that call_ended has: where the first was lost, it is the end.
  if (event == "call_ended" || event == "call_analyzed") return CallReport::Phase::kEnded;
  return std::nullopt;
}

}  // namespace

CallReport ReadRetellCall(const Json& call) {
  const std::string_view status = TextOr(call, "call_status");
  if (status == "ended" || status == "not_connected" || status == "error") {
    return ReadFrom(call, CallReport::Phase::kEnded);
  }
  return ReadFrom(call,
                  status == "ongoing" ? CallReport::Phase::kConnected : CallReport::Phase::kPlaced);
}

Result<CallProvider::WebhookReading> ReadRetellWebhook(std::string_view raw_body) {
  auto body = ParseJson(raw_body, kMaxWebhookNodes);
  if (!body.ok()) return body.status();
  const std::string event = CallText(*body, "event", 100);
  const Json& call = Member(*body, "call");
  if (event.empty()) return Invalid("webhook_unreadable", "The body has no event.");
  CallProvider::WebhookReading reading;
  reading.event_key = event + ":" + CallText(call, "call_id", 200);
  reading.body_to_store = DumpJson(WithoutSecrets(*body));
  const auto phase = PhaseOfEvent(event);
  if (!phase) return reading;
  CallReport report = ReadFrom(call, *phase);
  if (report.provider_call_id.empty() && report.attempt_id.empty()) {
    return Invalid("webhook_unreadable", "The event names no call.");
  }
  reading.report = std::move(report);
  return reading;
}

}  // namespace leadline
