#include "common/lead/validate.h"

#include <algorithm>
#include <array>
#include <utility>

#include "common/base/utf8.h"
#include "common/lead/email.h"
#include "common/lead/zone_names.h"

namespace leadline {
namespace {

using Problems = std::vector<LeadProblem>;

// The place that the problems found next belong to.
struct Place {
  LeadField field = LeadField::kRow;
  uint16_t index = 0;
  std::string_view name = {};
};

LeadProblem& Add(const Place& place, std::string_view code, Problems* problems) {
  LeadProblem& p = problems->emplace_back();
  const ProblemKind kind = FindProblem(code);
  p.code = kind.code;
  p.severity = kind.severity;
  p.field = place.field;
  p.index = place.index;
  p.name = ClipUtf8(place.name, kMaxVariableNameBytes);
  return p;
}

void CheckText(std::string_view text, bool required, size_t max_bytes, std::string_view missing,
               std::string_view too_long, const Place& place, Problems* problems) {
  const std::string_view trimmed = TrimUtf8(text);
  if (trimmed.empty() && required) Add(place, missing, problems);
  if (trimmed.size() > max_bytes) Add(place, too_long, problems);
}

// Returns true when `phone` can be dialled as it stands.
bool CheckPhone(std::string_view phone, std::string_view region, const LeadRules& rules,
                const Place& place, Problems* problems) {
  if (!phone.empty() && phone.front() == '+') {
    const PhoneVerdict verdict = JudgeE164(phone);
    if (verdict.canonical && IsDialable(verdict, rules.dialable)) return true;
  }
  const PhoneReading reading = ReadPhone(phone, region);
  std::string_view code = reading.problem_code;
  // ReadPhone knows the types as shipped; an administrator may have allowed more, or fewer.
  const bool dialable = IsDialable(reading.verdict, rules.dialable);
  if (code == "phone_not_dialable" && dialable) code = {};
  if (code.empty() && !dialable) code = "phone_not_dialable";
  if (code.empty() && !reading.repaired) return true;
  if (code.empty()) code = "phone_has_punctuation";
  LeadProblem& p = Add(place, code, problems);
  if (code == "phone_not_in_plan" && rules.allow_numbers_not_in_plan && !reading.repaired) {
    p.severity = Severity::kWarning;
    return true;
  }
  if (reading.repaired && dialable) {
    p.proposal = reading.e164;
    // Without its extension a number reaches somebody else, and a doubled country code is a guess.
    p.safe = code != "phone_extension" && code != "phone_doubled_country_code";
    p.note = reading.repair_note;
  }
  return false;
}

void CheckEmail(std::string_view email, bool required, Problems* problems) {
  const Place place{.field = LeadField::kEmail};
  email = TrimUtf8(email);
  if (email.empty()) {
    if (required) Add(place, "email_missing", problems);
    return;
  }
  const std::string_view fault = EmailFault(email);
  if (fault.empty()) {
    std::string meant = ProposeEmailDomain(email);
    if (!meant.empty()) Add(place, "email_domain_typo", problems).proposal = std::move(meant);
    return;
  }
  LeadProblem& p = Add(place, fault, problems);
  EmailProposal proposal = ProposeEmail(email);
  p.proposal = std::move(proposal.email);
  p.safe = proposal.safe;
  p.note = proposal.note;
}

void CheckZone(std::string_view zone, bool required, Problems* problems) {
  const Place place{.field = LeadField::kTimezone};
  zone = TrimUtf8(zone);
  if (zone.empty()) {
    if (required) Add(place, "timezone_missing", problems);
    return;
  }
  if (IsKnownZone(zone)) return;
  const ZoneProposal proposal = ProposeZone(zone);
  const bool guess = !proposal.zone.empty() && !proposal.safe;
  LeadProblem& p = Add(place, guess ? "timezone_ambiguous" : "timezone_unknown", problems);
  p.proposal = proposal.zone;
  p.safe = proposal.safe;
}

bool IsVariableName(std::string_view name) {
  if (name.empty() || name.size() > kMaxVariableNameBytes) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

void CheckVariables(std::span<const VariableView> variables, Problems* problems) {
  if (variables.size() > kMaxVariables) {
    Add({.field = LeadField::kVariable}, "variables_too_many", problems);
  }
  for (size_t i = 0; i < std::min(variables.size(), kMaxVariables); ++i) {
    const Place place{LeadField::kVariable, static_cast<uint16_t>(i), variables[i].name};
    if (!IsVariableName(variables[i].name)) Add(place, "variable_name", problems);
    if (variables[i].value.size() > kMaxVariableBytes) Add(place, "variable_too_long", problems);
  }
}

void CheckRequiredVariables(const LeadView& lead, const LeadRules& rules, Problems* problems) {
  for (const std::string& name : rules.required_variables) {
    const bool filled = std::any_of(
        lead.variables.begin(), lead.variables.end(),
        [&](const VariableView& v) { return v.name == name && !TrimUtf8(v.value).empty(); });
    if (!filled) Add({.field = LeadField::kVariable, .name = name}, "variable_missing", problems);
  }
}

std::string_view RegionOf(const LeadView& lead, const LeadRules& rules) {
  return lead.region.empty() ? std::string_view(rules.default_region) : lead.region;
}

void CheckContacts(const LeadView& lead, const LeadRules& rules, Problems* problems) {
  if (lead.contacts.size() > kMaxContacts) {
    Add({.field = LeadField::kContactPhone}, "contacts_too_many", problems);
  }
  const size_t count = std::min(lead.contacts.size(), kMaxContacts);
  for (size_t i = 0; i < count; ++i) {
    const ContactView& contact = lead.contacts[i];
    const Place place{.field = LeadField::kContactPhone, .index = static_cast<uint16_t>(i)};
    CheckText(contact.name, false, kMaxNameBytes, {}, "contact_name_too_long",
              {.field = LeadField::kContactName, .index = place.index}, problems);
    CheckVariables(contact.variables, problems);
    if (!CheckPhone(contact.phone, RegionOf(lead, rules), rules, place, problems)) continue;
    bool twice = contact.phone == lead.phone;
    for (size_t k = 0; k < i && !twice; ++k) twice = lead.contacts[k].phone == contact.phone;
    if (twice) Add(place, "phone_twice", problems);
  }
}

void CheckVapiLimits(const LeadView& lead, Problems* problems) {
  if (TrimUtf8(lead.name).size() > kVapiNameBytes) {
    Add({.field = LeadField::kName}, "name_cut_for_vapi", problems);
  }
  if (TrimUtf8(lead.email).size() > kVapiNameBytes) {
    Add({.field = LeadField::kEmail}, "email_left_out_for_vapi", problems);
  }
}

Variables CopyVariables(std::span<const VariableView> views) {
  Variables out;
  for (const VariableView& v : views) {
    out.insert_or_assign(std::string(v.name), CleanUtf8(TrimUtf8(v.value)));
  }
  return out;
}

std::string* FieldOf(const LeadProblem& problem, LeadDraft* draft) {
  switch (problem.field) {
    case LeadField::kName:
      return &draft->name;
    case LeadField::kPhone:
      return &draft->phone;
    case LeadField::kEmail:
      return &draft->email;
    case LeadField::kCompany:
      return &draft->company;
    case LeadField::kTimezone:
      return &draft->timezone;
    case LeadField::kContactName:
    case LeadField::kContactPhone: {
      if (problem.index >= draft->contacts.size()) return nullptr;
      Contact& contact = draft->contacts[problem.index];
      return problem.field == LeadField::kContactName ? &contact.name : &contact.phone;
    }
    case LeadField::kVariable:
    case LeadField::kRow:
      return nullptr;
  }
  return nullptr;
}

}  // namespace

ProblemKind FindProblem(std::string_view code) {
  for (const ProblemKind& kind : kProblemKinds) {
    if (kind.code == code) return kind;
  }
  const PhoneProblem& phone = PhoneProblemText(code);
  if (code == phone.code) return {phone.code, Severity::kError, phone.message, phone.mend};
  return {code, Severity::kError, {}, {}};
}

bool HasErrors(const Problems& problems) {
  return std::any_of(problems.begin(), problems.end(),
                     [](const LeadProblem& p) { return p.error(); });
}

std::string PathOf(const LeadProblem& p) {
  const std::string contact = "contacts[" + std::to_string(p.index) + "].";
  switch (p.field) {
    case LeadField::kRow:
      return "";
    case LeadField::kName:
      return "name";
    case LeadField::kPhone:
      return "phone";
    case LeadField::kEmail:
      return "email";
    case LeadField::kCompany:
      return "company";
    case LeadField::kTimezone:
      return "timezone";
    case LeadField::kVariable:
      return p.name.empty() ? "variables" : "variables." + p.name;
    case LeadField::kContactName:
      return contact + "name";
    case LeadField::kContactPhone:
      return contact + "phone";
  }
  return "";
}

std::string MessageOf(const LeadProblem& p) {
  const ProblemKind kind = FindProblem(p.code);
  std::string out(kind.message);
  if (p.proposal.empty()) {
    if (!kind.mend.empty()) out.append(" ").append(kind.mend);
    if (!p.note.empty()) out.append(" (").append(p.note).append(")");
    return out;
  }
  out.append(p.safe ? " Proposed: " : " Perhaps: ").append(p.proposal);
  if (!p.note.empty()) out.append(" (").append(p.note).append(")");
  return out;
}

std::vector<FieldProblem> FieldProblemsOf(const Problems& problems, bool errors_only) {
  std::vector<FieldProblem> out;
  for (const LeadProblem& p : problems) {
    if (errors_only && !p.error()) continue;
    out.push_back({PathOf(p), std::string(p.code), MessageOf(p)});
  }
  return out;
}

LeadView ViewOf(const LeadDraft& draft, LeadViewStorage* storage) {
  const auto add = [storage](const Variables& variables) {
    for (const auto& [name, value] : variables) storage->variables.push_back({name, value});
  };
  storage->variables.clear();
  storage->contacts.clear();
  size_t total = draft.variables.size();
  for (const Contact& contact : draft.contacts) total += contact.variables.size();
  storage->variables.reserve(total);  // so that the spans stay where they are
  add(draft.variables);
  for (const Contact& contact : draft.contacts) {
    const size_t begin = storage->variables.size();
    add(contact.variables);
    storage->contacts.push_back({contact.name,
                                 contact.phone,
                                 {storage->variables.data() + begin, contact.variables.size()}});
  }
  return {.name = draft.name,
          .phone = draft.phone,
          .email = draft.email,
          .company = draft.company,
          .timezone = draft.timezone,
          .variables = {storage->variables.data(), draft.variables.size()},
          .contacts = storage->contacts};
}

void CopyTo(const LeadView& view, LeadDraft* draft) {
  const auto clean = [](std::string_view text) { return CleanUtf8(TrimUtf8(text)); };
  draft->name = clean(view.name);
  draft->phone = clean(view.phone);
  draft->email = clean(view.email);
  draft->company = clean(view.company);
  draft->timezone = clean(view.timezone);
  draft->variables = CopyVariables(view.variables);
  draft->contacts.clear();
  for (const ContactView& c : view.contacts) {
    Contact& contact = draft->contacts.emplace_back();
    contact.name = clean(c.name);
    contact.phone = clean(c.phone);
    contact.variables = CopyVariables(c.variables);
  }
}

Status SetRequired(std::span<const std::string> names, LeadRules* rules) {
  LeadRules next = *rules;
  next.require_name = next.require_email = next.require_company = next.require_timezone = false;
  next.required_variables.clear();
  constexpr std::string_view kVariable = "variable:";
  for (const std::string& name : names) {
    if (name == "name") {
      next.require_name = true;
    } else if (name == "email") {
      next.require_email = true;
    } else if (name == "company") {
      next.require_company = true;
    } else if (name == "timezone") {
      next.require_timezone = true;
    } else if (name.starts_with(kVariable) && IsVariableName(name.substr(kVariable.size()))) {
      next.required_variables.insert(name.substr(kVariable.size()));
    } else if (name != "phone") {
      return Invalid("required_unknown_field",
                     "Required fields are name, phone, email, company, timezone and variable:KEY; "
                     "not: " +
                         ClipUtf8(name, 60));
    }
  }
  *rules = std::move(next);
  return {};
}

void LeadValidator::Check(const LeadView& lead, Problems* problems) const {
  CheckText(lead.name, rules_.require_name, kMaxNameBytes, "name_missing", "name_too_long",
            {.field = LeadField::kName}, problems);
  CheckPhone(lead.phone, RegionOf(lead, rules_), rules_, {.field = LeadField::kPhone}, problems);
  CheckEmail(lead.email, rules_.require_email, problems);
  CheckText(lead.company, rules_.require_company, kMaxCompanyBytes, "company_missing",
            "company_too_long", {.field = LeadField::kCompany}, problems);
  CheckZone(lead.timezone, rules_.require_timezone, problems);
  CheckVariables(lead.variables, problems);
  CheckRequiredVariables(lead, rules_, problems);
  CheckContacts(lead, rules_, problems);
  if (rules_.for_vapi) CheckVapiLimits(lead, problems);
}

LeadVerdict CheckLead(const LeadDraft& draft, const LeadRules& rules) {
  LeadViewStorage storage;
  LeadVerdict verdict;
  LeadValidator(rules).Check(ViewOf(draft, &storage), &verdict.problems);
  return verdict;
}

size_t ApplyProposals(const Problems& problems, bool safe_only, LeadDraft* draft) {
  size_t applied = 0;
  for (const LeadProblem& p : problems) {
    if (p.proposal.empty() || (safe_only && !p.safe)) continue;
    if (std::string* field = FieldOf(p, draft)) {
      *field = p.proposal;
      ++applied;
    }
  }
  return applied;
}

}  // namespace leadline
