// The members that Vapi's create-call takes, with their limits (Vapi OpenAPI, August 2026). Deep
// plans that Leadline never sends (hooks, transcriber, transport, credentials ...) are taken
// unchecked.
#pragma once

#include "server/provider/sim/dto.h"

namespace leadline {

const Dto& VapiCreateCallDto();
const Dto& VapiUpdateCallDto();

}  // namespace leadline
