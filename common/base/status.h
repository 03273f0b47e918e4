// What became of an operation. Nothing in Leadline's own code throws: a function that can fail
// returns Status or Result<T>, and the caller handles it once, by answering or by logging.
//
// Code says what the caller should do next; `slug` is the stable name that users, scripts and help
// pages see (for example "phone_no_country_code"); `message` is one English sentence that says what
// is wrong and how to mend it, with user data last and clipped. Both are safe to show: no secret,
// no SQL, no path of the server.
//
// Thread-safe as values are. No allocation in the ok case.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace leadline {

enum class Code {
  kOk = 0,
  kInvalid,      // the input is wrong: mend it and send it again
  kNotFound,     // no such thing, or no longer
  kConflict,     // it changed meanwhile: load it again, then decide
  kRefused,      // well formed, but a rule or state forbids it now; the message says which
  kTooLarge,     // over a size limit; the message names the limit
  kForbidden,    // not allowed from there
  kUnavailable,  // try again later (busy, locked, provider down)
  kInternal,     // our defect or a broken disk; details are in the log
};

// One wrong place in an input. `path` is a JSON path ("contacts[1].phone") or a column name; `code`
// a slug.
struct FieldProblem {
  std::string path;
  std::string code;
  std::string message;
  friend bool operator==(const FieldProblem& a, const FieldProblem& b) {
    return a.path == b.path && a.code == b.code && a.message == b.message;
  }
};

class [[nodiscard]] Status {
 public:
  Status() = default;  // ok
  Status(Code code, std::string_view slug, std::string_view message,
         std::vector<FieldProblem> fields = {})
      : detail_(std::make_shared<const Detail>(
            Detail{code, std::string(slug), std::string(message), std::move(fields)})) {}

  bool ok() const { return detail_ == nullptr; }
  Code code() const { return ok() ? Code::kOk : detail_->code; }
  const std::string& slug() const { return ok() ? Empty() : detail_->slug; }
  const std::string& message() const { return ok() ? Empty() : detail_->message; }
  const std::vector<FieldProblem>& fields() const {
    static const std::vector<FieldProblem> none;
    return ok() ? none : detail_->fields;
  }

 private:
  struct Detail {
    Code code;
    std::string slug;
    std::string message;
    std::vector<FieldProblem> fields;
  };
  static const std::string& Empty() {
    static const std::string empty;
    return empty;
  }
  std::shared_ptr<const Detail> detail_;
};

inline Status Invalid(std::string_view slug, std::string_view message,
                      std::vector<FieldProblem> fields = {}) {
  return {Code::kInvalid, slug, message, std::move(fields)};
}
inline Status NotFound(std::string_view message) {
  return {Code::kNotFound, "not_found", message};
}
inline Status Conflict(std::string_view message) {
  return {Code::kConflict, "conflict", message};
}
inline Status Refused(std::string_view slug, std::string_view message) {
  return {Code::kRefused, slug, message};
}
inline Status Unavailable(std::string_view slug, std::string_view message) {
  return {Code::kUnavailable, slug, message};
}
inline Status Internal(std::string_view message) {
  return {Code::kInternal, "internal_error", message};
}

// A T, or why there is none. value() REQUIRES ok().
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : v_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: converts on purpose
  Result(Status status)
      : v_(std::in_place_index<1>, std::move(status)) {}  // NOLINT: converts on purpose

  bool ok() const { return v_.index() == 0; }
  const Status& status() const {
    static const Status fine;
    return ok() ? fine : *std::get_if<1>(&v_);
  }
  T& value() & { return *std::get_if<0>(&v_); }
  const T& value() const& { return *std::get_if<0>(&v_); }
  T&& value() && { return std::move(*std::get_if<0>(&v_)); }
  T* operator->() { return std::get_if<0>(&v_); }
  const T* operator->() const { return std::get_if<0>(&v_); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }

 private:
  std::variant<T, Status> v_;
};

#define LEADLINE_RETURN_IF_ERROR(expr)                                  \
  do {                                                                  \
    if (::leadline::Status status_or_ok = (expr); !status_or_ok.ok()) { \
      return status_or_ok;                                              \
    }                                                                   \
  } while (false)

}  // namespace leadline
