// The claim: who is dialled, who is not, and that nobody is dialled twice.
#include <atomic>
#include <mutex>
#include <set>
#include <thread>

#include "common/dial/gates.h"
#include "tests/server/store/conformance.h"

namespace leadline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

std::vector<LeadId> LeadsOf(const ClaimResult& result) {
  std::vector<LeadId> leads;
  for (const DialOrder& order : result.orders) leads.push_back(order.lead.id);
  return leads;
}

TEST_P(StoreConformance, AClaimWritesTheCallAndTheLeadTogether) {
  const Campaign campaign = MakeCampaign("One");
  const Lead lead = MakeLead(1, campaign.id);
  const DialOrder order = ClaimOne();
  EXPECT_EQ(order.lead.id, lead.id);
  EXPECT_EQ(order.campaign.id, campaign.id);
  EXPECT_EQ(order.assistant.id, campaign.assistant_id);
  const Call call = CallNow(order.call.id);
  EXPECT_EQ(call.attempt_id, "attempt-1");
  EXPECT_EQ(call.lead_id, lead.id);
  EXPECT_EQ(call.contact_id, 0);
  EXPECT_EQ(call.number, lead.phone);
  EXPECT_EQ(call.lead_name, lead.name);
  EXPECT_EQ(call.attempt_no, 1);
  EXPECT_EQ(call.state, CallState::kDispatching);
  EXPECT_EQ(call.claimed_at, now_);
  const Lead after = LeadNow(lead.id);
  EXPECT_EQ(after.status, LeadStatus::kProcessing);
  EXPECT_EQ(after.attempts, 1);
  EXPECT_EQ(after.last_attempt_at, now_);
  EXPECT_EQ(after.version, lead.version + 1);
  EXPECT_EQ(order.lead.version, after.version);
  EXPECT_THAT(EventsOf(lead.id), ElementsAre("lead_created", "claim"));
}

TEST_P(StoreConformance, AClaimedLeadIsNeverClaimedAgain) {
  const CampaignId id = MakeCampaign("One").id;
  MakeLead(1, id);
  const DialOrder order = ClaimOne();
  EXPECT_THAT(Claim().orders, IsEmpty());
  Reopen();
  now_ += 30 * kDayMs;
  EXPECT_THAT(Claim().orders, IsEmpty());
  EXPECT_EQ(CallNow(order.call.id).state, CallState::kDispatching);
}

TEST_P(StoreConformance, TwoThreadsNeverClaimTheSameLead) {
  const CampaignId id = MakeCampaign("One", [](Campaign* c) { c->concurrency = 500; }).id;
  CallingSettings settings = Must(store().GetSettings());
  settings.concurrency = settings.retell_concurrency = 500;
  Must(store().UpdateSettings(settings, now_));
  constexpr int kLeads = 200;
  for (int n = 0; n < kLeads; ++n) MakeLead(n, id);
  std::atomic<int> attempt{0};
  std::mutex mutex;
  std::multiset<LeadId> claimed;
  const auto claim_all = [&] {
    ClaimParams params = Params(3);
    params.new_attempt_id = [&] { return "a" + std::to_string(++attempt); };
    while (true) {
      const ClaimResult result = Must(store().ClaimDue(params));
      if (result.orders.empty()) return;
      const std::lock_guard<std::mutex> lock(mutex);
      for (const DialOrder& order : result.orders) claimed.insert(order.lead.id);
    }
  };
  std::thread first(claim_all), second(claim_all);
  first.join();
  second.join();
  EXPECT_EQ(claimed.size(), static_cast<size_t>(kLeads));
  EXPECT_EQ(std::set<LeadId>(claimed.begin(), claimed.end()).size(), static_cast<size_t>(kLeads));
  EXPECT_EQ(CountsOf(id), "processing 200");
}

