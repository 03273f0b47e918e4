#include "common/base/json.h"

#include <algorithm>
#include <cmath>

#include "common/base/utf8.h"

namespace leadline {
namespace {

const Json kNull;

// Walks the text without building anything, so that nothing deep or huge is ever built.
class Bounds : public nlohmann::json_sax<Json> {
 public:
  explicit Bounds(size_t max_nodes) : left_(max_nodes) {}
  bool null() override { return Node(); }
  bool boolean(bool) override { return Node(); }
  bool number_integer(number_integer_t) override { return Node(); }
  bool number_unsigned(number_unsigned_t) override { return Node(); }
  bool number_float(number_float_t, const string_t&) override { return Node(); }
  bool string(string_t&) override { return Node(); }
  bool binary(binary_t&) override { return Node(); }
  bool start_object(size_t) override { return Node() && Deeper(); }
  bool key(string_t&) override { return Node(); }
  bool end_object() override { return --depth_ >= 0; }
  bool start_array(size_t) override { return Node() && Deeper(); }
  bool end_array() override { return --depth_ >= 0; }
  bool parse_error(size_t position, const std::string&,
                   const nlohmann::detail::exception&) override {
    error_at = position;
    return false;
  }

  bool too_deep = false;
  bool too_many = false;
  size_t error_at = 0;

