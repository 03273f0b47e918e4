#include "common/table/zip_reader.h"

#include <gmock/gmock.h>

#include "tests/support/zip_writer.h"

namespace leadline {
namespace {

using testing_support::MemorySource;
using testing_support::Zip;
using testing_support::ZipFile;

// Everything in the archive, or the slug of the first error.
std::string ReadAll(ByteSource* source, size_t piece = 1000) {
  const Result<std::vector<ZipEntry>> entries = ReadZipDirectory(source);
  if (!entries.ok()) return entries.status().slug();
  std::string all;
  for (const ZipEntry& entry : *entries) {
    all += entry.name + "=";
    ZipStream stream(source, entry);
    std::string buffer(piece, '\0');
    for (;;) {
      const Result<size_t> got = stream.Read(buffer.data(), buffer.size());
      if (!got.ok()) return got.status().slug();
      if (*got == 0) break;
      all.append(buffer, 0, *got);
    }
    if (stream.packed_read() != entry.packed) all += "(not all of it)";
    all += ";";
  }
  return all;
}
std::string ReadAll(std::string bytes, size_t piece = 1000) {
  MemorySource source(std::move(bytes));
  return ReadAll(&source, piece);
}

TEST(ZipReader, ReadsStoredAndDeflatedEntriesInAnyPieces) {
  std::string big;
  for (int i = 0; i < 30000; ++i) big += std::to_string(i * 7919) + "\n";
  const std::vector<ZipFile> files = {
      {"a.txt", "hello"}, {"b/c.txt", "stored", false}, {"empty", ""}, {"big", big}};
  const std::string expected = "a.txt=hello;b/c.txt=stored;empty=;big=" + big + ";";
  for (const size_t piece : {size_t{1}, size_t{7}, size_t{1000}, size_t{1 << 20}}) {
    EXPECT_EQ(ReadAll(Zip(files), piece), expected) << piece;
  }
  EXPECT_EQ(ReadAll(Zip(files, true)), expected) << "with 64-bit records";
}

TEST(ZipReader, FindsNamesInAnyLetterCase) {
  const std::vector<ZipEntry> entries = {{.name = "xl/SharedStrings.xml"}};
  EXPECT_EQ(FindZipEntry(entries, "xl/sharedStrings.xml"), entries.data());
  EXPECT_EQ(FindZipEntry(entries, "xl/sharedStrings"), nullptr);
}

struct Refused {
  std::string name;
  std::string bytes;
  std::string slug;
};
void PrintTo(const Refused& r, std::ostream* out) {
  *out << r.name;
}

std::string WithLie(std::function<void(ZipEntry*)> lie, bool deflate = true) {
  return Zip({{"first", "12345678"}, {"a", std::string(3000, 'x'), deflate, std::move(lie)}});
}
std::string Changed(std::string bytes, size_t from_end, std::string_view with) {
  return bytes.replace(bytes.size() - from_end, with.size(), with);
}
std::string ManyEntries() {
  return Changed(Zip({{"a", "b"}}), 12, std::string_view("\x01\x40", 2));
}

class ZipRefusal : public ::testing::TestWithParam<Refused> {};
TEST_P(ZipRefusal, HasItsCode) {
  EXPECT_EQ(ReadAll(GetParam().bytes), GetParam().slug);
}
INSTANTIATE_TEST_SUITE_P(
    Table, ZipRefusal,
    ::testing::Values(
        Refused{"Nothing", "", "zip_damaged"}, Refused{"Text", "name,phone\n", "zip_damaged"},
        Refused{"CutOff", Zip({{"a", "b"}}).substr(0, 40), "zip_damaged"},
        Refused{"BytesAfterIt", Zip({{"a", "b"}}) + "x", "zip_damaged"},
        Refused{"DirectoryBeyondTheEnd",
                Changed(Zip({{"a", "b"}}), 6, std::string_view("\xFF\0\0\0", 4)), "zip_damaged"},
        Refused{"MoreEntriesThanItHas",
                Changed(Zip({{"a", "b"}}), 12, std::string_view("\x05\0", 2)), "zip_damaged"},
        Refused{"TooManyEntries", ManyEntries(), "zip_too_many_entries"},
        Refused{"LongName", Zip({{std::string(600, 'n'), "b"}}), "zip_too_many_entries"},
        Refused{"NoWideRecord",
                Changed(Zip({{"a", "b"}}), 6, std::string_view("\xFF\xFF\xFF\xFF", 4)),
                "zip_damaged"},
        Refused{"Encrypted", WithLie([](ZipEntry* e) { e->encrypted = true; }), "zip_encrypted"},
        Refused{"OtherMethod", WithLie([](ZipEntry* e) { e->method = 12; }), "zip_method"},
        Refused{"Overlap", WithLie([](ZipEntry* e) { e->offset = 2; }), "zip_overlap"},
        Refused{"SameEntryTwice", WithLie([](ZipEntry* e) { e->offset = 0; }), "zip_overlap"},
        Refused{"OutsideOfTheFile", WithLie([](ZipEntry* e) { e->offset = 1u << 30; }),
                "zip_damaged"},
        Refused{"TooLongForTheFile", WithLie([](ZipEntry* e) { e->packed = 1u << 30; }),
                "zip_damaged"},
        Refused{"NoLocalHeader", WithLie([](ZipEntry* e) {
                  e->offset += 1;
                  e->packed -= 1;
                }),
                "zip_damaged"},
        Refused{"WrongChecksum", WithLie([](ZipEntry* e) { e->crc ^= 1; }), "zip_damaged"},
        Refused{"LongerThanItSays", WithLie([](ZipEntry* e) { e->unpacked -= 1; }), "zip_damaged"},
        Refused{"ShorterThanItSays", WithLie([](ZipEntry* e) { e->unpacked += 1; }), "zip_damaged"},
        Refused{"StoredSizesDiffer", WithLie([](ZipEntry* e) { e->unpacked += 1; }, false),
                "zip_damaged"},
        Refused{"DeflateCutOff", WithLie([](ZipEntry* e) { e->packed -= 4; }), "zip_damaged"},
        Refused{"NotDeflate", WithLie([](ZipEntry* e) { e->method = 8; }, false), "zip_damaged"},
        Refused{"Bomb", Zip({{"a", std::string(20 << 20, '0')}}), "zip_bomb"},
        Refused{"ClaimsTooMuch", WithLie([](ZipEntry* e) { e->unpacked = 0xFFFFFFF0; }),
                "zip_bomb"}),
    [](const auto& param_info) { return param_info.param.name; });

TEST(ZipReader, AFileThatCannotBeReadIsNotCalledDamaged) {
  MemorySource source(Zip({{"a", "b"}}));
  source.fail = true;
  EXPECT_EQ(ReadAll(&source), "file_unreadable");
}

TEST(ZipReader, ManyZerosAreNoBombWhileTheyAreFew) {
  EXPECT_EQ(ReadAll(Zip({{"a", std::string(1 << 20, '0')}})).size(), (1u << 20) + 3);
}

}  // namespace
}  // namespace leadline
