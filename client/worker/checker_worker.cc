// The list check as a module of its own (common/ only, no ImGui, no DOM), run by web/worker.js off
// the main thread. The script reads the file in slices, hands the bytes in, and takes texts out:
// what to tell the page (JSON), and the two files that people can save. Everything stays in this
// browser.
//
// Options come as records "key US value" joined by RS (ASCII 31 and 30): encoding, delimiter,
// quote, escape, comment (these four as SetDialectPart reads them), header, region, required (names
// separated by spaces), repairs, duplicates, map US header US target, type US header US type; and
// mends, see ReadMend.
#include <charconv>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/utf8.h"
#include "common/table/checker.h"
#include "common/table/mend_book.h"
#include "common/table/report.h"

namespace leadline {
namespace {

constexpr size_t kShownPerKind = 2000;  // problem rows sent to the page, of each kind
constexpr size_t kShownInAll = 20000;
constexpr size_t kShownValueBytes = 200;

enum Output { kMessage, kRejects, kClean, kOutputCount };

void AppendString(std::string_view text, std::string* json) {
  constexpr char kHex[] = "0123456789abcdef";
  json->push_back('"');
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      json->push_back('\\');
      json->push_back(c);
    } else if (static_cast<unsigned char>(c) < 0x20) {
      json->append("\\u00");
      json->push_back(kHex[c >> 4]);
      json->push_back(kHex[c & 15]);
    } else {
      json->push_back(c);
    }
  }
  json->push_back('"');
}
void Key(std::string_view key, std::string* json) {
  if (json->back() != '{' && json->back() != '[') json->push_back(',');
  AppendString(key, json);
  json->push_back(':');
}
void Member(std::string_view key, std::string_view text, std::string* json) {
  Key(key, json);
  AppendString(text, json);
}
void MemberNumber(std::string_view key, uint64_t number, std::string* json) {
  Key(key, json);
  json->append(std::to_string(number));
}
void MemberBool(std::string_view key, bool value, std::string* json) {
  Key(key, json);
  json->append(value ? "true" : "false");
}
// Scores are 0..1; two digits are enough, and from_chars(double) and printf cost kilobytes.
void MemberPercent(std::string_view key, double score, std::string* json) {
  MemberNumber(key, static_cast<uint64_t>(score * 100 + 0.5), json);
}
void Next(std::string* json) {
  if (json->back() != '[') json->push_back(',');
}

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const size_t at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

void ReadRequired(std::string_view names, LeadRules* rules) {
  std::vector<std::string> list;
  for (const std::string_view name : Split(names, ' ')) {
    if (!name.empty()) list.emplace_back(name);
  }
  // An unknown name can only come from our own page; the rules that are known still hold.
  (void)SetRequired(list, rules);
}

