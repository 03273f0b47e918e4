// What the use-cases and the HTTP resources work with, put together by server/main.cc.
#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "server/base/clock.h"
#include "server/base/random.h"
#include "server/provider/provider.h"
#include "server/store/store.h"

namespace leadline {

class Imports;

// Everything is owned by the composition root and outlives the server. All members are thread-safe
// or never change once serving begins.
struct ServerContext {
  Store* store = nullptr;
  const Clock* clock = nullptr;
  const Zones* zones = nullptr;
  Random* random = nullptr;
  Imports* imports = nullptr;
  CallProvider* providers[kProviderCount] = {};  // null: not set up

  // Of the scheduler; each may be empty, as in tools that run without one.
  std::function<ProviderReadiness(Provider)> readiness;
  std::function<void()> wake_scheduler;
  std::function<TimeMs()> last_pass_steady_ms;

  std::string version;
  std::string public_url;  // without a trailing slash; empty: none

  // When a verified webhook last came, on the calling clock; 0: not since the start.
  mutable std::atomic<TimeMs> last_webhook_at[kProviderCount] = {};

  ProviderReadiness ReadinessOf(Provider provider) const;
  void Wake() const {
    if (wake_scheduler) wake_scheduler();
  }
};

}  // namespace leadline
