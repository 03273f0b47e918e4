#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/server/sim/harness.h"

namespace leadline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct VapiRefusal {
  const char* name;
  std::function<void(Json&)> change;
  std::string message;  // part of the body
};

void PrintTo(const VapiRefusal& r, std::ostream* os) {
  *os << r.name;
}

class VapiRefuses : public testing::TestWithParam<VapiRefusal> {};

TEST_P(VapiRefuses, With400AndTheFieldNamed) {
  Sim sim;
  Json body = VapiCallBody(kAnswers);
  GetParam().change(body);
  const Answer answer = sim.Post("/vapi/call", body);
  EXPECT_EQ(answer.status, 400);
  EXPECT_THAT(answer.text, HasSubstr(GetParam().message));
  EXPECT_THAT(sim.Rings(kAnswers), testing::IsEmpty());
}

const std::string kLong(41, 'x');
constexpr char kUnknownId[] = "22222222-2222-4222-8222-222222222222";

INSTANTIATE_TEST_SUITE_P(
    Bodies, VapiRefuses,
    testing::Values(
        VapiRefusal{"UnknownTop", [](Json& b) { b["metadata"] = Json::object(); },
                    "property metadata should not exist"},
        VapiRefusal{"UnknownOverride", [](Json& b) { b["assistantOverrides"]["voiceid"] = 1; },
                    "assistantOverrides.property voiceid should not exist"},
        VapiRefusal{"UnknownCustomer", [](Json& b) { b["customer"]["phone"] = "1"; },
                    "customer.property phone should not exist"},
        VapiRefusal{"UnknownServer",
                    [](Json& b) {
                      b["assistantOverrides"]["server"] = {{"secret", "s"}};
                    },
                    "assistantOverrides.server.property secret should not exist"},
        VapiRefusal{"LongName", [](Json& b) { b["name"] = kLong; },
                    "name must be shorter than or equal to 40 characters"},
        VapiRefusal{"LongCustomerName", [](Json& b) { b["customer"]["name"] = kLong; },
                    "customer.name must be shorter than or equal to 40 characters"},
        VapiRefusal{"LongExternalId", [](Json& b) { b["customer"]["externalId"] = kLong; },
                    "customer.externalId must be shorter"},
        VapiRefusal{"NotE164", [](Json& b) { b["customer"]["number"] = "4155551234"; },
                    "customer.number must be a valid phone number in the E.164 format"},
        VapiRefusal{"AssistantIdNotUuid", [](Json& b) { b["assistantId"] = "as-1"; },
                    "assistantId must be a UUID"},
        VapiRefusal{"PhoneNumberIdNotUuid", [](Json& b) { b["phoneNumberId"] = "pn-1"; },
                    "phoneNumberId must be a UUID"},
        VapiRefusal{
            "UnknownAssistant", [](Json& b) { b["assistantId"] = kUnknownId; },
            "Couldn't Get Assistant. `assistantId` 22222222-2222-4222-8222-222222222222 Does "
            "Not Exist."},
        VapiRefusal{"NoAssistant", [](Json& b) { b.erase("assistantId"); },
                    "Couldn't Get Assistant. Need Either"},
        VapiRefusal{"BothAssistants", [](Json& b) { b["assistant"] = Json::object(); },
                    "Couldn't Get Assistant. Need Only One"},
        VapiRefusal{"UnknownNumber", [](Json& b) { b["phoneNumberId"] = kUnknownId; },
                    "Couldn't Get Phone Number. `phoneNumberId` 22222222"},
        VapiRefusal{"NoNumber", [](Json& b) { b.erase("phoneNumberId"); },
                    "Couldn't Get Phone Number. Need Either"},
        VapiRefusal{"NoCustomer", [](Json& b) { b.erase("customer"); }, "Couldn't Get Customer"},
        VapiRefusal{
            "PlainHttpWebhook",
            [](Json& b) {
              b["assistantOverrides"]["server"] = {{"url", "http://leadline.example/hook"}};
            },
            "assistantOverrides.server.url must be a valid URL. Hot tip, the protocol should "
            "be https://"},
        VapiRefusal{"EmptyWebhook",
                    [](Json& b) {
                      b["assistantOverrides"]["server"] = {{"url", ""}};
                    },
                    "server.url must be a valid URL"},
        VapiRefusal{"LoopbackLookalike",
                    [](Json& b) {
                      b["assistantOverrides"]["server"] = {{"url", "http://127.0.0.1.example/"}};
                    },
                    "server.url must be a valid URL"},
        VapiRefusal{
            "UnknownServerMessage",
            [](Json& b) { b["assistantOverrides"]["serverMessages"] = Json::array({"ended"}); },
            "each value in assistantOverrides.serverMessages must be one of"},
        VapiRefusal{"ShortestTalk",
                    [](Json& b) { b["assistantOverrides"]["maxDurationSeconds"] = 9; },
                    "assistantOverrides.maxDurationSeconds must not be less than 10"},
        VapiRefusal{"BackoffIncomplete",
                    [](Json& b) {
                      b["assistantOverrides"]["server"]["backoffPlan"] = {{"type", "fixed"}};
                    },
                    "assistantOverrides.server.backoffPlan.maxRetries should not be empty"},
        VapiRefusal{"ModelWithoutName",
                    [](Json& b) {
                      b.erase("assistantId");
                      b["assistant"] = {{"model", {{"provider", "openai"}}}};
                    },
                    "assistant.model.model should not be empty"},
        VapiRefusal{"MetadataNotObject", [](Json& b) { b["assistantOverrides"]["metadata"] = "x"; },
                    "assistantOverrides.metadata must be an object"}),
    [](const auto& param) { return param.param.name; });

