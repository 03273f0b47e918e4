// The seam on the browser's TextDecoder, which web/worker.js hands in.
#include "common/table/charset_platform.h"

namespace leadline {

// Fills `out` with a code point for each of `count` sequences of `length` bytes, U+FFFD where there
// is none. 0: the label is not known.
extern "C" __attribute__((import_module("env"), import_name("host_read_sequences"))) int
HostReadSequences(const char* label, int label_length, const char* bytes, int length, uint32_t* out,
                  int count);

bool ReadSequences(Encoding encoding, std::string_view sequences, size_t length,
                   std::span<uint32_t> code_points) {
  const std::string_view label = EncodingName(encoding);
  return HostReadSequences(label.data(), static_cast<int>(label.size()), sequences.data(),
                           static_cast<int>(length), code_points.data(),
                           static_cast<int>(code_points.size())) != 0;
}

}  // namespace leadline
