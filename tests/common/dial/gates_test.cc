#include "common/dial/gates.h"

#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "tests/common/dial/fake_zones.h"

namespace leadline {
namespace {

const FakeZones kZones;

// Everything open.
DialFacts OpenFacts() {
  DialFacts f;
  f.now = At("2026-03-02T12:00:00Z");  // a Monday
  f.campaign.state = CampaignState::kRunning;
  f.campaign.schedule.windows = {{0b0011111, 9 * 60, 18 * 60}};
  f.has_assistant = true;
  f.assistant.external_id = "agent_1111111111111111";
  f.assistant.caller_number = "+14157774444";
  f.provider_key_present = true;
  f.lead.phone = "+12125551234";
  f.lead.timezone = "UTC";
  return f;
}

TEST(Gates, AreListedInTheOrderInWhichTheyAreChecked) {
  for (size_t i = 0; i < kGateCount; ++i) {
    EXPECT_EQ(static_cast<size_t>(kGates[i].gate), i);
    EXPECT_FALSE(kGates[i].name.empty() || kGates[i].title.empty());
  }
}

TEST(Gates, AreAllOpenForALeadThatMayBeCalled) {
  const GateReport report = EvaluateGates(OpenFacts(), kZones);
  EXPECT_TRUE(report.open);
  EXPECT_EQ(report.first_closed, -1);
  EXPECT_EQ(report.look_again_at, OpenFacts().now);
  for (const GateResult& r : report.gates) {
    EXPECT_TRUE(r.open) << r.reason;
    EXPECT_EQ(r.opens_at, 0);
    EXPECT_FALSE(r.reason.empty());
  }
}

struct ClosedCase {
  const char* what;
  Gate gate;
  std::function<void(DialFacts*)> close;
  const char* reason;  // a part of it
  TimeMs opens_in;     // from now; kNever; 0: not known
};

std::vector<ClosedCase> ClosedCases() {
  return {
      {"switch", Gate::kAutoCalling, [](DialFacts* f) { f->settings.auto_calling = false; },
       "switched off in Settings", kNever},
      {"draft", Gate::kCampaignRunning,
       [](DialFacts* f) { f->campaign.state = CampaignState::kDraft; }, "not been started", kNever},
      {"paused", Gate::kCampaignRunning,
       [](DialFacts* f) { f->campaign.state = CampaignState::kPaused; }, "is paused", kNever},
      {"paused itself", Gate::kCampaignRunning,
       [](DialFacts* f) {
         f->campaign.state = CampaignState::kPaused;
         f->campaign.pause_reason = "api_key_invalid";
       },
       "paused itself: API key is invalid or missing", kNever},
      {"finished", Gate::kCampaignRunning,
       [](DialFacts* f) { f->campaign.state = CampaignState::kFinished; }, "is finished", kNever},
      {"no assistant", Gate::kAssistantReady, [](DialFacts* f) { f->has_assistant = false; },
       "No assistant", kNever},
      {"half an assistant", Gate::kAssistantReady,
       [](DialFacts* f) { f->assistant.caller_number.clear(); }, "no number to call from", kNever},
      {"no key", Gate::kProviderKey, [](DialFacts* f) { f->provider_key_present = false; },
       "RETELL_API_KEY", kNever},
      {"circuit", Gate::kProviderCircuit,
       [](DialFacts* f) { f->circuit_open_until = f->now + 90 * kSecondMs; }, "90 s",
       90 * kSecondMs},
      {"import", Gate::kLeadWaiting, [](DialFacts* f) { f->import_committed = false; },
       "not committed", kNever},
      {"on a call", Gate::kLeadWaiting,
       [](DialFacts* f) { f->lead.status = LeadStatus::kProcessing; }, "A call is on", 0},
      {"retry delay", Gate::kLeadWaiting,
       [](DialFacts* f) {
         f->lead.status = LeadStatus::kRescheduled;
         f->lead.next_attempt_at = f->now + 65 * kMinuteMs;
       },
       "1 h 5 min", 65 * kMinuteMs},
      {"completed", Gate::kLeadWaiting,
       [](DialFacts* f) { f->lead.status = LeadStatus::kCompleted; }, "Completed", kNever},
      {"bad number", Gate::kNumberDialable, [](DialFacts* f) { f->lead.phone = "+1911"; }, "+1911",
       kNever},
      {"suppressed", Gate::kNotSuppressed, [](DialFacts* f) { f->suppressed = true; },
       "do-not-call", kNever},
      {"tries", Gate::kTriesLeft, [](DialFacts* f) { f->lead.attempts = 3; }, "All 3 tries",
       kNever},
      {"not due", Gate::kDue,
       [](DialFacts* f) { f->lead.next_attempt_at = f->now + 3 * kMinuteMs; }, "3 min",
       3 * kMinuteMs},
      {"dialled in this round already", Gate::kDue,
       [](DialFacts* f) {
         f->lead.attempts = 1;
         f->lead.last_attempt_at = f->now - 60 * kMinuteMs;
       },
       "due in 1 h.", 60 * kMinuteMs},
      {"gap", Gate::kGapPassed, [](DialFacts* f) { f->last_call_at = f->now - 15 * kSecondMs; },
       "45 s more", 45 * kSecondMs},
      {"window", Gate::kWindowOpen, [](DialFacts* f) { f->lead.timezone = "Fixed/+6"; },
       "Fixed/+6, where it is Mon 18:00", 15 * kHourMs},
      {"no zone", Gate::kWindowOpen, [](DialFacts* f) { f->lead.timezone = "Mars/Olympus"; },
       "cannot be read: Mars/Olympus", kNever},
      {"no window", Gate::kWindowOpen,
       [](DialFacts* f) { f->campaign.schedule.windows[0].days = 0; }, "never opens", kNever},
      {"number in use", Gate::kNumberFree, [](DialFacts* f) { f->open_calls_to_number = 1; },
       "+12125551234", 0},
      {"campaign full", Gate::kSlotFree, [](DialFacts* f) { f->open_calls_campaign = 5; },
       "All 5 call slots of the campaign", 0},
      {"provider full", Gate::kSlotFree, [](DialFacts* f) { f->open_calls_provider = 20; },
       "All 20 call slots of Retell", 0},
      {"all full", Gate::kSlotFree,
       [](DialFacts* f) {
         f->settings.concurrency = 7;
         f->open_calls_total = 7;
       },
       "All 7 call slots of the installation", 0},
      {"too fast", Gate::kSlotFree,
       [](DialFacts* f) {
         f->campaign.starts_per_minute = 4;
         f->starts_last_minute = 4;
         f->oldest_start_last_minute = f->now - 50 * kSecondMs;
       },
       "at most 4 calls a minute; the next in 10 s", 10 * kSecondMs},
  };
}

TEST(Gates, CloseOneByOneWithTheReasonAndTheInstantOfOpening) {
  for (const ClosedCase& c : ClosedCases()) {
    DialFacts facts = OpenFacts();
    c.close(&facts);
    const GateReport report = EvaluateGates(facts, kZones);
    EXPECT_FALSE(report.open) << c.what;
    const GateResult& gate = report.gates[static_cast<size_t>(c.gate)];
    EXPECT_FALSE(gate.open) << c.what;
    EXPECT_NE(gate.reason.find(c.reason), std::string::npos) << c.what << ": " << gate.reason;
    const TimeMs at = c.opens_in == 0 || c.opens_in == kNever ? c.opens_in : facts.now + c.opens_in;
    EXPECT_EQ(gate.opens_at, at) << c.what;
    EXPECT_LE(report.first_closed, static_cast<int>(c.gate)) << c.what;
    if (c.opens_in == kNever) {
      EXPECT_EQ(report.look_again_at, kNever) << c.what;
    }
  }
}

TEST(Gates, EachHasACase) {
  std::vector<bool> seen(kGateCount);
  for (const ClosedCase& c : ClosedCases()) seen[static_cast<size_t>(c.gate)] = true;
  for (size_t i = 0; i < kGateCount; ++i) EXPECT_TRUE(seen[i]) << kGates[i].name;
}

TEST(Gates, LookAgainWhenTheLastOneOpensAndTheWindowIsOpenThen) {
  DialFacts f = OpenFacts();
  f.last_call_at = f.now - 15 * kSecondMs;
  f.lead.next_attempt_at = f.now + 2 * kHourMs;
  EXPECT_EQ(EvaluateGates(f, kZones).look_again_at, f.now + 2 * kHourMs);
  f.lead.next_attempt_at = f.now + 7 * kHourMs;  // 19:00, after closing
  EXPECT_EQ(EvaluateGates(f, kZones).look_again_at, At("2026-03-03T09:00:00Z"));
}

TEST(Gates, JudgeTheNumberThatIsNextNotThePrimary) {
  DialFacts f = OpenFacts();
  f.lead.primary_failed = true;
  f.lead.contacts.resize(1);
  f.lead.contacts[0].phone = "+1911";
  const GateReport report = EvaluateGates(f, kZones);
  EXPECT_EQ(report.first_closed, static_cast<int>(Gate::kNumberDialable));
}

TEST(Gates, HoldBackALeadWithoutAKnownZoneWhenTheSettingSaysSo) {
  DialFacts f = OpenFacts();
  f.lead.timezone.clear();
  f.lead.phone = "not a number";
  f.settings.require_known_zone = true;
  const GateResult window = EvaluateGates(f, kZones).gates[static_cast<size_t>(Gate::kWindowOpen)];
  EXPECT_FALSE(window.open);
  EXPECT_EQ(window.opens_at, kNever);
}

TEST(CampaignGates, LeaveOutWhatDependsOnTheLead) {
  DialFacts f = OpenFacts();
  f.lead = Lead();
  f.import_committed = false;
  EXPECT_TRUE(EvaluateCampaignGates(f, kZones).open);
  f.circuit_open_until = f.now + 1;
  const GateReport report = EvaluateCampaignGates(f, kZones);
  EXPECT_EQ(report.first_closed, static_cast<int>(Gate::kProviderCircuit));
  EXPECT_EQ(report.look_again_at, f.now + 1);
}

TEST(WhatAssistantLacks, NamesTheFirstThingThatIsMissing) {
  Assistant a;
  EXPECT_NE(WhatAssistantLacks(a).find("Retell agent"), std::string::npos);
  a.external_id = "agent_1";
  EXPECT_NE(WhatAssistantLacks(a).find("number to call from"), std::string::npos);
  a.caller_number = "4157774444";
  EXPECT_NE(WhatAssistantLacks(a).find("international form"), std::string::npos);
  a.caller_number = "+14157774444";
  EXPECT_EQ(WhatAssistantLacks(a), "");
  a = Assistant();
  a.provider = Provider::kVapi;
  EXPECT_NE(WhatAssistantLacks(a).find("phone number id"), std::string::npos);
  a.phone_number_id = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
  EXPECT_NE(WhatAssistantLacks(a).find("first message"), std::string::npos);
  a.first_message = "Hi {{name}}";
  EXPECT_EQ(WhatAssistantLacks(a), "");
}

}  // namespace
}  // namespace leadline