TEST(Vapi, ListsEveryFaultOfABodyAtOnce) {
  Sim sim;
  Json body = VapiCallBody(kAnswers);
  body["metadata"] = Json::object();
  body["name"] = kLong;
  const Answer answer = sim.Post("/vapi/call", body);
  EXPECT_EQ(Member(answer.body, "message").size(), 2u) << answer.text;
  EXPECT_EQ(TextOr(answer.body, "error"), "Bad Request");
  EXPECT_EQ(Member(answer.body, "statusCode"), 400);
}

TEST(Vapi, CountsNameLengthInUtf16UnitsAsJavaScriptDoes) {
  Sim sim;
  Json body = VapiCallBody(kAnswers);
  std::string smileys;
  for (int i = 0; i < 20; ++i) smileys += "\xF0\x9F\x98\x80";
  body["customer"]["name"] = smileys;
  EXPECT_EQ(sim.Post("/vapi/call", body).status, 201);
  body["customer"]["name"] = smileys + "x";
  EXPECT_EQ(sim.Post("/vapi/call", body).status, 400);
}

TEST(Vapi, TakesAnInlineAssistant) {
  Sim sim;
  Json body = VapiCallBody(kAnswers);
  body.erase("assistantId");
  const Json message = {{"role", "system"}, {"content", "Be kind."}};
  body["assistant"] = {
      {"firstMessage", "Hi {{name}}"},
      {"model",
       {{"provider", "openai"}, {"model", "gpt-4o"}, {"messages", Json::array({message})}}},
      {"voicemailDetection", {{"provider", "vapi"}}},
      {"maxDurationSeconds", 600}};
  EXPECT_EQ(sim.Post("/vapi/call", body).status, 201);
}

TEST(Vapi, RefusesAnEmptyOrMissingKeyWith401) {
  Sim sim;
  EXPECT_EQ(sim.Send("GET", "/vapi/assistant", nullptr, {}).status, 401);
  EXPECT_EQ(sim.Send("GET", "/vapi/assistant", nullptr, {{"Authorization", "Bearer "}}).status,
            401);
  sim.Configure({{"vapi", {{"api_key", "the-one"}}}});
  EXPECT_EQ(sim.Get("/vapi/assistant").status, 401);
  EXPECT_EQ(
      sim.Send("GET", "/vapi/assistant", nullptr, {{"Authorization", "Bearer the-one"}}).status,
      200);
}

TEST(Vapi, RefusesARequestWithoutUserAgentAsTheEdgeDoes) {
  Sim sim;
  const Answer answer = sim.Send("GET", "/vapi/assistant", nullptr,
                                 {{"Authorization", "Bearer k"}, {"User-Agent", ""}});
  EXPECT_EQ(answer.status, 403);
  EXPECT_EQ(answer.text, "error code: 1010");
}

