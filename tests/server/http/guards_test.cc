#include "server/http/guards.h"

#include <gtest/gtest.h>

#include "server/http/routes.h"

namespace leadline {
namespace {

struct Case {
  const char* what;
  const char* request;  // without Host, which is "host"
  const char* host;
  bool allowed;
  const char* code;
};

// Else a case would be named by its bytes, which differ from run to run.
void PrintTo(const Case& c, std::ostream* out) {
  *out << c.what;
}

class GuardsDecide : public ::testing::TestWithParam<Case> {};

TEST_P(GuardsDecide, OnTheHeadAlone) {
  const Case& c = GetParam();
  Guards guards("https://Calls.Example.com/");
  guards.SetPort(8080);
  std::string text = c.request;
  text.insert(text.find("\r\n") + 2, std::string("Host: ") + c.host + "\r\n");
  text += "\r\n";  // `head` is views into it
  RequestHead head;
  HeadError error;
  ASSERT_TRUE(ParseHead(text, &head, &error)) << c.what;
  const RouteMatch match = FindRoute(Routes(), head.method, head.path);
  ASSERT_NE(match.route, nullptr) << c.what;
  EXPECT_EQ(guards.Allow(head, *match.route, &error), c.allowed) << c.what;
  EXPECT_STREQ(c.allowed ? "" : error.code, c.code) << c.what;
}

#define GET_LEADS "GET /api/v1/leads HTTP/1.1\r\n"
#define ADD_LEAD "POST /api/v1/leads HTTP/1.1\r\nContent-Length: 2\r\n"
#define JSON_BODY "Content-Type: application/json\r\n"
#define VAPI_HOOK "POST /webhooks/vapi HTTP/1.1\r\nContent-Length: 2\r\n"

INSTANTIATE_TEST_SUITE_P(
    All, GuardsDecide,
    ::testing::Values(
        Case{"curl", GET_LEADS, "127.0.0.1:8080", true, ""},
        Case{"by name", GET_LEADS, "LocalHost:8080", true, ""},
        Case{"IPv6", GET_LEADS, "[::1]:8080", true, ""},
        Case{"a rebound name", GET_LEADS, "evil.example:8080", false, "wrong_host"},
        Case{"another port", GET_LEADS, "127.0.0.1:8081", false, "wrong_host"},
        Case{"no port", GET_LEADS, "127.0.0.1", false, "wrong_host"},
        Case{"the public name at the API", GET_LEADS, "calls.example.com", false, "wrong_host"},
        Case{"the public name at a webhook", VAPI_HOOK, "calls.example.com", true, ""},
        Case{"another name at a webhook", VAPI_HOOK, "evil.example", false, "wrong_host"},
        Case{"a webhook from this machine", VAPI_HOOK, "127.0.0.1:8080", true, ""},
        Case{"our page",
             GET_LEADS "Sec-Fetch-Site: same-origin\r\nOrigin: http://127.0.0.1:8080\r\n",
             "127.0.0.1:8080", true, ""},
        Case{"typed in", GET_LEADS "Sec-Fetch-Site: none\r\n", "127.0.0.1:8080", true, ""},
        Case{"another site", GET_LEADS "Sec-Fetch-Site: cross-site\r\n", "127.0.0.1:8080", false,
             "other_origin"},
        Case{"another port's page", GET_LEADS "Sec-Fetch-Site: same-site\r\n", "127.0.0.1:8080",
             false, "other_origin"},
        Case{"an old browser's other page", GET_LEADS "Origin: http://evil.example\r\n",
             "127.0.0.1:8080", false, "other_origin"},
        Case{"a sandboxed frame", GET_LEADS "Origin: null\r\n", "127.0.0.1:8080", false,
             "other_origin"},
        Case{"TLS look-alike", GET_LEADS "Origin: https://127.0.0.1:8080\r\n", "127.0.0.1:8080",
             false, "other_origin"},
        Case{"a link to the client", "GET / HTTP/1.1\r\nSec-Fetch-Site: cross-site\r\n",
             "127.0.0.1:8080", true, ""},
        Case{"JSON", ADD_LEAD JSON_BODY, "127.0.0.1:8080", true, ""},
        Case{"JSON with charset", ADD_LEAD "Content-Type: Application/JSON; charset=utf-8\r\n",
             "127.0.0.1:8080", true, ""},
        Case{"a form", ADD_LEAD "Content-Type: application/x-www-form-urlencoded\r\n",
             "127.0.0.1:8080", false, "json_expected"},
        Case{"plain text", ADD_LEAD "Content-Type: text/plain\r\n", "127.0.0.1:8080", false,
             "json_expected"},
        Case{"no type", ADD_LEAD, "127.0.0.1:8080", false, "json_expected"}));

TEST(ListenAddress, IsHeldToTheLoopback) {
  EXPECT_EQ(ParseListenAddress("127.0.0.1:8080")->port, 8080);
  EXPECT_EQ(ParseListenAddress("localhost:0")->host, "localhost");
  EXPECT_EQ(ParseListenAddress("[::1]:9")->host, "::1");
  for (const char* beyond : {"0.0.0.0:8080", "[::]:8080", "192.168.1.5:80", "example.com:80",
                             "127.0.0.2:80", ":8080", "*:8080"}) {
    EXPECT_EQ(ParseListenAddress(beyond).status().slug(), "listen_beyond_loopback") << beyond;
  }
  for (const char* bad :
       {"", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", "127.0.0.1:-1"}) {
    EXPECT_EQ(ParseListenAddress(bad).status().slug(), "bad_listen_address") << bad;
  }
}

TEST(HostOfUrl, TakesWebAddressesOnly) {
  EXPECT_EQ(HostOfUrl("https://Calls.Example.com/x"), "calls.example.com");
  EXPECT_EQ(HostOfUrl("http://127.0.0.1:8080"), "127.0.0.1:8080");
  EXPECT_EQ(HostOfUrl("ftp://a"), "");
  EXPECT_EQ(HostOfUrl(""), "");
}

}  // namespace
}  // namespace leadline
