// Numbers as people write them: 1,234.56 and 1.234,56 and 1 234,56 and 1'234.56. Pure functions,
// thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "common/lead/typed_value.h"

namespace leadline {

// Digits only, at most 15 of them, and no leading zero: a number in every way of writing.
bool IsPlainDigits(std::string_view text);

// Sign, digits and a point, as in "-1234.50"; empty when `text` (trimmed) is no number. Thousands
// may be grouped (Indian lakhs too) by one sign that is not the decimal one. Without a `decimal`
// sign only what is one number with either is read. Leading zeros and exponents make no number:
// those are codes, and figures that lost digits. `lenient`: currency signs, short currency words
// and % around it are taken off.
std::string ReadNumber(std::string_view text, DecimalSign decimal, bool lenient);

// The sign that is usual in a region; kUnknown for no region.
DecimalSign DecimalSignOf(std::string_view region);

}  // namespace leadline
