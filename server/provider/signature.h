// Authentication of webhooks. Pure; comparisons take the same time wherever texts differ.
#pragma once

#include <string_view>

#include "common/base/time.h"

namespace leadline {

bool SameSecret(std::string_view a, std::string_view b);

// Retell's header x-retell-signature, "v=<unix ms>,d=<64 hex>": d is HMAC-SHA256 of the raw body
// followed by the timestamp's digits, keyed by the API key; at most 5 minutes old or early.
// False for an empty key.
bool IsRetellSignature(std::string_view header, std::string_view raw_body, std::string_view key,
                       TimeMs real_now_ms);

}  // namespace leadline
