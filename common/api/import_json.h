// Imports as JSON: the options of POST /api/v1/imports, and the import as it stands.
#pragma once

#include <map>
#include <optional>
#include <utility>

#include "common/api/fields.h"
#include "common/table/mends.h"

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
  std::map<std::string, std::string, std::less<>> types;    // header (or "3") -> column type
  std::string region;  // for national numbers; absent: the setting's
  bool has_region = false;
  int duplicates = 0;    // index into kDuplicateRuleNames
  std::string sheet;     // of a workbook; empty: the first that is not hidden
  std::string encoding;  // empty: detected
  // As SetDialectPart reads them (common/table/dialect.h); empty: detected.
  std::string delimiter, quote, escape, comment;
  std::optional<bool> header;  // whether the first row is one; empty: detected
  std::optional<std::vector<std::string>> required;  // absent: the setting's
  bool for_vapi = false;        // the campaign's assistant is Vapi's: warn of its limits
  bool accept_repairs = false;  // take every safe proposal
  Mends mends;                  // what a person changed in the list
};
// {"rows":{"17":{"2":"+14155551234"}},"left_out":[5],"repairs":["phone_trunk_zero"],
//  "replace":[{"column":3,"find":"n/a","with":"","whole_cell":true}]}: rows as the spreadsheet
// numbers them, columns from 1. Empty members are left out.
Json MendsJson(const Mends& mends);
Json ImportOptionsJson(const ImportOptions& options);
// Errors: kInvalid "invalid_body" with fields.
Status DecodeImportOptions(const Json& body, ImportOptions* options);

struct ImportColumn {
  std::string header;
  std::string field;  // a target's name, "ignore" included
  double score = 0;
  std::string type;  // of a variable, such as "date:dmy"; else empty
  double type_score = 0;
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
