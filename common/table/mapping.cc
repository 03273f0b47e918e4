#include "common/table/mapping.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <optional>

#include "common/base/fold.h"
#include "common/base/utf8.h"
#include "common/lead/country_names.h"
#include "common/lead/lead.h"
#include "common/lead/validate.h"
#include "common/lead/variables.h"
#include "common/lead/zone_names.h"
#include "common/table/header_names.h"

namespace leadline {
namespace {

using Rows = std::vector<std::vector<std::string>>;

constexpr std::array<std::string_view, 9> kFieldNames = {"ignore",    "name",     "first_name",
                                                         "last_name", "phone",    "email",
                                                         "company",   "timezone", "country"};
constexpr std::string_view kVariablePrefix = "variable:";
constexpr size_t kSamples = 3;
constexpr size_t kSampleBytes = 60;
constexpr double kLeastScore = 0.6;

std::optional<int> SmallNumber(std::string_view text) {
  if (text.empty() || text.size() > 4) return std::nullopt;
  int n = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    n = n * 10 + (c - '0');
  }
  return n;
}

// "secondary_phone_3", "secondary_3_name".
std::optional<Target> ParseSecondary(std::string_view name) {
  constexpr std::string_view kPhone = "secondary_phone_";
  constexpr std::string_view kOther = "secondary_";
  constexpr std::string_view kName = "_name";
  Target target;
  std::optional<int> index;
  if (name.starts_with(kPhone)) {
    target.field = TargetField::kSecondaryPhone;
    index = SmallNumber(name.substr(kPhone.size()));
  } else if (name.starts_with(kOther) && name.ends_with(kName) &&
             name.size() > kOther.size() + kName.size()) {
    target.field = TargetField::kSecondaryName;
    index = SmallNumber(name.substr(kOther.size(), name.size() - kOther.size() - kName.size()));
  }
  if (!index || *index < 1 || *index > static_cast<int>(kMaxContacts)) return std::nullopt;
  target.index = *index;
  return target;
}

bool IsKeyByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// ---- Content ----

enum class Look : uint8_t { kOther, kPhone, kEmail, kZone, kCountry };

Look LookOf(std::string_view cell) {
  size_t digits = 0;
  bool others = false;
  for (const char c : cell) {
    if (c >= '0' && c <= '9') {
      ++digits;
    } else if (std::string_view("+-()./ ").find(c) == std::string_view::npos) {
      others = true;
    }
  }
  if (!others && digits >= 7 && digits <= 16 && (cell[0] == '+' || digits >= 9)) {
    // Money and dates have digits and dots as well.
    return std::count(cell.begin(), cell.end(), '.') == 1 ? Look::kOther : Look::kPhone;
  }
  const size_t at = cell.find('@');
  if (at != std::string_view::npos && at > 0 && cell.find(' ') == std::string_view::npos &&
      cell.find('.', at) != std::string_view::npos) {
    return Look::kEmail;
  }
  return cell.find('/') != std::string_view::npos && IsKnownZone(cell) ? Look::kZone : Look::kOther;
}

// What most of a column's cells look like, and which share of them.
struct ColumnLook {
  Look look = Look::kOther;
  double share = 0;
  size_t filled = 0;
};
// By the first cells: a look-up is slow, and files have a thousand columns.
double CountryShare(const Rows& rows, size_t column) {
  constexpr size_t kCells = 40;
  constexpr size_t kClear = 5;
  size_t cells = 0;
  size_t countries = 0;
  for (const auto& row : rows) {
    const std::string_view cell = column < row.size() ? TrimUtf8(row[column]) : "";
    if (cell.empty()) continue;
    if (++cells; !RegionOfCountry(cell).empty()) ++countries;
    if (cells == kCells || (cells >= kClear && countries * 2 < cells)) break;
  }
  return cells == 0 ? 0 : static_cast<double>(countries) / static_cast<double>(cells);
}

ColumnLook LookOfColumn(const Rows& rows, size_t column) {
  std::array<size_t, 4> counts{};
  size_t filled = 0;
  for (const auto& row : rows) {
    if (column >= row.size()) continue;
    const std::string_view cell = TrimUtf8(row[column]);
    if (cell.empty()) continue;
    ++filled;
    ++counts[static_cast<size_t>(LookOf(cell))];
  }
  ColumnLook best{.filled = filled};
  for (const Look look : {Look::kPhone, Look::kEmail, Look::kZone}) {
    if (filled == 0) break;
    const double share =
        static_cast<double>(counts[static_cast<size_t>(look)]) / static_cast<double>(filled);
    if (share > best.share) best = {look, share, filled};
  }
  if (best.share >= 0.5) return best;
  const double countries = CountryShare(rows, column);
  return countries >= 0.5 ? ColumnLook{Look::kCountry, countries, filled} : best;
}

TargetField FieldOf(Look look) {
  switch (look) {
    case Look::kPhone:
      return TargetField::kPhone;
    case Look::kEmail:
      return TargetField::kEmail;
    case Look::kZone:
      return TargetField::kTimezone;
    case Look::kCountry:
      return TargetField::kCountry;
    case Look::kOther:
      return TargetField::kIgnore;
  }
  return TargetField::kIgnore;
}

bool HasShortCell(const Rows& rows, size_t column) {
  return std::any_of(rows.begin(), rows.end(), [column](const auto& row) {
    if (column >= row.size()) return false;
    const size_t size = TrimUtf8(row[column]).size();
    return size > 0 && size < 3;
  });
}

std::vector<std::string> SamplesOf(const Rows& rows, size_t column) {
  std::vector<std::string> samples;
  for (const auto& row : rows) {
    if (samples.size() == kSamples) break;
    if (column >= row.size()) continue;
    const std::string cell = ClipUtf8(TrimUtf8(row[column]), kSampleBytes);
    if (cell.empty()) continue;
    if (std::find(samples.begin(), samples.end(), cell) == samples.end()) samples.push_back(cell);
  }
  return samples;
}

// ---- Proposal ----

// A claim of a column to a field; the best claim wins the field, each field and column once.
struct Claim {
  size_t column;
  Target target;
  double score;
};

void ClaimByHeader(const std::vector<std::string>& header, std::vector<Claim>* claims) {
  for (size_t i = 0; i < header.size(); ++i) {
    if (const auto exact = ParseTarget(TrimUtf8(header[i])); exact.ok()) {
      claims->push_back({i, *exact, 1});
      continue;
    }
    for (const HeaderMatch& match : MatchHeader(header[i])) {
      claims->push_back({i, match.target, match.score});
    }
  }
}

void ClaimByContent(const Rows& rows, const Mapping& mapping, std::vector<Claim>* claims) {
  for (const ColumnMapping& m : mapping) {
    const ColumnLook look = LookOfColumn(rows, m.column);
    if (look.look == Look::kOther || look.share < 0.5) continue;
    // By themselves "CA" and "Georgia" may be states, and "Chad" and "Jordan" first names.
    if (look.look == Look::kCountry && (look.share < 0.9 || HasShortCell(rows, m.column))) continue;
    claims->push_back({m.column, Target{.field = FieldOf(look.look)}, 0.6 + 0.25 * look.share});
    // More than one column of phones: the others are secondary contacts, in order.
    if (look.look != Look::kPhone) continue;
    for (int index = 1; index <= static_cast<int>(kMaxContacts); ++index) {
      claims->push_back({m.column, Target{.field = TargetField::kSecondaryPhone, .index = index},
                         0.6 + 0.2 * look.share - 0.001 * index});
    }
  }
}

// A header may say "Phone" over a column of consents: what is seen weighs against what is written,
// but not so much that a column of broken numbers is lost.
void WeighContent(const Rows& rows, std::vector<Claim>* claims) {
  for (Claim& claim : *claims) {
    const ColumnLook look = LookOfColumn(rows, claim.column);
    const TargetField expected = claim.target.field == TargetField::kSecondaryPhone
                                     ? TargetField::kPhone
                                     : claim.target.field;
    const TargetField seen = look.share >= 0.5 ? FieldOf(look.look) : TargetField::kIgnore;
    const bool checkable = expected == TargetField::kPhone || expected == TargetField::kEmail ||
                           expected == TargetField::kTimezone || expected == TargetField::kCountry;
    // Countries are called like people and firms.
    if (seen != TargetField::kIgnore && seen != expected && seen != TargetField::kCountry) {
      claim.score *= 0.5;
    } else if (checkable && look.filled > 2 && seen != expected) {
      claim.score *= 0.65;
    }
  }
}

void Assign(const std::vector<Claim>& claims, Mapping* mapping) {
  std::multimap<double, const Claim*, std::greater<>> best_first;  // equal scores: the earlier one
  for (const Claim& claim : claims) best_first.emplace(claim.score, &claim);
  std::vector<const Target*> taken;
  for (const auto& [score, best] : best_first) {
    const Claim& claim = *best;
    ColumnMapping& m = (*mapping)[claim.column];
    // "ignore" is for the user to choose: a column of that name has something in it.
    if (claim.target.field == TargetField::kIgnore) continue;
    if (m.score > 0 || score < kLeastScore) continue;
    if (std::any_of(taken.begin(), taken.end(),
                    [&](const Target* target) { return *target == claim.target; })) {
      continue;
    }
    m.target = claim.target;
    m.score = score;
    taken.push_back(&claim.target);
  }
}

// A full name beside its parts would be the same thing twice: the parts become variables of their
// own.
void KeepOneName(Mapping* mapping) {
  const bool whole = std::any_of(mapping->begin(), mapping->end(), [](const ColumnMapping& m) {
    return m.target.field == TargetField::kName;
  });
  if (!whole) return;
  for (ColumnMapping& m : *mapping) {
    if (m.target.field == TargetField::kFirstName || m.target.field == TargetField::kLastName) {
      m.target = {};
      m.score = 0;
    }
  }
}

void MakeVariable(ColumnMapping* m, const Mapping& mapping) {
  // first_name and the like are filled by the system; a variable of that name would be hidden by
  // it.
  const std::string base = VariableKey(m->header, m->column);
  std::string key = base;
  const auto taken = [&](std::string_view k) {
    if (!StandardFieldOf(k).empty()) return true;
    return std::any_of(mapping.begin(), mapping.end(), [&](const ColumnMapping& other) {
      return &other != m && VariableOf(other.target) == k;
    });
  };
  for (int n = 2; taken(key); ++n) {
    const std::string suffix = "_" + std::to_string(n);
    key = base.substr(0, kMaxVariableNameBytes - suffix.size()) + suffix;
  }
  m->target = {.field = TargetField::kVariable, .key = key};
  m->score = 0.5;
}

void MarkReportColumns(Mapping* mapping) {
  // Only the pair is ours; a list may well have a column called "problem" of its own.
  for (size_t i = 0; i + 1 < mapping->size(); ++i) {
    if ((*mapping)[i].header != kProblemColumn || (*mapping)[i + 1].header != kFixColumn) continue;
    for (const size_t k : {i, i + 1}) {
      (*mapping)[k].report_column = true;
      (*mapping)[k].score = 1;
    }
  }
}

// An export carries what the server decides; a lead read from it starts anew. Only the pair is
// ours.
void MarkExportColumns(Mapping* mapping) {
  for (size_t i = 0; i + 1 < mapping->size(); ++i) {
    if ((*mapping)[i].header != "status" || (*mapping)[i + 1].header != "status_group") continue;
    (*mapping)[i].score = (*mapping)[i + 1].score = 1;
  }
}

// ---- Overrides ----

// Whether two columns cannot both be that.
bool Collide(const Target& a, const Target& b) {
  const std::string_view variable = VariableOf(a);
  return (a == b && a.field != TargetField::kIgnore) ||
         (!variable.empty() && variable == VariableOf(b));
}

}  // namespace

