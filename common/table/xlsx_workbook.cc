#include "common/table/xlsx_workbook.h"

#include <charconv>
#include <map>
#include <utility>

#include "common/base/utf8.h"
#include "common/table/xlsx_xml.h"

namespace leadline {
namespace {

constexpr size_t kMaxShownBytes = 200;  // of a user's name in a message
constexpr size_t kMaxRelations = 16 * 1024;

uint32_t NumberOr(std::string_view s, uint32_t fallback) {
  uint32_t value = 0;
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value);
  return error == std::errc() && end == s.data() + s.size() ? value : fallback;
}

Status TooComplex() {
  return Invalid("xlsx_too_complex",
                 "The workbook has more parts, sheets or styles than can be read. Copy the list "
                 "into a new workbook, and choose that.");
}

// "../a/b.xml" as seen from the folder "xl": the name of the part in the archive.
std::string Resolve(std::string_view folder, std::string_view target) {
  std::vector<std::string_view> parts;
  const auto add = [&parts](std::string_view path) {
    while (!path.empty()) {
      const size_t slash = path.find('/');
      const std::string_view part = path.substr(0, slash);
      path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
      if (part == "..") {
        if (!parts.empty()) parts.pop_back();
      } else if (!part.empty() && part != ".") {
        parts.push_back(part);
      }
    }
  };
  if (!target.starts_with('/')) add(folder);
  add(target);
  std::string name;
  for (const std::string_view part : parts) name.append(name.empty() ? "" : "/").append(part);
  return name;
}

struct Relation {
  std::string kind;  // the last word of its type, the same in both kinds of workbook
  std::string target;
};

// _rels/.rels and xl/_rels/workbook.xml.rels.
class RelationsHandler : public XmlHandler {
 public:
  void OnStart(XmlScanner* scanner, std::string_view name, XmlAttributes attributes) override {
    if (name != "Relationship") return;
    if (relations.size() >= kMaxRelations) return scanner->Fail(TooComplex());
    const std::string_view type = FindXmlAttribute(attributes, "Type");
    relations[std::string(FindXmlAttribute(attributes, "Id"))] = {
        std::string(type.substr(type.rfind('/') + 1)),
        std::string(FindXmlAttribute(attributes, "Target"))};
  }
  std::string TargetOfKind(std::string_view kind) const {
    for (const auto& [id, relation] : relations) {
      if (relation.kind == kind) return relation.target;
    }
    return "";
  }
  std::map<std::string, Relation, std::less<>> relations;  // by id
};

struct SheetLink {
  SheetName sheet;
  std::string relation;
};

class BookHandler : public XmlHandler {
 public:
  void OnStart(XmlScanner* scanner, std::string_view name, XmlAttributes attributes) override {
    if (name == "workbookPr") from_1904 = IsXmlTrue(FindXmlAttribute(attributes, "date1904"));
    if (name != "sheet") return;
    if (links.size() >= kMaxSheets) return scanner->Fail(TooComplex());
    SheetLink& link = links.emplace_back();
    link.sheet.name = FindXmlAttribute(attributes, "name");
    const std::string_view state = FindXmlAttribute(attributes, "state");
    link.sheet.hidden = state == "hidden" || state == "veryHidden";
    // r:id; sheetId has another name, and no other attribute is called so.
    link.relation = FindXmlAttribute(attributes, "id");
  }
  std::vector<SheetLink> links;
  bool from_1904 = false;
};

class StylesHandler : public XmlHandler {
 public:
  void OnStart(XmlScanner* scanner, std::string_view name, XmlAttributes attributes) override {
    ++depth_;
    if (depth_ == 2) parent_ = name == "numFmts" ? kFormats : name == "cellXfs" ? kStyles : kOther;
    if (depth_ != 3) return;
    const uint32_t id = NumberOr(FindXmlAttribute(attributes, "numFmtId"), 0);
    if (parent_ == kFormats && name == "numFmt") {
      if (formats_.size() >= kMaxNumberFormats) return scanner->Fail(TooComplex());
      formats_[id] = FormatOfCode(FindXmlAttribute(attributes, "formatCode"));
    } else if (parent_ == kStyles && name == "xf") {
      if (styles_.size() >= kMaxCellStyles) return scanner->Fail(TooComplex());
      styles_.push_back(id);
    }
  }
  void OnEnd(XmlScanner*) override { --depth_; }

