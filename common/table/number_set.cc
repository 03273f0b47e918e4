#include "common/table/number_set.h"

#include <algorithm>
#include <utility>

namespace leadline {
namespace {

uint64_t DigitsOf(std::string_view e164) {
  if (e164.size() < 2 || e164.size() > 16 || e164[0] != '+' || e164[1] == '0') return 0;
  uint64_t digits = 0;
  for (const char c : e164.substr(1)) {
    if (c < '0' || c > '9') return 0;
    digits = digits * 10 + static_cast<uint64_t>(c - '0');
  }
  return digits;
}

}  // namespace

uint64_t NumberSet::InsertOrFind(std::string_view e164, uint64_t row) {
  const uint64_t digits = DigitsOf(e164);
  if (digits == 0) return 0;
  if ((size_ + 1) * 5 > digits_.size() * 4) Grow();
  const size_t slot = SlotOf(digits);
  if (digits_[slot] == digits) return rows_[slot];
  digits_[slot] = digits;
  rows_[slot] = static_cast<uint32_t>(std::min<uint64_t>(row, UINT32_MAX));
  ++size_;
  return 0;
}

size_t NumberSet::SlotOf(uint64_t digits) const {
  const size_t mask = digits_.size() - 1;
  const uint64_t mixed = digits * 0x9E3779B97F4A7C15u;
  size_t slot = static_cast<size_t>(mixed >> 32) & mask;
  while (digits_[slot] != 0 && digits_[slot] != digits) slot = (slot + 1) & mask;
  return slot;
}

void NumberSet::Grow() {
  const std::vector<uint64_t> digits = std::exchange(digits_, {});
  const std::vector<uint32_t> rows = std::exchange(rows_, {});
  const size_t slots = std::max<size_t>(1024, digits.size() * 2);
  digits_.assign(slots, 0);
  rows_.assign(slots, 0);
  for (size_t i = 0; i < digits.size(); ++i) {
    if (digits[i] == 0) continue;
    const size_t slot = SlotOf(digits[i]);
    digits_[slot] = digits[i];
    rows_[slot] = rows[i];
  }
}

}  // namespace leadline
