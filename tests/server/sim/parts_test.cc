// The simulator's parts without a socket: people, signature, filters, timers, and the engine under
// a clock of the test's own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>

#include "server/provider/sim/call_engine.h"
#include "server/provider/sim/dto.h"
#include "server/provider/sim/people.h"
#include "server/provider/sim/retell_filter.h"
#include "server/provider/sim/retell_signature.h"
#include "server/provider/sim/sim_random.h"
#include "server/provider/sim/webhook_sender.h"

namespace leadline {
namespace {

using testing::ElementsAre;

// Moves only when the test says so.
class FakeTime : public TimeSource {
 public:
  TimeMs WallMs() override { return 1767225600000 + now_us_ / 1000; }
  int64_t SteadyUs() override { return now_us_; }
  void Wait(std::condition_variable& cv, std::unique_lock<std::mutex>& lock, int64_t) override {
    cv.wait_for(lock, std::chrono::milliseconds(1));
  }
  void Advance(int64_t ms) { now_us_ += ms * 1000; }

 private:
  std::atomic<int64_t> now_us_ = 1000000;
};

CallQuestion Ask(const std::string& number, SimProvider provider = SimProvider::kVapi) {
  return {.provider = provider, .number = number, .nth_call = 1, .seed = 7};
}

TEST(People, FollowTheScriptOfTheirNumber) {
  const std::pair<const char*, SimOutcome> table[] = {
      {"+14155550001", SimOutcome::kAnswered},  {"+14155550002", SimOutcome::kNoAnswer},
      {"+14155550003", SimOutcome::kBusy},      {"+14155550004", SimOutcome::kVoicemail},
      {"+14155550005", SimOutcome::kPermanent}, {"+14155550006", SimOutcome::kNoAnswer},
      {"+14155550016", SimOutcome::kTemporary}, {"+14155550024", SimOutcome::kBusy}};
  for (const auto& [number, outcome] : table) {
    for (uint64_t seed = 0; seed < 20; ++seed) {
      CallQuestion q = Ask(number);
      q.seed = seed;
      EXPECT_EQ(DrawPlan(q, {}).outcome, outcome) << number;
    }
  }
}

TEST(People, AnswerAtTheConfiguredRates) {
  SimConfig config;
  config.answered = 3;
  config.no_answer = 1;
  config.busy = config.voicemail = config.temporary = config.permanent = 0;
  int answered = 0;
  for (int i = 0; i < 4000; ++i) {
    const std::string number = "+1415" + std::to_string(6000000 + i * 7);
    if (ScriptOf(number) == nullptr) {
      answered += DrawPlan(Ask(number), config).outcome == SimOutcome::kAnswered;
    }
  }
  EXPECT_NEAR(answered / 4000.0, 0.75, 0.03);
}

TEST(People, AreTheSameForTheSameSeedAndOthersForAnother) {
  int differ = 0;
  for (int i = 0; i < 50; ++i) {
    CallQuestion q = Ask("+1415777" + std::to_string(1000 + i));
    const CallPlan a = DrawPlan(q, {}), b = DrawPlan(q, {});
    EXPECT_EQ(a.outcome, b.outcome);
    EXPECT_EQ(a.talk_ms, b.talk_ms);
    q.seed = 8;
    differ += DrawPlan(q, {}).ring_ms != a.ring_ms;
  }
  EXPECT_GT(differ, 25);
}

TEST(People, StayWithinTheDurationsAndTheRingTimeout) {
  for (int i = 0; i < 500; ++i) {
    CallQuestion q = Ask("+1415778" + std::to_string(1000 + i), SimProvider::kRetell);
    q.ring_timeout_ms = 20000;
    const CallPlan plan = DrawPlan(q, {});
    EXPECT_LE(plan.ring_ms, 20000);
    if (plan.human) {
      EXPECT_GE(plan.talk_ms, 20000);
      EXPECT_LE(plan.talk_ms, 180000);
    }
    EXPECT_EQ(plan.connects, plan.talk_ms > 0);
  }
}

TEST(Signature, MatchesTheVectorsOfTheOfficialSdk) {
  EXPECT_EQ(SignRetellWebhook(
                R"({"event":"call_ended","call":{"call_id":"call_abc123","call_status":"ended",)"
                R"("disconnection_reason":"dial_no_answer"}})",
                "key_test_0123456789abcdef", 1767225600000),
            "v=1767225600000,d=ed24c7f20cc4fb230d14d1192a1efafbc8b02ffa32975307b3f2e8498ca62e89");
  EXPECT_EQ(SignRetellWebhook(R"({"event":"call_analyzed","call":{"call_id":"call_9f2",)"
                              R"("call_analysis":{"call_summary":"Café — ok 👍"}}})",
                              "sk-äöü-second-key", 1767229200123),
            "v=1767229200123,d=d28565703f506cd89371128ca5b9bea7f32e2897e1134ebed1119428737ea01a");
}

TEST(WebhookUrl, IsHttpsOrPlainToThisMachine) {
  for (const char* url : {"https://leadline.example/hook", "http://127.0.0.1:8080/h",
                          "http://localhost/h?x=1", "http://[::1]:8080/h", "http://127.0.0.1"}) {
    EXPECT_TRUE(IsAllowedWebhookUrl(url)) << url;
  }
  for (const char* url :
       {"", "leadline.example", "http://leadline.example/", "ftp://127.0.0.1/", "http://",
        "http://127.0.0.1@evil.example/", "http://127.0.0.1.evil.example/", "http://10.0.0.1/",
        "https://", "https://a b/", "http://127.0.0.1\r\nHost: x/"}) {
    EXPECT_FALSE(IsAllowedWebhookUrl(url)) << url;
  }
}

TEST(E164, IsAPlusAndSevenToFifteenDigits) {
  EXPECT_TRUE(IsE164("+14155551234"));
  EXPECT_TRUE(IsE164("+1234567"));
  for (const char* bad : {"", "+", "14155551234", "+04155551234", "+123456", "+1234567890123456",
                          "+1415555123a", "+1 415 555 1234"}) {
    EXPECT_FALSE(IsE164(bad)) << bad;
  }
}

struct FilterCase {
  const char* criteria;
  bool accepted;
};

TEST(RetellFilter, AcceptsWhatPassesEveryFilter) {
  const Json item = {{"call_id", "call_1"},
                     {"call_status", "ended"},
                     {"agent_id", "agent_1"},
                     {"to_number", "+14155551234"},
                     {"start_timestamp", 1000},
                     {"metadata", {{"attempt_id", "A1"}, {"round", 2}}},
                     {"call_analysis", {{"in_voicemail", false}}},
                     {"call_cost", {{"combined_cost", 12.5}}}};
  const FilterCase table[] = {
      {R"({})", true},
      {R"({"to_number":{"type":"string","op":"eq","value":"+14155551234"}})", true},
      {R"({"to_number":{"type":"string","op":"ne","value":"+14155551234"}})", false},
      {R"({"to_number":{"type":"string","op":"sw","value":"+1415"}})", true},
      {R"({"to_number":{"type":"string","op":"ew","value":"1234"}})", true},
      {R"({"to_number":{"type":"string","op":"co","value":"999"}})", false},
      {R"({"call_status":{"type":"enum","op":"in","value":["ended","error"]}})", true},
      {R"({"call_status":{"type":"enum","op":"in","value":["ongoing"]}})", false},
      {R"({"start_timestamp":{"type":"number","op":"ge","value":1000}})", true},
      {R"({"start_timestamp":{"type":"number","op":"gt","value":1000}})", false},
      {R"({"start_timestamp":{"type":"range","op":"bt","value":[900,1100]}})", true},
      {R"({"start_timestamp":{"type":"range","op":"bt","value":[1001,1100]}})", false},
      {R"({"end_timestamp":{"type":"number","op":"ge","value":0}})", false},
      {R"({"metadata":[{"type":"string","op":"eq","key":"attempt_id","value":"A1"}]})", true},
      {R"({"metadata":[{"type":"string","op":"eq","key":"attempt_id","value":"A2"}]})", false},
      {R"({"metadata":[{"type":"number","op":"le","key":"round","value":2}]})", true},
      {R"({"metadata":[{"type":"present","op":"np","key":"attempt_id"}]})", false},
      {R"({"metadata":[{"type":"present","op":"np","key":"lead_id"}]})", true},
      {R"({"in_voicemail":{"type":"boolean","op":"eq","value":false}})", true},
      {R"({"combined_cost":{"type":"number","op":"lt","value":12}})", false},
      {R"({"agent":[{"agent_id":"agent_1"}]})", true},
      {R"({"agent":[{"agent_id":"agent_2"}]})", false},
      {R"({"call_id":{"type":"enum","op":"in","value":["call_1"]},
           "to_number":{"type":"string","op":"eq","value":"+1"}})",
       false},
  };
  for (const FilterCase& c : table) {
    const auto criteria = ParseJson(c.criteria);
    ASSERT_TRUE(criteria.ok()) << c.criteria;
    EXPECT_EQ(RetellFilterProblem(*criteria), "") << c.criteria;
    EXPECT_EQ(RetellFilterAccepts(*criteria, item), c.accepted) << c.criteria;
  }
}

