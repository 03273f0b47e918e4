// One XML part of a workbook as a stream of elements: unpacked and parsed in small steps, in
// bounded memory. Over expat; names come without their prefix, so that transitional and strict
// workbooks, with any prefixes, look alike.
//
// Document type declarations are refused: no workbook has one, and entities could make a small file
// large. Errors beside those of zip_reader.h, all kInvalid: xlsx_damaged (not well-formed),
// xlsx_doctype, xlsx_too_complex (over kMaxXmlBytes of the parser's own memory: nesting, names, one
// huge attribute), and what the handler gave to Fail.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "common/table/zip_reader.h"

namespace leadline {

inline constexpr size_t kMaxXmlBytes = 24 * 1024 * 1024;

// nullptr-ended pairs of name and value, as expat gives them; names keep their prefix.
using XmlAttributes = const char**;
std::string_view LocalName(const char* name);
// The value of the attribute with that local name; nullptr when there is none.
const char* FindXmlAttribute(XmlAttributes attributes, std::string_view local_name);
// "1" and "true".
bool IsXmlTrue(const char* value);

class XmlPart;

class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  // `name` is local. Everything is valid during the call. `part` takes failures.
  virtual void OnStart(XmlPart* part, std::string_view name, XmlAttributes attributes) = 0;
  virtual void OnEnd(XmlPart*) {}
  // Valid UTF-8, cut between code points. Only called while the part is told to SendText.
  virtual void OnText(XmlPart*, std::string_view) {}
};

class XmlPart {
 public:
  // Source, entry and handler must outlive the part.
  XmlPart(ByteSource* source, const ZipEntry& entry, XmlHandler* handler);
  ~XmlPart();
  XmlPart(const XmlPart&) = delete;
  XmlPart& operator=(const XmlPart&) = delete;

  // Parses the next 256 kB, or up to where the handler pauses. True: there is more.
  Result<bool> Step();

  // For handlers. Ends the parsing with that error.
  void Fail(const Status& status);
  // For handlers. Ends the step after this element, so that what came of it can be taken.
  void Pause();
  // For handlers. Whether text is wanted from here on; as a start, it is not.
  void SendText(bool send);

  uint64_t packed_read() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

Status XlsxDamaged(std::string_view what);

}  // namespace leadline
