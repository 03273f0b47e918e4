#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "server/provider/sim/retell_signature.h"
#include "tests/server/sim/harness.h"

namespace leadline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

constexpr char kCreate[] = "/retell/v2/create-phone-call";
constexpr char kList[] = "/retell/v3/list-calls";

struct RetellRefusal {
  const char* name;
  std::function<void(Json&)> change;
  int status;
  std::string member, text;  // of the answer
};

void PrintTo(const RetellRefusal& r, std::ostream* os) {
  *os << r.name;
}

class RetellRefuses : public testing::TestWithParam<RetellRefusal> {};

TEST_P(RetellRefuses, WithItsOwnStatusAndWords) {
  Sim sim;
  Json body = RetellCallBody(kAnswers);
  GetParam().change(body);
  const Answer answer = sim.Post(kCreate, body);
  EXPECT_EQ(answer.status, GetParam().status);
  EXPECT_EQ(TextOr(answer.body, GetParam().member), GetParam().text) << answer.text;
  EXPECT_THAT(sim.Rings(kAnswers), testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Bodies, RetellRefuses,
    testing::Values(
        RetellRefusal{
            "NumberVariable", [](Json& b) { b["retell_llm_dynamic_variables"]["age"] = 41; }, 400,
            "error_message", "request/body/retell_llm_dynamic_variables/age must be string"},
        RetellRefusal{
            "NullVariable", [](Json& b) { b["retell_llm_dynamic_variables"]["age"] = nullptr; },
            400, "error_message", "request/body/retell_llm_dynamic_variables/age must be string"},
        RetellRefusal{"NoFrom", [](Json& b) { b.erase("from_number"); }, 400, "error_message",
                      "request/body must have required property 'from_number'"},
        RetellRefusal{"NumericTo", [](Json& b) { b["to_number"] = 14155551234; }, 400,
                      "error_message", "request/body/to_number must be string"},
        RetellRefusal{"MetadataText", [](Json& b) { b["metadata"] = "x"; }, 400, "error_message",
                      "request/body/metadata must be object"},
        RetellRefusal{"RingTooShort",
                      [](Json& b) {
                        b["agent_override"] = {{"agent", {{"ring_duration_ms", 4999}}}};
                      },
                      400, "error_message",
                      "request/body/agent_override/agent/ring_duration_ms must be >= 5000"},
        RetellRefusal{"BadNumber", [](Json& b) { b["to_number"] = "4155551234"; }, 400, "message",
                      "to_number 4155551234 is not a valid number."},
        RetellRefusal{"UnknownFrom", [](Json& b) { b["from_number"] = "+14150000000"; }, 404,
                      "message", "Item +14150000000 not found from phone-number"},
        RetellRefusal{"UnknownAgent", [](Json& b) { b["override_agent_id"] = "agent_2"; }, 404,
                      "message", "Item agent_2 not found from agent"}),
    [](const auto& param) { return param.param.name; });

TEST(Retell, RefusesAMissingKey) {
  Sim sim;
  const Answer answer = sim.Send("GET", "/retell/get-concurrency", nullptr, {});
  EXPECT_EQ(answer.status, 401);
  EXPECT_EQ(TextOr(answer.body, "message"), "API key is missing or invalid.");
}

TEST(Retell, TellsAnAnsweredCallInThreeSignedEvents) {
  Catcher catcher;
  Sim sim;
  const Answer created = sim.Post(kCreate, RetellCallBody(kAnswers, catcher.Url()));
  ASSERT_EQ(created.status, 201) << created.text;
  EXPECT_EQ(TextOr(created.body, "call_status"), "registered");
  EXPECT_THAT(created.CallId(), StartsWith("call_"));
  const Caught analyzed = catcher.AwaitEvent("call_analyzed").at(0);
  EXPECT_THAT(catcher.EventsOf(created.CallId()),
              ElementsAre("call_started", "call_ended", "call_analyzed"));
  for (const char* event : {"call_started", "call_ended", "call_analyzed"}) {
    const Caught c = catcher.AwaitEvent(event).at(0);
    const std::string signature = c.Header("x-retell-signature");
    ASSERT_THAT(signature, StartsWith("v="));
    const TimeMs stamp = std::stoll(signature.substr(2));
    EXPECT_EQ(signature, SignRetellWebhook(c.raw, "key_test", stamp));
  }
  const Json& call = Member(analyzed.body, "call");
  EXPECT_EQ(TextOr(Member(call, "metadata"), "attempt_id"), "attempt-" + kAnswers);
  EXPECT_FALSE(TextOr(Member(call, "call_analysis"), "call_summary").empty());
}

TEST(Retell, KeepsTheAnalysisOutOfCallEnded) {
  Catcher catcher;
  Sim sim;
  sim.Post(kCreate, RetellCallBody(kAnswers, catcher.Url()));
  const Json call = Member(catcher.AwaitEvent("call_ended").at(0).body, "call");
  EXPECT_EQ(TextOr(call, "call_status"), "ended");
  EXPECT_FALSE(call.contains("call_analysis"));
  EXPECT_TRUE(call.contains("transcript"));
  EXPECT_TRUE(call.contains("recording_url"));
  EXPECT_EQ(*IntOf(Member(call, "end_timestamp")) - *IntOf(Member(call, "start_timestamp")),
            *IntOf(Member(call, "duration_ms")));
  EXPECT_GE(*IntOf(Member(call, "duration_ms")), 20000);
}

TEST(Retell, SendsNoCallStartedForACallThatNobodyTook) {
  Catcher catcher;
  Sim sim;
  const std::string id = sim.Post(kCreate, RetellCallBody(kNever, catcher.Url())).CallId();
  const Json call = Member(catcher.AwaitEvent("call_analyzed").at(0).body, "call");
  EXPECT_THAT(catcher.EventsOf(id), ElementsAre("call_ended", "call_analyzed"));
  EXPECT_EQ(TextOr(call, "call_status"), "not_connected");
  EXPECT_EQ(TextOr(call, "disconnection_reason"), "dial_no_answer");
}

TEST(Retell, MarksAVoicemailInTheAnalysis) {
  Catcher catcher;
  Sim sim;
  sim.Post(kCreate, RetellCallBody(kVoicemail, catcher.Url()));
  const Json call = Member(catcher.AwaitEvent("call_analyzed").at(0).body, "call");
  EXPECT_EQ(TextOr(call, "disconnection_reason"), "voicemail_reached");
  EXPECT_EQ(MemberPath(call, {"call_analysis", "in_voicemail"}), true);
}

TEST(Retell, RetriesAWebhookThreeTimesAndNoMore) {
  Catcher refusing, taking;
  Sim sim;
  refusing.AnswerWith(std::vector<int>(100, 500));
  const std::string id = sim.Post(kCreate, RetellCallBody(kNever, refusing.Url())).CallId();
  const auto of_call = [&](const Caught& c) { return c.CallId() == id; };
  refusing.Await(8, of_call);  // two events, four tries each
  // A later call of 300 s ends long after a fourth retry would have come.
  sim.Configure({{"durations", {{"talk_min_seconds", 300}, {"talk_max_seconds", 300}}}});
  sim.Post(kCreate, RetellCallBody(kAnswers, taking.Url()));
  taking.AwaitEvent("call_analyzed");
  EXPECT_EQ(refusing.Await(8, of_call).size(), 8u);
}

TEST(Retell, SignsWithTheWebhookKeyWhenOneIsSet) {
  Catcher catcher;
  Sim sim;
  sim.Configure({{"retell", {{"webhook_key", "badge-key"}, {"webhook_url", catcher.Url()}}}});
  sim.Post(kCreate, RetellCallBody(kNever));
  const Caught c = catcher.AwaitEvent("call_ended").at(0);
  const std::string signature = c.Header("x-retell-signature");
  EXPECT_EQ(signature, SignRetellWebhook(c.raw, "badge-key", std::stoll(signature.substr(2))));
}

TEST(Retell, ListsByMetadataWithoutTranscriptOrRecording) {
  Catcher catcher;
  Sim sim;
  sim.Post(kCreate, RetellCallBody(kAnswers, catcher.Url()));
  sim.Post(kCreate, RetellCallBody(kNever, catcher.Url()));
  catcher.AwaitEvent("call_analyzed", 2);
  const Json filter = {
      {"type", "string"}, {"op", "eq"}, {"key", "attempt_id"}, {"value", "attempt-" + kAnswers}};
  const Json list =
      sim.Post(kList, {{"filter_criteria", {{"metadata", Json::array({filter})}}}}).body;
  ASSERT_EQ(Member(list, "items").size(), 1u) << DumpJson(list);
  const Json& item = list["items"][0];
  EXPECT_EQ(TextOr(item, "to_number"), kAnswers);
  EXPECT_FALSE(item.contains("transcript"));
  EXPECT_FALSE(item.contains("transcript_object"));
  EXPECT_FALSE(item.contains("recording_url"));
  EXPECT_TRUE(item.contains("call_analysis"));
}

TEST(Retell, HidesRegisteredCallsFromLists) {
  SimOptions slow = Sim::Fast();
  slow.time_scale = 1;
  Sim sim(slow);
  const std::string id = sim.Post(kCreate, RetellCallBody(kAnswers)).CallId();
  EXPECT_EQ(Member(sim.Post(kList, Json::object()).body, "items").size(), 0u);
  EXPECT_EQ(TextOr(sim.Get("/retell/v2/get-call/" + id).body, "call_status"), "registered");
}

TEST(Retell, PagesByKeyAndBySkip) {
  Catcher catcher;
  Sim sim;
  for (int i = 0; i < 5; ++i) {
    sim.Post(kCreate, RetellCallBody("+1415555310" + std::to_string(i), catcher.Url()));
  }
  catcher.AwaitEvent("call_ended", 5);
  std::vector<std::string> seen;
  Json page = sim.Post(kList, {{"limit", 2}, {"include_total", true}}).body;
  EXPECT_EQ(Member(page, "total"), 5);
  for (int pages = 0; pages < 3; ++pages) {
    for (const Json& item : Member(page, "items")) seen.emplace_back(TextOr(item, "call_id"));
    if (Member(page, "has_more") == Json(false)) break;
    page = sim.Post(kList, {{"limit", 2}, {"pagination_key", Member(page, "pagination_key")}}).body;
  }
  EXPECT_EQ(seen.size(), 5u);
  EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), 5u);
  const Json skipped = sim.Post(kList, {{"skip", 4}}).body;
  ASSERT_EQ(Member(skipped, "items").size(), 1u);
  EXPECT_EQ(TextOr(skipped["items"][0], "call_id"), seen[4]);
}

