#include "common/table/workbook_list.h"

#include "common/table/xlsx_sheet.h"

namespace leadline {
namespace {

// Tells the sink what only the workbook knows.
class WithSheets : public CheckSink {
 public:
  WithSheets(const Workbook& book, size_t sheet, CheckSink* sink)
      : book_(book), sheet_(sheet), sink_(sink) {}
  void OnPlan(const ListPlan& plan) override {
    ListPlan more = plan;
    more.sheets = book_.sheets();
    more.sheet = more.sheets[sheet_].name;
    sink_->OnPlan(more);
  }
  void OnRow(const CheckedRow& row) override { sink_->OnRow(row); }

 private:
  const Workbook& book_;
  const size_t sheet_;
  CheckSink* const sink_;
};

class ToChecker : public TextSink {
 public:
  explicit ToChecker(ListChecker* checker) : checker_(checker) {}
  void OnText(std::string_view text) override { checker_->Feed(text); }

 private:
  ListChecker* const checker_;
};

// All steps of a workbook or a sheet.
template <typename Steps>
Status RunSteps(Steps& steps, const std::function<bool()>& stop) {
  for (;;) {
    if (stop()) return Refused("stopped", "The reading of the file was stopped.");
    const Result<bool> more = steps.Step();
    if (!more.ok() || !*more) return more.status();
  }
}

}  // namespace

Result<ListSummary> CheckWorkbook(ByteSource* source, const ListOptions& options, CheckSink* sink,
                                  const std::function<bool()>& stop) {
  Workbook book(source);
  LEADLINE_RETURN_IF_ERROR(RunSteps(book, stop));
  const Result<size_t> sheet = book.Pick(options.sheet);
  if (!sheet.ok()) return sheet.status();
  ListOptions as_text = options;
  as_text.ReadAsSheet();
  WithSheets with_sheets(book, *sheet, sink);
  ListChecker checker(as_text, &with_sheets);
  ToChecker to_checker(&checker);
  SheetReader reader(book, *sheet, &to_checker);
  LEADLINE_RETURN_IF_ERROR(RunSteps(reader, stop));
  ListSummary summary = checker.Finish();
  summary.bytes = source->size();
  summary.notes = reader.notes();
  return summary;
}

}  // namespace leadline
