// The Retell adapter. Wire facts and their sources: docs/providers.md.
#pragma once

#include <string>
#include <vector>

#include "server/provider/http_client.h"
#include "server/provider/provider.h"

namespace leadline {

class RetellProvider final : public CallProvider {
 public:
  RetellProvider(Endpoint endpoint, ProviderConfig config);

  Provider id() const override { return Provider::kRetell; }
  bool key_present() const override { return !config_.api_key.empty(); }
  Json CreateBody(const DialOrder& order, bool for_display) const override;
  PlaceResult Place(const DialOrder& order) override;
  FindResult Find(const Call& call, TimeMs created_after_ms) override;
  // Its lists show a call only once it connected or failed: the longest ringing (5 min) and a
  // margin.
  TimeMs look_back_ms() const override { return 6 * kMinuteMs; }
  Result<Catalog> ListCatalog() override;
  bool VerifyWebhook(std::string_view raw_body,
                     const std::function<std::string(const char*)>& header,
                     TimeMs real_now_ms) const override;
  Result<WebhookReading> ReadWebhook(std::string_view raw_body) const override;

 private:
  HttpReply Send(const char* method, const std::string& path, const Json* body,
                 size_t max_bytes) const;
  FindResult FindById(const std::string& call_id) const;
  FindResult FindInList(const Call& call) const;
  Status AddPages(bool numbers, Catalog* catalog) const;
  std::vector<std::string> secrets() const { return {config_.api_key, config_.webhook_secret}; }

  const Endpoint endpoint_;
  const ProviderConfig config_;
};

}  // namespace leadline
