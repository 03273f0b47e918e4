#include "server/service/webhooks.h"

#include <spdlog/spdlog.h>

namespace leadline {
namespace {

// providers.md 0.10.
constexpr std::string_view kSecretNames[] = {"twilioAuthToken", "twilioApiSecret", "twilioApiKey",
                                             "apiKey",          "authToken",       "x-vapi-secret"};

void RemoveSecrets(Json* value) {
  if (value->is_object()) {
    for (std::string_view secret : kSecretNames) value->erase(std::string(secret));
  }
  if (!value->is_structured()) return;
  for (Json& member : *value) RemoveSecrets(&member);
}

}  // namespace

std::string WithoutSecrets(std::string_view body) {
  bool any = false;
  for (std::string_view secret : kSecretNames) any |= body.find(secret) != std::string_view::npos;
  if (!any) return std::string(body);
  Result<Json> json = ParseJson(body);
  if (!json.ok()) return std::string(body);
  RemoveSecrets(&*json);
  return DumpJson(*json);
}

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
      context.store->StoreWebhook(provider, reading->event_key, WithoutSecrets(body), now);
  if (!stored.ok()) return WebhookResult::kTryAgain;
  if (!*stored) return WebhookResult::kKnown;
  context.Wake();
  return WebhookResult::kStored;
}

}  // namespace leadline