uint64_t ReadNumber(std::string_view text) {
  uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// Columns are from 1 there.
size_t ReadColumn(std::string_view text) {
  return static_cast<size_t>(ReadNumber(text) - 1);
}

// A record of mends: cell ROW COLUMN TEXT, leave ROW, repair CODE, replace COLUMN FIND WITH WHOLE;
// columns from 1.
void ReadMend(const std::vector<std::string_view>& part, Mends* mends) {
  const std::string_view key = part[0];
  if (key == "cell" && part.size() == 4) {
    mends->rows[ReadNumber(part[1])].cells[ReadColumn(part[2])] = part[3];
  } else if (key == "leave") {
    mends->rows[ReadNumber(part[1])].left_out = true;
  } else if (key == "repair") {
    mends->repairs.emplace(part[1]);
  } else if (key == "replace" && part.size() == 5) {
    mends->replacements.push_back(
        {ReadColumn(part[1]), std::string(part[2]), std::string(part[3]), part[4] == "1"});
  }
}

bool IsDialectPart(std::string_view key) {
  return key == "delimiter" || key == "quote" || key == "escape" || key == "comment";
}

ListOptions ReadOptions(std::string_view text) {
  ListOptions options;
  bool sheet = false;
  for (const std::string_view record : Split(text, '\x1e')) {
    const std::vector<std::string_view> part = Split(record, '\x1f');
    if (part.size() < 2) continue;
    const std::string_view key = part[0];
    const std::string_view value = part[1];
    if (key == "encoding") options.encoding = EncodingFromName(value);
    // A wrong one can only come from our own page; it is guessed then.
    if (IsDialectPart(key)) (void)SetDialectPart(key, value, &options.dialect);
    if (key == "is_sheet") sheet = value == "1";
    if (key == "header") options.dialect.has_header = value == "1";
    if (key == "region") options.rules.default_region = value;
    if (key == "required") ReadRequired(value, &options.rules);
    if (key == "repairs") options.accept_repairs = value == "1";
    if (key == "duplicates") options.reject_duplicates = value == "1";
    if (key == "map" && part.size() == 3) options.mapping[std::string(value)] = part[2];
    if (key == "type" && part.size() == 3) options.types[std::string(value)] = part[2];
    ReadMend(part, &options.mends);
  }
  if (!CheckDialect(options.dialect).ok()) options.dialect = {};
  if (sheet) options.ReadAsSheet();
  return options;
}

void ReadMends(std::string_view text, Mends* mends) {
  for (const std::string_view record : Split(text, '\x1e')) {
    const std::vector<std::string_view> part = Split(record, '\x1f');
    if (part.size() >= 2) ReadMend(part, mends);
  }
}

std::string_view ValueOf(const LeadView& lead, const LeadProblem& problem) {
  const size_t i = problem.index;
  switch (problem.field) {
    case LeadField::kRow:
      return "";
    case LeadField::kName:
      return lead.name;
    case LeadField::kPhone:
      return lead.phone;
    case LeadField::kEmail:
      return lead.email;
    case LeadField::kCompany:
      return lead.company;
    case LeadField::kTimezone:
      return lead.timezone;
    case LeadField::kVariable:  // a missing one is not in the lead
      return i < lead.variables.size() && lead.variables[i].name == problem.name
                 ? lead.variables[i].value
                 : "";
    case LeadField::kContactName:
      return i < lead.contacts.size() ? lead.contacts[i].name : "";
    case LeadField::kContactPhone:
      return i < lead.contacts.size() ? lead.contacts[i].phone : "";
  }
  return "";
}

void AppendPlan(const ListPlan& plan, std::string* json) {
  json->append("{");
  Member("encoding", EncodingName(plan.encoding.encoding), json);
  MemberPercent("encoding_score", plan.encoding.confidence, json);
  Member("delimiter", DialectPartText(plan.dialect.delimiter), json);
  Member("quote", DialectPartText(plan.dialect.quote), json);
  Member("escape", DialectPartText(plan.dialect.escape), json);
  Member("comment", DialectPartText(plan.dialect.comment), json);
  MemberBool("header", plan.dialect.has_header, json);
  Key("columns", json);
  json->append("[");
  for (const ColumnMapping& column : plan.mapping) {
    Next(json);
    json->append("{");
    Member("header", column.header, json);
    Member("target", TargetName(column.target), json);
    MemberPercent("score", column.score, json);
    MemberBool("report", column.report_column, json);
    if (column.target.field == TargetField::kVariable) {
      Member("type", ColumnTypeName(column.type), json);
      MemberPercent("type_score", column.type_score, json);
    }
    Key("samples", json);
    json->append("[");
    for (const std::string& sample : column.samples) {
      Next(json);
      AppendString(sample, json);
    }
    json->append("]}");
  }
  json->append("]");
  Key("problems", json);
  json->append("[");
  for (const FieldProblem& problem : plan.problems) {
    Next(json);
    json->append("{");
    Member("path", problem.path, json);
    Member("code", problem.code, json);
    Member("message", problem.message, json);
    json->append("}");
  }
  json->append("]}");
}

// Rows with their problems, as JSON for the page: so many of each kind.
class Shown : public CheckSink {
 public:
  void OnRow(const CheckedRow& row) override {
    for (const LeadProblem& problem : row.problems) Show(row, problem);
  }
  // What came since the last call.
  std::string Take() { return std::exchange(json_, {}); }

 private:
  void Show(const CheckedRow& row, const LeadProblem& problem);

  std::string json_;
  std::map<std::string_view, size_t> of_kind_;
  size_t in_all_ = 0;
};

void Shown::Show(const CheckedRow& row, const LeadProblem& problem) {
  size_t& of_kind = of_kind_[problem.code];
  if (of_kind >= kShownPerKind || in_all_ >= kShownInAll) return;
  ++of_kind;
  ++in_all_;
  if (!json_.empty()) json_.push_back(',');
  json_.append("{");
  MemberNumber("row", row.number, &json_);
  MemberNumber("column", static_cast<uint64_t>(problem.column + 1), &json_);
  Member("path", PathOf(problem), &json_);
  Member("code", problem.code, &json_);
  const std::string_view value = ValueOf(row.lead, problem);
  MemberBool("whole",
             value.size() <= kShownValueBytes && problem.proposal.size() <= kShownValueBytes,
             &json_);
  Member("value", ClipUtf8(value, kShownValueBytes), &json_);
  Member("proposal", ClipUtf8(problem.proposal, kShownValueBytes), &json_);
  Member("note", problem.note, &json_);
  MemberBool("safe", problem.safe, &json_);
  MemberBool("error", problem.error(), &json_);
  json_.append("}");
}

class Check : public CheckSink {
 public:
  Check(const ListOptions& options, bool writes_clean, std::string* outputs)
      : writes_clean_(writes_clean), outputs_(outputs), checker_(options, this), book_(&checker_) {}

  void Feed(std::string_view bytes) { checker_.Feed(bytes); }
  void Finish() { checker_.Finish(); }

  void OnPlan(const ListPlan& plan) override {
    constexpr ReportOptions kForSpreadsheets{.bom = true};
    if (writes_clean_) {
      clean_ = std::make_unique<CleanWriter>(plan, kForSpreadsheets, &outputs_[kClean]);
    } else {
      rejects_ = std::make_unique<RejectWriter>(plan, kForSpreadsheets, &outputs_[kRejects]);
    }
  }
  void OnRow(const CheckedRow& row) override {
    if (row.accepted() && clean_ != nullptr) clean_->Row(row);
    if (!row.accepted() && rejects_ != nullptr) rejects_->Row(row);
    if (row.problems.empty()) return;
    book_.Keep(row);
    shown_.OnRow(row);
  }

  // One row again, with these mends. False: the row is not among those kept.
  bool MendRow(uint64_t row, RowMend mend) {
    shown_ = Shown();
    return book_.Mend(row, std::move(mend), &shown_);
  }
  // The rows with problems again, with these repairs taken. False: not all of them are kept here.
  bool TakeRepairs(std::set<std::string, std::less<>> repairs) {
    if (!book_.complete()) return false;
    checker_.mends().repairs = std::move(repairs);
    shown_ = Shown();
    book_.RecheckAll(&shown_);
    return true;
  }
  std::vector<std::string> CellsOf(uint64_t row) const { return book_.CellsOf(row); }

  // What is new since the last call.
  void AppendProgress(std::string* json) {
    const ListSummary& summary = checker_.summary();
    json->append("{");
    MemberNumber("rows", summary.rows, json);
    MemberNumber("accepted", summary.accepted, json);
    MemberNumber("rejected", summary.rejected, json);
    MemberNumber("repaired", summary.repaired, json);
    MemberNumber("blank", summary.blank, json);
    MemberNumber("unreadable", summary.unreadable_characters, json);
    Key("problems", json);
    json->append("{");
    for (const auto& [code, rows] : summary.problems) MemberNumber(code, rows, json);
    json->append("}");
    Key("shown", json);
    json->append("[").append(shown_.Take()).append("]}");
  }

 private:
  const bool writes_clean_;
  std::string* const outputs_;
  std::unique_ptr<RejectWriter> rejects_;
  std::unique_ptr<CleanWriter> clean_;
  Shown shown_;
  ListChecker checker_;
  MendBook book_;
};

// One check at a time: the worker is started for it and ends with it.
struct Worker {
  std::string input;
  std::string outputs[kOutputCount];
  ListOptions options;
  std::unique_ptr<Check> check;
};
Worker& Global() {
  static Worker worker;
  return worker;
}

}  // namespace
}  // namespace leadline

