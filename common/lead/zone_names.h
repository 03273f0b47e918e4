// The names of time zones: the IANA database's zones and links, from zone_names.inc, which
// zone_names.py makes from tzdata. Only names; the rules of a zone are the server's and the
// browser's business. Pure, thread-safe, no allocation;
// the first call makes a table of 13 KB.
#pragma once

#include <span>
#include <string_view>

namespace leadline {

// Exactly, case included, as "America/New_York". Abbreviations with a fixed offset (EST, MST, HST)
// and the old EST5EDT kind are in the database, but are not zones of people: they are not known
// here.
bool IsKnownZone(std::string_view name);

struct ZoneProposal {
  std::string_view zone;  // empty: none
  bool safe = false;      // the same zone, written otherwise (case, spaces); else a guess
};
// For a text that is not a known zone. The same zone: "america/new york", "America/New_York (EST)",
// "UTC+0", Windows' "W. Europe Standard Time". A guess: "Central Time", "EST", "GMT+1", "+05:30",
// "Pacific Standard Time", "(UTC-05:00) Eastern Time (US & Canada)", "Berlin", "San Francisco".
ZoneProposal ProposeZone(std::string_view text);

// Sorted by name.
std::span<const std::string_view> ZoneNames();
std::string_view ZoneDataVersion();  // "2024a"

}  // namespace leadline
