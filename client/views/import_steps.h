// The steps of the import wizard, one file each.
#pragma once

#include "client/views/view.h"

namespace leadline {

void ColumnsStep(const View& view);
void ProblemsStep(const View& view);
void ImportStepView(const View& view);
void ImportResult(const View& view);
// Earlier imports, each with its reject file and undo.
void ImportHistory(const View& view);

// What a column may hold, for people: "phone" -> "Phone", "variable:budget" -> "Variable budget".
std::string TargetTitle(std::string_view target);
// "The phone number is missing." of a problem code, and what to do about it.
std::string ProblemTitle(std::string_view code);

}  // namespace leadline