TEST_P(StoreConformance, ASuppressionBeforeTheClaimBlocksAndItsRemovalFrees) {
  const CampaignId id = MakeCampaign("One").id;
  const Lead lead = MakeLead(1, id);
  Must(store().AddSuppression(lead.phone, "asked", now_));
  const ClaimResult blocked = Claim();
  EXPECT_THAT(blocked.orders, IsEmpty());
  EXPECT_EQ(blocked.parked, 1);
  EXPECT_EQ(blocked.next_due_at, kNever);
  EXPECT_EQ(Claim().parked, 0);  // it is not looked at again and again
  EXPECT_EQ(LeadNow(lead.id).version, lead.version);
  Must(store().RemoveSuppression(lead.phone, now_));
  EXPECT_EQ(ClaimOne().lead.id, lead.id);
}

TEST_P(StoreConformance, OnlyRunningCampaignsDial) {
  const Campaign campaign = MakeCampaign("One");
  MakeLead(1, campaign.id);
  Must(store().SetCampaignState(campaign.id, CampaignState::kPaused, "", now_));
  EXPECT_THAT(Claim().orders, IsEmpty());
  Must(store().SetCampaignState(campaign.id, CampaignState::kRunning, "", now_));
  EXPECT_EQ(Claim().orders.size(), 1u);
}

TEST_P(StoreConformance, TheGlobalSwitchStopsEveryDial) {
  MakeLead(1, MakeCampaign("One").id);
  CallingSettings settings = Must(store().GetSettings());
  settings.auto_calling = false;
  settings = Must(store().UpdateSettings(settings, now_));
  const ClaimResult stopped = Claim();
  EXPECT_THAT(stopped.orders, IsEmpty());
  EXPECT_EQ(stopped.parked, 0);
  settings.auto_calling = true;
  Must(store().UpdateSettings(settings, now_));
  EXPECT_EQ(Claim().orders.size(), 1u);
}

TEST_P(StoreConformance, AnOpenCircuitOrAMissingKeyHoldsBackThatProviderAlone) {
  const CampaignId retell = MakeCampaign("Retell").id;
  const AssistantId vapi_assistant = MakeAssistant(Provider::kVapi).id;
  const CampaignId vapi =
      MakeCampaign("Vapi", [&](Campaign* c) { c->assistant_id = vapi_assistant; }).id;
  const Lead one = MakeLead(1, retell);
  const Lead two = MakeLead(2, vapi);
  ClaimParams params = Params();
  params.providers[0].circuit_open_until = now_ + kMinuteMs;
  const ClaimResult result = Must(store().ClaimDue(params));
  EXPECT_THAT(LeadsOf(result), ElementsAre(two.id));
  EXPECT_EQ(result.next_due_at, now_ + kMinuteMs);
  params.providers[0] = {};
  EXPECT_THAT(Must(store().ClaimDue(params)).orders, IsEmpty());
  EXPECT_THAT(LeadsOf(Claim()), ElementsAre(one.id));
}

TEST_P(StoreConformance, AProviderThatIsBeingTriedOutGetsOneCallAPass) {
  const CampaignId a = MakeCampaign("A").id;
  const CampaignId b = MakeCampaign("B").id;
  for (int n = 0; n < 6; ++n) MakeLead(n, n % 2 == 0 ? a : b);
  ClaimParams params = Params();
  params.providers[0].max_new_calls = 1;
  EXPECT_EQ(Must(store().ClaimDue(params)).orders.size(), 1u);
  EXPECT_EQ(Must(store().ClaimDue(params)).orders.size(), 1u);
  params.providers[0].max_new_calls = 0;
  EXPECT_THAT(Must(store().ClaimDue(params)).orders, IsEmpty());
}