 private:
  bool Node() {
    if (left_ == 0) too_many = true;
    return left_ != 0 && left_-- > 0;
  }
  bool Deeper() {
    too_deep = ++depth_ > kMaxJsonDepth;
    return !too_deep;
  }
  size_t left_;
  int depth_ = 0;
};

}  // namespace

Result<Json> ParseJson(std::string_view text, size_t max_nodes) {
  Bounds bounds(max_nodes);
  if (!Json::sax_parse(text, &bounds)) {
    if (bounds.too_deep) {
      return Invalid("json_too_deep", "The JSON is nested more than 64 levels deep.");
    }
    if (bounds.too_many) {
      return Status(Code::kTooLarge, "json_too_large",
                    "The JSON has more than " + std::to_string(max_nodes) + " values.");
    }
    return Invalid("json_malformed", "This is not valid JSON; reading stopped at byte " +
                                         std::to_string(bounds.error_at) + ".");
  }
  return Json::parse(text, nullptr, /*allow_exceptions=*/false);
}

std::string DumpJson(const Json& value, int indent) {
  return value.dump(indent, ' ', false, Json::error_handler_t::replace);
}

const Json& Member(const Json& object, std::string_view key) {
  if (!object.is_object()) return kNull;
  const auto it = object.find(std::string(key));
  return it == object.end() ? kNull : *it;
}

const Json& MemberPath(const Json& object, std::initializer_list<std::string_view> path) {
  const Json* at = &object;
  for (std::string_view key : path) at = &Member(*at, key);
  return *at;
}

std::string_view TextOr(const Json& object, std::string_view key, std::string_view fallback) {
  const Json& m = Member(object, key);
  return m.is_string() ? std::string_view(*m.get_ptr<const std::string*>()) : fallback;
}

std::optional<double> NumberOf(const Json& v) {
  if (v.is_number_float()) return *v.get_ptr<const double*>();
  if (const auto i = IntOf(v)) return static_cast<double>(*i);
  return std::nullopt;
}

std::optional<int64_t> IntOf(const Json& v) {
  constexpr int64_t kMax = int64_t{1} << 53;
  if (v.is_number_unsigned()) {
    const uint64_t u = *v.get_ptr<const uint64_t*>();
    if (u <= static_cast<uint64_t>(kMax)) return static_cast<int64_t>(u);
  } else if (v.is_number_integer()) {
    const int64_t i = *v.get_ptr<const int64_t*>();
    if (i >= -kMax && i <= kMax) return i;
  } else if (v.is_number_float()) {
    const double d = *v.get_ptr<const double*>();
    if (std::abs(d) <= static_cast<double>(kMax) && d == std::floor(d)) {
      return static_cast<int64_t>(d);
    }
  }
  return std::nullopt;
}

ObjectReader::ObjectReader(const Json& object, std::string_view path)
    : object_(object), path_(path) {
  if (!object.is_object()) {
    problems_.push_back({path_, "not_an_object", "A JSON object is expected here."});
  }
}

std::string ObjectReader::PathOf(std::string_view key) const {
  return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
}

void ObjectReader::AddProblem(std::string_view key, std::string_view code,
                              std::string_view message) {
  problems_.push_back({PathOf(key), std::string(code), std::string(message)});
}

void ObjectReader::AddProblems(const std::vector<FieldProblem>& problems) {
  problems_.insert(problems_.end(), problems.begin(), problems.end());
}

void ObjectReader::Known(std::string_view key) {
  known_.emplace_back(key);
}

const Json* ObjectReader::Find(std::string_view key) {
  Known(key);
  const Json& m = Member(object_, key);
  return m.is_null() ? nullptr : &m;
}

bool ObjectReader::Has(std::string_view key) const {
  return object_.is_object() && object_.contains(std::string(key));
}

bool ObjectReader::IsNull(std::string_view key) const {
  return Has(key) && Member(object_, key).is_null();
}

std::string ObjectReader::Text(std::string_view key, const TextRule& rule) {
  const Json* m = Find(key);
  if (m == nullptr) {
    if (rule.required) AddProblem(key, "required", "This is required.");
    return std::string(rule.fallback);
  }
  if (!m->is_string()) {
    AddProblem(key, "not_text", "Text is expected here.");
    return std::string(rule.fallback);
  }
  const std::string clean = CleanUtf8(*m->get_ptr<const std::string*>());
  const std::string_view text = TrimUtf8(clean);
  if (text.size() > rule.max_bytes) {
    AddProblem(key, "too_long",
               "This is longer than " + std::to_string(rule.max_bytes) + " bytes.");
    return std::string(rule.fallback);
  }
  if (rule.required && text.empty()) AddProblem(key, "required", "This is required.");
  return std::string(text);
}

int64_t ObjectReader::Int(std::string_view key, int64_t fallback, int64_t min, int64_t max) {
  const Json* m = Find(key);
  if (m == nullptr) return fallback;
  const auto v = IntOf(*m);
  if (!v.has_value()) {
    AddProblem(key, "not_a_whole_number", "A whole number is expected here.");
    return fallback;
  }
  if (*v < min || *v > max) {
    AddProblem(key, "out_of_range",
               "Give a number from " + std::to_string(min) + " to " + std::to_string(max) + ".");
    return fallback;
  }
  return *v;
}

bool ObjectReader::Bool(std::string_view key, bool fallback) {
  const Json* m = Find(key);
  if (m == nullptr) return fallback;
  if (!m->is_boolean()) {
    AddProblem(key, "not_true_or_false", "true or false is expected here.");
    return fallback;
  }
  return *m->get_ptr<const bool*>();
}

const Json& ObjectReader::Object(std::string_view key) {
  const Json* m = Find(key);
  if (m == nullptr) return kNull;
  if (m->is_object()) return *m;
  AddProblem(key, "not_an_object", "A JSON object is expected here.");
  return kNull;
}

const Json& ObjectReader::Array(std::string_view key, size_t max_items) {
  const Json* m = Find(key);
  if (m == nullptr) return kNull;
  if (!m->is_array()) {
    AddProblem(key, "not_a_list", "A list is expected here.");
    return kNull;
  }
  if (m->size() > max_items) {
    AddProblem(key, "too_many", "At most " + std::to_string(max_items) + " entries are taken.");
    return kNull;
  }
  return *m;
}

const Json& ObjectReader::Any(std::string_view key) {
  const Json* m = Find(key);
  return m == nullptr ? kNull : *m;
}

Status ObjectReader::Finish() {
  if (object_.is_object()) {
    for (const auto& item : object_.items()) {
      if (std::find(known_.begin(), known_.end(), item.key()) == known_.end()) {
        AddProblem(item.key(), "unknown_member",
                   "There is no such member here; check the spelling.");
      }
    }
  }
  if (problems_.empty()) return {};
  const std::string first = problems_.front().path + ": " + problems_.front().message;
  return Invalid("invalid_body",
                 problems_.size() == 1
                     ? first
                     : first + " And " + std::to_string(problems_.size() - 1) + " more.",
                 std::move(problems_));
}

}  // namespace leadline
