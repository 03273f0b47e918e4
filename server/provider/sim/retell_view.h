// Retell's JSON: calls, the account's one agent and one number, and webhook events. Pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/provider/sim/call_engine.h"
#include "server/provider/sim/webhook_sender.h"

namespace leadline {

inline constexpr std::string_view kRetellAgentId = "agent_1111111111111111";
inline constexpr std::string_view kRetellNumber = "+14157774444";

Json RetellAgent();
Json RetellAgentListItem();
Json RetellPhoneNumber();

// "registered", "not_connected", "ongoing", "ended" or "error".
std::string_view RetellStatus(const SimCall& call);
// How much of a call is shown.
enum class RetellDetail {
  kBasic,     // as in call_started
  kListItem,  // no transcript, no recording
  kEnded,     // all but the analysis, as in call_ended
  kFull,      // all there is yet
};
Json RetellCall(const SimCall& call, RetellDetail detail, const std::string& public_url);

// The webhook that a step causes, or none. Faults are not applied yet.
std::vector<Webhook> RetellWebhooks(const SimCall& call, CallStep step, const SimConfig& config,
                                    const std::string& public_url);

}  // namespace leadline
