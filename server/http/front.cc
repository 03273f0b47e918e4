#include "server/http/front.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace leadline {
namespace {

constexpr int kPollMs = 250;
constexpr size_t kBodyStep = 64 * 1024;
constexpr TimeMs kBodyGraceMs = 10 * 1000;
constexpr uint64_t kMinBytesPerMs = 16;

// Sockets are served by our own threads: the library's accept loop hands them over at once.
class InlineQueue final : public httplib::TaskQueue {
 public:
  bool enqueue(std::function<void()> job) override {
    job();
    return true;
  }
  void shutdown() override {}
};

// What the library reads and writes: a request line that was checked, and the connection's output.
class CheckedStream final : public httplib::Stream {
 public:
  CheckedStream(std::string head, Connection* connection)
      : head_(std::move(head)), connection_(connection) {}
  bool is_readable() const override { return at_ < head_.size(); }
  bool is_writable() const override { return !connection_->broken(); }
  ssize_t read(char* to, size_t size) override {
    const size_t n = std::min(size, head_.size() - at_);
    std::memcpy(to, head_.data() + at_, n);
    at_ += n;
    return static_cast<ssize_t>(n);
  }
  ssize_t write(const char* from, size_t size) override {
    return connection_->Write({from, size}) ? static_cast<ssize_t>(size) : -1;
  }
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}
  socket_t socket() const override { return -1; }

 private:
  const std::string head_;
  size_t at_ = 0;
  Connection* const connection_;
};

// The request that this thread is serving; the library calls back on the same thread.
struct Serving {
  RequestHandler* handler;
  const Admission* admission;
  const RequestHead* head;
  std::string body;
  BodyReader* upload;
};
thread_local Serving* t_serving = nullptr;

std::string CheckedHead(const RequestHead& head, bool close) {
  std::string text(head.method);
  text += ' ';
  text += head.target;
  text += close ? " HTTP/1.1\r\nConnection: close\r\n\r\n" : " HTTP/1.1\r\n\r\n";
  return text;
}

const RequestHead& NoHead() {
  static const RequestHead head = [] {
    RequestHead h;
    h.method = "GET";
    h.target = h.path = "/";
    h.keep_alive = false;
    return h;
  }();
  return head;
}

}  // namespace

size_t BodyReader::Read(char* to, size_t max) {
  if (left_ == 0) return 0;
  const TimeMs now = SocketNowMs();
  if (started_at_ == 0) started_at_ = now;
  const auto due = static_cast<TimeMs>((length_ - left_) / kMinBytesPerMs);
  const size_t want = static_cast<size_t>(std::min<uint64_t>(max, left_));
  const size_t n = connection_->Read(to, want, started_at_ + due + kBodyGraceMs);
  left_ -= n;
  return n;
}

Front::Front(RequestHandler* handler, const Options& options)
    : handler_(handler), options_(options), epoll_fd_(epoll_create1(EPOLL_CLOEXEC)) {
  new_task_queue = [] { return new InlineQueue; };
  set_keep_alive_timeout(options.idle_timeout_ms / 1000);
  set_tcp_nodelay(true);
  // Every request is answered here; the library's own routes stay empty.
  set_pre_routing_handler([](const httplib::Request& request, httplib::Response& response) {
    Serving& s = *t_serving;
    s.handler->Answer(*s.admission, *s.head, request, std::move(s.body), s.upload, &response);
    return HandlerResponse::Handled;
  });
}

Front::~Front() {
  Stop();
  close(epoll_fd_);
}

