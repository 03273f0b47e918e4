// Puts the configured faults between an event and its delivery: dropped, doubled, late, out of
// order, badly signed.
#pragma once

#include <cstdint>

#include "server/provider/sim/call_engine.h"
#include "server/provider/sim/sim_config.h"
#include "server/provider/sim/webhook_sender.h"

namespace leadline {

// Thread-safe. Nothing is owned; all must outlive the object.
class WebhookFaults {
 public:
  WebhookFaults(const SimClock* clock, TimerQueue* timers, WebhookSender* sender, uint64_t seed)
      : clock_(clock), timers_(timers), sender_(sender), seed_(seed) {}

  void Send(const SimCall& call, Webhook webhook, const SimConfig& config);

 private:
  const SimClock* clock_;
  TimerQueue* timers_;
  WebhookSender* sender_;
  const uint64_t seed_;
};

}  // namespace leadline
