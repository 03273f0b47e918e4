// Who may talk to the server, decided on the request's head, before its body is read. There are no
// accounts yet: the server is for this machine's own users, and no other web page in their browser
// may use it. Pure; thread-safe.
#pragma once

#include <atomic>
#include <string>

#include "server/http/head.h"
#include "server/http/router.h"

namespace leadline {

// "127.0.0.1:8080", "[::1]:8080", "localhost:8080". kInvalid "bad_listen_address"; kRefused
// "listen_beyond_loopback" for any other host.
struct ListenAddress {
  std::string host;
  int port = 0;
};
Result<ListenAddress> ParseListenAddress(std::string_view text);

class Guards {
 public:
  // `public_url`: where providers reach /webhooks/; its host is taken there and nowhere else.
  explicit Guards(const std::string& public_url);
  void SetPort(int port) { port_ = port; }

  // False: `error` says why it is refused.
  // - Host: 127.0.0.1, localhost or [::1] with our port; rebinding DNS names fail here.
  // - Origin and Sec-Fetch-Site on /api: our own page, or no browser at all.
  // - Content-Type application/json where a JSON body is taken: a plain form cannot send it.
  bool Allow(const RequestHead& head, const Route& route, HeadError* error) const;

 private:
  bool IsOwnHost(std::string_view host) const;
  bool IsOwnOrigin(std::string_view origin) const;

  std::string public_host_;
  std::atomic<int> port_{0};
};

// "https://calls.example.com/x" -> "calls.example.com"; empty when it is no http(s) URL.
std::string HostOfUrl(std::string_view url);

}  // namespace leadline
