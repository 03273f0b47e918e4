#include "client/views/lead_draft.h"

#include <algorithm>

namespace leadline {
namespace {

std::vector<VariableText> TextsOf(const Variables& variables) {
  std::vector<VariableText> texts;
  for (const auto& [key, value] : variables) texts.push_back({key, value});
  return texts;
}
Variables VariablesOf(const std::vector<VariableText>& texts) {
  Variables variables;
  for (const VariableText& text : texts) {
    if (!text.key.empty()) variables[text.key] = text.value;
  }
  return variables;
}

}  // namespace

LeadText TextOf(const LeadDraft& draft) {
  LeadText text;
  text.fields = draft;
  text.fields.variables.clear();
  text.fields.contacts.clear();
  text.variables = TextsOf(draft.variables);
  for (const Contact& contact : draft.contacts) {
    text.contacts.push_back({contact.id, contact.name, contact.phone, TextsOf(contact.variables)});
  }
  return text;
}

LeadDraft DraftOf(const LeadText& text) {
  LeadDraft draft = text.fields;
  draft.variables = VariablesOf(text.variables);
  for (const ContactText& contact : text.contacts) {
    Contact& to = draft.contacts.emplace_back();
    to.id = contact.id;
    to.name = contact.name;
    to.phone = contact.phone;
    to.variables = VariablesOf(contact.variables);
  }
  return draft;
}

const AssistantVariable* FindVariable(const Assistant* assistant, std::string_view key) {
  if (assistant == nullptr) return nullptr;
  for (const AssistantVariable& variable : assistant->variables) {
    if (variable.key == key) return &variable;
  }
  return nullptr;
}

void Prefill(const Assistant* before, const Assistant* after, LeadText* text) {
  std::erase_if(text->variables, [before, after](const VariableText& row) {
    const AssistantVariable* old = FindVariable(before, row.key);
    return old != nullptr && old->default_value == row.value &&
           FindVariable(after, row.key) == nullptr;
  });
  if (after == nullptr) return;
  for (const AssistantVariable& variable : after->variables) {
    const auto has = [&variable](const VariableText& row) { return row.key == variable.key; };
    if (std::any_of(text->variables.begin(), text->variables.end(), has)) continue;
    text->variables.push_back({variable.key, variable.default_value});
  }
}

VariableGaps GapsOf(const LeadText& text, const Assistant& assistant) {
  VariableGaps gaps;
  for (const VariableText& row : text.variables) {
    if (!row.key.empty() && FindVariable(&assistant, row.key) == nullptr) {
      gaps.unknown.push_back(row.key);
    }
  }
  for (const AssistantVariable& variable : assistant.variables) {
    const auto filled = [&variable](const VariableText& row) {
      return row.key == variable.key && !row.value.empty();
    };
    const bool any = std::any_of(text.variables.begin(), text.variables.end(), filled);
    if (variable.required && !any && variable.default_value.empty()) {
      gaps.missing.push_back(variable.key);
    }
  }
  return gaps;
}

LeadRules RulesFor(const CallingSettings* settings, const Assistant* assistant) {
  LeadRules rules;
  if (settings != nullptr) {
    rules.require_name = rules.require_email = false;
    // Names that are not known come from a newer server, which checks them itself.
    (void)SetRequired(settings->required_fields, &rules);
    rules.default_region = settings->default_region;
  }
  if (assistant == nullptr) return rules;
  for (const AssistantVariable& variable : assistant->variables) {
    if (variable.required && variable.default_value.empty()) {
      rules.required_variables.insert(variable.key);
    }
  }
  return rules;
}

}  // namespace leadline
