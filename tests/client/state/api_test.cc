#include "client/net/api.h"

#include <gtest/gtest.h>

#include "tests/client/state/harness.h"

namespace leadline {
namespace {

TEST(Api, TellsAnAnswerThatNeverCameFromOneThatRefuses) {
  EXPECT_EQ(StatusOfReply({1, 0, ""}).slug(), "offline");
  const Status refused = StatusOfReply(
      {1, 422,
       R"({"status":422,"code":"lead_invalid","detail":"Mend it.","fields":[{"path":"phone","code":"x","message":"m"}]})"});
  EXPECT_EQ(refused.code(), Code::kInvalid);
  ASSERT_EQ(refused.fields().size(), 1u);
  EXPECT_EQ(refused.fields()[0].path, "phone");
  // A proxy's page instead of JSON.
  EXPECT_FALSE(StatusOfReply({1, 502, "<html>"}).ok());
}

TEST(Api, AnAnswerThatIsNotWhatItShouldBeIsAnErrorAndNoCrash) {
  EXPECT_FALSE(DecodeLead({1, 200, "[]"}).ok());
  EXPECT_FALSE(DecodeLeads({1, 200, "{}"}).ok());
  EXPECT_FALSE(DecodeLeads({1, 200, R"({"items":3})"}).ok());
  EXPECT_FALSE(DecodeHealth({1, 200, R"({"status":"ok"})"}).ok());
  EXPECT_TRUE(DecodeLeads({1, 200, R"({"items":[1,"x",null],"total":"many"})"}).ok());
}

TEST(Api, APatchNamesTheVariablesThatAreGone) {
  LeadDraft before;
  before.variables = {{"budget", "10k"}, {"city", "Rome"}};
  before.contacts.resize(1);
  before.contacts[0].id = 9;
  before.contacts[0].variables = {{"role", "CTO"}};
  LeadDraft after = before;
  after.variables.erase("city");
  after.contacts[0].variables.clear();
  const Json patch = LeadPatch(before, after);
  EXPECT_TRUE(Member(patch, "variables").contains("city"));
  EXPECT_TRUE(Member(Member(patch, "variables"), "city").is_null());
  EXPECT_EQ(TextOr(Member(patch, "variables"), "budget"), "10k");
  EXPECT_TRUE(Member(patch, "contacts")[0]["variables"].contains("role"));
}

}  // namespace
}  // namespace leadline
