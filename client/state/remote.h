// Something that lives on the server and is shown here: what is known of it, and how that stands.
//
//   idle --Start--> loading --Finish--> ready | failed --Start--> loading ...
//
// The previous value stays while a new one is on its way and when that fails, so that a screen
// never goes blank. Every request has an id; an answer to any but the newest is dropped, so that
// answers that overtake one another cannot put old data over new. One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "common/base/status.h"

namespace leadline {

template <typename T>
class Remote {
 public:
  enum class Phase : uint8_t { kIdle, kLoading, kReady, kFailed };

  Phase phase() const { return phase_; }
  bool idle() const { return phase_ == Phase::kIdle; }
  bool loading() const { return phase_ == Phase::kLoading; }
  bool failed() const { return phase_ == Phase::kFailed; }
  // The newest value that arrived, in any phase; nullptr when none ever did.
  const T* value() const { return value_ ? &*value_ : nullptr; }
  T* mutable_value() { return value_ ? &*value_ : nullptr; }
  // Why the newest request failed; ok in the other phases.
  const Status& error() const { return error_; }
  // Loading for the first time: a skeleton is to be shown.
  bool first_load() const {
    return !value_ && (phase_ == Phase::kIdle || phase_ == Phase::kLoading);
  }

  void Start(int request) {
    phase_ = Phase::kLoading;
    request_ = request;
    error_ = Status();
  }
  // False, and nothing changes, when `request` is not the newest.
  bool Finish(int request, Result<T> result) {
    if (phase_ != Phase::kLoading || request != request_) return false;
    if (result.ok()) {
      value_ = std::move(result).value();
      phase_ = Phase::kReady;
    } else {
      error_ = result.status();
      phase_ = Phase::kFailed;
    }
    return true;
  }
  // A value that came another way (the answer to a write). A request under way is forgotten: it may
  // carry what was before.
  void Set(T value) {
    value_ = std::move(value);
    phase_ = Phase::kReady;
    request_ = 0;
    error_ = Status();
  }
  void Reset() { *this = Remote(); }

 private:
  Phase phase_ = Phase::kIdle;
  int request_ = 0;
  std::optional<T> value_;
  Status error_;
};

}  // namespace leadline
