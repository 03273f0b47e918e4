#include "server/provider/sim/retell_signature.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

namespace leadline {

std::string SignRetellWebhook(std::string_view body, std::string_view api_key,
                              TimeMs timestamp_ms) {
  const std::string stamp = std::to_string(timestamp_ms);
  const std::string message = std::string(body) + stamp;
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  HMAC(EVP_sha256(), api_key.data(), static_cast<int>(api_key.size()),
       reinterpret_cast<const unsigned char*>(message.data()), message.size(), digest.data(),
       &size);
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out = "v=" + stamp + ",d=";
  for (unsigned int i = 0; i < size; ++i) {
    out += kHex[digest[i] >> 4];
    out += kHex[digest[i] & 15];
  }
  return out;
}

}  // namespace leadline
