// From method and path to a row of the route table. Patterns are exact segments and {names} that
// take one segment; nothing is percent-decoded, so an encoded path finds no route.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/status.h"

namespace leadline {

struct Exchange;

// Decodes, calls one use-case, encodes. A Status that is not ok becomes a problem document
// (errors.cc).
using Handler = Status (*)(Exchange& exchange);

enum class BodyKind : uint8_t {
  kNone,    // a body is not expected; a small one is read and ignored
  kJson,    // application/json, as a whole
  kRaw,     // any type, as a whole
  kUpload,  // read by the handler, piece by piece
  kEvents,  // no body; the answer is an event stream
};

struct Route {
  const char* method;
  const char* pattern;  // "/api/v1/leads/{id}"
  Handler handler;
  BodyKind body;
  const char* takes;    // name of the body's schema in openapi.json, "" for none
  const char* answers;  // of the answer's
  const char* summary;
};

struct RouteMatch {
  const Route* route = nullptr;        // null: none
  std::vector<std::string_view> args;  // what stands for the {names}, in order; views into the path
  std::string allow;                   // methods of the path, when only the method is wrong
};

// HEAD is answered by the GET route.
RouteMatch FindRoute(std::span<const Route> routes, std::string_view method, std::string_view path);

uint64_t BodyCapOf(const Route& route);

}  // namespace leadline
