// A provider and the people behind its numbers, in memory, on a test's clock: what the scheduler's
// tests talk to. It keeps its own log of rings, which tests compare with the store; it never looks
// into the store.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "server/base/clock.h"
#include "server/provider/provider.h"

namespace leadline {

struct Ring {
  std::string number;
  std::string attempt_id;
  TimeMs at = 0;
  TimeMs ended_at = 0;
  Outcome outcome = Outcome::kNoAnswer;
};

class FakeProvider final : public CallProvider {
 public:
  // What happens to a create request.
  enum class Wire {
    kAccept,
    kRefuse,             // a definite 4xx; `refusal` says which
    kNotSent,            // connection refused
    kLostAfterPlacing,   // the phone rings, the answer never comes
    kLostBeforePlacing,  // nothing rings, and nobody can tell
  };

  FakeProvider(Provider id, const Clock* clock) : id_(id), clock_(clock) {}

  // Scripts; called with the number and how often it rang before.
  std::function<Wire(const std::string& number)> wire = [](const std::string&) {
    return Wire::kAccept;
  };
  std::function<Outcome(const std::string& number, int rings_before)> person =
      [](const std::string&, int) { return Outcome::kAnswered; };
  Verdict refusal{Outcome::kTemporaryError, ErrorScope::kNone, true, false, "rate_limit_exceeded"};
  TimeMs call_length_ms = 90 * kSecondMs;
  bool answers_questions = true;  // false: Find gets no answer
  std::function<void()> before_place = [] {};

  const std::vector<Ring>& rings() const { return rings_; }
  int requests() const { return requests_; }
  // How often a number rang.
  int RingsOf(const std::string& number) const {
    int n = 0;
    for (const Ring& r : rings_) n += r.number == number ? 1 : 0;
    return n;
  }

  Provider id() const override { return id_; }
  bool key_present() const override { return true; }
  Json CreateBody(const DialOrder&, bool) const override { return Json::object(); }

  PlaceResult Place(const DialOrder& order) override {
    before_place();
    ++requests_;
    PlaceResult result;
    switch (wire(order.call.number)) {
      case Wire::kAccept:
        result.kind = PlaceResult::Kind::kAccepted;
        result.provider_call_id = RingNow(order.call);
        break;
      case Wire::kRefuse:
        result.kind = PlaceResult::Kind::kRefused;
        result.verdict = refusal;
        break;
      case Wire::kNotSent:
        result.kind = PlaceResult::Kind::kRefused;
        result.verdict = {Outcome::kTemporaryError, ErrorScope::kNone, false, false,
                          "network_error"};
        break;
      case Wire::kLostAfterPlacing:
        RingNow(order.call);
        break;
      case Wire::kLostBeforePlacing:
        break;
    }
    return result;
  }

  FindResult Find(const Call& call, TimeMs) override {
    FindResult result;
    if (!answers_questions) return result;
    result.kind = FindResult::Kind::kNotThere;
    for (size_t i = 0; i < rings_.size(); ++i) {
      const Ring& r = rings_[i];
      if (r.attempt_id != call.attempt_id) continue;
      result.kind = FindResult::Kind::kFound;
      result.report = ReportOf(i);
    }
    return result;
  }

  // What a webhook about ring `i` would say now.
  CallReport ReportOf(size_t i) const {
    const Ring& r = rings_[i];
    CallReport report;
    report.provider = id_;
    report.provider_call_id = "call-" + std::to_string(i);
    report.attempt_id = r.attempt_id;
    report.connected = r.outcome == Outcome::kAnswered || r.outcome == Outcome::kVoicemail;
    report.phase =
        clock_->NowMs() >= r.ended_at ? CallReport::Phase::kEnded : CallReport::Phase::kPlaced;
    if (report.phase == CallReport::Phase::kEnded) {
      report.verdict.outcome = r.outcome;
      report.summary = "They talked.";
    }
    return report;
  }

  TimeMs look_back_ms() const override { return 6 * kMinuteMs; }
  Result<Catalog> ListCatalog() override { return Catalog{}; }
  bool VerifyWebhook(std::string_view, const std::function<std::string(const char*)>&,
                     TimeMs) const override {
    return true;
  }
  // The body is the index of a ring.
  Result<WebhookReading> ReadWebhook(std::string_view body) const override {
    const size_t i = static_cast<size_t>(std::stoul(std::string(body)));
    return WebhookReading{"ended-" + std::string(body), ReportOf(i)};
  }

 private:
  std::string RingNow(const Call& call) {
    const Outcome outcome = person(call.number, RingsOf(call.number));
    const TimeMs now = clock_->NowMs();
    rings_.push_back({call.number, call.attempt_id, now,
                      now + (outcome == Outcome::kAnswered ? call_length_ms : call_length_ms / 3),
                      outcome});
    return "call-" + std::to_string(rings_.size() - 1);
  }

  const Provider id_;
  const Clock* const clock_;
  std::vector<Ring> rings_;
  int requests_ = 0;
};

}  // namespace leadline
