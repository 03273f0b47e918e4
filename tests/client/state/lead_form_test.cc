#include <gtest/gtest.h>

#include "tests/client/state/harness.h"

namespace leadline {
namespace {

using command::SaveLead;

Harness OpenForm() {
  Harness h("/leads/edit?lead=7");
  EXPECT_TRUE(h.Answer("GET", "/api/v1/leads/7/gates", 200, R"({"open":true,"gates":[]})"));
  // Both the panel and the form ask for the lead.
  while (h.Answer("GET", "/api/v1/leads/7", 200, LeadBody(7, 3))) {
  }
  return h;
}

TEST(LeadForm, OpensFromItsAddress) {
  Harness h = OpenForm();
  EXPECT_TRUE(h.state().lead_form.open);
  EXPECT_EQ(h.state().lead_form.base.version, 3);
}

TEST(LeadForm, SendsTheVersionItWasOpenedWith) {
  Harness h = OpenForm();
  LeadDraft draft = h.state().lead_form.base;
  draft.name = "Sara";
  h.Do(SaveLead{draft});
  const HttpEffect* patch = h.Find("PATCH", "/api/v1/leads/7");
  ASSERT_NE(patch, nullptr);
  EXPECT_EQ(patch->if_match, 3);
  ASSERT_TRUE(h.Answer("PATCH", "/api/v1/leads/7", 200, LeadBody(7, 4, "created", "Sara")));
  EXPECT_FALSE(h.state().lead_form.open);
  EXPECT_EQ(h.state().panel.lead.value()->name, "Sara");
  EXPECT_EQ(FormatRoute(h.state().route), "/leads?lead=7");
}

TEST(LeadForm, AStaleSaveShowsTheConflictAndOverwritesNothing) {
  Harness h = OpenForm();
  h.Do(SaveLead{h.state().lead_form.base});
  ASSERT_TRUE(h.Answer("PATCH", "/api/v1/leads/7", 409,
                       R"({"status":409,"code":"conflict","detail":"It changed.","current":)" +
                           LeadBody(7, 5, "created", "Theirs") + "}"));
  const LeadForm& form = h.state().lead_form;
  EXPECT_TRUE(form.open);
  EXPECT_TRUE(form.conflict);
  EXPECT_EQ(form.theirs.name, "Theirs");
  EXPECT_EQ(h.Find("PATCH", "/api/v1/leads/7"), nullptr);
  // What the user decides goes over the newer version, and only that one.
  h.Do(SaveLead{form.theirs, form.theirs.version});
  ASSERT_NE(h.Find("PATCH", "/api/v1/leads/7"), nullptr);
  EXPECT_EQ(h.Find("PATCH", "/api/v1/leads/7")->if_match, 5);
}

TEST(LeadForm, TheServersFieldProblemsStayWithTheForm) {
  Harness h = OpenForm();
  h.Do(SaveLead{h.state().lead_form.base});
  ASSERT_TRUE(h.Answer(
      "PATCH", "/api/v1/leads/7", 422,
      R"({"code":"lead_invalid","detail":"Mend it.","fields":[{"path":"phone","code":"c","message":"m"}]})"));
  EXPECT_TRUE(h.state().lead_form.open);
  EXPECT_FALSE(h.state().lead_form.saving);
  EXPECT_FALSE(h.state().lead_form.conflict);
  EXPECT_EQ(h.state().lead_form.error.fields()[0].path, "phone");
}

TEST(LeadForm, ASecondPressWhileSavingSendsNothing) {
  Harness h("/leads/new");
  h.Do(SaveLead{LeadDraft{}});
  h.Do(SaveLead{LeadDraft{}});
  int posts = 0;
  for (const HttpEffect& request : h.open) posts += request.method == "POST" ? 1 : 0;
  EXPECT_EQ(posts, 1);
}

TEST(LeadForm, AnAnswerToAFormThatWasClosedOpensNothing) {
  Harness h("/leads/new");
  h.Do(SaveLead{LeadDraft{}});
  h.Do(command::CloseForm{});
  ASSERT_TRUE(h.Answer("POST", "/api/v1/leads", 201, LeadBody(8, 1)));
  EXPECT_EQ(FormatRoute(h.state().route), "/leads");
  EXPECT_FALSE(h.state().lead_form.open);
}

}  // namespace
}  // namespace leadline
