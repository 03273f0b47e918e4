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

  std::vector<uint64_t>
      digits_;  // 0: free; E.164 never begins with 0, so the digits as a number are unique
  std::vector<uint32_t> rows_;
  size_t size_ = 0;
};

}  // namespace leadline
