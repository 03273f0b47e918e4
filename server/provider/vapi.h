// The Vapi adapter. Wire facts and their sources: docs/providers.md.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "common/lead/variables.h"
#include "server/provider/http_client.h"
#include "server/provider/provider.h"
#include "server/provider/vapi_body.h"

namespace leadline {

class VapiProvider final : public CallProvider {
 public:
  VapiProvider(Endpoint endpoint, ProviderConfig config);

  Provider id() const override { return Provider::kVapi; }
  bool key_present() const override { return !config_.api_key.empty(); }
  // May ask Vapi once for the assistant's templates: an external assistant gets the variables that
  // they refer to, or all of them when it cannot be read. Kept for some minutes.
  Json CreateBody(const DialOrder& order, bool for_display) const override;
  PlaceResult Place(const DialOrder& order) override;
  FindResult Find(const Call& call, TimeMs created_after_ms) override;
  TimeMs look_back_ms() const override { return 6 * kMinuteMs; }
  Result<Catalog> ListCatalog() override;
  bool VerifyWebhook(std::string_view raw_body,
                     const std::function<std::string(const char*)>& header,
                     TimeMs real_now_ms) const override;
  Result<WebhookReading> ReadWebhook(std::string_view raw_body) const override;

 private:
  struct Templates {
    bool known = false;
    NameSet references;
    TimeMs until = 0;  // on the steady clock
  };
  HttpReply Get(const std::string& path, int timeout_ms, size_t max_bytes) const;
  Templates TemplatesOf(const std::string& assistant_id) const;
  Templates FetchTemplates(const std::string& assistant_id) const;
  FindResult FindById(const std::string& call_id) const;
  FindResult FindInLists(const Call& call, TimeMs created_after_ms) const;
  std::vector<std::string> secrets() const { return {config_.api_key, config_.webhook_secret}; }

  const Endpoint endpoint_;
  const ProviderConfig config_;
  const SystemClock own_clock_;
  const Clock* const clock_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, Templates> templates_;  // by assistant id; guarded by mutex_
};

}  // namespace leadline
