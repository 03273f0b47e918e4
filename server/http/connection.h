// One accepted socket: what was read ahead of the request being served, and reads and writes that
// end by a deadline. Owned by one thread at a time: the poller while a head is awaited, a worker
// while it is served.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "common/base/time.h"

namespace leadline {

// Milliseconds on a clock that never steps; sockets keep real time whatever the calling clock does.
TimeMs SocketNowMs();

class Connection {
 public:
  explicit Connection(int fd);  // takes the socket
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  int fd() const { return fd_; }
  int Release();  // gives the socket away

  // Bytes that were read and not consumed yet: the head, and what came behind it.
  const std::string& buffered() const { return buffer_; }
  void Consume(size_t bytes) { buffer_.erase(0, bytes); }

  // Reads what is there without waiting, until `max_buffered` bytes are held. False: closed or
  // broken.
  bool ReadAvailable(size_t max_buffered);
  // Waits until there is something to read, at most `timeout_ms`.
  bool WaitReadable(int timeout_ms);
  // Up to `max` bytes: from the buffer first, then from the socket until `deadline` (SocketNowMs).
  // 0: closed, broken or too late.
  size_t Read(char* to, size_t max, TimeMs deadline);

  // Collects; sends in large pieces. False: the peer is gone or does not take it in time.
  bool Write(std::string_view data);
  bool Flush();
  bool broken() const { return broken_; }

  TimeMs give_up_at = 0;  // the poller's: of the head, or of idling

 private:
  bool Send(std::string_view data);

  int fd_;
  bool broken_ = false;
  std::string buffer_;
  std::string out_;
};

}  // namespace leadline
