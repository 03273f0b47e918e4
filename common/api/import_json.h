// Imports as JSON: the options of POST /api/v1/imports, and the import as it stands.
#pragma once

#include <map>
#include <optional>
#include <utility>

#include "common/api/fields.h"

namespace leadline {

inline constexpr std::string_view kDuplicateRuleNames[] = {"skip", "update", "fill", "keep"};
inline constexpr std::string_view kImportStates[] = {"waiting",   "checked", "committing",
                                                     "committed", "undone",  "failed"};

// How a file is to be read and what its rows do. Everything has a default; `mapping` empty means
// "auto".
struct ImportOptions {
  std::string name;
  CampaignId campaign_id = 0;                               // 0: the built-in campaign
  std::map<std::string, std::string, std::less<>> mapping;  // header (or "3") -> field name
  std::string region;  // for national numbers; absent: the setting's
  bool has_region = false;
  int duplicates = 0;          // index into kDuplicateRuleNames
  std::string encoding;        // empty: detected
  std::string delimiter;       // one character; empty: detected
  std::string sheet;           // of a workbook; empty: the first that is not hidden
  std::optional<bool> header;  // whether the first row is one; empty: detected
  std::optional<std::vector<std::string>> required;  // absent: the setting's
  bool accept_repairs = false;                       // take every safe proposal
};
Json ImportOptionsJson(const ImportOptions& options);
// Errors: kInvalid "invalid_body" with fields.
Status DecodeImportOptions(const Json& body, ImportOptions* options);

struct ImportColumn {
  std::string header;
  std::string field;  // a target's name, "ignore" included
  double score = 0;
};

struct ImportSheet {
  std::string name;
  bool hidden = false;
};

struct ImportRecord {
  ImportId id = 0;
  std::string name;
  CampaignId campaign_id = 0;
  std::string state = "waiting";  // one of kImportStates
  std::string duplicates = "skip";
  int64_t file_bytes = 0;
  int64_t rows_done = 0;  // of the commit
  // Of the dry run while checked (what would happen), of the commit afterwards.
  int64_t rows = 0, created = 0, updated = 0, skipped = 0, rejected = 0;
  std::vector<std::pair<std::string, int64_t>> problems;
  std::string error;
  TimeMs created_at = 0, updated_at = 0;
  // Only in the answer to the upload: how the file was read.
  std::vector<ImportColumn> columns;
  std::vector<FieldProblem> list_problems;
  // Of a workbook.
  std::string sheet;  // the one that was read
  std::vector<ImportSheet> sheets;
  std::vector<FieldProblem> notes;  // what to know beside the rows: hidden ones were read, ...
};
Json ImportJson(const ImportRecord& import);
bool ReadImport(const Json& value, ImportRecord* import);

// The answer to POST /api/v1/imports/{id}/undo: the import, and what became of its leads.
struct UndoRecord {
  ImportRecord import;
  int64_t removed = 0;
  int64_t restored = 0;
  int64_t kept = 0;                // called or edited since
  std::vector<LeadId> kept_leads;  // the first 1,000 of them
};
Json UndoJson(const UndoRecord& undo);
bool ReadUndo(const Json& value, UndoRecord* undo);

}  // namespace leadline
