#include "common/table/zip_reader.h"

#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "common/base/utf8.h"

namespace leadline {
namespace {

constexpr size_t kEndBytes = 22;
constexpr size_t kMaxCommentBytes = 0xFFFF;
constexpr size_t kLocator64Bytes = 20;
constexpr size_t kEnd64Bytes = 56;
constexpr size_t kHeadBytes = 46;   // of an entry in the directory
constexpr size_t kLocalBytes = 30;  // before its data
constexpr uint32_t kEndMark = 0x06054B50, kLocator64Mark = 0x07064B50, kEnd64Mark = 0x06064B50,
                   kHeadMark = 0x02014B50, kLocalMark = 0x04034B50;
constexpr size_t kPieceBytes = 64 * 1024;
constexpr uint16_t kStored = 0, kDeflate = 8;

uint64_t LittleEndian(const char* p, int bytes) {
  uint64_t value = 0;
  for (int i = bytes; i-- > 0;) value = (value << 8) | static_cast<uint8_t>(p[i]);
  return value;
}
uint16_t U16(const char* p) {
  return static_cast<uint16_t>(LittleEndian(p, 2));
}
uint32_t U32(const char* p) {
  return static_cast<uint32_t>(LittleEndian(p, 4));
}
uint64_t U64(const char* p) {
  return LittleEndian(p, 8);
}

Status Damaged(std::string_view what) {
  return Invalid("zip_damaged", "The file is damaged: " + std::string(what) +
                                    " Open it in the spreadsheet program and save it again.");
}
Status Unreadable() {
  return Unavailable("file_unreadable",
                     "The file cannot be read: it was changed or moved. Choose it again.");
}

// Where the directory is.
struct Directory {
  uint64_t entries = 0;
  uint64_t bytes = 0;
  uint64_t offset = 0;
};

Status ReadEnd64(ByteSource* source, uint64_t end_offset, Directory* out) {
  if (end_offset < kLocator64Bytes + kEnd64Bytes) return Damaged("Its directory is missing.");
  char locator[kLocator64Bytes];
  if (!source->Read(end_offset - kLocator64Bytes, locator, sizeof(locator))) return Unreadable();
  const uint64_t at = U64(locator + 8);
  if (U32(locator) != kLocator64Mark || at > end_offset - kLocator64Bytes - kEnd64Bytes) {
    return Damaged("Its 64-bit directory is missing.");
  }
  char end[kEnd64Bytes];
  if (!source->Read(at, end, sizeof(end))) return Unreadable();
  if (U32(end) != kEnd64Mark) return Damaged("Its 64-bit directory is missing.");
  *out = {U64(end + 32), U64(end + 40), U64(end + 48)};
  return {};
}

// The end record is the last one in the file whose comment reaches exactly to the file's end.
Status FindDirectory(ByteSource* source, Directory* out) {
  const uint64_t size = source->size();
  if (size < kEndBytes) return Damaged("It is not a ZIP file.");
  const auto tail_bytes =
      static_cast<size_t>(std::min<uint64_t>(size, kEndBytes + kMaxCommentBytes));
  std::string tail(tail_bytes, '\0');
  if (!source->Read(size - tail_bytes, tail.data(), tail_bytes)) return Unreadable();
  for (size_t at = tail_bytes - kEndBytes + 1; at-- > 0;) {
    const char* end = tail.data() + at;
    if (U32(end) != kEndMark || at + kEndBytes + U16(end + 20) != tail_bytes) continue;
    *out = {U16(end + 10), U32(end + 12), U32(end + 16)};
    const uint64_t end_offset = size - tail_bytes + at;
    const bool wide =
        out->entries == 0xFFFF || out->bytes == 0xFFFFFFFF || out->offset == 0xFFFFFFFF;
    if (wide) LEADLINE_RETURN_IF_ERROR(ReadEnd64(source, end_offset, out));
    if (out->offset > end_offset || out->bytes > end_offset - out->offset) {
      return Damaged("Its directory lies outside of the file.");
    }
    return {};
  }
  return Damaged("It is cut off, or not a ZIP file.");
}

// Sizes that did not fit stand in an extra field, in this order and only those that are marked.
bool ReadExtra64(std::string_view extra, ZipEntry* entry) {
  while (extra.size() >= 4) {
    const size_t bytes = U16(extra.data() + 2);
    if (bytes > extra.size() - 4) return false;
    if (U16(extra.data()) == 1) {
      const char* p = extra.data() + 4;
      const char* const end = p + bytes;
      for (uint64_t* value : {&entry->unpacked, &entry->packed, &entry->offset}) {
        if (*value != 0xFFFFFFFF) continue;
        if (end - p < 8) return false;
        *value = U64(p);
        p += 8;
      }
      return true;
    }
    extra.remove_prefix(4 + bytes);
  }
  return entry->unpacked != 0xFFFFFFFF && entry->packed != 0xFFFFFFFF &&
         entry->offset != 0xFFFFFFFF;
}

// Moves *at past the entry.
Status ReadEntry(std::string_view bytes, size_t* at, ZipEntry* entry) {
  const std::string_view rest = bytes.substr(*at);
  if (rest.size() < kHeadBytes || U32(rest.data()) != kHeadMark) {
    return Damaged("Its directory is broken.");
  }
  const char* p = rest.data();
  const size_t name = U16(p + 28), extra = U16(p + 30), comment = U16(p + 32);
  if (rest.size() - kHeadBytes < name + extra + comment) return Damaged("Its directory is broken.");
  if (name > kMaxZipNameBytes) {
    return {
        Code::kTooLarge, "zip_too_many_entries",
        "A name in the file is longer than 512 bytes. Save it again in the spreadsheet program."};
  }
  entry->encrypted = (U16(p + 8) & 1) != 0;
  entry->method = U16(p + 10);
  entry->crc = U32(p + 16);
  entry->packed = U32(p + 20);
  entry->unpacked = U32(p + 24);
  entry->offset = U32(p + 42);
  entry->name = rest.substr(kHeadBytes, name);
  std::replace(entry->name.begin(), entry->name.end(), '\\', '/');
  const bool wide =
      entry->packed == 0xFFFFFFFF || entry->unpacked == 0xFFFFFFFF || entry->offset == 0xFFFFFFFF;
  if (wide && !ReadExtra64(rest.substr(kHeadBytes + name, extra), entry)) {
    return Damaged("A 64-bit size in its directory is missing.");
  }
  *at += kHeadBytes + name + extra + comment;
  return {};
}

// Each entry takes at least its header, its name and its bytes.
Status CheckOverlap(const std::vector<ZipEntry>& entries, uint64_t directory_offset) {
  std::vector<const ZipEntry*> sorted;
  sorted.reserve(entries.size());
  for (const ZipEntry& entry : entries) sorted.push_back(&entry);
  std::sort(sorted.begin(), sorted.end(),
            [](const ZipEntry* a, const ZipEntry* b) { return a->offset < b->offset; });
  uint64_t free_from = 0;
  for (const ZipEntry* entry : sorted) {
    const uint64_t head = kLocalBytes + entry->name.size();
    if (entry->offset > directory_offset || head > directory_offset - entry->offset ||
        entry->packed > directory_offset - entry->offset - head) {
      return Damaged("A part of it lies outside of the file.");
    }
    if (entry->offset < free_from) {
      return Invalid("zip_overlap",
                     "Parts of the file lie on one another, as no spreadsheet program writes them. "
                     "Save it again in the spreadsheet program.");
    }
    free_from = entry->offset + head + entry->packed;
  }
  return {};
}

Status CheckEntry(const ZipEntry& entry) {
  if (entry.encrypted) {
    return Invalid("zip_encrypted",
                   "The file has a password. Save it without one, and choose that.");
  }
  if (entry.method != kStored && entry.method != kDeflate) {
    return Invalid(
        "zip_method",
        "The file is packed in an unusual way. Save it again as .xlsx in the spreadsheet "
        "program.");
  }
  const bool lies = entry.method == kStored && entry.packed != entry.unpacked;
  if (lies) return Damaged("Two sizes in it disagree.");
  const bool bomb =
      entry.unpacked > kMaxZipEntryBytes ||
      (entry.unpacked > kZipRatioFreeBytes && entry.unpacked / kMaxZipRatio > entry.packed);
  if (bomb) {
    return {Code::kTooLarge, "zip_bomb",
            "The file unpacks to far more than a list can be. Save only the sheet with the list."};
  }
  return {};
}

}  // namespace

Result<std::vector<ZipEntry>> ReadZipDirectory(ByteSource* source) {
  Directory directory;
  LEADLINE_RETURN_IF_ERROR(FindDirectory(source, &directory));
  if (directory.entries > kMaxZipEntries || directory.bytes > kMaxZipDirectoryBytes) {
    return Status(Code::kTooLarge, "zip_too_many_entries",
                  "The file has more parts than a workbook can have (16,384).");
  }
  std::string bytes(static_cast<size_t>(directory.bytes), '\0');
  if (!bytes.empty() && !source->Read(directory.offset, bytes.data(), bytes.size())) {
    return Unreadable();
  }
  std::vector<ZipEntry> entries;
  size_t at = 0;
  while (entries.size() < directory.entries) {
    LEADLINE_RETURN_IF_ERROR(ReadEntry(bytes, &at, &entries.emplace_back()));
  }
  LEADLINE_RETURN_IF_ERROR(CheckOverlap(entries, directory.offset));
  return entries;
}

const ZipEntry* FindZipEntry(const std::vector<ZipEntry>& entries, std::string_view name) {
  const std::string wanted = AsciiLower(name);
  for (const ZipEntry& entry : entries) {
    if (entry.name.size() == wanted.size() && AsciiLower(entry.name) == wanted) return &entry;
  }
  return nullptr;
}

class ZipStream::Impl {
 public:
  Impl(ByteSource* source, const ZipEntry& entry) : source_(source), entry_(entry) {}
  ~Impl() {
    if (inflating_) inflateEnd(&z_);
  }

