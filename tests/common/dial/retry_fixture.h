// A lead in mid-call, and the ends that a call can have, for the tests of the retry rules.
#pragma once

#include <string>

#include "common/dial/retry.h"
#include "tests/common/dial/fake_zones.h"

namespace leadline {

struct RetryFixture {
  Lead lead;
  Campaign campaign;
  CallingSettings settings;
  FakeZones zones;
  TimeMs now = At("2026-03-02T12:00:00Z");

  // `numbers` in all: the primary and numbers - 1 secondaries.
  explicit RetryFixture(int numbers = 1, int max_attempts = 3) {
    lead.phone = "+14155550100";
    lead.timezone = "UTC";
    for (int i = 1; i < numbers; ++i) {
      Contact contact;
      contact.phone = "+1415555010" + std::to_string(i);
      lead.contacts.push_back(contact);
    }
    campaign.max_attempts = max_attempts;
    campaign.state = CampaignState::kRunning;
  }

  int& AttemptsOf(int index) {
    return index < 0 ? lead.attempts : lead.contacts[static_cast<size_t>(index)].attempts;
  }

  // What a claim does.
  void Dial(int index) {
    ++AttemptsOf(index);
    lead.status = LeadStatus::kProcessing;
    lead.last_attempt_at = now;
  }

  // Ends the call to `index`, and writes what follows as the store does.
  LeadChange End(int index, AttemptEnd end) {
    end.contact_index = index;
    const LeadChange change = AfterAttempt(lead, campaign, settings, end, now, zones);
    lead.status = TransitionOf(change.event).to;
    lead.round = change.round;
    lead.next_attempt_at = change.next_attempt_at;
    if (change.refund) --AttemptsOf(index);
    if (change.contact_failed && index < 0) lead.primary_failed = true;
    if (change.contact_failed && index >= 0) {
      lead.contacts[static_cast<size_t>(index)].status = LeadStatus::kFailed;
    }
    return change;
  }

  LeadChange DialAndEnd(int index, const AttemptEnd& end) {
    Dial(index);
    return End(index, end);
  }
};

inline AttemptEnd EndOf(Outcome outcome, ErrorScope scope = ErrorScope::kNone) {
  AttemptEnd end;
  end.verdict.outcome = outcome;
  end.verdict.scope = scope;
  return end;
}
inline AttemptEnd Connected(AttemptEnd end) {
  end.connected = true;
  return end;
}
inline AttemptEnd NotRung(AttemptEnd end) {
  end.proven_not_rung = true;
  end.refusals_in_a_row = 1;
  return end;
}
inline const AttemptEnd kNoLuck = EndOf(Outcome::kNoAnswer);

}  // namespace leadline
