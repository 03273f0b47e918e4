// The SQL of lead lists: a walk through the leads in the order of a sort, from a place on, along
// the index made for it. One range per status (and one more for the rows that tie with the place),
// merged by SQLite without sorting.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/store/sqlite/rows.h"

namespace leadline {

// Where a lead stands in a sort: by `key`, or by name, status and campaign; then by id.
struct Place {
  int64_t key = 0;
  std::string name;
  LeadStatus status = LeadStatus::kCreated;
  CampaignId campaign_id = 0;
  LeadId id = 0;
};

// As SQLite's NOCASE does: < 0, 0, > 0.
int CompareNoCase(std::string_view a, std::string_view b);

bool Descends(LeadSort sort);
// Whether a stands before b.
bool Before(LeadSort sort, const Place& a, const Place& b);

struct Walk {
  LeadSort sort = LeadSort::kNewest;
  CampaignId campaign_id = 0;
  LeadStatusSet statuses = kAnyStatus;
  TimeMs from = 0, to = 0;       // bounds of the key, [from, to), 0: open; not for kName
  const Place* after = nullptr;  // null: from the beginning
};

// Gives ids; by name also of leads that an import is about to write.
std::string WalkSql(const Walk& walk);
void BindWalk(const Walk& walk, Query* query);

// How many leads the ranges of a walk hold (not kName), `cap` at most in each.
std::string CountSql(const Walk& walk);
void BindCount(const Walk& walk, int64_t cap, Query* query);

}  // namespace leadline
