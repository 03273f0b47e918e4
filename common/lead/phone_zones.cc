// ZonesOfPhone, after libphonenumber's PhoneNumberToTimeZonesMapper.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "common/lead/phone.h"
#include "common/lead/phone_plan.h"
#include "common/lead/phone_zone_tables.h"

namespace leadline {
namespace {

namespace tables = phone_tables;

// Mobile numbers of these calling codes carry an area code: libphonenumber's GEO_MOBILE_COUNTRIES.
bool IsTiedToPlace(PhoneType type, int calling_code) {
  if (type == PhoneType::kFixedLine || type == PhoneType::kFixedOrMobile) return true;
  constexpr std::array<int, 5> kMobileWithArea = {52, 54, 55, 62, 86};
  return type == PhoneType::kMobile && std::find(kMobileWithArea.begin(), kMobileWithArea.end(),
                                                 calling_code) != kMobileWithArea.end();
}

// The zones of the digits' longest prefix.
PhoneZones ZonesOfDigits(std::string_view digits) {
  const tables::ZonePrefix* const end = tables::kZonePrefixes + tables::kZonePrefixCount;
  std::array<uint32_t, tables::kMaxZonePrefix + 1> keys = {1};
  const size_t longest = std::min(digits.size(), keys.size() - 1);
  for (size_t i = 0; i < longest; ++i) {
    keys[i + 1] = keys[i] * 10 + static_cast<uint32_t>(digits[i] - '0');
  }
  for (size_t size = longest; size > 0; --size) {
    const auto* found = std::lower_bound(
        tables::kZonePrefixes, end, keys[size],
        [](const tables::ZonePrefix& prefix, uint32_t key) { return prefix.key < key; });
    if (found == end || found->key != keys[size]) continue;
    const uint16_t* starts = tables::kZoneListStarts + found->list;
    return {tables::kZoneLists + starts[0], static_cast<size_t>(starts[1] - starts[0])};
  }
  return {};
}

}  // namespace

std::string_view PhoneZones::operator[](size_t i) const {
  return phone_tables::kZoneNames[first_[i]];
}

PhoneZones ZonesOfPhone(std::string_view e164) {
  const PhoneVerdict verdict = JudgeE164(e164);
  if (!verdict.valid) return {};
  phone_plan::Number number;
  phone_plan::ReadInternational(e164.substr(1), &number);
  const int calling_code = phone_plan::CallingCodeOfPlan(number.plan);
  std::string digits = std::to_string(calling_code);
  if (IsTiedToPlace(verdict.type, calling_code)) digits += number.national;
  return ZonesOfDigits(digits);
}

}  // namespace leadline
