// The real HTTP server on a real socket, over a store in a folder of the test's own.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/random.h"
#include "server/base/zones.h"
#include "server/http/server.h"
#include "server/service/imports.h"
#include "tests/support/temp_folder.h"

namespace leadline {

struct HttpAnswer {
  int status = 0;                              // 0: the connection was closed without an answer
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
  Json json() const;
};

// One TCP connection to the loopback.
class RawSocket {
 public:
  explicit RawSocket(int port);
  ~RawSocket();
  RawSocket(const RawSocket&) = delete;
  RawSocket& operator=(const RawSocket&) = delete;

  bool Send(std::string_view bytes);
  // Everything up to the end of `mark`, or up to the close; at most some seconds.
  std::string ReadUntil(std::string_view mark);
  std::string ReadToClose();
  // One answer, by its Content-Length or chunks.
  HttpAnswer ReadAnswer();
  bool ClosedByPeer();  // waits for it, at most some seconds

 private:
  bool Fill();
  bool FillUpTo(size_t bytes);
  std::string Take(size_t bytes);
  std::string TakeChunks();

  int fd_;
  std::string buffer_;
};

class TestServer {
 public:
  struct Options {
    Front::Options front;
    EventHub::Options events;
    ProviderConfig providers[kProviderCount];  // base_url empty: that provider is not set up
    std::string public_url;
  };
  TestServer() : TestServer(Options{}) {}
  explicit TestServer(const Options& options);
  ~TestServer();

  // One request on a connection of its own. Host and Content-Length are added; a body gets
  // Content-Type application/json unless `headers` has another.
  HttpAnswer Send(const std::string& method, const std::string& target,
                  const std::string& body = "", const std::vector<std::string>& headers = {});
  HttpAnswer Get(const std::string& target) { return Send("GET", target); }
  HttpAnswer Post(const std::string& target, const std::string& body = "{}") {
    return Send("POST", target, body);
  }
  // Makes one and returns its id.
  int64_t Add(const std::string& collection, const std::string& body);
  Json WaitForImport(int64_t id);

  int port() const { return port_; }
  std::string host() const { return "127.0.0.1:" + std::to_string(port_); }
  Store& store() { return *store_; }
  FakeClock& clock() { return clock_; }
  Imports& imports() { return *imports_; }
  int wakes() const { return wakes_; }

 private:
  TempFolder folder_;
  FakeClock clock_;
  SystemZones zones_;
  SeededRandom random_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<CallProvider> providers_[kProviderCount];
  std::unique_ptr<Imports> imports_;
  std::atomic<int> wakes_{0};
  ServerContext context_;
  std::unique_ptr<HttpServer> http_;
  int port_ = 0;
};

}  // namespace leadline
