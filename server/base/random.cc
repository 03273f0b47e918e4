#include "server/base/random.h"

#include <sys/random.h>

#include <cstdio>
#include <cstdlib>

namespace leadline {

std::string Random::Uuid() {
  const uint64_t a = (Next64() & ~0xF000ull) | 0x4000ull;
  const uint64_t b = (Next64() & ~(3ull << 62)) | (2ull << 62);
  char out[37];
  std::snprintf(out, sizeof out, "%08x-%04x-%04x-%04x-%012llx", static_cast<unsigned>(a >> 32),
                static_cast<unsigned>(a >> 16 & 0xFFFF), static_cast<unsigned>(a & 0xFFFF),
                static_cast<unsigned>(b >> 48),
                static_cast<unsigned long long>(b & 0xFFFFFFFFFFFFull));
  return out;
}

uint64_t SystemRandom::Next64() {
  uint64_t v = 0;
  // Attempt ids must never repeat, so there is nothing sensible to do without entropy.
  if (getrandom(&v, sizeof v, 0) != static_cast<ssize_t>(sizeof v)) std::abort();
  return v;
}

}  // namespace leadline