TEST(Vapi, CreatesOnBothPathsAndAnswersTheCallObject) {
  Sim sim;
  for (const char* path : {"/vapi/call", "/vapi/call/phone"}) {
    const Answer answer = sim.Post(path, VapiCallBody(kAnswers));
    ASSERT_EQ(answer.status, 201) << answer.text;
    EXPECT_EQ(answer.CallId().size(), 36u);
    EXPECT_EQ(answer.CallId()[14], '7');
    EXPECT_EQ(TextOr(answer.body, "status"), "queued");
    EXPECT_EQ(TextOr(answer.body, "type"), "outboundPhoneCall");
    EXPECT_EQ(TextOr(Member(answer.body, "customer"), "number"), kAnswers);
    EXPECT_EQ(MemberPath(answer.body, {"subscriptionLimits", "concurrencyLimit"}), 10);
  }
}

TEST(Vapi, TellsEveryStepOfAnAnsweredCallInOrder) {
  Catcher catcher;
  Sim sim;
  const std::string id = sim.Post("/vapi/call", VapiCallBody(kAnswers, catcher.Url())).CallId();
  const Caught report = catcher.AwaitEvent("end-of-call-report").at(0);
  EXPECT_THAT(catcher.EventsOf(id), ElementsAre("status-update:queued", "status-update:ringing",
                                                "status-update:in-progress", "status-update:ended",
                                                "end-of-call-report"));
  const Json& message = Member(report.body, "message");
  EXPECT_TRUE(NumberOf(Member(message, "timestamp")).has_value());
  EXPECT_THAT(std::string(TextOr(Member(message, "artifact"), "transcript")), HasSubstr("User: "));
  EXPECT_FALSE(TextOr(Member(message, "analysis"), "summary").empty());
  EXPECT_GT(*NumberOf(Member(message, "cost")), 0);
  EXPECT_EQ(TextOr(MemberPath(message, {"call", "assistantOverrides", "metadata"}), "attempt_id"),
            "attempt-" + kAnswers);
  EXPECT_EQ(report.Header("User-Agent").empty(), false);
}

TEST(Vapi, ShowsASimulatedTalkBetweenStartAndEnd) {
  Catcher catcher;
  Sim sim;
  const std::string id = sim.Post("/vapi/call", VapiCallBody(kAnswers, catcher.Url())).CallId();
  catcher.AwaitEvent("end-of-call-report");
  const Json call = sim.Get("/vapi/call/" + id).body;
  const auto started = ParseRfc3339(TextOr(call, "startedAt"));
  const auto ended = ParseRfc3339(TextOr(call, "endedAt"));
  ASSERT_TRUE(started && ended) << DumpJson(call);
  EXPECT_GE(*ended - *started, 20 * kSecondMs);
  EXPECT_LE(*ended - *started, 180 * kSecondMs);
  EXPECT_EQ(TextOr(call, "status"), "ended");
  EXPECT_GT(*NumberOf(MemberPath(call, {"costBreakdown", "total"})), 0);
  EXPECT_EQ(Member(call, "summary"), MemberPath(call, {"analysis", "summary"}));
}

TEST(Vapi, NeverShowsAnUnansweredCallInProgress) {
  Catcher catcher;
  Sim sim;
  const std::string id = sim.Post("/vapi/call", VapiCallBody(kNever, catcher.Url())).CallId();
  catcher.AwaitEvent("end-of-call-report");
  EXPECT_THAT(catcher.EventsOf(id), ElementsAre("status-update:queued", "status-update:ringing",
                                                "status-update:ended", "end-of-call-report"));
  const Json call = sim.Get("/vapi/call/" + id).body;
  EXPECT_EQ(TextOr(call, "endedReason"), "customer-did-not-answer");
  EXPECT_FALSE(call.contains("startedAt"));
}

