#include "server/service/webhooks.h"

#include <spdlog/spdlog.h>

namespace leadline {

WebhookResult ReceiveWebhook(const ServerContext& context, Provider provider, std::string_view body,
                             const std::function<std::string(const char*)>& header) {
  const CallProvider* adapter = context.providers[static_cast<int>(provider)];
  if (adapter == nullptr || !adapter->VerifyWebhook(body, header, context.clock->RealNowMs())) {
    return WebhookResult::kNotAuthentic;
  }
  const auto reading = adapter->ReadWebhook(body);
  if (!reading.ok()) {
    spdlog::warn("webhook of {}: {}", NameOf(provider), reading.status().message());
    return WebhookResult::kUnreadable;
  }
  const TimeMs now = context.clock->NowMs();
  context.last_webhook_at[static_cast<int>(provider)] = now;
  if (!reading->report.has_value()) return WebhookResult::kKnown;
  const Result<bool> stored =
      context.store->StoreWebhook(provider, reading->event_key, reading->body_to_store, now);
  if (!stored.ok()) return WebhookResult::kTryAgain;
  if (!*stored) return WebhookResult::kKnown;
  context.Wake();
  return WebhookResult::kStored;
}

}  // namespace leadline
