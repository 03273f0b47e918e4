#include "client/platform/platform.h"

namespace leadline::platform {

std::string_view HeaderOf(const Event& event, std::string_view name) {
  std::string_view rest = event.headers;
  while (!rest.empty()) {
    const size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    const size_t colon = line.find(": ");
    if (colon != std::string_view::npos && line.substr(0, colon) == name)
      return line.substr(colon + 2);
  }
  return {};
}

}  // namespace leadline::platform
