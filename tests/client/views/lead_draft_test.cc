#include "client/views/lead_draft.h"

#include <gtest/gtest.h>

namespace leadline {
namespace {

Assistant WithVariables(std::vector<AssistantVariable> variables) {
  Assistant assistant;
  assistant.variables = std::move(variables);
  return assistant;
}

TEST(LeadDraftText, SurvivesTheRoundTrip) {
  LeadDraft draft;
  draft.name = "Sarah";
  draft.variables = {{"budget", "10k"}, {"city", "Rome"}};
  draft.contacts.resize(1);
  draft.contacts[0].id = 9;
  draft.contacts[0].phone = "+14155550123";
  draft.contacts[0].variables = {{"role", "CTO"}};
  const LeadDraft back = DraftOf(TextOf(draft));
  EXPECT_EQ(back.variables, draft.variables);
  ASSERT_EQ(back.contacts.size(), 1u);
  EXPECT_EQ(back.contacts[0].id, 9);
  EXPECT_EQ(back.contacts[0].variables, draft.contacts[0].variables);
}

TEST(LeadDraftText, ARowWithoutANameIsNoVariable) {
  LeadText text;
  text.variables = {{"", "value"}, {"city", "Rome"}};
  EXPECT_EQ(DraftOf(text).variables.size(), 1u);
}

TEST(Prefill, AddsTheDefaultsAndKeepsWhatTheLeadHas) {
  const Assistant assistant =
      WithVariables({{"budget", "10k", false, ""}, {"city", "Oslo", false, ""}});
  LeadText text;
  text.variables = {{"city", "Rome"}};
  Prefill(nullptr, &assistant, &text);
  const Variables variables = DraftOf(text).variables;
  EXPECT_EQ(variables.at("city"), "Rome");
  EXPECT_EQ(variables.at("budget"), "10k");
}

TEST(Prefill, TakesTheUntouchedDefaultsOfTheOldAssistantAway) {
  const Assistant before =
      WithVariables({{"budget", "10k", false, ""}, {"city", "Oslo", false, ""}});
  const Assistant after = WithVariables({{"plan", "basic", false, ""}});
  LeadText text;
  text.variables = {{"budget", "10k"}, {"city", "Rome"}};
  Prefill(&before, &after, &text);
  const Variables variables = DraftOf(text).variables;
  EXPECT_EQ(variables.count("budget"), 0u);
  EXPECT_EQ(variables.at("city"), "Rome");
  EXPECT_EQ(variables.at("plan"), "basic");
}

TEST(GapsOf, NamesWhatTheAssistantDoesNotKnowAndWhatItMisses) {
  const Assistant assistant =
      WithVariables({{"plan", "", true, ""}, {"city", "Oslo", true, ""}, {"note", "", false, ""}});
  LeadText text;
  text.variables = {{"budget", "10k"}, {"plan", ""}};
  const VariableGaps gaps = GapsOf(text, assistant);
  EXPECT_EQ(gaps.unknown, std::vector<std::string>{"budget"});
  EXPECT_EQ(gaps.missing, std::vector<std::string>{"plan"});
}

TEST(RulesFor, FollowsTheSettingsAndTheAssistant) {
  CallingSettings settings;
  settings.required_fields = {"company"};
  settings.default_region = "US";
  const Assistant assistant = WithVariables({{"plan", "", true, ""}, {"city", "Oslo", true, ""}});
  const LeadRules rules = RulesFor(&settings, &assistant);
  EXPECT_FALSE(rules.require_name);
  EXPECT_TRUE(rules.require_company);
  EXPECT_EQ(rules.default_region, "US");
  EXPECT_EQ(rules.required_variables.count("plan"), 1u);
  EXPECT_EQ(rules.required_variables.count("city"), 0u);
}

}  // namespace
}  // namespace leadline
