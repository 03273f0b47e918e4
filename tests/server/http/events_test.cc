#include <gtest/gtest.h>

#include "tests/server/http/test_server.h"

namespace leadline {
namespace {

std::string StreamRequest(const TestServer& server, const std::string& more = "") {
  return "GET /api/v1/events HTTP/1.1\r\nHost: " + server.host() + "\r\n" + more + "\r\n";
}

std::string LeadBody(int n) {
  return R"({"name":"A","email":"a@example.com","phone":"+1415555)" + std::to_string(2000 + n) +
         "\"}";
}

// The id of the event that ends `text`, which is up to and with its empty line.
int64_t IdOf(const std::string& text) {
  return std::atoll(text.c_str() + text.rfind("id: ") + 4);
}

TEST(Events, ArriveAsTheyHappen) {
  TestServer server;
  RawSocket stream(server.port());
  stream.Send(StreamRequest(server));
  const std::string head = stream.ReadUntil("\r\n\r\n");
  EXPECT_NE(head.find("200 OK"), std::string::npos);
  EXPECT_NE(head.find("text/event-stream"), std::string::npos);
  EXPECT_NE(head.find("nosniff"), std::string::npos);
  stream.ReadUntil("event: ready\ndata: ");
  stream.ReadUntil("\n\n");
  server.Add("leads", LeadBody(0));
  stream.ReadUntil("event: lead\n");
  const std::string event = stream.ReadUntil("\n\n");
  EXPECT_NE(event.find(R"("kind":"lead","ref_id":1)"), std::string::npos) << event;
  EXPECT_NE(event.find(R"("status":"created")"), std::string::npos) << event;
}

TEST(Events, ResumeAfterTheLastOneSeen) {
  TestServer server;
  server.Add("leads", LeadBody(0));
  int64_t seen = 0;
  {
    RawSocket stream(server.port());
    stream.Send(StreamRequest(server));
    seen = IdOf(stream.ReadUntil("event: ready\n"));
  }
  server.Add("leads", LeadBody(1));
  server.Add("leads", LeadBody(2));
  RawSocket stream(server.port());
  stream.Send(StreamRequest(server, "Last-Event-ID: " + std::to_string(seen) + "\r\n"));
  const std::string text = stream.ReadUntil(R"("ref_id":3)");
  EXPECT_NE(text.find(R"("kind":"lead","ref_id":2)"), std::string::npos) << text;
  EXPECT_EQ(text.find(R"("kind":"lead","ref_id":1,)"), std::string::npos) << text;
  EXPECT_EQ(text.find("event: reload"), std::string::npos) << text;
}

TEST(Events, AClientFromAnotherLifeIsToldToReload) {
  TestServer server;
  RawSocket stream(server.port());
  stream.Send(StreamRequest(server, "Last-Event-ID: 999999\r\n"));
  EXPECT_NE(stream.ReadUntil("event: reload\n").find("event: ready"), std::string::npos);
}

TEST(Events, ManyStreamsHoldNoWorker) {
  TestServer::Options options;
  options.front.threads = 2;
  TestServer server(options);
  std::vector<std::unique_ptr<RawSocket>> streams;
  for (int i = 0; i < 50; ++i) {
    streams.push_back(std::make_unique<RawSocket>(server.port()));
    streams.back()->Send(StreamRequest(server));
  }
  for (const auto& stream : streams) stream->ReadUntil("event: ready\n");
  server.Add("leads", LeadBody(0));
  for (const auto& stream : streams) {
    EXPECT_NE(stream->ReadUntil("event: lead\n").find("event: lead\n"), std::string::npos);
  }
}

TEST(Events, AQuietStreamSendsAHeartbeat) {
  TestServer::Options options;
  options.events.heartbeat_ms = 20;
  TestServer server(options);
  RawSocket stream(server.port());
  stream.Send(StreamRequest(server));
  stream.ReadUntil("event: ready\n");
  EXPECT_NE(stream.ReadUntil("\n: \n\n").find(": \n\n"), std::string::npos);
}

TEST(Events, TooManyStreamsAreRefusedAndGoneOnesMakeRoom) {
  TestServer::Options options;
  options.events.max_clients = 1;
  TestServer server(options);
  {
    RawSocket stream(server.port());
    stream.Send(StreamRequest(server));
    stream.ReadUntil("event: ready\n");
    EXPECT_EQ(server.Get("/api/v1/events").status, 503);
  }
  std::string text;
  for (int i = 0; i < 1000 && text.find("event: ready") == std::string::npos; ++i) {
    RawSocket stream(server.port());
    stream.Send(StreamRequest(server, "Connection: close\r\n"));
    text = stream.ReadUntil("\r\n\r\n");
    if (text.find(" 200 ") != std::string::npos) text += stream.ReadUntil("event: ready");
  }
  EXPECT_NE(text.find("event: ready"), std::string::npos);
}

TEST(Events, OtherPagesMayNotListen) {
  TestServer server;
  EXPECT_EQ(server.Send("GET", "/api/v1/events", "", {"Origin: http://evil.example"}).status, 403);
}

}  // namespace
}  // namespace leadline
