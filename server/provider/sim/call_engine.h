// The calls of both providers: placing, ringing, talking, ending, and the ring log. Knows nothing
// of HTTP or of either provider's JSON; tells one listener about every step. Thread-safe: one lock
// over everything; listeners and visitors run under it and must not call back.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "common/base/json.h"
#include "server/provider/sim/people.h"
#include "server/provider/sim/sim_clock.h"
#include "server/provider/sim/sim_config.h"
#include "server/provider/sim/timers.h"

namespace leadline {

// Per provider; the oldest finished calls beyond it are forgotten (their rings are not), so that a
// long rehearsal fits in memory.
inline constexpr size_t kMaxKeptCalls = 50000;

enum class CallPhase { kQueued, kRinging, kTalking, kEnded };

// Steps a listener hears of, in this order; kAnswered only when somebody or something picked up.
enum class CallStep { kQueued, kRinging, kAnswered, kEnded, kReport };

struct SimCall {
  SimProvider provider = SimProvider::kVapi;
  std::string id;
  std::string number;      // dialled, E.164
  std::string attempt_id;  // from the request's metadata; may be empty
  std::string api_key;     // that created it
  Json request;            // as accepted; PATCH changes it
  std::string
      draw_key;  // "<number>#<nth call>": what chance hangs on, so that a seed repeats itself
  CallPlan plan;
  CallPhase phase = CallPhase::kQueued;
  bool reported = false;  // the report, or analysis, is there
  bool deleted = false;
  std::string ended_reason;
  // Wall time, but for ended_at of a connected call: answered_at + the simulated length of the
  // talk.
  TimeMs created_at = 0, updated_at = 0, dialled_at = 0;
  std::optional<TimeMs> answered_at, ended_at;
  int64_t talk_ms = 0;  // simulated, once ended
  int64_t answered_us = 0;
  int64_t start_delay_ms = 0;
  int64_t visible_us = 0;  // lists show it from this steady instant on
  size_t ring = 0;         // its index in the ring log
};

// One phone call that was placed, on the simulated clock.
struct Ring {
  SimProvider provider;
  std::string number, attempt_id;
  TimeMs at = 0;
  std::optional<TimeMs> ended_at;
  std::optional<SimOutcome> outcome;  // none while the call is on
};

// What a create request that passed every check asks for.
struct Placement {
  SimProvider provider = SimProvider::kVapi;
  std::string number = {}, attempt_id = {}, api_key = {};
  Json request = {};
  bool detects_voicemail = true;
  std::optional<int64_t> ring_timeout_ms = {};  // else the configured one
  int64_t max_talk_ms = 600000;
  int64_t extra_delay_ms = 0;  // a schedule in the request
};

class CallEngine {
 public:
  using Listener = std::function<void(const SimCall&, CallStep)>;
  // All must outlive the engine. Calls nothing before the first Place.
  CallEngine(const SimClock* clock, TimerQueue* timers, const ConfigStore* config, uint64_t seed,
             Listener listener);

  // Writes the call and its ring down; null when the provider's concurrency limit is reached. The
  // call stands still until Begin.
  std::optional<SimCall> Place(const Placement& placement);
  // Starts the life of a placed call. Once per call.
  void Begin(const std::string& id);

  std::optional<SimCall> Find(SimProvider provider, const std::string& id) const;
  // Newest first, until `visit` returns false. Deleted calls are left out.
  void Visit(SimProvider provider, const std::function<bool(const SimCall&)>& visit) const;
  // Ends a call that is on; false when there is none.
  bool Hangup(SimProvider provider, const std::string& id, std::string_view reason);
  // Edits the call's request, or marks it deleted; false when there is none.
  bool Edit(SimProvider provider, const std::string& id, const std::function<void(SimCall&)>& edit);

  int Active(SimProvider provider) const;
  int Limit(SimProvider provider) const;
  std::vector<Ring> Rings() const;

 private:
  using CallPtr = std::shared_ptr<SimCall>;
  CallPtr Get(SimProvider provider, const std::string& id) const;
  CallPlan PlanOf(const Placement& placement, int nth_call, const SimConfig& config) const;
  int64_t PacingDelayMs(SimProvider provider, const SimConfig& config);
  void After(int64_t delay_ms, const CallPtr& call, CallPhase expected,
             void (CallEngine::*step)(const CallPtr&));
  void StartRinging(const CallPtr& call);
  void RingingOver(const CallPtr& call);
  void TalkOver(const CallPtr& call);
  void Report(const CallPtr& call);
  void End(const CallPtr& call, std::string_view reason);
  void ForgetOldest(SimProvider provider);
  void Tell(const CallPtr& call, CallStep step);

  const SimClock* clock_;
  TimerQueue* timers_;
  const ConfigStore* config_;
  const uint64_t seed_;
  const Listener listener_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, CallPtr> by_id_;
  std::deque<CallPtr> in_order_[2];                // by provider
  std::unordered_map<std::string, int> calls_to_;  // by number
  std::vector<Ring> rings_;
  int active_[2] = {0, 0};
  int64_t next_start_us_[2] = {0, 0};
};

}  // namespace leadline
