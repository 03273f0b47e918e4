// Workbooks as CSV text, as a module of its own (zlib, common/table) that web/worker.js
// loads only when a workbook was chosen. The script gives access to the file's bytes and takes the
// text out, piece by piece, which it then hands to the checking module like the bytes of a CSV
// file.
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "common/table/xlsx_sheet.h"

// Copies `size` bytes of the chosen file from `offset` to `to`; 0 when they cannot be read.
extern "C" __attribute__((import_module("env"), import_name("host_read_file"))) int host_read_file(
    double offset, char* to, uint32_t size);

namespace leadline {
namespace {

class ChosenFile : public ByteSource {
 public:
  explicit ChosenFile(uint64_t size) : size_(size) {}
  uint64_t size() const override { return size_; }
  bool Read(uint64_t offset, char* to, size_t n) override {
    return host_read_file(static_cast<double>(offset), to, static_cast<uint32_t>(n)) != 0;
  }

 private:
  const uint64_t size_;
};

class ToText : public TextSink {
 public:
  void OnText(std::string_view utf8) override { text += utf8; }
  std::string text;
};

// One workbook at a time; what is below goes before what is above.
struct Module {
  std::unique_ptr<ChosenFile> file;
  std::unique_ptr<Workbook> book;
  std::unique_ptr<SheetReader> reader;
  std::string input;
  std::string message;  // JSON
  ToText out;
};
Module& Global() {
  static Module module;
  return module;
}

void AppendString(std::string_view text, std::string* json) {
  constexpr char kHex[] = "0123456789abcdef";
  json->push_back('"');
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\') {
      json->append("\\u00");
      json->push_back(kHex[c >> 4]);
      json->push_back(kHex[c & 15]);
    } else {
      json->push_back(c);
    }
  }
  json->push_back('"');
}

// 1: there is more; 0: done; -1: failed, and the message is why.
int Told(const Result<bool>& more) {
  if (more.ok()) return *more ? 1 : 0;
  Global().message.clear();
  AppendString(more.status().message(), &Global().message);
  return -1;
}

}  // namespace
}  // namespace leadline

extern "C" {

using leadline::Global;

// Begins a workbook of `size` bytes; xlsx_open until it does not give 1.
void xlsx_begin(double size) {
  Global().reader.reset();
  Global().book.reset();
  Global().file = std::make_unique<leadline::ChosenFile>(static_cast<uint64_t>(size));
  Global().book = std::make_unique<leadline::Workbook>(Global().file.get());
}
int xlsx_open() {
  return leadline::Told(Global().book->Step());
}
// Where the script puts the name of the sheet.
char* xlsx_input(uint32_t size) {
  Global().input.resize(size);
  return Global().input.data();
}
// Begins the sheet that the input names, again or for the first time; 0, and the message is
// {"sheet", "sheets": [{"name", "hidden"}]}, or -1.
int xlsx_sheet() {
  const leadline::Workbook& book = *Global().book;
  const leadline::Result<size_t> sheet = book.Pick(Global().input);
  if (!sheet.ok()) return leadline::Told(sheet.status());
  Global().out.text.clear();
  Global().reader = std::make_unique<leadline::SheetReader>(book, *sheet, &Global().out);
  std::string& json = Global().message;
  json = "{\"sheet\":";
  leadline::AppendString(book.sheets()[*sheet].name, &json);
  json += ",\"sheets\":[";
  for (const leadline::SheetName& name : book.sheets()) {
    if (json.back() != '[') json += ',';
    json += "{\"name\":";
    leadline::AppendString(name.name, &json);
    json += name.hidden ? ",\"hidden\":true}" : ",\"hidden\":false}";
  }
  json += "]}";
  return 0;
}
// The next text of the sheet: 1 with more to come, 0 the last, -1 failed. The message is otherwise
// the notes so far, a list of sentences.
int xlsx_step() {
  Global().out.text.clear();
  const int more = leadline::Told(Global().reader->Step());
  if (more < 0) return more;
  std::string& json = Global().message;
  json = "[";
  for (const leadline::FieldProblem& note : Global().reader->notes()) {
    if (json.back() != '[') json += ',';
    leadline::AppendString(note.message, &json);
  }
  json += "]";
  return more;
}
const char* xlsx_text() {
  return Global().out.text.data();
}
uint32_t xlsx_text_size() {
  return static_cast<uint32_t>(Global().out.text.size());
}
const char* xlsx_message() {
  return Global().message.data();
}
uint32_t xlsx_message_size() {
  return static_cast<uint32_t>(Global().message.size());
}
// How far the sheet is, in bytes of the file.
double xlsx_bytes() {
  return static_cast<double>(Global().reader->packed_read());
}

}  // extern "C"
