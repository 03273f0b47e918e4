// The front of the server: it owns every socket, reads request heads and bodies within bounds, and
// only then lets cpp-httplib parse what is left (a request line that was checked) and write the
// answer.
//
// Threads: the library's accept loop only hands sockets over; one poller thread (epoll) holds every
// connection that is idle or still sending its head, so that slow or silent peers hold no worker;
// a fixed pool serves whole requests. A request that asks for the event stream leaves with its
// socket to the EventHub and holds nothing here. Bounds and the reasons for them: reliability.md
// 2.1.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>

#include "httplib.h"
#include "server/http/body_reader.h"
#include "server/http/connection.h"
#include "server/http/head.h"
#include "server/http/worker_pool.h"

namespace leadline {

// What is to be done with a request, decided on its head alone.
struct Admission {
  enum class Kind : uint8_t {
    kRefuse,  // Answer is called at once, without the body
    kAnswer,  // the body is read first, as a whole, up to body_cap
    kStream,  // Answer reads the body itself
    kEvents,  // the socket goes to TakeStream
  };
  Kind kind = Kind::kRefuse;
  uint64_t body_cap = 0;
  const void* route = nullptr;  // the application's own
  HeadError refusal;
};

// The application behind the front. Thread-safe.
class RequestHandler {
 public:
  virtual ~RequestHandler() = default;
  virtual Admission Admit(const RequestHead& head) = 0;
  // Fills `response` for an admitted or refused request. `upload` is set for kStream alone.
  virtual void Answer(const Admission& admission, const RequestHead& head,
                      const httplib::Request& request, std::string body, BodyReader* upload,
                      httplib::Response* response) = 0;
  // Takes the socket of an event stream.
  virtual void TakeStream(const RequestHead& head, int fd) = 0;
};

class Front : public httplib::Server {
 public:
  struct Options {
    int threads = 32;
    int max_connections = 1000;
    int head_timeout_ms = 10 * 1000;  // from its first byte to its end
    int idle_timeout_ms = 75 * 1000;  // between requests
    int linger_ms = 10;  // a worker waits so long for the next request of its connection
  };
  // `handler` must outlive the front.
  Front(RequestHandler* handler, const Options& options);
  ~Front() override;

  // Binds and serves on threads of its own until Stop. `port` 0: any free one. Returns the port;
  // kUnavailable "cannot_listen" with the reason.
  Result<int> Start(const std::string& host, int port);
  void Stop();

  int open_connections() const { return open_; }

 private:
  bool process_and_close_socket(socket_t sock) override;

  void Poll();
  void OnReadable(int fd);
  void Sweep();
  void Park(std::unique_ptr<Connection> connection);
  std::unique_ptr<Connection> Unpark(int fd);
  void Serve(std::unique_ptr<Connection> connection);
  bool AwaitNext(Connection& connection);
  bool ServeOne(std::unique_ptr<Connection>& connection);
  bool ServeAdmitted(std::unique_ptr<Connection>& connection, const Admission& admission,
                     const RequestHead& head);
  bool ReadBody(Connection& connection, const RequestHead& head, std::string* body);
  bool Respond(Connection& connection, const Admission& admission, const RequestHead& head,
               std::string body, BodyReader* upload, bool close);
  bool RefuseAndClose(Connection& connection, const HeadError& error);

  RequestHandler* const handler_;
  const Options options_;
  const int epoll_fd_;
  std::atomic<bool> stopping_{false};
  std::atomic<int> open_{0};
  std::mutex mutex_;
  std::unordered_map<int, std::unique_ptr<Connection>> parked_;  // by fd; guarded by mutex_
  std::unique_ptr<WorkerPool> pool_;
  std::thread poller_;
  std::thread acceptor_;
};

}  // namespace leadline
