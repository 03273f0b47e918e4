// A thin layer over SQLite's C API: a connection, its prepared statements, and bound values.
//
// Errors stick: the first failure of a connection is kept, and from then on every statement does
// nothing and finds nothing, until ClearError. So a transaction reads as plain steps and asks once,
// at its end. Code that decides by "no such row" returns db.Missing(...), which prefers the error.
//
// A Db and what hangs on it belong to one thread at a time. Nothing throws.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "common/base/status.h"

namespace leadline {

class Db {
 public:
  enum class Mode { kWriter, kReader };  // a reader cannot write at all (query_only)

  // kUnavailable "store_busy" or "store_full", kInternal "store_failed" (details in the log).
  static Result<std::unique_ptr<Db>> Open(const std::string& path, Mode mode);
  ~Db();
  Db(const Db&) = delete;
  Db& operator=(const Db&) = delete;

  bool ok() const { return error_.ok(); }
  const Status& error() const { return error_; }
  void ClearError() { error_ = Status(); }
  // The error if there is one, else `status`: what to return where a row was not found.
  Status Missing(Status status) const { return ok() ? status : error_; }

  // Runs a statement that gives no rows; returns how many rows it changed, 0 after an error.
  template <typename... Args>
  int64_t Run(std::string_view sql, const Args&... args);
  // Several statements without values: migrations and pragmas.
  bool RunScript(const std::string& sql);
  // The first column of the first row; `fallback` when there is none.
  template <typename... Args>
  int64_t IntOf(std::string_view sql, int64_t fallback, const Args&... args);

  int64_t last_id() const { return sqlite3_last_insert_rowid(handle_); }
  bool in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }
  sqlite3* handle() const { return handle_; }

  // For statements only: keeps the first error, logs it, and says what the caller may be told.
  void Fail(int rc, std::string_view sql);

 private:
  friend class Query;
  struct TextHash {
    using is_transparent = void;
    size_t operator()(std::string_view s) const { return std::hash<std::string_view>()(s); }
  };
  using Free = std::vector<sqlite3_stmt*>;
  using Cache = std::unordered_map<std::string, Free, TextHash, std::equal_to<>>;

  Db() = default;
  sqlite3_stmt* Take(std::string_view sql, Free** home);

  sqlite3* handle_ = nullptr;
  Cache cache_;
  Status error_;
};

// One use of a prepared statement. The text views it gives live until the next Next().
class Query {
 public:
  template <typename... Args>
  Query(Db& db, std::string_view sql, const Args&... args) : Query(db, sql) {
    BindAll(args...);
  }
  Query(Db& db, std::string_view sql);
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  // Binds ?1, ?2, ... anew and starts from the beginning. Texts are copied.
  template <typename... Args>
  void BindAll(const Args&... args) {
    int place = 0;
    (BindOne(++place, args), ...);
  }
  // Values one by one, where their number is known only at run time.
  template <typename T>
  void Bind(int place, const T& value) {
    BindOne(place, value);
  }

  bool Next();  // false: no further row, or an error
  // Runs to the end and makes the statement ready for new values.
  void Finish();
  // Makes it ready without running on.
  void Reset() {
    if (statement_ != nullptr) sqlite3_reset(statement_);
  }

  int64_t Int(int column) const { return sqlite3_column_int64(statement_, column); }
  bool Bool(int column) const { return Int(column) != 0; }
  std::string_view View(int column) const;
  std::string Text(int column) const { return std::string(View(column)); }
  template <typename Enum>
  Enum As(int column) const {
    return static_cast<Enum>(Int(column));
  }

 private:
  template <typename T>
  void BindOne(int place, const T& value) {
    if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
      BindInt(place, static_cast<int64_t>(value));
    } else {
      BindText(place, value);
    }
  }
  void BindInt(int place, int64_t value);
  void BindText(int place, std::string_view value);

  Db& db_;
  std::string_view sql_;
  Db::Free* home_ = nullptr;
  sqlite3_stmt* statement_ = nullptr;
};

template <typename... Args>
int64_t Db::Run(std::string_view sql, const Args&... args) {
  Query query(*this, sql, args...);
  while (query.Next()) {
  }
  return ok() ? sqlite3_changes64(handle_) : 0;
}

template <typename... Args>
int64_t Db::IntOf(std::string_view sql, int64_t fallback, const Args&... args) {
  Query query(*this, sql, args...);
  return query.Next() ? query.Int(0) : fallback;
}

}  // namespace leadline