extern "C" {

using leadline::Global;

// Where the script puts the next `size` bytes.
char* checker_input(uint32_t size) {
  Global().input.resize(size);
  return Global().input.data();
}
// The input is options, as above.
void checker_configure() {
  Global().options = leadline::ReadOptions(Global().input);
}
// The input is the head of the file; the message is the plan.
void checker_inspect(int whole) {
  std::string& json = Global().outputs[leadline::kMessage];
  json.clear();
  leadline::AppendPlan(leadline::InspectList(Global().input, whole != 0, Global().options), &json);
}
// The rejected rows are written as the list is checked, or else the clean ones, which are as many
// as the list has and asked for less often.
void checker_begin(int writes_clean) {
  Global().check.reset();
  for (std::string& output : Global().outputs) output.clear();
  Global().check =
      std::make_unique<leadline::Check>(Global().options, writes_clean != 0, Global().outputs);
}
// The input is the next piece; size 0: the end. The outputs but the message are what was written
// since.
void checker_feed() {
  leadline::Check& check = *Global().check;
  for (std::string& output : Global().outputs) output.clear();
  if (Global().input.empty()) {
    check.Finish();
  } else {
    check.Feed(Global().input);
  }
}
// The message is what was found since the last time.
void checker_progress() {
  std::string& json = Global().outputs[leadline::kMessage];
  json.clear();
  Global().check->AppendProgress(&json);
}
// The input is records of mends that are now those of `row`. 1: it was checked again, the message
// is the progress with the row's problems; 0: this row cannot be mended here.
int checker_mend(double row) {
  leadline::Mends mends;
  leadline::ReadMends(Global().input, &mends);
  const auto number = static_cast<uint64_t>(row);
  leadline::Check& check = *Global().check;
  std::string& json = Global().outputs[leadline::kMessage];
  json.clear();
  if (!check.MendRow(number, std::move(mends.rows[number]))) return 0;
  check.AppendProgress(&json);
  return 1;
}
// The input is all repairs that are to be taken. 1: every row with a problem was checked again, the
// message is the progress with all problems; 0: check the whole list instead.
int checker_repair() {
  leadline::Mends mends;
  leadline::ReadMends(Global().input, &mends);
  leadline::Check& check = *Global().check;
  std::string& json = Global().outputs[leadline::kMessage];
  json.clear();
  if (!check.TakeRepairs(std::move(mends.repairs))) return 0;
  check.AppendProgress(&json);
  return 1;
}
// The message is a list of the row's cells; empty when it is not among those kept.
void checker_row(double row) {
  std::string& json = Global().outputs[leadline::kMessage];
  json.assign("[");
  for (const std::string& cell : Global().check->CellsOf(static_cast<uint64_t>(row))) {
    leadline::Next(&json);
    leadline::AppendString(cell, &json);
  }
  json.append("]");
}
const char* checker_output(int which) {
  return Global().outputs[which].data();
}
uint32_t checker_output_size(int which) {
  return static_cast<uint32_t>(Global().outputs[which].size());
}

}  // extern "C"
