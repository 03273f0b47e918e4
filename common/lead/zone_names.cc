#include "common/lead/zone_names.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "common/base/utf8.h"

namespace leadline {
namespace {

#include "common/lead/zone_names.inc"

// A million rows name a few dozen zones, so the look-up is a hash table. Table and views are made
// at first use, in microseconds: as data they would be half of what the names take to download.
constexpr size_t kSlots = 2048;
static_assert(kNameCount < kSlots / 2);

size_t SlotOf(std::string_view s) {
  uint32_t hash = 2166136261u;
  for (const char c : s) hash = (hash ^ static_cast<uint8_t>(c)) * 16777619u;
  return (hash ^ (hash >> 15)) % kSlots;
}

struct NameIndex {
  std::array<std::string_view, kNameCount> names;
  std::array<uint16_t, kSlots> slots = {};  // place in `names` + 1; 0: free

  NameIndex() {
    const char* at = kNames;
    for (size_t i = 0; i < kNameCount; ++i) {
      names[i] = at;
      at += names[i].size() + 1;
      size_t slot = SlotOf(names[i]);
      while (slots[slot] != 0) slot = (slot + 1) % kSlots;
      slots[slot] = static_cast<uint16_t>(i + 1);
    }
  }
};

const NameIndex& Index() {
  static const NameIndex index;
  return index;
}

// What people write for a zone, without case, spaces, "time", "standard", "daylight" and what
// stands in parentheses.
struct Habit {
  const char* zone;
  const char* texts;  // separated by spaces
};
constexpr Habit kHabits[] = {
    {"America/New_York", "est edt et est5edt eastern useastern"},
    {"America/Chicago", "cst cdt ct cst6cdt central uscentral"},
    {"America/Denver", "mst mdt mt mst7mdt mountain"},
    {"America/Phoenix", "usmountain"},
    {"America/Los_Angeles", "pst pdt pt pst8pdt pacific uspacific"},
    {"America/Anchorage", "akst alaska alaskan"},
    {"Pacific/Honolulu", "hst hawaii hawaiian"},
    {"America/Halifax", "atlantic"},
    {"America/St_Johns", "newfoundland"},
    {"Europe/London", "bst uk"},
    {"Europe/Lisbon", "wet west"},
    {"Europe/Berlin", "cet cest met w.europe"},
    {"Europe/Paris", "romance"},
    {"Europe/Budapest", "centraleurope"},
    {"Europe/Warsaw", "centraleuropean"},
    {"Europe/Helsinki", "eet eest fle"},
    {"Europe/Moscow", "msk"},
    {"Asia/Kolkata", "ist india"},
    {"Asia/Karachi", "pkt"},
    {"Asia/Singapore", "sgt"},
    {"Asia/Hong_Kong", "hkt"},
    {"Asia/Shanghai", "china"},
    {"Asia/Tokyo", "jst tokyo"},
    {"Asia/Seoul", "kst"},
    {"Australia/Perth", "awst"},
    {"Australia/Adelaide", "acst"},
    {"Australia/Sydney", "aest aedt auseastern"},
    {"Pacific/Auckland", "nzst nzdt"},
    {"Africa/Johannesburg", "sast"},
    {"America/Sao_Paulo", "brt"},
};

bool HasText(std::string_view texts, std::string_view text) {
  while (!texts.empty()) {
    const std::string_view first = texts.substr(0, texts.find(' '));
    if (first == text) return true;
    texts.remove_prefix(std::min(first.size() + 1, texts.size()));
  }
  return false;
}

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
  for (const std::string_view name : Index().names) {
    if (name == zone) return name;
  }
  return {};
}

}  // namespace

bool IsKnownZone(std::string_view name) {
  const NameIndex& index = Index();
  for (size_t slot = SlotOf(name); index.slots[slot] != 0; slot = (slot + 1) % kSlots) {
    if (index.names[index.slots[slot] - 1] == name) return true;
  }
  return false;
}

ZoneProposal ProposeZone(std::string_view text) {
  if (text.size() > 64) return {};
  const std::string squeezed = Squeeze(TrimUtf8(text));
  if (squeezed.empty()) return {};
  for (const std::string_view name : Index().names) {
    if (Squeeze(name) == squeezed) return {name, true};
  }
  const std::string bare = DropWords(squeezed);
  for (const Habit& habit : kHabits) {
    if (HasText(habit.texts, bare)) return {habit.zone, false};
  }
  if (const std::string_view fixed = FixedOffset(squeezed); !fixed.empty()) return {fixed, false};
  for (const std::string_view name : Index().names) {
    // Etc/GMT+1 is an hour west of Greenwich; who writes GMT+1 means the other side.
    const bool place = name.find('/') != std::string_view::npos && !name.starts_with("Etc/");
    if (place && Squeeze(CityOf(name)) == bare) return {name, false};
  }
  return {};
}

std::span<const std::string_view> ZoneNames() {
  return Index().names;
}

std::string_view ZoneDataVersion() {
  return kVersion;
}

}  // namespace leadline
