#include "server/provider/endpoint.h"

#include <arpa/inet.h>

#include <algorithm>

#include "common/base/utf8.h"

namespace leadline {
namespace {

constexpr size_t kMaxUrlBytes = 500;

Status Bad(std::string_view why, std::string_view url) {
  return Invalid("bad_base_url", "The provider's base URL " + std::string(why) +
                                     " Use one like https://api.example.com, or http://127.0.0.1:"
                                     "9090/vapi for this machine: " +
                                     ClipUtf8(CleanUtf8(url), 100));
}

bool IsAlnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool IsIpv6(const std::string& host) {
  in6_addr address;
  return inet_pton(AF_INET6, host.c_str(), &address) == 1;
}

bool IsHostName(std::string_view host) {
  return !host.empty() && IsAlnum(host.front()) &&
         std::all_of(host.begin(), host.end(),
                     [](char c) { return IsAlnum(c) || c == '-' || c == '.'; });
}

// By value, never by spelling: 127.0.0.1.example.com is somebody else.
bool IsLoopback(const std::string& host) {
  if (host == "localhost" || host == "::1") return true;
  in_addr address;
  return inet_pton(AF_INET, host.c_str(), &address) == 1 && ntohl(address.s_addr) >> 24 == 127;
}

bool IsPath(std::string_view path) {
  return path.empty() || (path.front() == '/' && std::all_of(path.begin(), path.end(), [](char c) {
                            return IsAlnum(c) || c == '/' || c == '-' || c == '_' || c == '.' ||
                                   c == '~';
                          }));
}

// "host", "host:port", "[v6]", "[v6]:port"; false when it is none of them.
bool ReadAuthority(std::string_view authority, Endpoint* out) {
  std::string_view port;
  bool has_port = false;
  if (!authority.empty() && authority.front() == '[') {
    const size_t close = authority.find(']');
    if (close == std::string_view::npos) return false;
    out->host = std::string(authority.substr(1, close - 1));
    if (!IsIpv6(out->host)) return false;
    authority.remove_prefix(close + 1);
    has_port = !authority.empty();
    if (has_port && authority.front() != ':') return false;
    port = has_port ? authority.substr(1) : authority;
  } else {
    const size_t colon = authority.find(':');
    has_port = colon != std::string_view::npos;
    out->host = AsciiLower(authority.substr(0, colon));
    if (has_port) port = authority.substr(colon + 1);
    if (!IsHostName(out->host)) return false;
  }
  if (!has_port) return true;
  if (port.empty() || port.size() > 5) return false;
  out->port = 0;
  for (const char c : port) {
    if (c < '0' || c > '9') return false;
    out->port = out->port * 10 + (c - '0');
  }
  return out->port >= 1 && out->port <= 65535;
}

}  // namespace

std::string Endpoint::HostHeader() const {
  const std::string name = host.find(':') == std::string::npos ? host : "[" + host + "]";
  return port == (tls ? 443 : 80) ? name : name + ":" + std::to_string(port);
}

Result<Endpoint> ParseEndpoint(std::string_view url) {
  if (url.size() > kMaxUrlBytes) return Bad("is too long.", url);
  Endpoint out;
  std::string_view rest = url;
  if (rest.starts_with("https://")) {
    rest.remove_prefix(8);
  } else if (rest.starts_with("http://")) {
    rest.remove_prefix(7);
    out.tls = false;
    out.port = 80;
  } else {
    return Bad("does not begin with https://.", url);
  }
  if (rest.find_first_of("@?#\\%") != std::string_view::npos) {
    return Bad("has a user, a query or an odd character in it.", url);
  }
  const size_t slash = std::min(rest.find('/'), rest.size());
  std::string_view path = rest.substr(slash);
  while (!path.empty() && path.back() == '/') path.remove_suffix(1);
  if (!ReadAuthority(rest.substr(0, slash), &out)) return Bad("has no readable host.", url);
  if (!IsPath(path)) return Bad("has an odd path.", url);
  if (!out.tls && !IsLoopback(out.host)) {
    return Bad("leads to another machine without encryption.", url);
  }
  out.prefix = std::string(path);
  return out;
}

std::string EncodeQueryValue(std::string_view value) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : value) {
    if (IsAlnum(c) || c == '-' || c == '_' || c == '.' || c == '~') {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
  }
  return out;
}

}  // namespace leadline
