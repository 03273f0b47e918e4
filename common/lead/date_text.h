// Dates and instants as people and programs write them: 4.3.2026, 03/04/26, March 4th 2026,
// 2026-03-04T15:30Z, 2026年3月4日. Pure functions, thread-safe, no clock: "today" is no date.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace leadline {

enum class DateOrder : uint8_t { kUnknown, kDmy, kMdy, kYmd };
inline constexpr std::string_view kDateOrderNames[] = {"", "dmy", "mdy", "ymd"};

enum class DateFault : uint8_t {
  kNone,
  kNotADate,
  kOrder,    // it is another date in another order, and the order is not known
  kCentury,  // a year 30..69 of two digits; iso has the 20th century's, as spreadsheets read it
  kSerial,   // a day number, as a spreadsheet stores dates; iso is what it stands for
};

struct DateReading {
  DateFault fault = DateFault::kNotADate;
  // "2026-03-04", or "2026-03-04T15:30" with ":05" and the offset where they were written. Empty
  // with kNotADate and kOrder.
  std::string iso;
  bool has_time = false;  // a time of day other than a bare midnight is written
};

// `text` trimmed. A year of four digits in front is year, month, day in every order; a month's name
// (English, German, French, Spanish, Italian, Portuguese, Dutch; its first three letters do) needs
// no order. Years 1800..2199; of two digits 00..29 are 20xx, 70..99 are 19xx.
DateReading ReadDate(std::string_view text, DateOrder order);

// The order that is usual in a region for dates of figures with the year last; kUnknown for
// regions where both are met, and for none.
DateOrder DateOrderOf(std::string_view region);

}  // namespace leadline
