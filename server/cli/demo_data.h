// What a visitor of `leadline demo` finds: two assistants, two campaigns, some sixty leads.
#pragma once

#include "server/store/store.h"

namespace leadline {

// Errors: the store's. The first campaign is running afterwards.
Status FillDemo(Store* store, TimeMs now);

}  // namespace leadline
