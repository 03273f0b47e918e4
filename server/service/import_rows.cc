#include "server/service/import_rows.h"

#include <algorithm>

namespace leadline {
namespace {

constexpr size_t kAskNumbers = 2000;

}  // namespace

void DryRun::OnRow(const CheckedRow& row) {
  if (!row.accepted() || !status_.ok()) return;
  if (rule_ == DuplicateRule::kKeep) {
    ++counts_.created;
    return;
  }
  numbers_.emplace_back(row.lead.phone);
  if (numbers_.size() == kAskNumbers) Ask();
}

void DryRun::Ask() {
  const std::vector<std::string_view> views(numbers_.begin(), numbers_.end());
  const Result<std::vector<size_t>> stored = store_->FindStoredNumbers(views);
  if (!stored.ok()) {
    status_ = stored.status();
    return;
  }
  const auto known = static_cast<int64_t>(stored->size());
  (rule_ == DuplicateRule::kSkip ? counts_.skipped : counts_.updated) += known;
  counts_.created += static_cast<int64_t>(numbers_.size()) - known;
  numbers_.clear();
}

Result<ImportCounts> DryRun::Finish(const ListSummary& summary) {
  if (!numbers_.empty() && status_.ok()) Ask();
  LEADLINE_RETURN_IF_ERROR(status_);
  counts_.rows = static_cast<int64_t>(summary.rows);
  counts_.rejected = static_cast<int64_t>(summary.rejected);
  counts_.problems = ProblemsOf(summary);
  return counts_;
}

void RowWriter::OnRow(const CheckedRow& row) {
  if (!status_.ok()) return;
  last_row_ = static_cast<int64_t>(row.number);
  if (!row.accepted() || last_row_ <= import_.next_row) return;
  ImportRow& next = rows_.emplace_back();
  next.row = last_row_;
  next.draft.campaign_id = import_.campaign_id;
  CopyTo(row.lead, &next.draft);
  for (const std::string_view cell : row.cells) bytes_ += cell.size();
  if (rows_.size() == kBatchRows || bytes_ >= kBatchBytes) Write();
}

void RowWriter::Await() {
  if (!writing_.valid()) return;
  const Status written = writing_.get();
  if (status_.ok()) status_ = written;
}

void RowWriter::Write() {
  Await();
  if (!status_.ok()) return;
  writing_ = std::async(std::launch::async, [this, rows = std::move(rows_), done = last_row_] {
    return store_->WriteImportRows(import_.id, rows, done, clock_->NowMs()).status();
  });
  rows_ = {};
  bytes_ = 0;
}

Status RowWriter::Finish() {
  if (status_.ok() && last_row_ > import_.next_row) Write();
  Await();
  return status_;
}

std::vector<std::pair<std::string, int64_t>> ProblemsOf(const ListSummary& summary) {
  std::vector<std::pair<std::string, int64_t>> problems;
  for (const auto& [code, rows] : summary.problems) {
    problems.emplace_back(code, static_cast<int64_t>(rows));
  }
  std::stable_sort(problems.begin(), problems.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  return problems;
}

}  // namespace leadline
