// What becomes of a claimed call, from its answer at the provider to the last late webhook.
#include <algorithm>

#include "tests/server/store/conformance.h"

namespace leadline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Phase = CallReport::Phase;

TEST_P(StoreConformance, AnAnsweredCallCompletesItsLead) {
  const CampaignId id = MakeCampaign("One").id;
  const Lead lead = MakeLead(1, id);
  const Call call = ClaimOne().call;
  now_ += kMinuteMs;
  EndCall(call, Outcome::kAnswered);
  const Call ended = CallNow(call.id);
  EXPECT_EQ(ended.state, CallState::kEnded);
  EXPECT_EQ(ended.outcome, Outcome::kAnswered);
  EXPECT_EQ(ended.ended_at, now_);
  EXPECT_TRUE(ended.connected);
  const Lead after = LeadNow(lead.id);
  EXPECT_EQ(after.status, LeadStatus::kCompleted);
  EXPECT_EQ(after.last_outcome, "answered");
  EXPECT_EQ(after.next_attempt_at, 0);
  EXPECT_THAT(EventsOf(lead.id), ElementsAre("lead_created", "claim", "answered"));
}

TEST_P(StoreConformance, RoundsRunOverContactsThenWaitTheDelayThenEnd) {
  const CampaignId id = MakeCampaign("One", [](Campaign* c) { c->max_attempts = 2; }).id;
  const Lead lead = MakeLead(1, id, [](LeadDraft* d) {
    d->contacts.resize(1);
    d->contacts[0].phone = PhoneNo(2);
  });
  std::vector<std::string> dialled;
  for (int round = 0; round < 2; ++round) {
    for (int contact = 0; contact < 2; ++contact) {
      const Call call = ClaimOne().call;
      dialled.push_back(call.number);
      EXPECT_EQ(call.attempt_no, round + 1);
      EndCall(call, Outcome::kNoAnswer);
      if (contact == 0) {
        EXPECT_EQ(LeadNow(lead.id).status, LeadStatus::kScheduled);
        EXPECT_THAT(Claim().orders, IsEmpty());  // the gap between two calls to one lead
        now_ += kMinuteMs;
      }
    }
    if (round == 0) {
      EXPECT_EQ(LeadNow(lead.id).status, LeadStatus::kRescheduled);
      EXPECT_EQ(LeadNow(lead.id).next_attempt_at, now_ + 120 * kMinuteMs);
      now_ += 120 * kMinuteMs - 1;
      EXPECT_THAT(Claim().orders, IsEmpty());
      now_ += 1;
    }
  }
  EXPECT_THAT(dialled, ElementsAre(PhoneNo(1), PhoneNo(2), PhoneNo(1), PhoneNo(2)));
  EXPECT_EQ(LeadNow(lead.id).status, LeadStatus::kMaxRetries);
}

