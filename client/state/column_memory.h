// What the user made of the columns of a list, remembered for the next list with the same headers.
// Kept by this browser; of the list itself it holds nothing but a hash of its headers and the names
// of fields. A value.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "client/state/import_state.h"

namespace leadline {

// Where a KeepEffect keeps its text.
inline constexpr std::string_view kColumnMemoryKey = "leadline.columns";

// As in CheckOptions.
struct ColumnChoices {
  ChoiceMap mapping;
  ChoiceMap types;
  bool empty() const { return mapping.empty() && types.empty(); }
};

class ColumnMemory {
 public:
  // The newest are kept, so many.
  static constexpr size_t kMaxLists = 60;

  // What ToText gave. Anything else is forgotten.
  static ColumnMemory Parse(std::string_view text);
  std::string ToText() const;

  // nullptr: nothing was chosen for these columns, or they have no names. Until the next Keep.
  const ColumnChoices* Find(const std::vector<PlanColumn>& columns) const;
  // No choices: forgets them. Whether anything changed.
  bool Keep(const std::vector<PlanColumn>& columns, const ColumnChoices& choices);

 private:
  struct Entry {
    std::string headers;  // their hash
    ColumnChoices choices;
  };
  std::deque<Entry> entries_;  // the newest first
};

}  // namespace leadline
