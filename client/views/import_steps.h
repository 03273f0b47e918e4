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

// Opens when a row is to be mended as a whole; draws nothing otherwise.
void RowDialog(const View& view);
void ReplaceDialog(const View& view, bool* open);
// The header of a column of the file, from 1; "Column 3" without one.
std::string ColumnTitle(const FilePlan& plan, int64_t column);

// What a column may hold, for people: "phone" -> "Phone", "variable:budget" -> "Variable budget".
std::string TargetTitle(std::string_view target);
// "The phone number is missing." of a problem code, and what to do about it.
std::string ProblemTitle(std::string_view code);

}  // namespace leadline
