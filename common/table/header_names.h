// What people write over a column of names, phones, emails...: aliases in several languages,
// numbers ("Phone 2"), and small typing errors. The part of mapping.h that looks at header text
// alone. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/table/mapping.h"

namespace leadline {

struct HeaderMatch {
  Target target;
  double score;  // 0..1
};
// Best first; empty when the header says nothing to us. A second column of phones may be any
// secondary phone, so "Mobile" is phone (0.9) and each secondary_phone_N (0.7 and less).
std::vector<HeaderMatch> MatchHeader(std::string_view header);

}  // namespace leadline
