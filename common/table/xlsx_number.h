// Numbers of a spreadsheet as the text that people see: phones with all their digits, no floating
// point noise, dates as ISO 8601 says. Works on the decimal text as it stands in the file, so that
// no digit passes through a double. Pure functions.
#pragma once

#include <cstdint>
#include <string_view>

#include "common/table/text_buffer.h"

namespace leadline {

enum class NumberShow : uint8_t {
  kPlain,
  kDate,      // 2026-03-02
  kDateTime,  // 2026-03-02 14:30, with seconds when there are some
  kTime,      // 14:30
  kElapsed,   // 25:30: hours beyond a day
};

// What of a cell's number format matters here.
struct NumberFormat {
  NumberShow show = NumberShow::kPlain;
  uint8_t digits = 0;  // of a format such as 00000: whole numbers get zeros in front
  friend bool operator==(const NumberFormat& a, const NumberFormat& b) {
    return a.show == b.show && a.digits == b.digits;
  }
};

// The formats that have a number and no text (ECMA-376 18.8.30, with those of East Asia).
NumberFormat FormatOfId(uint32_t id);
// A format such as `yyyy\-mm\-dd;@`: its first section decides.
NumberFormat FormatOfCode(std::string_view code);

// Appends `written` ("4.4791112345E11") in the format: "447911123450". Fractions are rounded to 15
// digits, which is what spreadsheet programs show. A date outside of 1900-01-01..9999-12-31 stays a
// number. False, and nothing is appended, when `written` is no number.
bool AppendNumber(std::string_view written, NumberFormat format, bool from_1904, TextBuffer* out);

}  // namespace leadline
