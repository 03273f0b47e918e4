#include "common/api/envelope.h"

#include <gtest/gtest.h>

namespace leadline {
namespace {

TEST(Envelope, AProblemComesBackAsItWas) {
  const Problem problem = {409,
                           "Conflict",
                           "conflict",
                           "It changed meanwhile.",
                           {{"contacts[1].phone", "phone_missing", "The number is missing."}},
                           "r-1",
                           {{"id", 7}}};
  const Problem read = ReadProblem(409, DumpJson(ProblemJson(problem)));
  EXPECT_EQ(ProblemJson(read), ProblemJson({.status = 409,
                                            .title = "Conflict",
                                            .code = "conflict",
                                            .detail = "It changed meanwhile.",
                                            .fields = problem.fields,
                                            .request_id = "r-1",
                                            .current = problem.current}));
  const Status status = StatusOf(read);
  EXPECT_EQ(status.code(), Code::kConflict);
  EXPECT_EQ(status.fields(), problem.fields);
}

TEST(Envelope, A409OfARuleIsARefusalNotAConflict) {
  Problem problem;
  problem.status = 409;
  problem.code = "call_on";
  EXPECT_EQ(StatusOf(problem).code(), Code::kRefused);
}

TEST(Envelope, AnAnswerThatIsNoProblemDocumentStillSaysSomething) {
  for (const char* body : {"", "<html>bad gateway</html>", "[]", "{}", "null"}) {
    const Problem problem = ReadProblem(502, body);
    EXPECT_EQ(problem.code, "http_error") << body;
    EXPECT_FALSE(problem.detail.empty()) << body;
    EXPECT_EQ(StatusOf(problem).code(), Code::kUnavailable) << body;
  }
  EXPECT_EQ(ReadProblem(0, "").code, "unreachable");
}

TEST(Envelope, APageComesBackAsItWas) {
  PageHead head;
  const Json page = PageJson(Json::array({1, 2}), "abc", 7);
  EXPECT_EQ(ReadPage(page, &head).size(), 2u);
  EXPECT_EQ(head.next_cursor, "abc");
  EXPECT_EQ(head.total, 7);
  EXPECT_FALSE(head.total_is_floor);
  ReadPage(PageJson(Json::array(), "", 7, true), &head);
  EXPECT_TRUE(head.total_is_floor);
  EXPECT_TRUE(Member(PageJson(Json::array(), "", 0), "next_cursor").is_null());
}

TEST(Envelope, AChangeComesBackAsItWas) {
  const Change change = {41, 1000, "lead", 7, {{"deleted", true}}};
  Change read;
  ASSERT_TRUE(ReadChange(ChangeJson(change), &read));
  EXPECT_EQ(ChangeJson(read), ChangeJson(change));
  EXPECT_FALSE(ReadChange(Json::array(), &read));
}

}  // namespace
}  // namespace leadline
