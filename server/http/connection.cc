#include "server/http/connection.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <utility>

namespace leadline {
namespace {

constexpr size_t kFlushBytes = 64 * 1024;
// A peer that takes nothing for so long is given up.
constexpr int kSendTimeoutMs = 20 * 1000;
constexpr size_t kReadStep = 16 * 1024;

bool WaitFor(int fd, short events, int timeout_ms) {
  pollfd p = {fd, events, 0};
  int n;
  do {
    n = poll(&p, 1, timeout_ms);
  } while (n < 0 && errno == EINTR);
  return n > 0;
}

bool WouldBlock() {
  return errno == EAGAIN || errno == EWOULDBLOCK;
}

}  // namespace

TimeMs SocketNowMs() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

Connection::Connection(int fd) : fd_(fd) {
  const int on = 1;
  setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

Connection::~Connection() {
  if (fd_ >= 0) {
    shutdown(fd_, SHUT_RDWR);
    close(fd_);
  }
}

int Connection::Release() {
  return std::exchange(fd_, -1);
}

bool Connection::ReadAvailable(size_t max_buffered) {
  char step[kReadStep];
  while (buffer_.size() < max_buffered) {
    const size_t room = std::min(sizeof step, max_buffered - buffer_.size());
    const ssize_t n = recv(fd_, step, room, MSG_DONTWAIT);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return WouldBlock();
    if (n == 0) return false;
    buffer_.append(step, static_cast<size_t>(n));
    if (static_cast<size_t>(n) < room) return true;
  }
  return true;
}

bool Connection::WaitReadable(int timeout_ms) {
  return WaitFor(fd_, POLLIN, timeout_ms);
}

size_t Connection::Read(char* to, size_t max, TimeMs deadline) {
  if (!buffer_.empty()) {
    const size_t n = std::min(max, buffer_.size());
    std::memcpy(to, buffer_.data(), n);
    Consume(n);
    return n;
  }
  for (;;) {
    const ssize_t n = recv(fd_, to, max, MSG_DONTWAIT);
    if (n >= 0) return static_cast<size_t>(n);
    if (errno == EINTR) continue;
    const TimeMs left = deadline - SocketNowMs();
    if (!WouldBlock() || left <= 0 || !WaitFor(fd_, POLLIN, static_cast<int>(left))) return 0;
  }
}

bool Connection::Write(std::string_view data) {
  if (out_.size() + data.size() < kFlushBytes) {
    out_ += data;
    return !broken_;
  }
  return Flush() && Send(data);
}

bool Connection::Flush() {
  const bool ok = Send(out_);
  out_.clear();
  return ok;
}

bool Connection::Send(std::string_view data) {
  while (!data.empty() && !broken_) {
    const ssize_t n = send(fd_, data.data(), data.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n > 0) {
      data.remove_prefix(static_cast<size_t>(n));
    } else if (n < 0 && errno == EINTR) {
      continue;
    } else if (!WouldBlock() || !WaitFor(fd_, POLLOUT, kSendTimeoutMs)) {
      broken_ = true;
    }
  }
  return !broken_;
}

}  // namespace leadline
