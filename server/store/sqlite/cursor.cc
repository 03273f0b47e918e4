#include "server/store/sqlite/cursor.h"

namespace leadline {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr size_t kMaxCursorBytes = 2000;

}  // namespace

std::string EncodeCursor(const Json& place) {
  std::string out;
  for (const char c : DumpJson(place)) {
    const auto byte = static_cast<unsigned char>(c);
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
  }
  return out;
}

std::optional<Json> DecodeCursor(std::string_view cursor) {
  if (cursor.size() > kMaxCursorBytes || cursor.size() % 2 != 0) return std::nullopt;
  std::string text;
  for (size_t i = 0; i < cursor.size(); i += 2) {
    const size_t high = kHex.find(cursor[i]), low = kHex.find(cursor[i + 1]);
    if (high == kHex.npos || low == kHex.npos) return std::nullopt;
    text += static_cast<char>(high * 16 + low);
  }
  Result<Json> place = ParseJson(text);
  if (!place.ok() || !place->is_array()) return std::nullopt;
  return std::move(*place);
}

Status BadCursor() {
  return Invalid("bad_cursor", "The cursor is not one of this list. Start from the first page.");
}

}  // namespace leadline
