#include "server/scheduler/scheduler.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

namespace leadline {
namespace {

constexpr int kWebhooksPerPass = 500;
constexpr int kChecksPerPass = 20;
constexpr int kClaimsPerPass = 50;
// How far the two clocks may differ when a provider's list is searched by time, in real
// milliseconds.
constexpr TimeMs kClockSlackMs = kMinuteMs;
// A sped-up clock must still leave a request on the wire this long to turn up in a list.
constexpr TimeMs kRealLookBackMs = 5 * kSecondMs;

bool LogIfError(const Status& status, const char* what) {
  if (!status.ok()) spdlog::error("scheduler: {}: {} {}", what, status.slug(), status.message());
  return status.ok();
}

}  // namespace

Status Scheduler::Recover(TimeMs now) {
  while (true) {
    auto open = parts_.store->ListCallsToCheck(now, /*dispatching_before=*/kNever, 500);
    if (!open.ok()) return open.status();
    int found = 0;
    for (const Call& call : open->calls) {
      if (call.state != CallState::kDispatching) continue;
      ++found;
      LEADLINE_RETURN_IF_ERROR(parts_.store->RecordUnclear(
          call.id, "Leadline stopped while this call was being placed.", now));
    }
    if (found == 0) return {};
    spdlog::warn(
        "scheduler: {} calls were being placed when the last run ended; asking the providers",
        found);
  }
}

PassResult Scheduler::RunOnce(TimeMs now) {
  PassResult result;
  result.next_at = kNever;
  RetryRecords();
  ApplyWebhooks(now, &result);
  CheckCalls(now, &result);
  ClaimAndPlace(now, &result);
  return result;
}

ProviderReadiness Scheduler::readiness(Provider provider) const {
  const int i = static_cast<int>(provider);
  const CallProvider* p = parts_.providers[i];
  const std::lock_guard<std::mutex> lock(mutex_);
  ProviderReadiness r;
  r.key_present = p != nullptr && p->key_present();
  r.circuit_open_until = circuits_[i].open_until();
  r.max_new_calls = circuits_[i].MaxNewCalls(parts_.clock->NowMs(), placing_[i]);
  return r;
}

void Scheduler::ApplyWebhooks(TimeMs now, PassResult* result) {
  auto pending = parts_.store->PendingWebhooks(kWebhooksPerPass);
  if (!LogIfError(pending.status(), "reading webhooks")) return;
  for (const StoredWebhook& w : *pending) ApplyWebhook(w, now);
  result->webhooks_applied = static_cast<int>(pending->size());
  result->busy |= pending->size() == kWebhooksPerPass;
}

void Scheduler::ApplyWebhook(const StoredWebhook& webhook, TimeMs now) {
  ApplyResult applied = ApplyResult::kNoChange;
  if (CallProvider* provider = ProviderOf(webhook.provider)) {
    const auto reading = provider->ReadWebhook(webhook.body);
    if (!reading.ok()) {
      spdlog::warn("scheduler: webhook {} cannot be read: {}", webhook.id, reading.status().slug());
    } else if (reading->report.has_value()) {
      const auto r = parts_.store->ApplyReport(*reading->report, Jitter(), now);
      if (!LogIfError(r.status(), "applying a webhook")) return;  // stays pending
      applied = *r;
    }
  }
  LogIfError(parts_.store->FinishWebhook(webhook.id, applied, now), "finishing a webhook");
}

void Scheduler::CheckCalls(TimeMs now, PassResult* result) {
  const auto due = parts_.store->ListCallsToCheck(now, /*dispatching_before=*/0, kChecksPerPass);
  if (!LogIfError(due.status(), "listing calls to check")) return;
  result->next_at = std::min(result->next_at, due->next_check_at);
  for (const Call& call : due->calls) {
    if (ProviderOf(call.provider) == nullptr || parts_.executor->Free() == 0) continue;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (!checking_.insert(call.id).second) continue;
    }
    ++result->calls_checked;
    parts_.executor->Run([this, call] {
      CheckCall(call);
      const std::lock_guard<std::mutex> lock(mutex_);
      checking_.erase(call.id);
    });
  }
  result->busy |= due->calls.size() == kChecksPerPass && result->calls_checked > 0;
}