  // Of each cell style, in order.
  std::vector<NumberFormat> Formats() const {
    std::vector<NumberFormat> out;
    out.reserve(styles_.size());
    for (const uint32_t id : styles_) {
      const auto custom = formats_.find(id);
      out.push_back(custom != formats_.end() ? custom->second : FormatOfId(id));
    }
    return out;
  }

 private:
  enum Parent { kOther, kFormats, kStyles };
  int depth_ = 0;
  Parent parent_ = kOther;
  std::map<uint32_t, NumberFormat> formats_;
  std::vector<uint32_t> styles_;
};

// sst/si/t and sst/si/r/t; the readings of Japanese words (rPh) are not part of the text.
class StringsHandler : public XmlHandler {
 public:
  explicit StringsHandler(SharedStrings* strings) : strings_(strings) {}
  void OnStart(XmlScanner* scanner, std::string_view name, XmlAttributes) override {
    ++depth_;
    if (depth_ == 2) text_.Clear();
    if (depth_ == 3) in_run_ = name == "r";
    const bool text = name == "t" && (depth_ == 3 || (depth_ == 4 && in_run_));
    if (text) scanner->SendText(true);
  }
  void OnEnd(XmlScanner* scanner) override {
    scanner->SendText(false);
    if (depth_-- != 2 || strings_->Add(&text_)) return;
    scanner->Fail(
        {Code::kTooLarge, "xlsx_strings_too_large",
         "The workbook has more text than can be kept at once (256 MB). Save the sheet as "
         "CSV UTF-8, and choose that."});
  }
  void OnText(XmlScanner*, std::string_view text) override { text_.Add(text); }

 private:
  SharedStrings* const strings_;
  TextCollector text_;
  int depth_ = 0;
  bool in_run_ = false;
};

}  // namespace

bool LooksLikeWorkbook(std::string_view head) {
  return head.starts_with(std::string_view("PK\3\4", 4));
}

class Workbook::Impl {
 public:
  explicit Impl(ByteSource* source) : source_(source) {}

  Result<bool> Step() {
    if (part_) {
      Result<bool> more = part_->Step();
      if (!more.ok() || *more) return more;
      part_.reset();
    }
    switch (phase_++) {
      case 0:
        return Directory();
      case 1:
        return Book();
      case 2:
        Begin(RelationsOf(book_name_), &relations_);
        return true;
      case 3:
        return Sheets();
      case 4:
        Begin(Find(relations_.TargetOfKind("styles")), &styles_handler_);
        return true;
      case 5:
        styles_ = styles_handler_.Formats();
        Begin(Find(relations_.TargetOfKind("sharedStrings")), &strings_handler_);
        return true;
      default:
        return false;
    }
  }

  Result<size_t> Pick(std::string_view name) const {
    for (size_t i = 0; i < sheets_.size(); ++i) {
      if (name.empty() ? !sheets_[i].hidden : sheets_[i].name == name) return i;
    }
    if (name.empty()) return size_t{0};
    std::string names;
    for (const SheetName& sheet : sheets_) {
      names.append(names.empty() ? "" : ", ").append(sheet.name);
    }
    return Invalid("sheet_unknown", "The workbook has no sheet of that name. It has: " +
                                        ClipUtf8(names, kMaxShownBytes));
  }

  ByteSource* const source_;
  std::vector<SheetName> sheets_;
  std::vector<const ZipEntry*> sheet_entries_;
  SharedStrings strings_;
  std::vector<NumberFormat> styles_;
  BookHandler book_;

