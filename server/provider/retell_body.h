// Retell's create-call body (POST /v2/create-phone-call). Source: providers.md 2.1, spec 7
// (F95-F97). Pure.
#pragma once

#include <string>

#include "common/base/json.h"
#include "common/dial/call.h"

namespace leadline {

// Every standard and custom field is sent as a dynamic variable, each value as text. `webhook_url`
// empty: the agent's own is left alone, calls are polled.
Json RetellCreateBody(const DialOrder& order, const std::string& webhook_url);

}  // namespace leadline
