// libphonenumber's own steps from digits to a number, over the tables: for phone.cc and
// phone_read.cc only. Names in the comments are those of its PhoneNumberUtil, to compare with.
// Every function takes ASCII digits, is pure and never allocates.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "common/lead/phone.h"

namespace leadline::phone_plan {

// A few digits held in place. What does not fit is dropped: every number that long is too long
// anyway.
class Digits {
 public:
  void Append(std::string_view digits);
  std::string_view view() const { return {chars_.data(), size_}; }

 private:
  std::array<char, 48> chars_;
  size_t size_ = 0;
};

// A number as parsed: a plan (a calling code with its regions) and a national number, or why there
// is none.
struct Number {
  PhoneLength failure =
      PhoneLength::kPossible;  // kNoSuchPlan, kTooShort, kTooLong: nothing was read
  bool prefix_cut = false;     // the national number was rewritten: a trunk prefix stood before it
  bool had_international = false;  // began with an international prefix such as 00
  bool had_calling_code = false;   // began with the region's own calling code, without a plus
  int plan = -1;
  std::string_view national;  // of the text it was read from, or of a buffer
  Digits first_buffer, buffer;

  bool ok() const { return failure == PhoneLength::kPossible; }
  Number() = default;
  Number(const Number&) = delete;  // `national` may point into the object itself
  Number& operator=(const Number&) = delete;
};

// Every region, by code: PhoneRegions().
std::span<const PhoneRegion> Regions();

inline constexpr int kNoRule = -1;
// The rule of an ISO 3166 code in either case.
int RuleOfRegion(std::string_view region);

// parse("+" + digits).
void ReadInternational(std::string_view digits, Number* out);

// parse(digits, region of `rule`): international prefix, own calling code, national prefix.
void ReadNational(std::string_view digits, int rule, Number* out);

// parse("+" + digits, region) where "+" + digits names no calling code: only an international
// prefix can help.
void ReadAfterPlus(std::string_view digits, int rule, Number* out);

int CallingCodeOfPlan(int plan);

// ReadInternational, then isPossibleNumber, isValidNumber, getNumberType and
// getRegionCodeForNumber, fast; `canonical` tells that no prefix was cut. *out is a fresh verdict
// (given, because a nine-byte struct of small parts is slow to return).
void JudgeInternational(std::string_view digits, PhoneVerdict* out);

}  // namespace leadline::phone_plan
