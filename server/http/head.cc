#include "server/http/head.h"

#include <algorithm>
#include <charconv>

namespace leadline {
namespace {

constexpr std::string_view kMethods[] = {"GET",   "HEAD",   "POST",   "PUT",
                                         "PATCH", "DELETE", "OPTIONS"};

bool IsTokenByte(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return letter || (c >= '0' && c <= '9') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool IsToken(std::string_view s) {
  return !s.empty() && std::all_of(s.begin(), s.end(), IsTokenByte);
}

bool IsVisible(char c) {
  return c > 0x20 && c < 0x7F;
}

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool SameName(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                            [](char x, char y) { return Lower(x) == Lower(y); });
}

std::string_view TrimBlanks(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t')) s.remove_suffix(1);
  return s;
}

// Cuts one line off `text`; false when a line feed stands alone or a carriage return is loose.
bool TakeLine(std::string_view* text, std::string_view* line) {
  const size_t end = text->find('\n');
  if (end == std::string_view::npos || end == 0 || (*text)[end - 1] != '\r') return false;
  *line = text->substr(0, end - 1);
  text->remove_prefix(end + 1);
  return line->find('\r') == std::string_view::npos;
}

bool ParseRequestLine(std::string_view line, RequestHead* head, HeadError* error) {
  const size_t first = line.find(' ');
  const size_t last = line.rfind(' ');
  if (first == std::string_view::npos || last == first) {
    return Refuse(error, 400, "bad_request_line", "The first line is not METHOD TARGET HTTP/1.1.");
  }
  head->method = line.substr(0, first);
  head->target = line.substr(first + 1, last - first - 1);
  const std::string_view version = line.substr(last + 1);
  head->http_1_0 = version == "HTTP/1.0";
  if (version != "HTTP/1.1" && !head->http_1_0) {
    return Refuse(error, 505, "bad_http_version", "This server speaks HTTP/1.1.");
  }
  if (std::find(std::begin(kMethods), std::end(kMethods), head->method) == std::end(kMethods)) {
    return Refuse(error, 501, "unknown_method", "This method is not known here.");
  }
  if (head->target.size() > kMaxTargetBytes) {
    return Refuse(error, 414, "target_too_long", "The address is longer than 8 kB.");
  }
  if (head->target.empty() || head->target[0] != '/' ||
      !std::all_of(head->target.begin(), head->target.end(), IsVisible) ||
      head->target.find('#') != std::string_view::npos) {
    return Refuse(error, 400, "bad_target", "The address in the first line is not a path.");
  }
  head->path = head->target.substr(0, head->target.find('?'));
  return true;
}

bool ParseHeaderLine(std::string_view line, RequestHead* head, HeadError* error) {
  if (head->headers.size() == kMaxHeaders) {
    return Refuse(error, 431, "too_many_headers", "The request has more than 64 headers.");
  }
  const size_t colon = line.find(':');
  if (colon == std::string_view::npos || !IsToken(line.substr(0, colon))) {
    return Refuse(error, 400, "bad_header", "A header is not NAME: VALUE on one line.");
  }
  const std::string_view value = TrimBlanks(line.substr(colon + 1));
  const bool printable = std::all_of(value.begin(), value.end(), [](char c) {
    return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F);
  });
  if (!printable) {
    return Refuse(error, 400, "bad_header", "A header has a control character in it.");
  }
  head->headers.push_back({line.substr(0, colon), value});
  return true;
}

bool ReadLength(std::string_view value, uint64_t* length) {
  if (value.empty() || value.size() > 15) return false;
  const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), *length);
  return problem == std::errc() && end == value.data() + value.size();
}

// The headers that say where the body ends and what becomes of the connection.
bool ReadFraming(RequestHead* head, HeadError* error) {
  int hosts = 0;
  int lengths = 0;
  head->keep_alive = !head->http_1_0;
  for (const Header& h : head->headers) {
    if (SameName(h.name, "host")) ++hosts;
    if (SameName(h.name, "transfer-encoding")) {
      return Refuse(error, 411, "length_required",
                    "Send the body in one piece with a Content-Length.");
    }
    if (SameName(h.name, "content-encoding") && !SameName(h.value, "identity")) {
      return Refuse(error, 415, "content_encoding", "Send the body without Content-Encoding.");
    }
    if (SameName(h.name, "content-length") &&
        (++lengths > 1 || !ReadLength(h.value, &head->content_length))) {
      return Refuse(error, 400, "bad_content_length", "Content-Length must be one number.");
    }
    if (SameName(h.name, "connection")) head->keep_alive = !SameName(h.value, "close");
    if (SameName(h.name, "expect")) {
      head->expects_continue = SameName(h.value, "100-continue");
      if (!head->expects_continue) {
        return Refuse(error, 417, "bad_expect", "Only Expect: 100-continue is known.");
      }
    }
  }
  if (hosts != 1 && !(hosts == 0 && head->http_1_0)) {
    return Refuse(error, 400, "bad_host", "The request needs exactly one Host header.");
  }
  if (head->content_length > 0 && (head->method == "GET" || head->method == "HEAD")) {
    return Refuse(error, 400, "body_not_allowed", "A GET request has no body.");
  }
  return true;
}

}  // namespace

std::string_view RequestHead::Get(std::string_view name) const {
  for (const Header& h : headers) {
    if (SameName(h.name, name)) return h.value;
  }
  return {};
}

size_t FindHeadEnd(std::string_view text) {
  const size_t at = text.find("\r\n\r\n");
  return at == std::string_view::npos ? at : at + 4;
}

bool ParseHead(std::string_view text, RequestHead* head, HeadError* error) {
  *head = {};
  std::string_view line;
  if (!TakeLine(&text, &line)) {
    return Refuse(error, 400, "bad_request_line", "Lines must end with CR LF.");
  }
  if (!ParseRequestLine(line, head, error)) return false;
  head->headers.reserve(16);
  for (;;) {
    if (!TakeLine(&text, &line)) {
      return Refuse(error, 400, "bad_header", "Lines must end with CR LF.");
    }
    if (line.empty()) break;
    if (!ParseHeaderLine(line, head, error)) return false;
  }
  return ReadFraming(head, error);
}

}  // namespace leadline