TEST(Vapi, ReportsAVoicemailOnlyWhenDetectionIsOn) {
  Catcher catcher;
  Sim sim;
  Json body = VapiCallBody(kVoicemail, catcher.Url("/on"));
  sim.Post("/vapi/call", body);
  body = VapiCallBody(kVoicemail, catcher.Url("/off"));
  body["assistantOverrides"]["voicemailDetection"] = "off";
  sim.Post("/vapi/call", body);
  for (const Caught& report : catcher.AwaitEvent("end-of-call-report", 2)) {
    const std::string_view reason = TextOr(Member(report.body, "message"), "endedReason");
    const Json& talk = MemberPath(report.body, {"message", "artifact", "transcript"});
    if (report.path == "/on") {
      EXPECT_EQ(reason, "voicemail");
    } else {
      EXPECT_EQ(reason, "silence-timed-out");
      EXPECT_THAT(talk.dump(), testing::Not(HasSubstr("User:")));
    }
  }
}

TEST(Vapi, SendsHeadersOfTheServerAndOnlyTheMessagesAskedFor) {
  Catcher catcher;
  Sim sim;
  Json body = VapiCallBody(kAnswers, catcher.Url());
  body["assistantOverrides"]["server"]["headers"] = {{"x-vapi-secret", "hook-secret"}};
  body["assistantOverrides"]["serverMessages"] = Json::array({"end-of-call-report"});
  const std::string id = sim.Post("/vapi/call", body).CallId();
  EXPECT_EQ(catcher.AwaitEvent("end-of-call-report").at(0).Header("x-vapi-secret"), "hook-secret");
  EXPECT_THAT(catcher.EventsOf(id), ElementsAre("end-of-call-report"));
}

TEST(Vapi, DoesNotRetryAWebhookUnlessTheBackoffPlanSaysSo) {
  Catcher catcher;
  Sim sim;
  catcher.AnswerWith({500});
  const std::string lost = sim.Post("/vapi/call", VapiCallBody(kAnswers, catcher.Url())).CallId();
  catcher.AwaitEvent("end-of-call-report");
  EXPECT_EQ(catcher.EventsOf(lost).size(), 5u);

  catcher.AnswerWith({500, 503});
  Json body = VapiCallBody(kAnswers, catcher.Url());
  body["assistantOverrides"]["server"]["backoffPlan"] = {
      {"type", "exponential"}, {"maxRetries", 2}, {"baseDelaySeconds", 1}};
  const std::string retried = sim.Post("/vapi/call", body).CallId();
  catcher.AwaitEvent("end-of-call-report", 2);
  EXPECT_EQ(catcher.EventsOf(retried).size(), 7u);
}

TEST(Vapi, RefusesTheEleventhCallWithSubscriptionLimits) {
  SimOptions slow = Sim::Fast();
  slow.time_scale = 1;
  Sim sim(slow);
  for (int i = 0; i < 10; ++i) {
    ASSERT_EQ(sim.Post("/vapi/call", VapiCallBody("+1415555100" + std::to_string(i))).status, 201);
  }
  const Answer answer = sim.Post("/vapi/call", VapiCallBody("+14155551010"));
  EXPECT_EQ(answer.status, 400);
  EXPECT_THAT(answer.text, HasSubstr("Over Concurrency Limit"));
  EXPECT_EQ(MemberPath(answer.body, {"subscriptionLimits", "concurrencyBlocked"}), true);
  EXPECT_THAT(sim.Rings("+14155551010"), testing::IsEmpty());
}

TEST(Vapi, ListsNewestFirstWithinTimeBoundsAndLimit) {
  Sim sim;
  std::vector<Json> calls;
  for (int i = 0; i < 3; ++i) {
    calls.push_back(sim.Post("/vapi/call", VapiCallBody("+1415555200" + std::to_string(i))).body);
  }
  const auto ids = [&](const std::string& query) {
    std::vector<std::string> out;
    for (const Json& call : sim.Get("/vapi/call" + query).body) {
      out.emplace_back(TextOr(call, "id"));
    }
    return out;
  };
  const std::string first(TextOr(calls[0], "id")), last(TextOr(calls[2], "id"));
  EXPECT_EQ(ids("").front(), last);
  EXPECT_EQ(ids("").size(), 3u);
  EXPECT_THAT(ids("?limit=1"), ElementsAre(last));
  EXPECT_THAT(ids("?id=" + first), ElementsAre(first));
  EXPECT_THAT(ids("?createdAtGe=2090-01-01T00:00:00Z"), testing::IsEmpty());
  EXPECT_EQ(ids("?createdAtGe=" + std::string(TextOr(calls[0], "createdAt"))).size(), 3u);
  EXPECT_THAT(ids("?createdAtLt=" + std::string(TextOr(calls[0], "createdAt"))),
              testing::IsEmpty());
  EXPECT_THAT(ids(std::string("?assistantId=") + kUnknownId), testing::IsEmpty());
  EXPECT_EQ(ids(std::string("?phoneNumberId=") + kPhoneNumber + "&limit=1000").size(), 3u);
}

