#include "server/provider/sim/retell_filter.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string_view>

namespace leadline {
namespace {

constexpr std::string_view kPath = "request/body/filter_criteria";

// A filter's name, where the filtered value is in the item, and the filter types it takes.
struct Filter {
  std::string_view name;
  std::string_view parent;  // member of the item that holds it, or ""
  std::string_view types;   // words of: string number range enum boolean present
  bool keyed = false;       // a list of filters, each on one key of `parent`
};

constexpr Filter kFilters[] = {
    {"call_id", "", "string enum"},
    {"call_status", "", "enum"},
    {"call_type", "", "enum"},
    {"direction", "", "enum"},
    {"disconnection_reason", "", "enum"},
    {"from_number", "", "string"},
    {"to_number", "", "string"},
    {"start_timestamp", "", "number range"},
    {"end_timestamp", "", "number range"},
    {"duration_ms", "", "number range"},
    {"combined_cost", "call_cost", "number range"},
    {"call_successful", "call_analysis", "boolean"},
    {"in_voicemail", "call_analysis", "boolean"},
    {"user_sentiment", "call_analysis", "enum"},
    {"metadata", "metadata", "string number boolean range enum present", true},
    {"dynamic_variables", "retell_llm_dynamic_variables",
     "string number boolean range enum present", true},
    {"custom_analysis_data", "call_analysis", "string number boolean range enum present", true},
};

constexpr std::string_view kListedStatuses[] = {"not_connected", "ongoing", "ended", "error"};

struct TypeOps {
  std::string_view type, ops;
};
constexpr TypeOps kOps[] = {{"string", "eq ne sw ew co"},
                            {"number", "eq ne gt ge lt le"},
                            {"range", "bt"},
                            {"enum", "in"},
                            {"boolean", "eq"},
                            {"present", "pr np"}};

bool HasWord(std::string_view words, std::string_view word) {
  if (word.empty()) return false;
  const size_t at = words.find(word);
  if (at == words.npos) return false;
  const size_t end = at + word.size();
  return (at == 0 || words[at - 1] == ' ') && (end == words.size() || words[end] == ' ');
}

const Filter* FilterNamed(std::string_view name) {
  const auto it = std::find_if(std::begin(kFilters), std::end(kFilters),
                               [&](const Filter& f) { return f.name == name; });
  return it == std::end(kFilters) ? nullptr : it;
}

std::string_view FilterText(const Json& value) {
  const auto* text = value.get_ptr<const std::string*>();
  return text == nullptr ? std::string_view() : std::string_view(*text);
}

std::string ValueProblem(std::string_view type, const Json& value) {
  const auto all = [&](auto good) {
    return value.is_array() && std::all_of(value.begin(), value.end(), good);
  };
  if (type == "string") return value.is_string() ? "" : "/value must be string";
  if (type == "number") return NumberOf(value) ? "" : "/value must be number";
  if (type == "boolean") return value.is_boolean() ? "" : "/value must be boolean";
  if (type == "enum") {
    return all([](const Json& v) { return v.is_string(); }) ? "" : "/value must be array";
  }
  if (type == "range") {
    const bool pair =
        all([](const Json& v) { return NumberOf(v).has_value(); }) && value.size() == 2;
    return pair ? "" : "/value must be array";
  }
  return "";
}

std::string OneProblem(const Filter& f, const Json& filter, const std::string& path) {
  if (!filter.is_object()) return path + " must be object";
  const std::string_view type = TextOr(filter, "type");
  if (!HasWord(f.types, type)) {
    return path + "/type must be equal to one of the allowed values";
  }
  const auto ops = std::find_if(std::begin(kOps), std::end(kOps),
                                [&](const TypeOps& o) { return o.type == type; });
  if (!HasWord(ops->ops, TextOr(filter, "op"))) {
    return path + "/op must be equal to one of the allowed values";
  }
  if (f.keyed && TextOr(filter, "key").empty()) {
    return path + " must have required property 'key'";
  }
  const Json& value = Member(filter, "value");
  const std::string problem = ValueProblem(type, value);
  if (!problem.empty()) return path + problem;
  if (f.name != "call_status") return "";
  const bool known = std::all_of(value.begin(), value.end(), [](const Json& v) {
    return std::find(std::begin(kListedStatuses), std::end(kListedStatuses), FilterText(v)) !=
           std::end(kListedStatuses);
  });
  return known ? "" : path + "/value/0 must be equal to one of the allowed values";
}

std::string FilterProblem(const Filter& f, const Json& filter) {
  const std::string path = std::string(kPath) + "/" + std::string(f.name);
  if (!f.keyed) return OneProblem(f, filter, path);
  if (!filter.is_array()) return path + " must be array";
  for (size_t i = 0; i < filter.size(); ++i) {
    std::string problem = OneProblem(f, filter[i], path + "/" + std::to_string(i));
    if (!problem.empty()) return problem;
  }
  return "";
}

bool TextMatches(std::string_view op, std::string_view text, std::string_view wanted) {
  if (op == "eq") return text == wanted;
  if (op == "ne") return text != wanted;
  if (op == "sw") return text.starts_with(wanted);
  if (op == "ew") return text.ends_with(wanted);
  return text.find(wanted) != text.npos;
}

bool NumberMatches(std::string_view op, double number, double wanted) {
  if (op == "eq") return number == wanted;
  if (op == "ne") return number != wanted;
  if (op == "gt") return number > wanted;
  if (op == "ge") return number >= wanted;
  if (op == "lt") return number < wanted;
  return number <= wanted;
}

bool Matches(const Json& filter, const Json& value) {
  const std::string_view type = TextOr(filter, "type"), op = TextOr(filter, "op");
  const Json& wanted = Member(filter, "value");
  if (type == "present") return (op == "pr") == !value.is_null();
  if (value.is_null()) return op == "ne";
  if (type == "string")
    return value.is_string() && TextMatches(op, FilterText(value), FilterText(wanted));
  if (type == "boolean") return value == wanted;
  if (type == "enum") return std::find(wanted.begin(), wanted.end(), value) != wanted.end();
  const auto number = NumberOf(value);
  if (!number) return false;
  if (type == "number") return NumberMatches(op, *number, *NumberOf(wanted));
  return *number >= *NumberOf(wanted[0]) && *number <= *NumberOf(wanted[1]);
}

const Json& HolderOf(const Filter& f, const Json& item) {
  if (f.name == "custom_analysis_data") {
    return MemberPath(item, {"call_analysis", "custom_analysis_data"});
  }
  return f.parent.empty() ? item : Member(item, f.parent);
}

bool AgentAccepts(const Json& agents, const Json& item) {
  return std::any_of(agents.begin(), agents.end(), [&](const Json& agent) {
    return TextOr(agent, "agent_id") == TextOr(item, "agent_id");
  });
}

}  // namespace

std::string RetellFilterProblem(const Json& criteria) {
  if (criteria.is_null()) return "";
  if (!criteria.is_object()) return std::string(kPath) + " must be object";
  for (const auto& entry : criteria.items()) {
    if (entry.key() == "agent") {
      if (!entry.value().is_array()) return std::string(kPath) + "/agent must be array";
      continue;
    }
    const Filter* f = FilterNamed(entry.key());
    if (f == nullptr) return std::string(kPath) + " must NOT have additional properties";
    std::string problem = FilterProblem(*f, entry.value());
    if (!problem.empty()) return problem;
  }
  return "";
}

bool RetellFilterAccepts(const Json& criteria, const Json& item) {
  if (!criteria.is_object()) return true;
  for (const auto& entry : criteria.items()) {
    if (entry.key() == "agent") {
      if (!AgentAccepts(entry.value(), item)) return false;
      continue;
    }
    const Filter& f = *FilterNamed(entry.key());
    const Json& holder = HolderOf(f, item);
    const auto passes = [&](const Json& filter, std::string_view key) {
      return Matches(filter, Member(holder, key));
    };
    const bool accepted =
        !f.keyed ? passes(entry.value(), f.name)
                 : std::all_of(entry.value().begin(), entry.value().end(),
                               [&](const Json& one) { return passes(one, TextOr(one, "key")); });
    if (!accepted) return false;
  }
  return true;
}

}  // namespace leadline
