// Any bytes as an archive: nothing crashes, no entry gives more than it says or lies outside of the
// file, and the size of the pieces does not matter.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "tests/support/zip_writer.h"

namespace {

using leadline::Result;
using leadline::ZipEntry;
using leadline::ZipStream;

constexpr size_t kMostBytes = 1 << 20;  // looked at of one entry

void Require(bool holds) {
  if (!holds) std::abort();
}

std::string ReadEntry(leadline::ByteSource* source, const ZipEntry& entry, size_t piece) {
  ZipStream stream(source, entry);
  std::string out, buffer(piece, '\0');
  while (out.size() < kMostBytes) {
    const Result<size_t> got = stream.Read(buffer.data(), buffer.size());
    if (!got.ok()) return got.status().slug();
    if (*got == 0) return "whole:" + out;
    Require(*got <= piece);
    out.append(buffer, 0, *got);
    Require(out.size() <= entry.unpacked && stream.packed_read() <= entry.packed);
  }
  return "more";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  leadline::testing_support::MemorySource source(
      std::string(reinterpret_cast<const char*>(data), size));
  const auto entries = leadline::ReadZipDirectory(&source);
  if (!entries.ok()) {
    Require(!entries.status().slug().empty());
    return 0;
  }
  size_t tried = 0;
  for (const ZipEntry& entry : *entries) {
    Require(entry.offset <= size && entry.packed <= size);
    if (++tried > 8) break;
    const std::string whole = ReadEntry(&source, entry, 64 * 1024);
    Require(ReadEntry(&source, entry, 97) == whole);
  }
  return 0;
}
