#include "common/dial/retry.h"

#include <gtest/gtest.h>

#include "tests/common/dial/retry_fixture.h"

namespace leadline {
namespace {

TEST(AfterAttempt, DoesWhatTheTableSaysForALeadWithOneNumber) {
  const AttemptEnd temporary = EndOf(Outcome::kTemporaryError);
  const struct {
    const char* what;
    AttemptEnd end;
    int tries_before;
    LeadEvent event;
    bool refund, contact_failed, pause;
  } rows[] = {
      {"answered", EndOf(Outcome::kAnswered), 0, LeadEvent::kAnswered, false, false, false},
      {"no answer", kNoLuck, 0, LeadEvent::kRoundOver, false, false, false},
      {"busy", EndOf(Outcome::kBusy), 1, LeadEvent::kRoundOver, false, false, false},
      {"voicemail", EndOf(Outcome::kVoicemail), 0, LeadEvent::kRoundOver, false, false, false},
      {"last no answer", kNoLuck, 2, LeadEvent::kTriesUsedUp, false, false, false},
      {"failed in transit", temporary, 0, LeadEvent::kRoundOver, false, false, false},
      {"last failed in transit", temporary, 2, LeadEvent::kTriesUsedUp, false, false, false},
      {"given up on", EndOf(Outcome::kUnknown), 0, LeadEvent::kRoundOver, false, false, false},
      {"last given up on", EndOf(Outcome::kUnknown), 2, LeadEvent::kTriesUsedUp, false, false,
       false},
      {"refused", NotRung(temporary), 0, LeadEvent::kRefusedFirst, true, false, false},
      {"refused later", NotRung(temporary), 2, LeadEvent::kRefusedLater, true, false, false},
      {"bad number", NotRung(EndOf(Outcome::kPermanentError, ErrorScope::kLead)), 0,
       LeadEvent::kPermanentError, true, true, false},
      {"misdialled", EndOf(Outcome::kPermanentError, ErrorScope::kLead), 1,
       LeadEvent::kPermanentError, false, true, false},
      {"bad key", NotRung(EndOf(Outcome::kPermanentError, ErrorScope::kAccount)), 0,
       LeadEvent::kPermanentError, true, false, true},
      {"caller number gone", EndOf(Outcome::kPermanentError, ErrorScope::kAccount), 2,
       LeadEvent::kPermanentError, false, false, true},
  };
  for (const auto& row : rows) {
    RetryFixture f;
    f.lead.attempts = f.lead.round = row.tries_before;
    const LeadChange change = f.DialAndEnd(-1, row.end);
    EXPECT_EQ(TransitionOf(change.event).name, TransitionOf(row.event).name) << row.what;
    EXPECT_EQ(change.refund, row.refund) << row.what;
    EXPECT_EQ(change.contact_failed, row.contact_failed) << row.what;
    EXPECT_EQ(change.pause_campaign, row.pause) << row.what;
    const bool goes_on = !Contains(
        SetOf(LeadStatus::kCompleted) | SetOf(LeadStatus::kMaxRetries) | SetOf(LeadStatus::kFailed),
        f.lead.status);
    EXPECT_EQ(change.next_attempt_at > f.now, goes_on) << row.what;
  }
}

TEST(AfterAttempt, CompletesOnVoicemailOnlyWhereTheCampaignSaysSo) {
  RetryFixture f;
  f.campaign.voicemail = VoicemailRule::kComplete;
  EXPECT_EQ(f.DialAndEnd(-1, EndOf(Outcome::kVoicemail)).event, LeadEvent::kAnswered);
}

TEST(AfterAttempt, CompletesWhenTheGoalWasReachedWhateverTheEnd) {
  RetryFixture f;
  AttemptEnd end = Connected(EndOf(Outcome::kTemporaryError));
  end.goal_reached = true;
  EXPECT_EQ(f.DialAndEnd(-1, end).event, LeadEvent::kAnswered);
}

TEST(AfterAttempt, WaitsTheRetryDelayAndMovesIntoTheNextWindow) {
  RetryFixture f;
  f.campaign.retry_delay_minutes = 120;
  f.campaign.schedule.windows = {{0b1111111, 9 * 60, 13 * 60}};
  EXPECT_EQ(f.DialAndEnd(-1, kNoLuck).next_attempt_at, At("2026-03-03T09:00:00Z"));
  f.now = At("2026-03-03T09:00:00Z");
  EXPECT_EQ(f.DialAndEnd(-1, kNoLuck).next_attempt_at, At("2026-03-03T11:00:00Z"));
}

TEST(AfterAttempt, KeepsARealInstantWhereThereIsNoWindow) {
  RetryFixture f;
  f.lead.timezone = "Mars/Olympus";
  EXPECT_EQ(f.DialAndEnd(-1, kNoLuck).next_attempt_at, f.now + 120 * kMinuteMs);
}

TEST(AfterAttempt, GoesOnToTheNextContactOfTheRoundAfterTheGap) {
  RetryFixture f(3);
  f.campaign.contact_gap_seconds = 90;
  const LeadChange first = f.DialAndEnd(-1, kNoLuck);
  EXPECT_EQ(first.event, LeadEvent::kNextContact);
  EXPECT_EQ(first.next_attempt_at, f.now + 90 * kSecondMs);
  EXPECT_EQ(NextContactOf(f.lead, f.campaign).index, 0);
  EXPECT_EQ(f.DialAndEnd(0, kNoLuck).event, LeadEvent::kNextContact);
  const LeadChange last = f.DialAndEnd(1, kNoLuck);
  EXPECT_EQ(last.event, LeadEvent::kRoundOver);
  EXPECT_EQ(last.round, 1);
  EXPECT_EQ(NextContactOf(f.lead, f.campaign).index, -1);
  EXPECT_TRUE(NextContactOf(f.lead, f.campaign).in_round);
}

TEST(AfterAttempt, TriesThePrimaryToTheEndFirstWhereTheCampaignSaysSo) {
  RetryFixture f(2, 2);
  f.campaign.contact_order = ContactOrder::kPrimaryFirst;
  EXPECT_EQ(f.DialAndEnd(-1, kNoLuck).event, LeadEvent::kRoundOver);
  EXPECT_EQ(NextContactOf(f.lead, f.campaign).index, -1);
  EXPECT_EQ(f.DialAndEnd(-1, kNoLuck).event, LeadEvent::kNextContact);
  EXPECT_EQ(NextContactOf(f.lead, f.campaign).index, 0);
  EXPECT_EQ(f.DialAndEnd(0, kNoLuck).event, LeadEvent::kRoundOver);
  EXPECT_EQ(f.DialAndEnd(0, kNoLuck).event, LeadEvent::kTriesUsedUp);
}

TEST(AfterAttempt, PassesOverANumberThatFailedForGood) {
  const AttemptEnd bad = NotRung(EndOf(Outcome::kPermanentError, ErrorScope::kLead));
  RetryFixture f(3);
  const LeadChange change = f.DialAndEnd(-1, bad);
  EXPECT_EQ(change.event, LeadEvent::kNextContact);
  EXPECT_TRUE(change.contact_failed);
  EXPECT_EQ(NextContactOf(f.lead, f.campaign).index, 0);
  EXPECT_EQ(f.DialAndEnd(0, bad).event, LeadEvent::kNextContact);
  EXPECT_EQ(f.DialAndEnd(1, bad).event, LeadEvent::kPermanentError);
  EXPECT_FALSE(NextContactOf(f.lead, f.campaign).any);
}

TEST(AfterAttempt, WaitsTheFullDelayWhenSomeoneMayHavePickedUp) {
  for (const AttemptEnd& end :
       {EndOf(Outcome::kUnknown), Connected(EndOf(Outcome::kTemporaryError))}) {
    RetryFixture f(2);
    const LeadChange change = f.DialAndEnd(-1, end);
    EXPECT_EQ(change.event, LeadEvent::kRoundOver);
    EXPECT_EQ(change.next_attempt_at, f.now + f.campaign.retry_delay_minutes * kMinuteMs);
    EXPECT_EQ(NextContactOf(f.lead, f.campaign).index, 0) << "the round goes on with the next one";
  }
}

TEST(AfterAttempt, HandsTheTryBackWhenALimitEndedTheCallAfterItWasTaken) {
  RetryFixture f;
  AttemptEnd end = EndOf(Outcome::kTemporaryError);
  end.verdict.rate_limited = true;
  const LeadChange change = f.DialAndEnd(-1, end);
  EXPECT_EQ(change.event, LeadEvent::kRefusedFirst);
  EXPECT_TRUE(change.refund);
  EXPECT_EQ(f.lead.attempts, 0);
}

TEST(AfterAttempt, PausesTheCampaignWithoutFailingTheLeadWhenTheAccountHasNoFunds) {
  RetryFixture f;
  AttemptEnd end = NotRung(EndOf(Outcome::kTemporaryError));
  end.verdict.pause_account = true;
  const LeadChange change = f.DialAndEnd(-1, end);
  EXPECT_EQ(change.event, LeadEvent::kRefusedFirst);
  EXPECT_TRUE(change.pause_campaign);
  EXPECT_TRUE(change.refund);
}

TEST(AfterAttempt, BacksOffLongerWithEveryRefusalAndInTheEndByTheRetryDelay) {
  RetryFixture f;
  AttemptEnd end = NotRung(EndOf(Outcome::kTemporaryError));
  end.jitter = 0;
  EXPECT_EQ(f.DialAndEnd(-1, end).next_attempt_at, f.now + 5 * kSecondMs);
  end.retry_after_ms = 40 * kSecondMs;
  EXPECT_EQ(f.DialAndEnd(-1, end).next_attempt_at, f.now + 40 * kSecondMs);
  end.refusals_in_a_row = kMaxQuickRefusals;
  const LeadChange late = f.DialAndEnd(-1, end);
  EXPECT_TRUE(late.refund);
  EXPECT_EQ(late.next_attempt_at, f.now + 120 * kMinuteMs);
}

TEST(NextContactOf, CallsAContactThatJoinedLateOnlyOncePerRetryDelay) {
  RetryFixture f(2);
  f.lead.attempts = f.lead.round = 2;  // the secondary is new
  EXPECT_EQ(NextContactOf(f.lead, f.campaign).index, -1);
  EXPECT_EQ(f.DialAndEnd(-1, kNoLuck).event, LeadEvent::kNextContact);
  EXPECT_EQ(NextContactOf(f.lead, f.campaign).index, 0);
  EXPECT_EQ(f.DialAndEnd(0, kNoLuck).event, LeadEvent::kRoundOver);
  EXPECT_EQ(NextContactOf(f.lead, f.campaign).index, 0);
  EXPECT_TRUE(NextContactOf(f.lead, f.campaign).in_round);
}

TEST(NextContactOf, NeedsANewRoundWhenTheOrderChangesInTheMiddleOfOne) {
  RetryFixture f(2);
  f.DialAndEnd(-1, kNoLuck);
  f.campaign.contact_order = ContactOrder::kPrimaryFirst;
  const NextContact next = NextContactOf(f.lead, f.campaign);
  EXPECT_TRUE(next.any);
  EXPECT_EQ(next.index, -1);
  EXPECT_FALSE(next.in_round);
}

TEST(NextContactOf, PassesOverAContactWithoutANumber) {
  RetryFixture f(2);
  f.lead.contacts[0].phone.clear();
  EXPECT_EQ(f.DialAndEnd(-1, kNoLuck).event, LeadEvent::kRoundOver);
}

TEST(RoundForHandChange, MakesTheNextContactDueAtOnce) {
  RetryFixture f(2);
  f.lead.attempts = 2;
  f.lead.contacts[0].attempts = 1;
  f.lead.round = 0;
  EXPECT_FALSE(NextContactOf(f.lead, f.campaign).in_round);
  f.lead.round = RoundForHandChange(f.lead, f.campaign);
  EXPECT_TRUE(NextContactOf(f.lead, f.campaign).in_round);
  f.campaign.max_attempts = 1;
  EXPECT_EQ(RoundForHandChange(f.lead, f.campaign), f.lead.round) << "nothing left to call";
}

TEST(BackoffMs, GrowsFromFiveSecondsToFifteenMinutes) {
  EXPECT_EQ(BackoffMs(1, 0.0, 0), 5 * kSecondMs);
  EXPECT_LT(BackoffMs(1, 0.999, 0), 10 * kSecondMs);
  EXPECT_EQ(BackoffMs(2, 0.5, 0), 12500);
  for (int n = -1; n < 70; ++n) {
    for (const double jitter : {-1.0, 0.0, 0.5, 0.999, 2.0}) {
      EXPECT_GE(BackoffMs(n, jitter, 0), 5 * kSecondMs);
      EXPECT_LE(BackoffMs(n, jitter, 0), 15 * kMinuteMs);
    }
  }
}

TEST(BackoffMs, WaitsAsLongAsTheProviderAsksButNoLongerThanADay) {
  EXPECT_EQ(BackoffMs(1, 0.5, 20 * kMinuteMs), 20 * kMinuteMs);
  EXPECT_EQ(BackoffMs(1, 0.5, 30 * kDayMs), kDayMs);
  EXPECT_EQ(BackoffMs(1, 0.0, -5), 5 * kSecondMs);
}

}  // namespace
}  // namespace leadline
