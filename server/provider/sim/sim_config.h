// Everything about the simulator that can be changed while it runs: who answers, how long things
// take, limits, and faults. GET /sim/config prints it, PUT /sim/config takes any part of it.
// docs/provider-sim.md lists every member. Values are plain; ConfigStore is thread-safe.
#pragma once

#include <array>
#include <mutex>
#include <string>
#include <string_view>

#include "common/base/json.h"
#include "common/base/status.h"

namespace leadline {

// What a create-call request can be answered with instead of 201. Names are those of the JSON
// members.
enum class CreateFault {
  kNone,
  k400Concurrency,  // "concurrency": Vapi 400 with subscriptionLimits, Retell 429
  k401,
  k402,       // no funds; Vapi says it in a 400
  k403,       // Retell only: agent banned; Vapi: the edge's "error code: 1010"
  k429,       // without Retry-After
  k429Retry,  // "429_retry_after": with Retry-After: 2
  k500,
  k503,
  kHtml502,    // "html502": a proxy's page
  kTruncated,  // "truncated": 201 with half of its JSON
  kHang,       // "hang": no answer for hang_seconds of real time, then the socket is closed
  kClose,      // "close": the socket is closed without an answer
};
inline constexpr int kCreateFaultCount = 13;
std::string_view CreateFaultName(CreateFault fault);

using CreateFaultRates =
    std::array<double, kCreateFaultCount>;  // by CreateFault; each 0..1, index 0 unused

// Numbers are doubles throughout so that one table describes them all; rates are 0..1, flags 0
// or 1.
struct SimConfig {
  // people: weights of what becomes of a call; they need not add up to 1
  double answered = 0.42, no_answer = 0.32, busy = 0.06, voicemail = 0.14, temporary = 0.04,
         permanent = 0.02;
  // durations, simulated seconds
  double queue_min_seconds = 0.3, queue_max_seconds = 1;
  double ring_min_seconds = 4, ring_max_seconds = 28, ring_timeout_seconds = 30;
  double talk_min_seconds = 20, talk_max_seconds = 180;
  double report_min_seconds = 5, report_max_seconds = 12;
  double webhook_retry_seconds = 2;
  // limits
  double vapi_concurrency = 10, retell_concurrency = 20;
  // Simulated; 0: unlimited; negative: not chosen, so the simulator starts with 1, as Retell has
  // it, or with 0 on a fast clock.
  double retell_starts_per_second = -1;
  // vapi
  std::string vapi_api_key;      // empty: any bearer key
  std::string vapi_webhook_url;  // when neither call nor assistant has one; empty: none
  double vapi_report_unconnected = 1;
  // retell
  std::string retell_api_key;
  std::string retell_webhook_url;  // when the call has none
  std::string retell_webhook_key;  // signs; empty: the key that created the call
  // faults
  double drop_webhooks = 0, duplicate_webhooks = 0, reorder_webhooks = 0;
  double delay_webhooks_ms = 0;  // simulated
  double wrong_signature = 0, stale_signature = 0;
  double webhook_before_answer = 0;
  double hide_from_list_ms = 0;  // simulated, from placing on
  double start_delay_ms = 0;     // simulated; the provider's own queue before it dials
  double read_error_rate = 0;    // 500 on get and list
  double hang_seconds = 150;     // real
  CreateFaultRates before{};     // refused or lost before anything was placed
  CreateFaultRates after{};      // the call is placed, the answer goes wrong
};

// Keys of webhooks and accounts are printed as "***" when set.
Json ConfigToJson(const SimConfig& config);
// Sets the members that `patch` has; the others stay, and a key given as "***" stays too.
// Errors: kInvalid "invalid_body" with every wrong or unknown member; then nothing is changed.
Status ApplyConfigPatch(const Json& patch, SimConfig* config);

class ConfigStore {
 public:
  explicit ConfigStore(SimConfig config) : config_(std::move(config)) {}
  SimConfig Get() const {
    std::lock_guard lock(mutex_);
    return config_;
  }
  Status Patch(const Json& patch) {
    std::lock_guard lock(mutex_);
    return ApplyConfigPatch(patch, &config_);
  }

 private:
  mutable std::mutex mutex_;
  SimConfig config_;
};

}  // namespace leadline
