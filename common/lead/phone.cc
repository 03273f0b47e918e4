#include "common/lead/phone.h"

#include <array>
#include <cstdint>
#include <cstring>

#include "common/lead/phone_plan.h"
#include "common/lead/phone_tables.h"

namespace leadline {
namespace {

constexpr std::array<std::string_view, kPhoneTypeCount> kTypeNames = {
    "unknown",     "fixed_line", "mobile",   "fixed_or_mobile", "toll_free", "premium",
    "shared_cost", "voip",       "personal", "pager",           "uan",       "voicemail"};

constexpr size_t kMaxInput = 250;  // libphonenumber reads no longer text

// Eight bytes are all digits: each high half is 3, and still is when 6 is added.
bool AreDigits(uint64_t bytes) {
  constexpr uint64_t kHigh = 0xF0F0F0F0F0F0F0F0, kThrees = 0x3030303030303030;
  return ((bytes & kHigh) | ((bytes + 0x0606060606060606) & kHigh) >> 4) ==
         (kThrees | kThrees >> 4);
}

// The digits behind the plus; empty when the text is not a plus and digits.
std::string_view DigitsOf(std::string_view e164) {
  if (e164.size() < 2 || e164.size() > kMaxInput || e164[0] != '+') return {};
  const std::string_view digits = e164.substr(1);
  if (digits.size() >= 8 && digits.size() <= 16) {
    uint64_t head, tail;
    std::memcpy(&head, digits.data(), 8);
    std::memcpy(&tail, digits.data() + digits.size() - 8, 8);
    return AreDigits(head) && AreDigits(tail) ? digits : std::string_view();
  }
  return digits.find_first_not_of("0123456789") == std::string_view::npos ? digits
                                                                          : std::string_view();
}

// ITU-T E.164: at most 15 digits; nothing shorter than 7 can be dialled from abroad.
bool HasE164Length(std::string_view digits) {
  return digits.size() >= 7 && digits.size() <= 15;
}

}  // namespace

std::string_view PhoneTypeName(PhoneType type) {
  return kTypeNames[static_cast<size_t>(type)];
}

PhoneVerdict JudgeE164(std::string_view e164) {
  PhoneVerdict verdict;
  const std::string_view digits = DigitsOf(e164);
  if (digits.empty()) return verdict;
  phone_plan::JudgeInternational(digits, &verdict);
  verdict.canonical &= HasE164Length(digits);
  return verdict;
}

std::string CanonicalE164(std::string_view e164) {
  const std::string_view digits = DigitsOf(e164);
  if (digits.empty()) return {};
  phone_plan::Number number;
  phone_plan::ReadInternational(digits, &number);
  if (!number.ok()) return {};
  return "+" + std::to_string(phone_plan::CallingCodeOfPlan(number.plan)) +
         std::string(number.national);
}

bool IsDialableType(PhoneType type, std::string_view region, PhoneTypeSet allowed) {
  return type != PhoneType::kUnknown && region.size() == 2 && (allowed & PhoneTypeBit(type)) != 0;
}

bool IsDialable(const PhoneVerdict& verdict, PhoneTypeSet allowed) {
  return verdict.valid && verdict.canonical && verdict.length == PhoneLength::kPossible &&
         IsDialableType(verdict.type, verdict.region_code(), allowed);
}

std::span<const PhoneRegion> PhoneRegions() {
  return phone_plan::Regions();
}

int CallingCodeOfRegion(std::string_view region) {
  const int rule = phone_plan::RuleOfRegion(region);
  return rule == phone_plan::kNoRule
             ? 0
             : phone_plan::Regions()[static_cast<size_t>(rule)].calling_code;
}

std::string_view PhoneMetadataVersion() {
  return phone_tables::kMetadataVersion;
}

}  // namespace leadline
