#include "common/table/report.h"

#include <algorithm>

#include "common/base/json.h"

namespace leadline {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kBom = "\xEF\xBB\xBF";

bool IsRisky(char c) {
  return c == '=' || c == '+' || c == '-' || c == '@' || c == '\t' || c == '\r';
}

// ^'*[=+-@ TAB CR]
bool LooksLikeFormula(std::string_view cell) {
  if (!cell.empty() && cell.front() != '\'') return IsRisky(cell.front());  // nearly every cell
  const size_t first = cell.find_first_not_of('\'');
  return first != std::string_view::npos && IsRisky(cell[first]);
}

bool IsE164(std::string_view cell) {
  if (cell.size() < 8 || cell.size() > 16 || cell[0] != '+' || cell[1] == '0') return false;
  return std::all_of(cell.begin() + 1, cell.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// That a person changed the row is no fault of it.
bool IsFault(const LeadProblem& p) {
  return p.code != "row_mended";
}

std::string CodesOf(const CheckedRow& row) {
  std::string out;
  for (const LeadProblem& p : row.problems) {
    if (!IsFault(p)) continue;
    if (!out.empty()) out += "; ";
    out += p.code;
  }
  return out;
}

std::string FixesOf(const CheckedRow& row) {
  std::string out;
  for (const LeadProblem& p : row.problems) {
    if (!IsFault(p)) continue;
    if (!out.empty()) out += ' ';
    out += MessageOf(p);
  }
  return out;
}

// One pass without a branch a byte: nearly no cell needs quotes.
bool NeedsQuotes(std::string_view cell, char delimiter) {
  unsigned found = 0;
  for (const char c : cell) {
    found |= static_cast<unsigned>(c == delimiter) | static_cast<unsigned>(c == '"') |
             static_cast<unsigned>(c == '\n') | static_cast<unsigned>(c == '\r');
  }
  return found != 0;
}

}  // namespace

void AppendCsvCell(std::string_view cell, char delimiter, std::string* out) {
  const bool guard = LooksLikeFormula(cell) && !IsE164(cell);
  if (!NeedsQuotes(cell, delimiter)) {
    if (guard) out->push_back('\'');
    out->append(cell);
    return;
  }
  out->append(guard ? "\"'" : "\"");
  for (size_t at; (at = cell.find('"')) != std::string_view::npos;) {
    out->append(cell.substr(0, at + 1)).append("\"");
    cell.remove_prefix(at + 1);
  }
  out->append(cell).append("\"");
}

std::string_view StripSafetyQuote(std::string_view cell) {
  return cell.starts_with('\'') && LooksLikeFormula(cell) ? cell.substr(1) : cell;
}

char ReportDelimiter(const Dialect& dialect) {
  constexpr std::string_view kOfSpreadsheets = ",;\t|";
  return kOfSpreadsheets.find(dialect.delimiter) != std::string_view::npos ? dialect.delimiter
                                                                           : ',';
}

RejectWriter::RejectWriter(const ListPlan& plan, const ReportOptions& options, std::string* out)
    : out_(out), delimiter_(options.delimiter) {
  if (options.bom) out_->append(kBom);
  for (const ColumnMapping& m : plan.mapping) {
    dropped_.push_back(m.report_column);
    if (m.report_column) continue;
    // Without a header the fields' own names tell what the columns are when the file is read again.
    const std::string name = TargetName(m.target);
    AppendCsvCell(plan.dialect.has_header ? m.header : name, delimiter_, out_);
    out_->push_back(delimiter_);
  }
  AppendCsvCell(kProblemColumn, delimiter_, out_);
  out_->push_back(delimiter_);
  AppendCsvCell(kFixColumn, delimiter_, out_);
  out_->append(kLineEnd);
}

void RejectWriter::Row(const CheckedRow& row) {
  const auto write = [this](std::string_view cell) {
    AppendCsvCell(cell, delimiter_, out_);
    out_->push_back(delimiter_);
  };
  for (size_t i = 0; i < dropped_.size(); ++i) {
    if (!dropped_[i]) write(i < row.cells.size() ? row.cells[i] : std::string_view());
  }
  write(CodesOf(row));
  AppendCsvCell(FixesOf(row), delimiter_, out_);
  for (size_t i = dropped_.size(); i < row.cells.size(); ++i) {
    out_->push_back(delimiter_);
    AppendCsvCell(row.cells[i], delimiter_, out_);
  }
  out_->append(kLineEnd);
}

CleanWriter::CleanWriter(const ListPlan& plan, const ReportOptions& options, std::string* out)
    : out_(out), delimiter_(options.delimiter) {
  if (options.bom) out_->append(kBom);
  const auto mapped = [&plan](TargetField field) {
    return std::any_of(plan.mapping.begin(), plan.mapping.end(),
                       [field](const ColumnMapping& m) { return m.target.field == field; });
  };
  if (mapped(TargetField::kName) || mapped(TargetField::kFirstName) ||
      mapped(TargetField::kLastName)) {
    columns_.push_back({.field = TargetField::kName});
  }
  for (const TargetField field : {TargetField::kPhone, TargetField::kEmail, TargetField::kCompany,
                                  TargetField::kTimezone, TargetField::kCountry}) {
    if (mapped(field)) columns_.push_back({.field = field});
  }
  int contacts = 0;
  for (const ColumnMapping& m : plan.mapping) {
    if (m.target.field == TargetField::kVariable) columns_.push_back(m.target);
    if (m.target.field == TargetField::kSecondaryPhone) ++contacts;
  }
  for (int i = 1; i <= contacts; ++i) {
    columns_.push_back({.field = TargetField::kSecondaryPhone, .index = i});
    columns_.push_back({.field = TargetField::kSecondaryName, .index = i});
  }
  for (const Target& column : columns_) {
    Cell(column.field == TargetField::kVariable ? column.key : TargetName(column));
  }
  EndRow();
}

void CleanWriter::Row(const CheckedRow& row) {
  for (const Target& column : columns_) Cell(TextOf(column, row.lead));
  EndRow();
}

std::string_view CleanWriter::TextOf(const Target& column, const LeadView& lead) {
  switch (column.field) {
    case TargetField::kName:
      return lead.name;
    case TargetField::kPhone:
      return lead.phone;
    case TargetField::kEmail:
      return lead.email;
    case TargetField::kCompany:
      return lead.company;
    case TargetField::kTimezone:
      return lead.timezone;
    case TargetField::kCountry:
    case TargetField::kVariable: {
      const auto it =
          std::find_if(lead.variables.begin(), lead.variables.end(),
                       [&](const VariableView& v) { return v.name == VariableOf(column); });
      return it == lead.variables.end() ? std::string_view() : it->value;
    }
    case TargetField::kSecondaryPhone:
    case TargetField::kSecondaryName: {
      const auto index = static_cast<size_t>(column.index - 1);
      if (index >= lead.contacts.size()) return {};
      const ContactView& contact = lead.contacts[index];
      return column.field == TargetField::kSecondaryPhone ? contact.phone : contact.name;
    }
    case TargetField::kIgnore:
    case TargetField::kFirstName:
    case TargetField::kLastName:
      return {};
  }
  return {};
}

void CleanWriter::Cell(std::string_view text) {
  if (!first_) out_->push_back(delimiter_);
  first_ = false;
  AppendCsvCell(text, delimiter_, out_);
}

void CleanWriter::EndRow() {
  out_->append(kLineEnd);
  first_ = true;
}

std::string SummaryJson(const ListSummary& summary, double seconds) {
  Json problems = Json::object();
  for (const auto& [code, count] : summary.problems) problems[code] = count;
  Json json = Json::object();
  json["rows"] = summary.rows;
  json["accepted"] = summary.accepted;
  json["rejected"] = summary.rejected;
  json["problems"] = std::move(problems);
  json["bytes"] = summary.bytes;
  json["seconds"] = seconds;
  json["repaired"] = summary.repaired;
  json["blank"] = summary.blank;
  if (!summary.notes.empty()) {
    Json notes = Json::array();
    for (const FieldProblem& note : summary.notes) notes.push_back(note.message);
    json["notes"] = std::move(notes);
  }
  return DumpJson(json);
}

}  // namespace leadline
