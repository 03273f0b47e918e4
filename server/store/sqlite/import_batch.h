// A batch of an import's rows on its way into the store: which of them become new leads, with which
// ids, and where numbers and names of those are found. See migrations/0002_import_fast.sql.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/store/sqlite/store_impl.h"

namespace leadline {

struct BatchRow {
  const ImportRow* row = nullptr;
  LeadId id = 0;          // reserved for it
  LeadId stored = 0;      // the lead that has its number, perhaps of a row before; 0: a new lead
  std::string variables;  // as stored
};

class ImportBatch {
 public:
  // The rows after import.next_row and up to `last_row`, which must outlive it. Reserves their ids,
  // or finds those reserved when this batch broke off: then fewer rows may be in it than asked for.
  static Result<ImportBatch> Reserve(Tx& tx, const Import& import,
                                     const std::vector<ImportRow>& rows, int64_t rows_done);

  const std::vector<BatchRow>& rows() const { return rows_; }
  int64_t last_row() const { return last_row_; }  // of the file; the batch ends after it
  // What takes time and no lock: variables as text, the orders in which numbers and names go in.
  void Prepare();
  // A part of the batch each, from the `begin`-th in that order on, `count` of them at most.
  // Numbers first: they decide which rows are new.
  void AddNumbers(Tx& tx, size_t begin, size_t count);
  void AddNames(Tx& tx, size_t begin, size_t count);

 private:
  ImportBatch(const Import& import, int64_t last_row, bool again)
      : import_(import), last_row_(last_row), again_(again) {}
  LeadId FindStored(Query* find, const std::string& number) const;
  void Forget(Db& db, const BatchRow& row) const;

  const Import import_;
  const int64_t last_row_;
  const bool again_;  // it broke off before: some of its entries are there
  std::vector<BatchRow> rows_;
  std::vector<size_t> by_number_, by_name_;
};

}  // namespace leadline
