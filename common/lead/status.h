// The status machine of a lead: one table of transitions, used by the store (which guards each of
// them again in SQL), the API, the screens and ARCHITECTURE.md (a test keeps the drawing there and
// this table in step).
//
// Source: spec 4 (F37-F68, decisions D1, D3, D4, D14, D16). Pure, thread-safe, checked at compile
// time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace leadline {

enum class LeadStatus : uint8_t {
  kCreated,      // waiting for the first attempt
  kScheduled,    // waiting for the next attempt, delay over
  kProcessing,   // a call is on
  kRescheduled,  // waiting for the retry delay
  kCompleted,    // answered, or goal achieved
  kMaxRetries,   // tries used up; never counted as reached
  kFailed,       // permanent error; fix, then set back
};
inline constexpr size_t kLeadStatusCount = 7;

// What the two families of users call a status. `group` is the simple vocabulary (pending,
// in-progress, retry, completed, failed) in API and filters; created and scheduled share one.
struct StatusText {
  LeadStatus status;
  std::string_view name;         // stored and in the API: "max_retries"
  std::string_view title;        // vocabulary A: "Max Retries"
  std::string_view group;        // vocabulary B in the API: "completed"
  std::string_view group_title;  // vocabulary B: "Completed (attempts used up)"
  std::string_view meaning;
  std::string_view when;
  std::string_view action;  // what the user does
};

inline constexpr StatusText kStatusTexts[kLeadStatusCount] = {
    {LeadStatus::kCreated, "created", "Created", "pending", "Pending",
     "Waiting for the first attempt.", "A new lead starts here.",
     "Nothing: it is called when its campaign runs and every gate is open."},
    {LeadStatus::kScheduled, "scheduled", "Scheduled", "pending", "Pending",
     "Waiting for the next attempt; the delay is over.",
     "After the retry delay, or when the next contact is due.", "Nothing."},
    {LeadStatus::kProcessing, "processing", "Processing", "in-progress", "In-Progress",
     "A call is on.", "From the dial until its outcome is known.", "Wait."},
    {LeadStatus::kRescheduled, "rescheduled", "Rescheduled", "retry", "Retry",
     "Waiting for the retry delay.", "Nobody answered and tries are left.", "Nothing."},
    {LeadStatus::kCompleted, "completed", "Completed", "completed", "Completed",
     "Answered, or the goal was reached.", "A person answered, or you set it by hand.",
     "Review the call."},
    {LeadStatus::kMaxRetries, "max_retries", "Max Retries", "completed",
     "Completed (attempts used up)", "Every try was used; the lead was not reached.",
     "The last round ended without an answer.", "Review it, or reset it."},
    {LeadStatus::kFailed, "failed", "Failed", "failed", "Failed", "A permanent error.",
     "The number or the set-up cannot work as it is.",
     "Fix the cause, then set it back to Pending."},
};

inline constexpr const StatusText& TextOf(LeadStatus s) {
  return kStatusTexts[static_cast<size_t>(s)];
}
inline constexpr std::string_view NameOf(LeadStatus s) {
  return TextOf(s).name;
}

// By stored name; empty when there is none.
std::optional<LeadStatus> LeadStatusFromName(std::string_view name);

// A set of statuses, as a bit per status.
using LeadStatusSet = uint8_t;
inline constexpr LeadStatusSet SetOf(LeadStatus s) {
  return static_cast<LeadStatusSet>(1u << static_cast<unsigned>(s));
}
inline constexpr bool Contains(LeadStatusSet set, LeadStatus s) {
  return (set & SetOf(s)) != 0;
}
inline constexpr LeadStatusSet kAnyStatus = 0x7F;

// Takes a stored name or a group name ("retry"); 0 when it is neither.
LeadStatusSet StatusSetFromName(std::string_view name);

enum class LeadEvent : uint8_t {
  kClaim,            // every gate open, slot taken: a call is about to be placed
  kAnswered,         // a person answered, or the goal was reported
  kNextContact,      // no luck; contacts are left in the round
  kRoundOver,        // no luck; round over, tries left
  kTriesUsedUp,      // no luck; round over, no tries left
  kRefusedFirst,     // the provider refused before ringing; no attempt was made before
  kRefusedLater,     // the same, with attempts made before
  kPermanentError,   // permanent error of the last dialable contact
  kDelayOver,        // the retry delay is over
  kHandCreated,      // by hand: back to the queue as new
  kHandScheduled,    // by hand: queue the next try
  kHandRescheduled,  // by hand: restart the retry timer
  kHandCompleted,    // by hand: done
  kHandMaxRetries,   // by hand: exhausted
};
inline constexpr size_t kLeadEventCount = 14;

struct Transition {
  LeadEvent event;
  LeadStatusSet from;
  LeadStatus to;
  std::string_view name;    // in the timeline and in audit rows
  std::string_view effect;  // what else happens in the same transaction
};

inline constexpr LeadStatusSet kWaitingStatuses =
    SetOf(LeadStatus::kCreated) | SetOf(LeadStatus::kScheduled);
inline constexpr LeadStatusSet kOnCallStatuses = SetOf(LeadStatus::kProcessing);

