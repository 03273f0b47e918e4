#include "common/table/number_set.h"

#include <algorithm>
#include <bit>
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
  if ((size_ + 1) * 5 > slots_.size() * 4) Grow();
  Slot& slot = slots_[SlotOf(digits)];
  if (slot.digits() == digits) return slot.row;
  slot = {static_cast<uint32_t>(digits), static_cast<uint32_t>(digits >> 32),
          static_cast<uint32_t>(std::min<uint64_t>(row, UINT32_MAX))};
  ++size_;
  return 0;
}

size_t NumberSet::SlotOf(uint64_t digits) const {
  const size_t mask = slots_.size() - 1;
  auto at = static_cast<size_t>((digits * 0x9E3779B97F4A7C15u) >> shift_);
  while (slots_[at].digits() != 0 && slots_[at].digits() != digits) at = (at + 1) & mask;
  return at;
}

void NumberSet::Grow() {
  const size_t count = std::max<size_t>(1024, slots_.size() * 2);
  const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(count, Slot{0, 0, 0}));
  shift_ = 64 - std::countr_zero(count);
  for (const Slot& slot : old) {
    if (slot.digits() != 0) slots_[SlotOf(slot.digits())] = slot;
  }
}

}  // namespace leadline
