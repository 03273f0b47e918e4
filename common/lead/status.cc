#include "common/lead/status.h"

namespace leadline {

std::optional<LeadStatus> LeadStatusFromName(std::string_view name) {
  for (const StatusText& t : kStatusTexts) {
    if (t.name == name) return t.status;
  }
  return std::nullopt;
}

LeadStatusSet StatusSetFromName(std::string_view name) {
  // "completed" is a stored name and a group; the stored meaning wins, so that a list of reached
  // leads holds no others.
  if (const auto status = LeadStatusFromName(name)) return SetOf(*status);
  LeadStatusSet set = 0;
  for (const StatusText& t : kStatusTexts) {
    if (t.group == name) set = static_cast<LeadStatusSet>(set | SetOf(t.status));
  }
  return set;
}

}  // namespace leadline
