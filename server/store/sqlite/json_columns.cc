#include "server/store/sqlite/json_columns.h"

#include <cstdio>

#include "common/base/json.h"

namespace leadline {
namespace {

constexpr size_t kMaxNodes = 1'000'000;  // our own text: as large as a schedule's holidays may grow

Json Read(std::string_view text) {
  if (text.empty()) return Json();
  Result<Json> json = ParseJson(text, kMaxNodes);
  return json.ok() ? std::move(*json) : Json();
}

int IntOr(const Json& object, std::string_view key, int fallback) {
  const auto value = IntOf(Member(object, key));
  return value ? static_cast<int>(*value) : fallback;
}

void AppendQuoted(std::string_view text, std::string* out) {
  out->push_back('"');
  size_t plain = 0;  // where the run of characters that need no escape begins
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
    out->append(text, plain, i - plain);
    plain = i + 1;
    char escaped[8];
    std::snprintf(escaped, sizeof escaped, byte < 0x20 ? "\\u%04x" : "\\%c", byte);
    *out += escaped;
  }
  out->append(text, plain);
  out->push_back('"');
}

}  // namespace

// By hand: an import writes a hundred thousand of these, and a tree for each would cost more than
// the row.
std::string EncodeVariables(const Variables& variables) {
  std::string out;
  for (const auto& [name, value] : variables) {
    out += out.empty() ? '{' : ',';
    AppendQuoted(name, &out);
    out += ':';
    AppendQuoted(value, &out);
  }
  if (!out.empty()) out += '}';
  return out;
}

Variables DecodeVariables(std::string_view text) {
  Variables variables;
  const Json json = Read(text);
  if (!json.is_object()) return variables;
  for (const auto& [name, value] : json.items()) variables[name] = TextOr(json, name);
  return variables;
}

std::string EncodeSchedule(const Schedule& schedule) {
  Json windows = Json::array();
  for (const WindowInterval& w : schedule.windows) {
    windows.push_back(
        Json{{"days", w.days}, {"from_minute", w.from_minute}, {"to_minute", w.to_minute}});
  }
  return DumpJson(Json{{"timezone", schedule.timezone},
                       {"windows", std::move(windows)},
                       {"holidays", schedule.holidays}});
}

Schedule DecodeSchedule(std::string_view text) {
  Schedule schedule;
  const Json json = Read(text);
  schedule.timezone = TextOr(json, "timezone", schedule.timezone);
  for (const Json& w : Member(json, "windows")) {
    schedule.windows.push_back({static_cast<uint8_t>(IntOr(w, "days", 0)),
                                IntOr(w, "from_minute", 0), IntOr(w, "to_minute", 0)});
  }
  schedule.holidays = DecodeNames(DumpJson(Member(json, "holidays")));
  return schedule;
}

std::string EncodeAssistantVariables(const std::vector<AssistantVariable>& variables) {
  Json list = Json::array();
  for (const AssistantVariable& v : variables) {
    list.push_back(Json{
        {"key", v.key}, {"default", v.default_value}, {"required", v.required}, {"help", v.help}});
  }
  return DumpJson(list);
}

std::vector<AssistantVariable> DecodeAssistantVariables(std::string_view text) {
  std::vector<AssistantVariable> variables;
  const Json json = Read(text);
  if (!json.is_array()) return variables;
  for (const Json& v : json) {
    variables.push_back({std::string(TextOr(v, "key")), std::string(TextOr(v, "default")),
                         Member(v, "required") == true, std::string(TextOr(v, "help"))});
  }
  return variables;
}

std::string EncodeNames(const std::vector<std::string>& names) {
  return DumpJson(Json(names));
}

std::vector<std::string> DecodeNames(std::string_view text) {
  std::vector<std::string> names;
  const Json json = Read(text);
  if (!json.is_array()) return names;
  for (const Json& name : json) {
    if (const auto* value = name.get_ptr<const std::string*>()) names.push_back(*value);
  }
  return names;
}

std::string EncodeTally(const Tally& tally) {
  Json list = Json::array();
  for (const auto& [code, rows] : tally) list.push_back(Json::array({code, rows}));
  return DumpJson(list);
}

Tally DecodeTally(std::string_view text) {
  Tally tally;
  const Json json = Read(text);
  if (!json.is_array()) return tally;
  for (const Json& entry : json) {
    if (!entry.is_array() || entry.size() != 2) continue;
    const auto* code = entry[0].get_ptr<const std::string*>();
    const auto rows = IntOf(entry[1]);
    if (code != nullptr && rows) tally.emplace_back(*code, *rows);
  }
  return tally;
}

}  // namespace leadline
