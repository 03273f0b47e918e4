// A calling provider (Retell, Vapi) as the scheduler sees it. Implementations:
// server/provider/vapi.cc, retell.cc; wire facts and their sources are in docs/providers.md.
//
// Thread-safe: any method from any thread; each blocks on the network up to its time-out and never
// retries by itself. Keys never leave the adapter: not in messages, not in logs.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/base/json.h"
#include "common/base/status.h"
#include "common/dial/call.h"
#include "server/base/clock.h"

namespace leadline {

// What became of one create-call request.
struct PlaceResult {
  enum class Kind : uint8_t {
    kAccepted,  // provider_call_id is set
    kRefused,   // definite: a 4xx answer, or no byte of the request left this machine; verdict says
                // what it means
    kUnclear,   // anything else: 5xx, time-out, reset, garbage. The call may exist.
  };
  Kind kind = Kind::kUnclear;
  std::string provider_call_id;
  Verdict verdict;
  std::string provider_message;  // clipped, secrets stripped
  TimeMs retry_after_ms = 0;     // the provider's wish; 0: none
};

// Looking for a call by its attempt.
struct FindResult {
  enum class Kind : uint8_t {
    kFound,     // report is filled
    kNotThere,  // the provider answered, and does not list it (yet)
    kNoAnswer,  // the provider could not be asked
  };
  Kind kind = Kind::kNoAnswer;
  CallReport report;
  std::string provider_message;
};

// One entry to pick from: an agent/assistant or a caller number.
struct CatalogItem {
  std::string id;  // agent id, assistant UUID, E.164 or phone-number UUID
  std::string name;
  std::string note;  // "active", the number behind an id, ...
};
struct Catalog {
  std::vector<CatalogItem> agents;
  std::vector<CatalogItem> numbers;
};

class CallProvider {
 public:
  virtual ~CallProvider() = default;
  virtual Provider id() const = 0;
  virtual bool key_present() const = 0;

  // The exact body of the create request, for the preview and for Place. No secrets in it, except
  // that the webhook secret header is shown as "***" when `for_display`.
  virtual Json CreateBody(const DialOrder& order, bool for_display) const = 0;

  // ONE request on a fresh connection, never sent again.
  virtual PlaceResult Place(const DialOrder& order) = 0;

  // By provider call id when the call has one, else by attempt id in the provider's lists.
  // `created_after_ms` bounds the search (the provider's clock).
  virtual FindResult Find(const Call& call, TimeMs created_after_ms) = 0;

  // How long after the claim a call may still turn up in the provider's lists; only a clean look
  // later than this gives up.
  virtual TimeMs look_back_ms() const = 0;

  virtual Result<Catalog>
  ListCatalog() = 0;  // kUnavailable with the reason in words, kRefused "no_key"

  // Checks the authentication of a webhook on its raw body. `header(name)` gives a request header
  // or "". `real_now_ms` is the machine's clock. False: answer 401.
  virtual bool VerifyWebhook(std::string_view raw_body,
                             const std::function<std::string(const char*)>& header,
                             TimeMs real_now_ms) const = 0;
  // What a verified webhook says. `event_key` is unique per event at the provider. kInvalid when it
  // cannot be read; an event that is of no interest has no report.
  struct WebhookReading {
    std::string event_key;
    std::optional<CallReport> report;
    // The same event without secrets (Vapi's may carry a carrier's token): what to store.
    // ReadWebhook reads it as it reads the raw one.
    std::string body_to_store = {};
  };
  virtual Result<WebhookReading> ReadWebhook(std::string_view raw_body) const = 0;
};

// How an adapter is set up. Base URLs as shipped are the providers' own; others only by start flag.
struct ProviderConfig {
  std::string
      base_url;  // without a trailing slash; https, or http to loopback (checked by MakeProvider)
  std::string api_key;  // empty: none, every Place is refused
  std::string
      webhook_secret;       // Vapi: x-vapi-secret; Retell: the key that signs, api_key when empty
  std::string webhook_url;  // public URL of /webhooks/...; empty: not sent, calls are polled. It is
                            // not sent to Vapi without a webhook_secret either
  int timeout_ms = 60000;   // of one request
  const Clock* clock = nullptr;  // for caches; outlives the adapter; null: the machine's own
};

// Errors: kInvalid "bad_base_url"; "bad_api_key" for a key or secret that no header can carry
// (white space around it is taken off).
Result<std::unique_ptr<CallProvider>> MakeProvider(Provider provider, const ProviderConfig& config);

}  // namespace leadline
