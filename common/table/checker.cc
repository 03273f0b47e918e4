#include "common/table/checker.h"

#include <algorithm>
#include <utility>

#include "common/base/utf8.h"
#include "common/lead/country_names.h"
#include "common/table/columns.h"
#include "common/table/number_set.h"
#include "common/table/report.h"

namespace leadline {
namespace {

constexpr std::string_view kReplacementUtf8 = "\xEF\xBF\xBD";

struct FlagCode {
  CsvFlag flag;
  std::string_view code;
};
constexpr FlagCode kFlagCodes[] = {
    {kCsvBrokenQuote, "row_broken_quote"}, {kCsvFieldTooLong, "row_field_too_long"},
    {kCsvRowTooLong, "row_too_long"},      {kCsvTooManyColumns, "row_over_column_limit"},
    {kCsvNulBytes, "row_nul_bytes"},       {kCsvTextAfterQuote, "row_text_after_quote"},
};

bool IsBlank(std::span<const std::string_view> cells) {
  return std::all_of(cells.begin(), cells.end(),
                     [](std::string_view cell) { return TrimUtf8(cell).empty(); });
}

}  // namespace

std::string_view CheckedRow::main_code() const {
  for (const LeadProblem& p : problems) {
    if (p.error()) return p.code;
  }
  return {};
}

RowOutcome OutcomeOf(const CheckedRow& row) {
  RowOutcome outcome{.accepted = row.accepted(), .repaired = row.repaired > 0 && row.accepted()};
  for (const LeadProblem& p : row.problems) outcome.codes.push_back(p.code);
  return outcome;
}

class ListChecker::Impl : public TextSink, public CsvSink {
 public:
  Impl(const ListOptions& options, CheckSink* sink)
      : options_(options), sink_(sink), validator_(options.rules) {}

  void Feed(std::string_view bytes) {
    summary_.bytes += bytes.size();
    if (!plan_) {
      const size_t take = std::min(bytes.size(), kHeadBytes - head_.size());
      head_.append(bytes.substr(0, take));
      bytes.remove_prefix(take);
      if (head_.size() < kHeadBytes) return;
      Begin(false);
    }
    if (decoder_) decoder_->Feed(bytes);
  }

  const ListSummary& Finish() {
    if (!plan_) Begin(true);
    if (decoder_) {
      decoder_->Finish();
      reader_->Finish();
      summary_.unreadable_characters = decoder_->replaced();
    }
    return summary_;
  }

  const ListSummary& summary() const { return summary_; }
  const ListPlan* plan() const { return plan_.get(); }
  Mends& mends() { return options_.mends; }

  void Recheck(const CsvRow& row, const RowOutcome& before, CheckSink* sink) {
    --summary_.rows;
    --(before.accepted ? summary_.accepted : summary_.rejected);
    if (before.repaired) --summary_.repaired;
    for (const std::string_view code : before.codes) {
      const auto it = summary_.problems.find(code);
      if (it != summary_.problems.end() && --it->second == 0) summary_.problems.erase(it);
    }
    Judge(row, sink);
  }

  void MendCells(uint64_t row, std::span<const std::string_view> read,
                 std::vector<std::string>* cells) {
    TakeCells(row, read);
    cells->assign(cells_.begin(), cells_.end());
  }

 private:
  void Begin(bool whole) {
    plan_ = std::make_unique<ListPlan>(InspectList(head_, whole, options_));
    columns_ = ColumnsOf(plan_->mapping);
    prefix_left_ = plan_->dialect.prefix_bytes;
    awaiting_header_ = plan_->dialect.has_header;
    sink_->OnPlan(*plan_);
    if (plan_->readable) {
      reader_ = std::make_unique<CsvReader>(CsvOptionsOf(plan_->dialect), this);
      decoder_ = std::make_unique<TextDecoder>(plan_->encoding, this);
      decoder_->Feed(head_);
    }
    head_ = {};
  }

  void OnText(std::string_view text) override {
    const size_t skip = std::min(prefix_left_, text.size());
    prefix_left_ -= skip;
    reader_->Feed(text.substr(skip));
  }

  void OnRow(const CsvRow& row) override {
    if (row.flags == 0 && IsBlank(row.cells)) {
      ++summary_.blank;
      return;
    }
    if (std::exchange(awaiting_header_, false)) return;
    Judge(row, sink_);
  }

