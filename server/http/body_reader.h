// A request's body, read from its socket piece by piece.
#pragma once

#include <cstddef>
#include <cstdint>

#include "common/base/time.h"

namespace leadline {

class Connection;

// A body that is taken from the socket piece by piece. Used by one handler, during its call.
class BodyReader {
 public:
  BodyReader(Connection* connection, uint64_t length)
      : connection_(connection), left_(length), length_(length) {}
  // Up to `max` bytes; 0 at the end, or when the peer stops sending (then complete() is false).
  // A peer slower than 16 kB/s on average is given up.
  size_t Read(char* to, size_t max);
  bool complete() const { return left_ == 0; }
  uint64_t length() const { return length_; }

 private:
  Connection* const connection_;
  uint64_t left_;
  const uint64_t length_;
  TimeMs started_at_ = 0;
};

}  // namespace leadline
