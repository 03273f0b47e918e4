// What the checking worker reports (web/worker.js), taken into the state.
#pragma once

#include "client/state/import_state.h"
#include "common/base/json.h"

namespace leadline {

FilePlan ReadPlan(const Json& json);
// Counts as they are now, and problem rows beside those that are there; `fresh` begins anew.
void TakeProgress(const Json& json, CheckReport* report);
// The problems of one row, in the place of those it had.
void TakeRow(const Json& json, CheckReport* report);

}  // namespace leadline
