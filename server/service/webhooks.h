// A webhook, from raw bytes to the store: verified, stored durably, then applied by the scheduler.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "server/service/context.h"

namespace leadline {

enum class WebhookResult : uint8_t {
  kStored,
  kKnown,         // the same event again
  kNotAuthentic,  // answer 401
  kUnreadable,    // answer 400
  kTryAgain,      // the store is busy: answer 503, the provider sends it again or is asked
};

// `header(name)` gives a request header or "". Wakes the scheduler when something is new.
WebhookResult ReceiveWebhook(const ServerContext& context, Provider provider, std::string_view body,
                             const std::function<std::string(const char*)>& header);

}  // namespace leadline