TEST_P(StoreConformance, NoMoreCallsThanSlots) {
  const CampaignId id = MakeCampaign("One", [](Campaign* c) { c->concurrency = 3; }).id;
  for (int n = 0; n < 10; ++n) MakeLead(n, id);
  const ClaimResult first = Claim();
  EXPECT_EQ(first.orders.size(), 3u);
  EXPECT_EQ(first.next_due_at, kNever);  // a slot comes free by news, not by time
  EXPECT_THAT(Claim().orders, IsEmpty());
  EndCall(first.orders[0].call, Outcome::kAnswered);
  EXPECT_EQ(Claim().orders.size(), 1u);
}

TEST_P(StoreConformance, TheGlobalAndTheProviderLimitHoldOverCampaigns) {
  CallingSettings settings = Must(store().GetSettings());
  settings.concurrency = 5;
  settings.retell_concurrency = 4;
  Must(store().UpdateSettings(settings, now_));
  const AssistantId vapi = MakeAssistant(Provider::kVapi).id;
  const CampaignId a = MakeCampaign("A").id;
  const CampaignId b = MakeCampaign("B").id;
  const CampaignId c = MakeCampaign("C", [&](Campaign* x) { x->assistant_id = vapi; }).id;
  for (int n = 0; n < 30; ++n) MakeLead(n, n % 3 == 0 ? a : n % 3 == 1 ? b : c);
  int retell = 0, total = 0;
  for (int pass = 0; pass < 3; ++pass) {
    for (const DialOrder& order : Claim().orders) {
      retell += order.call.provider == Provider::kRetell ? 1 : 0;
      ++total;
    }
  }
  EXPECT_EQ(total, 5);
  EXPECT_LE(retell, 4);
}

TEST_P(StoreConformance, StartsPerMinuteAreCapped) {
  const CampaignId id = MakeCampaign("One", [](Campaign* c) { c->starts_per_minute = 2; }).id;
  for (int n = 0; n < 5; ++n) MakeLead(n, id);
  const ClaimResult first = Claim();
  EXPECT_EQ(first.orders.size(), 2u);
  EXPECT_EQ(first.next_due_at, now_ + kMinuteMs);
  now_ += kMinuteMs - 1;
  EXPECT_THAT(Claim().orders, IsEmpty());
  now_ += 1;
  EXPECT_EQ(Claim().orders.size(), 2u);
}

TEST_P(StoreConformance, CampaignsTakeTurns) {
  const CampaignId big = MakeCampaign("Big").id;
  for (int n = 0; n < 10; ++n) MakeLead(n, big);
  const CampaignId small = MakeCampaign("Small").id;
  for (int n = 10; n < 12; ++n) MakeLead(n, small);
  std::vector<CampaignId> order;
  for (const DialOrder& o : Claim(4).orders) order.push_back(o.campaign.id);
  EXPECT_THAT(order, ElementsAre(big, small, big, small));
}

TEST_P(StoreConformance, TheOldestDueLeadComesFirstAndPromisedTriesBeforeFirstOnes) {
  const CampaignId id = MakeCampaign("One", [](Campaign* c) { c->retry_delay_minutes = 60; }).id;
  const Lead retried = MakeLead(1, id);
  EndCall(ClaimOne().call, Outcome::kNoAnswer);
  const Lead first = MakeLead(2, id);
  const Lead second = MakeLead(3, id);
  now_ += kHourMs;
  const ClaimResult result = Claim();
  EXPECT_EQ(result.promoted, 1);
  EXPECT_THAT(LeadsOf(result), ElementsAre(retried.id, first.id, second.id));
}

TEST_P(StoreConformance, OneNumberHasOneOpenCallWhicheverLeadHasIt) {
  const CampaignId id = MakeCampaign("One").id;
  const Lead one = MakeLead(1, id);
  const Lead twin = MakeLead(1, id);
  const DialOrder order = ClaimOne();
  EXPECT_EQ(order.lead.id, one.id);
  const ClaimResult busy = Claim();
  EXPECT_THAT(busy.orders, IsEmpty());
  EXPECT_GT(busy.next_due_at, now_);
  EXPECT_LE(busy.next_due_at, now_ + kMinuteMs);
  EndCall(order.call, Outcome::kAnswered);
  now_ = busy.next_due_at;
  EXPECT_EQ(ClaimOne().lead.id, twin.id);
}

