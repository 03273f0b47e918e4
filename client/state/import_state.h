// The import wizard: a file is checked in this browser by a worker, then sent to the server, which
// runs the same code again. Plain values.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "client/net/api.h"
#include "client/state/remote.h"
#include "common/table/mends.h"

namespace leadline {

enum class ImportStep : uint8_t { kFile, kColumns, kProblems, kImport, kDone };

using ChoiceMap = std::map<std::string, std::string, std::less<>>;

// How the file is to be read; empty members are detected.
struct CheckOptions {
  std::string sheet;  // of a workbook
  std::string encoding;
  // As SetDialectPart reads them.
  std::string delimiter, quote, escape, comment;
  std::optional<bool> header;
  std::string region;  // "US": national numbers are read as of there
  bool require_name = true;
  bool require_email = true;
  bool accept_repairs = false;
  bool reject_duplicates = true;
  ChoiceMap mapping;  // header or column number -> field
  ChoiceMap types;    // column number -> type of its values
};

struct PlanColumn {
  std::string header;
  std::string target;  // "phone", "variable:budget", "ignore"
  int score_percent = 0;
  bool report = false;  // a column of our own reject file
  std::vector<std::string> samples;
  std::string type;  // of a variable, "date:dmy"; else empty
  int type_percent = 0;
};
struct SheetChoice {
  std::string name;
  bool hidden = false;
};
struct FilePlan {
  std::string sheet;                // the one that is read, of a workbook
  std::vector<SheetChoice> sheets;  // empty for a text
  std::string encoding;
  int encoding_percent = 0;
  std::string delimiter, quote, escape, comment;  // as DialectPartText writes them
  bool header = true;
  std::vector<PlanColumn> columns;
  std::vector<FieldProblem> problems;  // of the list as a whole
};

// One problem of one row.
struct RowProblem {
  int64_t id = 0;  // never used twice in a check
  int64_t row = 0;
  int64_t column = 0;  // of its cell, from 1; 0: the row as a whole
  std::string path;
  std::string code;
  std::string value;
  std::string proposal;
  std::string note;
  bool whole = true;  // value and proposal are not cut for the screen
  bool safe = false;
  bool error = true;
};

struct CheckReport {
  int64_t rows = 0, accepted = 0, rejected = 0, repaired = 0, blank = 0, unreadable = 0;
  int64_t bytes = 0;
  int64_t ms = 0;
  bool done = false;
  std::map<std::string, int64_t> problems;  // code -> how many, all of them
  std::vector<RowProblem> shown;            // the first of each kind
  int64_t next_id = 0;                      // of RowProblem
  int64_t changes = 0;                      // grows whenever `shown` changes
  std::vector<std::string> notes;           // of a workbook: hidden rows were read, ...

  double RowsPerSecond() const {
    return ms > 0 ? static_cast<double>(rows) * 1000 / static_cast<double>(ms) : 0;
  }
};

// A step back: what the mends were before.
struct MendStep {
  std::string what;   // "Cell changed in row 17"
  int64_t row = 0;    // 0: what follows the row's mend
  RowMend mend = {};  // of the row
  std::set<std::string, std::less<>> repairs = {};
  std::vector<Replacement> replacements = {};
};

// A row that is being mended as a whole.
struct OpenRow {
  int64_t row = 0;
  bool loading = true;
  std::vector<std::string> cells = {};
};

struct ImportState {
  ImportStep step = ImportStep::kFile;
  int file = 0;  // the platform's handle, 0: none chosen
  std::string file_name;
  int64_t file_bytes = 0;
  CheckOptions options;
  std::optional<FilePlan> plan;
  bool planning = false;
  bool new_columns = false;  // those of the next plan were not seen before
  bool recalled = false;     // the columns are set as they were for a list with these headers
  bool checking = false;
  std::optional<CheckReport> report;
  std::string error;         // why the file cannot be checked
  std::string pending_save;  // "rejects" or "clean" while the worker prepares it
  double save_done = 0;      // 0..1 of it
  Mends mends;               // what the user changed in the list
  std::vector<MendStep> mend_steps;
  bool mended_since = false;  // rows were mended one by one since the whole list was checked
  std::optional<OpenRow> open_row;

  // With the server.
  CampaignId campaign_id = 0;
  int duplicates = 0;  // index into kDuplicateRuleNames
  std::string name;
  Remote<ImportRecord> remote;  // the one of this file: dry run, commit, result
  int upload_request = 0;
  int64_t sent_bytes = 0;
  TimeMs commit_since = 0;
  bool busy = false;  // upload, commit or undo under way
  Status problem;     // of the last step with the server
  std::optional<UndoRecord> undone;
};

}  // namespace leadline