  void Judge(const CsvRow& row, CheckSink* sink) {
    problems_.clear();
    lead_ = {};
    repaired_ = 0;
    TakeCells(NumberOf(row), row.cells);
    if (mend_ != nullptr) AddRowProblem(mend_->left_out ? "row_left_out" : "row_mended");
    CheckShape(row);
    if (!HasErrors(problems_)) CheckLeadOfRow(NumberOf(row));
    Deliver(row, sink);
  }

  uint64_t NumberOf(const CsvRow& row) const { return row.number + plan_->dialect.prefix_lines; }

  // The cells as they were before a spreadsheet-safe export, with the mends.
  void TakeCells(uint64_t number, std::span<const std::string_view> read) {
    cells_.assign(read.begin(), read.end());
    for (std::string_view& cell : cells_) {
      if (!cell.empty() && cell.front() == '\'') cell = StripSafetyQuote(cell);
    }
    mend_ = nullptr;
    if (!options_.mends.empty()) TakeMends(number);
  }

  void TakeMends(uint64_t number) {
    replaced_.clear();
    replaced_.reserve(options_.mends.replacements.size());  // so that no view into one moves
    for (const Replacement& r : options_.mends.replacements) {
      std::string text;
      if (r.column >= cells_.size() || !ApplyReplacement(r, cells_[r.column], &text)) continue;
      cells_[r.column] = replaced_.emplace_back(std::move(text));
    }
    mend_ = options_.mends.Find(number);
    if (mend_ == nullptr) return;
    for (const auto& [column, text] : mend_->cells) {
      if (column >= std::max(columns_.width, cells_.size())) continue;
      if (column >= cells_.size()) cells_.resize(column + 1);
      cells_[column] = text;
    }
  }

  // A person who mended a row has seen how it was read: only what is still too much counts.
  void CheckShape(const CsvRow& row) {
    const bool seen = mend_ != nullptr && !mend_->cells.empty();
    if (seen && cells_.size() < columns_.width) cells_.resize(columns_.width);
    if (row.flags != 0 && !seen) {
      for (const FlagCode& f : kFlagCodes) {
        if ((row.flags & f.flag) != 0) AddRowProblem(f.code);
      }
    }
    if (decoder_->replaced() > 0) FindUnreadable();
    if (HasErrors(problems_)) return;
    if (cells_.size() > columns_.width) {
      if (IsBlank(std::span(cells_).subspan(columns_.width))) {
        cells_.resize(columns_.width);
      } else {
        AddRowProblem("row_too_many_columns");
      }
    } else if (cells_.size() < columns_.least || (!seen && IsStillTooShort())) {
      AddRowProblem("row_too_few_columns");
    }
  }

  // A reject file pads short rows; the row stays short until someone fills it, or clears its
  // problem cell.
  bool IsStillTooShort() const {
    if (columns_.problem >= cells_.size()) return false;
    return cells_[columns_.problem].find("row_too_few_columns") != std::string_view::npos &&
           TrimUtf8(cells_[columns_.least - 1]).empty();
  }

  void FindUnreadable() {
    const bool found = std::any_of(cells_.begin(), cells_.end(), [](std::string_view cell) {
      return cell.find(kReplacementUtf8) != std::string_view::npos;
    });
    if (found) AddRowProblem("text_unreadable");
  }

  LeadProblem& AddRowProblem(std::string_view code) {
    const ProblemKind kind = FindProblem(code);
    LeadProblem& p = problems_.emplace_back();
    p.code = kind.code;
    p.severity = kind.severity;
    return p;
  }

  void CheckLeadOfRow(uint64_t number) {
    const size_t shape = problems_.size();
    BuildLead();
    if (problems_.size() > shape) RepairValues(shape);
    const size_t before = problems_.size();
    validator_.Check(lead_, &problems_);
    if (problems_.size() > before) Repair(before);
    if (!options_.reject_duplicates || HasErrors(problems_)) return;
    const uint64_t first = numbers_.InsertOrFind(lead_.phone, number);
    if (first == 0 || first == number) return;  // its own, when it is checked once more
    LeadProblem& p = AddRowProblem("duplicate_in_file");
    p.field = LeadField::kPhone;
    p.note = "row " + std::to_string(first);
  }

  std::string_view Cell(size_t column) const {
    return column < cells_.size() ? cells_[column] : std::string_view();
  }

  void BuildLead() {
    lead_.name = TrimUtf8(Cell(columns_.name));
    if (columns_.name == kNoColumn) lead_.name = JoinedName();
    lead_.phone = Cell(columns_.phone);
    lead_.email = TrimUtf8(Cell(columns_.email));
    lead_.company = TrimUtf8(Cell(columns_.company));
    lead_.timezone = TrimUtf8(Cell(columns_.timezone));
    if (columns_.country != kNoColumn) lead_.region = RegionOfRow();
    BuildVariables();
    BuildContacts();
  }