TEST_P(StoreConformance, AHandSetLeadWhoseCallIsOnIsNotDialledOnItsOtherNumber) {
  const CampaignId id = MakeCampaign("One", [](Campaign* c) {
                          c->contact_gap_seconds = 0;
                          c->max_attempts = 1;
                        }).id;
  const Lead lead = MakeLead(1, id, [](LeadDraft* d) {
    d->contacts.resize(1);
    d->contacts[0].phone = PhoneNo(2);
  });
  const DialOrder order = ClaimOne();
  Must(store().SetLeadStatus(lead.id, 0, LeadStatus::kScheduled, false, kPerson, now_));
  EXPECT_THAT(Claim().orders, IsEmpty());
  EndCall(order.call, Outcome::kNoAnswer);
  EXPECT_EQ(LeadNow(lead.id).status, LeadStatus::kScheduled);  // the hand-set status stands
  now_ += kMinuteMs;
  EXPECT_EQ(ClaimOne().call.number, PhoneNo(2));
}

TEST_P(StoreConformance, OutsideItsWindowALeadIsPutOffToTheOpening) {
  const auto from_ten = [](Campaign* c) { c->schedule.windows = {{0x7F, 600, 1080}}; };
  Campaign campaign = MakeCampaign("One", from_ten);
  const Lead lead = MakeLead(1, campaign.id);
  const ClaimResult closed = Claim();
  EXPECT_THAT(closed.orders, IsEmpty());
  EXPECT_EQ(closed.next_due_at, now_ + kHourMs);
  EXPECT_EQ(LeadNow(lead.id).next_attempt_at, now_ + kHourMs);
  // A wider window counts at once.
  campaign.schedule.windows[0].from_minute = 540;
  Must(store().UpdateCampaign(campaign, now_));
  EXPECT_EQ(ClaimOne().lead.id, lead.id);
}

TEST_P(StoreConformance, ALeadWhoseZoneCannotBeReadWaitsUntilItIsMended) {
  const auto by_day = [](Campaign* c) { c->schedule.windows = {{0x7F, 0, 1440}}; };
  const CampaignId id = MakeCampaign("One", by_day).id;
  const Lead lead = MakeLead(1, id, [](LeadDraft* d) { d->timezone = FakeZones::kUnreadable; });
  EXPECT_THAT(Claim().orders, IsEmpty());
  EXPECT_EQ(Claim().parked, 0);
  LeadDraft draft = lead;
  draft.timezone = "Europe/Berlin";
  Must(store().UpdateLead(lead.id, lead.version, draft, kPerson, now_));
  EXPECT_EQ(ClaimOne().lead.id, lead.id);
}

TEST_P(StoreConformance, AnEditFreesALeadThatAGateHeldBack) {
  const CampaignId id = MakeCampaign("One").id;
  Lead lead = MakeLead(1, id);
  Must(store().AddSuppression(lead.phone, "asked", now_));
  EXPECT_EQ(Claim().parked, 1);
  LeadDraft draft = lead;
  draft.phone = PhoneNo(2);
  Must(store().UpdateLead(lead.id, lead.version, draft, kPerson, now_));
  EXPECT_EQ(ClaimOne().call.number, PhoneNo(2));
}

TEST_P(StoreConformance, ACampaignFinishesByItselfWhenNobodyIsLeft) {
  const CampaignId id = MakeCampaign("One", [](Campaign* c) { c->max_attempts = 1; }).id;
  EXPECT_EQ(Claim().finished, 0);  // empty: it waits for its first lead
  MakeLead(1, id);
  const Call call = ClaimOne().call;
  EXPECT_EQ(Claim().finished, 0);  // processing is not over
  EndCall(call, Outcome::kNoAnswer);
  EXPECT_EQ(Claim().finished, 1);
  EXPECT_EQ(Must(store().GetCampaign(id)).state, CampaignState::kFinished);
  EXPECT_EQ(CountsOf(id), "max_retries 1");
}

