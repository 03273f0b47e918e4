// The parts of the leads screen beside the table.
#pragma once

#include "client/views/view.h"

namespace leadline {

// One lead: fields, error, gates, timeline, contacts, calls, actions.
void LeadPanelView(const View& view);
// Creates or edits a lead.
void LeadFormView(const View& view);

}  // namespace leadline
