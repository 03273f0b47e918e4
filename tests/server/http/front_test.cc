// The bounds of the front, one by one, on real sockets, with an application that only echoes.
#include "server/http/front.h"

#include <gtest/gtest.h>

#include "tests/server/http/test_server.h"

namespace leadline {
namespace {

class Echo final : public RequestHandler {
 public:
  Admission Admit(const RequestHead& head) override {
    Admission admission;
    admission.body_cap = 1000;
    admission.kind = Admission::Kind::kAnswer;
    if (head.path == "/stream") {
      admission.kind = Admission::Kind::kStream;
      admission.body_cap = 100'000'000;
    }
    if (head.path == "/refused") {
      admission.kind = Admission::Kind::kRefuse;
      admission.refusal = {403, "no", "No."};
    }
    return admission;
  }
  void Answer(const Admission& admission, const RequestHead&, const httplib::Request& request,
              std::string body, BodyReader* upload, httplib::Response* response) override {
    if (admission.kind == Admission::Kind::kRefuse) {
      response->status = admission.refusal.http_status;
      response->set_content(admission.refusal.code, "text/plain");
      return;
    }
    size_t streamed = 0;
    char piece[4096];
    while (upload != nullptr) {
      const size_t n = upload->Read(piece, sizeof piece);
      if (n == 0) break;
      streamed += n;
    }
    response->set_content(
        request.method + " " + request.target + " [" + body + "] " + std::to_string(streamed),
        "text/plain");
  }
  void TakeStream(const RequestHead&, int) override {}
};

class FrontTest : public ::testing::Test {
 protected:
  void Start(const Front::Options& options) {
    front_ = std::make_unique<Front>(&echo_, options);
    const Result<int> port = front_->Start("127.0.0.1", 0);
    ASSERT_TRUE(port.ok()) << port.status().message();
    port_ = *port;
  }
  void SetUp() override { Start(Front::Options{}); }
  std::string Exchange(const std::string& request) {
    RawSocket socket(port_);
    socket.Send(request);
    return socket.ReadToClose();
  }
  int StatusOf(const std::string& request) {
    RawSocket socket(port_);
    socket.Send(request);
    return socket.ReadAnswer().status;
  }

