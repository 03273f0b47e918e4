#include "server/provider/sim/webhook_sender.h"

#include <httplib.h>

#include <algorithm>
#include <chrono>

#include "server/provider/sim/retell_signature.h"

namespace leadline {
namespace {

constexpr size_t kLogSize = 200;
constexpr TimeMs kStaleByMs = 10 * kMinuteMs;  // Retell's tolerance is five

struct UrlParts {
  std::string origin, host, path;
  bool https = false;
};

UrlParts SplitUrl(std::string_view url) {
  UrlParts parts;
  const size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return parts;
  parts.https = url.substr(0, scheme) == "https";
  const size_t host_at = scheme + 3;
  const size_t path_at = std::min(url.find_first_of("/?#", host_at), url.size());
  parts.origin = url.substr(0, path_at);
  std::string_view host = url.substr(host_at, path_at - host_at);
  if (host.find('@') != std::string_view::npos) return {};
  const bool bracketed = host.starts_with('[');
  const size_t port = bracketed ? host.find("]:") : host.rfind(':');
  if (port != std::string_view::npos) host = host.substr(0, bracketed ? port + 1 : port);
  parts.host = host;
  parts.path = path_at == url.size() ? "/" : std::string(url.substr(path_at));
  if (parts.path.front() != '/') parts.path.insert(0, 1, '/');
  return parts;
}

bool IsLoopback(std::string_view host) {
  if (host == "localhost" || host == "[::1]") return true;
  return host.starts_with("127.") && host.find_first_not_of("0123456789.") == host.npos;
}

httplib::Headers HeadersOf(const Webhook& webhook, TimeMs wall_ms) {
  httplib::Headers headers;
  for (const auto& [name, value] : webhook.headers) headers.emplace(name, value);
  if (webhook.signature == WebhookSignature::kNone) return headers;
  const bool stale = webhook.signature == WebhookSignature::kStale;
  std::string signature =
      SignRetellWebhook(webhook.body, webhook.signing_key, stale ? wall_ms - kStaleByMs : wall_ms);
  if (webhook.signature == WebhookSignature::kWrong) {
    signature.back() = signature.back() == '0' ? '1' : '0';
  }
  headers.emplace("x-retell-signature", signature);
  return headers;
}

}  // namespace

bool IsAllowedWebhookUrl(std::string_view url) {
  if (url.size() > 2000 || url.find_first_of(" \r\n\t") != url.npos) return false;
  const UrlParts parts = SplitUrl(url);
  if (parts.host.empty()) return false;
  return parts.https || (url.starts_with("http://") && IsLoopback(parts.host));
}

WebhookSender::WebhookSender(const SimClock* clock, TimerQueue* timers)
    : clock_(clock), timers_(timers) {
  for (size_t i = 0; i < kLanes; ++i) lanes_.push_back(std::make_unique<Lane>());
  for (auto& lane : lanes_) lane->thread = std::thread([this, &lane = *lane] { Run(lane); });
}

WebhookSender::~WebhookSender() {
  Stop();
}

void WebhookSender::Stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    for (auto& lane : lanes_) {
      if (lane->client != nullptr) lane->client->stop();
      lane->changed.notify_all();
    }
    tried_changed_.notify_all();
  }
  for (auto& lane : lanes_) {
    if (lane->thread.joinable()) lane->thread.join();
  }
}

void WebhookSender::Send(Webhook webhook) {
  std::lock_guard lock(mutex_);
  Lane& lane = *lanes_[std::hash<std::string>()(webhook.call_id) % kLanes];
  lane.jobs.push_back(std::move(webhook));
  lane.changed.notify_one();
}

void WebhookSender::Expect(const std::string& call_id) {
  std::lock_guard lock(mutex_);
  expected_[call_id] = 0;
}

void WebhookSender::AwaitExpected(const std::string& call_id, int seconds) {
  std::unique_lock lock(mutex_);
  tried_changed_.wait_for(lock, std::chrono::seconds(seconds),
                          [&] { return stopping_ || expected_[call_id] > 0; });
  expected_.erase(call_id);
}

void WebhookSender::Run(Lane& lane) {
  std::unique_lock lock(mutex_);
  while (true) {
    lane.changed.wait(lock, [&] { return stopping_ || !lane.jobs.empty(); });
    if (stopping_) return;
    Webhook webhook = std::move(lane.jobs.front());
    lane.jobs.pop_front();
    lock.unlock();
    const int status = IsAllowedWebhookUrl(webhook.url) ? Deliver(lane, webhook) : 0;
    lock.lock();
    Record(webhook, status);
    if (status < 200 || status > 299) RetryLater(std::move(webhook), status);
  }
}

// A fresh connection each: the library would otherwise resend a POST on a connection that the peer
// has just closed.
int WebhookSender::Deliver(Lane& lane, const Webhook& webhook) {
  const UrlParts url = SplitUrl(webhook.url);
  httplib::Client client(url.origin);
  if (!client.is_valid()) return 0;
  const auto timeout =
      std::chrono::milliseconds(static_cast<int64_t>(webhook.timeout_seconds * 1000));
  client.set_connection_timeout(timeout);
  client.set_read_timeout(timeout);
  client.set_write_timeout(timeout);
  {
    std::lock_guard lock(mutex_);
    if (stopping_) return 0;
    lane.client = &client;
  }
  const auto answer =
      client.Post(url.path, HeadersOf(webhook, clock_->WallMs()), webhook.body, "application/json");
  std::lock_guard lock(mutex_);
  lane.client = nullptr;
  return answer ? answer->status : 0;
}

void WebhookSender::Record(const Webhook& webhook, int status) {
  ++sent_;
  ++(status >= 200 && status <= 299 ? accepted_ : failed_);
  log_.push_front({{"call_id", webhook.call_id},
                   {"event", webhook.event},
                   {"url", webhook.url},
                   {"attempt", webhook.attempt + 1},
                   {"status", status},
                   {"at", FormatRfc3339(clock_->WallMs())}});
  if (log_.size() > kLogSize) log_.pop_back();
  if (const auto it = expected_.find(webhook.call_id); it != expected_.end()) {
    ++it->second;
    tried_changed_.notify_all();
  }
}

void WebhookSender::RetryLater(Webhook webhook, int status) {
  const WebhookRetry& retry = webhook.retry;
  const auto& excluded = retry.excluded_statuses;
  if (webhook.attempt >= retry.max_retries) return;
  if (std::find(excluded.begin(), excluded.end(), status) != excluded.end()) return;
  const int64_t factor = retry.exponential ? int64_t{1} << std::min(webhook.attempt, 10) : 1;
  const int64_t due_us = clock_->DueUs(retry.base_delay_ms * factor);
  ++webhook.attempt;
  timers_->At(due_us, [this, webhook = std::move(webhook)] { Send(webhook); });
}

Json WebhookSender::ToJson() const {
  std::lock_guard lock(mutex_);
  return {{"sent", sent_},
          {"accepted", accepted_},
          {"failed", failed_},
          {"items", Json(std::vector<Json>(log_.begin(), log_.end()))}};
}

}  // namespace leadline
