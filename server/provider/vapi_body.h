// Vapi's create-call body (POST /call), and what its templates refer to. Source: providers.md 1.1,
// spec 7 (F98-F101). Pure.
#pragma once

#include <string>

#include "common/base/json.h"
#include "common/dial/call.h"
#include "common/lead/validate.h"
#include "common/lead/variables.h"

namespace leadline {

// Where Vapi is to send its events; url empty: nowhere, calls are polled.
struct VapiWebhook {
  std::string url;
  std::string secret;
};

// `references`: the names that the assistant's templates refer to; null when they are not known:
// then every variable is sent. For an inline assistant they are read from the order itself.
Json VapiCreateBody(const DialOrder& order, const VapiWebhook& webhook, const NameSet* references);

// The names that an assistant as GET /assistant/{id} gives it refers to.
NameSet VapiReferences(const Json& assistant);

}  // namespace leadline
