#include "common/lead/validate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "tests/common/lead/lead_drafts.h"

namespace leadline {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

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

TEST(Validate, WhatIsTooLongForVapiIsSaidWhereVapiCalls) {
  LeadDraft draft = Good();
  draft.name = std::string(41, 'x');
  draft.email = std::string(29, 'x') + "@example.com";
  EXPECT_THAT(Codes(draft), IsEmpty());
  LeadRules rules;
  rules.for_vapi = true;
  EXPECT_THAT(Codes(draft, rules), ElementsAre("name_cut_for_vapi", "email_left_out_for_vapi"));
  EXPECT_FALSE(HasErrors(CheckLead(draft, rules).problems)) << "it can be called";
  draft.name.pop_back();
  draft.email.erase(0, 1);
  EXPECT_THAT(Codes(draft, rules), IsEmpty());
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
