#include "server/provider/vapi_report.h"

#include "common/dial/reasons.h"
#include "server/provider/answer.h"

namespace leadline {
namespace {

constexpr size_t kMaxVapiWebhookNodes = 500000;

// The first of several places that has a text.
std::string FirstText(std::initializer_list<const Json*> places, size_t max_bytes) {
  for (const Json* place : places) {
    std::string text = CleanText(*place, max_bytes);
    if (!text.empty()) return text;
  }
  return "";
}

// Where the details of a call are: in the Call object, or at the top of a report. New names are
// read before the legacy ones.
struct Sources {
  const Json& top;
  const Json& call;

  const Json& Of(std::string_view key) const {
    const Json& value = Member(top, key);
    return value.is_null() ? Member(call, key) : value;
  }
  const Json& Of(std::string_view key, std::string_view inner) const {
    const Json& value = Member(Member(top, key), inner);
    return value.is_null() ? Member(Member(call, key), inner) : value;
  }
};

enum class Talk { kUnknown, kSilent, kSpoken };

// Whether the person said anything, by the list of messages.
Talk TalkOf(const Sources& s) {
  const Json& in_artifact = s.Of("artifact", "messages");
  const Json& messages = in_artifact.is_array() ? in_artifact : s.Of("messages");
  if (!messages.is_array()) return Talk::kUnknown;
  for (const Json& message : messages) {
    if (TextOr(message, "role") == "user") return Talk::kSpoken;
  }
  return Talk::kSilent;
}

// A few reasons say "answered" where only the evidence can tell.
Outcome ByEvidence(Outcome outcome, std::string_view reason, Talk talk, bool started) {
  if (outcome != Outcome::kAnswered) return outcome;
  if (reason == "silence-timed-out" && talk == Talk::kSilent) return Outcome::kVoicemail;
  const bool never_on = !started && talk != Talk::kSpoken;
  if (never_on && (talk == Talk::kSilent || reason == "manually-canceled")) {
    return Outcome::kNoAnswer;
  }
  return outcome;
}

TimeMs TimeOf(const Json& value) {
  if (!value.is_string()) return 0;
  return ParseRfc3339(*value.get_ptr<const std::string*>()).value_or(0);
}

int64_t DurationMs(const Sources& s) {
  const TimeMs begin = TimeOf(s.Of("startedAt"));
  const TimeMs end = TimeOf(s.Of("endedAt"));
  if (begin > 0 && end >= begin && end - begin < 7 * kDayMs) return end - begin;
  const double seconds = NumberOf(s.Of("durationSeconds")).value_or(0);
  return seconds > 0 && seconds < 7 * 86400 ? static_cast<int64_t>(seconds * 1000) : 0;
}

void AddDetails(const Sources& s, CallReport* report) {
  report->provider_message = FirstText({&s.Of("endedMessage")}, kMaxMessageBytes);
  report->duration_ms = DurationMs(s);
  report->cost_microusd = MicroUsd(s.Of("cost"), 1);
  report->transcript =
      FirstText({&s.Of("artifact", "transcript"), &s.Of("transcript")}, kMaxTranscriptBytes);
  report->summary = FirstText({&s.Of("analysis", "summary"), &s.Of("summary")}, kMaxSummaryBytes);
  report->goal_reached = IsTrue(Member(s.Of("analysis", "structuredData"), "goal_reached"));
  for (const Json* url : {&MemberPath(s.Of("artifact", "recording"), {"mono", "combinedUrl"}),
                          &s.Of("artifact", "recordingUrl"), &s.Of("recordingUrl"),
                          &s.Of("artifact", "stereoRecordingUrl"), &s.Of("stereoRecordingUrl")}) {
    if (report->recording_url.empty()) report->recording_url = HttpUrlOr(*url);
  }
}

void AddEnd(const Sources& s, CallReport* report) {
  report->phase = CallReport::Phase::kEnded;
  report->reason = FirstText({&s.Of("endedReason")}, kMaxReasonBytes);
  const bool started = TimeOf(s.Of("startedAt")) > 0;
  report->verdict = ClassifyEndReason(Provider::kVapi, report->reason).verdict;
  report->verdict.outcome = ByEvidence(report->verdict.outcome, report->reason, TalkOf(s), started);
  report->connected = started || report->verdict.outcome == Outcome::kAnswered ||
                      report->verdict.outcome == Outcome::kVoicemail;
}

CallReport ReadFrom(const Sources& s, std::string_view status) {
  CallReport report;
  report.provider = Provider::kVapi;
  report.provider_call_id = CallText(s.call, "id", 200);
  report.attempt_id = VapiAttemptId(s.call);
  if (status == "ended" || status == "not-found") {
    AddEnd(s, &report);
  } else if (status == "in-progress" || status == "forwarding") {
    report.phase = CallReport::Phase::kConnected;
    report.connected = true;
  }
  AddDetails(s, &report);
  return report;
}

// An end that says too little: the report, some seconds later, has the messages that decide.
bool WaitsForReport(const CallReport& report, const Sources& s) {
  if (report.phase != CallReport::Phase::kEnded || TalkOf(s) != Talk::kUnknown) return false;
  const bool started = TimeOf(s.Of("startedAt")) > 0;
  return report.reason == "silence-timed-out" || (report.reason == "manually-canceled" && !started);
}

}  // namespace

std::string VapiAttemptId(const Json& call) {
  for (const Json* metadata :
       {&MemberPath(call, {"assistantOverrides", "metadata"}), &Member(call, "metadata"),
        &MemberPath(call, {"assistant", "metadata"})}) {
    std::string id = CallText(*metadata, "attempt_id", 100);
    if (!id.empty()) return id;
  }
  return CallText(call, "name", 100);
}

CallReport ReadVapiCall(const Json& call) {
  const Json none;
  return ReadFrom({none, call}, TextOr(call, "status"));
}

Result<CallProvider::WebhookReading> ReadVapiWebhook(std::string_view raw_body) {
  auto body = ParseJson(raw_body, kMaxVapiWebhookNodes);
  if (!body.ok()) return body.status();
  const Json& message = Member(*body, "message");
  const std::string type = CallText(message, "type", 100);
  if (type.empty()) {
    return Invalid("webhook_unreadable", "The body has no message with a type.");
  }
  const Sources s{message, Member(message, "call")};
  const bool is_status = type == "status-update";
  const std::string status = is_status ? CallText(message, "status", 50) : "";
  CallProvider::WebhookReading reading;
  reading.event_key = type + ":" + CallText(s.call, "id", 200) + ":" + status;
  reading.body_to_store = DumpJson(WithoutSecrets(*body));
  if (!is_status && type != "end-of-call-report") {
    reading.event_key += std::to_string(IntOf(Member(message, "timestamp")).value_or(0));
    return reading;
  }
  CallReport report = ReadFrom(s, is_status ? status : "ended");
  if (report.provider_call_id.empty() && report.attempt_id.empty()) {
    return Invalid("webhook_unreadable", "The event names no call.");
  }
  if (!is_status || !WaitsForReport(report, s)) reading.report = std::move(report);
  return reading;
}

}  // namespace leadline
