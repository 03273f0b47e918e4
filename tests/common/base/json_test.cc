#include "common/base/json.h"

#include <gtest/gtest.h>

namespace leadline {
namespace {

TEST(ParseJson, SaysWhereReadingStopped) {
  const auto r = ParseJson("{\"a\": 1,, }");
  ASSERT_FALSE(r.ok());
  EXPECT_EQ(r.status().slug(), "json_malformed");
  EXPECT_NE(r.status().message().find("byte 9"), std::string::npos) << r.status().message();
}

TEST(ParseJson, RefusesDeepNestingWithoutBuildingIt) {
  EXPECT_TRUE(ParseJson(std::string(64, '[') + std::string(64, ']')).ok());
  EXPECT_EQ(ParseJson(std::string(65, '[') + std::string(65, ']')).status().slug(),
            "json_too_deep");
  EXPECT_EQ(ParseJson(std::string(5'000'000, '[')).status().slug(), "json_too_deep");
}

TEST(ParseJson, RefusesTooManyValues) {
  EXPECT_TRUE(ParseJson("[1,2,3]", 4).ok());
  const auto r = ParseJson("[1,2,3,4]", 4);
  EXPECT_EQ(r.status().slug(), "json_too_large");
  EXPECT_EQ(r.status().code(), Code::kTooLarge);
}

TEST(ObjectReader, ReportsEveryProblemAtOnceWithItsPath) {
  const Json body = *ParseJson(R"({"name": 5, "tries": 99, "surprise": true})");
  ObjectReader r(body, "lead");
  EXPECT_EQ(r.Text("name", {}), "");
  EXPECT_EQ(r.Int("tries", 3, 1, 10), 3);
  EXPECT_EQ(r.Text("phone", {.required = true}), "");
  const Status s = r.Finish();
  ASSERT_EQ(s.fields().size(), 4u);
  EXPECT_EQ(s.fields()[0].path, "lead.name");
  EXPECT_EQ(s.fields()[0].code, "not_text");
  EXPECT_EQ(s.fields()[1].code, "out_of_range");
  EXPECT_EQ(s.fields()[2].code, "required");
  EXPECT_EQ(s.fields()[3].path, "lead.surprise");
  EXPECT_EQ(s.fields()[3].code, "unknown_member");
}

TEST(ObjectReader, TrimsTextAndDropsControlCharacters) {
  const Json body = *ParseJson("{\"name\": \"  Ann\\u0000\\u0007 Lee\\u00a0\"}");
  ObjectReader r(body, "");
  EXPECT_EQ(r.Text("name", {}), "Ann Lee");
  EXPECT_TRUE(r.Finish().ok());
}

TEST(IntOf, TakesOnlyWholeNumbersThatADoubleHoldsExactly) {
  EXPECT_EQ(IntOf(*ParseJson("3.0")), 3);
  EXPECT_EQ(IntOf(*ParseJson("-7")), -7);
  EXPECT_FALSE(IntOf(*ParseJson("3.5")).has_value());
  EXPECT_FALSE(IntOf(*ParseJson("1e300")).has_value());
  EXPECT_FALSE(IntOf(*ParseJson("18446744073709551615")).has_value());
  EXPECT_FALSE(IntOf(*ParseJson("\"3\"")).has_value());
}

}  // namespace
}  // namespace leadline
