#include "common/lead/zone_names.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "common/base/fold.h"
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

// What people write for a zone, squeezed and without "time", "standard", "daylight", "zone" and
// what stands in parentheses: abbreviations, names, and large cities that have no zone of their
// own. A guess, each: an abbreviation has a fixed offset, and several meanings.
struct Habit {
  std::string_view zone;
  std::string_view texts;
};
constexpr Habit kHabits[] = {
    {"America/New_York",
     "est edt et est5edt eastern useastern us/eastern boston miami atlanta washington "
     "washingtondc philadelphia charlotte orlando baltimore pittsburgh cleveland columbus"},
    {"America/Chicago",
     "cst cdt ct cst6cdt central uscentral us/central dallas houston austin sanantonio "
     "minneapolis st.louis saintlouis neworleans kansascity milwaukee nashville memphis"},
    {"America/Denver", "mst mdt mt mst7mdt mountain us/mountain saltlakecity albuquerque"},
    {"America/Phoenix", "usmountain arizona"},
    {"America/Los_Angeles",
     "pst pdt pt pst8pdt pacific uspacific us/pacific us/pacificnew us/pacific-new sanfrancisco "
     "sandiego seattle portland lasvegas sacramento sanjose la"},
    {"America/Anchorage", "akst akdt alaska"},
    {"Pacific/Honolulu", "hst hawaii"},
    {"America/Halifax", "atlantic"},
    {"America/St_Johns", "newfoundland nst ndt"},
    {"America/Toronto", "ottawa quebec"},
    {"America/Edmonton", "calgary"},
    {"America/Sao_Paulo", "brt riodejaneiro brasilia belohorizonte"},
    {"America/Argentina/Buenos_Aires", "art"},
    {"America/Mexico_City", "guadalajara"},
    {"Europe/London",
     "bst uk britain greatbritain gmt/bst gmtbst england edinburgh manchester birmingham "
     "glasgow liverpool cardiff"},
    {"Europe/Lisbon", "wet west porto"},
    {"Europe/Berlin",
     "cet cest met mez mesz germany deutschland munich munchen hamburg frankfurt cologne koln "
     "stuttgart dusseldorf leipzig"},
    {"Europe/Paris", "france lyon marseille toulouse"},
    {"Europe/Madrid", "spain espana barcelona valencia sevilla seville"},
    {"Europe/Rome", "italy italia milan milano roma naples napoli turin torino"},
    {"Europe/Zurich", "switzerland schweiz geneva geneve bern basel"},
    {"Europe/Vienna", "austria osterreich wien"},
    {"Europe/Amsterdam", "netherlands nederland rotterdam"},
    {"Europe/Warsaw", "warszawa krakow cracow"},
    {"Europe/Prague", "praha"},
    {"Europe/Helsinki", "eet eest oez"},
    {"Europe/Bucharest", "bucuresti"},
    {"Europe/Moscow", "msk st.petersburg saintpetersburg moskva"},
    {"Asia/Kolkata", "ist mumbai delhi newdelhi bangalore bengaluru chennai hyderabad"},
    {"Asia/Karachi", "pkt lahore islamabad"},
    {"Asia/Dubai", "gst abudhabi uae"},
    {"Asia/Riyadh", "jeddah"},
    {"Asia/Jerusalem", "israel"},
    {"Asia/Singapore", "sgt"},
    {"Asia/Hong_Kong", "hkt"},
    {"Asia/Shanghai", "beijing shenzhen guangzhou"},
    {"Asia/Tokyo", "jst osaka"},
    {"Asia/Seoul", "kst busan"},
    {"Asia/Ho_Chi_Minh", "hanoi"},
    {"Australia/Perth", "awst"},
    {"Australia/Adelaide", "acst acdt"},
    {"Australia/Sydney", "aest aedt canberra"},
    {"Pacific/Auckland", "nzst nzdt wellington newzealand"},
    {"Africa/Johannesburg", "sast capetown pretoria durban"},
};

