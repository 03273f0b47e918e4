// One XML part of a workbook, unpacked and scanned in small steps, in bounded memory (that of
// XmlScanner and ZipStream). Errors: those of xml_scanner.h and zip_reader.h.
#pragma once

#include <cstdint>

#include "common/table/xml_scanner.h"
#include "common/table/zip_reader.h"

namespace leadline {

class XmlPart {
 public:
  // Source, entry and handler must outlive the part.
  XmlPart(ByteSource* source, const ZipEntry& entry, XmlHandler* handler);

  // Scans the next 256 kB, or up to where the handler pauses. True: there is more. Not to be called
  // again after false or an error.
  Result<bool> Step();

  uint64_t packed_read() const { return zip_.packed_read(); }

 private:
  ZipStream zip_;
  XmlScanner scanner_;
  bool last_ = false;
};

}  // namespace leadline
