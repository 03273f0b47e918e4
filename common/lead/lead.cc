#include "common/lead/lead.h"

#include "common/base/utf8.h"

namespace leadline {
namespace {

std::string_view AfterComma(std::string_view name) {
  const size_t comma = name.find(',');
  return comma == std::string_view::npos ? std::string_view() : TrimUtf8(name.substr(comma + 1));
}

}  // namespace

std::string FirstName(std::string_view full_name) {
  const std::string_view name = TrimUtf8(full_name);
  const std::string_view given = AfterComma(name);
  const std::string_view from = given.empty() ? name : given;
  return std::string(from.substr(0, from.find(' ')));
}

std::string LastName(std::string_view full_name) {
  const std::string_view name = TrimUtf8(full_name);
  if (!AfterComma(name).empty()) return std::string(TrimUtf8(name.substr(0, name.find(','))));
  const size_t space = name.rfind(' ');
  return space == std::string_view::npos ? std::string() : std::string(name.substr(space + 1));
}

}  // namespace leadline
