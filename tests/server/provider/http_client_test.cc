#include "server/provider/http_client.h"

#include <gtest/gtest.h>

#include "tests/server/provider/scripted_server.h"

namespace leadline {
namespace {

Endpoint At(int port) {
  Endpoint e;
  e.tls = false;
  e.host = "127.0.0.1";
  e.port = port;
  return e;
}

HttpRequest Create(int timeout_ms = 3000) {
  HttpRequest r;
  r.method = "POST";
  r.path = "/call";
  r.body = "{\"x\":1}";
  r.bearer_key = "key-1";
  r.timeout_ms = timeout_ms;
  return r;
}

// Reads until the request's last byte; what came.
std::string ReadAll(int s) {
  std::string got;
  char buffer[4096];
  while (got.find("{\"x\":1}") == std::string::npos) {
    const ssize_t n = recv(s, buffer, sizeof buffer, 0);
    if (n <= 0) break;
    got.append(buffer, static_cast<size_t>(n));
  }
  return got;
}

void Say(int s, std::string_view text) {
  (void)!send(s, text.data(), text.size(), MSG_NOSIGNAL);
}

void Reset(int s) {
  const linger now = {1, 0};
  setsockopt(s, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

TEST(SendOnce, BringsTheAnswerAndSaysWhoAsks) {
  ScriptedServer server;
  server.On("POST /v/call", {201, "{\"id\":\"7\"}", {{"Retry-After", "3"}}});
  Endpoint endpoint = *ParseEndpoint(server.url() + "/v/");
  const HttpReply reply = SendOnce(endpoint, Create());
  EXPECT_TRUE(reply.may_have_arrived);
  EXPECT_TRUE(reply.complete);
  EXPECT_EQ(reply.status, 201);
  EXPECT_EQ(reply.body, "{\"id\":\"7\"}");
  EXPECT_EQ(reply.headers.at("retry-after"), "3");
  EXPECT_EQ(server.last().user_agent, "Leadline/0.1");
  EXPECT_EQ(server.last().authorization, "Bearer key-1");
  EXPECT_EQ(server.last().body, "{\"x\":1}");
}

TEST(SendOnce, KnowsThatNothingLeftWhenNobodyListens) {
  int port = 0;
  {
    RawServer gone([](int) {});
    port = gone.port();
  }
  const HttpReply reply = SendOnce(At(port), Create());
  EXPECT_FALSE(reply.may_have_arrived);
  EXPECT_FALSE(reply.complete);
  EXPECT_EQ(reply.status, 0);
  EXPECT_FALSE(reply.problem.empty());
}

TEST(SendOnce, KnowsThatNothingLeftWhenTheNameIsNotKnown) {
  Endpoint nowhere = At(80);
  nowhere.host = "no-such-host.invalid";
  EXPECT_FALSE(SendOnce(nowhere, Create()).may_have_arrived);
}

// At whatever stage the other side goes away after the connection stood: unclear, and one
// connection only.
TEST(SendOnce, IsUnclearAboutEveryLaterFailureAndNeverTriesAgain) {
  const struct {
    const char* stage;
    std::function<void(int)> serve;
    int status;
  } rows[] = {
      {"closes at once", [](int) {}, 0},
      {"resets after a byte",
       [](int s) {
         char c;
         (void)!recv(s, &c, 1, 0);
         Reset(s);
       },
       0},
      {"closes after a byte",
       [](int s) {
         char c;
         (void)!recv(s, &c, 1, 0);
       },
       0},
      {"closes after the request", [](int s) { ReadAll(s); }, 0},
      {"resets after the request",
       [](int s) {
         ReadAll(s);
         Reset(s);
       },
       0},
      {"half a status line",
       [](int s) {
         ReadAll(s);
         Say(s, "HTTP/1.1 2");
       },
       0},
      {"no end of headers",
       [](int s) {
         ReadAll(s);
         Say(s, "HTTP/1.1 201 Created\r\nContent-Le");
       },
       0},
      {"half a body",
       [](int s) {
         ReadAll(s);
         Say(s, "HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{\"id\":");
       },
       201},
      {"no HTTP at all",
       [](int s) {
         ReadAll(s);
         Say(s, "SSH-2.0-OpenSSH_9.2\r\n\r\n");
       },
       0},
  };
  for (const auto& row : rows) {
    RawServer server(row.serve);
    const HttpReply reply = SendOnce(At(server.port()), Create());
    EXPECT_TRUE(reply.may_have_arrived) << row.stage;
    EXPECT_FALSE(reply.complete) << row.stage;
    EXPECT_EQ(reply.status, row.status) << row.stage;
    EXPECT_FALSE(reply.problem.empty()) << row.stage;
    EXPECT_EQ(server.connections(), 1) << row.stage;
  }
}

TEST(SendOnce, UsesAFreshConnectionForEveryRequest) {
  RawServer server([](int s) {
    const std::string request = ReadAll(s);
    EXPECT_NE(request.find("Connection: close"), std::string::npos);
    Say(s, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
  });
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(SendOnce(At(server.port()), Create()).complete);
  EXPECT_EQ(server.connections(), 3);
}

TEST(SendOnce, EndsAtItsDeadlineThoughBytesKeepDripping) {
  std::atomic<bool> stop{false};
  RawServer server([&](int s) {
    ReadAll(s);
    Say(s, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    while (!stop && send(s, "x", 1, MSG_NOSIGNAL) == 1) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  });
  const HttpReply reply = SendOnce(At(server.port()), Create(200));
  stop = true;
  EXPECT_TRUE(reply.may_have_arrived);
  EXPECT_FALSE(reply.complete);
  EXPECT_EQ(reply.status, 200);
}

TEST(SendOnce, TakesNoMoreThanTheLimit) {
  ScriptedServer server;
  server.On("POST /call", {200, std::string(5000, 'x')});
  HttpRequest request = Create();
  request.max_reply_bytes = 1000;
  const HttpReply reply = SendOnce(*ParseEndpoint(server.url()), request);
  EXPECT_FALSE(reply.complete);
  EXPECT_LE(reply.body.size(), 1000u);
  EXPECT_EQ(reply.problem, "the answer was larger than allowed");
}

TEST(SendOnce, FollowsNoRedirect) {
  ScriptedServer other;
  ScriptedServer server;
  server.On("POST /call", {307, "", {{"Location", other.url() + "/call"}}});
  EXPECT_EQ(SendOnce(*ParseEndpoint(server.url()), Create()).status, 307);
  EXPECT_TRUE(other.seen().empty());
}

}  // namespace
}  // namespace leadline
