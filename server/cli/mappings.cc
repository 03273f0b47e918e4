#include "server/cli/commands.h"

namespace leadline {

bool ParseMappings(const std::vector<std::string>& pairs,
                   std::map<std::string, std::string, std::less<>>* mapping) {
  for (const std::string& pair : pairs) {
    const size_t at = pair.find('=');
    if (at == std::string::npos || at == 0 || at + 1 == pair.size()) return false;
    (*mapping)[pair.substr(at + 1)] = pair.substr(0, at);
  }
  return true;
}

}  // namespace leadline
