#include "server/http/guards.h"

#include <algorithm>
#include <charconv>

#include "common/base/utf8.h"

namespace leadline {
namespace {

constexpr std::string_view kLoopbackNames[] = {"127.0.0.1", "localhost", "[::1]"};

bool IsJsonType(std::string_view type) {
  const std::string_view mime = TrimUtf8(type.substr(0, type.find(';')));
  const std::string lower = AsciiLower(mime);
  return lower == "application/json" || lower == "application/merge-patch+json";
}

bool IsWrite(std::string_view method) {
  return method != "GET" && method != "HEAD" && method != "OPTIONS";
}

}  // namespace

Result<ListenAddress> ParseListenAddress(std::string_view text) {
  const size_t colon = text.rfind(':');
  ListenAddress address;
  const std::string_view port = colon == std::string_view::npos ? "" : text.substr(colon + 1);
  const auto [end, problem] = std::from_chars(port.data(), port.data() + port.size(), address.port);
  if (port.empty() || problem != std::errc() || end != port.data() + port.size() ||
      address.port < 0 || address.port > 65535) {
    return Invalid("bad_listen_address", "Give an address and a port, such as 127.0.0.1:8080.");
  }
  const std::string host = AsciiLower(text.substr(0, colon));
  const auto* known = std::find(std::begin(kLoopbackNames), std::end(kLoopbackNames), host);
  if (known == std::end(kLoopbackNames)) {
    return Refused("listen_beyond_loopback",
                   "This version listens on this machine only (127.0.0.1, localhost or [::1]): it "
                   "has no accounts yet, so anybody who reached it could place calls. To work from "
                   "another computer, use a tunnel: ssh -L 8080:127.0.0.1:8080 yourserver");
  }
  address.host = host == "[::1]" ? "::1" : host;
  return address;
}

std::string HostOfUrl(std::string_view url) {
  const std::string lower = AsciiLower(url);
  std::string_view rest = lower;
  if (rest.starts_with("https://")) {
    rest.remove_prefix(8);
  } else if (rest.starts_with("http://")) {
    rest.remove_prefix(7);
  } else {
    return "";
  }
  return std::string(rest.substr(0, rest.find('/')));
}

Guards::Guards(const std::string& public_url) : public_host_(HostOfUrl(public_url)) {}

bool Guards::IsOwnHost(std::string_view host) const {
  const std::string lower = AsciiLower(host);
  const int port = port_;
  return std::any_of(std::begin(kLoopbackNames), std::end(kLoopbackNames),
                     [&](std::string_view name) {
                       return (port == 80 && lower == name) ||
                              lower == std::string(name) + ":" + std::to_string(port);
                     });
}

bool Guards::IsOwnOrigin(std::string_view origin) const {
  return origin.starts_with("http://") && IsOwnHost(origin.substr(7));
}

bool Guards::Allow(const RequestHead& head, const Route& route, HeadError* error) const {
  const std::string_view host = head.Get("host");
  const bool is_webhook = head.path.starts_with("/webhooks/");
  const bool is_public = is_webhook && !public_host_.empty() && AsciiLower(host) == public_host_;
  if (!is_public && !IsOwnHost(host)) {
    return Refuse(error, 403, "wrong_host",
                  "This server answers under 127.0.0.1, localhost and [::1] with its port only.");
  }
  if (head.path.starts_with("/api/")) {
    const std::string_view site = head.Get("sec-fetch-site");
    const std::string_view origin = head.Get("origin");
    if ((!site.empty() && site != "same-origin" && site != "none") ||
        (!origin.empty() && !IsOwnOrigin(origin))) {
      return Refuse(error, 403, "other_origin", "Other web pages may not use this server.");
    }
  }
  if (route.body == BodyKind::kJson && IsWrite(head.method) && head.content_length > 0 &&
      !IsJsonType(head.Get("content-type"))) {
    return Refuse(error, 415, "json_expected", "Send the body as application/json.");
  }
  return true;
}

}  // namespace leadline
