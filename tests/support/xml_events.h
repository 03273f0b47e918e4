// What XmlScanner makes of bytes, as one text, and what expat makes of the same, as the judge.
#pragma once

#include <expat.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>

#include "common/base/utf8.h"
#include "common/table/xml_scanner.h"

namespace leadline::testing_support {

// <name a=value>text</>; attributes stand behind \x01 and \x02, which no XML can hold.
struct XmlLog : XmlHandler {
  void OnStart(XmlScanner* scanner, std::string_view name, XmlAttributes attributes) override {
    scanner->SendText(true);
    events.append("<").append(name);
    for (const XmlAttribute& attribute : attributes) {
      events.append("\x01").append(attribute.name).append("\x02").append(attribute.value);
    }
    events += ">";
    if (pausing) scanner->Pause();
  }
  void OnEnd(XmlScanner* scanner) override {
    events += "</>";
    if (pausing) scanner->Pause();
  }
  void OnText(XmlScanner*, std::string_view text) override { events += text; }
  bool pausing = false;
  std::string events;
};

struct Scanned {
  std::string events;
  std::string error;  // slug
  std::string message;
};

// In pieces of so many bytes.
inline Scanned Scan(std::string_view bytes, size_t piece, bool pausing = false) {
  XmlLog log;
  log.pausing = pausing;
  XmlScanner scanner(&log);
  for (;;) {
    const size_t n = scanner.paused() ? 0 : std::min(piece, bytes.size());
    const bool last = scanner.paused() ? bytes.empty() : n == 0;
    if (!scanner.paused()) std::copy_n(bytes.data(), n, scanner.Room(n));
    bytes.remove_prefix(n);
    const Status status = scanner.Run(n, last);
    if (!status.ok()) return {log.events, status.slug(), status.message()};
    if (last && !scanner.paused()) return {log.events, "", ""};
  }
}

struct Judged {
  std::string events;
  XML_Error error = XML_ERROR_NONE;
  size_t error_at = 0;
  bool doctype = false;
  std::string encoding;  // as declared

  static void Start(void* self, const XML_Char* name, const XML_Char** attributes) {
    std::string& events = static_cast<Judged*>(self)->events;
    events.append("<").append(LocalName(name));
    for (; *attributes != nullptr; attributes += 2) {
      events.append("\x01").append(attributes[0]).append("\x02").append(attributes[1]);
    }
    events += ">";
  }
  static void End(void* self, const XML_Char*) { static_cast<Judged*>(self)->events += "</>"; }
  static void Text(void* self, const XML_Char* text, int bytes) {
    static_cast<Judged*>(self)->events.append(text, static_cast<size_t>(bytes));
  }
  static void Doctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    static_cast<Judged*>(self)->doctype = true;
  }
  static void Declared(void* self, const XML_Char*, const XML_Char* encoding, int) {
    if (encoding != nullptr) static_cast<Judged*>(self)->encoding = AsciiLower(encoding);
  }
};

inline Judged Judge(std::string_view bytes) {
  Judged out;
  const XML_Parser parser = XML_ParserCreate(nullptr);
  XML_SetUserData(parser, &out);
  XML_SetElementHandler(parser, Judged::Start, Judged::End);
  XML_SetCharacterDataHandler(parser, Judged::Text);
  XML_SetStartDoctypeDeclHandler(parser, Judged::Doctype);
  XML_SetXmlDeclHandler(parser, Judged::Declared);
  if (XML_Parse(parser, bytes.data(), static_cast<int>(bytes.size()), 1) != XML_STATUS_OK) {
    out.error = XML_GetErrorCode(parser);
    out.error_at = static_cast<size_t>(std::max<XML_Index>(0, XML_GetCurrentByteIndex(parser)));
  }
  XML_ParserFree(parser);
  return out;
}

// What is refused here and not by expat: document types; encodings other than UTF-8; what would
// take too much memory.
inline bool MayBeRefused(std::string_view bytes, const Scanned& ours, const Judged& theirs) {
  if (ours.error == "xlsx_doctype") return bytes.find("<!DOCTYPE") != std::string_view::npos;
  if (ours.error == "xlsx_too_complex") return true;
  const bool utf8 = theirs.encoding.empty() || theirs.encoding == "utf-8";
  const bool utf16 = bytes[0] == '\xFE' || bytes[0] == '\xFF' || bytes[0] == '\0' ||
                     (bytes.size() > 1 && bytes[1] == '\0');
  return !utf8 || utf16;
}

// What expat refuses and we do not: names with letters that came with the fifth edition of XML,
// and text beyond ASCII that is declared to be US-ASCII.
inline bool MayBeAccepted(std::string_view bytes, const Judged& theirs) {
  return theirs.error == XML_ERROR_INVALID_TOKEN && theirs.error_at < bytes.size() &&
         static_cast<signed char>(bytes[theirs.error_at]) < 0 && IsValidUtf8(bytes);
}

// Why the two differ on these bytes as they must not, or the pieces do; "" when they agree.
inline std::string Disagreement(std::string_view bytes) {
  const Scanned ours = Scan(bytes, std::max<size_t>(1, bytes.size()));
  for (const size_t piece : {size_t{1}, size_t{7}}) {
    const Scanned again = Scan(bytes, piece, piece == 7);
    if (again.error != ours.error) return "pieces: " + again.error + " or " + ours.error;
    if (ours.error.empty() && again.events != ours.events) return "pieces: " + again.events;
  }
  const Judged theirs = Judge(bytes);
  const bool refused = theirs.error != XML_ERROR_NONE;
  if (!ours.error.empty()) {
    return refused || MayBeRefused(bytes, ours, theirs) ? "" : "refused alone: " + ours.error;
  }
  if (refused) {
    const bool may = MayBeAccepted(bytes, theirs);
    return may ? "" : std::string("accepted alone: ") + XML_ErrorString(theirs.error);
  }
  return ours.events == theirs.events ? "" : ours.events + " not " + theirs.events;
}

}  // namespace leadline::testing_support
