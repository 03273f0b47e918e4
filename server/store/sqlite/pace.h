// How many rows one transaction of a long job takes, so that it holds up nobody for long: as many
// as took about 10 ms so far. Thread-safe.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>

#include "server/base/clock.h"

namespace leadline {

class Pace {
 public:
  static constexpr TimeMs kAimMs = 10;
  static constexpr size_t kFewest = 100, kMost = 8'000;

  explicit Pace(size_t rows) : rows_(rows) {}
  size_t rows() const { return rows_; }
  // `rows` took `ms`. At most twice or half as many next time: one slow write says little.
  void Took(size_t rows, TimeMs ms) {
    if (rows < rows_ / 2) return;  // the rest of a batch
    const size_t fit =
        rows * static_cast<size_t>(kAimMs) / static_cast<size_t>(std::max<TimeMs>(ms, 1));
    rows_ = std::clamp(std::clamp(fit, rows / 2, rows * 2), kFewest, kMost);
  }

 private:
  std::atomic<size_t> rows_;
};

}  // namespace leadline