std::string TargetName(const Target& target) {
  switch (target.field) {
    case TargetField::kSecondaryPhone:
      return "secondary_phone_" + std::to_string(target.index);
    case TargetField::kSecondaryName:
      return "secondary_" + std::to_string(target.index) + "_name";
    case TargetField::kVariable:
      return std::string(kVariablePrefix) + target.key;
    default:
      return std::string(kFieldNames[static_cast<size_t>(target.field)]);
  }
}

std::string_view VariableOf(const Target& target) {
  return target.field == TargetField::kCountry ? std::string_view("country") : target.key;
}

Result<Target> ParseTarget(std::string_view name) {
  for (size_t i = 0; i < kFieldNames.size(); ++i) {
    if (kFieldNames[i] == name) return Target{.field = static_cast<TargetField>(i)};
  }
  if (const auto secondary = ParseSecondary(name)) return *secondary;
  if (name.starts_with(kVariablePrefix)) {
    const std::string_view key = name.substr(kVariablePrefix.size());
    if (!key.empty() && key.size() <= kMaxVariableNameBytes &&
        std::all_of(key.begin(), key.end(), IsKeyByte)) {
      return Target{.field = TargetField::kVariable, .key = std::string(key)};
    }
  }
  return Invalid(
      "mapping_unknown_field",
      "A column can be name, first_name, last_name, phone, email, company, timezone, country, "
      "secondary_phone_1..10, secondary_1_name..secondary_10_name, variable:KEY or ignore; not: " +
          ClipUtf8(name, 60));
}

