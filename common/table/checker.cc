#include "common/table/checker.h"

#include <algorithm>
#include <array>
#include <utility>

#include "common/base/utf8.h"
#include "common/table/number_set.h"
#include "common/table/report.h"

namespace leadline {
namespace {

constexpr size_t kNoColumn = SIZE_MAX;
constexpr std::string_view kReplacementUtf8 = "\xEF\xBF\xBD";

// The mapping turned round: where each field stands.
struct Columns {
  struct Secondary {
    size_t phone = kNoColumn;
    size_t name = kNoColumn;
  };
  struct Variable {
    size_t column;
    std::string key;
  };
  size_t name = kNoColumn;
  size_t first_name = kNoColumn;
  size_t last_name = kNoColumn;
  size_t phone = kNoColumn;
  size_t email = kNoColumn;
  size_t company = kNoColumn;
  size_t timezone = kNoColumn;
  std::array<Secondary, kMaxContacts> secondary;
  size_t secondary_count = 0;  // how many of them to look at
  std::vector<Variable> variables;
  size_t width = 0;            // columns of the list
  size_t least = 0;            // without our own problem and fix columns at the end
  size_t problem = kNoColumn;  // our own
};

void PutSecondary(const ColumnMapping& m, Columns* out) {
  const auto index = static_cast<size_t>(m.target.index - 1);
  const bool phone = m.target.field == TargetField::kSecondaryPhone;
  (phone ? out->secondary[index].phone : out->secondary[index].name) = m.column;
  out->secondary_count = std::max(out->secondary_count, index + 1);
}

void PutColumn(const ColumnMapping& m, Columns* out) {
  switch (m.target.field) {
    case TargetField::kIgnore:
      return;
    case TargetField::kName:
      out->name = m.column;
      return;
    case TargetField::kFirstName:
      out->first_name = m.column;
      return;
    case TargetField::kLastName:
      out->last_name = m.column;
      return;
    case TargetField::kPhone:
      out->phone = m.column;
      return;
    case TargetField::kEmail:
      out->email = m.column;
      return;
    case TargetField::kCompany:
      out->company = m.column;
      return;
    case TargetField::kTimezone:
      out->timezone = m.column;
      return;
    case TargetField::kSecondaryPhone:
    case TargetField::kSecondaryName:
      return PutSecondary(m, out);
    case TargetField::kVariable:
      out->variables.push_back({m.column, m.target.key});
      return;
  }
}

Columns ColumnsOf(const Mapping& mapping) {
  Columns out;
  out.width = mapping.size();
  for (const ColumnMapping& m : mapping) {
    PutColumn(m, &out);
    if (!m.report_column) {
      out.least = m.column + 1;
    } else if (m.header == kProblemColumn) {
      out.problem = m.column;
    }
  }
  return out;
}

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
    problems_.clear();
    lead_ = {};
    repaired_ = 0;
    TakeCells(row);
    CheckShape(row);
    if (!HasErrors(problems_)) CheckLeadOfRow(NumberOf(row));
    Deliver(row);
  }

  uint64_t NumberOf(const CsvRow& row) const { return row.number + plan_->dialect.prefix_lines; }

  // The cells as they were before a spreadsheet-safe export.
  void TakeCells(const CsvRow& row) {
    cells_.assign(row.cells.begin(), row.cells.end());
    for (std::string_view& cell : cells_) {
      if (!cell.empty() && cell.front() == '\'') cell = StripSafetyQuote(cell);
    }
  }

  void CheckShape(const CsvRow& row) {
    if (row.flags != 0) {
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
    } else if (cells_.size() < columns_.least || IsStillTooShort()) {
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
    BuildLead();
    const size_t before = problems_.size();
    validator_.Check(lead_, &problems_);
    if (options_.accept_repairs && problems_.size() > before) Repair(before);
    if (!options_.reject_duplicates || HasErrors(problems_)) return;
    const uint64_t first = numbers_.InsertOrFind(lead_.phone, number);
    if (first == 0) return;
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
    variables_.clear();
    for (const Columns::Variable& v : columns_.variables) {
      const std::string_view value = TrimUtf8(Cell(v.column));
      if (!value.empty()) variables_.push_back({v.key, value});
    }
    lead_.variables = variables_;
    BuildContacts();
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
    for (size_t i = 0; i < columns_.secondary_count; ++i) {
      const std::string_view phone = Cell(columns_.secondary[i].phone);
      const std::string_view name = TrimUtf8(Cell(columns_.secondary[i].name));
      if (!TrimUtf8(phone).empty()) {
        contacts_.push_back({.name = name, .phone = phone});
      } else if (!name.empty()) {
        AddRowProblem("contact_no_phone");
      }
    }
    lead_.contacts = contacts_;
  }

  // Takes the safe proposals among problems_[from..], and checks again what comes of them.
  void Repair(size_t from) {
    repairs_.clear();
    repairs_.reserve(problems_.size());  // so that no view into a short text moves
    for (size_t i = from; i < problems_.size(); ++i) {
      LeadProblem& p = problems_[i];
      std::string_view* field = p.safe && !p.proposal.empty() ? FieldOf(p) : nullptr;
      if (field == nullptr) continue;
      repairs_.push_back(std::move(p.proposal));
      *field = repairs_.back();
    }
    if (repairs_.empty()) return;
    repaired_ = repairs_.size();
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

  void Deliver(const CsvRow& row) {
    const CheckedRow checked{.number = NumberOf(row),
                             .offset = row.offset + plan_->dialect.prefix_bytes,
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
    sink_->OnRow(checked);
  }

  void Count(std::string_view code) {
    const auto it = summary_.problems.find(code);
    if (it != summary_.problems.end()) {
      ++it->second;
    } else {
      summary_.problems.emplace(code, 1);
    }
  }

  const ListOptions options_;
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
  std::vector<VariableView> variables_;
  std::vector<ContactView> contacts_;
  std::vector<LeadProblem> problems_;
  std::vector<std::string> repairs_;
  size_t repaired_ = 0;
};

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

}  // namespace leadline
