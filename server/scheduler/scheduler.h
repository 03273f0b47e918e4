// The scheduler: passes that apply what providers reported, ask them about calls without news, and
// place the calls that are due. All policy is elsewhere (gates and retry rules in common/dial,
// transactions in the store); this decides only the order of steps and holds the two rules of the
// dial:
//   1. A call is placed only after its claim is committed, and its request is sent exactly once.
//   2. An unclear answer is never followed by another request; the provider is asked, and the full
//   delay is waited.
// Source: spec 4-6, reliability.md 3, providers.md 7.
#pragma once

#include <functional>
#include <mutex>
#include <set>
#include <vector>

#include "server/base/clock.h"
#include "server/base/random.h"
#include "server/provider/provider.h"
#include "server/scheduler/circuit.h"
#include "server/scheduler/executor.h"
#include "server/store/store.h"

namespace leadline {

// What one pass did, and when the next one can find something to do if nothing changes before.
struct PassResult {
  int webhooks_applied = 0;
  int calls_checked = 0;
  int calls_claimed = 0;
  int leads_promoted = 0;
  TimeMs next_at = 0;  // kNever: only after a change
  bool busy = false;   // a bound was reached: run again at once
};

class Scheduler {
 public:
  struct Parts {
    Store* store = nullptr;
    const Clock* clock = nullptr;
    Random* random = nullptr;
    Executor* executor = nullptr;
    CallProvider* providers[kProviderCount] = {};  // null: not set up
  };
  // The parts must outlive the scheduler and every job of the executor.
  explicit Scheduler(const Parts& parts) : parts_(parts) {}

  // Once, before the first pass: calls that an earlier process claimed and may or may not have
  // placed become unknown.
  Status Recover(TimeMs now);

  // One bounded pass. One thread at a time. Errors of the store are logged and end the pass early;
  // the next one goes on.
  PassResult RunOnce(TimeMs now);

  // Thread-safe.
  ProviderReadiness readiness(Provider provider) const;

 private:
  void ApplyWebhooks(TimeMs now, PassResult* result);
  void ApplyWebhook(const StoredWebhook& webhook, TimeMs now);
  void CheckCalls(TimeMs now, PassResult* result);
  void CheckCall(const Call& call);
  void ClaimAndPlace(TimeMs now, PassResult* result);
  void Place(const DialOrder& order);
  // Tries until the store has taken it: an answer of a provider must not be lost because the disk
  // was busy.
  void Record(std::function<Status()> write);
  void RetryRecords();
  double Jitter() { return parts_.random->Unit(); }
  CallProvider* ProviderOf(Provider p) const { return parts_.providers[static_cast<int>(p)]; }

  const Parts parts_;
  mutable std::mutex mutex_;  // guards everything below
  Circuit circuits_[kProviderCount];
  int placing_[kProviderCount] = {};
  std::set<CallId> checking_;
  std::vector<std::function<Status()>> unrecorded_;
};

}  // namespace leadline
