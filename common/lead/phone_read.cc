#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "common/lead/phone.h"
#include "common/lead/phone_plan.h"
#include "common/lead/phone_text.h"

namespace leadline {
namespace {

using phone_plan::Number;
using phone_text::PhoneText;

constexpr size_t kShortestE164 = 8;      // with the plus
constexpr size_t kLongestShortCode = 3;  // 112, 911, 999: emergency and service numbers
// Fewer digits are as likely a national number of somewhere else.
constexpr size_t kFewestDigitsWithCode = 11;

struct RepairText {
  phone_text::Repair bit;
  const char* code;
  const char* note;
};
constexpr RepairText kRepairTexts[] = {
    {phone_text::kExtension, "phone_extension", "cut off the extension"},
    {phone_text::kVanityLetters, "phone_vanity_letters", "turned the letters into their keys"},
    {phone_text::kLookalikeLetters, "phone_letters", "read the letters O, I and l as digits"},
    {phone_text::kLabel, "phone_label", "removed the words beside the number"},
    {phone_text::kDecimalTail, "phone_decimal_tail", "cut off the decimal places"},
    {phone_text::kWideDigits, "phone_fullwidth_digits", "wrote the digits as 0-9"},
    {phone_text::kDoublePlus, "phone_double_plus", "kept one +"},
    {phone_text::kInternationalPrefix, "phone_00_prefix", "wrote the international prefix as +"},
    {phone_text::kNoCallingCode, "phone_no_country_code", "added the country code +"},
    {phone_text::kMissingPlus, "phone_missing_plus", "added the missing +"},
    {phone_text::kDoubledCallingCode, "phone_doubled_country_code",
     "removed the doubled country code"},
    {phone_text::kTrunkPrefix, "phone_trunk_zero", "removed the trunk prefix"},
    {phone_text::kPunctuation, "phone_has_punctuation", "removed spaces and punctuation"},
    {phone_text::kSpaceAround, "phone_surrounding_space", "removed the space around it"},
};

// A number found in the digits of a cell.
struct Found {
  std::string e164;  // empty: none
  int calling_code = 0;
  PhoneVerdict verdict;
  uint32_t repairs = 0;
  PhoneLength failure = PhoneLength::kNoSuchPlan;  // why there is none
  bool good() const { return verdict.valid && verdict.canonical; }
};

Found FoundIn(const Number& number, uint32_t repairs) {
  Found found;
  found.failure = number.failure;
  if (!number.ok()) return found;
  found.repairs = repairs | (number.prefix_cut ? phone_text::kTrunkPrefix : 0u) |
                  (number.had_international ? phone_text::kInternationalPrefix : 0u);
  found.calling_code = phone_plan::CallingCodeOfPlan(number.plan);
  found.e164 = "+" + std::to_string(found.calling_code);
  found.e164.append(number.national);
  found.verdict = JudgeE164(found.e164);
  // Some plans cut again what a first cut left; the text offered must be one that stays as it is.
  for (int i = 0; i < 3 && !found.verdict.canonical && found.verdict.possible; ++i) {
    found.e164 = CanonicalE164(found.e164);
    found.verdict = JudgeE164(found.e164);
  }
  return found;
}

Found International(std::string_view digits, uint32_t repairs) {
  Number number;
  phone_plan::ReadInternational(digits, &number);
  return FoundIn(number, repairs);
}

// "+44 44 7911 123456"
Found WithoutDoubledCode(Found found) {
  const std::string code = std::to_string(found.calling_code);
  const std::string_view national = std::string_view(found.e164).substr(1 + code.size());
  if (national.substr(0, code.size()) != code) return found;
  Found once = International(national, found.repairs | phone_text::kDoubledCallingCode);
  return once.good() ? once : found;
}

Found WithPlus(std::string_view digits, int rule) {
  if (digits.substr(0, 2) == "00") {
    return International(digits.substr(2), phone_text::kInternationalPrefix);
  }
  Found found = International(digits, 0);
  if (found.failure != PhoneLength::kNoSuchPlan || rule == phone_plan::kNoRule) return found;
  Number number;
  phone_plan::ReadAfterPlus(digits, rule, &number);
  return FoundIn(number, 0);
}

// Without a plus and without a region only an international prefix, or enough digits, say which
// country is meant.
Found WithoutRegion(std::string_view digits) {
  if (digits.substr(0, 2) == "00") {
    return International(digits.substr(2), phone_text::kInternationalPrefix);
  }
  if (digits.substr(0, 3) == "011") {
    Found found = International(digits.substr(3), phone_text::kInternationalPrefix);
    if (found.good()) return found;
  }
  if (digits.size() < kFewestDigitsWithCode) return {};
  Found found = International(digits, phone_text::kMissingPlus);
  return found.good() ? found : Found{};
}

Found InRegion(std::string_view digits, int rule) {
  Number number;
  phone_plan::ReadNational(digits, rule, &number);
  const bool own_code = number.had_calling_code;
  Found found = FoundIn(number, number.had_international ? 0u
                                : own_code               ? phone_text::kMissingPlus
                                                         : phone_text::kNoCallingCode);
  if (found.good()) return found;
  Found elsewhere = WithoutRegion(digits);
  return elsewhere.good() ? elsewhere : found;
}

const char* WhyNone(PhoneLength length) {
  switch (length) {
    case PhoneLength::kNoSuchPlan:
      return "phone_unknown_country_code";
    case PhoneLength::kTooShort:
    case PhoneLength::kLocalOnly:
      return "phone_too_short";
    case PhoneLength::kTooLong:
      return "phone_too_long";
    case PhoneLength::kWrong:
      return "phone_wrong_length";
    case PhoneLength::kPossible:
    case PhoneLength::kNotANumber:
      break;
  }
  return "phone_unreadable";
}

PhoneReading Refused(const char* code) {
  PhoneReading reading;
  reading.problem_code = code;
  return reading;
}

// The first repair names the problem, all of them make the note.
void Describe(uint32_t repairs, int calling_code, PhoneReading* reading) {
  for (const RepairText& text : kRepairTexts) {
    if ((repairs & text.bit) == 0) continue;
    if (reading->fine()) reading->problem_code = text.code;
    if (!reading->repair_note.empty()) reading->repair_note += "; ";
    reading->repair_note += text.note;
    if (text.bit == phone_text::kNoCallingCode)
      reading->repair_note += std::to_string(calling_code);
  }
}

PhoneReading Conclude(Found found, uint32_t repairs, std::string_view raw) {
  if (found.e164.empty()) return Refused(WhyNone(found.failure));
  const PhoneLength length = found.verdict.length;
  if (length != PhoneLength::kPossible && !found.verdict.valid) return Refused(WhyNone(length));
  if (!found.verdict.canonical) {  // a possible number, but not within the lengths of E.164
    return Refused(found.e164.size() > kShortestE164 ? "phone_too_long" : "phone_too_short");
  }
  PhoneReading reading;
  reading.verdict = found.verdict;
  reading.e164 = std::move(found.e164);
  if (!reading.verdict.valid) {
    reading.problem_code = "phone_not_in_plan";
  } else if (!IsDialable(reading.verdict)) {
    reading.problem_code = "phone_not_dialable";
  }
  reading.repaired = reading.e164 != raw;
  if (reading.repaired) Describe(repairs | found.repairs, found.calling_code, &reading);
  return reading;
}

}  // namespace

PhoneReading ReadPhone(std::string_view raw, std::string_view default_region) {
  if (const PhoneVerdict verdict = JudgeE164(raw); IsDialable(verdict)) {
    PhoneReading reading;
    reading.e164 = raw;
    reading.verdict = verdict;
    return reading;
  }
  const PhoneText text = phone_text::TakeApart(raw);
  if (*text.problem_code != '\0') return Refused(text.problem_code);
  const int rule = phone_plan::RuleOfRegion(default_region);
  if (!text.plus && text.digits.size() == kLongestShortCode) return Refused("phone_not_dialable");
  Found found = text.plus                     ? WithPlus(text.digits, rule)
                : rule == phone_plan::kNoRule ? WithoutRegion(text.digits)
                                              : InRegion(text.digits, rule);
  if (!found.good() && !found.e164.empty()) found = WithoutDoubledCode(std::move(found));
  if (text.guessed && !found.good()) return Refused("phone_letters");
  if (!text.plus && rule == phone_plan::kNoRule && found.failure == PhoneLength::kNoSuchPlan) {
    return Refused(text.digits.size() < 5 ? "phone_too_short" : "phone_no_country_code");
  }
  return Conclude(std::move(found), text.repairs, raw);
}

}  // namespace leadline
