// Leads for tests of the validation.
#pragma once

#include <string>
#include <vector>

#include "common/lead/validate.h"

namespace leadline {

inline LeadDraft Good() {
  LeadDraft draft;
  draft.name = "Sarah Johnson";
  draft.phone = "+14155551234";
  draft.email = "sarah@example.com";
  draft.company = "TechStart";
  draft.timezone = "America/Los_Angeles";
  draft.variables = {{"budget_range", "10-20k"}};
  return draft;
}

inline Contact ContactAt(const std::string& phone) {
  Contact contact;
  contact.phone = phone;
  return contact;
}

inline std::vector<std::string> Codes(const LeadDraft& draft, const LeadRules& rules = {}) {
  std::vector<std::string> codes;
  for (const LeadProblem& p : CheckLead(draft, rules).problems) codes.emplace_back(p.code);
  return codes;
}

}  // namespace leadline
