#include "common/table/mends.h"

#include <utility>

#include "common/base/utf8.h"

namespace leadline {
namespace {

std::string ReplaceAll(std::string_view text, std::string_view find, std::string_view with) {
  std::string out;
  while (true) {
    const size_t at = text.find(find);
    out += text.substr(0, at);
    if (at == std::string_view::npos || out.size() > kMaxMendBytes) return out;
    out += with;
    text.remove_prefix(at + find.size());
  }
}

}  // namespace

const RowMend* Mends::Find(uint64_t row) const {
  const auto it = rows.find(row);
  return it == rows.end() ? nullptr : &it->second;
}

void Mends::Set(uint64_t row, RowMend mend) {
  if (mend.empty()) {
    rows.erase(row);
  } else {
    rows[row] = std::move(mend);
  }
}

bool ApplyReplacement(const Replacement& replacement, std::string_view cell, std::string* out) {
  if (replacement.whole_cell) {
    if (TrimUtf8(cell) != TrimUtf8(replacement.find) || cell == replacement.with) return false;
    *out = replacement.with;
    return true;
  }
  if (replacement.find.empty() || cell.find(replacement.find) == std::string_view::npos) {
    return false;
  }
  std::string replaced = ReplaceAll(cell, replacement.find, replacement.with);
  if (replaced.size() > kMaxMendBytes || replaced == cell) return false;
  *out = std::move(replaced);
  return true;
}

}  // namespace leadline