TEST_P(StoreConformance, TheFirstFinalWordWinsAndLaterOnesOnlyAdd) {
  const CampaignId id = MakeCampaign("One").id;
  const Lead lead = MakeLead(1, id);
  const Call call = ClaimOne().call;
  EndCall(call, Outcome::kNoAnswer);
  const Lead after_first = LeadNow(lead.id);
  CallReport late = Report(call, Phase::kEnded, Outcome::kAnswered);
  late.transcript = "Hello?";
  late.cost_microusd = 120'000;
  EXPECT_EQ(Must(store().ApplyReport(late, 0.5, now_)), ApplyResult::kApplied);
  EXPECT_EQ(Must(store().ApplyReport(late, 0.5, now_)), ApplyResult::kNoChange);
  const Call ended = CallNow(call.id);
  EXPECT_EQ(ended.outcome, Outcome::kNoAnswer);
  EXPECT_EQ(ended.transcript, "Hello?");
  EXPECT_EQ(ended.cost_microusd, 120'000);
  EXPECT_EQ(LeadNow(lead.id).version, after_first.version);
  EXPECT_EQ(LeadNow(lead.id).status, LeadStatus::kRescheduled);
}

TEST_P(StoreConformance, ReportsInAnyOrderLeaveTheSameCallAndLead) {
  const CampaignId id = MakeCampaign("One", [](Campaign* c) { c->concurrency = 500; }).id;
  CallingSettings settings = Must(store().GetSettings());
  settings.concurrency = settings.retell_concurrency = 500;
  Must(store().UpdateSettings(settings, now_));
  std::vector<int> order = {0, 1, 2, 3};
  int n = 0;
  std::vector<Call> calls;
  do {
    MakeLead(++n, id);
    const Call call = ClaimOne().call;
    CallReport details = Report(call, Phase::kDetails);
    details.summary = "Wants a demo";
    details.cost_microusd = 5;
    CallReport ended = Report(call, Phase::kEnded, Outcome::kAnswered);
    ended.transcript = "Hi";
    const CallReport reports[] = {Report(call, Phase::kPlaced), Report(call, Phase::kConnected),
                                  ended, details};
    for (int copy = 0; copy < 2; ++copy) {
      for (const int i : order) Must(store().ApplyReport(reports[i], 0.5, now_));
    }
    Must(store().RecordAccepted(call.id, "provider-" + call.attempt_id, now_));
    calls.push_back(CallNow(call.id));
    EXPECT_EQ(LeadNow(call.lead_id).status, LeadStatus::kCompleted);
    EXPECT_EQ(LeadNow(call.lead_id).version, 3);
  } while (std::next_permutation(order.begin(), order.end()));
  for (const Call& call : calls) {
    EXPECT_EQ(call.state, CallState::kEnded);
    EXPECT_EQ(call.outcome, Outcome::kAnswered);
    EXPECT_EQ(call.provider_call_id, "provider-" + call.attempt_id);
    EXPECT_EQ(call.transcript, "Hi");
    EXPECT_EQ(call.summary, "Wants a demo");
    EXPECT_EQ(call.cost_microusd, 5);
    EXPECT_TRUE(call.connected);
  }
}

TEST_P(StoreConformance, AWebhookBeforeTheAnswerIsMatchedByItsAttempt) {
  MakeLead(1, MakeCampaign("One").id);
  const Call call = ClaimOne().call;
  EXPECT_EQ(Must(store().ApplyReport(Report(call, Phase::kEnded, Outcome::kAnswered), 0.5, now_)),
            ApplyResult::kApplied);
  Must(store().RecordAccepted(call.id, "provider-attempt-1", now_ + 1));
  const Call ended = CallNow(call.id);
  EXPECT_EQ(ended.state, CallState::kEnded);
  EXPECT_EQ(ended.provider_call_id, "provider-attempt-1");
}

TEST_P(StoreConformance, AReportWithoutAttemptIsMatchedByTheProvidersId) {
  MakeLead(1, MakeCampaign("One").id);
  const Call call = ClaimOne().call;
  CallReport report = Report(call, Phase::kEnded, Outcome::kBusy);
  report.attempt_id = "";
  EXPECT_EQ(Must(store().ApplyReport(report, 0.5, now_)), ApplyResult::kUnmatched);
  Must(store().RecordAccepted(call.id, report.provider_call_id, now_));
  report.provider = Provider::kVapi;
  EXPECT_EQ(Must(store().ApplyReport(report, 0.5, now_)), ApplyResult::kUnmatched);
  report.provider = Provider::kRetell;
  EXPECT_EQ(Must(store().ApplyReport(report, 0.5, now_)), ApplyResult::kApplied);
}

TEST_P(StoreConformance, NewsOfAnotherCallWithTheSameAttemptAreLeftAside) {
  MakeLead(1, MakeCampaign("One").id);
  const Call call = ClaimOne().call;
  Must(store().RecordAccepted(call.id, "the-real-one", now_));
  EXPECT_EQ(Must(store().ApplyReport(Report(call, Phase::kEnded, Outcome::kAnswered), 0.5, now_)),
            ApplyResult::kNoChange);
  EXPECT_EQ(CallNow(call.id).state, CallState::kActive);
}

TEST_P(StoreConformance, AHandSetStatusStandsWhateverTheCallBecomes) {
  const CampaignId id = MakeCampaign("One").id;
  const Lead lead = MakeLead(1, id);
  const Call call = ClaimOne().call;
  const Lead set =
      Must(store().SetLeadStatus(lead.id, 0, LeadStatus::kCompleted, false, kPerson, now_));
  EndCall(call, Outcome::kNoAnswer);
  EXPECT_EQ(CallNow(call.id).outcome, Outcome::kNoAnswer);
  EXPECT_EQ(LeadNow(lead.id).status, LeadStatus::kCompleted);
  EXPECT_EQ(LeadNow(lead.id).version, set.version);
}

TEST_P(StoreConformance, ARefusalHandsTheTryBackAndPutsTheLeadOff) {
  const CampaignId id = MakeCampaign("One").id;
  const Lead lead = MakeLead(1, id);
  const Call call = ClaimOne().call;
  Must(store().RecordRefused(call.id,
                             VerdictOf(Outcome::kTemporaryError, ErrorScope::kNone, "server_error"),
                             "503", 0, 0.5, now_));
  EXPECT_EQ(CallNow(call.id).state, CallState::kRefused);
  const Lead after = LeadNow(lead.id);
  EXPECT_EQ(after.status, LeadStatus::kCreated);
  EXPECT_EQ(after.attempts, 0);
  EXPECT_EQ(after.error.code, "server_error");
  EXPECT_EQ(after.error.provider_message, "503");
  EXPECT_GT(after.next_attempt_at, now_);
  EXPECT_LE(after.next_attempt_at, now_ + 15 * kMinuteMs);
  EXPECT_EQ(Claim().next_due_at, after.next_attempt_at);
  // A second word about the same call has no effect.
  Must(store().RecordRefused(call.id, VerdictOf(Outcome::kTemporaryError), "", 0, 0.5, now_));
  EXPECT_EQ(LeadNow(lead.id).version, after.version);
  now_ = after.next_attempt_at;
  EXPECT_EQ(ClaimOne().call.attempt_no, 1);
}

TEST_P(StoreConformance, RefusalsInARowBackOffFurther) {
  MakeLead(1, MakeCampaign("One").id);
  TimeMs last_wait = 0;
  for (int i = 0; i < 5; ++i) {
    const Call call = ClaimOne().call;
    Must(store().RecordRefused(call.id, VerdictOf(Outcome::kTemporaryError), "", 0, 1.0, now_));
    const TimeMs wait = LeadNow(call.lead_id).next_attempt_at - now_;
    EXPECT_GT(wait, last_wait);
    last_wait = wait;
    now_ += wait;
  }
}

TEST_P(StoreConformance, ATryIsHandedBackOnlyOnProof) {
  MakeLead(1, MakeCampaign("One").id);
  const Call call = ClaimOne().call;
  Must(store().RecordUnclear(call.id, "timed out", now_));
  EXPECT_EQ(CallNow(call.id).state, CallState::kUnknown);
  EXPECT_EQ(LeadNow(call.lead_id).attempts, 1);
  Must(store().GiveUpOnCall(call.id, "not at the provider", 0.5, now_));
  EXPECT_EQ(CallNow(call.id).state, CallState::kEnded);
  EXPECT_EQ(CallNow(call.id).outcome, Outcome::kTemporaryError);
  const Lead lead = LeadNow(call.lead_id);
  EXPECT_EQ(lead.attempts, 1);
  EXPECT_EQ(lead.status, LeadStatus::kRescheduled);
  EXPECT_GE(lead.next_attempt_at, now_ + 120 * kMinuteMs);  // the full delay: it may have rung
}

TEST_P(StoreConformance, AnUnknownCallIsNeverDialledAgainFromThere) {
  MakeLead(1, MakeCampaign("One").id);
  const Call call = ClaimOne().call;
  Must(store().RecordUnclear(call.id, "timed out", now_));
  now_ += 30 * kDayMs;
  EXPECT_THAT(Claim().orders, IsEmpty());
  Reopen();
  EXPECT_THAT(Claim().orders, IsEmpty());
  EndCall(call, Outcome::kAnswered);  // adopted when found
  EXPECT_EQ(LeadNow(call.lead_id).status, LeadStatus::kCompleted);
}

TEST_P(StoreConformance, ARefusalOfACallThatIsActiveIsNotBelieved) {
  MakeLead(1, MakeCampaign("One").id);
  const Call call = ClaimOne().call;
  Must(store().ApplyReport(Report(call, Phase::kConnected), 0.5, now_));
  Must(store().RecordRefused(call.id, VerdictOf(Outcome::kTemporaryError), "", 0, 0.5, now_));
  EXPECT_EQ(CallNow(call.id).state, CallState::kActive);
  EXPECT_EQ(LeadNow(call.lead_id).attempts, 1);
  Must(store().RecordUnclear(call.id, "", now_));
  EXPECT_EQ(CallNow(call.id).state, CallState::kActive);
}

TEST_P(StoreConformance, AnAccountErrorFailsOneLeadAndPausesTheCampaignAtOnce) {
  const CampaignId id = MakeCampaign("One", [](Campaign* c) { c->concurrency = 1; }).id;
  const Lead unlucky = MakeLead(1, id);
  const Lead other = MakeLead(2, id);
  const Call call = ClaimOne().call;
  Must(store().RecordRefused(
      call.id, VerdictOf(Outcome::kPermanentError, ErrorScope::kAccount, "api_key_invalid"), "401",
      0, 0.5, now_));
  EXPECT_EQ(LeadNow(unlucky.id).status, LeadStatus::kFailed);
  EXPECT_EQ(LeadNow(other.id).status, LeadStatus::kCreated);
  const Campaign campaign = Must(store().GetCampaign(id));
  EXPECT_EQ(campaign.state, CampaignState::kPaused);
  EXPECT_EQ(campaign.pause_reason, "api_key_invalid");
  EXPECT_THAT(Claim().orders, IsEmpty());
  now_ += kMinuteMs;
  EXPECT_EQ(Must(store().ResetAccountFailures(id, now_)), 1);
  const Lead reset = LeadNow(unlucky.id);
  EXPECT_EQ(reset.status, LeadStatus::kCreated);
  EXPECT_EQ(reset.error.code, "");
  EXPECT_EQ(Must(store().ResetAccountFailures(id, now_)), 0);
  Must(store().SetCampaignState(id, CampaignState::kRunning, "", now_));
  EXPECT_EQ(ClaimOne().lead.id, unlucky.id);
}

TEST_P(StoreConformance, ALeadsOwnPermanentErrorIsNotResetWithTheAccounts) {
  const CampaignId id = MakeCampaign("One").id;
  const Lead lead = MakeLead(1, id);
  const Call call = ClaimOne().call;
  Must(store().RecordRefused(
      call.id, VerdictOf(Outcome::kPermanentError, ErrorScope::kLead, "number_does_not_exist"), "",
      0, 0.5, now_));
  EXPECT_EQ(LeadNow(lead.id).status, LeadStatus::kFailed);
  EXPECT_EQ(Must(store().GetCampaign(id)).state, CampaignState::kRunning);
  EXPECT_EQ(Must(store().ResetAccountFailures(id, now_)), 0);
  // After a fix by hand it is called again.
  LeadDraft draft = LeadNow(lead.id);
  draft.phone = PhoneNo(7);
  Must(store().UpdateLead(lead.id, LeadNow(lead.id).version, draft, kPerson, now_));
  Must(store().SetLeadStatus(lead.id, 0, LeadStatus::kCreated, false, kPerson, now_));
  now_ += kMinuteMs;
  EXPECT_EQ(ClaimOne().call.number, PhoneNo(7));
}

TEST_P(StoreConformance, NoFundsPausesEveryCampaignOfThatProvider) {
  const CampaignId a = MakeCampaign("A").id;
  const CampaignId b = MakeCampaign("B").id;
  const AssistantId vapi = MakeAssistant(Provider::kVapi).id;
  const CampaignId c = MakeCampaign("C", [&](Campaign* x) { x->assistant_id = vapi; }).id;
  MakeLead(1, a);
  const Call call = ClaimOne().call;
  Verdict verdict = VerdictOf(Outcome::kTemporaryError, ErrorScope::kNone, "no_payment");
  verdict.pause_account = true;
  Must(store().RecordRefused(call.id, verdict, "402", 0, 0.5, now_));
  EXPECT_EQ(Must(store().GetCampaign(a)).pause_reason, "no_payment");
  EXPECT_EQ(Must(store().GetCampaign(b)).state, CampaignState::kPaused);
  EXPECT_EQ(Must(store().GetCampaign(c)).state, CampaignState::kRunning);
}

TEST_P(StoreConformance, TheRetryAfterACallThatConnectedWaitsTheFullDelay) {
  const CampaignId id = MakeCampaign("One").id;
  const Lead lead = MakeLead(1, id, [](LeadDraft* d) {
    d->contacts.resize(1);
    d->contacts[0].phone = PhoneNo(2);
  });
  const Call call = ClaimOne().call;
  Must(store().ApplyReport(Report(call, Phase::kConnected), 0.5, now_));
  EndCall(call, Outcome::kTemporaryError);
  EXPECT_EQ(LeadNow(lead.id).status, LeadStatus::kRescheduled);
  EXPECT_GE(LeadNow(lead.id).next_attempt_at, now_ + 120 * kMinuteMs);
}

TEST_P(StoreConformance, OpenCallsAreAskedAboutLessAndLessOften) {
  MakeLead(1, MakeCampaign("One").id);
  const Call call = ClaimOne().call;
  EXPECT_THAT(Must(store().ListCallsToCheck(now_, now_, 10)).calls, IsEmpty());
  // After a restart the same call may have left or not: it is asked about at once.
  EXPECT_EQ(Must(store().ListCallsToCheck(now_, now_ + 1, 10)).calls.size(), 1u);
  Must(store().RecordUnclear(call.id, "", now_));
  TimeMs last_wait = 0;
  for (int i = 0; i < 4; ++i) {
    const auto found = Must(store().ListCallsToCheck(now_, 0, 10));
    EXPECT_THAT(found.calls, IsEmpty());
    EXPECT_GT(found.next_check_at - now_, last_wait);
    last_wait = found.next_check_at - now_;
    now_ = found.next_check_at;
    ASSERT_EQ(Must(store().ListCallsToCheck(now_, 0, 10)).calls.size(), 1u);
    Must(store().RecordChecked(call.id, now_));
    EXPECT_EQ(CallNow(call.id).checks, i + 1);
    EXPECT_EQ(CallNow(call.id).checked_at, now_);
  }
  EndCall(call, Outcome::kNoAnswer);
  EXPECT_EQ(Must(store().ListCallsToCheck(now_ + kDayMs, now_ + kDayMs, 10)).next_check_at, kNever);
}

TEST_P(StoreConformance, CallsAreListedByLeadCampaignAndOutcomeNewestFirst) {
  const CampaignId a = MakeCampaign("A").id;
  const CampaignId b = MakeCampaign("B").id;
  for (int n = 0; n < 7; ++n) MakeLead(n, n % 2 == 0 ? a : b);
  std::vector<CallId> of_a;
  Call open;
  for (const DialOrder& order : Claim().orders) {  // a, b, a, b, a, b, a
    if (order.campaign.id == a) of_a.insert(of_a.begin(), order.call.id);
    open = order.call;
    if (order.lead.phone == PhoneNo(6)) break;
    EndCall(open, order.lead.phone < PhoneNo(2) ? Outcome::kAnswered : Outcome::kNoAnswer);
  }
  CallQuery query;
  query.campaign_id = a;
  query.limit = 2;
  std::vector<CallId> seen;
  do {
    const auto page = Must(store().ListCalls(query));
    EXPECT_EQ(page.total, 4);
    for (const Call& call : page.items) seen.push_back(call.id);
    query.cursor = page.next_cursor;
  } while (!query.cursor.empty());
  EXPECT_EQ(seen, of_a);
  const auto total = [&](CampaignId campaign, LeadId lead, const std::string& outcome) {
    CallQuery q;
    q.campaign_id = campaign;
    q.lead_id = lead;
    q.outcome = outcome;
    const auto page = Must(store().ListCalls(q));
    EXPECT_EQ(page.total, static_cast<int64_t>(page.items.size()));
    return page.total;
  };
  EXPECT_EQ(total(0, 0, ""), 7);
  EXPECT_EQ(total(0, 0, "answered"), 2);
  EXPECT_EQ(total(b, 0, "no_answer"), 2);
  EXPECT_EQ(total(0, 0, "dispatching"), 1);
  EXPECT_EQ(total(0, open.lead_id, ""), 1);
  EXPECT_EQ(total(0, open.lead_id, "answered"), 0);
  EXPECT_EQ(total(0, 0, "nonsense"), 0);
  query.cursor = "12";
  EXPECT_SLUG(store().ListCalls(query), "bad_cursor");
  int64_t counted = 0;
  for (const Store::OutcomeCount& count : Must(store().CountCalls())) counted += count.calls;
  EXPECT_EQ(counted, 6);
}

TEST_P(StoreConformance, AWebhookIsStoredOnceAndAppliedOnce) {
  EXPECT_TRUE(Must(store().StoreWebhook(Provider::kRetell, "ended:1", "{}", now_)));
  EXPECT_FALSE(Must(store().StoreWebhook(Provider::kRetell, "ended:1", "{}", now_)));
  EXPECT_TRUE(Must(store().StoreWebhook(Provider::kVapi, "ended:1", "{\"a\":1}", now_)));
  Reopen();
  const auto pending = Must(store().PendingWebhooks(10));
  ASSERT_EQ(pending.size(), 2u);
  EXPECT_EQ(pending[1].body, "{\"a\":1}");
  for (const StoredWebhook& webhook : pending) {
    Must(store().FinishWebhook(webhook.id, ApplyResult::kApplied, now_));
  }
  EXPECT_THAT(Must(store().PendingWebhooks(10)), IsEmpty());
  EXPECT_FALSE(Must(store().StoreWebhook(Provider::kVapi, "ended:1", "{}", now_)));
}

TEST_P(StoreConformance, AnUnmatchedWebhookComesBackWhenItsCallAppears) {
  MakeLead(1, MakeCampaign("One").id);
  const Call call = ClaimOne().call;
  Must(store().StoreWebhook(Provider::kRetell, "a", R"({"call":{"call_id":"xyz"}})", now_));
  Must(store().StoreWebhook(Provider::kRetell, "b", R"({"call":{"call_id":"stranger"}})", now_));
  for (const StoredWebhook& webhook : Must(store().PendingWebhooks(10))) {
    Must(store().FinishWebhook(webhook.id, ApplyResult::kUnmatched, now_));
  }
  EXPECT_THAT(Must(store().PendingWebhooks(10)), IsEmpty());
  Must(store().RecordAccepted(call.id, "xyz", now_));
  const auto pending = Must(store().PendingWebhooks(10));
  ASSERT_EQ(pending.size(), 1u);
  EXPECT_THAT(pending[0].body, ::testing::HasSubstr("xyz"));
}

TEST_P(StoreConformance, AWebhookThatNoCallClaimsIsGivenUpAfterAWeek) {
  MakeLead(1, MakeCampaign("One").id);
  const Call call = ClaimOne().call;
  Must(store().StoreWebhook(Provider::kRetell, "early", R"({"call":{"call_id":"xyz"}})", now_));
  Must(store().FinishWebhook(Must(store().PendingWebhooks(1)).at(0).id, ApplyResult::kUnmatched,
                             now_));
  now_ += 7 * kDayMs + 1;
  for (int n = 0; n < 100; ++n) {
    Must(store().StoreWebhook(Provider::kVapi, std::to_string(n), "{}", now_));
  }
  Must(store().RecordAccepted(call.id, "xyz", now_));
  EXPECT_EQ(Must(store().PendingWebhooks(500)).size(), 100u);
}

TEST_P(StoreConformance, AnIdThatComesWhileItsWebhookIsBeingAppliedIsNotMissed) {
  MakeLead(1, MakeCampaign("One").id);
  const Call call = ClaimOne().call;
  Must(store().StoreWebhook(Provider::kRetell, "a", R"({"call":{"call_id":"xyz"}})", now_));
  const StoredWebhook webhook = Must(store().PendingWebhooks(10)).at(0);
  Must(store().RecordAccepted(call.id, "xyz", now_));
  Must(store().FinishWebhook(webhook.id, ApplyResult::kUnmatched, now_));
  EXPECT_EQ(Must(store().PendingWebhooks(10)).size(), 1u);
  Must(store().FinishWebhook(webhook.id, ApplyResult::kUnmatched, now_));  // no endless turn
  EXPECT_THAT(Must(store().PendingWebhooks(10)), IsEmpty());
}

}  // namespace
}  // namespace leadline
