// Archives and workbooks for tests, made in memory: honest ones, and with single lies.
#pragma once

#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/table/xlsx_sheet.h"

namespace leadline::testing_support {

class MemorySource : public ByteSource {
 public:
  explicit MemorySource(std::string bytes) : bytes_(std::move(bytes)) {}
  uint64_t size() const override { return bytes_.size(); }
  bool Read(uint64_t offset, char* to, size_t n) override {
    if (fail || offset > bytes_.size() || n > bytes_.size() - offset) return false;
    std::memcpy(to, bytes_.data() + offset, n);
    return true;
  }
  bool fail = false;

 private:
  const std::string bytes_;
};

// One file of an archive, with what may be told wrongly about it.
struct ZipFile {
  std::string name;
  std::string content;
  bool deflate = true;
  std::function<void(ZipEntry*)> lie = {};  // changes what the directory says
};

inline std::string Deflated(std::string_view content) {
  z_stream z = {};
  deflateInit2(&z, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&z, content.size()), '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
  z.avail_in = static_cast<uInt>(content.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  deflate(&z, Z_FINISH);
  out.resize(z.total_out);
  deflateEnd(&z);
  return out;
}

inline void PutNumber(uint64_t value, int bytes, std::string* out) {
  for (int i = 0; i < bytes; ++i, value >>= 8) out->push_back(static_cast<char>(value));
}

// `wide`: with the 64-bit records that some programs always write.
inline std::string Zip(const std::vector<ZipFile>& files, bool wide = false) {
  std::string out, directory;
  for (const ZipFile& file : files) {
    const std::string packed = file.deflate ? Deflated(file.content) : file.content;
    const uLong crc = crc32(0, reinterpret_cast<const Bytef*>(file.content.data()),
                            static_cast<uInt>(file.content.size()));
    ZipEntry entry{.name = file.name,
                   .packed = packed.size(),
                   .unpacked = file.content.size(),
                   .offset = out.size(),
                   .crc = static_cast<uint32_t>(crc),
                   .method = static_cast<uint16_t>(file.deflate ? 8 : 0)};
    if (file.lie) file.lie(&entry);
    const auto head = [&](std::string* to, bool central) {
      PutNumber(central ? 0x02014B50 : 0x04034B50, 4, to);
      if (central) PutNumber(45, 2, to);
      PutNumber(45, 2, to);
      PutNumber(entry.encrypted ? 1 : 0, 2, to);
      PutNumber(entry.method, 2, to);
      PutNumber(0, 4, to);
      PutNumber(entry.crc, 4, to);
      const bool marked = central && wide;
      PutNumber(marked ? 0xFFFFFFFF : entry.packed, 4, to);
      PutNumber(marked ? 0xFFFFFFFF : entry.unpacked, 4, to);
      PutNumber(entry.name.size(), 2, to);
      PutNumber(marked ? 20 : 0, 2, to);
      if (central) {
        PutNumber(0, 10, to);
        PutNumber(entry.offset, 4, to);
      }
      to->append(entry.name);
      if (!marked) return;
      PutNumber(1, 2, to);
      PutNumber(16, 2, to);
      PutNumber(entry.unpacked, 8, to);
      PutNumber(entry.packed, 8, to);
    };
    head(&out, false);
    out += packed;
    head(&directory, true);
  }
  const uint64_t at = out.size();
  out += directory;
  if (wide) {
    const uint64_t end64 = out.size();
    PutNumber(0x06064B50, 4, &out);
    PutNumber(44, 8, &out);
    PutNumber(0, 12, &out);
    PutNumber(files.size(), 8, &out);
    PutNumber(files.size(), 8, &out);
    PutNumber(directory.size(), 8, &out);
    PutNumber(at, 8, &out);
    PutNumber(0x07064B50, 4, &out);
    PutNumber(0, 4, &out);
    PutNumber(end64, 8, &out);
    PutNumber(1, 4, &out);
  }
  PutNumber(0x06054B50, 4, &out);
  PutNumber(0, 4, &out);
  PutNumber(wide ? 0xFFFF : files.size(), 2, &out);
  PutNumber(wide ? 0xFFFF : files.size(), 2, &out);
  PutNumber(wide ? 0xFFFFFFFF : directory.size(), 4, &out);
  PutNumber(wide ? 0xFFFFFFFF : at, 4, &out);
  PutNumber(0, 2, &out);
  return out;
}

inline constexpr std::string_view kTransitional =
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
inline constexpr std::string_view kTransitionalRelations =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

struct BookSheet {
  std::string name;
  std::string rows;  // inside sheetData
  std::string state = "";
  std::string after = "";  // after sheetData
};

// The parts of a workbook; tests change what they are about.
struct Book {
  std::vector<BookSheet> sheets;
  std::string strings = "";  // inside sst
  std::string styles = "";   // inside styleSheet
  bool from_1904 = false;
  std::string prefix = "";  // of element names: "x:"
  std::string ns = std::string(kTransitional);
  std::string relations = std::string(kTransitionalRelations);
  std::string before_sheet = "";  // before the root element of each sheet

  std::string Root(const std::string& element, const std::string& inside) const {
    const std::string declared =
        prefix.empty() ? "xmlns" : "xmlns:" + prefix.substr(0, prefix.size() - 1);
    return "<" + prefix + element + " " + declared + "=\"" + ns + "\" xmlns:r=\"" + relations +
           "\">" + inside + "</" + prefix + element + ">";
  }
  std::string Relation(const std::string& id, const std::string& kind,
                       const std::string& target) const {
    return "<Relationship Id=\"" + id + "\" Type=\"" + relations + "/" + kind + "\" Target=\"" +
           target + "\"/>";
  }
  static std::string Relations(const std::string& inside) {
    return "<?xml version=\"1.0\"?><Relationships>" + inside + "</Relationships>";
  }

  std::vector<ZipFile> Files() const {
    std::string names, links;
    std::vector<ZipFile> files = {
        {"_rels/.rels", Relations(Relation("rId1", "officeDocument", "xl/workbook.xml"))}};
    for (size_t i = 0; i < sheets.size(); ++i) {
      const std::string n = std::to_string(i + 1);
      names += "<" + prefix + "sheet name=\"" + sheets[i].name + "\" sheetId=\"" + n +
               "\" r:id=\"rId" + n + "\"" +
               (sheets[i].state.empty() ? "" : " state=\"" + sheets[i].state + "\"") + "/>";
      links += Relation("rId" + n, "worksheet", "worksheets/sheet" + n + ".xml");
      files.push_back({"xl/worksheets/sheet" + n + ".xml",
                       "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + before_sheet +
                           Root("worksheet", "<" + prefix + "sheetData>" + sheets[i].rows + "</" +
                                                 prefix + "sheetData>" + sheets[i].after)});
    }
    if (!strings.empty()) {
      links += Relation("rIdStrings", "sharedStrings", "sharedStrings.xml");
      files.push_back({"xl/sharedStrings.xml", Root("sst", strings)});
    }
    if (!styles.empty()) {
      links += Relation("rIdStyles", "styles", "/xl/styles.xml");
      files.push_back({"xl/styles.xml", Root("styleSheet", styles)});
    }
    files.push_back({"xl/_rels/workbook.xml.rels", Relations(links)});
    files.push_back(
        {"xl/workbook.xml",
         Root("workbook", "<" + prefix + "workbookPr date1904=\"" + (from_1904 ? "1" : "0") +
                              "\"/><" + prefix + "sheets>" + names + "</" + prefix + "sheets>")});
    return files;
  }
  std::string Bytes() const { return Zip(Files()); }
};

// What became of a workbook: the text of a sheet, or why there is none.
struct ReadBook : TextSink {
  void OnText(std::string_view utf8) override {
    text += utf8;
    largest = std::max(largest, utf8.size());
  }
  std::string text;
  size_t largest = 0;
  std::string error;  // slug
  std::string message;
  std::vector<SheetName> sheets;
  std::vector<FieldProblem> notes;
  int steps = 0;
};

template <typename Steps>
bool RunAll(Steps& steps, ReadBook* read) {
  for (;;) {
    const Result<bool> more = steps.Step();
    ++read->steps;
    if (!more.ok()) {
      read->error = more.status().slug();
      read->message = more.status().message();
      return false;
    }
    if (!*more) return true;
  }
}

inline ReadBook ReadSheet(ByteSource* source, std::string_view sheet = "") {
  ReadBook read;
  Workbook book(source);
  if (!RunAll(book, &read)) return read;
  read.sheets = book.sheets();
  const Result<size_t> at = book.Pick(sheet);
  if (!at.ok()) {
    read.error = at.status().slug();
    read.message = at.status().message();
    return read;
  }
  SheetReader reader(book, *at, &read);
  RunAll(reader, &read);
  read.notes = reader.notes();
  return read;
}
inline ReadBook ReadSheet(std::string bytes, std::string_view sheet = "") {
  MemorySource source(std::move(bytes));
  return ReadSheet(&source, sheet);
}

}  // namespace leadline::testing_support
