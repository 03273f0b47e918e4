// InspectList: the plan of a list, from its first bytes.
#include <algorithm>

#include "common/base/utf8.h"
#include "common/table/checker.h"

namespace leadline {
namespace {

constexpr size_t kPlanRows = 200;   // looked at for content
constexpr size_t kSampleRows = 20;  // kept in the plan

class TextBuffer : public TextSink {
 public:
  void OnText(std::string_view utf8) override { text += utf8; }
  std::string text;
};

std::string Decode(std::string_view head, bool whole, const EncodingGuess& guess) {
  TextBuffer buffer;
  TextDecoder decoder(guess, &buffer);
  decoder.Feed(head);
  if (whole) decoder.Finish();
  return std::move(buffer.text);
}

struct Signature {
  std::string_view bytes;
  std::string_view message;
};
constexpr Signature kOtherFiles[] = {
    {"PK\x03\x04",
     "This is a workbook or a ZIP file, which cannot be read through a pipe. Choose it as a file."},
    {"\xD0\xCF\x11\xE0",
     "This is an old Excel workbook (.xls), or one with a password. Save it as .xlsx without a "
     "password, and choose that."},
    {"%PDF-", "This is a PDF. Export the list as CSV."},
    {"\x1F\x8B", "This file is compressed. Unpack it first."},
    {"{\\rtf", "This is a text document. Save the list as CSV."},
    {"\x89PNG", "This is a picture. Export the list as CSV."},
    {"SQLite format 3", "This is a database. Export the list as CSV."},
};

void RefuseOtherFiles(std::string_view head, ListPlan* plan) {
  for (const Signature& signature : kOtherFiles) {
    if (!head.starts_with(signature.bytes)) continue;
    plan->readable = false;
    plan->problems.push_back({"", "list_not_text", std::string(signature.message)});
  }
}

bool IsBlankRow(const std::vector<std::string>& row) {
  return std::all_of(row.begin(), row.end(),
                     [](const std::string& cell) { return TrimUtf8(cell).empty(); });
}

// Without a header the commonest width of the rows is the list's.
size_t CommonestWidth(const std::vector<std::vector<std::string>>& rows) {
  std::vector<size_t> counts(1);  // by width
  for (const auto& row : rows) {
    counts.resize(std::max(counts.size(), row.size() + 1));
    ++counts[row.size()];
  }
  return static_cast<size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin());
}

// "Name,Phone," has two columns: a trailing delimiter makes no column unless something stands below
// it.
void DropEmptyTail(const std::vector<std::vector<std::string>>& rows,
                   std::vector<std::string>* header) {
  while (!header->empty() && TrimUtf8(header->back()).empty()) {
    const size_t column = header->size() - 1;
    const bool used = std::any_of(rows.begin(), rows.end(), [column](const auto& row) {
      return column < row.size() && !TrimUtf8(row[column]).empty();
    });
    if (used) return;
    header->pop_back();
  }
}

bool Has(const Mapping& mapping, TargetField field, std::string_view key = {}) {
  return std::any_of(mapping.begin(), mapping.end(), [&](const ColumnMapping& m) {
    return key.empty() ? m.target.field == field : VariableOf(m.target) == key;
  });
}

void FindMissingColumns(const LeadRules& rules, ListPlan* plan) {
  const Mapping& mapping = plan->mapping;
  if (!Has(mapping, TargetField::kPhone)) {
    plan->problems.push_back({"phone", "list_no_phone_column",
                              "No column holds phone numbers. Choose the column that does."});
  }
  const auto require = [plan](bool missing, const std::string& field) {
    if (!missing) return;
    plan->problems.push_back({field, "list_required_column",
                              "A required field has no column: " + field +
                                  ". Choose its column, or do not require it."});
  };
  const bool name = Has(mapping, TargetField::kName) || Has(mapping, TargetField::kFirstName) ||
                    Has(mapping, TargetField::kLastName);
  require(rules.require_name && !name, "name");
  require(rules.require_email && !Has(mapping, TargetField::kEmail), "email");
  require(rules.require_company && !Has(mapping, TargetField::kCompany), "company");
  require(rules.require_timezone && !Has(mapping, TargetField::kTimezone), "timezone");
  for (const std::string& key : rules.required_variables) {
    require(!Has(mapping, TargetField::kVariable, key), "variable:" + key);
  }
}

void ApplyOverride(const MappingOverride& by_header, ListPlan* plan) {
  const Status status = OverrideMapping(by_header, &plan->mapping);
  for (const FieldProblem& problem : status.fields()) plan->problems.push_back(problem);
}

}  // namespace

ListPlan InspectList(std::string_view head, bool whole, const ListOptions& options) {
  ListPlan plan;
  RefuseOtherFiles(head, &plan);
  if (!plan.readable) return plan;
  plan.encoding = GuessEncoding(head, whole);
  if (options.encoding && *options.encoding != plan.encoding.encoding) {
    plan.encoding = {.encoding = *options.encoding};
  } else if (options.encoding) {
    plan.encoding.ascii_so_far = false;
    plan.encoding.confidence = 1;
  }
  if (!CanRead(plan.encoding.encoding)) {
    plan.problems.push_back({"", "list_encoding_unavailable",
                             "This system has no tables for the file's encoding. Save the list as "
                             "CSV UTF-8, and choose that."});
    plan.readable = false;
    return plan;
  }
  const std::string text = Decode(head, whole, plan.encoding);
  plan.dialect = GuessDialect(text, whole, options.dialect);
  auto rows = SampleRows(text, whole, plan.dialect, kPlanRows);
  rows.erase(std::remove_if(rows.begin(), rows.end(), IsBlankRow), rows.end());
  if (plan.dialect.has_header && !rows.empty()) {
    plan.header = std::move(rows.front());
    rows.erase(rows.begin());
    DropEmptyTail(rows, &plan.header);
  }
  if (rows.empty()) plan.problems.push_back({"", "list_empty", "There are no rows in this list."});
  const size_t columns = plan.dialect.has_header ? plan.header.size() : CommonestWidth(rows);
  plan.mapping = ProposeMapping(plan.header, columns, rows);
  ApplyOverride(options.mapping, &plan);
  TypeColumns(rows, options.rules.default_region, options.types, &plan.mapping, &plan.problems);
  FindMissingColumns(options.rules, &plan);
  rows.resize(std::min(rows.size(), kSampleRows));
  plan.sample = std::move(rows);
  return plan;
}

}  // namespace leadline
