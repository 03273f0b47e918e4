// One HTTP request to a provider: on a fresh connection, sent at most once, bounded in time and
// size, without redirects, and with an honest answer to "may it have arrived?".
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "server/provider/endpoint.h"

namespace leadline {

struct HttpRequest {
  std::string method = "GET";  // GET or POST
  std::string path;            // below the endpoint's prefix, with its query: "/call?limit=1"
  std::string body;            // sent as application/json when not empty
  std::string bearer_key;
  int timeout_ms = 60000;  // of the whole
  size_t max_reply_bytes = 1 << 20;
};

struct HttpReply {
  // False only when it is proven that no byte of the request left this machine: the name was not
  // resolved, the connection or the TLS handshake failed, the certificate was refused.
  bool may_have_arrived = false;
  int status = 0;                              // 0: no status line and headers came
  bool complete = false;                       // the whole body came, within the limits
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;                            // what came of it
  std::string problem;                         // in words, without secrets, when not complete
};

// Thread-safe, no state: each call opens and closes its own connection. Blocks up to timeout_ms,
// and up to 10 s more for a connection that is being opened. Ignores SIGPIPE in the whole process
// from the first call on, as the library's servers do.
HttpReply SendOnce(const Endpoint& endpoint, const HttpRequest& request);

}  // namespace leadline
