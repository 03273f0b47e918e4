#include "common/dial/retry.h"

#include <algorithm>

namespace leadline {
namespace {

constexpr TimeMs kBackoffFirstMs = 5 * kSecondMs;
constexpr TimeMs kBackoffCapMs = 15 * kMinuteMs;
constexpr TimeMs kRetryAfterCapMs = kDayMs;

int AttemptsOf(const Lead& lead, int index) {
  return index < 0 ? lead.attempts : lead.contacts[static_cast<size_t>(index)].attempts;
}

bool FailedForGood(const Lead& lead, int index) {
  if (index < 0) return lead.primary_failed;
  return lead.contacts[static_cast<size_t>(index)].status == LeadStatus::kFailed;
}

bool HasTryLeft(const Lead& lead, const Campaign& campaign, int index) {
  const bool has_number =
      !(index < 0 ? lead.phone : lead.contacts[static_cast<size_t>(index)].phone).empty();
  return has_number && !FailedForGood(lead, index) &&
         AttemptsOf(lead, index) < campaign.max_attempts;
}

int LastIndex(const Lead& lead) {
  return static_cast<int>(lead.contacts.size()) - 1;
}

int TotalAttempts(const Lead& lead) {
  int total = 0;
  for (int i = -1; i <= LastIndex(lead); ++i) total += AttemptsOf(lead, i);
  return total;
}

// The lead as it is once the attempt's end is written, as far as the choice of the next contact
// goes.
Lead Settled(const Lead& lead, int dialled, bool refund, bool failed) {
  Lead after = lead;
  if (dialled < 0) {
    after.attempts -= refund ? 1 : 0;
    after.primary_failed |= failed;
    return after;
  }
  Contact& contact = after.contacts[static_cast<size_t>(dialled)];
  contact.attempts -= refund ? 1 : 0;
  if (failed) contact.status = LeadStatus::kFailed;
  return after;
}

struct Context {
  const Campaign& campaign;
  const CallingSettings& settings;
  const AttemptEnd& end;
  TimeMs now;
  const Zones& zones;
};

// Where there is no window at all, the gates hold the lead back with the reason; the due time stays
// a real instant.
TimeMs InWindow(const Context& c, const Lead& lead, const NextContact& next, TimeMs at) {
  const TimeMs moved =
      MoveIntoWindow(lead, next.NumberOf(lead), c.campaign, c.settings, at, c.zones);
  return moved == kNever ? at : moved;
}

TimeMs RetryDelayMs(const Campaign& campaign) {
  return campaign.retry_delay_minutes * kMinuteMs;
}

// What follows an attempt that reached nobody: the next contact, the next round, or the end.
void Continue(const Context& c, Lead after, LeadEvent when_none, bool full_delay,
              LeadChange* change) {
  const NextContact next = NextContactOf(after, c.campaign);
  if (!next.any) {
    change->event = when_none;
    return;
  }
  // Still due itself: it lags behind the round (it was added later), and must not ring again at
  // once.
  const bool same_again = next.index == c.end.contact_index;
  if (next.in_round && !same_again && !full_delay) {
    change->event = LeadEvent::kNextContact;
    change->next_attempt_at =
        InWindow(c, after, next, c.now + c.campaign.contact_gap_seconds * kSecondMs);
    return;
  }
  change->event = LeadEvent::kRoundOver;
  change->round = after.round = RoundForHandChange(after, c.campaign);
  change->next_attempt_at =
      InWindow(c, after, NextContactOf(after, c.campaign), c.now + RetryDelayMs(c.campaign));
}

void PutOff(const Context& c, const Lead& after, LeadChange* change) {
  change->event = TotalAttempts(after) == 0 ? LeadEvent::kRefusedFirst : LeadEvent::kRefusedLater;
  TimeMs wait = BackoffMs(c.end.refusals_in_a_row, c.end.jitter, c.end.retry_after_ms);
  if (c.end.refusals_in_a_row >= kMaxQuickRefusals) {
    wait = std::max(wait, RetryDelayMs(c.campaign));
  }
  change->next_attempt_at = InWindow(c, after, NextContactOf(after, c.campaign), c.now + wait);
}

bool Reached(const Campaign& campaign, const AttemptEnd& end) {
  if (end.goal_reached || end.verdict.outcome == Outcome::kAnswered) return true;
  return end.verdict.outcome == Outcome::kVoicemail &&
         campaign.voicemail == VoicemailRule::kComplete;
}

// A limit or an empty account never let the phone ring, also when the provider took the call first
// and told by its end reason.
bool NeverRang(const AttemptEnd& end) {
  return end.proven_not_rung ||
         (!end.connected && (end.verdict.rate_limited || end.verdict.pause_account));
}

}  // namespace

NextContact NextContactOf(const Lead& lead, const Campaign& campaign) {
  NextContact next;
  for (int i = -1; i <= LastIndex(lead); ++i) {
    if (!HasTryLeft(lead, campaign, i)) continue;
    const bool due = AttemptsOf(lead, i) <= lead.round;
    if (!next.any || due) next = {true, due, i};
    if (due || campaign.contact_order == ContactOrder::kPrimaryFirst) break;
  }
  return next;
}

int RoundForHandChange(const Lead& lead, const Campaign& campaign) {
  const NextContact next = NextContactOf(lead, campaign);
  if (!next.any || next.in_round) return lead.round;
  int fewest = AttemptsOf(lead, next.index);
  if (campaign.contact_order == ContactOrder::kPrimaryFirst) return fewest;
  for (int i = -1; i <= LastIndex(lead); ++i) {
    if (HasTryLeft(lead, campaign, i)) fewest = std::min(fewest, AttemptsOf(lead, i));
  }
  return fewest;
}

LeadChange AfterAttempt(const Lead& lead, const Campaign& campaign, const CallingSettings& settings,
                        const AttemptEnd& end, TimeMs now, const Zones& zones) {
  const Context context{campaign, settings, end, now, zones};
  const Verdict& verdict = end.verdict;
  LeadChange change;
  change.round = lead.round;
  change.pause_campaign = verdict.pause_account || verdict.scope == ErrorScope::kAccount;
  if (Reached(campaign, end)) {
    change.event = LeadEvent::kAnswered;
    change.pause_campaign = false;
    return change;
  }
  const bool permanent = verdict.outcome == Outcome::kPermanentError;
  const bool of_account = permanent && verdict.scope == ErrorScope::kAccount;
  change.refund = NeverRang(end);
  change.contact_failed = permanent && !of_account;
  const Lead after = Settled(lead, end.contact_index, change.refund, change.contact_failed);
  if (of_account) {
    change.event = LeadEvent::kPermanentError;
  } else if (permanent) {
    Continue(context, after, LeadEvent::kPermanentError, false, &change);
  } else if (change.refund) {
    PutOff(context, after, &change);
  } else {
    // Someone may have picked up, or it may have rung unseen: nobody of this lead is called at
    // once.
    const bool full_delay = verdict.outcome == Outcome::kUnknown ||
                            (verdict.outcome == Outcome::kTemporaryError && end.connected);
    Continue(context, after, LeadEvent::kTriesUsedUp, full_delay, &change);
  }
  return change;
}

TimeMs BackoffMs(int n, double jitter, TimeMs retry_after_ms) {
  const TimeMs ceiling = std::min(kBackoffCapMs, kBackoffFirstMs << std::clamp(n, 1, 20));
  const double room = static_cast<double>(ceiling - kBackoffFirstMs);
  const TimeMs spread = kBackoffFirstMs + static_cast<TimeMs>(std::clamp(jitter, 0.0, 1.0) * room);
  return std::max(spread, std::min(retry_after_ms, kRetryAfterCapMs));
}

TimeMs MoveIntoWindow(const Lead& lead, std::string_view number, const Campaign& campaign,
                      const CallingSettings& settings, TimeMs at, const Zones& zones) {
  return NextOpening(
      campaign.schedule,
      ZonesForLead(lead.timezone, number, campaign.schedule, settings.require_known_zone), at,
      zones);
}

}  // namespace leadline
