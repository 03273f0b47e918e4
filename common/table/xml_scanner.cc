#include "common/table/xml_scanner.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "common/base/utf8.h"
#include "common/table/xml_chars.h"

// What runs for each cell is marked inline: all of it is called once or twice, in this file alone.
namespace leadline {
namespace {

constexpr size_t kMaxOpenNameBytes = 1024 * 1024;
constexpr size_t kSortedFrom = 8;  // attributes

Status TooComplex() {
  return Invalid("xlsx_too_complex",
                 "The workbook is built in a way that would take too much memory. Copy the list "
                 "into a new workbook, and choose that.");
}
Status Broken() {
  return XlsxDamaged("its XML is broken.");
}
Status NotUtf8() {
  return XlsxDamaged("its XML is not written in UTF-8.");
}

// Most names have one letter.
bool SameName(const XmlAttribute& a, const XmlAttribute& b) {
  return a.name.size() == b.name.size() && a.name[0] == b.name[0] && a.name == b.name;
}
bool StartsWith(const char* text, std::string_view name) {
  for (size_t i = 0; i < name.size(); ++i) {
    if (text[i] != name[i]) return false;
  }
  return true;
}

// Sorted apart, so that a tag full of attributes takes no time to speak of.
bool NamesDiffer(const std::vector<XmlAttribute>& attributes) {
  if (attributes.size() < kSortedFrom) {
    for (size_t i = 1; i < attributes.size(); ++i) {
      for (size_t k = 0; k < i; ++k) {
        if (SameName(attributes[i], attributes[k])) return false;
      }
    }
    return true;
  }
  std::vector<XmlAttribute> sorted = attributes;
  std::sort(sorted.begin(), sorted.end(),
            [](const XmlAttribute& a, const XmlAttribute& b) { return a.name < b.name; });
  return std::adjacent_find(sorted.begin(), sorted.end(), SameName) == sorted.end();
}

}  // namespace

std::string_view LocalName(std::string_view name) {
  if (name.size() < 2) return name;
  const void* colon = std::memchr(name.data(), ':', name.size());
  if (colon == nullptr) return name;
  return name.substr(static_cast<size_t>(static_cast<const char*>(colon) - name.data()) + 1);
}

std::string_view FindXmlAttribute(XmlAttributes attributes, std::string_view local_name) {
  for (const XmlAttribute& attribute : attributes) {
    if (LocalName(attribute.name) == local_name) return attribute.value;
  }
  return {};
}

bool IsXmlTrue(std::string_view value) {
  return value == "1" || value == "true";
}

Status XlsxDamaged(std::string_view what) {
  return Invalid("xlsx_damaged", "The workbook is damaged: " + std::string(what) +
                                     " Open it in the spreadsheet program and save it again.");
}

XmlScanner::XmlScanner(XmlHandler* handler)
    : handler_(handler), buffer_(1, '\0'), at_(buffer_.data()), end_(at_) {}

char* XmlScanner::Room(size_t bytes) {
  const auto pending = static_cast<size_t>(end_ - at_);
  if (at_ != buffer_.data()) std::memmove(buffer_.data(), at_, pending);
  const size_t needed = pending + bytes + 1;
  if (buffer_.size() < needed) buffer_.resize(std::max(needed, 2 * buffer_.size()));
  at_ = buffer_.data();
  end_ = at_ + pending;
  return end_;
}

Status XmlScanner::Run(size_t bytes, bool last) {
  end_ += bytes;
  *end_ = '\0';
  paused_ = false;
  if (!last && Rest().size() < wait_) return {};
  wait_ = 0;
  while (at_ < end_ && !paused_) {
    const Got got = Next();
    if (!status_.ok()) return status_;
    if (got == Got::kWhole) continue;
    if (got == Got::kWrong || last) return Broken();
    if (Rest().size() > kMaxXmlTagBytes) return TooComplex();
    wait_ = 2 * Rest().size();
    return {};
  }
  const bool whole = mode_ == Mode::kMarkup && root_seen_ && open_.empty();
  return last && !paused_ && !whole ? Broken() : Status();
}

void XmlScanner::Fail(const Status& status) {
  if (status_.ok()) status_ = status;
}

XmlScanner::Got XmlScanner::Refuse(const Status& status) {
  Fail(status);
  return Got::kWrong;
}

inline XmlScanner::Got XmlScanner::Next() {
  switch (mode_) {
    case Mode::kStart:
      return Begin();
    case Mode::kComment:
      return SkipTo("-->", kCommentChar);
    case Mode::kInstruction:
      return SkipTo("?>", kInstructionChar);
    case Mode::kCData:
      return Text();
    case Mode::kMarkup:
      break;
  }
  if (*at_ == '<') return Markup();
  if (open_.empty()) return Space();
  return *at_ == '&' ? Reference() : Text();
}

XmlScanner::Got XmlScanner::Begin() {
  constexpr std::string_view kMark = "\xEF\xBB\xBF", kDeclaration = "<?xml";
  const std::string_view rest = Rest();
  if (rest[0] == '\xFE' || rest[0] == '\xFF') return Refuse(NotUtf8());  // UTF-16
  if (kMark.starts_with(rest)) return Got::kPart;
  const size_t mark = rest.starts_with(kMark) ? kMark.size() : 0;
  const std::string_view text = rest.substr(mark);
  if (kDeclaration.starts_with(text)) return Got::kPart;
  if (text.starts_with(kDeclaration) && Is(text[kDeclaration.size()], kSpace)) {
    return Declaration();
  }
  at_ += mark;
  mode_ = Mode::kMarkup;
  return Got::kWhole;
}

XmlScanner::Got XmlScanner::Declaration() {
  const std::string_view rest = Rest();
  const size_t end = rest.find("?>");
  if (end == std::string_view::npos) return Got::kPart;
  std::string_view encoding;
  const size_t begin = rest.find('l') + 1;
  if (!ReadXmlDeclaration(rest.substr(begin, end - begin), &encoding)) return Got::kWrong;
  const std::string lower = AsciiLower(encoding);
  if (!lower.empty() && lower != "utf-8" && lower != "us-ascii") return Refuse(NotUtf8());
  at_ += end + 2;
  mode_ = Mode::kMarkup;
  return Got::kWhole;
}

inline XmlScanner::Got XmlScanner::Markup() {
  switch (at_[1]) {
    case '/':
      return CloseTag();
    case '!':
      return Exclamation();
    case '?':
      return Instruction();
    default:
      return OpenTag();
  }
}

XmlScanner::Got XmlScanner::Exclamation() {
  constexpr std::string_view kComment = "<!--", kCData = "<![CDATA[", kDoctype = "<!DOCTYPE";
  const std::string_view rest = Rest();
  if (rest.starts_with(kComment)) {
    mode_ = Mode::kComment;
    at_ += kComment.size();
    return Got::kWhole;
  }
  if (rest.starts_with(kCData) && !open_.empty()) {
    mode_ = Mode::kCData;
    at_ += kCData.size();
    return Got::kWhole;
  }
  if (rest.starts_with(kDoctype) && !root_seen_) {
    return Refuse(
        Invalid("xlsx_doctype",
                "The workbook has a document type declaration, as no spreadsheet program writes "
                "it. Save it again in the spreadsheet program."));
  }
  const bool part =
      kComment.starts_with(rest) || kCData.starts_with(rest) || kDoctype.starts_with(rest);
  return part ? Got::kPart : Got::kWrong;
}

XmlScanner::Got XmlScanner::Instruction() {
  char* p = at_ + 2;
  if (const Got got = Name(&p); got != Got::kWhole) return got;
  const std::string_view target(at_ + 2, static_cast<size_t>(p - at_ - 2));
  if (AsciiLower(target) == "xml") return Got::kWrong;
  if (*p == '?') {
    if (p[1] != '>') return Odd(p + 1);
    at_ = p + 2;
    return Got::kWhole;
  }
  if (!Is(*p, kSpace)) return Odd(p);
  at_ = p + 1;
  mode_ = Mode::kInstruction;
  return Got::kWhole;
}

// On through what has no meaning, behind its end or as far as there is something.
XmlScanner::Got XmlScanner::SkipTo(std::string_view close, uint8_t plain) {
  for (;; ++at_) {
    at_ = SkipChars(at_, end_, plain);
    const std::string_view rest = Rest();
    if (rest.empty()) return Got::kWhole;
    if (*at_ != close[0]) return IsCutUtf8(rest) ? Got::kPart : Got::kWrong;
    if (rest.size() < close.size()) return Got::kPart;
    if (rest.starts_with(close)) {
      at_ += close.size();
      mode_ = Mode::kMarkup;
      return Got::kWhole;
    }
    if (mode_ == Mode::kComment && rest[1] == '-') return Got::kWrong;
  }
}

inline XmlScanner::Got XmlScanner::OpenTag() {
  char* p = at_ + 1;
  if (const Got got = Name(&p); got != Got::kWhole) return got;
  const std::string_view name(at_ + 1, static_cast<size_t>(p - at_ - 1));
  attributes_.clear();
  values_to_decode_ = false;
  bool empty = false;
  if (*p == '>') {
    ++p;
  } else if (const Got got = ReadAttributes(&p, &empty); got != Got::kWhole) {
    return got;
  }
  if (static_cast<size_t>(p - at_) > kMaxXmlTagBytes) return Refuse(TooComplex());
  if (attributes_.size() > 1 || values_to_decode_) {
    if (!TakeAttributes()) return Got::kWrong;
  }
  at_ = p;
  return Enter(name, empty);
}

// Behind the name of a tag: up to behind its end.
inline XmlScanner::Got XmlScanner::ReadAttributes(char** p, bool* empty) {
  for (;;) {
    const char* const before = *p;
    while (Is(**p, kSpace)) ++*p;
    if (**p == '>') {
      ++*p;
      return Got::kWhole;
    }
    if (**p == '/') {
      if ((*p)[1] != '>') return Odd(*p + 1);
      *p += 2;
      *empty = true;
      return Got::kWhole;
    }
    if (*p == before) return Odd(*p);
    if (const Got got = ReadAttribute(p); got != Got::kWhole) return got;
  }
}

inline XmlScanner::Got XmlScanner::ReadAttribute(char** p) {
  char* const name = *p;
  if (const Got got = Name(p); got != Got::kWhole) return got;
  if (attributes_.size() >= kMaxXmlAttributes) return Refuse(TooComplex());
  attributes_.push_back({{name, static_cast<size_t>(*p - name)}, {}});
  while (Is(**p, kSpace)) ++*p;
  if (**p != '=') return Odd(*p);
  ++*p;
  while (Is(**p, kSpace)) ++*p;
  const char quote = **p;
  if (quote != '"' && quote != '\'') return Odd(*p);
  ++*p;
  return ReadValue(p, quote);
}

inline XmlScanner::Got XmlScanner::ReadValue(char** p, char quote) {
  char* const begin = *p;
  for (char* c = begin;; ++c) {
    c = SkipChars(c, end_, kValueChar);
    if (*c == quote) {
      attributes_.back().value = {begin, static_cast<size_t>(c - begin)};
      *p = c + 1;
      return Got::kWhole;
    }
    const bool to_decode = *c == '&' || Is(*c, kSpace);
    if (to_decode) values_to_decode_ = true;
    if (to_decode || *c == '"' || *c == '\'') continue;
    return IsCutUtf8({c, static_cast<size_t>(end_ - c)}) ? Got::kPart : Odd(c);
  }
}

// In place: nothing is longer than what it was written as.
bool XmlScanner::DecodeValue(XmlAttribute* attribute) {
  char* const begin = at_ + (attribute->value.data() - at_);
  const char* from = begin;
  const char* const end = begin + attribute->value.size();
  char* to = begin;
  while (from < end) {
    const char c = *from++;
    if (c == '&') {
      const auto* semicolon =
          static_cast<const char*>(std::memchr(from, ';', static_cast<size_t>(end - from)));
      if (semicolon == nullptr) return false;
      std::string decoded;
      AppendUtf8(ReferredChar({from, static_cast<size_t>(semicolon - from)}), &decoded);
      if (decoded[0] == '\0') return false;
      to = std::copy(decoded.begin(), decoded.end(), to);
      from = semicolon + 1;
    } else {
      *to++ = Is(c, kSpace) ? ' ' : c;
      if (c == '\r' && from < end && *from == '\n') ++from;
    }
  }
  attribute->value = {begin, static_cast<size_t>(to - begin)};
  return true;
}

inline bool XmlScanner::TakeAttributes() {
  if (values_to_decode_) {
    for (XmlAttribute& attribute : attributes_) {
      if (!DecodeValue(&attribute)) return false;
    }
  }
  return NamesDiffer(attributes_);
}

inline XmlScanner::Got XmlScanner::Enter(std::string_view name, bool empty) {
  if (open_.empty() && root_seen_) return Got::kWrong;
  root_seen_ = true;
  const bool too_deep =
      open_.size() >= kMaxXmlDepth || open_names_.size() + name.size() > kMaxOpenNameBytes;
  if (too_deep) return Refuse(TooComplex());
  if (!empty) {
    open_.push_back(static_cast<uint32_t>(open_names_.size()));
    open_names_.append(name);
  }
  handler_->OnStart(this, LocalName(name), attributes_);
  if (empty && status_.ok()) handler_->OnEnd(this);
  return Got::kWhole;
}

inline XmlScanner::Got XmlScanner::CloseTag() {
  if (open_.empty()) return Got::kWrong;
  const std::string_view name = open_names_.view().substr(open_.back());
  char* p = at_ + 2;
  if (static_cast<size_t>(end_ - p) <= name.size()) return Got::kPart;
  if (!StartsWith(p, name)) return Got::kWrong;
  p += name.size();
  while (Is(*p, kSpace)) ++p;
  if (*p != '>') return Odd(p);
  at_ = p + 1;
  open_names_.resize(open_.back());
  open_.pop_back();
  handler_->OnEnd(this);
  return Got::kWhole;
}

XmlScanner::Got XmlScanner::Space() {
  while (Is(*at_, kSpace)) ++at_;
  return at_ == end_ || *at_ == '<' ? Got::kWhole : Got::kWrong;
}

// Text and CDATA: up to what ends it, or as far as there is something.
inline XmlScanner::Got XmlScanner::Text() {
  const uint8_t plain = mode_ == Mode::kCData ? kCDataChar : kTextChar;
  for (char* p = at_;; ++p) {
    p = SkipChars(p, end_, plain);
    const std::string_view rest(p, static_cast<size_t>(end_ - p));
    if (*p == '\r') return LineEnd(p);
    if (*p != ']') {
      SendTo(p);
      const bool ended = rest.empty() || *p == '<' || *p == '&';
      return ended ? Got::kWhole : IsCutUtf8(rest) ? Got::kPart : Got::kWrong;
    }
    constexpr std::string_view kClose = "]]>";
    if (!kClose.starts_with(rest.substr(0, kClose.size()))) continue;
    SendTo(p);
    if (rest.size() < kClose.size()) return Got::kPart;
    at_ += kClose.size();
    return std::exchange(mode_, Mode::kMarkup) == Mode::kCData ? Got::kWhole : Got::kWrong;
  }
}

XmlScanner::Got XmlScanner::LineEnd(char* p) {
  SendTo(p);
  if (p + 1 == end_) return Got::kPart;
  Send("\n");
  at_ = p + (p[1] == '\n' ? 2 : 1);
  return Got::kWhole;
}

XmlScanner::Got XmlScanner::Reference() {
  char* p = at_ + 1;
  while (Is(*p, kNameChar) || *p == '#') ++p;
  if (*p != ';') return Odd(p);
  std::string decoded;
  AppendUtf8(ReferredChar({at_ + 1, static_cast<size_t>(p - at_ - 1)}), &decoded);
  if (decoded[0] == '\0') return Got::kWrong;
  at_ = p + 1;
  Send(decoded);
  return Got::kWhole;
}

// Moves *p behind a name; that it is whole shows only by what follows.
inline XmlScanner::Got XmlScanner::Name(char** p) const {
  char* c = *p;
  if (!Is(*c, kNameStart)) {
    const size_t bytes = OtherNameBytes({c, static_cast<size_t>(end_ - c)}, true);
    if (bytes == 0) return IsCutUtf8({c, static_cast<size_t>(end_ - c)}) ? Got::kPart : Odd(c);
    c += bytes;
  }
  for (;;) {
    while (Is(*c, kNameChar)) ++c;
    *p = c;
    if (static_cast<signed char>(*c) >= 0) return c == end_ ? Got::kPart : Got::kWhole;
    const std::string_view rest(c, static_cast<size_t>(end_ - c));
    const size_t bytes = OtherNameBytes(rest, false);
    if (bytes == 0) return IsCutUtf8(rest) ? Got::kPart : Got::kWrong;
    c += bytes;
  }
}

inline void XmlScanner::Send(std::string_view text) {
  if (send_ && status_.ok() && !text.empty()) handler_->OnText(this, text);
}

inline void XmlScanner::SendTo(char* p) {
  Send({at_, static_cast<size_t>(p - at_)});
  at_ = p;
}

}  // namespace leadline
