// The time zones of number prefixes as data, for phone_zones.cc only. phone_zone_tables.cc is
// generated from libphonenumber's timezones/map_data.txt by scripts/gen_phone_tables.py. Apart from
// the phone rules because only the server asks: a linker leaves all of it out of the page.
#pragma once

#include <cstdint>
#include <string_view>

namespace leadline::phone_tables {

inline constexpr int kZonePrefixCount = 3264;
inline constexpr int kMaxZonePrefix = 8;  // digits

struct ZonePrefix {
  uint32_t key;   // the prefix's digits, calling code and all, behind a 1: 1212 is 11212
  uint16_t list;  // into kZoneListStarts
};

extern const ZonePrefix kZonePrefixes[];     // sorted by key
extern const uint16_t kZoneListStarts[];     // into kZoneLists; a list ends where the next begins
extern const uint16_t kZoneLists[];          // into kZoneNames
extern const std::string_view kZoneNames[];  //

}  // namespace leadline::phone_tables
