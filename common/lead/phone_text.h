// The text of a phone cell, taken apart before any numbering plan is asked: for phone_read.cc only.
// Pure, thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace leadline::phone_text {

// What was changed between a cell and the number read from it. The first one set, in this order,
// names the problem.
enum Repair : uint32_t {
  kExtension = 1 << 0,
  kVanityLetters = 1 << 1,
  kLookalikeLetters = 1 << 2,
  kLabel = 1 << 3,
  kDecimalTail = 1 << 4,
  kWideDigits = 1 << 5,
  kDoublePlus = 1 << 6,
  kInternationalPrefix = 1 << 7,
  kNoCallingCode = 1 << 8,
  kMissingPlus = 1 << 9,
  kDoubledCallingCode = 1 << 10,
  kTrunkPrefix = 1 << 11,
  kPunctuation = 1 << 12,
  kSpaceAround = 1 << 13,
};

// A cell as digits with at most one plus before them; or the problem for which there are none.
struct PhoneText {
  const char* problem_code =
      "";  // phone_missing, _placeholder, _scientific, _letters, _several, _unreadable
  uint32_t repairs = 0;  // Repair bits: what had to go
  bool plus = false;
  bool guessed =
      false;           // letters were read as digits: to be believed only when the number is valid
  std::string digits;  // ASCII
};

// `raw` is any bytes.
PhoneText TakeApart(std::string_view raw);

}  // namespace leadline::phone_text
