// Leads as CSV: safe to open in a spreadsheet, and importable again without loss. Columns are the
// names that the import knows (name, phone, email, company, timezone, variables by their key,
// secondary_phone_1, secondary_1_name, ...).
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "server/store/store.h"

namespace leadline {

struct ExportOptions {
  // Besides the names above: id, campaign, status, status_group, attempts, last_outcome,
  // last_attempt_at, next_attempt_at, error, created_at, updated_at. Empty: name to timezone,
  // status, status_group, and every variable that occurs.
  std::vector<std::string> columns;
  bool secondary = false;  // also secondary_phone_N and secondary_N_name
};

// kInvalid "unknown_column" for a column that is no variable name either.
Status CheckColumns(const ExportOptions& options);

// Writes pieces until all is written or `write` returns false. Errors: the store's.
Status ExportLeads(Store* store, const LeadQuery& query, const ExportOptions& options,
                   const std::function<bool(std::string_view)>& write);

// The header row of the file that the import takes as it is, with one example row.
std::string TemplateCsv();

}  // namespace leadline
