// The one validation of leads: the form, the API, `leadline check`, the browser's file check and
// the import all call this, so that a lead that passes in one place passes in every other.
//
//   LeadValidator validator({.default_region = "US"});
//   std::vector<LeadProblem> problems;
//   validator.Check(ViewOf(draft, &storage), &problems);      // no allocation while there is
//   nothing to say if (HasErrors(problems)) return Invalid("lead_invalid", "...",
//   FieldProblemsOf(problems));
//
// or, where speed does not matter, CheckLead(draft, rules). Rules: spec 2, 3 and 9 (F16-F27, D5).
// Pure; a validator may be used by several threads at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/status.h"
#include "common/lead/lead.h"
#include "common/lead/phone.h"

namespace leadline {

// Limits in bytes of UTF-8, and in numbers.
inline constexpr size_t kMaxNameBytes = 200;
inline constexpr size_t kMaxCompanyBytes = 200;
inline constexpr size_t kMaxEmailBytes = 254;      // RFC 5321, path without <>
inline constexpr size_t kMaxEmailLocalBytes = 64;  // RFC 5321
inline constexpr size_t kMaxVariableNameBytes = 64;
inline constexpr size_t kMaxVariableBytes = 4000;  // one value
inline constexpr size_t kMaxVariables = 200;

enum class Severity : uint8_t { kWarning, kError };  // a warning never holds a lead back

// A kind of problem. `code` is stable: API, files and scripts carry it.
struct ProblemKind {
  std::string_view code;
  Severity severity;
  std::string_view message;  // what is wrong
  std::string_view mend;     // what to do
};

// Every code there is, but for those of phone numbers (PhoneProblems() in phone.h, all of them
// errors), which FindProblem knows too. The row_* and duplicate_* codes belong to files
// (common/table/checker.h).
inline constexpr ProblemKind kProblemKinds[] = {
    {"name_missing", Severity::kError, "The name is missing.", "Fill in the name."},
    {"name_too_long", Severity::kError, "The name is longer than 200 bytes.", "Shorten the name."},
    {"name_cut_for_vapi", Severity::kWarning,
     "Vapi takes no more than 40 bytes of a name; in its list of calls this one will be cut.",
     "Shorten it, or leave it: the assistant still gets all of it."},
    {"email_left_out_for_vapi", Severity::kWarning,
     "Vapi takes no more than 40 bytes of an email address; this one will not be in its list of "
     "calls.",
     "Leave it: the assistant still gets it."},
    {"email_missing", Severity::kError, "The email address is missing.",
     "Fill in the email address."},
    {"email_no_at", Severity::kError, "The email address has no @.",
     "Write it like anna@example.com."},
    {"email_double_at", Severity::kError, "The email address has more than one @.",
     "Keep one @, as in anna@example.com."},
    {"email_empty_local", Severity::kError, "Nothing stands before the @ of the email address.",
     "Write it like anna@example.com."},
    {"email_empty_domain", Severity::kError, "Nothing stands after the @ of the email address.",
     "Write it like anna@example.com."},
    {"email_no_tld", Severity::kError, "The email domain has no dot.",
     "Write the whole domain, as in example.com."},
    {"email_double_dot", Severity::kError, "The email address has two dots in a row.",
     "Keep one of the dots."},
    {"email_dot_at_edge", Severity::kError,
     "A part of the email address begins or ends with a dot or a hyphen.", "Take it away."},
    {"email_space", Severity::kError, "The email address has a space in it.",
     "Take the space out, and keep one address only."},
    {"email_character", Severity::kError,
     "The email address has a character that no address can have.",
     "Write only the address, as in anna@example.com."},
    {"email_several", Severity::kError, "There is more than one email address.",
     "Keep the one that is to be used."},
    {"email_domain_typo", Severity::kWarning, "The email domain looks mistyped.",
     "Check what stands after the @."},
    {"email_too_long", Severity::kError,
     "The email address is longer than an address can be (64 before the @, 254 in all).",
     "Check the address."},
    {"company_missing", Severity::kError, "The company is missing.", "Fill in the company."},
    {"company_too_long", Severity::kError, "The company is longer than 200 bytes.",
     "Shorten the company."},
    {"timezone_missing", Severity::kError, "The time zone is missing.",
     "Fill in a zone such as Europe/Berlin."},
    {"timezone_unknown", Severity::kError, "There is no such time zone.",
     "Write a zone such as America/New_York, or leave it empty: it is then taken from the number."},
    {"timezone_ambiguous", Severity::kError,
     "This time zone abbreviation does not follow daylight saving, or means several zones.",
     "Write a zone such as America/New_York, or leave it empty: it is then taken from the number."},
    {"variable_name", Severity::kError,
     "A variable name has something other than letters, digits and underscores, or is too long.",
     "Write it like budget_range, at most 64 characters."},
    {"variable_missing", Severity::kError, "A required variable is empty.", "Fill it in."},
    {"variable_too_long", Severity::kError, "A variable's value is longer than 4,000 bytes.",
     "Shorten the value."},
    {"value_not_number", Severity::kError, "The column holds numbers, and this is none.",
     "Write it like 1234.56, or make the column a text."},
    {"value_not_date", Severity::kError, "The column holds dates, and this is none.",
     "Write it like 2026-03-14, with a time only in a column of date and time."},
    {"value_date_ambiguous", Severity::kError, "The day and the month cannot be told apart.",
     "Choose the column's order of day, month and year, or write it like 2026-03-14."},
    {"value_two_digit_year", Severity::kError, "The century of this year is not clear.",
     "Write the year with four digits."},
    {"value_excel_date", Severity::kError, "This is a spreadsheet's day number instead of a date.",
     "Format the column as dates before it is saved as CSV."},
    {"value_not_yes_no", Severity::kError, "The column holds yes or no, and this is neither.",
     "Write yes or no."},
    {"value_not_choice", Severity::kError, "This is none of the column's choices.",
     "Write one of the choices, or add this one."},
    {"value_not_url", Severity::kError, "The column holds web addresses, and this is none.",
     "Write it like https://example.com."},
    {"value_not_email", Severity::kError, "The column holds email addresses, and this is none.",
     "Write it like anna@example.com."},
    {"value_not_phone", Severity::kError, "The column holds phone numbers, and this is none.",
     "Write it like +14155550123."},
    {"country_unknown", Severity::kWarning, "This country is not known.",
     "Write a name such as Germany, or its code, DE."},
    {"variables_too_many", Severity::kError, "The lead has more than 200 variables.",
     "Remove those that are not needed."},
    {"contacts_too_many", Severity::kError, "The lead has more than 10 secondary contacts.",
     "Keep the ten most reachable numbers."},
    {"contact_name_too_long", Severity::kError,
     "A secondary contact's name is longer than 200 bytes.", "Shorten the name."},
    {"contact_no_phone", Severity::kWarning,
     "A secondary contact has a name but no number; it was left out.",
     "Fill in the number, or clear the name."},
    {"phone_twice", Severity::kError, "The same number stands twice in this lead.",
     "Remove one of the two."},
    {"text_unreadable", Severity::kWarning,
     "Some characters could not be read in this file's encoding.",
     "Choose another encoding, or write the text again."},
    {"row_too_few_columns", Severity::kError, "The row has fewer columns than the header.",
     "Add the missing cells. If the row is complete, clear its problem cell."},
    {"row_too_many_columns", Severity::kError, "The row has more columns than the header.",
     "Put quotes around a cell that holds the delimiter, or remove the extra cells."},
    {"row_over_column_limit", Severity::kError, "The row has more than 1,024 columns.",
     "Check the delimiter, and split the table."},
    {"row_broken_quote", Severity::kError, "A quote opens in this row and does not close.",
     "Close the quote, or take it out."},
    {"row_field_too_long", Severity::kError, "A cell of this row is longer than 64 kB.",
     "Shorten the cell."},
    {"row_too_long", Severity::kError, "The row is longer than 1 MB.", "Shorten or split the row."},
    {"row_nul_bytes", Severity::kError, "The row has NUL bytes in it; part of it may be lost.",
     "Save the file again as CSV UTF-8."},
    {"row_text_after_quote", Severity::kWarning, "Text follows a closing quote.",
     "Double the quotes that belong to the text."},
    {"row_left_out", Severity::kError, "You left this row out.",
     "Put it back if it should be imported."},
    {"row_mended", Severity::kWarning, "You mended this row.", "Nothing more to do."},
    {"duplicate_in_file", Severity::kError, "The same number stands in an earlier row.",
     "Keep one of the rows."},
};

// What is known about a code, phone codes included; an unknown one gives a kind with that very code
// and empty texts.
ProblemKind FindProblem(std::string_view code);

// Where in a lead, or in its row, a problem sits.
enum class LeadField : uint8_t {
  kRow,  // the whole row of a file
  kName,
  kPhone,
  kEmail,
  kCompany,
  kTimezone,
  kVariable,
  kContactName,
  kContactPhone,
};

struct LeadProblem {
  std::string_view code;  // static text
  Severity severity = Severity::kError;
  LeadField field = LeadField::kRow;
  uint16_t index = 0;    // of the contact or variable in the view; 0 for the rest
  int column = -1;       // in the row of a file, from 0; -1: none
  std::string name;      // of the variable
  std::string proposal;  // a value that would be right; empty when none is known
  // The proposal says the same in the right form (spaces, case, a country code by the region), so
  // that a user may accept all of its kind at once. False: a guess that a person must look at.
  bool safe = false;
  std::string
      note;  // in words what the proposal changes, or which row has the same number; may be empty

