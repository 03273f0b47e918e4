// What Retell says about a call: its call object, and its webhooks. Source: providers.md 2.2, 3.2,
// 4.2. Pure; takes any JSON.
#pragma once

#include "common/base/json.h"
#include "common/dial/call.h"
#include "server/provider/provider.h"

namespace leadline {

// From GET /v2/get-call/{id} or an item of POST /v3/list-calls.
CallReport ReadRetellCall(const Json& call);

// Errors: kInvalid "json_...", "webhook_unreadable".
Result<CallProvider::WebhookReading> ReadRetellWebhook(std::string_view raw_body);

}  // namespace leadline
