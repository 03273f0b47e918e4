// Randomness, injected: attempt ids and jitter. Thread-safe.
#pragma once

#include <cstdint>
#include <mutex>
#include <random>
#include <string>

namespace leadline {

class Random {
 public:
  virtual ~Random() = default;
  virtual uint64_t Next64() = 0;

  double Unit() { return static_cast<double>(Next64() >> 11) * 0x1.0p-53; }  // [0, 1)
  // A version 4 UUID, 36 lower-case characters.
  std::string Uuid();
};

// From the operating system's entropy.
class SystemRandom final : public Random {
 public:
  uint64_t Next64() override;
};

// The same numbers for the same seed.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(uint64_t seed) : engine_(seed) {}
  uint64_t Next64() override {
    const std::lock_guard<std::mutex> lock(mutex_);
    return engine_();
  }

 private:
  std::mutex mutex_;
  std::mt19937_64 engine_;
};

}  // namespace leadline
