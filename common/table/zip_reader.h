// ZIP archives, as far as workbooks need them: the directory of an archive that can be read at any
// place, and one entry at a time as a stream of its unpacked bytes.
//
// Nothing in an archive is believed: every length is held against the file's own before memory is
// taken, entries may not overlap, no entry unpacks to more than it says, and its CRC must agree.
//
// Errors, all kInvalid but the two that say otherwise:
//   zip_damaged           not a ZIP, cut off, contradictory, or a wrong CRC
//   zip_encrypted         an entry with a password
//   zip_method            packed by something else than deflate
//   zip_overlap           two entries share bytes
//   zip_bomb              kTooLarge: unpacks to more than kMaxZipRatio times its size, or over
//                         kMaxZipEntryBytes
//   zip_too_many_entries  kTooLarge: over kMaxZipEntries, or names over kMaxZipNameBytes
//   file_unreadable       kUnavailable: ByteSource::Read failed
//
// Memory: the directory (at most kMaxZipDirectoryBytes), and for each open stream 64 kB and zlib's
// window. No I/O of its own, no exceptions. One thread for each object.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/status.h"

namespace leadline {

inline constexpr size_t kMaxZipEntries = 16384;
inline constexpr size_t kMaxZipNameBytes = 512;
inline constexpr size_t kMaxZipDirectoryBytes = 16 * 1024 * 1024;
inline constexpr uint64_t kMaxZipEntryBytes = uint64_t{8} << 30;
inline constexpr uint64_t kMaxZipRatio = 250;  // of entries over kZipRatioFreeBytes
inline constexpr uint64_t kZipRatioFreeBytes = 16 * 1024 * 1024;

// A file that can be read at any place: a chosen file in the browser, a spooled one on the server.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  virtual uint64_t size() const = 0;
  // Exactly `n` bytes from `offset`, within size(); false when they cannot be read.
  virtual bool Read(uint64_t offset, char* to, size_t n) = 0;
};

struct ZipEntry {
  std::string name;       // as written, with '/' between folders
  uint64_t packed = 0;    // bytes in the archive
  uint64_t unpacked = 0;  // bytes as it says
  uint64_t offset = 0;    // of its local header
  uint32_t crc = 0;
  uint16_t method = 0;  // 0 stored, 8 deflate; others are refused when opened
  bool encrypted = false;
};

// In the order of the directory. Errors: zip_damaged, zip_overlap, zip_too_many_entries,
// file_unreadable.
Result<std::vector<ZipEntry>> ReadZipDirectory(ByteSource* source);

// The entry of that name; letter case does not matter, as in the programs that write workbooks.
// nullptr when there is none.
const ZipEntry* FindZipEntry(const std::vector<ZipEntry>& entries, std::string_view name);

class ZipStream {
 public:
  // Source and entry must outlive the stream.
  ZipStream(ByteSource* source, const ZipEntry& entry);
  ~ZipStream();
  ZipStream(const ZipStream&) = delete;
  ZipStream& operator=(const ZipStream&) = delete;

  // The next bytes, at most `max` (REQUIRES > 0); 0 at the end, when all of them agreed with the
  // directory. Any of the errors above; not to be called again after one.
  Result<size_t> Read(char* to, size_t max);

  uint64_t packed_read() const;  // of entry.packed, for progress

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace leadline
