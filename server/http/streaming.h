// Answers that are written while they are made, and never held in memory as a whole.
#pragma once

#include <functional>
#include <string_view>

#include "server/http/exchange.h"

namespace leadline {

inline constexpr const char* kCsvType = "text/csv; charset=utf-8";

using PieceSink = std::function<bool(std::string_view piece)>;

// Answers with a CSV download. `produce` runs once, while the answer is written; it stops when the
// sink returns false. Its error breaks the answer off in the middle, so that nobody takes a part
// for the whole.
void StreamCsv(Exchange& x, const char* file_name,
               std::function<Status(const PieceSink& write)> produce);

}  // namespace leadline
