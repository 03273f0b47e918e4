// What the dry run and the commit do with checked rows. One thread each.
#pragma once

#include <future>
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

// Hands good rows to the store in large batches, which a thread of its own writes while the next
// one is being checked. Two batches are in memory at most.
class RowWriter final : public CheckSink {
 public:
  static constexpr size_t kBatchRows = 40'000;
  static constexpr size_t kBatchBytes = 32 * 1024 * 1024;  // of texts, so long rows end it earlier

  RowWriter(Store* store, const Import& import, const Clock* clock)
      : store_(store), import_(import), clock_(clock) {}
  void OnRow(const CheckedRow& row) override;
  // Writes the rest. Errors: the store's, the first one met.
  Status Finish();
  // The first error met so far; a batch that is being written is not waited for.
  const Status& status() const { return status_; }

 private:
  void Write();
  void Await();

  Store* const store_;
  const Import import_;
  const Clock* const clock_;
  std::vector<ImportRow> rows_;
  size_t bytes_ = 0;
  int64_t last_row_ = 0;
  std::future<Status> writing_;  // waits for its thread when it goes
  Status status_;
};

// The counts of problems, most frequent first.
std::vector<std::pair<std::string, int64_t>> ProblemsOf(const ListSummary& summary);

}  // namespace leadline
