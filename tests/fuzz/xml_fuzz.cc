// Any bytes as XML: the scanner says what expat says of them, but for the differences that
// tests/support/xml_events.h lists, and the same whatever the pieces are in which they come.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "tests/support/xml_events.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string why = leadline::testing_support::Disagreement(bytes);
  if (why.empty()) return 0;
  std::fprintf(stderr, "%s\n", why.c_str());
  std::abort();
}
