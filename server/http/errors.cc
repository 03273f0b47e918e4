#include "server/http/errors.h"

#include <spdlog/spdlog.h>

#include "common/api/envelope.h"
#include "httplib.h"

namespace leadline {
namespace {

constexpr const char* kProblemType = "application/problem+json";

void Write(Problem problem, httplib::Response* response) {
  problem.title = HttpTitle(problem.status);
  response->status = problem.status;
  response->set_content(DumpJson(ProblemJson(problem)), kProblemType);
}

}  // namespace

int HttpStatusOf(const Status& status) {
  switch (status.code()) {
    case Code::kOk:
      return 200;
    case Code::kInvalid:
      return status.slug().starts_with("json_") ? 400 : 422;
    case Code::kNotFound:
      return 404;
    case Code::kConflict:
    case Code::kRefused:
      return 409;
    case Code::kTooLarge:
      return 413;
    case Code::kForbidden:
      return 403;
    case Code::kUnavailable:
      return 503;
    case Code::kInternal:
      break;
  }
  return 500;
}

std::string_view HttpTitle(int http_status) {
  switch (http_status) {
    case 400:
      return "Bad request";
    case 401:
      return "Not authenticated";
    case 403:
      return "Not allowed from there";
    case 404:
      return "Not found";
    case 405:
      return "Method not allowed";
    case 408:
      return "Too slow";
    case 409:
      return "Conflict";
    case 413:
      return "Too large";
    case 415:
      return "Unsupported media type";
    case 422:
      return "Invalid input";
    case 431:
      return "Headers too large";
    case 500:
      return "Internal error";
    case 503:
      return "Try again later";
    default:
      return "Request refused";
  }
}

void WriteProblem(const Status& status, const std::string& request_id, const Json& current,
                  httplib::Response* response) {
  Problem problem;
  problem.status = HttpStatusOf(status);
  problem.code = status.slug();
  problem.detail = status.message();
  problem.fields = status.fields();
  problem.request_id = request_id;
  problem.current = current;
  if (problem.status == 503) response->set_header("Retry-After", "2");
  if (problem.status == 500) {
    spdlog::error("request {}: {}: {}", request_id, status.slug(), status.message());
    problem.detail = "Something went wrong here. The server's log tells more under this id.";
  }
  Write(std::move(problem), response);
}

void WriteProblem(const HeadError& error, const std::string& request_id,
                  httplib::Response* response) {
  Problem problem;
  problem.status = error.http_status;
  problem.code = error.code;
  problem.detail = error.message;
  problem.request_id = request_id;
  Write(std::move(problem), response);
}

}  // namespace leadline
