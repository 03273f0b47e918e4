#include "client/views/lead_conflict.h"

#include <gtest/gtest.h>

namespace leadline {
namespace {

LeadDraft Base() {
  LeadDraft draft;
  draft.campaign_id = 1;
  draft.name = "Sarah";
  draft.email = "sarah@example.com";
  draft.company = "TechStart";
  draft.variables = {{"budget", "10k"}, {"city", "Rome"}};
  return draft;
}

TEST(LeadConflict, WhatIsTheSameOnBothSidesIsNoDifference) {
  EXPECT_TRUE(DifferencesOf(Base(), Base(), Base()).empty());
}

TEST(LeadConflict, MineIsProposedWhereIChangedItAndTheirsElsewhere) {
  LeadDraft mine = Base();
  mine.name = "Sara";
  mine.variables["budget"] = "20k";
  LeadDraft theirs = Base();
  theirs.email = "s@example.com";
  theirs.variables["budget"] = "30k";
  const std::vector<Difference> differences = DifferencesOf(Base(), mine, theirs);
  ASSERT_EQ(differences.size(), 3u);
  const LeadDraft merged = Merge(mine, theirs, differences);
  EXPECT_EQ(merged.name, "Sara");
  EXPECT_EQ(merged.email, "s@example.com");
  EXPECT_EQ(merged.variables.at("budget"), "20k");
  EXPECT_EQ(merged.variables.at("city"), "Rome");
}

TEST(LeadConflict, TheUsersChoiceDecides) {
  LeadDraft mine = Base();
  mine.name = "Sara";
  LeadDraft theirs = Base();
  theirs.name = "Sarah J.";
  std::vector<Difference> differences = DifferencesOf(Base(), mine, theirs);
  ASSERT_EQ(differences.size(), 1u);
  differences[0].take_mine = false;
  EXPECT_EQ(Merge(mine, theirs, differences).name, "Sarah J.");
}

TEST(LeadConflict, AVariableThatIRemovedGoesOnlyIfIKeepThat) {
  LeadDraft mine = Base();
  mine.variables.erase("city");
  LeadDraft theirs = Base();
  theirs.variables["city"] = "Milan";
  std::vector<Difference> differences = DifferencesOf(Base(), mine, theirs);
  ASSERT_EQ(differences.size(), 1u);
  EXPECT_EQ(Merge(mine, theirs, differences).variables.count("city"), 0u);
  differences[0].take_mine = false;
  EXPECT_EQ(Merge(mine, theirs, differences).variables.at("city"), "Milan");
}

TEST(LeadConflict, ContactsAreOneChoice) {
  LeadDraft mine = Base();
  mine.contacts.resize(1);
  mine.contacts[0].phone = "+14155550123";
  const LeadDraft theirs = Base();
  const std::vector<Difference> differences = DifferencesOf(Base(), mine, theirs);
  ASSERT_EQ(differences.size(), 1u);
  EXPECT_EQ(Merge(mine, theirs, differences).contacts.size(), 1u);
}

}  // namespace
}  // namespace leadline