TEST(Timers, RunInOrderOfTheirInstants) {
  FakeTime time;
  TimerQueue timers(&time);
  std::vector<int> ran;
  std::promise<void> all;
  timers.At(time.SteadyUs() + 3000, [&] {
    ran.push_back(3);
    all.set_value();
  });
  timers.At(time.SteadyUs() + 1000, [&] { ran.push_back(1); });
  timers.At(time.SteadyUs() + 1000, [&] { ran.push_back(2); });
  time.Advance(5);
  all.get_future().wait();
  EXPECT_THAT(ran, ElementsAre(1, 2, 3));
}

TEST(Clock, RunsAtItsScaleFromItsBase) {
  FakeTime time;
  SimClock clock(&time, 60, 5000);
  time.Advance(1000);
  EXPECT_EQ(clock.SimMs(), 65000);
  EXPECT_EQ(clock.DueUs(60000), time.SteadyUs() + 1000000);
  clock.SetSimMs(1);
  time.Advance(1);
  EXPECT_EQ(clock.SimMs(), 61);
}

// An engine whose time moves by hand; steps are taken off a queue.
class EngineTest : public testing::Test {
 protected:
  CallStep Next() {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(20), [&] { return !steps_.empty(); });
    EXPECT_FALSE(steps_.empty());
    if (steps_.empty()) return CallStep::kReport;
    const CallStep step = steps_.front();
    steps_.pop_front();
    return step;
  }

  FakeTime time_;
  SimClock clock_{&time_, 1, 1767225600000};
  ConfigStore config_{SimConfig()};
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<CallStep> steps_;
  TimerQueue timers_{&time_};
  CallEngine engine_{&clock_, &timers_, &config_, 1, [this](const SimCall&, CallStep step) {
                       std::lock_guard lock(mutex_);
                       steps_.push_back(step);
                       changed_.notify_all();
                     }};

  void TearDown() override { timers_.Stop(); }
};

