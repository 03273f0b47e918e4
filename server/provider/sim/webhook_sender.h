// Delivers webhooks: one lane per call, so that what a call tells arrives in the order it happened;
// retries by the job's own plan; time-outs in real time. Plain http goes to loopback only, anything
// else needs https. Thread-safe. Owns a few threads; Stop joins them.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "common/base/json.h"
#include "server/provider/sim/sim_clock.h"
#include "server/provider/sim/timers.h"

namespace httplib {
class Client;
}

namespace leadline {

struct WebhookRetry {
  int max_retries = 0;
  int64_t base_delay_ms = 0;  // simulated
  bool exponential = false;
  std::vector<int> excluded_statuses;  // never retried
};

enum class WebhookSignature { kNone, kRight, kWrong, kStale };

struct Webhook {
  std::string call_id;
  std::string event;  // for the delivery log
  std::string url;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  WebhookSignature signature = WebhookSignature::kNone;
  std::string signing_key;
  double timeout_seconds = 20;  // real
  WebhookRetry retry;
  int attempt = 0;  // 0 for the first
};

// Both the product and real Vapi want https; the simulator also takes plain http to this machine
// itself.
bool IsAllowedWebhookUrl(std::string_view url);

class WebhookSender {
 public:
  // Both must outlive the sender.
  WebhookSender(const SimClock* clock, TimerQueue* timers);
  ~WebhookSender();
  WebhookSender(const WebhookSender&) = delete;
  WebhookSender& operator=(const WebhookSender&) = delete;

  void Send(Webhook webhook);
  // Waits, at most `seconds` of real time, until one webhook of the call has been tried since
  // Expect.
  void Expect(const std::string& call_id);
  void AwaitExpected(const std::string& call_id, int seconds);
  // Breaks off what is being sent. Idempotent.
  void Stop();

  // {"sent","accepted","failed","items":[newest 200:
  // {"call_id","event","url","attempt","status","at"}]}; status 0 when no answer came.
  Json ToJson() const;

 private:
  static constexpr size_t kLanes = 8;
  struct Lane {
    std::condition_variable changed;
    std::deque<Webhook> jobs;
    httplib::Client* client = nullptr;  // while sending
    std::thread thread;
  };
  void Run(Lane& lane);
  int Deliver(Lane& lane, const Webhook& webhook);
  void Record(const Webhook& webhook, int status);
  void RetryLater(Webhook webhook, int status);

  const SimClock* clock_;
  TimerQueue* timers_;
  mutable std::mutex mutex_;
  std::condition_variable tried_changed_;
  std::vector<std::unique_ptr<Lane>> lanes_;
  std::unordered_map<std::string, int> expected_;  // call id -> tries since Expect
  std::deque<Json> log_;
  int64_t sent_ = 0, accepted_ = 0, failed_ = 0;
  bool stopping_ = false;
};

}  // namespace leadline
