#include "server/provider/sim/webhook_faults.h"

#include <utility>

#include "server/provider/sim/sim_random.h"

namespace leadline {
namespace {

// Long enough for a whole call to overtake, short enough to watch.
constexpr int64_t kReorderMinMs = 5 * kSecondMs, kReorderMaxMs = 4 * kMinuteMs;

}  // namespace

void WebhookFaults::Send(const SimCall& call, Webhook webhook, const SimConfig& config) {
  const NumberScript* script = ScriptOf(call.number);
  const std::string key = call.draw_key + ":" + webhook.event;
  const auto hit = [&](double rate, const char* fault) {
    return rate > 0 && SimUnit(seed_, key + ":" + fault) < rate;
  };
  if (hit(config.drop_webhooks, "drop") || (script != nullptr && script->drop_webhooks)) return;
  if (webhook.signature == WebhookSignature::kRight) {
    if (hit(config.wrong_signature, "wrong")) webhook.signature = WebhookSignature::kWrong;
    if (hit(config.stale_signature, "stale")) webhook.signature = WebhookSignature::kStale;
  }
  int64_t delay_ms = static_cast<int64_t>(config.delay_webhooks_ms);
  if (hit(config.reorder_webhooks, "reorder")) {
    delay_ms += SimRange(seed_, key + ":late", kReorderMinMs, kReorderMaxMs);
  }
  const bool twice =
      hit(config.duplicate_webhooks, "twice") || (script != nullptr && script->duplicate_webhooks);
  const auto send = [sender = sender_, webhook = std::move(webhook), twice] {
    if (twice) sender->Send(webhook);
    sender->Send(webhook);
  };
  if (delay_ms == 0) return send();
  timers_->At(clock_->DueUs(delay_ms), send);
}

}  // namespace leadline
