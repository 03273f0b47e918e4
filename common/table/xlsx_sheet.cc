#include "common/table/xlsx_sheet.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "common/table/xlsx_rows.h"
#include "common/table/xlsx_xml.h"

namespace leadline {
namespace {

constexpr uint64_t kMaxSheetCsvBytes = uint64_t{8} << 30;
constexpr size_t kMaxMerges = 64 * 1024;

Status BadReference(std::string_view place) {
  constexpr size_t kShown = 20;
  return Invalid("xlsx_bad_reference",
                 "The workbook is damaged: it has a cell in a place that no sheet has. Open it in "
                 "the spreadsheet program and save it again. The place: " +
                     std::string(place.substr(0, kShown)));
}

// "BC23": letters give the column, from 0; digits the row. False for what is no place on a sheet.
bool ReadPlace(std::string_view place, uint32_t* row, uint32_t* column) {
  uint32_t letters = 0;
  const char* const begin = place.data();
  const char* const end = begin + place.size();
  const char* p = begin;
  for (; p < end && *p >= 'A' && *p <= 'Z' && p - begin < 4; ++p) {
    letters = letters * 26 + static_cast<uint32_t>(*p - 'A' + 1);
  }
  const auto [stop, error] = std::from_chars(p, end, *row);
  *column = letters - 1;
  return letters > 0 && letters <= kMaxSheetColumns && error == std::errc() && stop == end &&
         p < end && *p != '-' && *row > 0 && *row <= kMaxSheetRows;
}

// The merged ranges of a sheet, which stand behind its rows.
class MergesHandler : public XmlHandler {
 public:
  explicit MergesHandler(uint32_t last_row) : last_row_(last_row) {}
  void OnStart(XmlScanner*, std::string_view name, XmlAttributes attributes) override {
    if (name != "mergeCell" || merged.size() >= kMaxMerges) return;
    const std::string_view ref = FindXmlAttribute(attributes, "ref");
    const size_t colon = ref.find(':');
    MergedRange range;
    if (colon == std::string_view::npos ||
        !ReadPlace(ref.substr(0, colon), &range.first_row, &range.first_column) ||
        !ReadPlace(ref.substr(colon + 1), &range.last_row, &range.last_column)) {
      return;
    }
    if (range.first_row <= last_row_) merged.push_back(range);
  }
  std::vector<MergedRange> merged;

 private:
  const uint32_t last_row_;
};

// How the value of a cell is written.
enum class CellKind : uint8_t { kNumber, kShared, kInline, kText, kBool, kDate };

CellKind KindOf(std::string_view t) {
  if (t == "s") return CellKind::kShared;
  if (t == "n") return CellKind::kNumber;
  if (t == "inlineStr") return CellKind::kInline;
  if (t == "b") return CellKind::kBool;
  if (t == "d") return CellKind::kDate;
  return CellKind::kText;  // "str", "e"
}

// Where in worksheet/sheetData/row/c/... the parser is.
enum Depth : int { kSheet = 1, kData, kRow, kCell, kValue, kRun, kRunText };

}  // namespace

class SheetReader::Impl : public XmlHandler {
 public:
  Impl(const Workbook& workbook, size_t sheet, TextSink* sink)
      : workbook_(workbook),
        entry_(workbook.SheetEntry(sheet)),
        rows_(sink),
        part_(std::make_unique<XmlPart>(workbook.source(), entry_, this)) {}

  Result<bool> Step() {
    if (merges_part_) return StepMerges();
    if (done_) return false;
    Result<bool> more = part_->Step();
    if (!more.ok()) return more;
    done_ = !*more;
    if (rows_.holding() && (done_ || rows_.full())) {
      if (rows_.GapRow() != 0) {
        StartMerges(rows_.GapRow());
        return true;
      }
      rows_.Release({});
    }
    return PassOn();
  }

