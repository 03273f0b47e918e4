// Any bytes in any encoding: valid UTF-8, the same text and count of replaced characters for the
// whole and for any chunks, and a guess that stays within its bounds.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "common/base/utf8.h"
#include "common/table/decode.h"

namespace {

using namespace leadline;  // NOLINT: a fuzz target is about nothing else

void Require(bool condition) {
  if (!condition) std::abort();
}

struct Text : TextSink {
  std::string all;
  void OnText(std::string_view utf8) override {
    Require(!utf8.empty() && IsValidUtf8(utf8));
    all += utf8;
  }
};

struct Decoded {
  std::string text;
  uint64_t replaced;
  Encoding encoding;
  friend bool operator==(const Decoded& a, const Decoded& b) {
    return a.text == b.text && a.replaced == b.replaced && a.encoding == b.encoding;
  }
};

Decoded Decode(std::string_view bytes, const EncodingGuess& guess, size_t chunk) {
  Text text;
  TextDecoder decoder(guess, &text);
  for (size_t p = 0; p < bytes.size(); p += chunk) decoder.Feed(bytes.substr(p, chunk));
  decoder.Finish();
  return {text.all, decoder.replaced(), decoder.encoding()};
}

void Check(std::string_view bytes, const EncodingGuess& guess, size_t chunk) {
  const Decoded whole = Decode(bytes, guess, bytes.size() + 1);
  Require(Decode(bytes, guess, 1) == whole);
  Require(Decode(bytes, guess, chunk) == whole);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
  const size_t chunk = 2 + data[1] % 70;
  Check(bytes, {.encoding = static_cast<Encoding>(data[0] % kEncodingCount)}, chunk);
  const EncodingGuess guess = GuessEncoding(bytes, (data[1] & 0x80) != 0);
  Require(guess.confidence >= 0 && guess.confidence <= 1);
  Check(bytes, guess, chunk);
  return 0;
}
