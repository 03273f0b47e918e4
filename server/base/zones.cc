#include "server/base/zones.h"

#include <date/tz.h>

#include <exception>
#include <string>

namespace leadline {

std::optional<ZoneSpan> SystemZones::SpanAt(std::string_view zone, TimeMs at) const {
  using std::chrono::milliseconds;
  // The library reports an unknown zone only by an exception; this is the one place that meets it.
  try {
    const date::time_zone* tz = date::locate_zone(std::string(zone));
    const date::sys_info info = tz->get_info(date::sys_time<milliseconds>(milliseconds(at)));
    const auto ms = [](auto t) {
      return std::chrono::duration_cast<milliseconds>(t.time_since_epoch()).count();
    };
    return ZoneSpan{ms(info.begin), ms(info.end),
                    std::chrono::duration_cast<milliseconds>(info.offset).count()};
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

}  // namespace leadline
