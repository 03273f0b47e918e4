// The rows of a checked list that a person may want to mend, kept beside the checker, so that a
// mend costs the check of that row alone and not of the list.
//
//   ListChecker checker(options, &sink);          // sink.OnRow calls book.Keep(row)
//   MendBook book(&checker);
//   book.Mend(17, {.cells = {{1, "+14155551234"}}}, &shown);   // shown.OnRow gets row 17 again
//
// The checker's summary() follows. What one row does to others (a number that becomes, or no longer
// is, a duplicate) shows when the list is checked as a whole again, with the same mends.
//
// Memory: at most kMaxBookRows rows and kMaxBookBytes of their texts; rows beyond are not kept,
// and complete() says so. One thread.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "common/table/checker.h"

namespace leadline {

inline constexpr size_t kMaxBookRows = 20000;
inline constexpr size_t kMaxBookBytes = 32 * 1024 * 1024;

class MendBook {
 public:
  // `checker` must outlive the book.
  explicit MendBook(ListChecker* checker) : checker_(checker) {}

  // A row as OnRow got it. Rows with nothing wrong are passed over.
  void Keep(const CheckedRow& row);
  // Every row with a problem is here.
  bool complete() const { return complete_; }

  // Replaces the row's mends, checks it again and hands it to `sink`. False: the row is not here,
  // or there are too many mended rows already; nothing was changed.
  bool Mend(uint64_t row, RowMend mend, CheckSink* sink);
  // Every row here once more, in order: after the repairs of checker->mends() changed.
  void RecheckAll(CheckSink* sink);
  // The cells of a row with its mends, or nothing. Valid until the book changes.
  std::vector<std::string> CellsOf(uint64_t row) const;

 private:
  struct Page {
    uint64_t number = 0;  // as read: without the lines before the text
    uint64_t offset = 0;
    uint32_t flags = 0;
    std::vector<std::string> cells;  // as read
    RowOutcome outcome;
  };
  void Recheck(Page* page, CheckSink* sink);

  ListChecker* const checker_;
  std::map<uint64_t, Page> pages_;
  size_t bytes_ = 0;
  bool complete_ = true;
};

}  // namespace leadline
