#include "common/table/mend_book.h"

#include <utility>

namespace leadline {
namespace {

// Passes a row on, and keeps what became of it.
class Watch : public CheckSink {
 public:
  Watch(CheckSink* sink, RowOutcome* outcome) : sink_(sink), outcome_(outcome) {}
  void OnRow(const CheckedRow& row) override {
    *outcome_ = OutcomeOf(row);
    sink_->OnRow(row);
  }

 private:
  CheckSink* const sink_;
  RowOutcome* const outcome_;
};

}  // namespace

void MendBook::Keep(const CheckedRow& row) {
  if (row.problems.empty()) return;
  size_t bytes = 0;
  for (const std::string_view cell : row.as_read->cells) bytes += sizeof(std::string) + cell.size();
  if (pages_.size() >= kMaxBookRows || bytes_ + bytes > kMaxBookBytes) {
    complete_ = false;
    return;
  }
  bytes_ += bytes;
  Page& page = pages_[row.number];
  page.number = row.as_read->number;
  page.offset = row.as_read->offset;
  page.flags = row.as_read->flags;
  page.cells.assign(row.as_read->cells.begin(), row.as_read->cells.end());
  page.outcome = OutcomeOf(row);
}

bool MendBook::Mend(uint64_t row, RowMend mend, CheckSink* sink) {
  const auto it = pages_.find(row);
  Mends& mends = checker_->mends();
  if (it == pages_.end()) return false;
  if (mends.Find(row) == nullptr && mends.rows.size() >= kMaxMendedRows) return false;
  mends.Set(row, std::move(mend));
  Recheck(&it->second, sink);
  return true;
}

void MendBook::RecheckAll(CheckSink* sink) {
  for (auto& [row, page] : pages_) Recheck(&page, sink);
}

void MendBook::Recheck(Page* page, CheckSink* sink) {
  const std::vector<std::string_view> cells(page->cells.begin(), page->cells.end());
  const RowOutcome before = std::move(page->outcome);
  Watch watch(sink, &page->outcome);
  checker_->Recheck({page->number, page->offset, page->flags, cells}, before, &watch);
}

std::vector<std::string> MendBook::CellsOf(uint64_t row) const {
  const auto it = pages_.find(row);
  if (it == pages_.end()) return {};
  std::vector<std::string> cells;
  const std::vector<std::string_view> read(it->second.cells.begin(), it->second.cells.end());
  checker_->MendCells(row, read, &cells);
  return cells;
}

}  // namespace leadline
