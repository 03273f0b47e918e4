// One request and its answer, as a handler sees them.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/json.h"
#include "server/http/body_reader.h"
#include "server/http/head.h"
#include "server/service/context.h"

namespace httplib {
struct Request;
struct Response;
}  // namespace httplib

namespace leadline {

class App;

struct Exchange {
  const ServerContext& context;
  App& app;
  const RequestHead& head;
  const httplib::Request& request;  // for its query parameters
  httplib::Response& response;
  const std::vector<std::string_view>& args;
  const std::string& body;
  BodyReader* upload = nullptr;
  Json current;  // with a kConflict: the object as it now is

  TimeMs now() const { return context.clock->NowMs(); }
  Store& store() const { return *context.store; }

  // The {id} of the path; 0, which no object has, when it is no number.
  int64_t Id() const;
  Result<Json> BodyJson() const { return ParseJson(body); }
  // The version that If-Match asks for; `stored` without the header or with "*". kInvalid
  // "bad_if_match".
  Result<int64_t> IfMatch(int64_t stored) const;

  // Always ok, to end a handler with.
  Status Answer(const Json& json, int http_status = 200);
  // The same for one object that has a version: adds its ETag.
  Status AnswerVersioned(const Json& json, int64_t version, int http_status = 200);
  Status AnswerNothing();  // 204
  Status AnswerText(std::string text, const char* content_type);
  void SetHeader(const char* name, const std::string& value);
};

// Query parameters, read strictly: what nobody asked for is a problem, so that a mistyped filter
// never selects everything.
class QueryReader {
 public:
  explicit QueryReader(const Exchange& exchange);

  std::string Text(const char* name, size_t max_bytes = 200);
  std::vector<std::string> List(const char* name);  // commas, or the parameter repeated
  int64_t Int(const char* name, int64_t fallback, int64_t min, int64_t max);
  bool Flag(const char* name);    // 1, true, or just there
  TimeMs Time(const char* name);  // RFC 3339 or a date; 0 when absent
  void AddProblem(const char* name, std::string_view code, std::string_view message);
  Status Finish();  // kInvalid "invalid_query" with fields

 private:
  const std::multimap<std::string, std::string>& params_;
  std::vector<std::string> known_;
  std::vector<FieldProblem> problems_;
};

}  // namespace leadline
