#include "server/http/app.h"

#include <charconv>
#include <cstdio>

#include "server/http/errors.h"
#include "server/http/exchange.h"
#include "server/http/routes.h"

namespace leadline {
namespace {

Admission Refusal(int status, const char* code, const char* message) {
  Admission admission;
  admission.refusal = {status, code, message};
  return admission;
}

// Where an event stream goes on: the header of a reconnecting browser, or `?after=`.
int64_t ResumeAfter(const RequestHead& head) {
  std::string_view text = head.Get("last-event-id");
  if (text.empty()) {
    const size_t at = head.target.find("?after=");
    if (at != std::string_view::npos) text = head.target.substr(at + 7);
  }
  int64_t id = -1;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), id);
  return problem == std::errc() && end == text.data() + text.size() && id >= 0 ? id : -1;
}

}  // namespace

App::App(const ServerContext* context, EventHub* hub)
    : context_(*context),
      hub_(hub),
      guards_(context->public_url),
      run_id_(context->random->Next64()) {}

httplib::Headers App::SecurityHeaders() {
  return {
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src "
       "'self'; img-src 'self' data: blob:; font-src 'self'; worker-src 'self'; manifest-src "
       "'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"},
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
  };
}

Admission App::Admit(const RequestHead& head) {
  const RouteMatch match = FindRoute(Routes(), head.method, head.path);
  if (match.route == nullptr) {
    Admission admission = match.allow.empty()
                              ? Refusal(404, "not_found", "There is nothing at this address.")
                              : Refusal(405, "method_not_allowed",
                                        "This address does not take this method; see the Allow "
                                        "header.");
    return admission;
  }
  Admission admission;
  if (!guards_.Allow(head, *match.route, &admission.refusal)) return admission;
  admission.route = match.route;
  admission.body_cap = BodyCapOf(*match.route);
  switch (match.route->body) {
    case BodyKind::kUpload:
      admission.kind = Admission::Kind::kStream;
      break;
    case BodyKind::kEvents:
      if (head.method == "HEAD") return Refusal(405, "method_not_allowed", "Use GET.");
      if (!hub_->HasRoom()) {
        return Refusal(503, "too_many_streams", "Too many event streams are open.");
      }
      admission.kind = Admission::Kind::kEvents;
      break;
    default:
      admission.kind = Admission::Kind::kAnswer;
  }
  return admission;
}

void App::Answer(const Admission& admission, const RequestHead& head,
                 const httplib::Request& request, std::string body, BodyReader* upload,
                 httplib::Response* response) {
  if (admission.kind == Admission::Kind::kRefuse) {
    WriteProblem(admission.refusal, NewRequestId(), response);
    if (response->status == 405) {
      response->set_header("Allow", FindRoute(Routes(), head.method, head.path).allow);
    }
  } else {
    AnswerRoute(*static_cast<const Route*>(admission.route), head, request, body, upload, response);
  }
  if (!response->has_header("Cache-Control")) response->set_header("Cache-Control", "no-store");
  ++counters_.answers[static_cast<size_t>(response->status / 100) % 6];
}

void App::AnswerRoute(const Route& route, const RequestHead& head, const httplib::Request& request,
                      const std::string& body, BodyReader* upload, httplib::Response* response) {
  const RouteMatch match = FindRoute(Routes(), head.method, head.path);
  Exchange exchange = {context_,   *this, head,   request, *response,
                       match.args, body,  upload, nullptr};
  const Status status = route.handler(exchange);
  if (!status.ok()) WriteProblem(status, NewRequestId(), exchange.current, response);
}

void App::TakeStream(const RequestHead& head, int fd) {
  std::string text =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n"
      "Connection: close\r\n";
  for (const auto& [name, value] : SecurityHeaders()) text += name + ": " + value + "\r\n";
  ++counters_.streams;
  hub_->Adopt(fd, text + "\r\n", ResumeAfter(head));
}

std::string App::NewRequestId() {
  char text[40];
  std::snprintf(text, sizeof text, "%08x-%llx", static_cast<unsigned>(run_id_),
                static_cast<unsigned long long>(next_request_++));
  return text;
}

}  // namespace leadline
