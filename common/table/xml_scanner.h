// XML as far as the parts of a workbook need it: bytes, in pieces of any size, as a stream of
// elements and their text. Strict: what is not well-formed XML 1.0 in UTF-8 is refused, and so are
// document type declarations, which no workbook has and whose entities could make a small file
// large. Names come without their prefix, so that transitional and strict workbooks look alike;
// namespaces are not resolved.
//
// Line ends are line feeds, the five predefined entities and character references are what they
// stand for, CDATA is text, comments and instructions are read past.
//
//   XmlScanner scanner(&handler);
//   while (n > 0) { n = read(scanner.Room(k), k); scanner.Run(n, n == 0); }
//
// Errors, all kInvalid: xlsx_damaged (not well-formed, or another encoding), xlsx_doctype,
// xlsx_too_complex (a tag over kMaxXmlTagBytes or with over kMaxXmlAttributes attributes, or
// elements that lie deeper than kMaxXmlDepth), and what the handler gave to Fail.
//
// Memory: what was given to Run and is not read yet, at most kMaxXmlBytes in all. Linear time,
// whatever the pieces. One thread, no I/O.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/status.h"
#include "common/table/text_buffer.h"

namespace leadline {

inline constexpr size_t kMaxXmlBytes = 24 * 1024 * 1024;
// While it grows, the memory for a tag is held twice, and is up to twice as long as the tag.
inline constexpr size_t kMaxXmlTagBytes = kMaxXmlBytes / 4;
inline constexpr size_t kMaxXmlAttributes = 1024;
inline constexpr size_t kMaxXmlDepth = 1024;

struct XmlAttribute {
  std::string_view name;  // with its prefix
  std::string_view value;
};
using XmlAttributes = std::span<const XmlAttribute>;

// What stands behind the first colon, if there is one.
std::string_view LocalName(std::string_view name);
// The value of the first attribute with that local name; "" when there is none.
std::string_view FindXmlAttribute(XmlAttributes attributes, std::string_view local_name);
// "1" and "true".
bool IsXmlTrue(std::string_view value);

class XmlScanner;

// Everything it is given is valid during the call. `scanner` takes failures.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void OnStart(XmlScanner* scanner, std::string_view name, XmlAttributes attributes) = 0;
  virtual void OnEnd(XmlScanner*) {}
  // Valid UTF-8, cut between code points, not empty. Only called while text is sent.
  virtual void OnText(XmlScanner*, std::string_view) {}
};

class XmlScanner {
 public:
  explicit XmlScanner(XmlHandler* handler);  // which must outlive it
  XmlScanner(const XmlScanner&) = delete;
  XmlScanner& operator=(const XmlScanner&) = delete;

  // Where the next `bytes` bytes are to be put; valid until the next call of anything.
  char* Room(size_t bytes);
  // Scans on, with the first `bytes` bytes that Room gave; `last`: there are no others. While it is
  // paused, called with 0 bytes to go on. Not to be called again after an error.
  Status Run(size_t bytes, bool last);
  bool paused() const { return paused_; }

  // For handlers. Ends the scanning with that error.
  void Fail(const Status& status);
  // For handlers. Run returns after this tag, so that what came of it can be taken.
  void Pause() { paused_ = true; }
  // For handlers. Whether text is wanted from here on; as a start, it is not.
  void SendText(bool send) { send_ = send; }

 private:
  // Of a token: it was read; its end is not there yet; it is none.
  enum class Got { kWhole, kPart, kWrong };
  enum class Mode { kStart, kMarkup, kComment, kInstruction, kCData };

  Got Next();
  Got Begin();
  Got Declaration();
  Got Markup();
  Got Exclamation();
  Got Instruction();
  Got SkipTo(std::string_view close, uint8_t plain);
  Got OpenTag();
  Got ReadAttributes(char** p, bool* empty);
  Got ReadAttribute(char** p);
  Got ReadValue(char** p, char quote);
  bool DecodeValue(XmlAttribute* attribute);
  bool TakeAttributes();
  Got Enter(std::string_view name, bool empty);
  Got CloseTag();
  Got Space();
  Got Text();
  Got LineEnd(char* p);
  Got Reference();
  Got Name(char** p) const;
  Got Odd(const char* p) const { return p == end_ ? Got::kPart : Got::kWrong; }
  Got Refuse(const Status& status);
  void Send(std::string_view text);
  void SendTo(char* p);
  std::string_view Rest() const { return {at_, static_cast<size_t>(end_ - at_)}; }

  XmlHandler* const handler_;
  std::string buffer_;  // with one byte behind end_, which is 0: a byte that stops every loop
  char* at_;            // what is not read yet, in buffer_
  char* end_;
  size_t wait_ = 0;  // do not look again at a token that was cut before so many bytes are there

  Mode mode_ = Mode::kStart;
  bool root_seen_ = false;
  bool send_ = false;
  bool paused_ = false;
  bool values_to_decode_ = false;  // of the tag in hand
  Status status_;
  std::vector<XmlAttribute> attributes_;
  TextBuffer open_names_;       // one after the other
  std::vector<uint32_t> open_;  // where they begin
};

Status XlsxDamaged(std::string_view what);

}  // namespace leadline
