// Any bytes as the parts of a workbook, packed here so that the fuzzer need not know checksums:
// nothing crashes, what comes out is CSV text whose lines are no more than the rows that a sheet
// can have, and reading it twice gives the same. The first byte says which part the bytes are:
// the sheet, the shared strings, the styles or the workbook; the others are plain.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "common/base/utf8.h"
#include "common/table/csv_reader.h"
#include "tests/support/zip_writer.h"

namespace {

using leadline::testing_support::Book;
using leadline::testing_support::ReadBook;
using leadline::testing_support::ZipFile;

constexpr size_t kManyBytes = 1 << 22;

void Require(bool holds) {
  if (!holds) std::abort();
}

struct LastRow : leadline::CsvSink {
  void OnRow(const leadline::CsvRow& row) override { number = row.number; }
  uint64_t number = 0;
};

std::string Pack(uint8_t which, std::string_view bytes) {
  Book book = {.sheets = {{"Leads",
                           "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"1\"><v>"
                           "46083.5</v></c></row>"}},
               .strings = "<si><t>text</t></si>",
               .styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/></cellXfs>"};
  if (which % 8 == 4) book.sheets[0].rows = bytes;
  if (which % 8 == 5) book.strings = bytes;
  if (which % 8 == 6) book.styles = bytes;
  std::vector<ZipFile> files = book.Files();
  constexpr std::string_view kParts[] = {"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml",
                                         "xl/styles.xml", "xl/workbook.xml"};
  for (ZipFile& file : files) {
    if (which % 8 < 4 && file.name == kParts[which % 8]) file.content = bytes;
  }
  return leadline::testing_support::Zip(files);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string packed = Pack(data[0], bytes);
  const ReadBook read = leadline::testing_support::ReadSheet(packed);
  Require(read.error.empty() || !read.message.empty());
  if (read.text.size() > kManyBytes) return 0;
  Require(leadline::IsValidUtf8(read.text));
  LastRow last;
  leadline::CsvReader reader({}, &last);
  reader.Feed(read.text);
  reader.Finish();
  Require(last.number <= leadline::kMaxSheetRows);
  Require(leadline::testing_support::ReadSheet(packed).text == read.text);
  return 0;
}
