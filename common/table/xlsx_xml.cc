#include "common/table/xlsx_xml.h"

namespace leadline {
namespace {

constexpr size_t kPieceBytes = 64 * 1024;
constexpr int kPiecesOfStep = 4;

}  // namespace

XmlPart::XmlPart(ByteSource* source, const ZipEntry& entry, XmlHandler* handler)
    : zip_(source, entry), scanner_(handler) {}

Result<bool> XmlPart::Step() {
  for (int i = 0; i < kPiecesOfStep; ++i) {
    size_t bytes = 0;
    if (!scanner_.paused()) {
      const Result<size_t> got = zip_.Read(scanner_.Room(kPieceBytes), kPieceBytes);
      if (!got.ok()) return got.status();
      bytes = *got;
      last_ = bytes == 0;
    }
    LEADLINE_RETURN_IF_ERROR(scanner_.Run(bytes, last_));
    if (scanner_.paused()) return true;
    if (last_) return false;
  }
  return true;
}

}  // namespace leadline
