// Whole lives of leads under random outcomes and edits: what must hold whatever happens.
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <vector>

#include "tests/common/dial/retry_fixture.h"

namespace leadline {
namespace {

struct Ending {
  const char* name;
  AttemptEnd end;
  bool rings;
};

std::vector<Ending> AllEndings() {
  AttemptEnd limited = EndOf(Outcome::kTemporaryError);
  limited.verdict.rate_limited = true;
  return {
      {"answered", Connected(EndOf(Outcome::kAnswered)), true},
      {"no answer", kNoLuck, true},
      {"busy", EndOf(Outcome::kBusy), true},
      {"voicemail", Connected(EndOf(Outcome::kVoicemail)), true},
      {"in transit", EndOf(Outcome::kTemporaryError), true},
      {"cut off", Connected(EndOf(Outcome::kTemporaryError)), true},
      {"given up", EndOf(Outcome::kUnknown), true},
      {"refused", NotRung(EndOf(Outcome::kTemporaryError)), false},
      {"limit", limited, false},
      {"bad number", NotRung(EndOf(Outcome::kPermanentError, ErrorScope::kLead)), false},
      {"misdialled", EndOf(Outcome::kPermanentError, ErrorScope::kLead), true},
  };
}

bool IsFinal(LeadStatus s) {
  return s == LeadStatus::kCompleted || s == LeadStatus::kMaxRetries || s == LeadStatus::kFailed;
}

struct Life {
  RetryFixture f;
  std::map<std::string, int> rings;
  std::map<std::string, TimeMs> last_ring;
  int dials = 0;

  // One dial, as the scheduler would do it; false when the life broke a rule.
  void Step(const Ending& ending) {
    f.now = std::max(f.now, f.lead.next_attempt_at);
    if (f.lead.status == LeadStatus::kRescheduled) f.lead.status = LeadStatus::kScheduled;
    const NextContact next = NextContactOf(f.lead, f.campaign);
    ASSERT_TRUE(next.any) << "waiting, but nobody is left to call";
    ASSERT_TRUE(next.in_round) << "due, but not in the round";
    const std::string number(next.NumberOf(f.lead));
    if (ending.rings) {
      const TimeMs delay = f.campaign.retry_delay_minutes * kMinuteMs;
      if (last_ring.count(number) != 0) {
        ASSERT_GE(f.now, last_ring[number] + delay) << number << " rang twice within the delay";
      }
      last_ring[number] = f.now;
      ASSERT_LE(++rings[number], f.campaign.max_attempts) << number;
    }
    f.DialAndEnd(next.index, ending.end);
    ++dials;
  }
};

TEST(RetryProperty, NoNumberRingsTooOftenOrTooSoonAndEveryLifeEnds) {
  const std::vector<Ending> endings = AllEndings();
  std::mt19937 dice(3);
  for (int run = 0; run < 30000; ++run) {
    Life life{RetryFixture(1 + run % 3, 1 + run / 3 % 3), {}, {}, 0};
    if (run / 9 % 2 == 1) life.f.campaign.contact_order = ContactOrder::kPrimaryFirst;
    const unsigned answered_rarely = run % 2 == 0 ? 0 : 1;
    while (!IsFinal(life.f.lead.status)) {
      const size_t pick = answered_rarely + dice() % (endings.size() - answered_rarely);
      life.Step(endings[pick]);
      ASSERT_FALSE(HasFatalFailure()) << "run " << run << ", " << endings[pick].name;
      ASSERT_LT(life.dials, 500) << "run " << run;
    }
  }
}

TEST(RetryProperty, NoLuckAtAllUsesEveryTryOfEveryNumber) {
  for (int numbers = 1; numbers <= 3; ++numbers) {
    for (int tries = 1; tries <= 3; ++tries) {
      for (const ContactOrder order : {ContactOrder::kEachRound, ContactOrder::kPrimaryFirst}) {
        Life life{RetryFixture(numbers, tries), {}, {}, 0};
        life.f.campaign.contact_order = order;
        while (!IsFinal(life.f.lead.status)) life.Step({"no answer", kNoLuck, true});
        EXPECT_EQ(life.dials, numbers * tries);
        EXPECT_EQ(life.f.lead.status, LeadStatus::kMaxRetries);
        EXPECT_EQ(life.rings.size(), static_cast<size_t>(numbers));
      }
    }
  }
}

// Contacts come and go and the order changes while the lead is waiting; only the gate kDue (see
// gates_test.cc) may then delay a number, never let it ring too soon.
TEST(RetryProperty, EditsInBetweenNeverLetANumberRingTwiceWithinTheDelay) {
  const std::vector<Ending> endings = AllEndings();
  std::mt19937 dice(4);
  for (int run = 0; run < 20000; ++run) {
    Life life{RetryFixture(1 + run % 3, 3), {}, {}, 0};
    RetryFixture& f = life.f;
    int made = 10;
    while (!IsFinal(f.lead.status) && life.dials < 60) {
      if (dice() % 3 == 0 && f.lead.contacts.size() < 5) {
        Contact contact;
        contact.phone = "+141555501" + std::to_string(made++);
        const auto where = static_cast<std::ptrdiff_t>(dice() % (f.lead.contacts.size() + 1));
        f.lead.contacts.insert(f.lead.contacts.begin() + where, contact);
      }
      if (dice() % 5 == 0 && !f.lead.contacts.empty()) f.lead.contacts.pop_back();
      if (dice() % 4 == 0) {
        f.campaign.contact_order = static_cast<ContactOrder>(dice() % 2);
      }
      const NextContact next = NextContactOf(f.lead, f.campaign);
      if (!next.any) break;
      if (!next.in_round) {  // what the gate kDue does
        f.now =
            std::max(f.now, f.lead.last_attempt_at + f.campaign.retry_delay_minutes * kMinuteMs);
        f.lead.round = RoundForHandChange(f.lead, f.campaign);
      }
      life.Step(endings[1 + dice() % (endings.size() - 1)]);
      ASSERT_FALSE(HasFatalFailure()) << "run " << run;
    }
  }
}

}  // namespace
}  // namespace leadline
