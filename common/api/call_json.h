// Calls and a lead's timeline as JSON.
#pragma once

#include "common/api/fields.h"
#include "common/dial/call.h"

namespace leadline {

// `outcome` is null until the call has ended. 1,000,000 `cost_microusd` are one US dollar.
Json CallJson(const Call& call);
bool ReadCall(const Json& value, Call* call);

// One line of GET /api/v1/leads/{id}/timeline.
struct TimelineRecord {
  int64_t id = 0;
  TimeMs at = 0;
  std::string actor;  // "scheduler", "webhook", "api", "import 12"
  std::string event;  // a transition's name, or "lead_created", "call_placed", ...
  std::string from_status, to_status;
  CallId call_id = 0;
  std::string detail;  // one sentence
};
Json TimelineJson(const TimelineRecord& entry);
bool ReadTimeline(const Json& value, TimelineRecord* entry);

}  // namespace leadline
