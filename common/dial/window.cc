#include "common/dial/window.h"

#include <algorithm>
#include <utility>

#include "common/lead/phone.h"

namespace leadline {
namespace {

constexpr TimeMs kHorizonMs = 370 * kDayMs;
constexpr TimeMs kBeyondTime = kNever - 2 * kHorizonMs;

int64_t FloorDiv(int64_t a, int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

// Days since 1970-01-01 of a local date; empty for a text that is no date.
std::optional<int64_t> DayOf(const std::string& date) {
  const auto midnight = ParseRfc3339(date + "T00:00:00Z");
  if (!midnight) return std::nullopt;
  return FloorDiv(*midnight, kDayMs);
}

// A schedule prepared for the questions of one call.
class Plan {
 public:
  explicit Plan(const Schedule& schedule) : windows_(schedule.windows) {
    for (const std::string& date : schedule.holidays) {
      if (const auto day = DayOf(date)) holidays_.push_back(*day);
    }
    std::sort(holidays_.begin(), holidays_.end());
  }

  // The first moment of local day `day` at or after `from` (ms after midnight) at which the
  // schedule is open (closed, when `open` is false); kDayMs when there is none.
  TimeMs FirstInDay(int64_t day, TimeMs from, bool open) {
    CollectHours(day);
    TimeMs at = from;
    for (const auto& [begin, end] : hours_) {
      if (at >= end) continue;
      if (open) return std::max(at, begin);
      if (at < begin) return at;
      at = end;
    }
    return open ? kDayMs : std::min(at, kDayMs);
  }

 private:
  void Add(int from_minute, int to_minute) {
    const int from = std::clamp(from_minute, 0, 1440);
    const int to = std::clamp(to_minute, 0, 1440);
    if (from < to) hours_.emplace_back(from * kMinuteMs, to * kMinuteMs);
  }

  // Fills hours_ with the open hours of one local date, in order; they may overlap.
  void CollectHours(int64_t day) {
    hours_.clear();
    if (std::binary_search(holidays_.begin(), holidays_.end(), day)) return;
    if (windows_.empty()) Add(0, 1440);
    const auto weekday = static_cast<unsigned>(WeekdayFromMs(day * kDayMs) - 1);
    const unsigned today = 1u << weekday;
    const unsigned yesterday = 1u << (weekday + 6) % 7;
    for (const WindowInterval& w : windows_) {
      const bool over_midnight = w.to_minute <= w.from_minute;
      if ((w.days & today) != 0) Add(w.from_minute, over_midnight ? 1440 : w.to_minute);
      if (over_midnight && (w.days & yesterday) != 0) Add(0, w.to_minute);
    }
    std::sort(hours_.begin(), hours_.end());
  }

  const std::vector<WindowInterval>& windows_;
  std::vector<int64_t> holidays_;
  std::vector<std::pair<TimeMs, TimeMs>> hours_;
};

// Walks one zone, and remembers the stretch of constant offset it stands in.
class ZoneWalk {
 public:
  ZoneWalk(std::string_view zone, const Zones& data) : zone_(zone), data_(data) {}

  // The first instant >= at whose local time is open (closed) by the plan; kNever when none is
  // before `limit`; empty when the zone is not known.
  std::optional<TimeMs> First(Plan* plan, TimeMs at, TimeMs limit, bool open) {
    while (at < limit) {
      if (!StandIn(at)) return std::nullopt;
      const TimeMs found = FirstInSpan(plan, at, limit, open);
      if (found < span_.end) return found < limit ? found : kNever;
      at = span_.end;
    }
    return kNever;
  }

 private:
  bool StandIn(TimeMs at) {
    if (at >= span_.begin && at < span_.end) return true;
    const auto span = data_.SpanAt(zone_, at);
    if (!span || at < span->begin || at >= span->end) return false;
    span_ = *span;
    return true;
  }

  // At least span_.end or `limit` when there is none before.
  TimeMs FirstInSpan(Plan* plan, TimeMs at, TimeMs limit, bool open) const {
    while (at < span_.end && at < limit) {
      const TimeMs local = at + span_.offset_ms;
      const int64_t day = FloorDiv(local, kDayMs);
      const TimeMs in_day = plan->FirstInDay(day, local - day * kDayMs, open);
      at = day * kDayMs + in_day - span_.offset_ms;
      if (in_day < kDayMs) return at;
    }
    return at;
  }

  std::string_view zone_;
  const Zones& data_;
  ZoneSpan span_;
};

std::vector<ZoneWalk> WalksOf(const std::vector<std::string_view>& zones, const Zones& data) {
  std::vector<ZoneWalk> walks;
  walks.reserve(zones.size());
  for (const std::string_view zone : zones) walks.emplace_back(zone, data);
  return walks;
}

}  // namespace

TimeMs NextOpening(const Schedule& schedule, const std::vector<std::string_view>& zones,
                   TimeMs from, const Zones& data) {
  if (zones.empty() || from >= kBeyondTime) return kNever;
  const TimeMs limit = from + kHorizonMs;
  Plan plan(schedule);
  std::vector<ZoneWalk> walks = WalksOf(zones, data);
  // Each zone moves the instant forward to its own next opening, until a whole turn moves nothing.
  TimeMs at = from;
  size_t agreed = 0;
  for (size_t i = 0; agreed < walks.size(); i = (i + 1) % walks.size()) {
    const auto opening = walks[i].First(&plan, at, limit, true);
    if (!opening || *opening == kNever) return kNever;
    agreed = *opening == at ? agreed + 1 : 1;
    at = *opening;
  }
  return at;
}

TimeMs NextClosing(const Schedule& schedule, const std::vector<std::string_view>& zones, TimeMs at,
                   const Zones& data) {
  if (zones.empty() || at >= kBeyondTime) return at;
  const TimeMs limit = at + kHorizonMs;
  Plan plan(schedule);
  TimeMs first = kNever;
  for (ZoneWalk& walk : WalksOf(zones, data)) {
    first = std::min(first, walk.First(&plan, at, limit, false).value_or(at));
  }
  return first;
}

std::vector<std::string_view> ZonesForLead(std::string_view lead_zone, std::string_view number,
                                           const Schedule& schedule, bool require_known) {
  if (!lead_zone.empty()) return {lead_zone};
  std::vector<std::string_view> zones;
  for (const std::string_view zone : ZonesOfPhone(number)) {
    if (zone != "Etc/Unknown") zones.push_back(zone);
  }
  if (zones.empty() && !require_known) zones.push_back(schedule.timezone);
  return zones;
}

}  // namespace leadline
