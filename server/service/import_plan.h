// How an import's stored options become rules for the list checker, and how a spooled file is run
// through it. Shared by the dry run, the commit and the reject file, so that all three see the same
// rows.
#pragma once

#include <functional>
#include <string>

#include "common/api/import_json.h"
#include "common/table/checker.h"
#include "server/store/store.h"

namespace leadline {

// Fills what the request left to the settings, and requires what the campaign's assistant marks as
// required and has no default for, so that a later change does not change an import that was
// checked. `assistant`: an empty one where the campaign has none.
void FreezeOptions(const CallingSettings& settings, const Assistant& assistant,
                   ImportOptions* options);

// Errors: kInvalid with fields for an unknown encoding, field name or column type, as found before
// any file is there.
Result<ListOptions> ListOptionsOf(const ImportOptions& options);
Result<ListOptions> ListOptionsOf(const Import& import);

// Feeds the file at `path`, a text or a workbook, to a checker with `sink`, in pieces; `stop` is
// asked between them. Errors: kNotFound "import_file_gone"; kRefused "stopped"; kUnavailable
// "file_unreadable"; for a workbook those of common/table/workbook_list.h.
Result<ListSummary> CheckFile(const std::string& path, const ListOptions& options, CheckSink* sink,
                              const std::function<bool()>& stop);

// The answer for an import, and for its upload with how the file was read.
ImportRecord RecordOf(const Import& import);
void AddPlan(const ListPlan& plan, ImportRecord* record);

}  // namespace leadline
