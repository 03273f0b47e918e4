// The head of an HTTP/1.x request, read within bounds before anything else sees a byte of it.
//
// This is the whole grammar we take; what is refused here never reaches the HTTP library, whose own
// parser has no such bounds (reliability.md 2.1). Pure; thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/status.h"

namespace leadline {

inline constexpr size_t kMaxHeadBytes = 16 * 1024;
inline constexpr size_t kMaxHeaders = 64;
inline constexpr size_t kMaxTargetBytes = 8 * 1024;

struct Header {
  std::string_view name;   // as sent
  std::string_view value;  // trimmed, never percent-decoded
};

// Views into the text that was parsed; it must outlive the head.
struct RequestHead {
  std::string_view method;  // one of GET HEAD POST PUT PATCH DELETE OPTIONS
  std::string_view target;  // as sent, begins with '/'
  std::string_view path;    // the target without its query
  bool http_1_0 = false;
  std::vector<Header> headers;
  uint64_t content_length = 0;
  bool keep_alive = true;
  bool expects_continue = false;

  // The first header of that name, in any case; empty when there is none.
  std::string_view Get(std::string_view name) const;
};

// Where the head ends (past the empty line), or npos when `text` has no empty line yet.
size_t FindHeadEnd(std::string_view text);

// A refused request: what to answer. The connection is closed after it, since nobody can say where
// the next request would begin.
struct HeadError {
  int http_status = 400;
  const char* code = "bad_request";
  const char* message = "";
};

// Fills `error`; always false, so that a check can end with it.
inline bool Refuse(HeadError* error, int status, const char* code, const char* message) {
  *error = {status, code, message};
  return false;
}

// `text` is a whole head, its empty line included. False: refused, `error` says how.
bool ParseHead(std::string_view text, RequestHead* head, HeadError* error);

}  // namespace leadline
