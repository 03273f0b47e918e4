// /api/v1/providers, and the webhooks that providers send.
#include "common/api/envelope.h"
#include "server/http/errors.h"
#include "server/http/exchange.h"
#include "server/http/handlers.h"
#include "server/service/webhooks.h"

namespace leadline {
namespace {

Json CatalogItems(const std::vector<CatalogItem>& items) {
  Json list = Json::array();
  for (const CatalogItem& item : items) {
    list.push_back({{"id", item.id}, {"name", item.name}, {"note", item.note}});
  }
  return list;
}

Json ProviderJson(const ServerContext& context, int i) {
  const auto provider = static_cast<Provider>(i);
  const std::string name(NameOf(provider));
  const std::string path = "/webhooks/" + name;
  const ProviderReadiness readiness = context.ReadinessOf(provider);
  const bool held = readiness.circuit_open_until > context.clock->NowMs();
  return {
      {"name", name},
      {"key_present", readiness.key_present},
      {"webhook_path", path},
      {"webhook_url", context.public_url.empty() ? Json(nullptr) : Json(context.public_url + path)},
      {"last_webhook_at", TimeJson(context.last_webhook_at[i])},
      {"held_until", held ? TimeJson(readiness.circuit_open_until) : Json(nullptr)}};
}

// Wrong signatures get 401; Status has no such code, since nobody else answers so.
Status AnswerWebhook(Exchange& x, Provider provider) {
  const RequestHead& head = x.head;
  const WebhookResult result =
      ReceiveWebhook(x.context, provider, x.body,
                     [&head](const char* name) { return std::string(head.Get(name)); });
  switch (result) {
    case WebhookResult::kStored:
    case WebhookResult::kKnown:
      return x.AnswerNothing();
    case WebhookResult::kNotAuthentic:
      WriteProblem(HeadError{401, "bad_signature", "The webhook is not signed as it should be."},
                   "", &x.response);
      return {};
    case WebhookResult::kUnreadable:
      WriteProblem(HeadError{400, "unreadable_webhook", "The webhook cannot be read."}, "",
                   &x.response);
      return {};
    case WebhookResult::kTryAgain:
      break;
  }
  return Unavailable("store_busy", "Send it again in a moment.");
}

}  // namespace

Status ListProviders(Exchange& x) {
  Json items = Json::array();
  for (int i = 0; i < kProviderCount; ++i) items.push_back(ProviderJson(x.context, i));
  return x.Answer(PageJson(std::move(items), "", kProviderCount));
}

Status GetCatalog(Exchange& x) {
  for (int i = 0; i < kProviderCount; ++i) {
    if (x.args[0] != kProviderNames[i] || x.context.providers[i] == nullptr) continue;
    const Result<Catalog> catalog = x.context.providers[i]->ListCatalog();
    if (!catalog.ok()) return catalog.status();
    return x.Answer(
        {{"agents", CatalogItems(catalog->agents)}, {"numbers", CatalogItems(catalog->numbers)}});
  }
  return NotFound("There is no such provider; it is retell or vapi.");
}

Status VapiWebhook(Exchange& x) {
  return AnswerWebhook(x, Provider::kVapi);
}

Status RetellWebhook(Exchange& x) {
  return AnswerWebhook(x, Provider::kRetell);
}

}  // namespace leadline