  void BuildVariables() {
    variables_.clear();
    variable_columns_.clear();
    values_.clear();
    values_.reserve(columns_.variables.size());  // so that no view into a short text moves
    for (const Columns::Variable& v : columns_.variables) {
      const std::string_view value = TrimUtf8(Cell(v.column));
      if (value.empty()) continue;
      variables_.push_back({v.key, value});
      variable_columns_.push_back(v.column);
      if (v.type.type != ValueType::kText) TakeTyped(value, v.type);
      if (v.column == columns_.country && lead_.region.empty()) AddValueProblem("country_unknown");
    }
    lead_.variables = variables_;
  }

  // The form of the last variable that its type asks for, or the problem with it.
  void TakeTyped(std::string_view text, const ColumnType& type) {
    const std::string_view region =
        lead_.region.empty() ? std::string_view(options_.rules.default_region) : lead_.region;
    TypedReading reading = ReadTyped(text, type, region);
    if (reading.problem.empty()) {
      if (reading.value.empty()) return;
      variables_.back().value = values_.emplace_back(std::move(reading.value));
      return;
    }
    LeadProblem& p = AddValueProblem(reading.problem);
    if (!type.chosen) p.severity = Severity::kWarning;
    p.proposal = std::move(reading.value);
    p.safe = reading.safe;
  }

  LeadProblem& AddValueProblem(std::string_view code) {
    LeadProblem& p = AddRowProblem(code);
    p.field = LeadField::kVariable;
    p.index = static_cast<uint16_t>(variables_.size() - 1);
    p.name = variables_.back().name;
    return p;
  }

  // Lists name few countries, and mostly that of the row before.
  std::string_view RegionOfRow() {
    const std::string_view country = TrimUtf8(Cell(columns_.country));
    if (country != country_) {
      country_ = country;
      region_ = RegionOfCountry(country);
    }
    return region_;
  }

  // Takes the safe proposals for values, which are never judged again: what they say is in the
  // form of their type.
  void RepairValues(size_t from) {
    const auto taken = [this](LeadProblem& p) {
      if (p.field != LeadField::kVariable || !IsTaken(p)) return false;
      variables_[p.index].value = values_.emplace_back(std::move(p.proposal));
      ++repaired_;
      return true;
    };
    problems_.erase(std::remove_if(problems_.begin() + static_cast<std::ptrdiff_t>(from),
                                   problems_.end(), taken),
                    problems_.end());
  }

  std::string_view JoinedName() {
    const std::string_view first = TrimUtf8(Cell(columns_.first_name));
    const std::string_view last = TrimUtf8(Cell(columns_.last_name));
    if (last.empty()) return first;
    if (first.empty()) return last;
    name_.assign(first).append(" ").append(last);
    return name_;
  }

  void BuildContacts() {
    contacts_.clear();
    contact_columns_.clear();
    for (size_t i = 0; i < columns_.secondary_count; ++i) {
      const std::string_view phone = Cell(columns_.secondary[i].phone);
      const std::string_view name = TrimUtf8(Cell(columns_.secondary[i].name));
      if (!TrimUtf8(phone).empty()) {
        contacts_.push_back({.name = name, .phone = phone});
        contact_columns_.push_back(columns_.secondary[i]);
      } else if (!name.empty()) {
        AddRowProblem("contact_no_phone");
      }
    }
    lead_.contacts = contacts_;
  }

  bool IsTaken(const LeadProblem& p) const {
    return p.safe && !p.proposal.empty() &&
           (options_.accept_repairs || options_.mends.repairs.contains(p.code));
  }

  // Takes the chosen safe proposals among problems_[from..], and checks again what comes of them.
  void Repair(size_t from) {
    repairs_.clear();
    repairs_.reserve(problems_.size());  // so that no view into a short text moves
    for (size_t i = from; i < problems_.size(); ++i) {
      LeadProblem& p = problems_[i];
      std::string_view* field = IsTaken(p) ? FieldOf(p) : nullptr;
      if (field == nullptr) continue;
      repairs_.push_back(std::move(p.proposal));
      *field = repairs_.back();
    }
    if (repairs_.empty()) return;
    repaired_ += repairs_.size();
    problems_.resize(from);
    validator_.Check(lead_, &problems_);
  }

