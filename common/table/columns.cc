#include "common/table/columns.h"

#include <algorithm>

namespace leadline {
namespace {

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
    case TargetField::kCountry:
      out->country = m.column;
      [[fallthrough]];
    case TargetField::kVariable:
      out->variables.push_back({m.column, std::string(VariableOf(m.target)), m.type});
      return;
  }
}

}  // namespace

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

size_t Columns::OfVariable(std::string_view key) const {
  for (const Variable& v : variables) {
    if (v.key == key) return v.column;
  }
  return kNoColumn;
}

}  // namespace leadline
