// What webhooks and Call objects say, on payloads shaped as the providers send them.
#include <gtest/gtest.h>

#include "server/provider/retell_report.h"
#include "server/provider/vapi_report.h"

namespace leadline {
namespace {

using Phase = CallReport::Phase;

constexpr const char* kAttempt = "6f9619ff-8b86-4011-b42d-00c04fc964ff";
constexpr const char* kVapiCall = "019a9046-121e-766d-bd1f-84f3ccc309c1";

// A Vapi message of `type`, with `more` beside its call.
std::string Vapi(const std::string& type, const std::string& more,
                 const std::string& in_call = "") {
  return R"({"message":{"timestamp":1767225600123,"type":")" + type + R"(",)" + more +
         R"("call":{"id":")" + kVapiCall + R"(","type":"outboundPhoneCall","status":"queued",)" +
         in_call + R"("phoneNumberId":"p","assistantOverrides":{"metadata":{"attempt_id":")" +
         kAttempt +
         R"("},"server":{"url":"https://x.example","headers":{"x-vapi-secret":"CANARY"}}}},)" +
         R"("phoneNumber":{"twilioAuthToken":"CANARY","twilioApiSecret":"CANARY","number":"+1"},)" +
         R"("customer":{"number":"+14155551234"}}})";
}

CallReport Read(const Result<CallProvider::WebhookReading>& reading) {
  EXPECT_TRUE(reading.ok());
  EXPECT_TRUE(reading.ok() && reading->report.has_value());
  return reading.ok() ? reading->report.value_or(CallReport()) : CallReport();
}

