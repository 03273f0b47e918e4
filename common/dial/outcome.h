// What became of a call, as a class. Which words of a provider mean which outcome is in
// common/dial/reasons.h. Source: spec 1 and 4, providers.md 4. Pure, thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace leadline {

enum class Outcome : uint8_t {
  kAnswered,
  kNoAnswer,
  kBusy,
  kVoicemail,
  kTemporaryError,  // may work later; uses up a try when the phone may have rung
  kPermanentError,  // will never work as it is
  kUnknown,         // no final word yet, or never
};
inline constexpr std::string_view kOutcomeNames[] = {
    "answered", "no_answer", "busy", "voicemail", "temporary_error", "permanent_error", "unknown"};
inline constexpr std::string_view NameOf(Outcome o) {
  return kOutcomeNames[static_cast<int>(o)];
}
constexpr std::optional<Outcome> OutcomeFromName(std::string_view name) {
  for (int i = 0; i < 7; ++i) {
    if (kOutcomeNames[i] == name) return static_cast<Outcome>(i);
  }
  return std::nullopt;
}

// Whom a permanent error concerns. An account error pauses the campaign, so that one bad key does
// not burn the list.
enum class ErrorScope : uint8_t { kNone, kLead, kAccount };

// One classified answer of a provider: an end reason of a call, or a refusal of the create request.
struct Verdict {
  Outcome outcome = Outcome::kUnknown;
  ErrorScope scope = ErrorScope::kNone;
  bool rate_limited = false;   // slow down; no try is used up
  bool pause_account = false;  // no funds: stop dialling for this provider's campaigns
  // A row of the error guide in common/dial/reasons.h, for example "rate_limit_exceeded"; "" when
  // nothing went wrong.
  std::string_view code;
};

}  // namespace leadline
