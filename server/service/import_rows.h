// What the dry run and the commit do with checked rows. One thread each.
#pragma once

#include <vector>

#include "common/table/checker.h"
#include "server/base/clock.h"
#include "server/store/store.h"

namespace leadline {

// Counts what a commit would do, by asking for stored numbers in large groups.
class DryRun final : public CheckSink {
 public:
  DryRun(Store* store, DuplicateRule rule) : store_(store), rule_(rule) {}
  void OnPlan(const ListPlan& plan) override { plan_ = plan; }
  void OnRow(const CheckedRow& row) override;
  // After the checker has finished. Errors: the store's.
  Result<ImportCounts> Finish(const ListSummary& summary);
  const ListPlan& plan() const { return plan_; }

 private:
  void Ask();

  Store* const store_;
  const DuplicateRule rule_;
  ListPlan plan_;
  std::vector<std::string> numbers_;
  ImportCounts counts_;
  Status status_;
};

// Hands good rows to the store, 2,000 at a time.
class RowWriter final : public CheckSink {
 public:
  RowWriter(Store* store, const Import& import, const Clock* clock)
      : store_(store), import_(import), clock_(clock) {}
  void OnRow(const CheckedRow& row) override;
  // Writes the rest. Errors: the store's, the first one met.
  Status Finish();
  const Status& status() const { return status_; }

 private:
  void Write();

  Store* const store_;
  const Import import_;
  const Clock* const clock_;
  std::vector<ImportRow> rows_;
  int64_t last_row_ = 0;
  Status status_;
};

// The counts of problems, most frequent first.
std::vector<std::pair<std::string, int64_t>> ProblemsOf(const ListSummary& summary);

}  // namespace leadline
