// A mapping turned round: in which column each field of a lead stands. Values; columns from 0.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/lead/lead.h"
#include "common/table/mapping.h"

namespace leadline {

inline constexpr size_t kNoColumn = SIZE_MAX;

struct Columns {
  struct Secondary {
    size_t phone = kNoColumn;
    size_t name = kNoColumn;
  };
  struct Variable {
    size_t column;
    std::string key;
    ColumnType type;
  };
  size_t name = kNoColumn;
  size_t first_name = kNoColumn;
  size_t last_name = kNoColumn;
  size_t phone = kNoColumn;
  size_t email = kNoColumn;
  size_t company = kNoColumn;
  size_t timezone = kNoColumn;
  size_t country = kNoColumn;
  std::array<Secondary, kMaxContacts> secondary;
  size_t secondary_count = 0;  // how many of them to look at
  std::vector<Variable> variables;
  size_t width = 0;            // columns of the list
  size_t least = 0;            // without our own problem and fix columns at the end
  size_t problem = kNoColumn;  // our own

  size_t OfVariable(std::string_view key) const;
};

Columns ColumnsOf(const Mapping& mapping);

}  // namespace leadline