  void OnStart(XmlScanner* scanner, std::string_view name, XmlAttributes attributes) override {
    switch (++depth_) {
      case kData:
        in_data_ = name == "sheetData";
        return;
      case kRow:
        in_row_ = in_data_ && name == "row";
        if (in_row_) StartRow(scanner, attributes);
        return;
      case kCell:
        in_cell_ = in_row_ && name == "c";
        if (in_cell_) StartCell(scanner, attributes);
        return;
      case kValue:
        in_inline_ = in_cell_ && name == "is";
        if (in_cell_ && name == "v") scanner->SendText(true);
        return;
      case kRun:
        in_run_ = in_inline_ && name == "r";
        if (in_inline_ && name == "t") scanner->SendText(true);
        return;
      case kRunText:
        if (in_run_ && name == "t") scanner->SendText(true);
        return;
      default:
        return;
    }
  }

  void OnText(XmlScanner*, std::string_view text) override {
    has_value_ = true;
    text_.Add(text);
  }

  void OnEnd(XmlScanner* scanner) override {
    switch (depth_--) {
      case kValue:
      case kRun:
      case kRunText:
        if (in_cell_) scanner->SendText(false);
        return;
      case kCell:
        if (in_cell_ && has_value_) EndCell(scanner);
        return;
      case kRow:
        if (in_row_) EndRow(scanner);
        return;
      default:
        return;
    }
  }

  std::vector<FieldProblem> notes() const {
    std::vector<FieldProblem> out;
    const auto note = [&out](uint32_t rows, const char* code, std::string_view text) {
      if (rows > 0) out.push_back({"", code, std::string(text) + std::to_string(rows)});
    };
    note(hidden_rows_, "sheet_hidden_rows",
         "Rows that are hidden in the workbook were read like all others: ");
    note(rows_.title_rows(), "sheet_title_rows",
         "Rows above the list that are a title across columns were left out: ");
    note(moved_rows_, "sheet_rows_moved",
         "Rows that do not stand in order in the workbook were given the next free numbers: ");
    return out;
  }
  uint64_t packed_read() const { return part_->packed_read(); }

 private:
  // Titles above the header may be several.
  void StartMerges(uint32_t first_row) {
    constexpr uint32_t kHeaderRows = 20;
    merges_ = std::make_unique<MergesHandler>(first_row + kHeaderRows);
    merges_part_ = std::make_unique<XmlPart>(workbook_.source(), entry_, merges_.get());
  }

  Result<bool> StepMerges() {
    Result<bool> more = merges_part_->Step();
    if (!more.ok() || *more) return more;
    merges_part_.reset();
    rows_.Release(merges_->merged);
    return PassOn();
  }

  Result<bool> PassOn() {
    if (!rows_.holding()) rows_.Flush();
    if (rows_.passed() <= kMaxSheetCsvBytes) return !done_;
    return Status(Code::kTooLarge, "xlsx_too_large",
                  "The sheet is larger than 8 GB as text. Save it in parts, and choose them one "
                  "after the other.");
  }

  void StartRow(XmlScanner* scanner, XmlAttributes attributes) {
    uint32_t number = row_ + 1;
    hidden_ = false;
    for (const auto& [name, value] : attributes) {
      if (name == "hidden") hidden_ = IsXmlTrue(value);
      if (name != "r") continue;
      const char* end = value.data() + value.size();
      const auto [stop, error] = std::from_chars(value.data(), end, number);
      if (error != std::errc() || stop != end || number == 0 || number > kMaxSheetRows) {
        return scanner->Fail(BadReference(value));
      }
    }
    moved_ = number <= row_;
    if (moved_) number = row_ + 1;
    if (number > kMaxSheetRows) return scanner->Fail(BadReference(std::to_string(number)));
    row_ = number;
    next_column_ = 0;
    has_cells_ = false;
    rows_.BeginRow(number);
  }

  void EndRow(XmlScanner* scanner) {
    if (const Status status = rows_.EndRow(); !status.ok()) return scanner->Fail(status);
    if (rows_.full()) scanner->Pause();
    if (!has_cells_) return;
    if (hidden_) ++hidden_rows_;
    if (moved_) ++moved_rows_;
  }

