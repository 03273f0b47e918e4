// Countries as lists name them: ISO 3166 codes of two or three letters, names in English, in the
// country's own language, and for many in German, French, Spanish and Italian. From
// country_names.inc, which country_names.py makes from iso-codes. Pure, thread-safe.
#pragma once

#include <string_view>

namespace leadline {

// "DE" for "de", "DEU", "Germany", "Deutschland (BRD)"; empty when `text` names no country, or more
// than one. Case, accents, spaces and what stands in parentheses do not matter. Static text.
std::string_view RegionOfCountry(std::string_view text);

}  // namespace leadline
