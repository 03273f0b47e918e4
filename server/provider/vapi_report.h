// What Vapi says about a call: its Call object, and its webhooks. Source: providers.md 1.2, 3.1,
// 4.1. Pure; takes any JSON.
#pragma once

#include <string>

#include "common/base/json.h"
#include "common/dial/call.h"
#include "server/provider/provider.h"

namespace leadline {

// From GET /call/{id} or an item of GET /call.
CallReport ReadVapiCall(const Json& call);

// The attempt id that a Call object carries; "" when it is not ours.
std::string VapiAttemptId(const Json& call);

// Errors: kInvalid "json_...", "webhook_unreadable".
Result<CallProvider::WebhookReading> ReadVapiWebhook(std::string_view raw_body);

}  // namespace leadline
