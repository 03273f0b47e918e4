// The parts of the assistants screen.
#pragma once

#include "client/views/view.h"

namespace leadline {

void AssistantPageView(const View& view, const Assistant& assistant);
void AssistantFormView(const View& view);
// The variables of a form: key, default, required, help.
void AssistantVariablesEditor(const Status& error, std::vector<AssistantVariable>* variables);

}  // namespace leadline
