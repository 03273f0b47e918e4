#include "server/http/head.h"

#include <gtest/gtest.h>

namespace leadline {
namespace {

std::string WithHeaders(const std::string& headers) {
  return "POST /x HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n";
}

TEST(RequestHead, IsReadAsItStands) {
  const std::string text =
      "PATCH /api/v1/leads/7?a=b%20c HTTP/1.1\r\nHost: 127.0.0.1:8080\r\ncontent-LENGTH:  12 \r\n"
      "X-Odd: %0d%0aSet-Cookie: a\r\nExpect: 100-continue\r\n\r\n";
  RequestHead head;
  HeadError error;
  ASSERT_TRUE(ParseHead(text, &head, &error)) << error.message;
  EXPECT_EQ(head.method, "PATCH");
  EXPECT_EQ(head.path, "/api/v1/leads/7");
  EXPECT_EQ(head.target, "/api/v1/leads/7?a=b%20c");
  EXPECT_EQ(head.content_length, 12u);
  EXPECT_TRUE(head.keep_alive);
  EXPECT_TRUE(head.expects_continue);
  EXPECT_EQ(head.Get("x-odd"), "%0d%0aSet-Cookie: a") << "a value is never decoded";
  EXPECT_EQ(head.Get("missing"), "");
}

TEST(RequestHead, KnowsWhenTheConnectionEnds) {
  RequestHead head;
  HeadError error;
  ASSERT_TRUE(ParseHead(WithHeaders("Connection: close\r\n"), &head, &error));
  EXPECT_FALSE(head.keep_alive);
  ASSERT_TRUE(ParseHead("GET / HTTP/1.0\r\n\r\n", &head, &error));
  EXPECT_FALSE(head.keep_alive);
  ASSERT_TRUE(ParseHead("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", &head, &error));
  EXPECT_TRUE(head.keep_alive);
}

struct Refused {
  const char* why;
  std::string text;
  int status;
  const char* code;
};

// Else a case would be named by its bytes, which differ from run to run.
void PrintTo(const Refused& c, std::ostream* out) {
  *out << c.why;
}

class RequestHeadRefused : public ::testing::TestWithParam<Refused> {};

TEST_P(RequestHeadRefused, WithStatusAndCode) {
  RequestHead head;
  HeadError error;
  EXPECT_FALSE(ParseHead(GetParam().text, &head, &error)) << GetParam().why;
  EXPECT_EQ(error.http_status, GetParam().status) << GetParam().why;
  EXPECT_STREQ(error.code, GetParam().code) << GetParam().why;
}

std::string ManyHeaders(int n) {
  std::string headers;
  for (int i = 0; i < n; ++i) headers += "h" + std::to_string(i) + ": v\r\n";
  return headers;
}

INSTANTIATE_TEST_SUITE_P(
    All, RequestHeadRefused,
    ::testing::Values(
        Refused{"no words", "\r\n\r\n", 400, "bad_request_line"},
        Refused{"two words", "GET /\r\nHost: a\r\n\r\n", 400, "bad_request_line"},
        Refused{"old", "GET / HTTP/0.9\r\nHost: a\r\n\r\n", 505, "bad_http_version"},
        Refused{"new", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505, "bad_http_version"},
        Refused{"method", "CONNECT / HTTP/1.1\r\nHost: a\r\n\r\n", 501, "unknown_method"},
        Refused{"case", "get / HTTP/1.1\r\nHost: a\r\n\r\n", 501, "unknown_method"},
        Refused{"absolute", "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400, "bad_target"},
        Refused{"fragment", "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n", 400, "bad_target"},
        Refused{"blank", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400, "bad_target"},
        Refused{"eight bit", "GET /\xC3\xA9 HTTP/1.1\r\nHost: a\r\n\r\n", 400, "bad_target"},
        Refused{"long", "GET /" + std::string(9000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414,
                "target_too_long"},
        Refused{"line feeds alone", "GET / HTTP/1.1\nHost: a\n\n\r\n\r\n", 400, "bad_request_line"},
        Refused{"loose CR", WithHeaders("A: b\rc\r\n"), 400, "bad_header"},
        Refused{"folded", WithHeaders("A: b\r\n c\r\n"), 400, "bad_header"},
        Refused{"blank before colon", WithHeaders("A : b\r\n"), 400, "bad_header"},
        Refused{"no colon", WithHeaders("A\r\n"), 400, "bad_header"},
        Refused{"no name", WithHeaders(": b\r\n"), 400, "bad_header"},
        Refused{"NUL", WithHeaders(std::string("A: b\0c\r\n", 8)), 400, "bad_header"},
        Refused{"65 headers", WithHeaders(ManyHeaders(64)), 431, "too_many_headers"},
        Refused{"no host", "GET / HTTP/1.1\r\n\r\n", 400, "bad_host"},
        Refused{"two hosts", WithHeaders("Host: b\r\n"), 400, "bad_host"},
        Refused{"chunked", WithHeaders("Transfer-Encoding: chunked\r\n"), 411, "length_required"},
        Refused{"hidden chunked", WithHeaders("transfer-encoding: identity\r\n"), 411,
                "length_required"},
        Refused{"packed", WithHeaders("Content-Encoding: gzip\r\n"), 415, "content_encoding"},
        Refused{"two lengths", WithHeaders("Content-Length: 5\r\nContent-Length: 5\r\n"), 400,
                "bad_content_length"},
        Refused{"list of lengths", WithHeaders("Content-Length: 5, 5\r\n"), 400,
                "bad_content_length"},
        Refused{"signed length", WithHeaders("Content-Length: +5\r\n"), 400, "bad_content_length"},
        Refused{"negative", WithHeaders("Content-Length: -5\r\n"), 400, "bad_content_length"},
        Refused{"hex", WithHeaders("Content-Length: 0x5\r\n"), 400, "bad_content_length"},
        Refused{"empty", WithHeaders("Content-Length:\r\n"), 400, "bad_content_length"},
        Refused{"huge", WithHeaders("Content-Length: 99999999999999999999\r\n"), 400,
                "bad_content_length"},
        Refused{"body on GET", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n", 400,
                "body_not_allowed"},
        Refused{"expect", WithHeaders("Expect: miracles\r\n"), 417, "bad_expect"}));

TEST(RequestHead, SixtyFourHeadersAreTaken) {
  RequestHead head;
  HeadError error;
  EXPECT_TRUE(ParseHead(WithHeaders(ManyHeaders(63)), &head, &error)) << error.message;
}

}  // namespace
}  // namespace leadline
