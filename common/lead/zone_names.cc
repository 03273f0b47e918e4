#include "common/lead/zone_names.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "common/base/utf8.h"

namespace leadline {
namespace {

#include "common/lead/zone_names.inc"

constexpr size_t kNameCount = std::size(kNames);

// A million rows name a few dozen zones, so the look-up is a hash table that the compiler fills.
constexpr size_t kSlots = 2048;
static_assert(kNameCount < kSlots / 2);

constexpr uint32_t HashOf(std::string_view s) {
  uint32_t hash = 2166136261u;
  for (const char c : s) hash = (hash ^ static_cast<uint8_t>(c)) * 16777619u;
  return hash ^ (hash >> 15);
}

constexpr std::array<uint16_t, kSlots> FillSlots() {
  std::array<uint16_t, kSlots> slots{};  // index + 1; 0: free
  for (size_t i = 0; i < kNameCount; ++i) {
    size_t slot = HashOf(kNames[i]) % kSlots;
    while (slots[slot] != 0) slot = (slot + 1) % kSlots;
    slots[slot] = static_cast<uint16_t>(i + 1);
  }
  return slots;
}
constexpr std::array<uint16_t, kSlots> kSlotTable = FillSlots();

// What people write for a zone, without case, spaces, "time", "standard", "daylight" and what
// stands in parentheses.
struct Habit {
  std::string_view text;
  std::string_view zone;
};
constexpr Habit kHabits[] = {
    {"est", "America/New_York"},
    {"edt", "America/New_York"},
    {"et", "America/New_York"},
    {"est5edt", "America/New_York"},
    {"eastern", "America/New_York"},
    {"useastern", "America/New_York"},
    {"cst", "America/Chicago"},
    {"cdt", "America/Chicago"},
    {"ct", "America/Chicago"},
    {"cst6cdt", "America/Chicago"},
    {"central", "America/Chicago"},
    {"uscentral", "America/Chicago"},
    {"mst", "America/Denver"},
    {"mdt", "America/Denver"},
    {"mt", "America/Denver"},
    {"mst7mdt", "America/Denver"},
    {"mountain", "America/Denver"},
    {"usmountain", "America/Phoenix"},
    {"pst", "America/Los_Angeles"},
    {"pdt", "America/Los_Angeles"},
    {"pt", "America/Los_Angeles"},
    {"pst8pdt", "America/Los_Angeles"},
    {"pacific", "America/Los_Angeles"},
    {"uspacific", "America/Los_Angeles"},
    {"akst", "America/Anchorage"},
    {"alaska", "America/Anchorage"},
    {"alaskan", "America/Anchorage"},
    {"hst", "Pacific/Honolulu"},
    {"hawaii", "Pacific/Honolulu"},
    {"hawaiian", "Pacific/Honolulu"},
    {"atlantic", "America/Halifax"},
    {"newfoundland", "America/St_Johns"},
    {"bst", "Europe/London"},
    {"uk", "Europe/London"},
    {"wet", "Europe/Lisbon"},
    {"west", "Europe/Lisbon"},
    {"cet", "Europe/Berlin"},
    {"cest", "Europe/Berlin"},
    {"met", "Europe/Berlin"},
    {"w.europe", "Europe/Berlin"},
    {"romance", "Europe/Paris"},
    {"centraleurope", "Europe/Budapest"},
    {"centraleuropean", "Europe/Warsaw"},
    {"eet", "Europe/Helsinki"},
    {"eest", "Europe/Helsinki"},
    {"fle", "Europe/Helsinki"},
    {"msk", "Europe/Moscow"},
    {"ist", "Asia/Kolkata"},
    {"india", "Asia/Kolkata"},
    {"pkt", "Asia/Karachi"},
    {"sgt", "Asia/Singapore"},
    {"hkt", "Asia/Hong_Kong"},
    {"china", "Asia/Shanghai"},
    {"jst", "Asia/Tokyo"},
    {"tokyo", "Asia/Tokyo"},
    {"kst", "Asia/Seoul"},
    {"awst", "Australia/Perth"},
    {"acst", "Australia/Adelaide"},
    {"aest", "Australia/Sydney"},
    {"aedt", "Australia/Sydney"},
    {"auseastern", "Australia/Sydney"},
    {"nzst", "Pacific/Auckland"},
    {"nzdt", "Pacific/Auckland"},
    {"sast", "Africa/Johannesburg"},
    {"brt", "America/Sao_Paulo"},
};

// Lower case without spaces and underscores, "\" as "/".
std::string Squeeze(std::string_view text) {
  std::string out;
  for (const char c : AsciiLower(text)) {
    if (c == '\\') {
      out += '/';
    } else if (c != ' ' && c != '_') {
      out += c;
    }
  }
  return out;
}

std::string DropWords(std::string squeezed) {
  if (const size_t open = squeezed.find('('); open != std::string::npos && open != 0) {
    squeezed.resize(open);
  }
  for (const std::string_view word : {"standard", "daylight", "time", "zone"}) {
    const size_t at = squeezed.find(word);
    if (at != std::string::npos) squeezed.erase(at, word.size());
  }
  return squeezed;
}

std::string_view CityOf(std::string_view name) {
  return name.substr(name.rfind('/') + 1);  // npos + 1 is 0
}

// "gmt+1", "utc-05:00", "+0200" -> the zone of that fixed offset; whole hours only. Its sign is the
// other way round.
std::string_view FixedOffset(std::string_view squeezed) {
  for (const std::string_view prefix : {"gmt", "utc"}) {
    if (squeezed.starts_with(prefix)) squeezed.remove_prefix(prefix.size());
  }
  if (squeezed.size() < 2 || (squeezed[0] != '+' && squeezed[0] != '-')) return {};
  const bool east = squeezed[0] == '+';
  size_t p = 1;
  int hours = 0;
  for (; p < squeezed.size() && p <= 2 && squeezed[p] >= '0' && squeezed[p] <= '9'; ++p) {
    hours = hours * 10 + (squeezed[p] - '0');
  }
  const std::string_view minutes = squeezed.substr(p);
  if (p == 1 || !(minutes.empty() || minutes == "00" || minutes == ":00")) return {};
  if (hours == 0) return "UTC";
  const std::string zone = std::string("Etc/GMT") + (east ? '-' : '+') + std::to_string(hours);
  for (const std::string_view name : kNames) {
    if (name == zone) return name;
  }
  return {};
}

}  // namespace

bool IsKnownZone(std::string_view name) {
  for (size_t slot = HashOf(name) % kSlots; kSlotTable[slot] != 0; slot = (slot + 1) % kSlots) {
    if (kNames[kSlotTable[slot] - 1] == name) return true;
  }
  return false;
}

ZoneProposal ProposeZone(std::string_view text) {
  if (text.size() > 64) return {};
  const std::string squeezed = Squeeze(TrimUtf8(text));
  if (squeezed.empty()) return {};
  for (const std::string_view name : kNames) {
    if (Squeeze(name) == squeezed) return {name, true};
  }
  const std::string bare = DropWords(squeezed);
  for (const Habit& habit : kHabits) {
    if (habit.text == bare) return {habit.zone, false};
  }
  if (const std::string_view fixed = FixedOffset(squeezed); !fixed.empty()) return {fixed, false};
  for (const std::string_view name : kNames) {
    // Etc/GMT+1 is an hour west of Greenwich; who writes GMT+1 means the other side.
    const bool place = name.find('/') != std::string_view::npos && !name.starts_with("Etc/");
    if (place && Squeeze(CityOf(name)) == bare) return {name, false};
  }
  return {};
}

std::span<const std::string_view> ZoneNames() {
  return kNames;
}

std::string_view ZoneDataVersion() {
  return kVersion;
}

}  // namespace leadline
