// A store on disk, a fake provider, a fake clock and a scheduler: weeks of calling in milliseconds.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>

#include "server/base/random.h"
#include "server/base/zones.h"
#include "server/scheduler/scheduler.h"
#include "server/store/sqlite/sqlite_store.h"
#include "tests/support/fake_provider.h"
#include "tests/support/temp_folder.h"

namespace leadline {

class World {
 public:
  static constexpr TimeMs kStart = 1772442000000;  // Monday 2026-03-02T09:00:00Z

  explicit World(uint64_t seed = 1)
      : clock(kStart),
        random(seed),
        retell(Provider::kRetell, &clock),
        vapi(Provider::kVapi, &clock) {
    Open();
    Assistant a;
    a.name = "Anna";
    a.provider = Provider::kRetell;
    a.external_id = "agent_1111111111111111";
    a.caller_number = "+14157774444";
    assistant = store->CreateAssistant(a, kStart).value();
  }

  // As after a crash: everything in memory is gone, the file and the outside world stay.
  void Restart() {
    scheduler.reset();
    store.reset();
    Open();
  }

  Campaign StartCampaign(const std::function<void(Campaign*)>& change = [](Campaign*) {}) {
    Campaign c;
    c.name = "Spring " + std::to_string(++campaigns_);
    c.assistant_id = assistant.id;
    c.concurrency = 50;
    change(&c);
    const Campaign created = store->CreateCampaign(c, clock.NowMs()).value();
    return store->SetCampaignState(created.id, CampaignState::kRunning, "", clock.NowMs()).value();
  }

  Lead AddLead(const Campaign& c, const std::string& phone,
               const std::vector<std::string>& more = {}) {
    LeadDraft d;
    d.campaign_id = c.id;
    d.name = "Lead " + phone;
    d.email = "lead@example.com";
    d.phone = phone;
    for (const std::string& number : more) {
      Contact contact;
      contact.phone = number;
      d.contacts.push_back(contact);
    }
    auto lead = store->CreateLead(d, "test", clock.NowMs());
    EXPECT_TRUE(lead.ok()) << lead.status().slug() << " " << lead.status().message();
    return *lead;
  }

  // Runs passes until `until`, moving the clock to whatever is next, at least a second and at most
  // `step` at a time.
  void RunUntil(TimeMs until, TimeMs step = kMinuteMs) {
    while (true) {
      PassResult pass = scheduler->RunOnce(clock.NowMs());
      for (int i = 0; i < 100 && pass.busy; ++i) pass = scheduler->RunOnce(clock.NowMs());
      if (clock.NowMs() >= until) return;
      const TimeMs next = std::clamp(pass.next_at, clock.NowMs() + kSecondMs, clock.NowMs() + step);
      clock.Set(std::min(next, until));
    }
  }
  void RunFor(TimeMs ms) { RunUntil(clock.NowMs() + ms); }

  Lead Get(const Lead& lead) { return store->GetLead(lead.id).value(); }
  LeadStatus StatusOf(const Lead& lead) { return Get(lead).status; }

  FakeClock clock;
  SeededRandom random;
  SystemZones zones;
  FakeProvider retell;
  FakeProvider vapi;
  InlineExecutor executor;
  TempFolder folder;
  std::unique_ptr<Store> store;
  std::unique_ptr<Scheduler> scheduler;
  Assistant assistant;

 private:
  void Open() {
    SqliteOptions options;
    options.folder = folder.path();
    options.zones = &zones;
    auto opened = OpenSqliteStore(options);
    ASSERT_TRUE(opened.ok()) << opened.status().message();
    store = std::move(*opened);
    Scheduler::Parts parts;
    parts.store = store.get();
    parts.clock = &clock;
    parts.random = &random;
    parts.executor = &executor;
    parts.providers[static_cast<int>(Provider::kRetell)] = &retell;
    parts.providers[static_cast<int>(Provider::kVapi)] = &vapi;
    scheduler = std::make_unique<Scheduler>(parts);
    ASSERT_TRUE(scheduler->Recover(clock.NowMs()).ok());
  }

  int campaigns_ = 0;
};

}  // namespace leadline
