// The application behind the front: guards, the route table, answers.
#pragma once

#include <atomic>
#include <string>

#include "server/http/event_hub.h"
#include "server/http/front.h"
#include "server/http/guards.h"
#include "server/http/router.h"
#include "server/service/context.h"

namespace leadline {

// What /metrics counts.
struct HttpCounters {
  std::atomic<uint64_t> answers[6] = {};  // by the first digit of the status
  std::atomic<uint64_t> streams{0};
};

class App final : public RequestHandler {
 public:
  // Both must outlive the app.
  App(const ServerContext* context, EventHub* hub);

  // The port that Host and Origin are held to.
  void SetPort(int port) { guards_.SetPort(port); }

  Admission Admit(const RequestHead& head) override;
  void Answer(const Admission& admission, const RequestHead& head, const httplib::Request& request,
              std::string body, BodyReader* upload, httplib::Response* response) override;
  void TakeStream(const RequestHead& head, int fd) override;

  const HttpCounters& counters() const { return counters_; }
  const EventHub& hub() const { return *hub_; }

  // Headers that every answer carries: what a page from here may do, and no sniffing.
  static httplib::Headers SecurityHeaders();

 private:
  void AnswerRoute(const Route& route, const RequestHead& head, const httplib::Request& request,
                   const std::string& body, BodyReader* upload, httplib::Response* response);
  std::string NewRequestId();

  const ServerContext& context_;
  EventHub* const hub_;
  Guards guards_;
  HttpCounters counters_;
  const uint64_t run_id_;
  std::atomic<uint64_t> next_request_{1};
};

}  // namespace leadline
