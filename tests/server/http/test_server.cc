#include "tests/server/http/test_server.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>

#include "common/base/utf8.h"
#include "server/store/sqlite/sqlite_store.h"

namespace leadline {
namespace {

constexpr int kPatienceMs = 20 * 1000;
// 2026-03-02T17:00:00Z, a Monday.
constexpr TimeMs kStart = 1772470800000;

}  // namespace

Json HttpAnswer::json() const {
  const Result<Json> parsed = ParseJson(body);
  EXPECT_TRUE(parsed.ok()) << body;
  return parsed.ok() ? *parsed : Json();
}

RawSocket::RawSocket(int port) : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
}

RawSocket::~RawSocket() {
  close(fd_);
}

bool RawSocket::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(n));
  }
  return true;
}

bool RawSocket::Fill() {
  pollfd p = {fd_, POLLIN, 0};
  if (poll(&p, 1, kPatienceMs) <= 0) return false;
  char piece[16 * 1024];
  const ssize_t n = recv(fd_, piece, sizeof piece, 0);
  if (n <= 0) return false;
  buffer_.append(piece, static_cast<size_t>(n));
  return true;
}

bool RawSocket::FillUpTo(size_t bytes) {
  while (buffer_.size() < bytes) {
    if (!Fill()) return false;
  }
  return true;
}

std::string RawSocket::Take(size_t bytes) {
  FillUpTo(bytes);
  std::string taken = buffer_.substr(0, bytes);
  buffer_.erase(0, taken.size());
  return taken;
}

std::string RawSocket::ReadUntil(std::string_view mark) {
  size_t at;
  while ((at = buffer_.find(mark)) == std::string::npos) {
    if (!Fill()) return Take(buffer_.size());
  }
  return Take(at + mark.size());
}

std::string RawSocket::ReadToClose() {
  while (Fill()) {
  }
  return Take(buffer_.size());
}

bool RawSocket::ClosedByPeer() {
  pollfd p = {fd_, POLLIN, 0};
  char byte;
  while (poll(&p, 1, kPatienceMs) > 0) {
    if (recv(fd_, &byte, 1, 0) <= 0) return true;
  }
  return false;
}

std::string RawSocket::TakeChunks() {
  std::string body;
  for (;;) {
    const std::string line = ReadUntil("\r\n");
    const size_t size = std::strtoul(line.c_str(), nullptr, 16);
    if (line.empty() || !line.ends_with("\r\n")) return body + "(broken off)";
    body += Take(size);
    Take(2);
    if (size == 0) return body;
  }
}

HttpAnswer RawSocket::ReadAnswer() {
  HttpAnswer answer;
  std::string head = ReadUntil("\r\n\r\n");
  if (head.starts_with("HTTP/1.1 100")) head = ReadUntil("\r\n\r\n");
  if (!head.starts_with("HTTP/1.1 ")) return answer;
  answer.status = std::atoi(head.c_str() + 9);
  for (size_t at = head.find("\r\n") + 2; at + 2 < head.size();) {
    const size_t end = head.find("\r\n", at);
    const size_t colon = head.find(':', at);
    answer.headers[AsciiLower(std::string_view(head).substr(at, colon - at))] =
        head.substr(colon + 2, end - colon - 2);
    at = end + 2;
  }
  if (answer.headers["transfer-encoding"] == "chunked") {
    answer.body = TakeChunks();
  } else {
    answer.body = Take(std::strtoul(answer.headers["content-length"].c_str(), nullptr, 10));
  }
  return answer;
}

TestServer::TestServer(const Options& options) : clock_(kStart), random_(1) {
  auto store = OpenSqliteStore({folder_.path() + "/data", &zones_});
  EXPECT_TRUE(store.ok()) << store.status().message();
  store_ = std::move(*store);
  imports_ = std::make_unique<Imports>(store_.get(), &clock_, folder_.path() + "/imports",
                                       [this] { ++wakes_; });
  context_.store = store_.get();
  context_.clock = &clock_;
  context_.zones = &zones_;
  context_.random = &random_;
  context_.imports = imports_.get();
  context_.wake_scheduler = [this] { ++wakes_; };
  context_.version = "test";
  context_.public_url = options.public_url;
  for (int i = 0; i < kProviderCount; ++i) {
    if (options.providers[i].base_url.empty()) continue;
    auto provider = MakeProvider(static_cast<Provider>(i), options.providers[i]);
    EXPECT_TRUE(provider.ok()) << provider.status().message();
    providers_[i] = std::move(*provider);
    context_.providers[i] = providers_[i].get();
  }
  http_ =
      std::make_unique<HttpServer>(&context_, HttpServer::Options{options.front, options.events});
  store_->OnChange([this](int64_t) { http_->NotifyChange(); });
  const Result<int> port = http_->Start({"127.0.0.1", 0});
  EXPECT_TRUE(port.ok()) << port.status().message();
  port_ = port.ok() ? *port : 0;
}

TestServer::~TestServer() {
  http_->Stop();
  imports_.reset();  // after it nothing writes, so nobody tells the server any more
}

HttpAnswer TestServer::Send(const std::string& method, const std::string& target,
                            const std::string& body, const std::vector<std::string>& headers) {
  std::string text = method + " " + target + " HTTP/1.1\r\nConnection: close\r\n";
  bool has_host = false;
  bool has_type = false;
  for (const std::string& header : headers) {
    text += header + "\r\n";
    has_host |= AsciiLower(header).starts_with("host:");
    has_type |= AsciiLower(header).starts_with("content-type:");
  }
  if (!has_host) text += "Host: " + host() + "\r\n";
  if (!body.empty()) {
    text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    if (!has_type) text += "Content-Type: application/json\r\n";
  }
  RawSocket socket(port_);
  socket.Send(text + "\r\n" + body);
  return socket.ReadAnswer();
}

int64_t TestServer::Add(const std::string& collection, const std::string& body) {
  const HttpAnswer answer = Post("/api/v1/" + collection, body);
  EXPECT_EQ(answer.status, 201) << answer.body;
  return IntOf(Member(answer.json(), "id")).value_or(0);
}

Json TestServer::WaitForImport(int64_t id) {
  imports_->WaitIdle();
  return Get("/api/v1/imports/" + std::to_string(id)).json();
}

}  // namespace leadline
