#include "server/scheduler/scheduler.h"

#include <gmock/gmock.h>

#include "tests/server/scheduler/world.h"

namespace leadline {
namespace {

using Wire = FakeProvider::Wire;

constexpr char kAnn[] = "+14155550101";
constexpr char kBob[] = "+14155550102";
constexpr char kEve[] = "+14155550103";

std::function<Outcome(const std::string&, int)> Always(Outcome o) {
  return [o](const std::string&, int) { return o; };
}

TEST(Scheduler, CallsALeadOnceAndCompletesItWhenAnswered) {
  World w;
  const Campaign c = w.StartCampaign();
  const Lead ann = w.AddLead(c, kAnn);
  w.scheduler->RunOnce(w.clock.NowMs());
  EXPECT_EQ(w.StatusOf(ann), LeadStatus::kProcessing);
  w.RunFor(kDayMs);
  EXPECT_EQ(w.StatusOf(ann), LeadStatus::kCompleted);
  EXPECT_EQ(w.retell.RingsOf(kAnn), 1);
  EXPECT_EQ(w.Get(ann).attempts, 1);
  EXPECT_EQ(w.Get(ann).last_outcome, "answered");
}

TEST(Scheduler, RetriesAfterTheFullDelayUntilTheTriesAreUsedUp) {
  World w;
  const Campaign c = w.StartCampaign([](Campaign* x) {
    x->max_attempts = 3;
    x->retry_delay_minutes = 120;
  });
  w.retell.person = Always(Outcome::kNoAnswer);
  const Lead ann = w.AddLead(c, kAnn);
  w.RunFor(kHourMs);
  EXPECT_EQ(w.StatusOf(ann), LeadStatus::kRescheduled);
  w.RunFor(3 * kDayMs);
  EXPECT_EQ(w.StatusOf(ann), LeadStatus::kMaxRetries);
  ASSERT_EQ(w.retell.RingsOf(kAnn), 3);
  for (size_t i = 1; i < 3; ++i) {
    EXPECT_GE(w.retell.rings()[i].at - w.retell.rings()[i - 1].ended_at, 2 * kHourMs);
  }
}

TEST(Scheduler, TriesSecondaryContactsInOrderWithinTheRound) {
  World w;
  const Campaign c = w.StartCampaign([](Campaign* x) { x->max_attempts = 2; });
  w.retell.person = [](const std::string& number, int) {
    return number == kEve ? Outcome::kAnswered : Outcome::kNoAnswer;
  };
  const Lead lead = w.AddLead(c, kAnn, {kBob, kEve});
  w.RunFor(kDayMs);
  std::vector<std::string> rung;
  for (const Ring& r : w.retell.rings()) rung.push_back(r.number);
  EXPECT_THAT(rung, testing::ElementsAre(kAnn, kBob, kEve));
  EXPECT_EQ(w.StatusOf(lead), LeadStatus::kCompleted);
  for (size_t i = 1; i < 3; ++i) {
    EXPECT_GE(w.retell.rings()[i].at - w.retell.rings()[i - 1].at,
              c.contact_gap_seconds * kSecondMs);
  }
}

TEST(Scheduler, AdoptsACallWhoseAnswerWasLost) {
  World w;
  const Campaign c = w.StartCampaign();
  w.retell.wire = [](const std::string&) { return Wire::kLostAfterPlacing; };
  const Lead ann = w.AddLead(c, kAnn);
  w.RunFor(kDayMs);
  EXPECT_EQ(w.retell.RingsOf(kAnn), 1);
  EXPECT_EQ(w.StatusOf(ann), LeadStatus::kCompleted);
}

TEST(Scheduler, WaitsTheFullDelayAfterACallThatLeftNoTrace) {
  World w;
  const Campaign c = w.StartCampaign();
  bool first = true;
  TimeMs lost_at = 0;
  w.retell.wire = [&](const std::string&) {
    if (!first) return Wire::kAccept;
    first = false;
    lost_at = w.clock.NowMs();
    return Wire::kLostBeforePlacing;
  };
  const Lead ann = w.AddLead(c, kAnn);
  w.RunFor(kDayMs);
  ASSERT_EQ(w.retell.RingsOf(kAnn), 1);
  EXPECT_GE(w.retell.rings()[0].at - lost_at, c.retry_delay_minutes * kMinuteMs);
  EXPECT_EQ(w.Get(ann).attempts, 2) << "an unclear attempt may have rung, so it counts";
}

TEST(Scheduler, StaysUnknownWhileTheProviderCannotBeAsked) {
  World w;
  const Campaign c = w.StartCampaign();
  w.retell.wire = [](const std::string&) { return Wire::kLostAfterPlacing; };
  w.retell.answers_questions = false;
  const Lead ann = w.AddLead(c, kAnn);
  w.RunFor(3 * kDayMs);
  EXPECT_EQ(w.StatusOf(ann), LeadStatus::kProcessing);
  EXPECT_EQ(w.retell.RingsOf(kAnn), 1);
  w.retell.answers_questions = true;
  w.RunFor(kDayMs);
  EXPECT_EQ(w.StatusOf(ann), LeadStatus::kCompleted);
}

TEST(Scheduler, HandsTheAttemptBackWhenTheProviderRefuses) {
  World w;
  const Campaign c = w.StartCampaign();
  int refusals = 0;
  w.retell.wire = [&](const std::string&) {
    return ++refusals <= 3 ? Wire::kRefuse : Wire::kAccept;
  };
  const Lead ann = w.AddLead(c, kAnn);
  w.scheduler->RunOnce(w.clock.NowMs());
  EXPECT_EQ(w.Get(ann).attempts, 0);
  EXPECT_EQ(w.StatusOf(ann), LeadStatus::kCreated);
  EXPECT_GT(w.Get(ann).next_attempt_at, w.clock.NowMs());
  w.RunFor(kDayMs);
  EXPECT_EQ(w.Get(ann).attempts, 1);
  EXPECT_EQ(w.StatusOf(ann), LeadStatus::kCompleted);
}

TEST(Scheduler, AnOutageBurnsNoAttemptsAndEndsInNoHerd) {
  World w;
  const Campaign c = w.StartCampaign([](Campaign* x) { x->concurrency = 500; });
  CallingSettings s = w.store->GetSettings().value();
  s.concurrency = s.retell_concurrency = 500;
  ASSERT_TRUE(w.store->UpdateSettings(s, w.clock.NowMs()).ok());
  for (int i = 0; i < 300; ++i) w.AddLead(c, "+1415555" + std::to_string(1000 + i));
  w.retell.wire = [](const std::string&) { return Wire::kNotSent; };
  w.RunFor(6 * kHourMs);
  EXPECT_LT(w.retell.requests(), 200) << "a provider that is down is not hammered";
  EXPECT_TRUE(w.retell.rings().empty());
  const TimeMs back = w.clock.NowMs();
  w.retell.wire = [](const std::string&) { return Wire::kAccept; };
  w.RunFor(2 * kHourMs);
  EXPECT_EQ(w.retell.rings().size(), 300u);
  const auto in_minute = std::count_if(
      w.retell.rings().begin(), w.retell.rings().end(),
      [&](const Ring& r) { return r.at < std::max(back, w.retell.rings()[0].at) + kMinuteMs; });
  EXPECT_LE(in_minute, 4) << "after an outage the rate starts small";
}

TEST(Scheduler, AnAccountErrorPausesTheCampaignAndBurnsOneLead) {
  World w;
  const Campaign c = w.StartCampaign([](Campaign* x) { x->concurrency = 1; });
  const Lead ann = w.AddLead(c, kAnn);
  const Lead bob = w.AddLead(c, kBob);
  w.retell.refusal = {Outcome::kPermanentError, ErrorScope::kAccount, false, false,
                      "api_key_invalid"};
  w.retell.wire = [](const std::string&) { return Wire::kRefuse; };
  w.RunFor(kDayMs);
  const Campaign now = w.store->GetCampaign(c.id).value();
  EXPECT_EQ(now.state, CampaignState::kPaused);
  EXPECT_EQ(now.pause_reason, "api_key_invalid");
  EXPECT_EQ(w.retell.requests(), 1);
  EXPECT_EQ(w.StatusOf(ann), LeadStatus::kFailed);
  EXPECT_EQ(w.StatusOf(bob), LeadStatus::kCreated);
  w.retell.wire = [](const std::string&) { return Wire::kAccept; };
  EXPECT_EQ(w.store->ResetAccountFailures(c.id, w.clock.NowMs()).value(), 1);
  ASSERT_TRUE(w.store->SetCampaignState(c.id, CampaignState::kRunning, "", w.clock.NowMs()).ok());
  w.RunFor(kDayMs);
  EXPECT_EQ(w.StatusOf(ann), LeadStatus::kCompleted);
  EXPECT_EQ(w.StatusOf(bob), LeadStatus::kCompleted);
}

TEST(Scheduler, NeverRingsOutsideTheWindowOfTheLead) {
  World w;
  const Campaign c = w.StartCampaign([](Campaign* x) {
    x->schedule.timezone = "UTC";
    x->schedule.windows = {{0x1F, 10 * 60, 12 * 60}};
    x->max_attempts = 5;
    x->retry_delay_minutes = 60;
  });
  w.retell.person = Always(Outcome::kNoAnswer);
  for (int i = 0; i < 20; ++i) w.AddLead(c, "+49301234" + std::to_string(5000 + i));
  w.RunFor(14 * kDayMs);
  EXPECT_EQ(w.retell.rings().size(), 100u);
  for (const Ring& r : w.retell.rings()) {
    const auto span = w.zones.SpanAt("Europe/Berlin", r.at);
    const TimeMs local = r.at + span->offset_ms;
    EXPECT_LE(WeekdayFromMs(local), 5);
    EXPECT_GE(local % kDayMs, 10 * kHourMs);
    EXPECT_LT(local % kDayMs, 12 * kHourMs);
  }
}

TEST(Scheduler, ASuppressedNumberIsNeverDialled) {
  World w;
  const Campaign c = w.StartCampaign();
  const Lead ann = w.AddLead(c, kAnn);
  ASSERT_TRUE(w.store->AddSuppression(kAnn, "asked to stop", w.clock.NowMs()).ok());
  w.RunFor(7 * kDayMs);
  EXPECT_TRUE(w.retell.rings().empty());
  EXPECT_NE(w.StatusOf(ann), LeadStatus::kProcessing);
}

TEST(Scheduler, OneNumberInTwoLeadsHasOneCallAtATime) {
  World w;
  const Campaign c = w.StartCampaign();
  const Campaign d = w.StartCampaign();
  w.AddLead(c, kAnn);
  w.AddLead(d, kAnn);
  w.RunFor(kDayMs);
  ASSERT_EQ(w.retell.RingsOf(kAnn), 2);
  EXPECT_GE(w.retell.rings()[1].at, w.retell.rings()[0].ended_at);
}

TEST(Scheduler, ACrashBetweenClaimAndRequestLosesNothingAndRingsNobodyTwice) {
  World w;
  const Campaign c = w.StartCampaign();
  const Lead ann = w.AddLead(c, kAnn);
  ClaimParams claim;
  claim.now = w.clock.NowMs();
  for (ProviderReadiness& p : claim.providers) p.key_present = true;
  claim.new_attempt_id = [&] { return w.random.Uuid(); };
  ASSERT_EQ(w.store->ClaimDue(claim).value().orders.size(), 1u);
  w.Restart();
  EXPECT_EQ(w.StatusOf(ann), LeadStatus::kProcessing);
  const TimeMs crashed_at = w.clock.NowMs();
  w.RunFor(kDayMs);
  ASSERT_EQ(w.retell.RingsOf(kAnn), 1);
  EXPECT_GE(w.retell.rings()[0].at - crashed_at, c.retry_delay_minutes * kMinuteMs);
  EXPECT_EQ(w.StatusOf(ann), LeadStatus::kCompleted);
}

TEST(Scheduler, ACrashAfterTheRequestAdoptsTheCall) {
  World w;
  const Campaign c = w.StartCampaign();
  const Lead ann = w.AddLead(c, kAnn);
  ClaimParams claim;
  claim.now = w.clock.NowMs();
  for (ProviderReadiness& p : claim.providers) p.key_present = true;
  claim.new_attempt_id = [&] { return w.random.Uuid(); };
  const ClaimResult claimed = w.store->ClaimDue(claim).value();
  w.retell.Place(claimed.orders[0]);
  w.Restart();
  w.RunFor(kDayMs);
  EXPECT_EQ(w.retell.RingsOf(kAnn), 1);
  EXPECT_EQ(w.StatusOf(ann), LeadStatus::kCompleted);
  EXPECT_EQ(w.Get(ann).attempts, 1);
}

TEST(Scheduler, AWebhookThatComesBeforeTheAnswerIsMatchedByItsAttempt) {
  World w;
  const Campaign c = w.StartCampaign();
  const Lead ann = w.AddLead(c, kAnn);
  w.retell.wire = [](const std::string&) { return Wire::kLostAfterPlacing; };
  w.scheduler->RunOnce(w.clock.NowMs());
  w.clock.Advance(2 * kMinuteMs);
  w.retell.answers_questions = false;
  ASSERT_TRUE(w.store->StoreWebhook(Provider::kRetell, "ended-0", "0", w.clock.NowMs()).value());
  EXPECT_FALSE(w.store->StoreWebhook(Provider::kRetell, "ended-0", "0", w.clock.NowMs()).value());
  w.scheduler->RunOnce(w.clock.NowMs());
  EXPECT_EQ(w.StatusOf(ann), LeadStatus::kCompleted);
}

TEST(Scheduler, AHandSetStatusStandsWhenTheCallEnds) {
  World w;
  const Campaign c = w.StartCampaign();
  w.retell.person = Always(Outcome::kNoAnswer);
  const Lead ann = w.AddLead(c, kAnn);
  w.scheduler->RunOnce(w.clock.NowMs());
  ASSERT_TRUE(
      w.store->SetLeadStatus(ann.id, 0, LeadStatus::kCompleted, false, "api", w.clock.NowMs())
          .ok());
  w.RunFor(kDayMs);
  EXPECT_EQ(w.StatusOf(ann), LeadStatus::kCompleted);
  CallQuery q;
  q.lead_id = ann.id;
  const auto calls = w.store->ListCalls(q).value();
  ASSERT_EQ(calls.items.size(), 1u);
  EXPECT_EQ(calls.items[0].outcome, Outcome::kNoAnswer);
}

TEST(Scheduler, ACampaignFinishesByItselfWhenNobodyIsLeft) {
  World w;
  const Campaign c = w.StartCampaign();
  w.AddLead(c, kAnn);
  w.RunFor(kDayMs);
  EXPECT_EQ(w.store->GetCampaign(c.id).value().state, CampaignState::kFinished);
}

TEST(Scheduler, APausedCampaignDialsNobodyButItsCallsGoOn) {
  World w;
  const Campaign c = w.StartCampaign([](Campaign* x) { x->concurrency = 1; });
  const Lead ann = w.AddLead(c, kAnn);
  const Lead bob = w.AddLead(c, kBob);
  w.scheduler->RunOnce(w.clock.NowMs());
  ASSERT_TRUE(w.store->SetCampaignState(c.id, CampaignState::kPaused, "", w.clock.NowMs()).ok());
  w.RunFor(kDayMs);
  EXPECT_EQ(w.retell.rings().size(), 1u);
  EXPECT_EQ(w.StatusOf(ann), LeadStatus::kCompleted);
  EXPECT_EQ(w.StatusOf(bob), LeadStatus::kCreated);
}

}  // namespace
}  // namespace leadline
