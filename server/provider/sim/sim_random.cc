#include "server/provider/sim/sim_random.h"

#include <cstdio>

namespace leadline {
namespace {

// Finalizer of SplitMix64.
uint64_t Mix(uint64_t x) {
  x += 0x9E3779B97F4A7C15u;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return x ^ (x >> 31);
}

}  // namespace

uint64_t SimHash(uint64_t seed, std::string_view what) {
  uint64_t h = 0xCBF29CE484222325u ^ Mix(seed);  // FNV-1a over the text, mixed at both ends
  for (unsigned char c : what) h = (h ^ c) * 0x100000001B3u;
  return Mix(h);
}

double SimUnit(uint64_t seed, std::string_view what) {
  return static_cast<double>(SimHash(seed, what) >> 11) * 0x1.0p-53;
}

int64_t SimRange(uint64_t seed, std::string_view what, int64_t min, int64_t max) {
  if (max <= min) return min;
  const uint64_t span = static_cast<uint64_t>(max - min) + 1;
  return min + static_cast<int64_t>(SimHash(seed, what) % span);
}

std::string SimHex(uint64_t seed, std::string_view what, int digits) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (uint64_t h = SimHash(seed, what); static_cast<int>(out.size()) < digits; h = Mix(h)) {
    for (int i = 0; i < 16 && static_cast<int>(out.size()) < digits; ++i) {
      out += kDigits[(h >> (4 * i)) & 15];
    }
  }
  return out;
}

std::string SimUuid(uint64_t seed, std::string_view what, int64_t wall_ms) {
  std::string hex = SimHex(seed, what, 32);
  char time[13];
  std::snprintf(time, sizeof(time), "%012llx",
                static_cast<unsigned long long>(wall_ms) & 0xFFFFFFFFFFFFull);
  hex.replace(0, 12, time);
  hex[12] = '7';
  hex[16] = "89ab"[hex[16] & 3];
  for (int at : {8, 13, 18, 23}) hex.insert(static_cast<size_t>(at), 1, '-');
  return hex;
}

}  // namespace leadline
