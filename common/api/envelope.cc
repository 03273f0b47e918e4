#include "common/api/envelope.h"

#include "common/base/utf8.h"

namespace leadline {
namespace {

constexpr size_t kMaxDetailBytes = 500;

Code CodeOfHttp(int status) {
  switch (status) {
    case 400:
    case 415:
    case 422:
      return Code::kInvalid;
    case 401:
    case 403:
      return Code::kForbidden;
    case 404:
    case 410:
      return Code::kNotFound;
    case 409:
    case 412:
      return Code::kConflict;
    case 413:
    case 431:
      return Code::kTooLarge;
    case 0:
    case 429:
    case 502:
    case 503:
    case 504:
      return Code::kUnavailable;
    default:
      return status < 500 ? Code::kInvalid : Code::kInternal;
  }
}

}  // namespace

Json FieldProblemsJson(const std::vector<FieldProblem>& fields) {
  Json list = Json::array();
  for (const FieldProblem& field : fields) {
    list.push_back({{"path", field.path}, {"code", field.code}, {"message", field.message}});
  }
  return list;
}

std::vector<FieldProblem> ReadFieldProblems(const Json& value) {
  std::vector<FieldProblem> fields;
  if (!value.is_array()) return fields;
  for (const Json& item : value) {
    fields.push_back({ReadText(item, "path"), ReadText(item, "code"), ReadText(item, "message")});
  }
  return fields;
}

Json ProblemJson(const Problem& problem) {
  Json object = {{"type", "about:blank"},           {"title", problem.title},
                 {"status", problem.status},        {"code", problem.code},
                 {"detail", problem.detail},        {"fields", FieldProblemsJson(problem.fields)},
                 {"request_id", problem.request_id}};
  if (!problem.current.is_null()) object["current"] = problem.current;
  return object;
}

Problem ReadProblem(int http_status, std::string_view body) {
  Problem problem;
  problem.status = http_status;
  const Result<Json> parsed = ParseJson(body);
  if (parsed.ok() && parsed->is_object()) {
    problem.title = ReadText(*parsed, "title");
    problem.code = ReadText(*parsed, "code");
    problem.detail = ClipUtf8(ReadText(*parsed, "detail"), kMaxDetailBytes);
    problem.fields = ReadFieldProblems(Member(*parsed, "fields"));
    problem.request_id = ReadText(*parsed, "request_id");
    problem.current = Member(*parsed, "current");
  }
  if (problem.code.empty()) problem.code = http_status == 0 ? "unreachable" : "http_error";
  if (problem.detail.empty()) {
    problem.detail = http_status == 0
                         ? "The server could not be reached."
                         : "The server answered with status " + std::to_string(http_status) + ".";
  }
  return problem;
}

Status StatusOf(const Problem& problem) {
  Code code = CodeOfHttp(problem.status);
  if (problem.status == 409 && problem.code != "conflict") code = Code::kRefused;
  return {code, problem.code, problem.detail, problem.fields};
}

Json PageJson(Json items, std::string_view next_cursor, int64_t total, bool total_is_floor) {
  Json page = {
      {"items", std::move(items)}, {"next_cursor", TextOrNull(next_cursor)}, {"total", total}};
  if (total_is_floor) page["total_is_floor"] = true;
  return page;
}

const Json& ReadPage(const Json& value, PageHead* head) {
  head->next_cursor = ReadText(value, "next_cursor");
  head->total = ReadInt(value, "total");
  head->total_is_floor = ReadBool(value, "total_is_floor");
  const Json& items = Member(value, "items");
  return items.is_array() ? items : Member(Json(), "");
}

Json ChangeJson(const Change& change) {
  return {{"id", change.id},
          {"at", TimeJson(change.at)},
          {"kind", change.kind},
          {"ref_id", change.ref_id},
          {"data", change.data.is_object() ? change.data : Json::object()}};
}

bool ReadChange(const Json& value, Change* change) {
  if (!value.is_object()) return false;
  change->id = ReadInt(value, "id");
  change->at = ReadTime(value, "at");
  change->kind = ReadText(value, "kind");
  change->ref_id = ReadInt(value, "ref_id");
  change->data = Member(value, "data");
  return !change->kind.empty();
}

}  // namespace leadline
