#include "server/http/router.h"

namespace leadline {
namespace {

constexpr uint64_t kJsonCap = 1024 * 1024;
constexpr uint64_t kRawCap = 2 * 1024 * 1024;
constexpr uint64_t kUploadCap = uint64_t{4} * 1024 * 1024 * 1024;
constexpr uint64_t kNoneCap = 4 * 1024;

std::string_view TakeSegment(std::string_view* path) {
  path->remove_prefix(1);  // the slash
  const std::string_view segment = path->substr(0, path->find('/'));
  path->remove_prefix(segment.size());
  return segment;
}

bool Matches(std::string_view pattern, std::string_view path, std::vector<std::string_view>* args) {
  args->clear();
  while (!pattern.empty() && !path.empty()) {
    const std::string_view want = TakeSegment(&pattern);
    const std::string_view got = TakeSegment(&path);
    if (!want.empty() && want.front() == '{') {
      if (got.empty()) return false;
      args->push_back(got);
    } else if (want != got) {
      return false;
    }
  }
  return pattern.empty() && path.empty();
}

}  // namespace

RouteMatch FindRoute(std::span<const Route> routes, std::string_view method,
                     std::string_view path) {
  RouteMatch match;
  const std::string_view wanted = method == "HEAD" ? "GET" : method;
  for (const Route& route : routes) {
    if (!Matches(route.pattern, path, &match.args)) continue;
    if (wanted == route.method) {
      match.route = &route;
      return match;
    }
    if (!match.allow.empty()) match.allow += ", ";
    match.allow += route.method;
  }
  match.args.clear();
  return match;
}

uint64_t BodyCapOf(const Route& route) {
  switch (route.body) {
    case BodyKind::kJson:
      return kJsonCap;
    case BodyKind::kRaw:
      return kRawCap;
    case BodyKind::kUpload:
      return kUploadCap;
    case BodyKind::kNone:
    case BodyKind::kEvents:
      break;
  }
  return kNoneCap;
}

}  // namespace leadline