struct BadList {
  const char* name;
  const char* body;
};
void PrintTo(const BadList& b, std::ostream* os) {
  *os << b.name;
}
class RetellRefusesList : public testing::TestWithParam<BadList> {};

TEST_P(RetellRefusesList, WithAnErrorMessage) {
  Sim sim;
  const auto body = ParseJson(GetParam().body);
  ASSERT_TRUE(body.ok());
  const Answer answer = sim.Post(kList, *body);
  EXPECT_EQ(answer.status, 400) << answer.text;
  EXPECT_THAT(std::string(TextOr(answer.body, "error_message")), StartsWith("request/body"));
}

INSTANTIATE_TEST_SUITE_P(
    Bodies, RetellRefusesList,
    testing::Values(
        BadList{"SkipAndKey", R"({"skip":1,"pagination_key":"call_1"})"},
        BadList{"LimitTooHigh", R"({"limit":1001})"}, BadList{"LimitZero", R"({"limit":0})"},
        BadList{"SortOrder", R"({"sort_order":"up"})"},
        BadList{"OldFilterShape", R"({"filter_criteria":{"call_status":["ended"]}})"},
        BadList{
            "RegisteredStatus",
            R"({"filter_criteria":{"call_status":{"type":"enum","op":"in","value":["registered"]}}})"},
        BadList{"UnknownFilter",
                R"({"filter_criteria":{"phone":{"type":"string","op":"eq","value":"x"}}})"},
        BadList{"WrongOp",
                R"({"filter_criteria":{"to_number":{"type":"string","op":"in","value":"x"}}})"},
        BadList{"MetadataNoKey",
                R"({"filter_criteria":{"metadata":[{"type":"string","op":"eq","value":"x"}]}})"},
        BadList{"MetadataObject", R"({"filter_criteria":{"metadata":{"attempt_id":"x"}}})"}),
    [](const auto& param) { return param.param.name; });

