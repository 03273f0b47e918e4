// What goes wrong between a create-call and its answer, and between an event and its webhook; the
// ring log is the truth.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "tests/server/sim/harness.h"

namespace leadline {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr char kRetellCreate[] = "/retell/v2/create-phone-call";

struct Script {
  const char* suffix;
  int vapi_status, retell_status;  // of the first create request; 0: no answer
  size_t rings;                    // after it
};
void PrintTo(const Script& s, std::ostream* os) {
  *os << s.suffix;
}

class ScriptedNumber : public testing::TestWithParam<Script> {};

TEST_P(ScriptedNumber, AnswersTheCreateRequestAsItsTableSays) {
  const Script& script = GetParam();
  Sim sim;
  sim.Configure({{"faults", {{"hang_seconds", 0.05}}}});
  const std::string vapi = "+1415555" + std::string(script.suffix);
  const std::string retell = "+1415556" + std::string(script.suffix);
  EXPECT_EQ(sim.Post("/vapi/call", VapiCallBody(vapi)).status, script.vapi_status);
  EXPECT_THAT(sim.Rings(vapi), SizeIs(script.rings));
  EXPECT_EQ(sim.Post(kRetellCreate, RetellCallBody(retell)).status, script.retell_status);
  EXPECT_THAT(sim.Rings(retell), SizeIs(script.rings));
}

INSTANTIATE_TEST_SUITE_P(Table, ScriptedNumber,
                         testing::Values(Script{"0001", 201, 201, 1}, Script{"0007", 500, 500, 1},
                                         Script{"0008", 0, 0, 1}, Script{"0009", 429, 429, 0},
                                         Script{"0010", 429, 429, 0}, Script{"0011", 500, 500, 0},
                                         Script{"0012", 0, 0, 1}, Script{"0013", 502, 502, 1},
                                         Script{"0014", 201, 201, 1}, Script{"0021", 400, 402, 0},
                                         Script{"0023", 500, 500, 1}, Script{"0025", 400, 429, 0}),
                         [](const auto& param) {
                           return std::string("Suffix") + param.param.suffix;
                         });

TEST(Faults, APlacedCallGoesOnThoughItsAnswerWasLost) {
  Catcher catcher;
  Sim sim;
  for (const char* number : {"+14155550007", "+14155550008", "+14155550013", "+14155550014"}) {
    sim.Post("/vapi/call", VapiCallBody(number, catcher.Url()));
  }
  catcher.AwaitEvent("end-of-call-report", 4);
  for (const char* number : {"+14155550007", "+14155550008"}) {
    ASSERT_THAT(sim.Rings(number), SizeIs(1));
    EXPECT_EQ(TextOr(sim.Rings(number)[0], "outcome"), "answered");
    EXPECT_EQ(TextOr(sim.Rings(number)[0], "attempt_id"), "attempt-" + std::string(number));
  }
}

TEST(Faults, ARefusalIsOverWhenTheTableSaysSo) {
  Sim sim;
  const std::string number = "+14155550010";
  const Answer first = sim.Post("/vapi/call", VapiCallBody(number));
  EXPECT_EQ(first.headers.find("Retry-After")->second, "2");
  EXPECT_EQ(sim.Post("/vapi/call", VapiCallBody(number)).status, 201);
  EXPECT_THAT(sim.Rings(number), SizeIs(1));
  EXPECT_EQ(sim.Post("/vapi/call", VapiCallBody("+14155550009")).headers.count("Retry-After"), 0u);
}

TEST(Faults, RatesHitCreateRequestsOfAnyNumber) {
  Sim sim;
  const std::string number = "+14155556001";
  sim.Configure({{"faults", {{"create_error_rate", {{"before", {{"503", 1}}}}}}}});
  EXPECT_EQ(sim.Post("/vapi/call", VapiCallBody(number)).status, 503);
  EXPECT_THAT(sim.Rings(number), IsEmpty());
  sim.Configure(
      {{"faults", {{"create_error_rate", {{"before", {{"503", 0}}}, {"after", {{"close", 1}}}}}}}});
  EXPECT_EQ(sim.Post(kRetellCreate, RetellCallBody(number)).status, 0);
  EXPECT_THAT(sim.Rings(number), SizeIs(1));
}

TEST(Faults, APersonAnswersFromTheSecondCallOn) {
  Catcher catcher;
  Sim sim;
  const std::string number = "+14155550006";
  sim.Post(kRetellCreate, RetellCallBody(number, catcher.Url()));
  catcher.AwaitEvent("call_analyzed", 1);
  sim.Post(kRetellCreate, RetellCallBody(number, catcher.Url()));
  catcher.AwaitEvent("call_analyzed", 2);
  const auto rings = sim.Rings(number);
  ASSERT_THAT(rings, SizeIs(2));
  EXPECT_EQ(TextOr(rings[0], "outcome"), "no_answer");
  EXPECT_EQ(TextOr(rings[1], "outcome"), "answered");
}

TEST(Faults, DroppedWebhooksAreNeverSentButTheCallEnds) {
  Catcher catcher;
  Sim sim;
  sim.Post(kRetellCreate, RetellCallBody("+14155550017", catcher.Url("/dropped")));
  // A call that starts later and ends later proves that the silent one is over.
  sim.Configure({{"durations", {{"talk_min_seconds", 300}, {"talk_max_seconds", 300}}}});
  sim.Post(kRetellCreate, RetellCallBody("+14155550001", catcher.Url("/sent")));
  catcher.AwaitEvent("call_analyzed");
  EXPECT_EQ(TextOr(sim.Rings("+14155550017").at(0), "outcome"), "answered");
  EXPECT_THAT(catcher.Await(0, [](const Caught& c) { return c.path == "/dropped"; }), IsEmpty());
}

TEST(Faults, DuplicatedWebhooksComeTwice) {
  Catcher catcher;
  Sim sim;
  sim.Post(kRetellCreate, RetellCallBody("+14155550018", catcher.Url()));
  const auto twice = catcher.AwaitEvent("call_analyzed", 2);
  ASSERT_THAT(twice, SizeIs(2));
  EXPECT_EQ(twice[0].raw, twice[1].raw);
}

TEST(Faults, AWebhookCanComeBeforeTheAnswer) {
  Catcher catcher;
  Sim sim;
  const Answer answer = sim.Post(kRetellCreate, RetellCallBody("+14155550019", catcher.Url()));
  ASSERT_EQ(answer.status, 201);
  EXPECT_FALSE(catcher.EventsOf(answer.CallId()).empty());
}

TEST(Faults, AWrongSignatureDiffersAndAStaleOneIsOld) {
  Catcher catcher;
  Sim sim;
  sim.Configure({{"faults", {{"stale_signature", 1}}}});
  sim.Post(kRetellCreate, RetellCallBody("+14155550002", catcher.Url()));
  const std::string signature = catcher.AwaitEvent("call_ended").at(0).Header("x-retell-signature");
  EXPECT_GT(RealTime().WallMs() - std::stoll(signature.substr(2)), 5 * kMinuteMs);
}

TEST(Faults, ReorderedWebhooksOvertakeOneAnother) {
  Catcher catcher;
  Sim sim;
  sim.Configure({{"faults", {{"reorder_webhooks", 0.5}}}});
  std::vector<std::string> ids;
  for (int i = 0; i < 8; ++i) {
    const std::string number = "+1415" + std::to_string(700 + i) + "0002";
    const Answer created = sim.Post(kRetellCreate, RetellCallBody(number, catcher.Url()));
    ids.push_back(created.CallId());
  }
  catcher.AwaitEvent("call_ended", 8);
  catcher.AwaitEvent("call_analyzed", 8);
  const auto swapped = std::count_if(ids.begin(), ids.end(), [&](const std::string& id) {
    return catcher.EventsOf(id).front() == "call_analyzed";
  });
  EXPECT_GT(swapped, 0);
  EXPECT_LT(swapped, 8);
}

TEST(Faults, AHiddenCallIsInNoListButCanBeFetched) {
  SimOptions slow = Sim::Fast();
  slow.time_scale = 1;
  Sim sim(slow);
  const Answer created = sim.Post("/vapi/call", VapiCallBody("+14155550001"));
  EXPECT_THAT(sim.Get("/vapi/call").body, SizeIs(1));
  EXPECT_EQ(sim.Post("/vapi/call", VapiCallBody("+14155550023")).status, 500);
  EXPECT_THAT(sim.Get("/vapi/call").body, SizeIs(1));
  sim.Configure({{"faults", {{"hide_from_list_ms", 60000}}}});
  const Answer hidden = sim.Post("/vapi/call", VapiCallBody("+14155550001"));
  EXPECT_THAT(sim.Get("/vapi/call").body, SizeIs(1));
  EXPECT_EQ(sim.Get("/vapi/call/" + hidden.CallId()).status, 200);
}

TEST(Faults, ReadsCanFail) {
  Sim sim;
  sim.Configure({{"faults", {{"read_error_rate", 1}}}});
  EXPECT_EQ(sim.Get("/vapi/call").status, 500);
  EXPECT_EQ(sim.Post("/retell/v3/list-calls", Json::object()).status, 500);
}

TEST(Faults, StopBreaksOffAHangingAnswerAndEveryThread) {
  Sim sim;
  sim.Configure({{"faults", {{"hang_seconds", 3600}}}});
  std::thread client([&] { sim.Post("/vapi/call", VapiCallBody("+14155550012")); });
  while (sim.Rings("+14155550012").empty()) std::this_thread::yield();
  sim.simulator().Stop();
  client.join();
}

TEST(Control, RefusesAWrongConfigurationAndChangesNothing) {
  Sim sim;
  const std::string before = sim.Get("/sim/config").text;
  const Answer answer =
      sim.Send("PUT", "/sim/config",
               {{"people", {{"answered", 1}, {"sleepy", 1}}}, {"faults", {{"drop_webhooks", 2}}}});
  EXPECT_EQ(answer.status, 422);
  EXPECT_THAT(answer.text, HasSubstr("people.sleepy"));
  EXPECT_THAT(answer.text, HasSubstr("faults.drop_webhooks"));
  EXPECT_EQ(sim.Get("/sim/config").text, before);
}

TEST(Control, HidesKeysAndKeepsThemWhenTheyAreSentBack) {
  Sim sim;
  sim.Configure({{"vapi", {{"api_key", "super-secret"}}}});
  EXPECT_THAT(sim.Get("/sim/config").text, testing::Not(HasSubstr("super-secret")));
  sim.Configure(sim.Get("/sim/config").body);
  EXPECT_EQ(sim.Get("/vapi/assistant").status, 401);
}

TEST(Control, PrintsRingsOnASimulatedClockThatCanBeSet) {
  SimOptions options = Sim::Fast();
  options.time_scale = 1;
  options.clock_base_ms = *ParseRfc3339("2026-03-02T17:00:00Z");
  Sim sim(options);
  sim.Post("/vapi/call", VapiCallBody("+14155550001"));
  EXPECT_THAT(std::string(TextOr(sim.Rings("+14155550001").at(0), "at")),
              HasSubstr("2026-03-02T17:00:"));
  EXPECT_TRUE(Member(sim.Rings("+14155550001").at(0), "outcome").is_null());
  EXPECT_EQ(sim.Send("PUT", "/sim/clock", {{"now", "2027-07-01T08:00:00Z"}}).status, 200);
  EXPECT_THAT(sim.Get("/sim/clock").text, HasSubstr("2027-07-01T08:00:"));
  EXPECT_EQ(sim.Send("PUT", "/sim/clock", {{"now", "soon"}}).status, 422);
}

TEST(Control, BoundsBodies) {
  Sim sim;
  Json body = VapiCallBody("+14155550001");
  body["assistantOverrides"]["variableValues"]["x"] = std::string(2 << 20, 'x');
  EXPECT_EQ(sim.Post("/vapi/call", body).status, 413);
}

TEST(Control, ServesATonePerRecording) {
  Sim sim;
  EXPECT_THAT(sim.Get("/sim/recordings/any.wav").text, testing::StartsWith("RIFF"));
}

TEST(Simulator, SaysWhyItCannotStart) {
  SimOptions options;
  options.listen = "nonsense";
  EXPECT_EQ(Simulator::Start(options).status().slug(), "bad_listen_address");
  options.listen = "127.0.0.1:0";
  options.time_scale = 0;
  EXPECT_EQ(Simulator::Start(options).status().slug(), "bad_time_scale");
  Sim running;
  options.time_scale = 1;
  options.listen = "127.0.0.1:" + std::to_string(running.simulator().port());
  EXPECT_EQ(Simulator::Start(options).status().slug(), "port_in_use");
}

}  // namespace
}  // namespace leadline
