#include "common/lead/validate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "common/lead/zone_names.h"

namespace leadline {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

LeadDraft Good() {
  LeadDraft draft;
  draft.name = "Sarah Johnson";
  draft.phone = "+14155551234";
  draft.email = "sarah@example.com";
  draft.company = "TechStart";
  draft.timezone = "America/Los_Angeles";
  draft.variables = {{"budget_range", "10-20k"}};
  return draft;
}

Contact ContactAt(const std::string& phone) {
  Contact contact;
  contact.phone = phone;
  return contact;
}

std::vector<std::string> Codes(const LeadDraft& draft, const LeadRules& rules = {}) {
  std::vector<std::string> codes;
  for (const LeadProblem& p : CheckLead(draft, rules).problems) codes.emplace_back(p.code);
  return codes;
}

TEST(Validate, AGoodLeadHasNoProblem) {
  EXPECT_THAT(Codes(Good()), IsEmpty());
}

TEST(Validate, NamePhoneAndEmailAreRequiredAsShipped) {
  EXPECT_THAT(Codes({}), ElementsAre("name_missing", "phone_missing", "email_missing"));
}

TEST(Validate, OnlyThePhoneCannotBeMadeOptional) {
  LeadRules rules;
  ASSERT_TRUE(SetRequired({}, &rules).ok());
  EXPECT_THAT(Codes({}, rules), ElementsAre("phone_missing"));
}

TEST(Validate, RequiredFieldsCanBeChosen) {
  LeadRules rules;
  const std::vector<std::string> names = {"company", "timezone", "variable:budget"};
  ASSERT_TRUE(SetRequired(names, &rules).ok());
  LeadDraft draft;
  draft.phone = "+14155551234";
  draft.variables = {{"budget", "  "}};
  EXPECT_THAT(Codes(draft, rules),
              ElementsAre("company_missing", "timezone_missing", "variable_missing"));
  EXPECT_EQ(CheckLead(draft, rules).problems[2].name, "budget");
}

TEST(Validate, AnUnknownRequiredFieldIsRefusedAndChangesNothing) {
  LeadRules rules;
  for (const std::string name : {"fax", "variable:", "variable:a b", "Name"}) {
    const std::vector<std::string> names = {"company", name};
    EXPECT_EQ(SetRequired(names, &rules).slug(), "required_unknown_field") << name;
    EXPECT_TRUE(rules.require_name);
    EXPECT_FALSE(rules.require_company);
  }
}

TEST(Validate, PhonesOfTheSpecification) {
  for (const char* good : {"+12125551234", "+447911123456", "+8801977317066", "+14155551234"}) {
    LeadDraft draft = Good();
    draft.phone = good;
    EXPECT_THAT(Codes(draft), IsEmpty()) << good;
  }
  for (const char* bad :
       {"212-555-1234", "(212) 555-1234", "01977317066", "5551234567", "415-555-1234"}) {
    LeadDraft draft = Good();
    draft.phone = bad;
    const LeadVerdict verdict = CheckLead(draft);
    ASSERT_EQ(verdict.problems.size(), 1u) << bad;
    EXPECT_EQ(verdict.problems[0].code, "phone_no_country_code") << bad;
    EXPECT_EQ(PathOf(verdict.problems[0]), "phone");
    EXPECT_FALSE(verdict.ok());
  }
}

TEST(Validate, ANationalNumberIsProposedWithARegionAndNeverTakenSilently) {
  LeadDraft draft = Good();
  draft.phone = "(212) 555-1234";
  const LeadRules rules{.default_region = "US"};
  const LeadVerdict verdict = CheckLead(draft, rules);
  ASSERT_EQ(verdict.problems.size(), 1u);
  EXPECT_FALSE(verdict.ok());
  EXPECT_EQ(verdict.problems[0].proposal, "+12125551234");
  EXPECT_TRUE(verdict.problems[0].safe);
  EXPECT_EQ(ApplyProposals(verdict.problems, true, &draft), 1u);
  EXPECT_EQ(draft.phone, "+12125551234");
  EXPECT_TRUE(CheckLead(draft, rules).ok());
}

TEST(Validate, ANumberBehindAnExtensionIsAGuess) {
  LeadDraft draft = Good();
  draft.phone = "+12125551234 ext. 77";
  const LeadVerdict verdict = CheckLead(draft);
  ASSERT_EQ(verdict.problems.size(), 1u);
  EXPECT_EQ(verdict.problems[0].code, "phone_extension");
  EXPECT_EQ(verdict.problems[0].proposal, "+12125551234");
  EXPECT_FALSE(verdict.problems[0].safe);
  EXPECT_EQ(ApplyProposals(verdict.problems, true, &draft), 0u);
}

TEST(Validate, NumbersThatMustNotRingAreHeldBack) {
  for (const char* number : {"+911", "+112", "+1911", "+44999", "+19005551234"}) {
    LeadDraft draft = Good();
    draft.phone = number;
    EXPECT_FALSE(CheckLead(draft).ok()) << number;
  }
}

TEST(Validate, AnAdministratorMayAllowATypeOfNumber) {
  LeadDraft draft = Good();
  draft.phone = "+19002345678";
  EXPECT_THAT(Codes(draft), ElementsAre("phone_not_dialable"));
  LeadRules rules;
  rules.dialable |= PhoneTypeBit(PhoneType::kPremium);
  EXPECT_THAT(Codes(draft, rules), IsEmpty());
}

TEST(Validate, ANumberNotInThePlanIsAWarningWhenTheSettingSaysSo) {
  LeadDraft draft = Good();
  draft.phone = "+19995551234";
  EXPECT_THAT(Codes(draft), ElementsAre("phone_not_in_plan"));
  EXPECT_FALSE(CheckLead(draft).ok());
  EXPECT_TRUE(CheckLead(draft, {.allow_numbers_not_in_plan = true}).ok());
}

struct EmailCase {
  const char* email;
  const char* code;
};
constexpr EmailCase kEmails[] = {
    {"a@b.co", ""},
    {"first.last+tag@sub.example.com", ""},
    {"o'brien@example.ie", ""},
    {"jürgen@müller.de", ""},
    {"用户@例子.广告", ""},
    {"  padded@example.com  ", ""},
    {"a_b%c@ex-ample.co.uk", ""},
    {"plain", "email_no_at"},
    {"a@@b.com", "email_double_at"},
    {"a@b@c.com", "email_double_at"},
    {"@b.com", "email_empty_local"},
    {"a@", "email_empty_domain"},
    {"a@localhost", "email_no_tld"},
    {"a b@c.com", "email_space"},
    {"a@c.com b@d.com", "email_several"},
    {"a\xC2\xA0@c.com", "email_space"},
    {"a@b..com", "email_double_dot"},
    {"a..b@c.com", "email_double_dot"},
    {".a@b.com", "email_dot_at_edge"},
    {"a.@b.com", "email_dot_at_edge"},
    {"a@.b.com", "email_dot_at_edge"},
    {"a@b.com.", "email_dot_at_edge"},
    {"a@-b.com", "email_dot_at_edge"},
    {"a@b.com,c@d.com", "email_several"},
    {"<a@b.com>", "email_character"},
};

TEST(Validate, Emails) {
  for (const EmailCase& c : kEmails) {
    LeadDraft draft = Good();
    draft.email = c.email;
    const auto codes = Codes(draft);
    EXPECT_EQ(codes.empty() ? "" : codes[0], c.code) << c.email;
  }
}

TEST(Validate, EmailLengthsHaveTheirBounds) {
  const std::string domain = "@example.com";
  LeadDraft draft = Good();
  draft.email = std::string(64, 'a') + domain;
  EXPECT_THAT(Codes(draft), IsEmpty());
  draft.email = std::string(65, 'a') + domain;
  EXPECT_THAT(Codes(draft), ElementsAre("email_too_long"));
  draft.email = "a@" + std::string(252, 'b') + ".c";
  EXPECT_THAT(Codes(draft), ElementsAre("email_too_long"));
}

struct EmailMend {
  const char* email;
  const char* code;
  const char* proposal;
  bool safe;
};
constexpr EmailMend kEmailMends[] = {
    {"Sarah <sarah@example.com>", "email_space", "sarah@example.com", true},
    {"<sarah@example.com>", "email_character", "sarah@example.com", true},
    {"mailto:sarah@example.com", "email_character", "sarah@example.com", true},
    {"MAILTO:sarah@example.com?subject=hi", "email_character", "sarah@example.com", true},
    {"'sarah@example.com';", "email_character", "sarah@example.com", true},
    {"sarah@example.com.", "email_dot_at_edge", "sarah@example.com", true},
    {"sarah@example.com,", "email_character", "sarah@example.com", true},
    {"sarah@example.com;", "email_character", "sarah@example.com", true},
    {"sarah@Müller.de.", "email_dot_at_edge", "sarah@Müller.de", true},
    {"sarah＠example.com", "email_no_at", "sarah@example.com", true},
    {"sarah(at)example.com", "email_no_at", "sarah@example.com", true},
    {"sarah at example.com", "email_no_at", "sarah@example.com", false},
    {"sarah@@example.com", "email_double_at", "sarah@example.com", false},
    {"sarah @example.com", "email_space", "sarah@example.com", false},
    {"sarah@ example .com", "email_space", "sarah@example.com", false},
    {"sarah@example..com", "email_double_dot", "sarah@example.com", false},
    {"sarah@example,com", "email_character", "sarah@example.com", false},
    {"a@b.com; c@d.com", "email_several", "a@b.com", false},
    {"a@b.com/c@d.com", "email_several", "a@b.com", false},
    {"Al <a@b.com>, Cy <c@d.com>", "email_several", "a@b.com", false},
    {"sarah@gmial.com", "email_domain_typo", "sarah@gmail.com", false},
    {"sarah@gmail.con", "email_domain_typo", "sarah@gmail.com", false},
    {"sarah@a-long-company-name-indeed.con", "email_domain_typo",
     "sarah@a-long-company-name-indeed.com", false},
    {"sarah@hotmal.com", "email_domain_typo", "sarah@hotmail.com", false},
    {"sarah@gmail.com", "", "", false},
    {"sarah@GMAIL.com", "", "", false},
    {"sarah@google.com", "", "", false},
    {"sarah smith@example.com", "email_space", "", false},
    {"sarah.example.com", "email_no_at", "", false},
    {"@", "email_empty_local", "", false},
    {"<>", "email_no_at", "", false},
    {"@@@@,;,;", "email_character", "", false},
};

TEST(Validate, DamagedEmailsComeWithAProposalWhereThereIsOne) {
  for (const EmailMend& c : kEmailMends) {
    LeadDraft draft = Good();
    draft.email = c.email;
    const LeadVerdict verdict = CheckLead(draft);
    ASSERT_EQ(verdict.problems.size(), *c.code == '\0' ? 0u : 1u) << c.email;
    if (verdict.problems.empty()) continue;
    EXPECT_EQ(verdict.problems[0].code, c.code) << c.email;
    EXPECT_EQ(verdict.problems[0].proposal, c.proposal) << c.email;
    EXPECT_EQ(verdict.problems[0].safe, c.safe) << c.email;
  }
}

TEST(Validate, AMistypedMailDomainHoldsNobodyBack) {
  LeadDraft draft = Good();
  draft.email = "sarah@gmial.com";
  EXPECT_TRUE(CheckLead(draft).ok());
}

struct ZoneCase {
  const char* text;
  const char* proposal;
  bool safe;
};
constexpr ZoneCase kZones[] = {
    {"america/new_york", "America/New_York", true},
    {"America/New York", "America/New_York", true},
    {"America\\New_York", "America/New_York", true},
    {"AMERICA/SAO_PAULO", "America/Sao_Paulo", true},
    {"America/São Paulo", "America/Sao_Paulo", true},
    {"us/pacific", "US/Pacific", true},
    {"America/New_York (EST)", "America/New_York", true},
    {"(UTC+01:00) Europe/Berlin", "Europe/Berlin", true},
    {"utc", "UTC", true},
    {"Z", "UTC", true},
    {"UTC+0", "UTC", true},
    {"+00:00", "UTC", true},
    {"W. Europe Standard Time", "Europe/Berlin", true},
    {"w. europe standard time", "Europe/Berlin", true},
    {"Tokyo Standard Time", "Asia/Tokyo", true},
    {"US Mountain Standard Time", "America/Phoenix", true},
    {"AUS Eastern Standard Time", "Australia/Sydney", true},
    {"FLE Standard Time", "Europe/Kyiv", true},
    {"EST", "America/New_York", false},
    {"est", "America/New_York", false},
    {"EST5EDT", "America/New_York", false},
    {"PST", "America/Los_Angeles", false},
    {"Central Time", "America/Chicago", false},
    {"Central", "America/Chicago", false},
    {"Eastern Standard Time", "America/New_York", false},
    {"Pacific Standard Time", "America/Los_Angeles", false},
    {"Pacific Time (US & Canada)", "America/Los_Angeles", false},
    {"(UTC-05:00) Eastern Time (US & Canada)", "America/New_York", false},
    {"(GMT+01:00) Amsterdam, Berlin, Bern, Rome", "Europe/Amsterdam", false},
    {"CET", "Europe/Berlin", false},
    {"MEZ", "Europe/Berlin", false},
    {"GMT Standard Time", "", false},
    {"Berlin", "Europe/Berlin", false},
    {"New York", "America/New_York", false},
    {"New York, NY", "America/New_York", false},
    {"San Francisco", "America/Los_Angeles", false},
    {"München", "Europe/Berlin", false},
    {"São Paulo", "America/Sao_Paulo", false},
    {"Buenos Aires", "America/Argentina/Buenos_Aires", false},
    {"GMT+1", "Etc/GMT-1", false},
    {"GMT + 1", "Etc/GMT-1", false},
    {"UTC-05:00", "Etc/GMT+5", false},
    {"+02:00", "Etc/GMT-2", false},
    {"+0200", "Etc/GMT-2", false},
    {"GMT+5:30", "Asia/Kolkata", false},
    {"UTC+0545", "Asia/Kathmandu", false},
    {"(UTC+03:00) Somewhere", "Etc/GMT-3", false},
    {"Mars/Phobos", "", false},
    {"Europe/Springfield", "", false},
    {"GMT+25", "", false},
    {"GMT+1:17", "", false},
    {"GMT+", "", false},
    {"EST5", "", false},
    {"Local", "", false},
    {"Asia/", "", false},
    {"utc plus two", "", false},
    {"Standard Time", "", false},
    {"(", "", false},
    {"()", "", false},
};

TEST(Validate, WrongZonesComeWithAProposalWhereThereIsOne) {
  for (const ZoneCase& c : kZones) {
    LeadDraft draft = Good();
    draft.timezone = c.text;
    const LeadVerdict verdict = CheckLead(draft);
    ASSERT_EQ(verdict.problems.size(), 1u) << c.text;
    EXPECT_EQ(verdict.problems[0].proposal, c.proposal) << c.text;
    EXPECT_EQ(verdict.problems[0].safe, c.safe) << c.text;
    EXPECT_FALSE(verdict.ok());
  }
}

TEST(Validate, EveryProposedZoneIsKnown) {
  for (const ZoneCase& c : kZones) {
    EXPECT_TRUE(*c.proposal == '\0' || IsKnownZone(c.proposal)) << c.proposal;
  }
  // Windows names that no case above has.
  for (const char* text : {"Afghanistan",
                           "Alaskan",
                           "Aleutian",
                           "Arab",
                           "Arabian",
                           "Arabic",
                           "Argentina",
                           "Belarus",
                           "Canada Central",
                           "Caucasus",
                           "Cen. Australia",
                           "Central America",
                           "Central Brazilian",
                           "Central Europe",
                           "Central European",
                           "Central Pacific",
                           "China",
                           "Cuba",
                           "E. Africa",
                           "E. Australia",
                           "E. Europe",
                           "E. South America",
                           "Egypt",
                           "Ekaterinburg",
                           "Georgian",
                           "Greenland",
                           "GTB",
                           "Haiti",
                           "Hawaiian",
                           "India",
                           "Iran",
                           "Jordan",
                           "Korea",
                           "Libya",
                           "Line Islands",
                           "Middle East",
                           "Morocco",
                           "Myanmar",
                           "N. Central Asia",
                           "Namibia",
                           "Nepal",
                           "North Asia",
                           "North Asia East",
                           "North Korea",
                           "Pacific SA",
                           "Pakistan",
                           "Paraguay",
                           "Romance",
                           "Russian",
                           "SA Eastern",
                           "SA Pacific",
                           "SA Western",
                           "SE Asia",
                           "South Africa",
                           "Sri Lanka",
                           "Syria",
                           "Tasmania",
                           "Turkey",
                           "US Eastern",
                           "Venezuela",
                           "W. Australia",
                           "W. Central Africa",
                           "West Asia",
                           "West Pacific",
                           "Yukon"}) {
    const ZoneProposal proposal = ProposeZone(std::string(text) + " Standard Time");
    EXPECT_TRUE(IsKnownZone(proposal.zone)) << text;
    EXPECT_TRUE(proposal.safe) << text;
  }
}

TEST(Validate, EveryZoneNameIsKnownAndSorted) {
  const auto names = ZoneNames();
  EXPECT_GT(names.size(), 500u);
  for (size_t i = 0; i < names.size(); ++i) {
    EXPECT_TRUE(IsKnownZone(names[i])) << names[i];
    if (i > 0) {
      EXPECT_LT(names[i - 1], names[i]);
    }
  }
  for (const char* name :
       {"US/Pacific", "Asia/Calcutta", "Europe/Kyiv", "Europe/Kiev", "Etc/GMT+5"}) {
    EXPECT_TRUE(IsKnownZone(name)) << name;
  }
  for (const char* name : {"", "EST", "Factory", "America", "America/new_york"}) {
    EXPECT_FALSE(IsKnownZone(name)) << name;
  }
}

TEST(Validate, VariablesHaveNamesAndBounds) {
  LeadDraft draft = Good();
  draft.variables = {{"a b", "1"}, {"Ok_1", "2"}, {std::string(65, 'x'), "3"}, {"ä", "4"}};
  EXPECT_THAT(Codes(draft), ElementsAre("variable_name", "variable_name", "variable_name"));
  draft.variables = {{"long", std::string(kMaxVariableBytes + 1, 'x')}};
  EXPECT_THAT(Codes(draft), ElementsAre("variable_too_long"));
  draft.variables.clear();
  for (size_t i = 0; i <= kMaxVariables; ++i) draft.variables["v" + std::to_string(i)] = "x";
  EXPECT_THAT(Codes(draft), ElementsAre("variables_too_many"));
}

TEST(Validate, LongTextsAreRefused) {
  LeadDraft draft = Good();
  draft.name = std::string(kMaxNameBytes + 1, 'x');
  draft.company = std::string(kMaxCompanyBytes + 1, 'x');
  EXPECT_THAT(Codes(draft), ElementsAre("name_too_long", "company_too_long"));
}

TEST(Validate, NoNumberStandsTwiceInALead) {
  LeadDraft draft = Good();
  draft.contacts = {ContactAt("+14155550123"), ContactAt(draft.phone), ContactAt("+14155550123"),
                    ContactAt("x")};
  const LeadVerdict verdict = CheckLead(draft);
  ASSERT_EQ(verdict.problems.size(), 3u);
  EXPECT_EQ(verdict.problems[0].code, "phone_twice");
  EXPECT_EQ(PathOf(verdict.problems[0]), "contacts[1].phone");
  EXPECT_EQ(verdict.problems[1].code, "phone_twice");
  EXPECT_EQ(PathOf(verdict.problems[1]), "contacts[2].phone");
  EXPECT_EQ(PathOf(verdict.problems[2]), "contacts[3].phone");
}

TEST(Validate, AtMostTenSecondaryContacts) {
  LeadDraft draft = Good();
  for (int i = 0; i < 11; ++i)
    draft.contacts.push_back(ContactAt("+1415555" + std::to_string(1300 + i)));
  EXPECT_THAT(Codes(draft), ElementsAre("contacts_too_many"));
}

TEST(Validate, ContactVariablesAreCheckedToo) {
  LeadDraft draft = Good();
  draft.contacts = {ContactAt("+14155550123")};
  draft.contacts[0].variables = {{"role", "CTO"}, {"a-b", "x"}};
  const LeadVerdict verdict = CheckLead(draft);
  ASSERT_EQ(verdict.problems.size(), 1u);
  EXPECT_EQ(verdict.problems[0].code, "variable_name");
  EXPECT_EQ(verdict.problems[0].name, "a-b");
}

TEST(Validate, FieldProblemsSayWhatIsWrongWhereAndWhatToDo) {
  LeadDraft draft = Good();
  draft.email = "sarah.example.com";
  draft.timezone = "america/new york";
  const auto fields = FieldProblemsOf(CheckLead(draft).problems);
  ASSERT_EQ(fields.size(), 2u);
  EXPECT_EQ(fields[0].path, "email");
  EXPECT_EQ(fields[0].code, "email_no_at");
  EXPECT_THAT(fields[0].message, HasSubstr("anna@example.com"));
  EXPECT_THAT(fields[1].message, HasSubstr("Proposed: America/New_York"));
}

TEST(Validate, EveryCodeIsThereOnceAndHasItsTexts) {
  std::set<std::string_view> seen;
  for (const ProblemKind& kind : kProblemKinds) {
    EXPECT_TRUE(seen.insert(kind.code).second) << kind.code;
    EXPECT_FALSE(kind.message.empty()) << kind.code;
    EXPECT_FALSE(kind.mend.empty()) << kind.code;
  }
  for (const PhoneProblem& phone : PhoneProblems()) {
    EXPECT_TRUE(seen.insert(phone.code).second) << phone.code;
    EXPECT_EQ(FindProblem(phone.code).message, phone.message);
  }
  EXPECT_EQ(FindProblem("never_heard_of").message, "");
}

TEST(Validate, CopyingAViewTrimsAndCleans) {
  const VariableView variables[] = {{"note",
                                     " a\x01"
                                     "b\nc "}};
  LeadDraft draft = Good();
  CopyTo({.name = "  Sarah\t", .phone = "+14155551234", .variables = variables}, &draft);
  EXPECT_EQ(draft.name, "Sarah");
  EXPECT_EQ(draft.email, "");
  EXPECT_EQ(draft.variables, (Variables{{"note", "ab\nc"}}));
}

}  // namespace
}  // namespace leadline