Mapping ProposeMapping(const std::vector<std::string>& header, size_t columns, const Rows& rows) {
  Mapping mapping(std::max(header.size(), columns));
  for (size_t i = 0; i < mapping.size(); ++i) {
    ColumnMapping& m = mapping[i];
    m.column = i;
    m.header = i < header.size() && !TrimUtf8(header[i]).empty()
                   ? std::string(TrimUtf8(header[i]))
                   : "Column " + std::to_string(i + 1);
    m.samples = SamplesOf(rows, i);
  }
  if (!header.empty()) {
    MarkReportColumns(&mapping);
    MarkExportColumns(&mapping);
  }
  std::vector<Claim> claims;
  ClaimByHeader(header, &claims);
  WeighContent(rows, &claims);
  ClaimByContent(rows, mapping, &claims);
  Assign(claims, &mapping);
  KeepOneName(&mapping);
  for (ColumnMapping& m : mapping) {
    if (m.score == 0) MakeVariable(&m, mapping);
  }
  return mapping;
}

ColumnMapping* FindColumn(std::string_view name, Mapping* mapping) {
  const std::string wanted = AsciiLower(TrimUtf8(name));
  for (ColumnMapping& m : *mapping) {
    if (AsciiLower(TrimUtf8(m.header)) == wanted) return &m;
  }
  const auto number = SmallNumber(wanted);
  if (!number || *number < 1 || static_cast<size_t>(*number) > mapping->size()) return nullptr;
  return &(*mapping)[static_cast<size_t>(*number - 1)];
}

