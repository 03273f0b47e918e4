// Whole campaigns from a seed: real scheduler, real store, real policy, one thread; the provider
// fails in every way it can and the process crashes at random. Afterwards the provider's own ring
// log is held against the store. LEADLINE_SEEDS=n runs more of them; a failing seed is in the
// test's name.
#include <cstdlib>

#include "tests/server/scheduler/world.h"

namespace leadline {
namespace {

using Wire = FakeProvider::Wire;

int Seeds() {
  const char* n = std::getenv("LEADLINE_SEEDS");
  return n == nullptr ? 25 : std::atoi(n);
}

class Simulation : public ::testing::TestWithParam<int> {};

// Thrown out of a create request, as if the machine had lost power there.
struct Crash {};

void InjectFaults(World* w) {
  w->retell.wire = [w](const std::string&) {
    const double dice = w->random.Unit();
    if (dice < 0.05) return Wire::kLostAfterPlacing;
    if (dice < 0.10) return Wire::kLostBeforePlacing;
    if (dice < 0.15) return Wire::kRefuse;
    if (dice < 0.18) return Wire::kNotSent;
    return Wire::kAccept;
  };
  w->retell.person = [w](const std::string&, int) {
    const double dice = w->random.Unit();
    if (dice < 0.3) return Outcome::kAnswered;
    if (dice < 0.6) return Outcome::kNoAnswer;
    if (dice < 0.75) return Outcome::kBusy;
    if (dice < 0.9) return Outcome::kVoicemail;
    return dice < 0.97 ? Outcome::kTemporaryError : Outcome::kPermanentError;
  };
  w->retell.before_place = [w] {
    if (w->random.Unit() < 0.01) throw Crash{};
  };
}

void SendSomeWebhooks(World* w, size_t* sent) {
  for (; *sent < w->retell.rings().size() && w->retell.rings()[*sent].ended_at <= w->clock.NowMs();
       ++*sent) {
    if (w->random.Unit() < 0.3) continue;  // lost; polling has to find it
    const std::string body = std::to_string(*sent);
    for (int copies = w->random.Unit() < 0.2 ? 2 : 1; copies > 0; --copies) {
      ASSERT_TRUE(
          w->store->StoreWebhook(Provider::kRetell, "ended-" + body, body, w->clock.NowMs()).ok());
    }
  }
}

TEST_P(Simulation, HoldsItsPromises) {
  World w(static_cast<uint64_t>(GetParam()));
  const Campaign c = w.StartCampaign([&](Campaign* x) {
    x->max_attempts = 1 + GetParam() % 4;
    x->retry_delay_minutes = 60;
    x->concurrency = 3;
    x->schedule.windows = {{0x7F, 8 * 60, 20 * 60}};
    x->schedule.timezone = "UTC";
    x->contact_order = GetParam() % 2 == 0 ? ContactOrder::kEachRound : ContactOrder::kPrimaryFirst;
  });
  std::vector<Lead> leads;
  for (int i = 0; i < 25; ++i) {
    LeadDraft d;
    d.campaign_id = c.id;
    d.name = "Lead";
    d.email = "a@example.com";
    d.timezone = "UTC";
    d.phone = "+14155551" + std::to_string(100 + i);
    if (i % 3 == 0) {
      Contact contact;
      contact.phone = "+14155552" + std::to_string(100 + i);
      d.contacts.push_back(contact);
    }
    leads.push_back(w.store->CreateLead(d, "test", w.clock.NowMs()).value());
  }
  InjectFaults(&w);
  size_t webhooks_sent = 0;
  int crashes = 0;
  const TimeMs end = World::kStart + 7 * kDayMs;
  while (w.clock.NowMs() < end) {
    try {
      w.RunUntil(w.clock.NowMs() + 2 * kMinuteMs, kMinuteMs);
    } catch (const Crash&) {
      ++crashes;
      w.clock.Advance(30 * kSecondMs);
      w.Restart();
    }
    SendSomeWebhooks(&w, &webhooks_sent);
    if (w.store->GetCampaign(c.id)->state == CampaignState::kFinished) break;
  }
  w.RunFor(kHourMs);

  // One call row per ring, and no number rings twice within the delay or while it is ringing.
  std::map<std::string, TimeMs> last_end;
  for (const Ring& r : w.retell.rings()) {
    if (last_end.count(r.number) != 0) {
      EXPECT_GE(r.at, last_end[r.number] + c.retry_delay_minutes * kMinuteMs) << r.number;
    }
    last_end[r.number] = r.ended_at;
    const TimeMs of_day = r.at % kDayMs;
    EXPECT_TRUE(of_day >= 8 * kHourMs && of_day < 20 * kHourMs) << FormatRfc3339(r.at);
    EXPECT_LE(w.retell.RingsOf(r.number), c.max_attempts);
  }
  // Never more calls at once than the campaign allows.
  for (const Ring& a : w.retell.rings()) {
    int at_once = 0;
    for (const Ring& b : w.retell.rings()) at_once += b.at <= a.at && b.ended_at > a.at ? 1 : 0;
    EXPECT_LE(at_once, c.concurrency);
  }
  // Nothing is stuck and nobody is lost.
  for (const Lead& lead : leads) {
    const Lead now = w.Get(lead);
    EXPECT_TRUE(now.status == LeadStatus::kCompleted || now.status == LeadStatus::kMaxRetries ||
                now.status == LeadStatus::kFailed)
        << NameOf(now.status) << " " << now.phone;
    bool answered = false;
    for (const Ring& r : w.retell.rings()) {
      answered |= r.number == now.phone && r.outcome == Outcome::kAnswered;
    }
    if (answered) {
      EXPECT_EQ(now.status, LeadStatus::kCompleted) << now.phone;
    }
  }
  RecordProperty("crashes", crashes);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Simulation, ::testing::Range(1, Seeds() + 1));

}  // namespace
}  // namespace leadline