TEST(Retell, AnswersRemovedPathsWith404) {
  Sim sim;
  EXPECT_EQ(sim.Get("/retell/list-agents").status, 404);
  EXPECT_EQ(sim.Get("/retell/list-phone-numbers").status, 404);
  EXPECT_EQ(sim.Post("/retell/v2/list-calls", Json::object()).status, 404);
}

TEST(Retell, ShowsItsAgentNumberAndConcurrency) {
  Sim sim;
  const Json agents = sim.Post("/retell/v2/list-agents?limit=5", Json::object()).body;
  EXPECT_EQ(TextOr(Member(agents, "items")[0], "agent_id"), "agent_1111111111111111");
  EXPECT_EQ(sim.Get("/retell/get-agent/agent_1111111111111111").status, 200);
  EXPECT_EQ(sim.Get("/retell/get-agent/agent_2").status, 404);
  const Json numbers = sim.Get("/retell/v2/list-phone-numbers?limit=5").body;
  EXPECT_EQ(TextOr(Member(numbers, "items")[0], "phone_number"), "+14157774444");
  EXPECT_EQ(Member(sim.Get("/retell/get-concurrency").body, "concurrency_limit"), 20);
}

TEST(Retell, RefusesTheTwentyFirstCall) {
  SimOptions slow = Sim::Fast();
  slow.time_scale = 1;
  Sim sim(slow);
  for (int i = 0; i < 20; ++i) {
    ASSERT_EQ(sim.Post(kCreate, RetellCallBody("+141555541" + std::to_string(10 + i))).status, 201);
  }
  EXPECT_EQ(sim.Post(kCreate, RetellCallBody("+14155554199")).status, 429);
  EXPECT_EQ(Member(sim.Get("/retell/get-concurrency").body, "current_concurrency"), 20);
}