Status OverrideMapping(const MappingOverride& by_header, Mapping* mapping) {
  Mapping next = *mapping;
  std::vector<FieldProblem> problems;
  std::vector<size_t> fixed;  // columns
  const auto is_fixed = [&fixed](size_t column) {
    return std::find(fixed.begin(), fixed.end(), column) != fixed.end();
  };
  for (const auto& [header, name] : by_header) {
    ColumnMapping* column = FindColumn(header, &next);
    Result<Target> target = ParseTarget(name);
    if (column == nullptr) {
      problems.push_back({header, "mapping_unknown_column", "The file has no such column."});
    } else if (!target.ok()) {
      problems.push_back({header, target.status().slug(), target.status().message()});
    } else if (const bool twice =
                   std::any_of(fixed.begin(), fixed.end(),
                               [&](size_t other) { return Collide(*target, next[other].target); });
               twice || is_fixed(column->column)) {
      problems.push_back({header, "mapping_twice", "This column or field is chosen twice."});
    } else {
      fixed.push_back(column->column);
      column->target = *target;
      column->score = 1;
      column->report_column = false;
    }
  }
  if (!problems.empty()) {
    return Invalid("mapping_invalid", "Some columns cannot be mapped as asked.", problems);
  }
  for (ColumnMapping& m : next) {
    const bool moved =
        !is_fixed(m.column) && std::any_of(fixed.begin(), fixed.end(), [&](size_t other) {
          return Collide(m.target, next[other].target);
        });
    if (moved) MakeVariable(&m, next);
  }
  *mapping = std::move(next);
  return {};
}

std::string VariableKey(std::string_view header, size_t column) {
  std::string key;
  for (const char c : FoldText(header)) {
    if (IsKeyByte(c)) {
      key += c;
    } else if (!key.empty() && key.back() != '_') {
      key += '_';
    }
    if (key.size() == kMaxVariableNameBytes) break;
  }
  while (!key.empty() && key.back() == '_') key.pop_back();
  return key.empty() ? "column_" + std::to_string(column + 1) : key;
}

double HeaderLikeness(const std::vector<std::string>& cells) {
  double known = 0;
  double data = 0;
  double words = 0;
  for (const std::string& raw : cells) {
    const std::string_view cell = TrimUtf8(raw);
    if (cell.empty()) continue;
    if (const auto matches = MatchHeader(cell); !matches.empty()) {
      known += matches.front().score;
    } else if (LookOf(cell) != Look::kOther || IsKnownZone(cell)) {
      ++data;
    } else if (std::none_of(cell.begin(), cell.end(),
                            [](char c) { return c >= '0' && c <= '9'; })) {
      words += 0.1;
    }
  }
  const double total = known + data + words;
  return total == 0 ? 0 : (known + words - 2 * data) / (known + words + 2 * data);
}

}  // namespace leadline
