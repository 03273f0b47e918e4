#include "server/provider/sim/call_engine.h"

#include <algorithm>
#include <utility>

#include "server/provider/sim/sim_random.h"

namespace leadline {
namespace {

size_t Index(SimProvider provider) {
  return static_cast<size_t>(provider);
}

std::string NewId(SimProvider provider, uint64_t seed, size_t serial, TimeMs wall_ms) {
  const std::string what = "call:" + std::to_string(serial) + ":" + std::to_string(wall_ms);
  return provider == SimProvider::kVapi ? SimUuid(seed, what, wall_ms)
                                        : "call_" + SimHex(seed, what, 28);
}

}  // namespace

CallEngine::CallEngine(const SimClock* clock, TimerQueue* timers, const ConfigStore* config,
                       uint64_t seed, Listener listener)
    : clock_(clock),
      timers_(timers),
      config_(config),
      seed_(seed),
      listener_(std::move(listener)) {}

CallPlan CallEngine::PlanOf(const Placement& p, int nth_call, const SimConfig& config) const {
  const auto configured = static_cast<int64_t>(config.ring_timeout_seconds * 1000);
  return DrawPlan({.provider = p.provider,
                   .number = p.number,
                   .nth_call = nth_call,
                   .seed = seed_,
                   .detects_voicemail = p.detects_voicemail,
                   .ring_timeout_ms = p.ring_timeout_ms.value_or(configured),
                   .max_talk_ms = p.max_talk_ms},
                  config);
}

int64_t CallEngine::PacingDelayMs(SimProvider provider, const SimConfig& config) {
  if (provider != SimProvider::kRetell || config.retell_starts_per_second <= 0) return 0;
  const int64_t now_us = clock_->SteadyUs();
  const double gap_us = 1e6 / (config.retell_starts_per_second * clock_->scale());
  int64_t& next_us = next_start_us_[Index(provider)];
  const int64_t start_us = std::max(next_us, now_us);
  next_us = start_us + static_cast<int64_t>(gap_us);
  return static_cast<int64_t>(static_cast<double>(start_us - now_us) * clock_->scale() / 1000.0);
}

std::optional<SimCall> CallEngine::Place(const Placement& p) {
  const SimConfig config = config_->Get();
  std::lock_guard lock(mutex_);
  const double limit =
      p.provider == SimProvider::kVapi ? config.vapi_concurrency : config.retell_concurrency;
  if (active_[Index(p.provider)] >= static_cast<int>(limit)) return std::nullopt;

  auto call = std::make_shared<SimCall>();
  call->provider = p.provider;
  call->created_at = call->updated_at = clock_->WallMs();
  call->id = NewId(p.provider, seed_, rings_.size(), call->created_at);
  call->number = p.number;
  call->attempt_id = p.attempt_id;
  call->api_key = p.api_key;
  call->request = p.request;
  const int nth_call = ++calls_to_[p.number];
  call->draw_key = p.number + "#" + std::to_string(nth_call);
  call->plan = PlanOf(p, nth_call, config);
  call->start_delay_ms = static_cast<int64_t>(config.start_delay_ms) + p.extra_delay_ms +
                         PacingDelayMs(p.provider, config);
  const NumberScript* script = ScriptOf(p.number);
  const int64_t hide_ms =
      static_cast<int64_t>(config.hide_from_list_ms) + (script != nullptr ? script->hide_ms : 0);
  call->visible_us = clock_->DueUs(hide_ms);
  call->ring = rings_.size();
  rings_.push_back({.provider = p.provider,
                    .number = p.number,
                    .attempt_id = p.attempt_id,
                    .at = clock_->SimMs() + call->start_delay_ms,
                    .ended_at = {},
                    .outcome = {}});
  ++active_[Index(p.provider)];
  by_id_[call->id] = call;
  in_order_[Index(p.provider)].push_back(call);
  return *call;
}

void CallEngine::Begin(const std::string& id) {
  std::lock_guard lock(mutex_);
  const auto it = by_id_.find(id);
  if (it == by_id_.end() || it->second->phase != CallPhase::kQueued) return;
  After(it->second->start_delay_ms + it->second->plan.queue_ms, it->second, CallPhase::kQueued,
        &CallEngine::StartRinging);
  Tell(it->second, CallStep::kQueued);
}

// A call that was ended meanwhile is in another phase, so its old timers find nothing to do. Set
// before the step is told: whoever hears of it may move the clock.
void CallEngine::After(int64_t delay_ms, const CallPtr& call, CallPhase expected,
                       void (CallEngine::*step)(const CallPtr&)) {
  timers_->At(clock_->DueUs(delay_ms), [this, call, expected, step] {
    std::lock_guard lock(mutex_);
    if (call->phase == expected) (this->*step)(call);
  });
}

void CallEngine::Tell(const CallPtr& call, CallStep step) {
  call->updated_at = clock_->WallMs();
  if (!call->deleted) listener_(*call, step);
}

void CallEngine::StartRinging(const CallPtr& call) {
  call->phase = CallPhase::kRinging;
  call->dialled_at = clock_->WallMs();
  After(call->plan.ring_ms, call, CallPhase::kRinging, &CallEngine::RingingOver);
  Tell(call, CallStep::kRinging);
}

void CallEngine::RingingOver(const CallPtr& call) {
  if (!call->plan.connects) return End(call, call->plan.reason);
  call->phase = CallPhase::kTalking;
  call->answered_at = clock_->WallMs();
  call->answered_us = clock_->SteadyUs();
  After(call->plan.talk_ms, call, CallPhase::kTalking, &CallEngine::TalkOver);
  Tell(call, CallStep::kAnswered);
}

void CallEngine::TalkOver(const CallPtr& call) {
  call->talk_ms = call->plan.talk_ms;
  End(call, call->plan.reason);
}

void CallEngine::End(const CallPtr& call, std::string_view reason) {
  call->phase = CallPhase::kEnded;
  call->ended_reason = reason;
  call->ended_at = call->answered_at ? *call->answered_at + call->talk_ms : clock_->WallMs();
  --active_[Index(call->provider)];
  Ring& ring = rings_[call->ring];
  ring.ended_at = std::max(clock_->SimMs(), ring.at);
  ring.outcome = call->plan.outcome;
  After(call->plan.report_ms, call, CallPhase::kEnded, &CallEngine::Report);
  Tell(call, CallStep::kEnded);
}

void CallEngine::Report(const CallPtr& call) {
  call->reported = true;
  Tell(call, CallStep::kReport);
  ForgetOldest(call->provider);
}

void CallEngine::ForgetOldest(SimProvider provider) {
  auto& calls = in_order_[Index(provider)];
  while (calls.size() > kMaxKeptCalls && calls.front()->reported) {
    by_id_.erase(calls.front()->id);
    calls.pop_front();
  }
}

bool CallEngine::Hangup(SimProvider provider, const std::string& id, std::string_view reason) {
  std::lock_guard lock(mutex_);
  const CallPtr call = Get(provider, id);
  if (call == nullptr || call->phase == CallPhase::kEnded) return false;
  if (call->phase == CallPhase::kTalking) {
    call->talk_ms = std::min(clock_->SimElapsedMs(call->answered_us), call->plan.talk_ms);
  } else {
    call->plan.outcome = SimOutcome::kNoAnswer;
    call->plan.connects = false;
  }
  End(call, reason);
  return true;
}

CallEngine::CallPtr CallEngine::Get(SimProvider provider, const std::string& id) const {
  const auto it = by_id_.find(id);
  const bool found = it != by_id_.end() && it->second->provider == provider && !it->second->deleted;
  return found ? it->second : nullptr;
}

std::optional<SimCall> CallEngine::Find(SimProvider provider, const std::string& id) const {
  std::lock_guard lock(mutex_);
  const CallPtr call = Get(provider, id);
  return call == nullptr ? std::nullopt : std::optional<SimCall>(*call);
}

void CallEngine::Visit(SimProvider provider,
                       const std::function<bool(const SimCall&)>& visit) const {
  std::lock_guard lock(mutex_);
  const auto& calls = in_order_[Index(provider)];
  for (auto it = calls.rbegin(); it != calls.rend(); ++it) {
    if (!(*it)->deleted && !visit(**it)) return;
  }
}

bool CallEngine::Edit(SimProvider provider, const std::string& id,
                      const std::function<void(SimCall&)>& edit) {
  std::lock_guard lock(mutex_);
  const CallPtr call = Get(provider, id);
  if (call == nullptr) return false;
  edit(*call);
  call->updated_at = clock_->WallMs();
  return true;
}

int CallEngine::Active(SimProvider provider) const {
  std::lock_guard lock(mutex_);
  return active_[Index(provider)];
}

int CallEngine::Limit(SimProvider provider) const {
  const SimConfig config = config_->Get();
  return static_cast<int>(provider == SimProvider::kVapi ? config.vapi_concurrency
                                                         : config.retell_concurrency);
}

std::vector<Ring> CallEngine::Rings() const {
  std::lock_guard lock(mutex_);
  return rings_;
}

}  // namespace leadline