  Echo echo_;
  std::unique_ptr<Front> front_;
  int port_ = 0;
};

TEST_F(FrontTest, KeepsAConnectionForManyRequests) {
  RawSocket socket(port_);
  for (int i = 0; i < 50; ++i) {
    socket.Send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi");
    EXPECT_EQ(socket.ReadAnswer().body, "POST /a [hi] 0") << i;
  }
}

TEST_F(FrontTest, AnswersRequestsThatComeInOnePacketInOrder) {
  RawSocket socket(port_);
  socket.Send(
      "POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabcGET /2 HTTP/1.1\r\nHost: "
      "x\r\n\r\n"
      "GET /3 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(socket.ReadAnswer().body, "POST /1 [abc] 0");
  EXPECT_EQ(socket.ReadAnswer().body, "GET /2 [] 0");
  EXPECT_EQ(socket.ReadAnswer().body, "GET /3 [] 0");
  EXPECT_TRUE(socket.ClosedByPeer());
}

TEST_F(FrontTest, TakesAHeadInSinglePieces) {
  RawSocket socket(port_);
  for (char c : std::string("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")) {
    ASSERT_TRUE(socket.Send(std::string(1, c)));
  }
  EXPECT_EQ(socket.ReadAnswer().body, "GET /slow [] 0");
}

TEST_F(FrontTest, RefusesAHeadOver16KiloBytes) {
  EXPECT_EQ(StatusOf("GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(17000, 'a') + "\r\n\r\n"),
            431);
  EXPECT_EQ(StatusOf("GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(15000, 'a') + "\r\n\r\n"),
            200);
}

TEST_F(FrontTest, RefusesAnEndlessLineWithoutKeepingIt) {
  RawSocket socket(port_);
  const std::string piece(64 * 1024, 'a');
  bool open = true;
  for (int i = 0; i < 200 && open; ++i) open = socket.Send(piece);
  EXPECT_FALSE(open) << "13 MB of one line were taken";
}

TEST_F(FrontTest, RefusesABodyOverTheRoutesCapBeforeItIsSent) {
  RawSocket socket(port_);
  socket.Send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n");
  EXPECT_EQ(socket.ReadAnswer().status, 413);
  EXPECT_TRUE(socket.ClosedByPeer());
}

TEST_F(FrontTest, DoesNotTakeTheBodyOfARefusedRequestForTheNextRequest) {
  const std::string inner = "GET /inner HTTP/1.1\r\nHost: x\r\n\r\n";
  const std::string all = Exchange("POST /refused HTTP/1.1\r\nHost: x\r\nContent-Length: " +
                                   std::to_string(inner.size()) + "\r\n\r\n" + inner);
  EXPECT_NE(all.find(" 403 "), std::string::npos);
  EXPECT_EQ(all.find("inner"), std::string::npos);
}

TEST_F(FrontTest, ClosesAfterAHeadItCannotRead) {
  const std::string all =
      Exchange("GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  EXPECT_NE(all.find(" 411 "), std::string::npos);
  EXPECT_NE(all.find("Connection: close"), std::string::npos);
}

TEST_F(FrontTest, AsksForTheBodyOfAPatientClient) {
  RawSocket socket(port_);
  socket.Send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(socket.ReadUntil("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  socket.Send("hi");
  EXPECT_EQ(socket.ReadAnswer().body, "POST / [hi] 0");
}

TEST_F(FrontTest, StreamsALargeBody) {
  RawSocket socket(port_);
  const std::string piece(1'000'000, 'x');
  socket.Send("PUT /stream HTTP/1.1\r\nHost: x\r\nContent-Length: 20000000\r\n\r\n");
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(socket.Send(piece));
  EXPECT_EQ(socket.ReadAnswer().body, "PUT /stream [] 20000000");
}

TEST_F(FrontTest, IgnoresRangesSoThatTheyCannotMultiply) {
  RawSocket socket(port_);
  socket.Send("GET /r HTTP/1.1\r\nHost: x\r\nRange: bytes=0-1,0-1,0-1,0-1\r\n\r\n");
  const HttpAnswer answer = socket.ReadAnswer();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "GET /r [] 0");
}

TEST_F(FrontTest, AnswersHeadWithoutABody) {
  const std::string all = Exchange("HEAD /h HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_NE(all.find("Content-Length: 12"), std::string::npos) << all;
  EXPECT_TRUE(all.ends_with("\r\n\r\n"));
}

class ImpatientFrontTest : public FrontTest {
 protected:
  void SetUp() override {
    Front::Options options;
    options.threads = 2;
    options.head_timeout_ms = 100;
    options.idle_timeout_ms = 100;
    options.max_connections = 40;
    Start(options);
  }
};

TEST_F(ImpatientFrontTest, GivesUpAHeadThatDoesNotEnd) {
  RawSocket socket(port_);
  socket.Send("GET / HTTP/1.1\r\nHost: x\r\n");
  EXPECT_TRUE(socket.ClosedByPeer());
}

TEST_F(ImpatientFrontTest, ClosesAnIdleConnection) {
  RawSocket socket(port_);
  socket.Send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(socket.ReadAnswer().status, 200);
  EXPECT_TRUE(socket.ClosedByPeer());
}

TEST_F(ImpatientFrontTest, SilentPeersHoldNoWorker) {
  std::vector<std::unique_ptr<RawSocket>> silent;
  for (int i = 0; i < 30; ++i) {
    silent.push_back(std::make_unique<RawSocket>(port_));
    silent.back()->Send("GET / HTTP/1.1\r\nHo");
  }
  EXPECT_EQ(StatusOf("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), 200);
}

TEST_F(ImpatientFrontTest, TakesNoMoreConnectionsThanItWasTold) {
  std::vector<std::unique_ptr<RawSocket>> many;
  for (int i = 0; i < 60; ++i) many.push_back(std::make_unique<RawSocket>(port_));
  EXPECT_LE(front_->open_connections(), 40);
  many.clear();
  // Room again once they are gone.
  int status = 0;
  for (int i = 0; i < 1000 && status != 200; ++i) {
    status = StatusOf("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  }
  EXPECT_EQ(status, 200);
}

TEST(Front, SaysWhyItCannotListen) {
  Echo echo;
  Front first(&echo, {});
  const Result<int> port = first.Start("127.0.0.1", 0);
  ASSERT_TRUE(port.ok());
  Front second(&echo, {});
  const Result<int> taken = second.Start("127.0.0.1", *port);
  EXPECT_EQ(taken.status().slug(), "cannot_listen");
}

}  // namespace
}  // namespace leadline
