#include "common/table/xlsx_xml.h"

#include <expat.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace leadline {
namespace {

constexpr int kPieceBytes = 64 * 1024;
constexpr int kPiecesOfStep = 4;

// What the parser itself takes, counted. Each block names its account, so that it may be freed
// while another part is at work.
struct Account {
  size_t used = 0;
};
struct alignas(std::max_align_t) Block {
  Account* account;
  size_t bytes;
};
thread_local Account* current_account = nullptr;

class WithAccount {
 public:
  explicit WithAccount(Account* account) : before_(std::exchange(current_account, account)) {}
  ~WithAccount() { current_account = before_; }
  WithAccount(const WithAccount&) = delete;
  WithAccount& operator=(const WithAccount&) = delete;

 private:
  Account* const before_;
};

void* Take(size_t bytes) {
  Account* account = current_account;
  if (bytes > kMaxXmlBytes || account->used > kMaxXmlBytes - bytes) return nullptr;
  auto* block = static_cast<Block*>(std::malloc(sizeof(Block) + bytes));
  if (block == nullptr) return nullptr;
  account->used += bytes;
  *block = {account, bytes};
  return block + 1;
}
void Free(void* p) {
  if (p == nullptr) return;
  Block* block = static_cast<Block*>(p) - 1;
  block->account->used -= block->bytes;
  std::free(block);
}
void* Resize(void* p, size_t bytes) {
  if (p == nullptr) return Take(bytes);
  const Block* block = static_cast<Block*>(p) - 1;
  void* fresh = Take(bytes);
  if (fresh == nullptr) return nullptr;
  std::memcpy(fresh, p, std::min(bytes, block->bytes));
  Free(p);
  return fresh;
}

}  // namespace

std::string_view LocalName(const char* name) {
  if (name[0] == '\0' || name[1] == '\0') return {name, name[0] == '\0' ? size_t{0} : size_t{1}};
  const char* colon = std::strchr(name, ':');
  return colon == nullptr ? name : colon + 1;
}

const char* FindXmlAttribute(XmlAttributes attributes, std::string_view local_name) {
  for (; *attributes != nullptr; attributes += 2) {
    if (LocalName(*attributes) == local_name) return attributes[1];
  }
  return nullptr;
}

bool IsXmlTrue(const char* value) {
  return value != nullptr && (std::strcmp(value, "1") == 0 || std::strcmp(value, "true") == 0);
}

Status XlsxDamaged(std::string_view what) {
  return Invalid("xlsx_damaged", "The workbook is damaged: " + std::string(what) +
                                     " Open it in the spreadsheet program and save it again.");
}

class XmlPart::Impl {
 public:
  Impl(XmlPart* part, ByteSource* source, const ZipEntry& entry, XmlHandler* handler)
      : part_(part), handler_(handler), zip_(source, entry) {
    const WithAccount here(&account_);
    const XML_Memory_Handling_Suite memory = {Take, Resize, Free};
    parser_ = XML_ParserCreate_MM(nullptr, &memory, nullptr);
    if (parser_ == nullptr) return;
    XML_SetUserData(parser_, this);
    XML_SetElementHandler(parser_, Start, End);
    XML_SetStartDoctypeDeclHandler(parser_, Doctype);
  }
  ~Impl() {
    const WithAccount here(&account_);
    if (parser_ != nullptr) XML_ParserFree(parser_);
  }

  Result<bool> Step() {
    if (parser_ == nullptr) return TooComplex();
    const WithAccount here(&account_);
    for (int i = 0; i < kPiecesOfStep; ++i) {
      const Result<bool> more = Piece();
      if (!more.ok() || !*more || paused_) return more;
    }
    return true;
  }

  void Fail(const Status& status) {
    if (status_.ok()) status_ = status;
    XML_StopParser(parser_, XML_FALSE);
  }
  void Pause() { XML_StopParser(parser_, XML_TRUE); }
  void SendText(bool send) { XML_SetCharacterDataHandler(parser_, send ? Text : nullptr); }
  uint64_t packed_read() const { return zip_.packed_read(); }

 private:
  static Status TooComplex() {
    return Invalid("xlsx_too_complex",
                   "The workbook is built in a way that would take too much memory. Copy the list "
                   "into a new workbook, and choose that.");
  }
  static void Start(void* self, const XML_Char* name, const XML_Char** attributes) {
    auto* me = static_cast<Impl*>(self);
    if (me->status_.ok()) me->handler_->OnStart(me->part_, LocalName(name), attributes);
  }
  static void End(void* self, const XML_Char*) {
    auto* me = static_cast<Impl*>(self);
    if (me->status_.ok()) me->handler_->OnEnd(me->part_);
  }
  static void Text(void* self, const XML_Char* text, int bytes) {
    auto* me = static_cast<Impl*>(self);
    me->handler_->OnText(me->part_, {text, static_cast<size_t>(bytes)});
  }
  static void Doctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    static_cast<Impl*>(self)->Fail(
        Invalid("xlsx_doctype",
                "The workbook has a document type declaration, as no spreadsheet program writes "
                "it. Save it again in the spreadsheet program."));
  }

  Result<bool> Piece() {
    if (paused_) return Judge(XML_ResumeParser(parser_));
    // Unpacked straight into the parser's buffer.
    void* buffer = XML_GetBuffer(parser_, kPieceBytes);
    if (buffer == nullptr) return TooComplex();
    const Result<size_t> got = zip_.Read(static_cast<char*>(buffer), kPieceBytes);
    if (!got.ok()) return got.status();
    last_ = *got == 0;
    return Judge(XML_ParseBuffer(parser_, static_cast<int>(*got), last_));
  }

  Result<bool> Judge(XML_Status parsed) {
    paused_ = parsed == XML_STATUS_SUSPENDED;
    if (parsed != XML_STATUS_ERROR) return paused_ || !last_;
    if (!status_.ok()) return status_;
    const XML_Error error = XML_GetErrorCode(parser_);
    if (error == XML_ERROR_NO_MEMORY) return TooComplex();
    return XlsxDamaged("its XML is broken.");
  }

  XmlPart* const part_;
  XmlHandler* const handler_;
  Account account_;
  ZipStream zip_;
  XML_Parser parser_ = nullptr;
  Status status_;
  bool paused_ = false;
  bool last_ = false;
};

XmlPart::XmlPart(ByteSource* source, const ZipEntry& entry, XmlHandler* handler)
    : impl_(std::make_unique<Impl>(this, source, entry, handler)) {}
XmlPart::~XmlPart() = default;
Result<bool> XmlPart::Step() {
  return impl_->Step();
}
void XmlPart::Fail(const Status& status) {
  impl_->Fail(status);
}
void XmlPart::Pause() {
  impl_->Pause();
}
void XmlPart::SendText(bool send) {
  impl_->SendText(send);
}
uint64_t XmlPart::packed_read() const {
  return impl_->packed_read();
}

}  // namespace leadline
