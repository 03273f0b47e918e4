// What the tests of this folder share: running a list through ListChecker and keeping what came
// out.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "common/table/checker.h"

namespace leadline::testing_support {

struct KeptRow {
  uint64_t number = 0;
  uint64_t offset = 0;
  std::string main_code;
  std::vector<std::string> codes;
  std::vector<std::string> cells;
  LeadDraft draft;
};

struct Kept : CheckSink {
  ListPlan plan;
  std::vector<KeptRow> rows;
  ListSummary summary;
  int plans = 0;

  void OnPlan(const ListPlan& p) override {
    plan = p;
    ++plans;
  }
  void OnRow(const CheckedRow& row) override {
    KeptRow& kept = rows.emplace_back();
    kept.number = row.number;
    kept.offset = row.offset;
    kept.main_code = row.main_code();
    for (const LeadProblem& p : row.problems) kept.codes.emplace_back(p.code);
    kept.cells.assign(row.cells.begin(), row.cells.end());
    CopyTo(row.lead, &kept.draft);
  }
};

inline Kept Check(std::string_view bytes, const ListOptions& options = {},
                  size_t chunk = SIZE_MAX) {
  Kept kept;
  ListChecker checker(options, &kept);
  for (size_t p = 0; p < bytes.size(); p += std::min(chunk, bytes.size() - p)) {
    const std::string copy(bytes.substr(p, chunk));
    checker.Feed(copy);
  }
  kept.summary = checker.Finish();
  return kept;
}

// Only the phone is required, so that lists in tests can be short.
inline ListOptions PhoneOnly() {
  ListOptions options;
  options.rules.require_name = false;
  options.rules.require_email = false;
  return options;
}

inline std::map<std::string, std::string> TargetsOf(const Mapping& mapping) {
  std::map<std::string, std::string> out;
  for (const ColumnMapping& m : mapping) out[m.header] = TargetName(m.target);
  return out;
}

}  // namespace leadline::testing_support
