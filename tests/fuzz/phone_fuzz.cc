// Any bytes as a phone cell: nothing crashes, and what is read stays what it is when read again.
// The first byte chooses the default region, the rest is the cell.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "common/lead/phone.h"

namespace {

using leadline::PhoneReading;
using leadline::ReadPhone;

void Require(bool holds, const char* what, std::string_view cell, const PhoneReading& reading) {
  if (holds) return;
  std::fprintf(stderr, "%s: \"%.*s\" -> %s %s\n", what, static_cast<int>(cell.size()), cell.data(),
               reading.e164.c_str(), reading.problem_code);
  std::abort();
}

void Check(std::string_view cell, std::string_view region) {
  const PhoneReading reading = ReadPhone(cell, region);
  if (reading.e164.empty()) {
    Require(!reading.fine() && !reading.repaired, "nothing read without a reason", cell, reading);
    return;
  }
  Require(leadline::JudgeE164(reading.e164) == reading.verdict, "verdict of another number", cell,
          reading);
  Require(reading.verdict.canonical, "text that is read as another number", cell, reading);
  Require(!reading.fine() || (leadline::IsDialable(reading.verdict) && reading.e164 == cell),
          "fine but not", cell, reading);
  Require(reading.repaired == (reading.e164 != cell), "changed without a word", cell, reading);
  Require(!reading.repaired || !reading.fine(), "repair without a problem", cell, reading);
  for (const std::string_view again_region : {region, std::string_view(), std::string_view("US")}) {
    const PhoneReading again = ReadPhone(reading.e164, again_region);
    Require(again.e164 == reading.e164 && !again.repaired, "read again as another number",
            reading.e164, again);
  }
  for (const std::string_view zone : leadline::ZonesOfPhone(reading.e164)) {
    Require(zone.find('/') != std::string_view::npos, "zone without a name", cell, reading);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const auto regions = leadline::PhoneRegions();
  const size_t choice = data[0];
  const std::string_view region =
      choice < regions.size() ? std::string_view(regions[choice].code) : std::string_view();
  const std::string cell(reinterpret_cast<const char*>(data) + 1, size - 1);
  Check(cell, region);
  if (leadline::JudgeE164(cell).canonical && leadline::CanonicalE164(cell) != cell) std::abort();
  return 0;
}
