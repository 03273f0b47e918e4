#include "common/lead/country_names.h"

#include <string>

#include "common/base/fold.h"

namespace leadline {
namespace {

#include "common/lead/country_names.inc"

constexpr size_t kMaxCountryBytes = 100;

bool IsBetween(char c) {
  return c == ' ' || c == '\n';
}

std::string_view FindWord(std::string_view word) {
  for (size_t at = kCountries.find(word); at != std::string_view::npos;
       at = kCountries.find(word, at + 1)) {
    const bool begins = at == 0 || IsBetween(kCountries[at - 1]);
    if (!begins || !IsBetween(kCountries[at + word.size()])) continue;
    const size_t line = kCountries.rfind('\n', at);  // npos + 1 is 0
    return kCountries.substr(line + 1, 2);
  }
  return {};
}

}  // namespace

std::string_view RegionOfCountry(std::string_view text) {
  if (text.size() > kMaxCountryBytes) return {};
  std::string key = FoldKey(text.substr(0, text.find('(')));
  if (key.size() < 2) return {};
  const std::string_view named = FindWord(key);
  if (!named.empty() || key.size() > 3) return named;
  for (char& c : key) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
  return FindWord(key);  // the codes are in capitals
}

}  // namespace leadline
