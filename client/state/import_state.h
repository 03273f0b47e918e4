// The import wizard: a file is checked in this browser by a worker, then sent to the server, which
// runs the same code again. Plain values.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "client/net/api.h"
#include "client/state/remote.h"

namespace leadline {

enum class ImportStep : uint8_t { kFile, kColumns, kProblems, kImport, kDone };

// How the file is to be read; empty members are detected.
struct CheckOptions {
  std::string sheet;  // of a workbook
  std::string encoding;
  std::string delimiter;  // one character
  std::optional<bool> header;
  std::string region;  // "US": national numbers are read as of there
  bool require_name = true;
  bool require_email = true;
  bool accept_repairs = false;
  bool reject_duplicates = true;
  std::map<std::string, std::string, std::less<>> mapping;  // header or column number -> field
};

struct PlanColumn {
  std::string header;
  std::string target;  // "phone", "variable:budget", "ignore"
  int score_percent = 0;
  bool report = false;  // a column of our own reject file
  std::vector<std::string> samples;
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
  std::string delimiter;
  bool header = true;
  std::vector<PlanColumn> columns;
  std::vector<FieldProblem> problems;  // of the list as a whole
};

// One problem of one row.
struct RowProblem {
  int64_t id = 0;  // its place among those shown
  int64_t row = 0;
  std::string path;
  std::string code;
  std::string value;
  std::string proposal;
  std::string note;
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
  std::vector<std::string> notes;           // of a workbook: hidden rows were read, ...

  double RowsPerSecond() const {
    return ms > 0 ? static_cast<double>(rows) * 1000 / static_cast<double>(ms) : 0;
  }
};

struct ImportState {
  ImportStep step = ImportStep::kFile;
  int file = 0;  // the platform's handle, 0: none chosen
  std::string file_name;
  int64_t file_bytes = 0;
  CheckOptions options;
  std::optional<FilePlan> plan;
  bool planning = false;
  bool checking = false;
  std::optional<CheckReport> report;
  std::string error;         // why the file cannot be checked
  std::string pending_save;  // "rejects" or "clean" while the worker prepares it

  // With the server.
  CampaignId campaign_id = 0;
  int duplicates = 0;  // index into kDuplicateRuleNames
  std::string name;
  Remote<ImportRecord> remote;  // the one of this file: dry run, commit, result
  int upload_request = 0;
  int64_t sent_bytes = 0;
  bool busy = false;  // upload, commit or undo under way
  Status problem;     // of the last step with the server
  std::optional<UndoRecord> undone;
};

}  // namespace leadline
