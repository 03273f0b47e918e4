#include "server/http/exchange.h"

#include <algorithm>
#include <charconv>

#include "httplib.h"

namespace leadline {
namespace {

bool ReadNumber(std::string_view text, int64_t* number) {
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), *number);
  return problem == std::errc() && end == text.data() + text.size() && !text.empty();
}

}  // namespace

int64_t Exchange::Id() const {
  int64_t id = 0;
  return !args.empty() && ReadNumber(args[0], &id) && id > 0 ? id : 0;
}

Result<int64_t> Exchange::IfMatch(int64_t stored) const {
  std::string_view text = head.Get("if-match");
  if (text.empty() || text == "*") return stored;
  if (text.substr(0, 2) == "W/") text.remove_prefix(2);
  if (text.size() > 2 && text.front() == '"' && text.back() == '"') {
    text = text.substr(1, text.size() - 2);
  }
  int64_t version = 0;
  if (!ReadNumber(text, &version)) {
    return Invalid("bad_if_match", "If-Match must hold the version of the object, such as 3.");
  }
  return version;
}

Status Exchange::Answer(const Json& json, int http_status) {
  response.status = http_status;
  response.set_content(DumpJson(json), "application/json");
  return {};
}

Status Exchange::AnswerVersioned(const Json& json, int64_t version, int http_status) {
  response.set_header("ETag", "\"" + std::to_string(version) + "\"");
  return Answer(json, http_status);
}

Status Exchange::AnswerNothing() {
  response.status = 204;
  return {};
}

Status Exchange::AnswerText(std::string text, const char* content_type) {
  response.status = 200;
  response.set_content(std::move(text), content_type);
  return {};
}

void Exchange::SetHeader(const char* name, const std::string& value) {
  response.set_header(name, value);
}

QueryReader::QueryReader(const Exchange& exchange) : params_(exchange.request.params) {}

std::string QueryReader::Text(const char* name, size_t max_bytes) {
  known_.emplace_back(name);
  const auto it = params_.find(name);
  if (it == params_.end()) return "";
  if (params_.count(name) > 1) AddProblem(name, "twice", "Give this once.");
  if (it->second.size() > max_bytes) {
    AddProblem(name, "too_long", "This is longer than " + std::to_string(max_bytes) + " bytes.");
    return "";
  }
  return it->second;
}

std::vector<std::string> QueryReader::List(const char* name) {
  known_.emplace_back(name);
  std::vector<std::string> items;
  const auto [begin, end] = params_.equal_range(name);
  for (auto it = begin; it != end; ++it) {
    std::string_view rest = it->second;
    while (!rest.empty()) {
      const size_t comma = rest.find(',');
      if (comma != 0) items.emplace_back(rest.substr(0, comma));
      rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
    }
  }
  return items;
}

int64_t QueryReader::Int(const char* name, int64_t fallback, int64_t min, int64_t max) {
  const std::string text = Text(name);
  if (text.empty()) return fallback;
  int64_t number = 0;
  if (!ReadNumber(text, &number) || number < min || number > max) {
    AddProblem(name, "out_of_range",
               "Give a number from " + std::to_string(min) + " to " + std::to_string(max) + ".");
    return fallback;
  }
  return number;
}

bool QueryReader::Flag(const char* name) {
  const bool there = params_.count(name) > 0;
  const std::string text = Text(name);
  if (text == "0" || text == "false") return false;
  if (there && !text.empty() && text != "1" && text != "true") {
    AddProblem(name, "not_true_or_false", "Give 1 or 0.");
  }
  return there;
}

TimeMs QueryReader::Time(const char* name) {
  std::string text = Text(name);
  if (text.empty()) return 0;
  if (text.size() == 10) text += "T00:00:00Z";
  std::replace(text.begin(), text.end(), ' ', '+');  // a '+' of an offset that was not encoded
  const std::optional<TimeMs> at = ParseRfc3339(text);
  if (!at.has_value()) {
    AddProblem(name, "not_a_time", "Give a time such as 2026-03-02T17:00:00Z, or a date.");
  }
  return at.value_or(0);
}

void QueryReader::AddProblem(const char* name, std::string_view code, std::string_view message) {
  problems_.push_back({name, std::string(code), std::string(message)});
}

Status QueryReader::Finish() {
  for (const auto& [name, value] : params_) {
    if (std::find(known_.begin(), known_.end(), name) == known_.end()) {
      problems_.push_back(
          {name, "unknown_parameter", "There is no such parameter here; check the spelling."});
    }
  }
  if (problems_.empty()) return {};
  const FieldProblem& first = problems_.front();
  return Invalid("invalid_query", first.path + ": " + first.message, std::move(problems_));
}

}  // namespace leadline