void Scheduler::CheckCall(const Call& call) {
  CallProvider* provider = ProviderOf(call.provider);
  // A sped-up calling clock tells nothing about the provider's clock, so the search reaches back
  // accordingly further.
  const TimeMs scale = parts_.clock->scale();
  const TimeMs slack = scale == 1 ? kClockSlackMs : scale * kHourMs;
  const FindResult found = provider->Find(call, call.claimed_at - slack);
  const TimeMs now = parts_.clock->NowMs();
  const TimeMs look_back = std::max(provider->look_back_ms(), kRealLookBackMs * scale);
  Record([this, id = call.id, now] { return parts_.store->RecordChecked(id, now); });
  if (found.kind == FindResult::Kind::kFound) {
    CallReport report = found.report;
    report.attempt_id = call.attempt_id;
    Record([this, report, now, jitter = Jitter()] {
      return parts_.store->ApplyReport(report, jitter, now).status();
    });
  } else if (found.kind == FindResult::Kind::kNotThere && now >= call.claimed_at + look_back) {
    Record([this, id = call.id, now, jitter = Jitter()] {
      return parts_.store->GiveUpOnCall(id, "not_known_to_provider", jitter, now);
    });
  }
}

void Scheduler::ClaimAndPlace(TimeMs now, PassResult* result) {
  ClaimParams params;
  params.now = now;
  params.limit = std::min(kClaimsPerPass, parts_.executor->Free());
  if (params.limit <= 0) {
    result->next_at = std::min(result->next_at, now + kSecondMs);
    return;
  }
  for (int i = 0; i < kProviderCount; ++i) {
    params.providers[i] = readiness(static_cast<Provider>(i));
    if (params.providers[i].circuit_open_until > now) {
      result->next_at = std::min(result->next_at, params.providers[i].circuit_open_until);
    }
  }
  params.new_attempt_id = [this] { return parts_.random->Uuid(); };
  auto claimed = parts_.store->ClaimDue(params);
  if (!LogIfError(claimed.status(), "claiming")) return;
  result->calls_claimed = static_cast<int>(claimed->orders.size());
  result->leads_promoted = claimed->promoted;
  result->next_at = std::min(result->next_at, claimed->next_due_at);
  result->busy |= result->calls_claimed == params.limit;
  for (DialOrder& order : claimed->orders) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      ++placing_[static_cast<int>(order.call.provider)];
    }
    parts_.executor->Run([this, order = std::move(order)] { Place(order); });
  }
}

void Scheduler::Place(const DialOrder& order) {
  const PlaceResult placed = ProviderOf(order.call.provider)->Place(order);
  const TimeMs now = parts_.clock->NowMs();
  const double jitter = Jitter();
  const CallId id = order.call.id;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const int i = static_cast<int>(order.call.provider);
    --placing_[i];
    circuits_[i].Record(placed, now, jitter);
  }
  Record([this, placed, id, now, jitter]() -> Status {
    switch (placed.kind) {
      case PlaceResult::Kind::kAccepted:
        return parts_.store->RecordAccepted(id, placed.provider_call_id, now);
      case PlaceResult::Kind::kRefused:
        return parts_.store->RecordRefused(id, placed.verdict, placed.provider_message,
                                           placed.retry_after_ms, jitter, now);
      case PlaceResult::Kind::kUnclear:
        return parts_.store->RecordUnclear(id, placed.provider_message, now);
    }
    return {};
  });
}

void Scheduler::Record(std::function<Status()> write) {
  if (LogIfError(write(), "recording an answer")) return;
  const std::lock_guard<std::mutex> lock(mutex_);
  unrecorded_.push_back(std::move(write));
}

void Scheduler::RetryRecords() {
  std::vector<std::function<Status()>> again;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    again.swap(unrecorded_);
  }
  for (auto& write : again) Record(std::move(write));
}

}  // namespace leadline
