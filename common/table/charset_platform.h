// The one seam between Leadline and the tables of old character sets, which the platform has
// already: the browser's TextDecoder in charset_web.cc, the C library's iconv in charset_native.cc
// (CMake takes one). It is only asked once per character set, for its tables (see charset.h), so
// that cutting a text into characters, errors and chunks is our own code on both.
//
// Both give what the WHATWG encoding standard says; where iconv differs, charset_native.cc mends
// it. tests/common/table/charset_test.cc and tests/e2e/charset.test.mjs hold the two to the same
// figures. A pure conversion: no I/O beyond what iconv loads itself. Any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "common/table/encoding.h"

namespace leadline {

// Reads each `length` bytes of `sequences` by themselves: code_points[i] is the one character that
// they are, kReplacementChar where they are none or several.
// REQUIRES: a character set of one or two bytes (no UTF); sequences.size() == length *
// code_points.size(). False when the platform does not know it; code_points are unspecified then.
bool ReadSequences(Encoding encoding, std::string_view sequences, size_t length,
                   std::span<uint32_t> code_points);

}  // namespace leadline
