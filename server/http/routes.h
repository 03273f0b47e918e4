// Every route of the server: one table, used to dispatch, to answer 404 and 405, and to write
// openapi.json.
#pragma once

#include <span>

#include "common/base/json.h"
#include "server/http/router.h"

namespace leadline {

std::span<const Route> Routes();

// The OpenAPI 3.1 document of the table. Schemas are derived from the codecs' own examples.
const Json& OpenApiDocument();

}  // namespace leadline
