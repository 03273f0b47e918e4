// Placeholders in templates, and the values that fill them. Source: spec 2 (F12-F20, D9), spec 7,
// providers.md 1.1 (Liquid), reliability.md 2.2 (Agent behaviour). Pure; thread-safe.
//
// {{name}} is the placeholder: exact, case-sensitive, spaces inside the braces are fine, and Liquid
// filters are recognised ({{ name | default: "there" }}). {name} is taken too, for known names
// only: other text in single braces stays what it is.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "common/lead/lead.h"

namespace leadline {

using NameSet = std::set<std::string, std::less<>>;

// One placeholder, as views into the text.
struct Placeholder {
  size_t begin = 0, end = 0;   // of the whole, braces included
  std::string_view name;       // "first_name", "customer.number"; empty: it begins with no name
  std::string_view rest;       // what follows the name within the braces: filters, trimmed
  bool single_braces = false;  // {name}
};
// In order, never overlapping. {name} is found whether or not it is known.
std::vector<Placeholder> FindPlaceholders(std::string_view text);

// Every name that a template refers to: in {{...}}, filters' arguments included, in {% ... %}, and
// {name} when it is in `known`. May hold Liquid's own words ("default", "if").
void CollectReferences(std::string_view text, const NameSet& known, NameSet* names);

// {name} written as {{name}} for names in `known`, for providers that take the double form only.
std::string DoubleBraces(std::string_view text, const NameSet& known);

// The names that every lead fills, with the field that fills them: name, customer_name, first_name,
// last_name (all from name), email, email_address, phone, phone_number, company, company_name,
// timezone. Empty for any other name.
std::string_view StandardFieldOf(std::string_view variable);
// Filled by Vapi itself: now, date, time, month, day, year, and customer., phoneNumber., call.,
// transport. members.
bool IsProviderVariable(std::string_view name);

// What a call to `contact` (null: the primary number) knows, later ones over earlier ones where
// they are not empty: the assistant's defaults; the lead's fields and variables; the contact's name
// and variables. The standard names are always there, empty ones too, and an alias (customer_name =
// name, phone_number = phone, company_name = company, email_address = email) has its twin's value
// unless it has its own. Values are as stored, not sanitised.
Variables MergeVariables(const Variables& defaults, const Lead& lead, const Contact* contact);

// Safe to hand to a template engine and to a language model as data: line ends and tabs become
// spaces, other control characters go, braces that would open or close a placeholder or tag are
// moved apart ("{{" -> "{ {", "{%" -> "{ %"), and the text is at most kMaxSentValueBytes.
inline constexpr size_t kMaxSentValueBytes = 4000;
std::string SanitizeValue(std::string_view value);

// A template as a person will hear it, for the preview.
struct FilledTemplate {
  std::string text;                  // unknown placeholders stay as they are
  std::vector<std::string> unknown;  // names that nobody fills, once each
  std::vector<std::string> empty;    // names that are known but empty, and have no default
};
FilledTemplate FillTemplate(std::string_view text, const Variables& values);

}  // namespace leadline
