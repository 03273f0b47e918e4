// leadline phone
#include "common/lead/phone.h"

#include <cstdio>
#include <iostream>

#include "common/base/json.h"
#include "server/cli/commands.h"

namespace leadline {
namespace {

bool PrintReading(const std::string& input, const std::string& region) {
  const PhoneReading reading = ReadPhone(input, region);
  Json zones = Json::array();
  for (std::string_view zone : ZonesOfPhone(reading.e164)) zones.push_back(std::string(zone));
  const auto text = [](std::string_view s) { return s.empty() ? Json(nullptr) : Json(s); };
  const Json line = {{"input", input},
                     {"e164", text(reading.e164)},
                     {"region", text(reading.verdict.region_code())},
                     {"possible", reading.verdict.possible},
                     {"valid", reading.verdict.valid},
                     {"type", std::string(PhoneTypeName(reading.verdict.type))},
                     {"zones", std::move(zones)},
                     {"problem", text(reading.problem_code)}};
  std::printf("%s\n", DumpJson(line).c_str());
  return reading.fine();
}

}  // namespace

int RunPhone(const std::vector<std::string>& numbers, const std::string& region) {
  bool fine = true;
  for (const std::string& number : numbers) {
    if (number != "-") {
      fine &= PrintReading(number, region);
      continue;
    }
    for (std::string line; std::getline(std::cin, line);) {
      if (!line.empty() && line.back() == '\r') line.pop_back();
      fine &= PrintReading(line, region);
    }
  }
  return fine ? 0 : 1;
}

}  // namespace leadline
