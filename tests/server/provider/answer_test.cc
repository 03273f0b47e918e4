#include "server/provider/answer.h"

#include <gtest/gtest.h>

namespace leadline {
namespace {

HttpReply Answered(int status, std::string body, std::map<std::string, std::string> headers = {}) {
  HttpReply r;
  r.may_have_arrived = true;
  r.complete = true;
  r.status = status;
  r.body = std::move(body);
  r.headers = std::move(headers);
  return r;
}

TEST(RetryAfterMs, ReadsSecondsMillisecondsDatesAndResets) {
  const std::string date = "Mon, 02 Mar 2026 17:00:00 GMT";
  const struct {
    std::map<std::string, std::string> headers;
    TimeMs wait;
  } rows[] = {
      {{}, 0},
      {{{"retry-after", "3"}}, 3000},
      {{{"retry-after", "3"}, {"retry-after-ms", "250"}}, 250},
      {{{"retry-after", "Mon, 02 Mar 2026 17:01:30 GMT"}, {"date", date}}, 90000},
      {{{"retry-after", "Mon, 02 Mar 2026 17:01:30 GMT"}}, 0},
      {{{"retry-after", "Mon, 02 Mar 2026 16:00:00 GMT"}, {"date", date}}, 0},
      {{{"x-ratelimit-reset", "1772470860"}, {"date", date}}, 60000},
      {{{"retry-after", "99999999999999999"}}, kDayMs},
      {{{"retry-after-ms", "9223372036854775807"}}, kDayMs},
      {{{"x-ratelimit-reset", "9223372036854775807"}, {"date", date}}, kDayMs},
      {{{"retry-after", "-5"}}, 0},
      {{{"retry-after", "soon"}, {"date", date}}, 0},
      {{{"retry-after", "Mon, 02 Xxx 2026 17:01:30 GMT"}, {"date", date}}, 0},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(RetryAfterMs(Answered(429, "", row.headers)), row.wait)
        << (row.headers.empty() ? "" : row.headers.begin()->second);
  }
}

TEST(MessageOf, ReadsTheWordsWhereverTheyAre) {
  const auto words = [](const char* body) { return MessageOf(Answered(400, body), {}); };
  EXPECT_EQ(words(R"({"message":"no","error":"Bad Request"})"), "no");
  EXPECT_EQ(words(R"({"message":["a","b",3]})"), "a; b");
  EXPECT_EQ(words(R"({"error_message":"request/body"})"), "request/body");
  EXPECT_EQ(words(R"({"error":"Forbidden"})"), "Forbidden");
  EXPECT_EQ(words("error code: 1010"), "error code: 1010");
  EXPECT_EQ(words(R"({"twilioAuthToken":"x"})"), "HTTP 400");
  EXPECT_EQ(words(""), "HTTP 400");
}

TEST(SafeText, ClipsCleansAndHidesSecrets) {
  EXPECT_EQ(SafeText("key sk-1 and sk-1\r\n\x1b[31m", {"sk-1", ""}, 100), "key *** and *** [31m");
  EXPECT_LE(SafeText(std::string(1000, 'x'), {}, 50).size(), 53u);
  const std::string late = std::string(48, 'x') + "canary";
  EXPECT_EQ(SafeText(late, {"canary"}, 50).find("can"), std::string::npos);
}

TEST(JudgePlacement, SaysAcceptedRefusedOrUnclear) {
  using Kind = PlaceResult::Kind;
  HttpReply not_sent;
  not_sent.problem = "the connection could not be opened";
  HttpReply broken = Answered(0, "");
  broken.complete = false;
  broken.problem = "no answer came in time";
  HttpReply half = Answered(201, "{\"id\":\"7\"}");
  half.complete = false;
  HttpReply half_refusal = Answered(400, "{\"mess");
  half_refusal.complete = false;
  const struct {
    const char* what;
    HttpReply reply;
    Kind kind;
    const char* code;
  } rows[] = {
      {"created", Answered(201, R"({"id":"7"})"), Kind::kAccepted, ""},
      {"no id", Answered(201, "{}"), Kind::kUnclear, "unknown_error"},
      {"id is a number", Answered(201, R"({"id":7})"), Kind::kUnclear, "unknown_error"},
      {"cut", Answered(201, R"({"id":"7)"), Kind::kUnclear, "unknown_error"},
      {"broke off", half, Kind::kUnclear, "unknown_error"},
      {"redirect", Answered(307, ""), Kind::kUnclear, "unknown_error"},
      {"server error", Answered(500, ""), Kind::kUnclear, "server_error"},
      {"proxy's page", Answered(502, "<html>"), Kind::kUnclear, "server_error"},
      {"no answer", broken, Kind::kUnclear, "network_error"},
      {"never left", not_sent, Kind::kRefused, "network_error"},
      {"refused", Answered(401, ""), Kind::kRefused, "api_key_invalid"},
      {"refused, then cut", half_refusal, Kind::kRefused, "unknown_error"},
      {"limit", Answered(429, "", {{"retry-after", "2"}}), Kind::kRefused, "rate_limit_exceeded"},
  };
  for (const auto& row : rows) {
    const PlaceResult r = JudgePlacement(Provider::kVapi, row.reply, "id", {});
    EXPECT_EQ(r.kind, row.kind) << row.what;
    EXPECT_EQ(r.verdict.code, row.code) << row.what;
    EXPECT_EQ(r.provider_message.empty(), row.kind == Kind::kAccepted) << row.what;
  }
}

TEST(WithoutSecrets, MasksWhateverNamesOne) {
  const auto json = ParseJson(R"({"phoneNumber":{"twilioAuthToken":"C","number":"+1"},
    "a":[{"apiKey":"C"},{"headers":{"Authorization":"C","x-vapi-secret":"C"}}],
    "serverUrlSecret":"C","credentials":["C","C"],"promptTokens":120,"transcript":"fine"})");
  const std::string text = DumpJson(WithoutSecrets(*json));
  EXPECT_EQ(text.find("\"C\""), std::string::npos) << text;
  EXPECT_NE(text.find("120"), std::string::npos);
  EXPECT_NE(text.find("fine"), std::string::npos);
  EXPECT_NE(text.find("+1"), std::string::npos);
}

TEST(CallFields, BoundWhatTheyTake) {
  EXPECT_EQ(MicroUsd(Json(0.1234567), 1), 123457);
  EXPECT_EQ(MicroUsd(Json(70), 0.01), 700000);
  for (const Json& odd : {Json(), Json("1"), Json(-1), Json(1e300)}) EXPECT_EQ(MicroUsd(odd, 1), 0);
  EXPECT_EQ(HttpUrlOr(Json("https://a/b")), "https://a/b");
  for (const char* bad : {"javascript:x", "https://a b", "file:///etc", ""}) {
    EXPECT_EQ(HttpUrlOr(Json(bad)), "") << bad;
  }
  EXPECT_LE(CleanText(Json(std::string(100000, 'x')), 1000).size(), 1003u);
}

}  // namespace
}  // namespace leadline