TEST_P(StoreConformance, ARescheduledLeadKeepsItsCampaignRunning) {
  const CampaignId id = MakeCampaign("One").id;
  MakeLead(1, id);
  EndCall(ClaimOne().call, Outcome::kBusy);
  const ClaimResult result = Claim();
  EXPECT_EQ(result.finished, 0);
  EXPECT_EQ(result.next_due_at, now_ + 120 * kMinuteMs);
}

TEST_P(StoreConformance, TheGatesOfALeadReadTheSameFactsAsTheClaim) {
  const CampaignId id = MakeCampaign("One").id;
  const Lead lead = MakeLead(1, id);
  const ClaimParams params = Params();
  DialFacts facts = Must(store().ReadDialFacts(lead.id, params.providers, now_));
  EXPECT_TRUE(EvaluateGates(facts, zones_).open);
  const Call call = ClaimOne().call;
  facts = Must(store().ReadDialFacts(lead.id, params.providers, now_));
  EXPECT_EQ(facts.open_calls_campaign, 1);
  EXPECT_EQ(facts.open_calls_total, 1);
  EXPECT_EQ(facts.open_calls_to_number, 1);
  EXPECT_EQ(facts.starts_last_minute, 1);
  EXPECT_EQ(facts.oldest_start_last_minute, now_);
  EXPECT_EQ(facts.last_call_at, now_);
  EXPECT_FALSE(EvaluateGates(facts, zones_).open);
  const DialFacts shared = Must(store().ReadCampaignFacts(id, params.providers, now_));
  EXPECT_TRUE(EvaluateCampaignGates(shared, zones_).open);
  EXPECT_EQ(store().ReadDialFacts(99, params.providers, now_).status().code(), Code::kNotFound);
  EXPECT_EQ(store().ReadCampaignFacts(99, params.providers, now_).status().code(), Code::kNotFound);
}

TEST_P(StoreConformance, TriesUsedUpAreRefusedByHandUntilTheyAreCleared) {
  const CampaignId id = MakeCampaign("One", [](Campaign* c) { c->max_attempts = 1; }).id;
  const Lead lead = MakeLead(1, id);
  EndCall(ClaimOne().call, Outcome::kNoAnswer);
  EXPECT_SLUG(store().SetLeadStatus(lead.id, 0, LeadStatus::kCreated, false, kPerson, now_),
              "tries_used_up");
  const Lead cleared =
      Must(store().SetLeadStatus(lead.id, 0, LeadStatus::kCreated, true, kPerson, now_));
  EXPECT_EQ(cleared.attempts, 0);
  EXPECT_EQ(cleared.epoch, 1);
  now_ += kMinuteMs;
  const Call call = ClaimOne().call;
  EXPECT_EQ(call.epoch, 1);
  EXPECT_EQ(call.attempt_no, 1);
}

TEST_P(StoreConformance, WhileACallIsOnItsNumberStays) {
  const CampaignId id = MakeCampaign("One").id;
  MakeLead(1, id);
  const Lead lead = ClaimOne().lead;
  LeadDraft draft = lead;
  draft.phone = PhoneNo(2);
  EXPECT_SLUG(store().UpdateLead(lead.id, lead.version, draft, kPerson, now_), "call_on");
  EXPECT_SLUG(store().DeleteLead(lead.id, lead.version, kPerson, now_), "call_on");
  draft.phone = lead.phone;
  draft.name = "New name";
  EXPECT_EQ(Must(store().UpdateLead(lead.id, lead.version, draft, kPerson, now_)).status,
            LeadStatus::kProcessing);
}

}  // namespace
}  // namespace leadline