  std::string_view* FieldOf(const LeadProblem& p) {
    switch (p.field) {
      case LeadField::kPhone:
        return &lead_.phone;
      case LeadField::kEmail:
        return &lead_.email;
      case LeadField::kTimezone:
        return &lead_.timezone;
      case LeadField::kContactPhone:
        return p.index < contacts_.size() ? &contacts_[p.index].phone : nullptr;
      default:
        return nullptr;
    }
  }

  size_t ColumnOf(const LeadProblem& p) const {
    const size_t i = p.index;
    switch (p.field) {
      case LeadField::kRow:
        return kNoColumn;
      case LeadField::kName:
        return columns_.name;  // none, where it is joined of two
      case LeadField::kPhone:
        return columns_.phone;
      case LeadField::kEmail:
        return columns_.email;
      case LeadField::kCompany:
        return columns_.company;
      case LeadField::kTimezone:
        return columns_.timezone;
      case LeadField::kVariable:
        return i < variable_columns_.size() && variables_[i].name == p.name
                   ? variable_columns_[i]
                   : columns_.OfVariable(p.name);
      case LeadField::kContactName:
        return i < contact_columns_.size() ? contact_columns_[i].name : kNoColumn;
      case LeadField::kContactPhone:
        return i < contact_columns_.size() ? contact_columns_[i].phone : kNoColumn;
    }
    return kNoColumn;
  }

  void Deliver(const CsvRow& row, CheckSink* sink) {
    for (LeadProblem& p : problems_) {
      const size_t column = ColumnOf(p);
      if (column != kNoColumn) p.column = static_cast<int>(column);
    }
    const CheckedRow checked{.number = NumberOf(row),
                             .offset = row.offset + plan_->dialect.prefix_bytes,
                             .as_read = &row,
                             .cells = cells_,
                             .lead = lead_,
                             .problems = problems_,
                             .repaired = repaired_};
    ++summary_.rows;
    if (checked.accepted()) {
      ++summary_.accepted;
      if (repaired_ > 0) ++summary_.repaired;
    } else {
      ++summary_.rejected;
    }
    for (const LeadProblem& p : problems_) Count(p.code);
    sink->OnRow(checked);
  }

  void Count(std::string_view code) {
    const auto it = summary_.problems.find(code);
    if (it != summary_.problems.end()) {
      ++it->second;
    } else {
      summary_.problems.emplace(code, 1);
    }
  }

  ListOptions options_;
  CheckSink* const sink_;
  const LeadValidator validator_;
  ListSummary summary_;

  std::string head_;  // until there is a plan
  std::unique_ptr<ListPlan> plan_;
  Columns columns_;
  std::unique_ptr<TextDecoder> decoder_;
  std::unique_ptr<CsvReader> reader_;
  size_t prefix_left_ = 0;
  bool awaiting_header_ = false;
  NumberSet numbers_;

  // The row in hand; kept so that nothing is allocated for the next one.
  std::vector<std::string_view> cells_;
  LeadView lead_;
  std::string name_;
  std::string country_;
  std::string_view region_;  // of country_
  std::vector<VariableView> variables_;
  std::vector<size_t> variable_columns_;  // of variables_
  std::vector<std::string> values_;       // behind variables_ where a type changed their form
  std::vector<ContactView> contacts_;
  std::vector<Columns::Secondary> contact_columns_;  // of contacts_
  const RowMend* mend_ = nullptr;
  std::vector<std::string> replaced_;
  std::vector<LeadProblem> problems_;
  std::vector<std::string> repairs_;
  size_t repaired_ = 0;
};

void ListOptions::ReadAsSheet() {
  encoding = Encoding::kUtf8;
  dialect = {.delimiter = ',',
             .has_header = dialect.has_header,
             .quote = '"',
             .escape = '\0',
             .comment = '\0'};
}

ListChecker::ListChecker(const ListOptions& options, CheckSink* sink)
    : impl_(std::make_unique<Impl>(options, sink)) {}
ListChecker::~ListChecker() = default;
void ListChecker::Feed(std::string_view bytes) {
  impl_->Feed(bytes);
}
const ListSummary& ListChecker::Finish() {
  return impl_->Finish();
}
const ListSummary& ListChecker::summary() const {
  return impl_->summary();
}
const ListPlan* ListChecker::plan() const {
  return impl_->plan();
}
Mends& ListChecker::mends() {
  return impl_->mends();
}
void ListChecker::Recheck(const CsvRow& row, const RowOutcome& before, CheckSink* sink) {
  impl_->Recheck(row, before, sink);
}
void ListChecker::MendCells(uint64_t row, std::span<const std::string_view> read,
                            std::vector<std::string>* cells) {
  impl_->MendCells(row, read, cells);
}

}  // namespace leadline
