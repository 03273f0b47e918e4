// Answers: yes and no in many languages. Pure, thread-safe.
#pragma once

#include <string_view>

namespace leadline {

// "yes", "no", or empty for anything else. `text` is trimmed; case and accents do not matter.
// `lenient`: 1, 0, on, off, x and check marks are answers too, which by themselves could mean
// something else.
std::string_view ReadYesNo(std::string_view text, bool lenient);

}  // namespace leadline
