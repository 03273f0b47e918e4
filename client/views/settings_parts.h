// The parts of the settings screen that have lists of their own.
#pragma once

#include "client/views/view.h"

namespace leadline {

// Is the key there, where do webhooks go, when did the last one come?
void ProvidersCard(const View& view);
// Numbers that no campaign calls.
void SuppressionCard(const View& view);

}  // namespace leadline
