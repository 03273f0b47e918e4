#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/common/lead/lead_drafts.h"

namespace leadline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

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

}  // namespace
}  // namespace leadline