TEST(Vapi, RefusesAListQueryThatItDoesNotKnow) {
  Sim sim;
  for (const char* query : {"?limit=1001", "?limit=x", "?createdAtGe=yesterday", "?status=ended"}) {
    EXPECT_EQ(sim.Get(std::string("/vapi/call") + query).status, 400) << query;
  }
}

TEST(Vapi, ShowsOneAssistantAndOneNumberWithTheSecretsOfTheRealOne) {
  Sim sim;
  const Json assistants = sim.Get("/vapi/assistant?limit=5").body;
  ASSERT_EQ(assistants.size(), 1u);
  EXPECT_THAT(DumpJson(assistants), testing::AllOf(HasSubstr("{{name}}"), HasSubstr("{{company}}"),
                                                   HasSubstr("{{budget_range}}")));
  EXPECT_EQ(sim.Get(std::string("/vapi/assistant/") + kAssistant).status, 200);
  EXPECT_EQ(sim.Get(std::string("/vapi/assistant/") + kUnknownId).status, 404);
  EXPECT_EQ(TextOr(sim.Get("/vapi/phone-number").body[0], "status"), "active");
  EXPECT_THAT(sim.Get("/vapi/phone-number").text, HasSubstr("twilioAuthToken"));
  EXPECT_EQ(Member(sim.Get("/vapi/v2/phone-number?page=1&limit=5").body, "results").size(), 1u);
}

TEST(Vapi, RenamesDeletesAndEndsACall) {
  Catcher catcher;
  SimOptions slow = Sim::Fast();
  slow.time_scale = 1;
  Sim sim(slow);
  const std::string id = sim.Post("/vapi/call", VapiCallBody(kAnswers, catcher.Url())).CallId();
  EXPECT_EQ(TextOr(sim.Send("PATCH", "/vapi/call/" + id, {{"name", "renamed"}}).body, "name"),
            "renamed");
  EXPECT_EQ(sim.Send("PATCH", "/vapi/call/" + id, {{"status", "ended"}}).status, 400);
  EXPECT_EQ(sim.Post("/vapi/control/" + id, {{"type", "end-call"}}).status, 200);
  EXPECT_EQ(TextOr(Member(catcher.AwaitEvent("status-update:ended").at(0).body, "message"),
                   "endedReason"),
            "manually-canceled");
  EXPECT_EQ(sim.Send("DELETE", "/vapi/call/" + id, Json::object()).status, 200);
  EXPECT_EQ(sim.Get("/vapi/call/" + id).status, 404);
  EXPECT_EQ(sim.Get("/vapi/call").body.size(), 0u);
}

TEST(Vapi, AnswersUnknownCallsWith404AndBadIdsWith400) {
  Sim sim;
  EXPECT_EQ(sim.Get(std::string("/vapi/call/") + kUnknownId).status, 404);
  EXPECT_EQ(sim.Get("/vapi/call/nonsense").status, 400);
}

TEST(Vapi, CutsATalkAtTheLongestDuration) {
  Catcher catcher;
  Sim sim;
  Json body = VapiCallBody("+14155550022", catcher.Url());
  body["assistantOverrides"]["maxDurationSeconds"] = 60;
  sim.Post("/vapi/call", body);
  const Json message = Member(catcher.AwaitEvent("end-of-call-report").at(0).body, "message");
  EXPECT_EQ(TextOr(message, "endedReason"), "exceeded-max-duration");
  EXPECT_EQ(*NumberOf(Member(message, "durationSeconds")), 60);
}

}  // namespace
}  // namespace leadline
