#include "server/http/lead_query.h"

#include "common/api/fields.h"

namespace leadline {
namespace {

constexpr std::pair<const char*, LeadSort> kSorts[] = {
    {"-created_at", LeadSort::kNewest},
    {"created_at", LeadSort::kOldest},
    {"name", LeadSort::kName},
    {"-updated_at", LeadSort::kUpdated},
    {"next_attempt_at", LeadSort::kNextAttempt},
};

LeadStatusSet DecodeStatuses(QueryReader& reader) {
  LeadStatusSet statuses = 0;
  for (const std::string& name : reader.List("status")) {
    const LeadStatusSet set = StatusSetFromName(name);
    if (set == 0) {
      reader.AddProblem("status", "unknown_choice",
                        "Give names such as created, max_retries, or pending, retry.");
    }
    statuses = static_cast<LeadStatusSet>(statuses | set);
  }
  return statuses == 0 ? kAnyStatus : statuses;
}

LeadSort DecodeSort(QueryReader& reader) {
  const std::string name = reader.Text("sort");
  if (name.empty()) return LeadSort::kNewest;
  for (const auto& [known, sort] : kSorts) {
    if (name == known) return sort;
  }
  reader.AddProblem("sort", "unknown_choice",
                    "Give one of: -created_at, created_at, name, -updated_at, next_attempt_at.");
  return LeadSort::kNewest;
}

}  // namespace

LeadQuery DecodeLeadQuery(QueryReader& reader) {
  LeadQuery query;
  query.campaign_id = reader.Int("campaign_id", 0, 1, kMaxId);
  query.statuses = DecodeStatuses(reader);
  query.q = reader.Text("q");
  query.phone = DecodeNumber(reader, "phone");
  query.import_id = reader.Int("import_id", 0, 1, kMaxId);
  query.created_from = reader.Time("created_from");
  query.created_to = reader.Time("created_to");
  query.updated_from = reader.Time("updated_from");
  query.updated_to = reader.Time("updated_to");
  query.sort = DecodeSort(reader);
  return query;
}

void DecodePaging(QueryReader& reader, int* limit, std::string* cursor) {
  *limit = static_cast<int>(reader.Int("limit", 50, 1, 500));
  *cursor = reader.Text("cursor", 1000);
}

std::string DecodeNumber(QueryReader& reader, const char* name) {
  std::string number = reader.Text(name, 40);
  if (!number.empty() && number.front() == ' ') number.front() = '+';
  return number;
}

}  // namespace leadline
