// What Retell refuses, and its error bodies. Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "server/provider/sim/sim_http.h"

namespace leadline {

// {"status":"error","message":...}: what its handlers say.
SimReply RetellError(int status, std::string_view message);
// 400 {"error_message":"request/body/<path> must be string"}: what its schema check says.
SimReply RetellSchemaError(std::string_view message);

// The first thing wrong with a create-phone-call body; status 0 when nothing is.
SimReply RetellCreateProblem(const Json& body);

}  // namespace leadline
