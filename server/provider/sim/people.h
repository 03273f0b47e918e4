// Who is at the other end of a number: whether they pick up, when, and for how long they talk.
// Drawn from the seed, or scripted by the last four digits of the number (table in
// docs/provider-sim.md). Pure functions, thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/time.h"
#include "server/provider/sim/sim_config.h"

namespace leadline {

enum class SimProvider { kVapi, kRetell };
std::string_view SimProviderName(SimProvider provider);  // "vapi", "retell"

enum class SimOutcome { kAnswered, kNoAnswer, kBusy, kVoicemail, kTemporary, kPermanent };
std::string_view SimOutcomeName(SimOutcome outcome);  // Leadline's words: "temporary_error", ...

// How one call will go unless somebody ends it earlier. Times are simulated milliseconds.
struct CallPlan {
  SimOutcome outcome = SimOutcome::kAnswered;
  std::string reason;       // the provider's end reason
  bool connects = false;    // someone or something picks up; talk_ms follows
  bool human = false;       // a person speaks
  bool interested = false;  // what analysis says of the talk
  int64_t queue_ms = 0, ring_ms = 0, talk_ms = 0;
  int64_t report_ms = 0;  // from the end to the report or analysis
};

// What a scripted number does beside its outcome.
struct NumberScript {
  std::string_view suffix;  // last four digits
  std::string_view what;    // one line, for the control API
  std::optional<SimOutcome> outcome = {};
  CreateFault before = CreateFault::kNone;
  CreateFault after = CreateFault::kNone;
  int fault_requests = 0;  // the faults hit the first N create requests; 0: every one
  std::string_view vapi_reason = {}, retell_reason = {};  // instead of the usual ones
  bool answers_from_second = false;
  bool drop_webhooks = false, duplicate_webhooks = false, webhook_first = false;
  int64_t hide_ms = 0;
  int64_t talk_ms = 0;  // 0: drawn
};

// The script of `number`, or null: most numbers have none. Lives for ever.
const NumberScript* ScriptOf(std::string_view number);
// All of them as [{"suffix","what"}].
Json ScriptsToJson();

struct CallQuestion {
  SimProvider provider;
  std::string number;
  int nth_call = 1;  // of this number, from 1
  uint64_t seed = 0;
  bool detects_voicemail = true;  // else a mailbox looks like a silent person
  int64_t ring_timeout_ms = 30000;
  int64_t max_talk_ms = 600000;
};

CallPlan DrawPlan(const CallQuestion& question, const SimConfig& config);

}  // namespace leadline
