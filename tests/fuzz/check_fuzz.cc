// Any bytes as a list: the same verdicts for the whole and for one byte at a time, counts that add
// up, leads that hold what the validator promises, and a reject file that reads back to as many
// rows.
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/utf8.h"
#include "common/table/checker.h"
#include "common/table/report.h"

namespace {

using namespace leadline;  // NOLINT: a fuzz target is about nothing else

void Require(bool condition) {
  if (!condition) std::abort();
}

class Journal : public CheckSink {
 public:
  void OnPlan(const ListPlan& plan) override {
    rejects.emplace(plan, ReportOptions{}, &reject_file);
    clean.emplace(plan, ReportOptions{}, &clean_file);
  }
  void OnRow(const CheckedRow& row) override {
    text += std::to_string(row.number) + '@' + std::to_string(row.offset);
    for (const LeadProblem& p : row.problems) {
      Require(!MessageOf(p).empty());
      text += '!' + std::string(p.code) + ' ' + PathOf(p) + ' ' + p.proposal;
    }
    for (const std::string_view cell : row.cells) {
      Require(IsValidUtf8(cell));
      text += '|' + std::string(cell);
    }
    text += '\n';
    if (row.accepted()) {
      Require(JudgeE164(row.lead.phone).canonical);
      clean->Row(row);
    } else {
      rejects->Row(row);
    }
  }
  std::string text;
  std::string reject_file;
  std::string clean_file;
  std::optional<RejectWriter> rejects;
  std::optional<CleanWriter> clean;
};

ListSummary Check(std::string_view bytes, const ListOptions& options, size_t chunk,
                  Journal* journal) {
  ListChecker checker(options, journal);
  for (size_t p = 0; p < bytes.size(); p += chunk) checker.Feed(bytes.substr(p, chunk));
  const ListSummary summary = checker.Finish();
  Require(summary.rows == summary.accepted + summary.rejected);
  Require(summary.bytes == bytes.size());
  Require(!SummaryJson(summary, 0).empty());
  return summary;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 1) return 0;
  ListOptions options;
  if ((data[0] & 1) != 0) options.rules.default_region = "US";
  if ((data[0] & 2) != 0) options.accept_repairs = true;
  if ((data[0] & 4) != 0) options.rules.require_name = options.rules.require_email = false;
  // The columns of any dialect, by their place.
  if ((data[0] & 32) != 0) options.types = {{"2", "date"}, {"3", "number"}, {"4", "yes_no"}};
  if ((data[0] & 64) != 0) options.mapping = {{"1", "phone"}, {"2", "country"}};
  if ((data[0] & 8) != 0) options.dialect.has_header = (data[0] & 16) != 0;
  if ((data[0] & 32) != 0) options.dialect.quote = (data[0] & 16) != 0 ? '\'' : '\0';
  if ((data[0] & 64) != 0) options.dialect.escape = '\\';
  if ((data[0] & 128) != 0) options.dialect.comment = '#';
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  Journal whole;
  const ListSummary summary = Check(bytes, options, bytes.size() + 1, &whole);
  Journal pieces;
  Check(bytes, options, 1, &pieces);
  Require(pieces.text == whole.text);

  ListOptions again = options;
  again.dialect = {
      .delimiter = ',', .has_header = true, .quote = '"', .escape = '\0', .comment = '\0'};
  again.encoding = Encoding::kUtf8;
  Journal second;
  const ListSummary reread = Check(whole.reject_file, again, 4096, &second);
  Require(reread.rows + reread.blank == summary.rejected);
  return 0;
}