TEST_F(EngineTest, LeadsACallThroughItsLifeAtThePlannedInstants) {
  const auto call = engine_.Place({.provider = SimProvider::kRetell, .number = "+14155550001"});
  ASSERT_TRUE(call.has_value());
  engine_.Begin(call->id);
  EXPECT_EQ(Next(), CallStep::kQueued);
  time_.Advance(call->plan.queue_ms);
  EXPECT_EQ(Next(), CallStep::kRinging);
  time_.Advance(call->plan.ring_ms);
  EXPECT_EQ(Next(), CallStep::kAnswered);
  time_.Advance(call->plan.talk_ms);
  EXPECT_EQ(Next(), CallStep::kEnded);
  const Ring ring = engine_.Rings().at(0);
  EXPECT_EQ(*ring.ended_at - ring.at,
            call->plan.queue_ms + call->plan.ring_ms + call->plan.talk_ms);
  EXPECT_EQ(engine_.Active(SimProvider::kRetell), 0);
  time_.Advance(call->plan.report_ms);
  EXPECT_EQ(Next(), CallStep::kReport);
}

TEST_F(EngineTest, DoesNothingBeforeBegin) {
  const auto call = engine_.Place({.provider = SimProvider::kVapi, .number = "+14155550001"});
  time_.Advance(kHourMs);
  EXPECT_EQ(engine_.Find(SimProvider::kVapi, call->id)->phase, CallPhase::kQueued);
}

TEST_F(EngineTest, AHangupBeforeTheAnswerCountsAsNoAnswerAndStopsTheLife) {
  const auto call = engine_.Place({.provider = SimProvider::kVapi, .number = "+14155550001"});
  engine_.Begin(call->id);
  EXPECT_EQ(Next(), CallStep::kQueued);
  EXPECT_TRUE(engine_.Hangup(SimProvider::kVapi, call->id, "manually-canceled"));
  EXPECT_EQ(Next(), CallStep::kEnded);
  EXPECT_EQ(engine_.Rings().at(0).outcome, SimOutcome::kNoAnswer);
  EXPECT_FALSE(engine_.Hangup(SimProvider::kVapi, call->id, "manually-canceled"));
  time_.Advance(kHourMs);
  EXPECT_EQ(Next(), CallStep::kReport);
}

TEST_F(EngineTest, WaitsInTheProvidersQueueBeforeItDials) {
  SimConfig config;
  const auto patch = ParseJson(R"({"faults":{"start_delay_ms":7200000}})");
  ASSERT_TRUE(config_.Patch(*patch).ok());
  const auto call = engine_.Place({.provider = SimProvider::kVapi, .number = "+14155550001"});
  engine_.Begin(call->id);
  EXPECT_EQ(Next(), CallStep::kQueued);
  EXPECT_EQ(engine_.Rings().at(0).at, 1767225600000 + 7200000);
  time_.Advance(7200000 + call->plan.queue_ms);
  EXPECT_EQ(Next(), CallStep::kRinging);
}

TEST_F(EngineTest, FindsACallOnlyUnderItsOwnProvider) {
  const auto call = engine_.Place({.provider = SimProvider::kVapi, .number = "+14155550001"});
  EXPECT_TRUE(engine_.Find(SimProvider::kVapi, call->id).has_value());
  EXPECT_FALSE(engine_.Find(SimProvider::kRetell, call->id).has_value());
}

}  // namespace
}  // namespace leadline
