// Draws that depend on the seed and on what is drawn, never on the order of requests: the same seed
// meets the same people however threads interleave. Pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace leadline {

uint64_t SimHash(uint64_t seed, std::string_view what);
// [0, 1)
double SimUnit(uint64_t seed, std::string_view what);
// Whole numbers within [min, max]; min when max < min.
int64_t SimRange(uint64_t seed, std::string_view what, int64_t min, int64_t max);
// `digits` lower-case hexadecimal digits.
std::string SimHex(uint64_t seed, std::string_view what, int digits);
// A UUID of version 7 whose time part is `wall_ms`.
std::string SimUuid(uint64_t seed, std::string_view what, int64_t wall_ms);

}  // namespace leadline