Result<int> Front::Start(const std::string& host, int port) {
  // The library's own default would let a second process listen on the same port.
  set_socket_options([](socket_t sock) {
    const int on = 1;
    setsockopt(sock, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  });
  const int bound = port == 0 ? bind_to_any_port(host) : (bind_to_port(host, port) ? port : -1);
  if (bound <= 0) {
    return Unavailable("cannot_listen", "Cannot listen on " + host + ":" + std::to_string(port) +
                                            ": " + std::strerror(errno) + ".");
  }
  pool_ = std::make_unique<WorkerPool>(options_.threads);
  poller_ = std::thread([this] { Poll(); });
  acceptor_ = std::thread([this] { listen_after_bind(); });
  wait_until_ready();
  return bound;
}

void Front::Stop() {
  if (stopping_.exchange(true)) return;
  stop();
  if (acceptor_.joinable()) acceptor_.join();
  if (poller_.joinable()) poller_.join();
  pool_.reset();
  const std::lock_guard<std::mutex> lock(mutex_);
  parked_.clear();
}

bool Front::process_and_close_socket(socket_t sock) {
  auto connection = std::make_unique<Connection>(sock);
  if (open_ >= options_.max_connections) return false;
  ++open_;
  connection->give_up_at = SocketNowMs() + options_.head_timeout_ms;
  Park(std::move(connection));
  return true;
}

void Front::Park(std::unique_ptr<Connection> connection) {
  const int fd = connection->fd();
  epoll_event event = {};
  event.events = EPOLLIN | EPOLLRDHUP;
  event.data.fd = fd;
  const std::lock_guard<std::mutex> lock(mutex_);
  parked_[fd] = std::move(connection);
  if (epoll_ctl(epoll_fd_, EPOLL_CTL_ADD, fd, &event) != 0) {
    parked_.erase(fd);
    --open_;
  }
}

std::unique_ptr<Connection> Front::Unpark(int fd) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto it = parked_.find(fd);
  if (it == parked_.end()) return nullptr;
  std::unique_ptr<Connection> connection = std::move(it->second);
  parked_.erase(it);
  epoll_ctl(epoll_fd_, EPOLL_CTL_DEL, fd, nullptr);
  return connection;
}

void Front::Poll() {
  TimeMs swept_at = SocketNowMs();
  while (!stopping_) {
    epoll_event events[64];
    const int n = epoll_wait(epoll_fd_, events, 64, kPollMs);
    for (int i = 0; i < n; ++i) OnReadable(events[i].data.fd);
    if (SocketNowMs() - swept_at < std::min(kPollMs, options_.head_timeout_ms)) continue;
    swept_at = SocketNowMs();
    Sweep();
  }
}

void Front::OnReadable(int fd) {
  std::unique_ptr<Connection> connection = Unpark(fd);
  if (connection == nullptr) return;
  const bool was_idle = connection->buffered().empty();
  if (!connection->ReadAvailable(kMaxHeadBytes)) {
    --open_;
    return;
  }
  const std::string& text = connection->buffered();
  if (FindHeadEnd(text) != std::string::npos || text.size() >= kMaxHeadBytes) {
    pool_->Run([this, c = connection.release()] { Serve(std::unique_ptr<Connection>(c)); });
    return;
  }
  if (was_idle) connection->give_up_at = SocketNowMs() + options_.head_timeout_ms;
  Park(std::move(connection));
}

void Front::Sweep() {
  const TimeMs now = SocketNowMs();
  std::vector<std::unique_ptr<Connection>> late;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    for (auto it = parked_.begin(); it != parked_.end();) {
      if (it->second->give_up_at > now) {
        ++it;
        continue;
      }
      late.push_back(std::move(it->second));
      it = parked_.erase(it);
    }
  }
  // Closing takes a socket out of the epoll set by itself.
  open_ -= static_cast<int>(late.size());
}

void Front::Serve(std::unique_ptr<Connection> connection) {
  bool keep = true;
  do {
    keep = ServeOne(connection) && !stopping_;
  } while (keep && AwaitNext(*connection));
  if (connection == nullptr) return;  // it became an event stream
  if (!keep || connection->broken()) {
    connection.reset();
    --open_;
    return;
  }
  connection->give_up_at =
      SocketNowMs() +
      (connection->buffered().empty() ? options_.idle_timeout_ms : options_.head_timeout_ms);
  Park(std::move(connection));
}

