// The seam on the browser's TextDecoder.
#include <emscripten.h>

#include <string>

#include "common/table/charset_platform.h"

namespace leadline {
namespace {

// clang-format off
EM_JS(int, HostReadSequences, (const char* label, const char* bytes, int length, unsigned* out, int count), {
  let decoder;
  try { decoder = new TextDecoder(UTF8ToString(label)); } catch (e) { return 0; }
  for (let i = 0; i < count; i++) {
    const text = decoder.decode(HEAPU8.subarray(bytes + i * length, bytes + (i + 1) * length));
    const code = text.codePointAt(0);
    HEAPU32[(out >> 2) + i] = text.length === (code > 0xFFFF ? 2 : 1) ? code : 0xFFFD;
  }
  return 1;
});
// clang-format on

}  // namespace

bool ReadSequences(Encoding encoding, std::string_view sequences, size_t length,
                   std::span<uint32_t> code_points) {
  const std::string label(EncodingName(encoding));
  return HostReadSequences(label.c_str(), sequences.data(), static_cast<int>(length),
                           code_points.data(), static_cast<int>(code_points.size())) != 0;
}

}  // namespace leadline
