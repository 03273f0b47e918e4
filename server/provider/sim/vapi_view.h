// Vapi's JSON: the Call object at every stage of its life, the account's one assistant and one
// phone number, and the messages sent to servers. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/provider/sim/call_engine.h"
#include "server/provider/sim/webhook_sender.h"

namespace leadline {

inline constexpr std::string_view kVapiAssistantId = "11111111-1111-4111-8111-111111111111";
inline constexpr std::string_view kVapiPhoneNumberId = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";

Json VapiAssistant();
Json VapiPhoneNumber();  // with the secrets that the real one shows

// "queued", "ringing", "in-progress", "ended".
std::string_view VapiStatus(const SimCall& call);
// `public_url` is where this simulator is reached; recordings and control URLs point there.
Json VapiCall(const SimCall& call, const std::string& public_url);

// What of the call's assistant applies, overrides first: a member of assistantOverrides, of the
// inline assistant, or of the account's assistant; null when nobody sets it.
Json VapiSetting(const Json& request, std::string_view member);

// The webhooks that a step causes, in order; none when no URL is set. Faults are not applied yet.
std::vector<Webhook> VapiWebhooks(const SimCall& call, CallStep step, const SimConfig& config,
                                  const std::string& public_url, TimeMs wall_ms);

}  // namespace leadline
