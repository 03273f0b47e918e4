#include "common/table/csv_reader.h"

#include <algorithm>
#include <bit>

#include "common/table/byte_scan.h"

namespace leadline {
namespace {

enum State : uint8_t {
  kRowStart,
  kCellStart,
  kPlain,
  kQuoted,
  kQuoteInQuoted,  // closes the cell, or is the first half of a doubled one
  kEscaped,        // in quotes, after the escape character
  kTail,           // after a closing quote
  kLiteral,        // to the end of the row, quotes are text
  kAfterCr,        // like kRowStart, but a LF belongs to the CR before it
  kStateCount,
};

enum ByteClass : uint8_t { kOther, kDelimiter, kQuote, kCr, kLf, kNul, kEscape, kUnused };
constexpr size_t kClassCount = 8;  // a power of two, for quicker steps

enum class Action : uint8_t {
  kNone,
  kEndCell,
  kEndRow,
  kBlank,    // an empty line
  kSkipLf,   // the second half of a CRLF
  kOpen,     // a cell in quotes begins
  kClose,    // perhaps
  kDoubled,  // no: it was doubled, or escaped: the cell must be rewritten
  kLine,     // a line break within quotes
  kNulByte,
  kSuspect,     // something other than a delimiter or line end follows a closing quote
  kSuspectNul,  // and that is a NUL
};

struct Step {
  State next;
  Action action;
};

using A = Action;

// The rules. Plain text (kOther) repeats its own state at once, so a stretch of it counts as one
// step.
// clang-format off
constexpr Step kSteps[kStateCount][kClassCount] = {
    //               kOther                 kDelimiter                kQuote                       kCr                     kLf                      kNul                    kEscape
    /* RowStart  */ {{kPlain, A::kNone},    {kCellStart, A::kEndCell}, {kQuoted, A::kOpen},         {kAfterCr, A::kBlank},  {kRowStart, A::kBlank},  {kPlain, A::kNulByte},   {kPlain, A::kNone}},
    /* CellStart */ {{kPlain, A::kNone},    {kCellStart, A::kEndCell}, {kQuoted, A::kOpen},         {kAfterCr, A::kEndRow}, {kRowStart, A::kEndRow}, {kPlain, A::kNulByte},   {kPlain, A::kNone}},
    /* Plain     */ {{kPlain, A::kNone},    {kCellStart, A::kEndCell}, {kPlain, A::kNone},          {kAfterCr, A::kEndRow}, {kRowStart, A::kEndRow}, {kPlain, A::kNulByte},   {kPlain, A::kNone}},
    /* Quoted    */ {{kQuoted, A::kNone},   {kQuoted, A::kNone},       {kQuoteInQuoted, A::kClose}, {kQuoted, A::kLine},    {kQuoted, A::kLine},     {kQuoted, A::kNulByte},  {kEscaped, A::kNone}},
    /* QuoteInQ. */ {{kTail, A::kSuspect},  {kCellStart, A::kEndCell}, {kQuoted, A::kDoubled},      {kAfterCr, A::kEndRow}, {kRowStart, A::kEndRow}, {kTail, A::kSuspectNul}, {kTail, A::kSuspect}},
    /* Escaped   */ {{kQuoted, A::kNone},   {kQuoted, A::kNone},       {kQuoted, A::kDoubled},      {kQuoted, A::kLine},    {kQuoted, A::kLine},     {kQuoted, A::kNulByte},  {kQuoted, A::kDoubled}},
    /* Tail      */ {{kTail, A::kNone},     {kCellStart, A::kEndCell}, {kTail, A::kNone},           {kAfterCr, A::kEndRow}, {kRowStart, A::kEndRow}, {kTail, A::kNulByte},    {kTail, A::kNone}},
    /* Literal   */ {{kLiteral, A::kNone},  {kLiteral, A::kEndCell},   {kLiteral, A::kNone},        {kAfterCr, A::kEndRow}, {kRowStart, A::kEndRow}, {kLiteral, A::kNulByte}, {kLiteral, A::kNone}},
    /* AfterCr   */ {{kPlain, A::kNone},    {kCellStart, A::kEndCell}, {kQuoted, A::kOpen},         {kAfterCr, A::kBlank},  {kRowStart, A::kSkipLf}, {kPlain, A::kNulByte},   {kPlain, A::kNone}},
};
// clang-format on

constexpr bool PlainTextRepeatsItself() {
  for (const auto& row : kSteps) {
    if (kSteps[row[kOther].next][kOther].next != row[kOther].next) return false;
    if (kSteps[row[kOther].next][kOther].action != Action::kNone) return false;
  }
  return true;
}
static_assert(PlainTextRepeatsItself());

// So a delimiter there needs no look at the table, whether text stands before it or not.
constexpr bool DelimiterEndsCellIn(State state) {
  const Step after_text = kSteps[kSteps[state][kOther].next][kDelimiter];
  const Step at_once = kSteps[state][kDelimiter];
  return kSteps[state][kOther].action == Action::kNone && at_once.action == Action::kEndCell &&
         at_once.next == kCellStart && after_text.action == Action::kEndCell &&
         after_text.next == kCellStart;
}
static_assert(DelimiterEndsCellIn(kRowStart) && DelimiterEndsCellIn(kCellStart) &&
              DelimiterEndsCellIn(kPlain));

constexpr size_t kNoBound = SIZE_MAX;

// A cut may have gone through the last character.
std::string_view WholeCharacters(std::string_view text) {
  size_t end = text.size();
  while (end > 0 && text.size() - end < 4) {
    const auto byte = static_cast<uint8_t>(text[end - 1]);
    if (byte < 0x80) return text;
    --end;
    if (byte < 0xC0) continue;
    const size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
    return text.size() - end < length ? text.substr(0, end) : text;
  }
  return text;
}

}  // namespace

CsvReader::CsvReader(const CsvOptions& options, CsvSink* sink)
    : options_(options), sink_(sink), state_(kRowStart) {
  class_of_[static_cast<uint8_t>(options.escape)] = kEscape;
  class_of_[static_cast<uint8_t>(options.quote)] = kQuote;
  class_of_[static_cast<uint8_t>(options.delimiter)] = kDelimiter;
  class_of_['\0'] = kNul;  // also where there is no quote or no escape
  class_of_['\r'] = kCr;
  class_of_['\n'] = kLf;
  cells_.resize(options.max_columns);
  views_.resize(options.max_columns);
  StartRow(0);
}

void CsvReader::Feed(std::string_view text) {
  while (!Scan(text, 0)) Replay();
  text_offset_ += text.size();
}

void CsvReader::Finish() {
  Scan({}, 0);
  while (state_ == kQuoted || state_ == kEscaped) {
    if (RewindToQuote() == Outcome::kReplay) Replay();
    Scan({}, 0);
  }
  if (state_ == kRowStart || state_ == kAfterCr) return;
  if (Relative(0) > bound_) DropRest();
  EndRow(0);
  state_ = kRowStart;
}

// False when a broken quote sends it back to bytes of an earlier chunk: Replay, then scan `text`
// once more.
bool CsvReader::Scan(std::string_view text, size_t start) {
  text_ = text;
  resume_ = start;
  for (;;) {
    const Outcome outcome = ScanFrom(resume_);
    if (outcome != Outcome::kRewound) return outcome == Outcome::kGoOn;
  }
}

// Reads the carried row again from resume_, as a text of its own; it lies in place there, so
// nothing asks for a replay.
void CsvReader::Replay() {
  const uint64_t text_offset = text_offset_;
  replay_.swap(carry_);
  carry_.clear();
  text_offset_ = row_offset_;
  Scan(replay_, resume_);
  text_offset_ = text_offset;
}

CsvReader::Outcome CsvReader::ScanFrom(size_t pos) {
  if (options_.escape == '\0') return ScanFor(pos, options_.delimiter, options_.quote);
  return ScanFor(pos, options_.delimiter, options_.quote, options_.escape);
}

template <typename... Char>
CsvReader::Outcome CsvReader::ScanFor(size_t pos, Char... special) {
  fresh_ = pos;
  while (pos < text_.size()) {
    const size_t size = std::min(kScanBlock, text_.size() - pos);
    const char* p = text_.data() + pos;
    uint64_t bits =
        size == kScanBlock ? SpecialBytes64(p, special...) : SpecialBytesTail(p, size, special...);
    for (; bits != 0; bits &= bits - 1) {
      const size_t at = pos + static_cast<size_t>(std::countr_zero(bits));
      if (const Outcome o = OnSpecial(at); o != Outcome::kGoOn) return o;
    }
    pos += size;
  }
  return EndOfText();
}

// Forced into both loops of ScanFor: a call for each delimiter would cost a quarter of the speed.
[[gnu::always_inline]] inline CsvReader::Outcome CsvReader::OnSpecial(size_t at) {
  // Most of a list: cells without quotes. Every state up to kPlain is one of those asserted above.
  if (state_ <= kPlain && text_[at] == options_.delimiter && Relative(at) <= bound_) {
    fresh_ = at + 1;
    state_ = kCellStart;
    EndCell(Relative(at));
    return Outcome::kGoOn;
  }
  if (at != fresh_) {
    if (const Outcome o = OnGap(); o != Outcome::kGoOn) return o;
  }
  if (Relative(at) > bound_) {
    if (const Outcome o = OnBound(); o != Outcome::kGoOn) return o;
  }
  fresh_ = at + 1;
  const Step step = kSteps[state_][class_of_[static_cast<uint8_t>(text_[at])]];
  state_ = step.next;
  if (step.action == Action::kEndCell) {
    EndCell(Relative(at));
    return Outcome::kGoOn;
  }
  return Do(static_cast<uint8_t>(step.action), at);
}

CsvReader::Outcome CsvReader::Do(uint8_t action, size_t at) {
  switch (static_cast<Action>(action)) {
    case Action::kNone:
    case Action::kEndCell:
      break;
    case Action::kEndRow:
      EndRow(at);
      break;
    case Action::kBlank:
      ++number_;
      StartRow(text_offset_ + at + 1);
      break;
    case Action::kSkipLf:
      StartRow(text_offset_ + at + 1);
      break;
    case Action::kOpen:
      OpenQuotes(at);
      break;
    case Action::kClose:
      bound_ = options_.max_row_bytes;
      break;
    case Action::kDoubled:
      cell_kind_ = CellKind::kUnquote;
      bound_ = std::min(cell_begin_ + options_.max_field_bytes - 1, options_.max_row_bytes);
      break;
    case Action::kLine:
      line_in_quotes_ = true;
      break;
    case Action::kNulByte:
      OnNul();
      break;
    case Action::kSuspect:
      return LeaveQuotes();
    case Action::kSuspectNul:
      if (const Outcome o = LeaveQuotes(); o != Outcome::kGoOn) return o;
      OnNul();
      break;
  }
  return Outcome::kGoOn;
}

// Plain text stands between the last special byte and here.
inline CsvReader::Outcome CsvReader::OnGap() {
  const Step step = kSteps[state_][kOther];
  state_ = step.next;
  return step.action == Action::kSuspect ? LeaveQuotes() : Outcome::kGoOn;
}

CsvReader::Outcome CsvReader::OnBound() {
  if (state_ == kQuoted || state_ == kEscaped) return RewindToQuote();
  DropRest();
  return Outcome::kGoOn;
}

// What plain text at the end means is settled here, so that the next text begins like any other.
CsvReader::Outcome CsvReader::EndOfText() {
  if (fresh_ != text_.size()) {
    if (const Outcome o = OnGap(); o != Outcome::kGoOn) return o;
  }
  if (Relative(text_.size()) > bound_ + 1 && bound_ != kNoBound) {
    if (const Outcome o = OnBound(); o != Outcome::kGoOn) return o;
  }
  Keep(text_.size());
  return Outcome::kGoOn;
}

// Text follows a closing quote. Within one line that is a careless writer; after a line break the
// "closing" quote is far more likely the opening one of another cell.
CsvReader::Outcome CsvReader::LeaveQuotes() {
  if (line_in_quotes_) return RewindToQuote();
  state_ = kTail;
  cell_kind_ = CellKind::kUnquote;
  cell_flags_ |= kCsvTextAfterQuote;
  return Outcome::kGoOn;
}

CsvReader::Outcome CsvReader::RewindToQuote() {
  state_ = kLiteral;
  row_flags_ |= kCsvBrokenQuote;
  bound_ = options_.max_row_bytes;
  cell_kind_ = CellKind::kAsIs;
  cell_flags_ = 0;
  const uint64_t target = row_offset_ + cell_begin_ + 1;
  if (target >= text_offset_) {
    resume_ = static_cast<size_t>(target - text_offset_);
    return Outcome::kRewound;
  }
  resume_ = cell_begin_ + 1;
  return Outcome::kReplay;
}

void CsvReader::OpenQuotes(size_t at) {
  cell_begin_ = Relative(at);
  cell_kind_ = CellKind::kStripQuotes;
  line_in_quotes_ = false;
  bound_ = std::min(cell_begin_ + options_.max_field_bytes - 1, options_.max_row_bytes);
}

void CsvReader::OnNul() {
  cell_flags_ |= kCsvNulBytes;
  const bool quoted = cell_kind_ == CellKind::kStripQuotes || cell_kind_ == CellKind::kUnquote;
  cell_kind_ = quoted ? CellKind::kUnquote : CellKind::kDropNuls;
}

void CsvReader::StartRow(uint64_t offset) {
  row_offset_ = offset;
  row_flags_ = 0;
  bound_ = options_.max_row_bytes;
  dropping_ = false;
  cell_count_ = 0;
  rewrite_bytes_ = 0;
  cell_begin_ = 0;
  cell_kind_ = CellKind::kAsIs;
  cell_flags_ = 0;
}

// `end`: within the row.
[[gnu::always_inline]] inline void CsvReader::EndCell(size_t end) {
  row_flags_ |= cell_flags_;
  cell_flags_ = 0;
  if (dropping_) return;
  if (end - cell_begin_ > options_.max_field_bytes) {
    row_flags_ |= kCsvFieldTooLong;
    const bool quoted = cell_kind_ == CellKind::kStripQuotes || cell_kind_ == CellKind::kUnquote;
    cell_kind_ = quoted ? CellKind::kUnquote : CellKind::kDropNuls;
  }
  if (cell_count_ < cells_.size()) {
    const size_t cut = std::min(end, cell_begin_ + options_.max_field_bytes);
    cells_[cell_count_++] = {static_cast<uint32_t>(cell_begin_), static_cast<uint32_t>(cut),
                             cell_kind_};
    if (cell_kind_ >= CellKind::kUnquote) rewrite_bytes_ += cut - cell_begin_;
  } else {
    row_flags_ |= kCsvTooManyColumns;
  }
  cell_begin_ = end + 1;
  cell_kind_ = CellKind::kAsIs;
}

// Called once per row, when it grows over max_row_bytes outside quotes.
void CsvReader::DropRest() {
  const size_t end = std::max(cell_begin_, options_.max_row_bytes);
  const bool long_cell = end - cell_begin_ > options_.max_field_bytes;
  if (cell_kind_ == CellKind::kStripQuotes) cell_kind_ = CellKind::kUnquote;
  if (cell_kind_ == CellKind::kAsIs) cell_kind_ = CellKind::kDropNuls;
  EndCell(end);
  row_flags_ |= long_cell ? kCsvFieldTooLong : kCsvRowTooLong;
  state_ = kLiteral;
  dropping_ = true;
  bound_ = kNoBound;
}

void CsvReader::EndRow(size_t at) {
  EndCell(Relative(at));
  ++number_;
  ++rows_;
  if (carry_.empty()) {
    Deliver(text_.data() + (row_offset_ - text_offset_));
  } else {
    Keep(at);
    Deliver(carry_.data());
    carry_.clear();
  }
  StartRow(text_offset_ + at + 1);
}

// Carries what the row has in text_[..end) over to the next text.
void CsvReader::Keep(size_t end) {
  const size_t begin =
      row_offset_ > text_offset_ ? static_cast<size_t>(row_offset_ - text_offset_) : 0;
  size_t size = end - begin;
  if (dropping_) {
    const size_t wanted = options_.max_row_bytes + 1;
    size = std::min(size, wanted - std::min(wanted, carry_.size()));
  }
  carry_.append(text_.substr(begin, size));
}

void CsvReader::Deliver(const char* raw) {
  rewritten_.clear();
  rewritten_.reserve(rewrite_bytes_);  // so that no view into it moves
  for (size_t i = 0; i < cell_count_; ++i) views_[i] = Text(raw, cells_[i]);
  sink_->OnRow({number_, row_offset_, row_flags_, {views_.data(), cell_count_}});
}

inline std::string_view CsvReader::Text(const char* raw, const Cell& cell) {
  std::string_view in(raw + cell.begin, cell.end - cell.begin);
  if (cell.kind == CellKind::kAsIs) return in;
  if (cell.kind == CellKind::kStripQuotes) return in.substr(1, in.size() - 2);
  const size_t begin = rewritten_.size();
  if (cell.kind == CellKind::kUnquote) {
    Unquote(in.substr(1));
  } else {
    rewritten_.append(in);
  }
  if ((row_flags_ & kCsvNulBytes) != 0) {
    rewritten_.erase(std::remove(rewritten_.begin() + static_cast<std::ptrdiff_t>(begin),
                                 rewritten_.end(), '\0'),
                     rewritten_.end());
  }
  return WholeCharacters(std::string_view(rewritten_).substr(begin));
}

// Appends what a cell says whose opening quote is off already.
void CsvReader::Unquote(std::string_view in) {
  const char special[] = {options_.quote, options_.escape};
  const auto next_mark = [&] {  // a search for one byte is many times as fast
    return options_.escape == '\0' ? in.find(options_.quote)
                                   : in.find_first_of(std::string_view(special, 2));
  };
  for (size_t at; (at = next_mark()) != std::string_view::npos;) {
    const char mark = in[at];
    const char next = at + 1 < in.size() ? in[at + 1] : '\0';
    rewritten_.append(in.substr(0, at));
    in.remove_prefix(at + 1);
    const bool escape = mark != options_.quote;
    if (next == options_.quote || (escape && next == mark)) {
      rewritten_.push_back(next);
      in.remove_prefix(1);
    } else if (escape) {
      rewritten_.push_back(mark);
    } else {
      break;  // the closing one
    }
  }
  rewritten_.append(in);
}

}  // namespace leadline
