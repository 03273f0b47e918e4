#include "server/provider/signature.h"

#include <openssl/crypto.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include <array>
#include <charconv>
#include <string>

#include "common/base/utf8.h"

namespace leadline {
namespace {

using Digest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;

constexpr TimeMs kToleranceMs = 5 * kMinuteMs;
constexpr int64_t kMaxSafeInteger = (int64_t{1} << 53) - 1;

Digest Hash(std::string_view text) {
  Digest digest;
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  return digest;
}

std::string HmacHex(std::string_view key, std::string_view message) {
  Digest digest;
  unsigned int size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(message.data()), message.size(), digest.data(),
       &size);
  constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  for (const unsigned char byte : digest) {
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
  }
  return out;
}

struct Parts {
  bool readable = false;
  int64_t timestamp_ms = 0;
  std::string digest;  // 64 lower-case hexadecimal digits
};

Parts Read(std::string_view header) {
  Parts parts;
  const std::string text = AsciiLower(header);
  const size_t comma = text.find(',');
  if (!text.starts_with("v=") || comma == std::string::npos || text.substr(comma, 3) != ",d=") {
    return parts;
  }
  const char* begin = text.data() + 2;
  const char* end = text.data() + comma;
  if (begin == end || *begin == '-') return parts;
  const auto [stop, error] = std::from_chars(begin, end, parts.timestamp_ms);
  parts.digest = text.substr(comma + 3);
  parts.readable = error == std::errc() && stop == end && parts.timestamp_ms <= kMaxSafeInteger &&
                   parts.digest.size() == 64 &&
                   parts.digest.find_first_not_of("0123456789abcdef") == std::string::npos;
  return parts;
}

}  // namespace

// By their hashes: not even the length shows in the time it takes.
bool SameSecret(std::string_view a, std::string_view b) {
  const Digest left = Hash(a);
  const Digest right = Hash(b);
  return CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

bool IsRetellSignature(std::string_view header, std::string_view raw_body, std::string_view key,
                       TimeMs real_now_ms) {
  if (key.empty() || header.size() > 200) return false;
  const Parts parts = Read(header);
  if (!parts.readable) return false;
  const TimeMs age = real_now_ms - parts.timestamp_ms;
  if (age > kToleranceMs || age < -kToleranceMs) return false;
  // The number is printed again: "v=0176..." is signed as "176...", as the provider's own SDK does.
  const std::string expected =
      HmacHex(key, std::string(raw_body) + std::to_string(parts.timestamp_ms));
  return CRYPTO_memcmp(expected.data(), parts.digest.data(), expected.size()) == 0;
}

}  // namespace leadline
