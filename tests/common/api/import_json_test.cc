#include "common/api/import_json.h"

#include <gtest/gtest.h>

namespace leadline {
namespace {

Result<ImportOptions> Decode(std::string_view mends) {
  const Result<Json> body = ParseJson("{\"mends\":" + std::string(mends) + "}");
  ImportOptions options;
  const Status status = body.ok() ? DecodeImportOptions(*body, &options) : body.status();
  if (!status.ok()) return status;
  return options;
}

TEST(ImportJson, MendsComeBackAsTheyWere) {
  ImportOptions options;
  options.mends.Set(17, {.cells = {{0, "+14155551234"}, {2, ""}}});
  options.mends.Set(18, {.cells = {{1, "Ben"}}, .left_out = true});
  options.mends.Set(5, {.left_out = true});
  options.mends.repairs = {"phone_trunk_zero"};
  options.mends.replacements = {{2, " n/a", "", true}};
  ImportOptions read;
  ASSERT_TRUE(DecodeImportOptions(ImportOptionsJson(options), &read).ok());
  EXPECT_EQ(read.mends.rows, options.mends.rows);
  EXPECT_EQ(read.mends.repairs, options.mends.repairs);
  EXPECT_EQ(read.mends.replacements, options.mends.replacements);
}

struct BadCase {
  const char* mends;
  const char* path;
  const char* code;
};
void PrintTo(const BadCase& c, std::ostream* out) {
  *out << c.mends;
}
class BadMends : public testing::TestWithParam<BadCase> {};
TEST_P(BadMends, AreRefusedWithTheirPlace) {
  const Result<ImportOptions> read = Decode(GetParam().mends);
  ASSERT_FALSE(read.ok());
  ASSERT_EQ(read.status().fields().size(), 1u);
  EXPECT_EQ(read.status().fields()[0].path, GetParam().path);
  EXPECT_EQ(read.status().fields()[0].code, GetParam().code);
}
INSTANTIATE_TEST_SUITE_P(
    ImportJson, BadMends,
    testing::Values(BadCase{R"({"rows":{"0":{"1":"x"}}})", "mends.rows.0", "not_a_mend"},
                    BadCase{R"({"rows":{"x7":{"1":"x"}}})", "mends.rows.x7", "not_a_mend"},
                    BadCase{R"({"rows":{"7":["x"]}})", "mends.rows.7", "not_a_mend"},
                    BadCase{R"({"rows":{"7":{"1":5}}})", "mends.rows.7", "not_a_mend"},
                    BadCase{R"({"rows":{"7":{"1025":"x"}}})", "mends.rows.7", "not_a_mend"},
                    BadCase{R"({"rows":{"99999999999999999999":{"1":"x"}}})",
                            "mends.rows.99999999999999999999", "not_a_mend"},
                    BadCase{R"({"left_out":[0]})", "mends.left_out", "not_a_row"},
                    BadCase{R"({"left_out":"5"})", "mends.left_out", "not_a_list"},
                    BadCase{R"({"replace":[{"column":0,"find":"a"}]})", "mends.replace[0].column",
                            "out_of_range"},
                    BadCase{R"({"replace":[{"column":1,"find":7}]})", "mends.replace[0].find",
                            "not_text"},
                    BadCase{R"({"replace":[{"column":1,"what":"a"}]})", "mends.replace[0].what",
                            "unknown_member"},
                    BadCase{R"({"cells":{}})", "mends.cells", "unknown_member"}));

}  // namespace
}  // namespace leadline
