// Retell's webhook signature, as its SDK makes it (SDK 5.66.1, "symmetric.sign"). Written apart
// from Leadline's own verifier on purpose: the simulator must not share a mistake with what it
// tests. Pure function.
#pragma once

#include <string>
#include <string_view>

#include "common/base/time.h"

namespace leadline {

// "v=<timestamp_ms>,d=<64 hex>": HMAC-SHA256 keyed by the API key over the body's bytes followed by
// the decimal timestamp.
std::string SignRetellWebhook(std::string_view body, std::string_view api_key, TimeMs timestamp_ms);

}  // namespace leadline
