// What the providers' words mean, and the guide that explains every error to people: one table of
// guide rows, used by lead, call, API (`error`), campaign pause and the help pages; and rules with
// exceptions that map 597 + 34 end reasons and the HTTP errors of create-call to a Verdict. Source:
// providers.md 4 and 5, seeds 004. Pure; thread-safe.
#pragma once

#include <array>
#include <string_view>

#include "common/dial/campaign.h"
#include "common/dial/outcome.h"

namespace leadline {

// `reason` is Vapi's endedReason or Retell's disconnection_reason. Absent or never seen before:
// temporary_error with code "unknown_error" (and known = false, so that the caller can log it
// once).
struct EndReason {
  Verdict verdict;
  bool known = true;
};
EndReason ClassifyEndReason(Provider provider, std::string_view reason);

// A definite HTTP refusal (4xx) of create-call; http_status 0: the request never left. `message` is
// what the body says (message, error_message, error, raw text).
Verdict ClassifyCreateError(Provider provider, int http_status, std::string_view message);

// A row of the error guide.
struct ErrorGuide {
  std::string_view code;   // stable: "rate_limit_exceeded"
  bool permanent = false;  // badge: "Stop trying" or "Will retry"
  ErrorScope scope = ErrorScope::kNone;
  std::string_view title;                  // "Rate limit exceeded"
  std::string_view meaning;                // one or two sentences
  std::array<std::string_view, 4> causes;  // "" = none
  std::array<std::string_view, 5>
      fix;  // numbered steps, for both providers where they agree; "" = none
};
// The row of a code; the row "unknown_error" when there is none.
const ErrorGuide& GuideOf(std::string_view code);
// All rows, in the order in which they are explained.
const ErrorGuide* AllGuides(size_t* count);

}  // namespace leadline