// The whole machine. An event that is not listed for a status does not change it: a late webhook,
// for example, finds the lead no longer processing and is recorded on its call alone.
inline constexpr Transition kTransitions[kLeadEventCount] = {
    {LeadEvent::kClaim, kWaitingStatuses, LeadStatus::kProcessing, "claim",
     "attempts + 1, call row written; the provider is asked after the commit"},
    {LeadEvent::kAnswered, kOnCallStatuses, LeadStatus::kCompleted, "answered",
     "transcript and summary kept"},
    {LeadEvent::kNextContact, kOnCallStatuses, LeadStatus::kScheduled, "next_contact",
     "next contact of the round, after the gap"},
    {LeadEvent::kRoundOver, kOnCallStatuses, LeadStatus::kRescheduled, "round_over",
     "next attempt = now + retry delay, moved into the next window"},
    {LeadEvent::kTriesUsedUp, kOnCallStatuses, LeadStatus::kMaxRetries, "tries_used_up",
     "no further call"},
    {LeadEvent::kRefusedFirst, kOnCallStatuses, LeadStatus::kCreated, "refused_first",
     "attempt handed back; back-off with jitter"},
    {LeadEvent::kRefusedLater, kOnCallStatuses, LeadStatus::kScheduled, "refused_later",
     "attempt handed back; back-off with jitter"},
    {LeadEvent::kPermanentError, kOnCallStatuses, LeadStatus::kFailed, "permanent_error",
     "the reason is kept"},
    {LeadEvent::kDelayOver, SetOf(LeadStatus::kRescheduled), LeadStatus::kScheduled, "delay_over",
     "-"},
    {LeadEvent::kHandCreated, kAnyStatus, LeadStatus::kCreated, "hand_created",
     "joins the queue; the counter stays unless it is cleared"},
    {LeadEvent::kHandScheduled, kAnyStatus, LeadStatus::kScheduled, "hand_scheduled",
     "next try as soon as the gates are open"},
    {LeadEvent::kHandRescheduled, kAnyStatus, LeadStatus::kRescheduled, "hand_rescheduled",
     "the retry timer starts again"},
    {LeadEvent::kHandCompleted, kAnyStatus, LeadStatus::kCompleted, "hand_completed",
     "automation never undoes it"},
    {LeadEvent::kHandMaxRetries, kAnyStatus, LeadStatus::kMaxRetries, "hand_max_retries", "-"},
};

inline constexpr const Transition& TransitionOf(LeadEvent e) {
  return kTransitions[static_cast<size_t>(e)];
}
inline constexpr bool Allows(LeadEvent e, LeadStatus from) {
  return Contains(TransitionOf(e).from, from);
}
// The event by which a person sets this status; empty for processing and failed, which no one sets
// by hand.
constexpr std::optional<LeadEvent> HandEventTo(LeadStatus to) {
  switch (to) {
    case LeadStatus::kCreated:
      return LeadEvent::kHandCreated;
    case LeadStatus::kScheduled:
      return LeadEvent::kHandScheduled;
    case LeadStatus::kRescheduled:
      return LeadEvent::kHandRescheduled;
    case LeadStatus::kCompleted:
      return LeadEvent::kHandCompleted;
    case LeadStatus::kMaxRetries:
      return LeadEvent::kHandMaxRetries;
    case LeadStatus::kProcessing:
    case LeadStatus::kFailed:
      return std::nullopt;
  }
  return std::nullopt;
}

namespace status_internal {
constexpr bool TablesAreInOrder() {
  for (size_t i = 0; i < kLeadStatusCount; ++i) {
    if (static_cast<size_t>(kStatusTexts[i].status) != i) return false;
  }
  for (size_t i = 0; i < kLeadEventCount; ++i) {
    if (static_cast<size_t>(kTransitions[i].event) != i || kTransitions[i].from == 0) return false;
  }
  return true;
}
constexpr bool EveryStatusIsReachable() {
  LeadStatusSet reached = SetOf(LeadStatus::kCreated);
  for (size_t round = 0; round < kLeadStatusCount; ++round) {
    for (const Transition& t : kTransitions) {
      if ((t.from & reached) != 0) reached = static_cast<LeadStatusSet>(reached | SetOf(t.to));
    }
  }
  return reached == kAnyStatus;
}
// Only a claim starts a call, and only a person takes a lead out of a final status.
constexpr bool GuardsHold() {
  constexpr LeadStatusSet kFinal =
      SetOf(LeadStatus::kCompleted) | SetOf(LeadStatus::kMaxRetries) | SetOf(LeadStatus::kFailed);
  for (const Transition& t : kTransitions) {
    if (t.to == LeadStatus::kProcessing && t.event != LeadEvent::kClaim) return false;
    if ((t.from & kFinal) != 0 && t.event < LeadEvent::kHandCreated) return false;
  }
  return true;
}
}  // namespace status_internal
static_assert(status_internal::TablesAreInOrder());
static_assert(status_internal::EveryStatusIsReachable());
static_assert(status_internal::GuardsHold());

}  // namespace leadline