// True when a whole next head is there. Waits a moment for it, while nobody else needs this thread:
// a busy connection then stays on its worker and costs no hand-over.
bool Front::AwaitNext(Connection& connection) {
  if (FindHeadEnd(connection.buffered()) != std::string::npos) return true;
  if (!pool_->HasIdle() || !connection.WaitReadable(options_.linger_ms)) return false;
  if (!connection.ReadAvailable(kMaxHeadBytes)) return false;
  return FindHeadEnd(connection.buffered()) != std::string::npos;
}

bool Front::ServeOne(std::unique_ptr<Connection>& connection) {
  const size_t end = FindHeadEnd(connection->buffered());
  if (end == std::string::npos || end > kMaxHeadBytes) {
    return RefuseAndClose(*connection,
                          {431, "head_too_large", "The request line and headers are over 16 kB."});
  }
  const std::string text = connection->buffered().substr(0, end);
  connection->Consume(end);
  RequestHead head;
  HeadError error;
  if (!ParseHead(text, &head, &error)) return RefuseAndClose(*connection, error);
  const Admission admission = handler_->Admit(head);
  if (admission.kind == Admission::Kind::kEvents) {
    --open_;
    handler_->TakeStream(head, connection->Release());
    connection.reset();
    return false;
  }
  return ServeAdmitted(connection, admission, head);
}

bool Front::ServeAdmitted(std::unique_ptr<Connection>& connection, const Admission& admission,
                          const RequestHead& head) {
  if (admission.kind == Admission::Kind::kRefuse) {
    // An unread body would be taken for the next request.
    const bool close = !head.keep_alive || head.content_length > 0;
    return Respond(*connection, admission, head, "", nullptr, close);
  }
  if (head.content_length > admission.body_cap) {
    return RefuseAndClose(*connection, {413, "body_too_large", "The body is too large."});
  }
  if (head.expects_continue && head.content_length > 0) {
    connection->Write("HTTP/1.1 100 Continue\r\n\r\n");
    connection->Flush();
  }
  if (admission.kind == Admission::Kind::kStream) {
    BodyReader upload(connection.get(), head.content_length);
    const bool keep = Respond(*connection, admission, head, "", &upload, !head.keep_alive);
    return keep && upload.complete();
  }
  std::string body;
  if (head.content_length > 0 && !ReadBody(*connection, head, &body)) {
    return RefuseAndClose(*connection, {408, "body_too_slow", "The body did not arrive in time."});
  }
  return Respond(*connection, admission, head, std::move(body), nullptr, !head.keep_alive);
}

bool Front::ReadBody(Connection& connection, const RequestHead& head, std::string* body) {
  BodyReader reader(&connection, head.content_length);
  std::string step(std::min<uint64_t>(kBodyStep, head.content_length), '\0');
  while (const size_t n = reader.Read(step.data(), step.size())) body->append(step, 0, n);
  return reader.complete();
}

bool Front::Respond(Connection& connection, const Admission& admission, const RequestHead& head,
                    std::string body, BodyReader* upload, bool close) {
  Serving serving = {handler_, &admission, &head, std::move(body), upload};
  t_serving = &serving;
  CheckedStream stream(CheckedHead(head, close), &connection);
  bool closed = false;
  const bool served = process_request(stream, {}, 0, {}, 0, close, closed, nullptr);
  t_serving = nullptr;
  return connection.Flush() && served && !close && !closed;
}

bool Front::RefuseAndClose(Connection& connection, const HeadError& error) {
  Admission refusal;
  refusal.refusal = error;
  Respond(connection, refusal, NoHead(), "", nullptr, true);
  // What was sent must reach the peer although we leave its own bytes unread: a reset would
  // discard it.
  char rest[4096];
  const TimeMs deadline = SocketNowMs() + 200;
  for (int i = 0; i < 64 && connection.Read(rest, sizeof rest, deadline) > 0; ++i) {
  }
  return false;
}

}  // namespace leadline
