// Where a provider is: its base URL, taken apart and checked. Pure.
#pragma once

#include <string>
#include <string_view>

#include "common/base/status.h"

namespace leadline {

struct Endpoint {
  bool tls = true;
  std::string host;  // name or address; IPv6 without brackets
  int port = 443;
  std::string prefix;  // "/vapi", or ""; never ends with a slash

  std::string HostHeader() const;
};

// https with any host, or http to this machine itself (localhost, 127.0.0.0/8, ::1), where keys
// cannot be overheard. No user, query or fragment. A trailing slash is taken off.
// Errors: kInvalid "bad_base_url".
Result<Endpoint> ParseEndpoint(std::string_view url);

// One value of a query string, percent-encoded.
std::string EncodeQueryValue(std::string_view value);

}  // namespace leadline
