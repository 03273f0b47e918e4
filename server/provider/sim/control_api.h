// The simulator's own API, under /sim: the ring log, the configuration, what was delivered, and
// recordings to listen to.
#pragma once

#include <httplib.h>

#include "server/provider/sim/sim_http.h"

namespace leadline {

// `context` must outlive the server.
void RegisterControlApi(httplib::Server& server, const SimContext* context);

}  // namespace leadline
