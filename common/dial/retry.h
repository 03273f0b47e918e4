// Who is dialled next, and what an outcome does to a lead. Source: spec 4, 5, 6 (F28-F36, D6, D15,
// D16). Pure; thread-safe.
#pragma once

#include <string>

#include "common/dial/campaign.h"
#include "common/dial/outcome.h"
#include "common/dial/window.h"
#include "common/lead/lead.h"

namespace leadline {

// The contact that is next in the lead's current round: -1 the primary, 0.. an index into
// lead.contacts.
//
// A contact is due in round r (lead.round) while it has been dialled at most r times, so a number
// that was dialled is not due again before the round is over, whatever is edited in between.
struct NextContact {
  bool any = false;       // false: no dialable contact has a try left
  bool in_round = false;  // false: the round is over; the retry delay has to pass before `index`
  int index = -1;
  std::string_view NumberOf(const Lead& lead) const {
    return index < 0 ? std::string_view(lead.phone)
                     : std::string_view(lead.contacts[static_cast<size_t>(index)].phone);
  }
};
// Numbers that failed for good (lead.primary_failed, contact status kFailed) are passed over.
NextContact NextContactOf(const Lead& lead, const Campaign& campaign);

// The lead.round with which its next contact is due at once. For a person's "created" and
// "scheduled" (F49): without it the gate kDue stays closed until the retry delay since the last
// call is over.
int RoundForHandChange(const Lead& lead, const Campaign& campaign);

// What one finished attempt does to the lead. The caller (the store, in its transaction) writes it
// all at once.
struct LeadChange {
  LeadEvent event = LeadEvent::kRoundOver;
  TimeMs next_attempt_at = 0;   // 0 when nothing follows
  int round = 0;                // the lead's, afterwards
  bool contact_failed = false;  // the dialled contact is marked failed
  bool refund = false;          // the dialled contact's attempt is handed back; the call is refused
  bool pause_campaign = false;  // an account error: nobody else may be burnt by it
};

struct AttemptEnd {
  Verdict verdict;               // outcome kUnknown: given up on; it may have rung, so the full
                                 // retry delay follows and nothing is handed back
  bool connected = false;        // someone or something picked up
  bool proven_not_rung = false;  // a definite refusal, or no byte left us: the try is handed back
  bool goal_reached = false;
  int contact_index = -1;     // dialled contact: -1 primary
  TimeMs retry_after_ms = 0;  // the provider's wish, 0: none
  int refusals_in_a_row = 0;  // of this lead, this one included; from kMaxQuickRefusals on the
                              // retry delay is the least wait
  double jitter = 0.5;        // uniform in [0, 1), injected
};
inline constexpr int kMaxQuickRefusals = 10;
// `lead` is as it stands with the attempt counted. REQUIRES lead.status == kProcessing.
LeadChange AfterAttempt(const Lead& lead, const Campaign& campaign, const CallingSettings& settings,
                        const AttemptEnd& end, TimeMs now, const Zones& zones);

// Uniform between 5 s and 5 s * 2^n, at most 15 min; Retry-After wins when longer (up to a day). n
// counts from 1.
TimeMs BackoffMs(int n, double jitter, TimeMs retry_after_ms);

// `at`, moved to the first instant >= at inside the lead's window; kNever when there is none.
TimeMs MoveIntoWindow(const Lead& lead, std::string_view number, const Campaign& campaign,
                      const CallingSettings& settings, TimeMs at, const Zones& zones);

}  // namespace leadline