  void StartCell(XmlScanner* scanner, XmlAttributes attributes) {
    column_ = next_column_;
    kind_ = CellKind::kNumber;
    std::string_view style;
    for (const auto& [name, value] : attributes) {
      uint32_t row = 0;
      if (name == "r" && !ReadPlace(value, &row, &column_)) {
        return scanner->Fail(BadReference(value));
      }
      if (name == "t") kind_ = KindOf(value);
      if (name == "s") style = value;
    }
    if (column_ >= kMaxSheetColumns)
      return scanner->Fail(BadReference(std::to_string(column_ + 1)));
    next_column_ = column_ + 1;
    format_ = {};
    if (!style.empty() && kind_ == CellKind::kNumber) format_ = FormatOf(style);
    text_.Clear();
    has_value_ = false;
  }

  NumberFormat FormatOf(std::string_view style) const {
    size_t index = 0;
    std::from_chars(style.data(), style.data() + style.size(), index);
    return workbook_.FormatOfStyle(index);
  }

  void EndCell(XmlScanner* scanner) {
    has_cells_ = true;
    TextBuffer* out = rows_.BeginCell(column_);
    AppendValue(scanner, out);
    rows_.EndCell();
  }

  void AppendValue(XmlScanner* scanner, TextBuffer* out) {
    const std::string_view text = text_.text();
    switch (kind_) {
      case CellKind::kNumber:
        if (AppendNumber(text, format_, workbook_.from_1904(), out)) return;
        break;
      case CellKind::kShared:
        return AppendShared(scanner, text, out);
      case CellKind::kBool:
        if (text != "0" && text != "1") break;
        out->append(text == "1" ? "TRUE" : "FALSE");
        return;
      case CellKind::kDate:
        return AppendIsoDate(text, out);
      case CellKind::kInline:
      case CellKind::kText:
        break;
    }
    text_.AppendTo(out);
  }

  void AppendShared(XmlScanner* scanner, std::string_view text, TextBuffer* out) {
    size_t index = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
    const bool known = error == std::errc() && end == text.data() + text.size() &&
                       index < workbook_.strings().size();
    if (!known) return scanner->Fail(XlsxDamaged("the text of a cell is missing."));
    out->append(workbook_.strings()[index]);
  }

  // 2026-03-02T14:30:00.000 as the dates made of numbers look.
  void AppendIsoDate(std::string_view text, TextBuffer* out) {
    constexpr size_t kDateBytes = 10;
    constexpr std::string_view kZero = ":00";
    const bool date_time = text.size() > kDateBytes && text[kDateBytes] == 'T';
    std::string shown(text.substr(0, std::min(text.find('.'), text.size())));
    if (!shown.empty() && shown.back() == 'Z') shown.pop_back();
    if (date_time) shown[kDateBytes] = ' ';
    constexpr size_t kClock = kDateBytes + 1;
    if (date_time && shown.size() == kClock + 8 && shown.ends_with(kZero)) {
      shown.resize(shown.size() - kZero.size());
    }
    constexpr std::string_view kMidnight = " 00:00";
    if (date_time && shown.ends_with(kMidnight)) shown.resize(shown.size() - kMidnight.size());
    AppendSheetText(shown, out);
  }

  const Workbook& workbook_;
  const ZipEntry& entry_;
  SheetRows rows_;

  int depth_ = 0;
  bool in_data_ = false, in_row_ = false, in_cell_ = false, in_inline_ = false, in_run_ = false;
  uint32_t row_ = 0;
  uint32_t next_column_ = 0;
  bool hidden_ = false, moved_ = false, has_cells_ = false;
  uint32_t hidden_rows_ = 0, moved_rows_ = 0;

  uint32_t column_ = 0;
  CellKind kind_ = CellKind::kNumber;
  NumberFormat format_;
  bool has_value_ = false;
  TextCollector text_;

  std::unique_ptr<XmlPart> part_;
  bool done_ = false;
  std::unique_ptr<MergesHandler> merges_;
  std::unique_ptr<XmlPart> merges_part_;
};

SheetReader::SheetReader(const Workbook& workbook, size_t sheet, TextSink* sink)
    : impl_(std::make_unique<Impl>(workbook, sheet, sink)) {}
SheetReader::~SheetReader() = default;
Result<bool> SheetReader::Step() {
  return impl_->Step();
}
std::vector<FieldProblem> SheetReader::notes() const {
  return impl_->notes();
}
uint64_t SheetReader::packed_read() const {
  return impl_->packed_read();
}

}  // namespace leadline
