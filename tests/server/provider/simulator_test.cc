// The adapters against the provider simulator, which is as strict as the providers are.
#include "server/provider/sim/simulator.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "server/provider/provider.h"
#include "tests/server/provider/sample_order.h"

namespace leadline {
namespace {

class SimulatorTest : public testing::TestWithParam<Provider> {
 protected:
  void SetUp() override {
    SimOptions options;
    options.listen = "127.0.0.1:0";
    options.time_scale = 2000;
    auto simulator = Simulator::Start(options);
    ASSERT_TRUE(simulator.ok()) << simulator.status().message();
    simulator_ = std::move(simulator).value();
    ProviderConfig config;
    config.base_url = simulator_->url() + "/" + std::string(NameOf(GetParam()));
    config.api_key = "any";
    config.timeout_ms = 2000;
    provider_ = std::move(MakeProvider(GetParam(), config)).value();
  }

  // An order for the script that the number's last four digits name.
  DialOrder OrderTo(const std::string& last_four) const {
    DialOrder order = SampleOrder(GetParam());
    order.call.number = order.lead.phone = "+1415555" + last_four;
    order.call.attempt_id = "6f9619ff-8b86-4011-b42d-00c04fc9" + last_four;
    return order;
  }

  // Asks until the call is over, as the scheduler does; the last word.
  FindResult FindEnd(const Call& call) {
    FindResult found;
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    do {
      found = provider_->Find(call, 0);
      const bool over =
          found.kind == FindResult::Kind::kFound && found.report.phase == CallReport::Phase::kEnded;
      if (over && (!found.report.connected || !found.report.summary.empty())) return found;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    } while (std::chrono::steady_clock::now() < give_up);
    ADD_FAILURE() << "the call did not end";
    return found;
  }

  std::unique_ptr<Simulator> simulator_;
  std::unique_ptr<CallProvider> provider_;
};
INSTANTIATE_TEST_SUITE_P(Both, SimulatorTest, testing::Values(Provider::kRetell, Provider::kVapi),
                         [](const auto& param_info) {
                           return std::string(NameOf(param_info.param));
                         });

TEST_P(SimulatorTest, EveryScriptedPersonEndsAsTheyShould) {
  const struct {
    const char* last_four;
    Outcome outcome;
  } rows[] = {{"0001", Outcome::kAnswered},       {"0002", Outcome::kNoAnswer},
              {"0003", Outcome::kBusy},           {"0004", Outcome::kVoicemail},
              {"0005", Outcome::kPermanentError}, {"0016", Outcome::kTemporaryError}};
  for (const auto& row : rows) {
    const DialOrder order = OrderTo(row.last_four);
    const PlaceResult placed = provider_->Place(order);
    ASSERT_EQ(placed.kind, PlaceResult::Kind::kAccepted)
        << row.last_four << placed.provider_message;
    Call call = order.call;
    call.provider_call_id = placed.provider_call_id;
    const FindResult end = FindEnd(call);
    EXPECT_EQ(end.report.verdict.outcome, row.outcome) << row.last_four << end.report.reason;
    EXPECT_EQ(end.report.attempt_id, order.call.attempt_id);
    if (row.outcome == Outcome::kAnswered) {
      EXPECT_GT(end.report.duration_ms, 0);
      EXPECT_GT(end.report.cost_microusd, 0);
      EXPECT_FALSE(end.report.transcript.empty());
      EXPECT_FALSE(end.report.recording_url.empty());
    }
  }
}

TEST_P(SimulatorTest, AnUnclearCallIsFoundAgainByItsAttempt) {
  for (const char* last_four : {"0007", "0008", "0013", "0014"}) {
    const DialOrder order = OrderTo(last_four);
    EXPECT_EQ(provider_->Place(order).kind, PlaceResult::Kind::kUnclear) << last_four;
    const FindResult end = FindEnd(order.call);
    EXPECT_EQ(end.kind, FindResult::Kind::kFound) << last_four;
    EXPECT_FALSE(end.report.provider_call_id.empty()) << last_four;
  }
}

TEST_P(SimulatorTest, RefusalsAreUnderstood) {
  const struct {
    const char *last_four, *code;
  } rows[] = {{"0009", "rate_limit_exceeded"},
              {"0010", "rate_limit_exceeded"},
              {"0021", "no_payment"},
              {"0025", "rate_limit_exceeded"}};
  for (const auto& row : rows) {
    const PlaceResult result = provider_->Place(OrderTo(row.last_four));
    EXPECT_EQ(result.kind, PlaceResult::Kind::kRefused) << row.last_four;
    EXPECT_EQ(result.verdict.code, row.code) << row.last_four << result.provider_message;
    EXPECT_EQ(result.retry_after_ms, std::string(row.last_four) == "0010" ? 2000 : 0);
  }
}

TEST_P(SimulatorTest, WrongIdsOfTheAccountAreUnderstood) {
  DialOrder no_agent = OrderTo("0001");
  no_agent.assistant.external_id =
      GetParam() == Provider::kVapi ? "22222222-2222-4222-8222-222222222222" : "agent_unknown";
  EXPECT_EQ(provider_->Place(no_agent).verdict.code, "agent_not_found");
  DialOrder no_number = OrderTo("0001");
  no_number.assistant.phone_number_id = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb";
  no_number.assistant.caller_number = "+14157770000";
  EXPECT_EQ(provider_->Place(no_number).verdict.code, "caller_not_registered");
}

TEST_P(SimulatorTest, AnAttemptThatWasNeverPlacedIsNotThere) {
  EXPECT_EQ(provider_->Find(OrderTo("0001").call, 0).kind, FindResult::Kind::kNotThere);
}

TEST_P(SimulatorTest, TheCatalogNamesWhatCanBeUsed) {
  const auto catalog = provider_->ListCatalog();
  ASSERT_TRUE(catalog.ok()) << catalog.status().message();
  ASSERT_EQ(catalog->agents.size(), 1u);
  ASSERT_EQ(catalog->numbers.size(), 1u);
  const DialOrder order = SampleOrder(GetParam());
  EXPECT_EQ(catalog->agents[0].id, order.assistant.external_id);
  EXPECT_EQ(catalog->numbers[0].id, GetParam() == Provider::kVapi ? order.assistant.phone_number_id
                                                                  : order.assistant.caller_number);
}

TEST_P(SimulatorTest, InlineAssistantsAreAccepted) {
  if (GetParam() == Provider::kRetell) return;  // has none
  DialOrder order = InlineVapiOrder();
  order.call.number = "+14155550001";
  const PlaceResult placed = provider_->Place(order);
  EXPECT_EQ(placed.kind, PlaceResult::Kind::kAccepted) << placed.provider_message;
}

}  // namespace
}  // namespace leadline