// Windows' names of zones, squeezed and without "Standard Time". Those that people use for a zone
// too, with another meaning (Eastern, Central, GMT), are above.
constexpr std::string_view kWindows =
    "\nafghanistan Asia/Kabul\nalaskan America/Anchorage\naleutian America/Adak"
    "\naltai Asia/Barnaul\narab Asia/Riyadh\narabian Asia/Dubai\narabic Asia/Baghdad"
    "\nargentina America/Argentina/Buenos_Aires\nauscentral Australia/Darwin"
    "\nauscentralw. Australia/Eucla\nauseastern Australia/Sydney\nazerbaijan Asia/Baku"
    "\nbangladesh Asia/Dhaka\nbelarus Europe/Minsk\ncanadacentral America/Regina"
    "\ncaucasus Asia/Yerevan\ncen.australia Australia/Adelaide"
    "\ncentralamerica America/Guatemala\ncentralbrazilian America/Cuiaba"
    "\ncentraleurope Europe/Budapest\ncentraleuropean Europe/Warsaw"
    "\ncentralpacific Pacific/Guadalcanal\nchathamislands Pacific/Chatham\nchina Asia/Shanghai"
    "\ncuba America/Havana\ne.africa Africa/Nairobi\ne.australia Australia/Brisbane"
    "\ne.europe Europe/Chisinau\ne.southamerica America/Sao_Paulo\neasterisland Pacific/Easter"
    "\negypt Africa/Cairo\nekaterinburg Asia/Yekaterinburg\nfle Europe/Kyiv"
    "\ngeorgian Asia/Tbilisi\ngreenland America/Nuuk\ngtb Europe/Bucharest"
    "\nhaiti America/Port-au-Prince\nhawaiian Pacific/Honolulu\nindia Asia/Kolkata"
    "\niran Asia/Tehran\njordan Asia/Amman\nkorea Asia/Seoul\nlibya Africa/Tripoli"
    "\nlineislands Pacific/Kiritimati\nmagallanes America/Punta_Arenas"
    "\nmiddleeast Asia/Beirut\nmorocco Africa/Casablanca\nmyanmar Asia/Yangon"
    "\nn.centralasia Asia/Novosibirsk\nnamibia Africa/Windhoek\nnepal Asia/Kathmandu"
    "\nnorthasia Asia/Krasnoyarsk\nnorthasiaeast Asia/Irkutsk\nnorthkorea Asia/Pyongyang"
    "\npacificsa America/Santiago\npakistan Asia/Karachi\nparaguay America/Asuncion"
    "\nromance Europe/Paris\nrussian Europe/Moscow\nsaeastern America/Cayenne"
    "\nsapacific America/Bogota\nsawestern America/La_Paz\nseasia Asia/Bangkok"
    "\nsaintpierre America/Miquelon\nsouthafrica Africa/Johannesburg\nsouthsudan Africa/Juba"
    "\nsrilanka Asia/Colombo\nsudan Africa/Khartoum\nsyria Asia/Damascus"
    "\ntasmania Australia/Hobart\ntocantins America/Araguaina\ntokyo Asia/Tokyo"
    "\ntonga Pacific/Tongatapu\ntransbaikal Asia/Chita\nturkey Europe/Istanbul"
    "\nturksandcaicos America/Grand_Turk\nuseastern America/Indiana/Indianapolis"
    "\nusmountain America/Phoenix\nvenezuela America/Caracas\nw.australia Australia/Perth"
    "\nw.centralafrica Africa/Lagos\nw.europe Europe/Berlin\nw.mongolia Asia/Hovd"
    "\nwestasia Asia/Tashkent\nwestbank Asia/Hebron\nwestpacific Pacific/Port_Moresby"
    "\nyukon America/Whitehorse\n";

// Offsets that are no whole hours, where one place or country has them.
constexpr Habit kOddOffsets[] = {
    {"America/St_Johns", "-3:30"}, {"Pacific/Marquesas", "-9:30"},
    {"Asia/Tehran", "+3:30"},      {"Asia/Kabul", "+4:30"},
    {"Asia/Kolkata", "+5:30"},     {"Asia/Kathmandu", "+5:45"},
    {"Asia/Yangon", "+6:30"},      {"Australia/Eucla", "+8:45"},
    {"Australia/Darwin", "+9:30"}, {"Australia/Lord_Howe", "+10:30"},
    {"Pacific/Chatham", "+12:45"},
};

bool IsSqueezedOut(char c) {
  return c == ' ' || c == '_';
}

// Lower case without accents, spaces and underscores, "\" as "/".
std::string Squeeze(std::string_view text) {
  std::string out = FoldText(text);
  size_t kept = 0;
  for (const char c : out) {
    if (!IsSqueezedOut(c)) out[kept++] = c == '\\' ? '/' : c;
  }
  out.resize(kept);
  return out;
}

// Whether `name`, of ours, is `squeezed` when it is squeezed: without taking memory, for there are
// six hundred names and a million rows.
bool SqueezesTo(std::string_view name, std::string_view squeezed) {
  size_t at = 0;
  for (const char c : name) {
    if (IsSqueezedOut(c)) continue;
    const char lower = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 0x20 : c);
    if (at == squeezed.size() || squeezed[at] != lower) return false;
    ++at;
  }
  return at == squeezed.size();
}

