// Zones for tests of the call policy: fixed offsets, and one that changes.
#pragma once

#include "common/dial/window.h"

namespace leadline {

// "UTC"; "Fixed/+N" and "Fixed/-N" with whole hours; "Jump/Spring" is UTC+1, from kJumpAt on UTC+2;
// anything else is unknown.
class FakeZones final : public Zones {
 public:
  static constexpr TimeMs kJumpAt = 1774746000000;  // 2026-03-29T01:00:00Z, 02:00 -> 03:00 local

  std::optional<ZoneSpan> SpanAt(std::string_view zone, TimeMs at) const override {
    if (zone == "UTC") return ZoneSpan{INT64_MIN, INT64_MAX, 0};
    if (zone.starts_with("Fixed/")) {
      const int64_t hours = zone[7] - '0';
      return ZoneSpan{INT64_MIN, INT64_MAX, (zone[6] == '-' ? -hours : hours) * kHourMs};
    }
    if (zone != "Jump/Spring") return std::nullopt;
    if (at < kJumpAt) return ZoneSpan{INT64_MIN, kJumpAt, kHourMs};
    return ZoneSpan{kJumpAt, INT64_MAX, 2 * kHourMs};
  }
};

inline TimeMs At(const char* rfc3339) {
  return ParseRfc3339(rfc3339).value_or(-1);
}

}  // namespace leadline
