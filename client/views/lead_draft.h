// A lead as it is being typed: texts in lists that keep their order while they are edited, and what
// is wrong with them. No drawing; plain values.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "common/dial/campaign.h"
#include "common/lead/validate.h"

namespace leadline {

struct VariableText {
  std::string key;
  std::string value;
};
struct ContactText {
  int64_t id = 0;
  std::string name;
  std::string phone;
  std::vector<VariableText> variables;
};

struct LeadText {
  LeadDraft fields;  // without variables and contacts
  std::vector<VariableText> variables;
  std::vector<ContactText> contacts;
};

LeadText TextOf(const LeadDraft& draft);
LeadDraft DraftOf(const LeadText& text);

// Variables of the assistant that the lead lacks are added with their defaults (F12); what the lead
// has stays. Values that are another assistant's untouched default are replaced.
void Prefill(const Assistant* before, const Assistant* after, LeadText* text);

// What moving a lead to this assistant means for its variables (F11).
struct VariableGaps {
  std::vector<std::string> unknown;  // the lead has them, the assistant does not know them
  std::vector<std::string> missing;  // required, and empty
};
VariableGaps GapsOf(const LeadText& text, const Assistant& assistant);

// The variable of the assistant by this name; nullptr when it has none.
const AssistantVariable* FindVariable(const Assistant* assistant, std::string_view key);

LeadRules RulesFor(const CallingSettings* settings, const Assistant* assistant);

}  // namespace leadline
