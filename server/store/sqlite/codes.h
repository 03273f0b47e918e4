// The numbers under which enumerations are stored. The enums may be extended at their ends; these
// checks fail when someone moves a value, which would change the meaning of stored data.
#pragma once

#include "common/dial/call.h"
#include "common/dial/campaign.h"
#include "common/dial/outcome.h"
#include "common/lead/status.h"
#include "server/store/store.h"

namespace leadline {

// lead.held
enum class Held : uint8_t { kNo = 0, kByGate = 1, kByImport = 2 };

template <typename Enum>
constexpr bool Is(Enum value, int code) {
  return static_cast<int>(value) == code;
}
static_assert(Is(LeadStatus::kCreated, 0) && Is(LeadStatus::kScheduled, 1) &&
              Is(LeadStatus::kProcessing, 2) && Is(LeadStatus::kRescheduled, 3) &&
              Is(LeadStatus::kCompleted, 4) && Is(LeadStatus::kMaxRetries, 5) &&
              Is(LeadStatus::kFailed, 6));
static_assert(Is(CallState::kDispatching, 0) && Is(CallState::kActive, 1) &&
              Is(CallState::kUnknown, 2) && Is(CallState::kEnded, 3) && Is(CallState::kRefused, 4));
static_assert(Is(Outcome::kAnswered, 0) && Is(Outcome::kNoAnswer, 1) && Is(Outcome::kBusy, 2) &&
              Is(Outcome::kVoicemail, 3) && Is(Outcome::kTemporaryError, 4) &&
              Is(Outcome::kPermanentError, 5) && Is(Outcome::kUnknown, 6));
static_assert(Is(ErrorScope::kNone, 0) && Is(ErrorScope::kLead, 1) && Is(ErrorScope::kAccount, 2));
static_assert(Is(Provider::kRetell, 0) && Is(Provider::kVapi, 1));
static_assert(Is(CampaignState::kDraft, 0) && Is(CampaignState::kRunning, 1) &&
              Is(CampaignState::kPaused, 2) && Is(CampaignState::kFinished, 3));
static_assert(Is(ContactOrder::kEachRound, 0) && Is(ContactOrder::kPrimaryFirst, 1));
static_assert(Is(VoicemailRule::kRetry, 0) && Is(VoicemailRule::kComplete, 1));
static_assert(Is(DuplicateRule::kSkip, 0) && Is(DuplicateRule::kUpdate, 1) &&
              Is(DuplicateRule::kFill, 2) && Is(DuplicateRule::kKeep, 3));
static_assert(Is(ImportState::kWaiting, 0) && Is(ImportState::kChecked, 1) &&
              Is(ImportState::kCommitting, 2) && Is(ImportState::kCommitted, 3) &&
              Is(ImportState::kUndone, 4) && Is(ImportState::kFailed, 5));

}  // namespace leadline