TEST(Retell, StopsALiveCallOnce) {
  Catcher catcher;
  SimOptions slow = Sim::Fast();
  slow.time_scale = 1;
  Sim sim(slow);
  sim.Configure({{"durations",
                  {{"queue_max_seconds", 0},
                   {"queue_min_seconds", 0},
                   {"ring_min_seconds", 0},
                   {"ring_max_seconds", 0}}}});
  const std::string id = sim.Post(kCreate, RetellCallBody(kAnswers, catcher.Url())).CallId();
  catcher.AwaitEvent("call_started");
  EXPECT_EQ(sim.Send("POST", "/retell/v2/stop-call/" + id).status, 204);
  const Json call = Member(catcher.AwaitEvent("call_ended").at(0).body, "call");
  EXPECT_EQ(TextOr(call, "disconnection_reason"), "manual_stopped");
  EXPECT_LT(*IntOf(Member(call, "duration_ms")), 20000);
  EXPECT_EQ(sim.Send("POST", "/retell/v2/stop-call/" + id).status, 400);
}

TEST(Retell, StartsOneCallASecondInRealTime) {
  SimOptions slow = Sim::Fast();
  slow.time_scale = 1;
  slow.clock_base_ms = 1767225600000;
  Sim sim(slow);
  for (const char* number : {"+14155555101", "+14155555102", "+14155555103"}) {
    ASSERT_EQ(sim.Post(kCreate, RetellCallBody(number)).status, 201);
  }
  const auto at = [&](const char* number) {
    return ParseRfc3339(TextOr(sim.Rings(number).at(0), "at")).value_or(0);
  };
  EXPECT_GE(at("+14155555103") - at("+14155555101"), 1990);
  EXPECT_GE(at("+14155555102") - at("+14155555101"), 990);
}

}  // namespace
}  // namespace leadline