TEST(VapiWebhook, ReadsEveryStatusAsItsPhase) {
  const struct {
    const char* status;
    Phase phase;
    bool connected;
  } rows[] = {{"scheduled", Phase::kPlaced, false},
              {"queued", Phase::kPlaced, false},
              {"ringing", Phase::kPlaced, false},
              {"in-progress", Phase::kConnected, true},
              {"forwarding", Phase::kConnected, true}};
  for (const auto& row : rows) {
    const CallReport r = Read(ReadVapiWebhook(
        Vapi("status-update", std::string(R"("status":")") + row.status + R"(",)")));
    EXPECT_EQ(r.phase, row.phase) << row.status;
    EXPECT_EQ(r.connected, row.connected) << row.status;
    EXPECT_EQ(r.provider_call_id, kVapiCall);
    EXPECT_EQ(r.attempt_id, kAttempt);
  }
}

TEST(VapiWebhook, TakesAStatusOfEndedAsTheEnd) {
  const CallReport r = Read(ReadVapiWebhook(
      Vapi("status-update", R"("status":"ended","endedReason":"customer-did-not-answer",)")));
  EXPECT_EQ(r.phase, Phase::kEnded);
  EXPECT_EQ(r.verdict.outcome, Outcome::kNoAnswer);
  EXPECT_EQ(r.reason, "customer-did-not-answer");
  EXPECT_FALSE(r.connected);
}

TEST(VapiWebhook, ReadsTheReportWithAllItsDetails) {
  const CallReport r = Read(ReadVapiWebhook(Vapi("end-of-call-report", R"(
    "endedReason":"customer-ended-call","startedAt":"2026-03-02T17:00:05.000Z",
    "endedAt":"2026-03-02T17:01:35.500Z","cost":0.0731,"transcript":"legacy","summary":"legacy",
    "analysis":{"summary":"Wants a demo.","structuredData":{"goal_reached":true}},
    "artifact":{"transcript":"AI: Hi\nUser: Yes\n","messages":[{"role":"bot"},{"role":"user"}],
      "recording":{"mono":{"combinedUrl":"https://r.example/1.wav"}}},)")));
  EXPECT_EQ(r.phase, Phase::kEnded);
  EXPECT_EQ(r.verdict.outcome, Outcome::kAnswered);
  EXPECT_TRUE(r.connected);
  EXPECT_TRUE(r.goal_reached);
  EXPECT_EQ(r.duration_ms, 90500);
  EXPECT_EQ(r.cost_microusd, 73100);
  EXPECT_EQ(r.transcript, "AI: Hi\nUser: Yes\n");
  EXPECT_EQ(r.summary, "Wants a demo.");
  EXPECT_EQ(r.recording_url, "https://r.example/1.wav");
}

TEST(VapiWebhook, ReadsTheLegacyNamesToo) {
  const CallReport r = Read(ReadVapiWebhook(Vapi("end-of-call-report", R"(
    "endedReason":"voicemail","durationSeconds":12.5,"transcript":"t","summary":"s",
    "recordingUrl":"https://r.example/old.wav","messages":[],)")));
  EXPECT_EQ(r.verdict.outcome, Outcome::kVoicemail);
  EXPECT_EQ(r.duration_ms, 12500);
  EXPECT_EQ(r.transcript, "t");
  EXPECT_EQ(r.summary, "s");
  EXPECT_EQ(r.recording_url, "https://r.example/old.wav");
}

TEST(VapiWebhook, DecidesByTheEvidenceWhereTheReasonCannot) {
  const auto outcome = [](const std::string& more) {
    return Read(ReadVapiWebhook(Vapi("end-of-call-report", more))).verdict.outcome;
  };
  const std::string silent = R"("messages":[{"role":"bot"}],)";
  const std::string spoken = R"("messages":[{"role":"user"}],)";
  const std::string started = R"("startedAt":"2026-03-02T17:00:05.000Z",)";
  const std::string silence = R"("endedReason":"silence-timed-out",)";
  EXPECT_EQ(outcome(silence + silent + started), Outcome::kVoicemail);
  EXPECT_EQ(outcome(silence + spoken + started), Outcome::kAnswered);
  const std::string canceled = R"("endedReason":"manually-canceled",)";
  EXPECT_EQ(outcome(canceled), Outcome::kNoAnswer);
  EXPECT_EQ(outcome(canceled + started), Outcome::kAnswered);
  const std::string hangup = R"("endedReason":"customer-ended-call",)";
  EXPECT_EQ(outcome(hangup + silent), Outcome::kNoAnswer) << "never on, nobody spoke";
  EXPECT_EQ(outcome(hangup), Outcome::kAnswered);
  EXPECT_EQ(outcome(""), Outcome::kTemporaryError) << "no reason at all";
}

TEST(VapiWebhook, WaitsForTheReportWhenTheEndSaysTooLittle) {
  const auto waits = [](const std::string& reason) {
    const auto r = ReadVapiWebhook(
        Vapi("status-update", R"("status":"ended","endedReason":")" + reason + R"(",)"));
    return r.ok() && !r->report.has_value();
  };
  EXPECT_TRUE(waits("silence-timed-out"));
  EXPECT_TRUE(waits("manually-canceled"));
  EXPECT_FALSE(waits("customer-ended-call"));
}

TEST(VapiWebhook, HasOneKeyPerEventOfACall) {
  const auto key = [](const std::string& body) { return ReadVapiWebhook(body)->event_key; };
  const std::string ended = Vapi("status-update", R"("status":"ended",)");
  EXPECT_EQ(key(ended), key(ended));
  EXPECT_NE(key(ended), key(Vapi("status-update", R"("status":"ringing",)")));
  EXPECT_NE(key(ended), key(Vapi("end-of-call-report", "")));
}

TEST(VapiWebhook, HasNothingToSayAboutOtherEvents) {
  for (const char* type : {"transcript", "hang", "conversation-update", "tool-calls", "unheard-of",
                           "transcript[transcriptType=\\\"final\\\"]", "call.deleted"}) {
    const auto r = ReadVapiWebhook(Vapi(type, ""));
    ASSERT_TRUE(r.ok()) << type;
    EXPECT_FALSE(r->report.has_value()) << type;
    EXPECT_FALSE(r->event_key.empty());
  }
}

TEST(VapiWebhook, FindsTheAttemptInEveryPlaceItMayBe) {
  for (const char* in_call :
       {R"("metadata":{"attempt_id":"A"})", R"("assistant":{"metadata":{"attempt_id":"A"}})",
        R"("name":"A")", R"("assistantOverrides":{"metadata":{"attempt_id":"A"}},"name":"B")"}) {
    const std::string body =
        std::string(R"({"message":{"type":"end-of-call-report","call":{)") + in_call + "}}}";
    EXPECT_EQ(Read(ReadVapiWebhook(body)).attempt_id, "A") << in_call;
  }
}

TEST(VapiWebhook, StoresNoSecret) {
  const auto reading = ReadVapiWebhook(Vapi("end-of-call-report", R"("endedReason":"voicemail",)"));
  ASSERT_TRUE(reading.ok());
  EXPECT_EQ(reading->body_to_store.find("CANARY"), std::string::npos);
  const auto again = ReadVapiWebhook(reading->body_to_store);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->event_key, reading->event_key);
  EXPECT_EQ(Read(again).verdict.outcome, Outcome::kVoicemail);
}

TEST(VapiWebhook, RefusesWhatCannotBeRead) {
  for (const char* body :
       {"", "not json", "[]", "null", "{}", R"({"message":{}})", R"({"message":{"type":7}})",
        R"({"message":{"type":"status-update","status":"ended"}})",
        R"({"message":{"type":"end-of-call-report","call":[]}})"}) {
    EXPECT_FALSE(ReadVapiWebhook(body).ok()) << body;
  }
}

TEST(VapiCall, IsReadFromGetCall) {
  const auto call = ParseJson(R"J({"id":"c1","status":"ended","endedReason":"customer-busy",
    "endedMessage":"line\u0007 busy","name":"A1","cost":-1,
    "artifact":{"recordingUrl":"javascript:alert(1)"}})J");
  const CallReport r = ReadVapiCall(*call);
  EXPECT_EQ(r.phase, Phase::kEnded);
  EXPECT_EQ(r.verdict.outcome, Outcome::kBusy);
  EXPECT_EQ(r.attempt_id, "A1");
  EXPECT_EQ(r.provider_message, "line busy");
  EXPECT_EQ(r.cost_microusd, 0);
  EXPECT_EQ(r.recording_url, "");
  EXPECT_EQ(ReadVapiCall(*ParseJson(R"({"status":"ringing"})")).phase, Phase::kPlaced);
  EXPECT_EQ(ReadVapiCall(Json()).phase, Phase::kPlaced);
}

std::string Retell(const std::string& event, const std::string& in_call) {
  return R"({"event":")" + event + R"(","call":{"call_type":"phone_call","call_id":"call_9f2",)" +
         R"("metadata":{"attempt_id":")" + kAttempt + R"("})" + in_call + "}}";
}

TEST(RetellWebhook, ReadsItsThreeEvents) {
  const CallReport started =
      Read(ReadRetellWebhook(Retell("call_started", R"(,"call_status":"ongoing")")));
  EXPECT_EQ(started.phase, Phase::kConnected);
  EXPECT_EQ(started.attempt_id, kAttempt);

  // The provider's own sample has this status in a call that ended.
  const CallReport ended = Read(ReadRetellWebhook(Retell("call_ended", R"(,
    "call_status":"registered","disconnection_reason":"user_hangup","duration_ms":10000,
    "start_timestamp":1714608475945,"end_timestamp":1714608491736,"transcript":"Agent: Hi",
    "recording_url":"https://r.example/1.wav","call_cost":{"combined_cost":70.5})")));
  EXPECT_EQ(ended.phase, Phase::kEnded);
  EXPECT_EQ(ended.verdict.outcome, Outcome::kAnswered);
  EXPECT_TRUE(ended.connected);
  EXPECT_EQ(ended.duration_ms, 10000);
  EXPECT_EQ(ended.cost_microusd, 705000);
  EXPECT_EQ(ended.transcript, "Agent: Hi");
  EXPECT_EQ(ended.recording_url, "https://r.example/1.wav");

  const CallReport analyzed = Read(ReadRetellWebhook(Retell("call_analyzed", R"(,
    "call_status":"ended","disconnection_reason":"agent_hangup","call_analysis":{
      "call_summary":"Interested","in_voicemail":true,"custom_analysis_data":{"goal_reached":"true"}})")));
  EXPECT_EQ(analyzed.phase, Phase::kEnded) << "it is the end where call_ended was lost";
  EXPECT_EQ(analyzed.verdict.outcome, Outcome::kVoicemail);
  EXPECT_EQ(analyzed.summary, "Interested");
  EXPECT_TRUE(analyzed.goal_reached);
}

TEST(RetellWebhook, FallsBackToTheStatusWhenThereIsNoReason) {
  const auto outcome = [](const char* status) {
    return Read(ReadRetellWebhook(
                    Retell("call_ended", std::string(R"(,"call_status":")") + status + "\"")))
        .verdict.outcome;
  };
  EXPECT_EQ(outcome("ended"), Outcome::kAnswered);
  EXPECT_EQ(outcome("not_connected"), Outcome::kNoAnswer);
  EXPECT_EQ(outcome("error"), Outcome::kTemporaryError);
  EXPECT_EQ(outcome("registered"), Outcome::kTemporaryError);
}

TEST(RetellWebhook, HasNothingToSayAboutOtherEventsAndRefusesGarbage) {
  for (const char* event : {"transcript_updated", "transfer_started", "unheard_of"}) {
    const auto r = ReadRetellWebhook(Retell(event, ""));
    ASSERT_TRUE(r.ok()) << event;
    EXPECT_FALSE(r->report.has_value()) << event;
    EXPECT_EQ(r->event_key, std::string(event) + ":call_9f2");
  }
  for (const char* body : {"", "[]", "{}", R"({"event":7})", R"({"event":"call_ended"})",
                           R"({"event":"call_ended","call":"x"})"}) {
    EXPECT_FALSE(ReadRetellWebhook(body).ok()) << body;
  }
}

TEST(RetellCall, IsReadByItsStatus) {
  const auto phase = [](const char* status) {
    return ReadRetellCall({{"call_status", status}}).phase;
  };
  EXPECT_EQ(phase("registered"), Phase::kPlaced);
  EXPECT_EQ(phase("ongoing"), Phase::kConnected);
  EXPECT_EQ(phase("ended"), Phase::kEnded);
  EXPECT_EQ(phase("not_connected"), Phase::kEnded);
  EXPECT_EQ(phase("error"), Phase::kEnded);
  const CallReport r = ReadRetellCall({{"call_status", "not_connected"},
                                       {"start_timestamp", 1714608475945},
                                       {"disconnection_reason", "dial_busy"}});
  EXPECT_EQ(r.verdict.outcome, Outcome::kBusy);
  EXPECT_FALSE(r.connected);
}

}  // namespace
}  // namespace leadline
