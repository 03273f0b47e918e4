// Cursors of lists: where a page ended, as an opaque text. Only what was written here is read.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/base/json.h"
#include "common/base/status.h"

namespace leadline {

std::string EncodeCursor(const Json& place);
std::optional<Json> DecodeCursor(std::string_view cursor);
Status BadCursor();

}  // namespace leadline