  Result<size_t> Read(char* to, size_t max) {
    if (done_) return size_t{0};
    if (!open_) LEADLINE_RETURN_IF_ERROR(Open());
    size_t got = 0;
    LEADLINE_RETURN_IF_ERROR(entry_.method == kStored ? Copy(to, max, &got)
                                                      : Inflate(to, max, &got));
    written_ += got;
    // Also where it is not yet at its end: an entry that goes on lies.
    if (written_ > entry_.unpacked) return Damaged("A part of it is longer than it says.");
    crc_ = static_cast<uint32_t>(
        crc32(crc_, reinterpret_cast<const Bytef*>(to), static_cast<uInt>(got)));
    if (!done_ && got > 0) return got;
    done_ = true;
    if (written_ != entry_.unpacked || crc_ != entry_.crc) {
      return Damaged("A part of it is not what was written (checksum).");
    }
    return got;
  }

  uint64_t packed_read() const { return read_ - z_.avail_in; }

 private:
  Status Open() {
    LEADLINE_RETURN_IF_ERROR(CheckEntry(entry_));
    char head[kLocalBytes];
    if (!source_->Read(entry_.offset, head, sizeof(head))) return Unreadable();
    const uint64_t data = entry_.offset + kLocalBytes + U16(head + 26) + U16(head + 28);
    if (U32(head) != kLocalMark || data > source_->size() ||
        entry_.packed > source_->size() - data) {
      return Damaged("A part of it is not where its directory says.");
    }
    data_ = data;
    if (entry_.method == kDeflate) {
      if (inflateInit2(&z_, -MAX_WBITS) != Z_OK) return Internal("There is no memory to unpack.");
      inflating_ = true;
      piece_.resize(static_cast<size_t>(std::min<uint64_t>(kPieceBytes, entry_.packed)));
    }
    open_ = true;
    return {};
  }

