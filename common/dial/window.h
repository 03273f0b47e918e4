// Calling windows: when may this lead be called, to the exact millisecond, daylight-saving changes
// included. Source: spec 6 (Window), reliability.md 3 (clock jump / DST). Pure; thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/time.h"
#include "common/dial/campaign.h"

namespace leadline {

// The stretch of time around an instant in which a zone's offset does not change: [begin, end).
struct ZoneSpan {
  TimeMs begin = 0;
  TimeMs end = 0;
  int64_t offset_ms = 0;  // local = UTC + offset
};

// Where zone data comes from: the server's tzdata, or the browser. Implementations are thread-safe.
class Zones {
 public:
  virtual ~Zones() = default;
  // Empty when the zone is not known. `zone` is an IANA name.
  virtual std::optional<ZoneSpan> SpanAt(std::string_view zone, TimeMs at) const = 0;
};

// "never" as an instant.
inline constexpr TimeMs kNever = INT64_MAX;

// The first instant >= `from` at which the schedule is open in EVERY one of `zones` (a number may
// span several; the intersection is asked for). `from` itself when open then; kNever when no
// opening lies within 370 days, when zones is empty, or when one of them is unknown: an unreadable
// zone never means "call now".
TimeMs NextOpening(const Schedule& schedule, const std::vector<std::string_view>& zones,
                   TimeMs from, const Zones& data);

// How long the opening that holds `at` lasts: the first instant > at at which it is closed; `at`
// when closed already, kNever when it never closes within 370 days.
TimeMs NextClosing(const Schedule& schedule, const std::vector<std::string_view>& zones, TimeMs at,
                   const Zones& data);

// Which zones decide for a lead: its own if set; else those of its number; else the campaign's, or
// none at all when `require_known` (then it is never called).
std::vector<std::string_view> ZonesForLead(std::string_view lead_zone, std::string_view number,
                                           const Schedule& schedule, bool require_known);

}  // namespace leadline
