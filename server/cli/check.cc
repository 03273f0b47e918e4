// leadline check
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <optional>

#include "common/table/checker.h"
#include "common/table/report.h"
#include "common/table/workbook_list.h"
#include "common/table/xlsx_workbook.h"
#include "server/base/file_source.h"
#include "server/cli/commands.h"

namespace leadline {
namespace {

constexpr size_t kReadBytes = 1024 * 1024;
constexpr size_t kDrainBytes = 256 * 1024;

struct FileCloser {
  void operator()(std::FILE* f) const {
    if (f != stdin) std::fclose(f);
  }
};
using File = std::unique_ptr<std::FILE, FileCloser>;

File OpenForReading(const std::string& path) {
  return File(path == "-" ? stdin : std::fopen(path.c_str(), "rb"));
}

// An output file, made only when it is asked for.
class Output {
 public:
  explicit Output(const std::string& path)
      : wanted_(!path.empty()), file_(wanted_ ? std::fopen(path.c_str(), "wb") : nullptr) {}
  bool wanted() const { return wanted_; }
  bool ok() const { return !wanted_ || (file_ != nullptr && !failed_); }
  void Drain(size_t at_least) {
    if (text.size() < at_least || file_ == nullptr) return;
    failed_ |= std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size();
    text.clear();
  }
  std::string text;

 private:
  const bool wanted_;
  File file_;
  bool failed_ = false;
};

class Writer final : public CheckSink {
 public:
  Writer(const std::string& report, const std::string& clean) : report_(report), clean_(clean) {}
  void OnPlan(const ListPlan& plan) override {
    plan_problems_ = plan.problems;
    const ReportOptions options = {ReportDelimiter(plan.dialect), false};
    if (report_.wanted()) rejects_.emplace(plan, options, &report_.text);
    if (clean_.wanted()) good_.emplace(plan, ReportOptions{}, &clean_.text);
  }
  void OnRow(const CheckedRow& row) override {
    if (row.accepted()) {
      if (good_.has_value()) good_->Row(row);
    } else if (rejects_.has_value()) {
      rejects_->Row(row);
    }
    report_.Drain(kDrainBytes);
    clean_.Drain(kDrainBytes);
  }
  bool Finish() {
    report_.Drain(0);
    clean_.Drain(0);
    return report_.ok() && clean_.ok();
  }
  bool ok() const { return report_.ok() && clean_.ok(); }
  const std::vector<FieldProblem>& plan_problems() const { return plan_problems_; }

 private:
  Output report_, clean_;
  std::optional<RejectWriter> rejects_;
  std::optional<CleanWriter> good_;
  std::vector<FieldProblem> plan_problems_;
};

void PrintSummary(const std::string& path, const ListSummary& summary, const Writer& writer) {
  std::printf("%s: %llu rows, %llu good, %llu rejected\n", path.c_str(),
              static_cast<unsigned long long>(summary.rows),
              static_cast<unsigned long long>(summary.accepted),
              static_cast<unsigned long long>(summary.rejected));
  for (const FieldProblem& problem : writer.plan_problems()) {
    std::printf("  ! %s\n", problem.message.c_str());
  }
  for (const FieldProblem& note : summary.notes) std::printf("  %s\n", note.message.c_str());
  std::vector<std::pair<std::string, uint64_t>> problems(summary.problems.begin(),
                                                         summary.problems.end());
  std::stable_sort(problems.begin(), problems.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  for (const auto& [code, count] : problems) {
    const ProblemKind kind = FindProblem(code);
    std::printf("  %8llu  %-26s %.*s %.*s\n", static_cast<unsigned long long>(count), code.c_str(),
                static_cast<int>(kind.message.size()), kind.message.data(),
                static_cast<int>(kind.mend.size()), kind.mend.data());
  }
}

int Trouble(const std::string& what) {
  std::fprintf(stderr, "leadline check: %s\n", what.c_str());
  return kExitTrouble;
}

// Texts may come through a pipe; a workbook is read from its end, so it must be a file.
Result<ListSummary> ReadList(const std::string& path, const ListOptions& list, CheckSink* sink) {
  const File file = OpenForReading(path);
  if (file == nullptr) return Invalid("file_unreadable", "cannot read " + path + ".");
  ListChecker checker(list, sink);
  std::string piece(kReadBytes, '\0');
  while (const size_t n = std::fread(piece.data(), 1, piece.size(), file.get())) {
    if (checker.summary().bytes == 0 && LooksLikeWorkbook({piece.data(), n})) {
      if (const auto source = FileSource::Open(path); source != nullptr) {
        return CheckWorkbook(source.get(), list, sink, [] { return false; });
      }
    }
    checker.Feed({piece.data(), n});
  }
  if (std::ferror(file.get()) == 0) return checker.Finish();
  return Unavailable("file_unreadable", "cannot read " + path + " to its end.");
}

int CheckOne(const std::string& path, const ListOptions& list, const CheckOptions& options) {
  const auto began = std::chrono::steady_clock::now();
  Writer writer(options.report, options.clean);
  if (!writer.ok()) return Trouble("cannot write the report or the clean file.");
  const Result<ListSummary> read = ReadList(path, list, &writer);
  if (!read.ok()) return Trouble(read.status().message());
  const ListSummary& summary = *read;
  if (!writer.Finish()) return Trouble("the report or the clean file could not be written.");
  if (options.json) {
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    std::printf("%s\n", SummaryJson(summary, took.count()).c_str());
  } else {
    PrintSummary(path, summary, writer);
  }
  const std::vector<FieldProblem>& problems = writer.plan_problems();
  if (!problems.empty() && summary.rows == 0) return Trouble(problems[0].message + " " + path);
  return summary.rejected > 0 || !problems.empty() ? 1 : 0;
}

Status SetReading(const CheckOptions& options, ListOptions* list) {
  if (!options.encoding.empty()) {
    list->encoding = EncodingFromName(options.encoding);
    if (!list->encoding) {
      return Invalid("unknown_encoding", "encoding: Give one of " + EncodingNames() + ".");
    }
  }
  if (options.header || options.no_header) list->dialect.has_header = options.header;
  return SetDialect({options.delimiter, options.quote, options.escape, options.comment},
                    &list->dialect);
}

}  // namespace

int RunCheck(const CheckOptions& options) {
  if (options.files.size() > 1 && (!options.report.empty() || !options.clean.empty())) {
    return Trouble("--report and --clean take one file at a time.");
  }
  ListOptions list;
  list.rules.default_region = options.region;
  list.mapping = options.mapping;
  list.types = options.types;
  list.sheet = options.sheet;
  if (const Status status = SetRequired(options.required, &list.rules); !status.ok()) {
    return Trouble(status.message());
  }
  if (const Status status = SetReading(options, &list); !status.ok()) {
    return Trouble(status.message());
  }
  int worst = 0;
  for (const std::string& path : options.files) {
    worst = std::max(worst, CheckOne(path, list, options));
  }
  return worst;
}

}  // namespace leadline