  Status Copy(char* to, size_t max, size_t* got) {
    *got = static_cast<size_t>(std::min<uint64_t>(max, entry_.packed - read_));
    if (*got > 0 && !source_->Read(data_ + read_, to, *got)) return Unreadable();
    read_ += *got;
    return {};
  }

  Status Refill() {
    const auto n = static_cast<size_t>(std::min<uint64_t>(piece_.size(), entry_.packed - read_));
    if (n > 0 && !source_->Read(data_ + read_, piece_.data(), n)) return Unreadable();
    read_ += n;
    z_.next_in = reinterpret_cast<Bytef*>(piece_.data());
    z_.avail_in = static_cast<uInt>(n);
    return {};
  }

  Status Inflate(char* to, size_t max, size_t* got) {
    z_.next_out = reinterpret_cast<Bytef*>(to);
    z_.avail_out = static_cast<uInt>(max);
    while (z_.avail_out > 0 && !done_) {
      if (z_.avail_in == 0) LEADLINE_RETURN_IF_ERROR(Refill());
      const int result = inflate(&z_, Z_NO_FLUSH);
      done_ = result == Z_STREAM_END;
      const bool starved = result == Z_BUF_ERROR || (z_.avail_in == 0 && read_ == entry_.packed);
      if (result != Z_OK && !done_ && result != Z_BUF_ERROR) {
        return Damaged("A part of it cannot be unpacked.");
      }
      if (starved && !done_ && z_.avail_out > 0) return Damaged("A part of it is cut off.");
    }
    *got = max - z_.avail_out;
    return {};
  }

  ByteSource* const source_;
  const ZipEntry& entry_;
  z_stream z_ = {};
  std::string piece_;
  uint64_t data_ = 0;     // where its bytes begin
  uint64_t read_ = 0;     // of them
  uint64_t written_ = 0;  // unpacked
  uint32_t crc_ = 0;
  bool open_ = false;
  bool inflating_ = false;
  bool done_ = false;
};

ZipStream::ZipStream(ByteSource* source, const ZipEntry& entry)
    : impl_(std::make_unique<Impl>(source, entry)) {}
ZipStream::~ZipStream() = default;
Result<size_t> ZipStream::Read(char* to, size_t max) {
  return impl_->Read(to, max);
}
uint64_t ZipStream::packed_read() const {
  return impl_->packed_read();
}

}  // namespace leadline