 private:
  Result<bool> Directory() {
    Result<std::vector<ZipEntry>> entries = ReadZipDirectory(source_);
    if (!entries.ok()) return entries.status();
    entries_ = std::move(entries).value();
    Begin(FindZipEntry(entries_, "_rels/.rels"), &relations_);
    return true;
  }

  Result<bool> Book() {
    book_name_ = Resolve("", relations_.TargetOfKind("officeDocument"));
    relations_.relations.clear();
    const ZipEntry* book = FindZipEntry(entries_, book_name_);
    if (book == nullptr) book = FindZipEntry(entries_, book_name_ = "xl/workbook.xml");
    if (book == nullptr) return NotAWorkbook();
    if (AsciiLower(book_name_).ends_with(".bin")) {
      return Invalid("xlsx_not_a_workbook",
                     "This is a binary workbook (.xlsb). Save it as .xlsx, and choose that.");
    }
    Begin(book, &book_);
    return true;
  }

  Status NotAWorkbook() const {
    if (FindZipEntry(entries_, "content.xml") != nullptr) {
      return Invalid("xlsx_not_a_workbook",
                     "This is an OpenDocument file. Save it as .xlsx, and choose that.");
    }
    return Invalid("xlsx_not_a_workbook",
                   "This ZIP file is no workbook. Unpack it first, and choose the list in it.");
  }

  // Charts and dialogs are sheets too, but no lists.
  Result<bool> Sheets() {
    for (const SheetLink& link : book_.links) {
      const auto relation = relations_.relations.find(link.relation);
      if (relation == relations_.relations.end() || relation->second.kind != "worksheet") continue;
      const ZipEntry* entry = Find(relation->second.target);
      if (entry == nullptr) {
        return XlsxDamaged("the contents of a sheet are missing.");
      }
      sheets_.push_back(link.sheet);
      sheet_entries_.push_back(entry);
    }
    if (!sheets_.empty()) return true;
    return Invalid("xlsx_no_sheet", "There is no sheet of cells in this workbook.");
  }

  const ZipEntry* RelationsOf(const std::string& part) const {
    const size_t slash = part.rfind('/');
    const size_t name = slash == std::string::npos ? 0 : slash + 1;
    return FindZipEntry(entries_, part.substr(0, name) + "_rels/" + part.substr(name) + ".rels");
  }
  const ZipEntry* Find(const std::string& target) const {
    if (target.empty()) return nullptr;
    const size_t slash = book_name_.rfind('/');
    const std::string folder = slash == std::string::npos ? "" : book_name_.substr(0, slash);
    return FindZipEntry(entries_, Resolve(folder, target));
  }
  void Begin(const ZipEntry* entry, XmlHandler* handler) {
    if (entry != nullptr) part_ = std::make_unique<XmlPart>(source_, *entry, handler);
  }

  int phase_ = 0;
  std::vector<ZipEntry> entries_;
  std::string book_name_;
  RelationsHandler relations_;
  StylesHandler styles_handler_;
  StringsHandler strings_handler_{&strings_};
  std::unique_ptr<XmlPart> part_;
};

Workbook::Workbook(ByteSource* source) : impl_(std::make_unique<Impl>(source)) {}
Workbook::~Workbook() = default;
Result<bool> Workbook::Step() {
  return impl_->Step();
}
const std::vector<SheetName>& Workbook::sheets() const {
  return impl_->sheets_;
}
Result<size_t> Workbook::Pick(std::string_view name) const {
  return impl_->Pick(name);
}
const ZipEntry& Workbook::SheetEntry(size_t sheet) const {
  return *impl_->sheet_entries_[sheet];
}
ByteSource* Workbook::source() const {
  return impl_->source_;
}
const SharedStrings& Workbook::strings() const {
  return impl_->strings_;
}
NumberFormat Workbook::FormatOfStyle(size_t style) const {
  return style < impl_->styles_.size() ? impl_->styles_[style] : NumberFormat();
}
bool Workbook::from_1904() const {
  return impl_->book_.from_1904;
}

}  // namespace leadline