  bool error() const { return severity == Severity::kError; }
};

bool HasErrors(const std::vector<LeadProblem>& problems);
// "phone", "contacts[1].phone", "variables.budget", "" for the row.
std::string PathOf(const LeadProblem& problem);
// What is wrong and what to do, with the proposal: one or two sentences.
std::string MessageOf(const LeadProblem& problem);
// All of them, or the errors only.
std::vector<FieldProblem> FieldProblemsOf(const std::vector<LeadProblem>& problems,
                                          bool errors_only = true);

// A lead to be checked, without owning it.
struct VariableView {
  std::string_view name = {};
  std::string_view value = {};
};
struct ContactView {
  std::string_view name = {};
  std::string_view phone = {};
  std::span<const VariableView> variables = {};
};
struct LeadView {
  std::string_view name = {};
  std::string_view phone = {};
  std::string_view email = {};
  std::string_view company = {};
  std::string_view timezone = {};
  std::span<const VariableView> variables = {};
  std::span<const ContactView> contacts = {};
  std::string_view region = {};  // of national numbers in this lead; empty: the rules' own
};

// Memory behind the spans of ViewOf; to be kept as long as the view, and to be used again.
struct LeadViewStorage {
  std::vector<VariableView> variables;
  std::vector<ContactView> contacts;
};
LeadView ViewOf(const LeadDraft& draft, LeadViewStorage* storage);
// Texts are trimmed and freed of control characters. The campaign stays as it is.
void CopyTo(const LeadView& view, LeadDraft* draft);

struct LeadRules {
  // The phone is always required (D5).
  bool require_name = true;
  bool require_email = true;
  bool require_company = false;
  bool require_timezone = false;
  std::set<std::string, std::less<>> required_variables = {};
  std::string default_region = {};         // "US"; empty: only international numbers are read
  bool allow_numbers_not_in_plan = false;  // phone_not_in_plan is a warning then
  PhoneTypeSet dialable = kDialableTypes;
  bool for_vapi = false;  // warns of what does not fit Vapi's limits
};

// Of a customer's name and of an email address (providers.md 1.1); Vapi refuses longer ones.
inline constexpr size_t kVapiNameBytes = 40;

// From names as options and settings carry them: name, phone, email, company, timezone,
// variable:KEY. Error: kInvalid "required_unknown_field".
Status SetRequired(std::span<const std::string> names, LeadRules* rules);

class LeadValidator {
 public:
  explicit LeadValidator(LeadRules rules) : rules_(std::move(rules)) {}

  // Appends what is wrong with `lead`: in the order name, phone, email, company, timezone,
  // variables, contacts. Texts are judged trimmed, but for phones: a phone with a space around it
  // is a problem with a safe proposal. With no errors, lead.phone and every contact's phone are
  // E.164, may be dialled, and differ.
  void Check(const LeadView& lead, std::vector<LeadProblem>* problems) const;

  const LeadRules& rules() const { return rules_; }

 private:
  LeadRules rules_;
};

struct LeadVerdict {
  std::vector<LeadProblem> problems;
  bool ok() const { return !HasErrors(problems); }
};
LeadVerdict CheckLead(const LeadDraft& draft, const LeadRules& rules = {});

// Puts proposals into the draft: the safe ones, or all. Returns how many. The draft must be the one
// that was checked; it is to be checked again.
size_t ApplyProposals(const std::vector<LeadProblem>& problems, bool safe_only, LeadDraft* draft);

}  // namespace leadline
