// The numbers seen so far in a list, to find the second of two rows with the same one. Open
// addressing, 12 bytes a slot, at most 4 of 5 slots in use, doubled when full: a million numbers
// take 25 MB. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace leadline {

class NumberSet {
 public:
  // Remembers `e164` ('+' and at most 15 digits) with its row, unless it is there: then the row it
  // was first seen in. 0: it is new, or no E.164 at all.
  uint64_t InsertOrFind(std::string_view e164, uint64_t row);
  size_t size() const { return size_; }

 private:
  size_t SlotOf(uint64_t digits) const;
  void Grow();

  // Number and row side by side: a look-up touches one line of the cache. Digits 0: free; E.164
  // never begins with 0, so the digits as a number are unique.
  struct Slot {
    uint32_t digits_low;
    uint32_t digits_high;
    uint32_t row;

    uint64_t digits() const { return uint64_t{digits_high} << 32 | digits_low; }
  };
  static_assert(sizeof(Slot) == 12);

  std::vector<Slot> slots_;
  int shift_ = 64;  // the top bits of the mixed digits are the slot: growing goes through in order
  size_t size_ = 0;
};

}  // namespace leadline
