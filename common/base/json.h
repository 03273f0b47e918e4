// JSON in and out, for bodies, webhooks, provider answers and settings.
//
// Parse bounds depth (64), nodes and text before it trusts anything; nlohmann 3.11 would otherwise
// overflow the stack when a deep value is destroyed. The whole project is built with
// JSON_NOEXCEPTION, where a wrong access aborts: so nobody calls get<>, at() or a throwing operator
// on values from outside; ObjectReader is the way to read them.
//
// Everything here is a pure function or a value used by one thread.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/status.h"

namespace leadline {

// Insertion-ordered, so that what people see has a sensible order.
using Json = nlohmann::ordered_json;

inline constexpr int kMaxJsonDepth = 64;
inline constexpr size_t kMaxJsonNodes = 100000;

// Errors: kInvalid "json_malformed" (with the byte offset), "json_too_deep", "json_too_large".
Result<Json> ParseJson(std::string_view text, size_t max_nodes = kMaxJsonNodes);

// Text that is not UTF-8 is replaced, never an error. indent < 0: one line.
std::string DumpJson(const Json& value, int indent = -1);

// An object of `members` in their order; the keys must differ. Much cheaper than a braced list of
// pairs, which makes an array of each pair first and compares each key with all before it.
struct JsonMember {
  std::string_view key;
  Json value;
};
template <size_t N>
Json JsonObject(JsonMember (&&members)[N]) {
  Json object = Json::object();
  auto& list = object.get_ref<Json::object_t&>();
  list.reserve(N);
  for (JsonMember& member : members) {
    list.Container::emplace_back(std::string(member.key), std::move(member.value));
  }
  return object;
}

// The member `key` as text when `object` is an object that has it as a string, else "". For lenient
// reading of what providers send.
std::string_view TextOr(const Json& object, std::string_view key, std::string_view fallback = "");
// The nested member by a path of keys; null value when any step is missing.
const Json& Member(const Json& object, std::string_view key);
const Json& MemberPath(const Json& object, std::initializer_list<std::string_view> path);
std::optional<double> NumberOf(const Json& value);
std::optional<int64_t> IntOf(const Json& value);  // whole numbers within +-2^53 only

// Reads one JSON object strictly: collects a FieldProblem per wrong member, and one per member that
// nobody asked for.
//
//   ObjectReader r(json, "");                      // "" is the path of the object itself
//   lead.name = r.Text("name", {.required = true, .max_bytes = 200});
//   lead.attempts = r.Int("attempts", 0, 0, 10);
//   LEADLINE_RETURN_IF_ERROR(r.Finish());          // 422 with every problem, or ok
//
// Getters return the fallback when the member is absent or wrong; whether it was there tells Has.
class ObjectReader {
 public:
  struct TextRule {
    bool required = false;
    size_t max_bytes = 1000;
    std::string_view fallback = "";
  };
  // `object` must outlive the reader. A non-object is itself a problem.
  ObjectReader(const Json& object, std::string_view path);

  bool Has(std::string_view key) const;     // present, null included
  bool IsNull(std::string_view key) const;  // present and null
  std::string Text(std::string_view key,
                   const TextRule& rule);  // trimmed, control characters removed
  int64_t Int(std::string_view key, int64_t fallback, int64_t min, int64_t max);
  bool Bool(std::string_view key, bool fallback);
  // The member itself when it is an object (array); marks it as known; a null Json when absent or
  // of another type.
  const Json& Object(std::string_view key);
  const Json& Array(std::string_view key, size_t max_items);
  const Json& Any(std::string_view key);
  void Ignore(std::string_view key) { Known(key); }

  std::string PathOf(std::string_view key) const;
  void AddProblem(std::string_view key, std::string_view code, std::string_view message);
  void AddProblems(const std::vector<FieldProblem>& problems);  // with paths as they are
  // kInvalid "invalid_body" with all problems in fields(), or ok. Also refuses members never asked
  // for.
  Status Finish();

 private:
  const Json* Find(std::string_view key);
  void Known(std::string_view key);

  const Json& object_;
  std::string path_;
  std::vector<std::string> known_;
  std::vector<FieldProblem> problems_;
};

}  // namespace leadline
