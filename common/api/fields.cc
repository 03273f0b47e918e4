#include "common/api/fields.h"

#include "common/dial/window.h"

namespace leadline {
namespace {

constexpr size_t kMaxVariablesRead = 1000;
constexpr size_t kMaxNameTextBytes = 200;

std::string ScalarText(const Json& value) {
  if (value.is_string()) return *value.get_ptr<const std::string*>();
  return DumpJson(value);
}

std::string JoinNames(std::span<const std::string_view> names) {
  std::string all;
  for (std::string_view name : names) {
    if (!all.empty()) all += ", ";
    all += name;
  }
  return all;
}

}  // namespace

Json TimeJson(TimeMs at) {
  if (at == 0 || at == kNever) return nullptr;
  return FormatRfc3339(at);
}

Json TextOrNull(std::string_view text) {
  if (text.empty()) return nullptr;
  return std::string(text);
}

Json VariablesJson(const Variables& variables) {
  Json object = Json::object();
  for (const auto& [name, value] : variables) object[name] = value;
  return object;
}

Json NamesJson(std::span<const std::string> names) {
  Json list = Json::array();
  for (const std::string& name : names) list.push_back(name);
  return list;
}

TimeMs ReadTime(const Json& object, std::string_view key) {
  return ParseRfc3339(TextOr(object, key)).value_or(0);
}

int64_t ReadInt(const Json& object, std::string_view key, int64_t fallback) {
  return IntOf(Member(object, key)).value_or(fallback);
}

bool ReadBool(const Json& object, std::string_view key, bool fallback) {
  const Json& m = Member(object, key);
  return m.is_boolean() ? *m.get_ptr<const bool*>() : fallback;
}

std::string ReadText(const Json& object, std::string_view key) {
  return std::string(TextOr(object, key));
}

Variables ReadVariables(const Json& value) {
  Variables variables;
  if (!value.is_object()) return variables;
  for (const auto& item : value.items()) variables[item.key()] = ScalarText(item.value());
  return variables;
}

std::vector<std::string> ReadNames(const Json& value) {
  std::vector<std::string> names;
  if (!value.is_array()) return names;
  for (const Json& item : value) {
    if (item.is_string()) names.push_back(*item.get_ptr<const std::string*>());
  }
  return names;
}

int ReadChoice(const Json& object, std::string_view key, std::span<const std::string_view> names,
               int fallback) {
  const std::string_view text = TextOr(object, key);
  for (size_t i = 0; i < names.size(); ++i) {
    if (names[i] == text) return static_cast<int>(i);
  }
  return fallback;
}

int DecodeChoice(ObjectReader& reader, std::string_view key,
                 std::span<const std::string_view> names, int fallback) {
  const std::string text = reader.Text(key, {.max_bytes = kMaxNameTextBytes});
  if (text.empty()) return fallback;
  for (size_t i = 0; i < names.size(); ++i) {
    if (names[i] == text) return static_cast<int>(i);
  }
  reader.AddProblem(key, "unknown_choice", "Give one of: " + JoinNames(names) + ".");
  return fallback;
}

void DecodeVariables(ObjectReader& reader, std::string_view key, Variables* variables) {
  const Json& object = reader.Object(key);
  if (!object.is_object()) return;
  if (object.size() > kMaxVariablesRead) {
    reader.AddProblem(key, "too_many", "There are too many variables.");
    return;
  }
  for (const auto& item : object.items()) {
    if (item.value().is_null()) {
      variables->erase(item.key());
    } else if (item.value().is_structured()) {
      reader.AddProblem(std::string(key) + "." + item.key(), "not_text",
                        "A variable is a text, a number, true or false.");
    } else {
      (*variables)[item.key()] = ScalarText(item.value());
    }
  }
}

std::vector<std::string> DecodeNames(ObjectReader& reader, std::string_view key, size_t max_items,
                                     std::vector<std::string> fallback) {
  const Json& list = reader.Array(key, max_items);
  if (!list.is_array()) return fallback;
  std::vector<std::string> names;
  for (const Json& item : list) {
    if (!item.is_string() || item.get_ptr<const std::string*>()->size() > kMaxNameTextBytes) {
      reader.AddProblem(key, "not_text", "A list of short texts is expected here.");
      return fallback;
    }
    names.push_back(*item.get_ptr<const std::string*>());
  }
  return names;
}

void RefuseReadOnly(ObjectReader& reader, std::span<const std::string_view> keys,
                    std::string_view mend) {
  for (std::string_view key : keys) {
    if (!reader.Has(key)) continue;
    reader.Ignore(key);
    reader.AddProblem(key, "read_only", mend);
  }
}

}  // namespace leadline
