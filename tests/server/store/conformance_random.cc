// A random walk over everything that changes leads, held against a model: counters, statuses,
// attempts, and the invariants of dialling. Seeded: a failing seed fails again.
#include <map>
#include <random>

#include "tests/server/store/conformance.h"

namespace leadline {
// What must hold at any instant, whoever did what.
void StoreConformance::ExpectInvariants() {
  std::map<std::pair<CampaignId, LeadStatus>, int64_t> counted, kept;
  std::map<LeadId, Lead> leads;
  Must(store().ForEachLead({}, [&](const Lead& lead) {
    ++counted[{lead.campaign_id, lead.status}];
    leads[lead.id] = lead;
    return true;
  }));
  for (const Store::StatusCount& c : Must(store().CountLeads())) {
    kept[{c.campaign_id, c.status}] = c.leads;
  }
  EXPECT_EQ(kept, counted);

  std::map<LeadId, int> open_of_lead;
  std::map<std::string, int> open_of_number;
  std::map<std::pair<LeadId, int>, int> tries;  // of lead and epoch, not handed back
  std::map<std::pair<CampaignId, Outcome>, int64_t> ended, ended_kept;
  CallQuery query;
  query.limit = 500;
  do {
    const auto page = Must(store().ListCalls(query));
    for (const Call& call : page.items) {
      if (IsOpen(call.state)) {
        ++open_of_lead[call.lead_id];
        ++open_of_number[call.number];
      }
      if (call.state == CallState::kEnded) ++ended[{call.campaign_id, call.outcome}];
      if (call.state != CallState::kRefused) ++tries[{call.lead_id, call.epoch}];
    }
    query.cursor = page.next_cursor;
  } while (!query.cursor.empty());
  for (const auto& [lead, open] : open_of_lead) EXPECT_EQ(open, 1) << "lead " << lead;
  for (const auto& [number, open] : open_of_number) EXPECT_EQ(open, 1) << number;
  for (const Store::OutcomeCount& c : Must(store().CountCalls())) {
    ended_kept[{c.campaign_id, c.outcome}] = c.calls;
  }
  EXPECT_EQ(ended_kept, ended);
  for (const auto& [id, lead] : leads) {
    if (lead.status == LeadStatus::kProcessing) {
      EXPECT_EQ(open_of_lead[id], 1) << "lead " << id;
    }
    int attempts = lead.attempts;
    for (const Contact& contact : lead.contacts) attempts += contact.attempts;
    const int made = tries[{id, lead.epoch}];
    EXPECT_EQ(attempts, made) << "lead " << id;
  }
}

namespace {

TEST_P(StoreConformance, CountersAndInvariantsHoldThroughARandomWalk) {
  std::mt19937 random(20260302);
  const auto chance = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  const CampaignId campaigns[] = {MakeCampaign("A").id, MakeCampaign("B").id};
  std::vector<LeadId> leads;
  std::vector<Call> open;
  int numbers = 0;
  const auto place = [&] {
    for (const DialOrder& order : Claim(1 + chance(5)).orders) {
      open.push_back(order.call);
      if (chance(3) == 0) continue;
      if (chance(4) == 0) {
        Must(store().RecordUnclear(order.call.id, "", now_));
      } else {
        Must(store().RecordAccepted(order.call.id, "provider-" + order.call.attempt_id, now_));
      }
    }
  };
  const auto news = [&] {
    if (open.empty()) return;
    const size_t i = random() % open.size();
    const Call call = open[i];
    switch (chance(6)) {
      case 0:
        Must(store().RecordRefused(call.id, VerdictOf(Outcome::kTemporaryError), "", 0, 0.5, now_));
        break;
      case 1:
        Must(store().GiveUpOnCall(call.id, "", 0.5, now_));
        break;
      case 2:
        Must(store().RecordRefused(
            call.id,
            VerdictOf(Outcome::kPermanentError, ErrorScope::kLead, "number_does_not_exist"), "", 0,
            0.5, now_));
        break;
      default:
        Must(store().ApplyReport(
            Report(call, CallReport::Phase::kEnded, static_cast<Outcome>(chance(6))), 0.5, now_));
    }
    // Now and then one more word comes about a call that is over.
    if (!IsOpen(CallNow(call.id).state) && chance(5) != 0) {
      open.erase(open.begin() + static_cast<std::ptrdiff_t>(i));
    }
  };
  const auto by_hand = [&] {
    if (leads.empty()) return;
    const LeadId id = leads[random() % leads.size()];
    const auto lead = store().GetLead(id);
    if (!lead.ok()) return;
    LeadDraft draft = *lead;
    switch (chance(4)) {
      case 0:
        draft.campaign_id = campaigns[chance(2)];
        draft.name = "Edited " + std::to_string(chance(100));
        (void)store().UpdateLead(id, lead->version, draft, kPerson, now_);
        break;
      case 1:
        (void)store().DeleteLead(id, lead->version, kPerson, now_);
        break;
      default:
        (void)store().SetLeadStatus(id, 0, static_cast<LeadStatus>(chance(7)), chance(3) == 0,
                                    kPerson, now_);
    }
  };
  const auto make = [&] {
    leads.push_back(MakeLead(++numbers, campaigns[chance(2)], [&](LeadDraft* d) {
                      d->contacts.resize(static_cast<size_t>(chance(3)));
                      for (Contact& c : d->contacts) c.phone = PhoneNo(++numbers);
                      if (chance(5) == 0 && numbers > 3) d->phone = PhoneNo(1);
                    }).id);
  };
  for (int step = 0; step < 1500; ++step) {
    now_ += chance(20) == 0 ? 2 * kHourMs : chance(60'000);
    switch (chance(6)) {
      case 0:
        make();
        break;
      case 1:
        by_hand();
        break;
      case 2:
      case 3:
        place();
        break;
      default:
        news();
    }
    for (const CampaignId id : campaigns) {
      if (chance(10) == 0) {
        (void)store().SetCampaignState(id, CampaignState::kRunning, "", now_);
      }
    }
    if (step % 150 == 0) ExpectInvariants();
    if (step == 700) Reopen();
    if (HasFailure()) FAIL() << "step " << step;
  }
  ExpectInvariants();
  EXPECT_GT(attempts_, 200);
}

}  // namespace
}  // namespace leadline
