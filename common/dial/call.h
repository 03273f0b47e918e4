// A call: the one row that every attempt has, written before its request leaves. Plain values.
// Source: spec 1, reliability.md 3, providers.md 7.
#pragma once

#include <cstdint>
#include <string>

#include "common/base/time.h"
#include "common/dial/campaign.h"
#include "common/dial/outcome.h"
#include "common/lead/lead.h"

namespace leadline {

enum class CallState : uint8_t {
  kDispatching,  // claimed and committed; the request may or may not have left
  kActive,       // the provider took it; provider_call_id is known
  kUnknown,      // no clear answer came; the provider is asked, it is never dialled again from here
  kEnded,        // outcome is final
  kRefused,  // proven not to have rung: refused, or failed before the first byte left; the attempt
             // was handed back
};
inline constexpr std::string_view kCallStateNames[] = {"dispatching", "active", "unknown", "ended",
                                                       "refused"};
inline constexpr std::string_view NameOf(CallState s) {
  return kCallStateNames[static_cast<int>(s)];
}
// The states that hold a slot, the lead and the number.
inline constexpr bool IsOpen(CallState s) {
  return s == CallState::kDispatching || s == CallState::kActive || s == CallState::kUnknown;
}

struct Call {
  CallId id = 0;
  std::string attempt_id;  // UUID, goes to the provider as metadata
  LeadId lead_id = 0;
  int64_t contact_id = 0;  // 0: the primary number
  int epoch = 0;           // the lead's, when claimed
  int attempt_no = 0;      // of this number in that epoch, from 1
  CampaignId campaign_id = 0;
  AssistantId assistant_id = 0;
  Provider provider = Provider::kRetell;
  std::string number;     // E.164 dialled
  std::string lead_name;  // as it was
  CallState state = CallState::kDispatching;
  std::string provider_call_id;
  Outcome outcome = Outcome::kUnknown;
  std::string reason;      // the provider's own word, "customer-did-not-answer"
  std::string error_code;  // a code of common/dial/reasons.h, or ""
  std::string provider_message;
  bool connected = false;  // a person or machine picked up
  TimeMs claimed_at = 0;
  TimeMs started_at = 0;
  TimeMs ended_at = 0;
  TimeMs checked_at = 0;  // when the provider was last asked
  int checks = 0;         // how often
  int64_t duration_ms = 0;
  int64_t cost_microusd = 0;  // 1,000,000 = one US dollar
  std::string transcript;
  std::string summary;
  std::string recording_url;
};

// News about a call, from a webhook or from asking, in one shape for both providers. Fields that
// are not known are empty.
struct CallReport {
  enum class Phase : uint8_t {
    kPlaced,
    kConnected,
    kEnded,
    kDetails
  };  // kDetails: after the end, only enriches
  Provider provider = Provider::kRetell;
  std::string provider_call_id;
  std::string attempt_id;
  Phase phase = Phase::kPlaced;
  Verdict verdict;  // for kEnded
  bool goal_reached = false;
  std::string reason;
  std::string provider_message;
  bool connected = false;
  int64_t duration_ms = 0;
  int64_t cost_microusd = 0;
  std::string transcript;
  std::string summary;
  std::string recording_url;
};

// A claimed call that now has to be placed, exactly once.
struct DialOrder {
  Call call;
  Lead lead;
  Contact contact;  // the secondary that is dialled; id 0 for the primary
  Campaign campaign;
  Assistant assistant;
};

}  // namespace leadline
