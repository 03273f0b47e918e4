// The typed filters of Retell's v3 list-calls, all of which a call must pass. Pure functions.
#pragma once

#include <string>

#include "server/provider/sim/call_engine.h"

namespace leadline {

// What is wrong with a `filter_criteria`, as Retell's schema check says it; "" when nothing. null
// is fine.
std::string RetellFilterProblem(const Json& criteria);

// `item` is the call as lists show it. REQUIRES a criteria without problem.
bool RetellFilterAccepts(const Json& criteria, const Json& item);

}  // namespace leadline
