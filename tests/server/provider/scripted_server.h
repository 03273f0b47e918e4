// Servers for the adapters' tests: one that answers with what a test scripts, and one that speaks
// raw bytes and counts what reached it.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <httplib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace leadline {

// Answers each "METHOD path" (without its query) with a scripted status and body, and keeps every
// request.
class ScriptedServer {
 public:
  struct Reply {
    int status = 200;
    std::string body;
    std::map<std::string, std::string> headers = {};
  };
  struct Seen {
    std::string line;  // "GET /call?limit=1"
    std::string authorization, user_agent, body;
  };

  ScriptedServer() {
    const auto handle = [this](const httplib::Request& q, httplib::Response& a) { Answer(q, a); };
    server_.Get(".*", handle);
    server_.Post(".*", handle);
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    server_.wait_until_ready();
  }
  ~ScriptedServer() {
    server_.stop();
    thread_.join();
  }

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  void On(const std::string& method_and_path, Reply reply) {
    const std::lock_guard<std::mutex> lock(mutex_);
    replies_[method_and_path] = std::move(reply);
  }
  std::vector<Seen> seen() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return seen_;
  }
  Seen last() const { return seen().empty() ? Seen() : seen().back(); }

 private:
  void Answer(const httplib::Request& q, httplib::Response& a) {
    const std::lock_guard<std::mutex> lock(mutex_);
    seen_.push_back({q.method + " " + q.target, q.get_header_value("Authorization"),
                     q.get_header_value("User-Agent"), q.body});
    const auto it = replies_.find(q.method + " " + q.path);
    const Reply reply =
        it == replies_.end() ? Reply{404, "{\"message\":\"not scripted\"}"} : it->second;
    a.status = reply.status;
    for (const auto& [name, value] : reply.headers) a.set_header(name, value);
    a.set_content(reply.body, "application/json");
  }

  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
  mutable std::mutex mutex_;
  std::map<std::string, Reply> replies_;
  std::vector<Seen> seen_;
};

// Listens on loopback and hands every accepted socket to `serve`, one after another.
class RawServer {
 public:
  explicit RawServer(std::function<void(int socket)> serve) : serve_(std::move(serve)) {
    listener_ = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(listen(listener_, 8), 0);
    socklen_t size = sizeof address;
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { Run(); });
  }
  ~RawServer() {
    Finish();
    close(listener_);
  }
  // Takes no more connections, and returns when the accepted one has been served.
  void Finish() {
    shutdown(listener_, SHUT_RDWR);
    if (thread_.joinable()) thread_.join();
  }
  int port() const { return port_; }
  int connections() const { return connections_; }

 private:
  void Run() {
    while (true) {
      const int s = accept(listener_, nullptr, nullptr);
      if (s < 0) return;
      ++connections_;
      serve_(s);
      close(s);
    }
  }

  std::function<void(int)> serve_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<int> connections_{0};
  std::thread thread_;
};

}  // namespace leadline
