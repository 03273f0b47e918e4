// A list in a workbook through ListChecker: the same rows, plan and summary as of a CSV file.
#pragma once

#include <functional>

#include "common/table/checker.h"
#include "common/table/zip_reader.h"

namespace leadline {

// Reads the sheet that `options` name and checks its rows; encoding and delimiter of the options do
// not matter. The plan that `sink` gets names the sheets, the summary has the notes of
// SheetReader. `stop` is asked between steps of at most 1 MB.
// Errors: kRefused "stopped"; those of xlsx_sheet.h and what it names. Rows that came before an
// error were passed to `sink`.
Result<ListSummary> CheckWorkbook(ByteSource* source, const ListOptions& options, CheckSink* sink,
                                  const std::function<bool()>& stop);

}  // namespace leadline