// "(utc-05:00)easterntime(us&canada)" -> "easterntime"; the parenthesis in front goes to `offset`.
std::string_view DropParentheses(std::string_view squeezed, std::string_view* offset) {
  const size_t close = squeezed.find(')');
  if (squeezed.starts_with('(') && close != std::string_view::npos) {
    *offset = squeezed.substr(1, close - 1);
    squeezed.remove_prefix(close + 1);
  }
  return squeezed.substr(0, squeezed.find('('));
}

std::string DropWords(std::string_view squeezed) {
  std::string out(squeezed);
  for (const std::string_view word : {"standard", "daylight", "time", "zone"}) {
    const size_t at = out.find(word);
    if (at != std::string::npos) out.erase(at, word.size());
  }
  return out;
}

std::string_view CityOf(std::string_view name) {
  return name.substr(name.rfind('/') + 1);  // npos + 1 is 0
}

std::string_view FindName(std::string_view squeezed) {
  for (const std::string_view name : Index().names) {
    if (SqueezesTo(name, squeezed)) return name;
  }
  return {};
}

// Etc/GMT+1 is an hour west of Greenwich; who writes GMT+1 means the other side.
std::string_view FindCity(std::string_view squeezed) {
  for (const std::string_view name : Index().names) {
    const bool place = name.find('/') != std::string_view::npos && !name.starts_with("Etc/");
    if (place && SqueezesTo(CityOf(name), squeezed)) return name;
  }
  return {};
}

std::string_view FindWindows(std::string_view squeezed) {
  constexpr std::string_view kEnd = "standardtime";
  if (!squeezed.ends_with(kEnd)) return {};
  squeezed.remove_suffix(kEnd.size());
  const size_t at = kWindows.find('\n' + std::string(squeezed) + ' ');
  if (at == std::string_view::npos) return {};
  const std::string_view zone = kWindows.substr(at + squeezed.size() + 2);
  return zone.substr(0, zone.find('\n'));
}

std::string_view FindHabit(std::string_view bare) {
  for (const Habit& habit : kHabits) {
    if (HasListedWord(habit.texts, bare)) return habit.zone;
  }
  return {};
}

// "gmt+1", "utc-05:00", "+0200", "+5:30" -> a zone of that offset. Its sign is the other way round.
ZoneProposal FixedOffset(std::string_view squeezed) {
  for (const std::string_view prefix : {"gmt", "utc"}) {
    if (squeezed.starts_with(prefix)) squeezed.remove_prefix(prefix.size());
  }
  if (squeezed.size() < 2 || (squeezed[0] != '+' && squeezed[0] != '-')) return {};
  size_t p = 1;
  int hours = 0;
  for (; p < squeezed.size() && p <= 2 && IsAsciiDigit(squeezed[p]); ++p) {
    hours = hours * 10 + (squeezed[p] - '0');
  }
  std::string_view minutes = squeezed.substr(p);
  if (minutes.starts_with(':')) minutes.remove_prefix(1);
  if (p == 1 || (minutes.size() != 2 && p != squeezed.size())) return {};
  const std::string offset = squeezed[0] + std::to_string(hours);
  if (!minutes.empty() && minutes != "00") {
    const std::string odd = offset + ':' + std::string(minutes);
    for (const Habit& habit : kOddOffsets) {
      if (habit.texts == odd) return {habit.zone, false};
    }
    return {};
  }
  if (hours == 0) return {"UTC", true};
  std::string zone = "etc/gmt" + offset;
  zone[7] = offset[0] == '+' ? '-' : '+';
  return {FindName(zone), false};
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
  if (text.size() > 100) return {};
  const std::string squeezed = Squeeze(TrimUtf8(text));
  if (squeezed.empty()) return {};
  if (squeezed == "z") return {"UTC", true};
  std::string_view offset;
  const std::string_view open = DropParentheses(squeezed, &offset);
  if (const std::string_view name = FindName(open); !name.empty()) return {name, true};
  if (const std::string_view name = FindWindows(open); !name.empty()) return {name, true};
  const std::string bare = DropWords(open);
  // "New York, NY", "Amsterdam, Berlin, Bern"
  for (const std::string_view part :
       {std::string_view(bare), std::string_view(bare).substr(0, bare.find(','))}) {
    if (const std::string_view zone = FindHabit(part); !zone.empty()) return {zone, false};
    if (const std::string_view zone = FindCity(part); !zone.empty()) return {zone, false};
  }
  const ZoneProposal fixed = FixedOffset(open);
  return fixed.zone.empty() ? FixedOffset(offset) : fixed;
}

std::span<const std::string_view> ZoneNames() {
  return Index().names;
}

std::string_view ZoneDataVersion() {
  return kVersion;
}

}  // namespace leadline
