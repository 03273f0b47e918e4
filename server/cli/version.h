#pragma once

namespace leadline {

// LEADLINE_VERSION comes from the project's CMake version.
inline constexpr const char* kVersion = LEADLINE_VERSION;

}  // namespace leadline
