// Any bytes, any dialect, tight bounds: the reader must give the same rows for the whole text and
// for every chunking of it, keep to its bounds, and number and place rows in order.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "common/table/csv_reader.h"

namespace {

using leadline::CsvOptions;
using leadline::CsvReader;
using leadline::CsvRow;

void Require(bool condition) {
  if (!condition) std::abort();
}

// Every row as text, so that two runs can be compared.
class Journal : public leadline::CsvSink {
 public:
  explicit Journal(const CsvOptions& options) : options_(options) {}

  void OnRow(const CsvRow& row) override {
    Require(row.number > number_);
    Require(row.offset >= offset_);
    Require(!row.cells.empty() && row.cells.size() <= options_.max_columns);
    number_ = row.number;
    offset_ = row.offset;
    text += std::to_string(row.number) + '@' + std::to_string(row.offset) + '!' +
            std::to_string(row.flags);
    for (const std::string_view cell : row.cells) {
      Require(cell.size() <= options_.max_field_bytes);
      Require(cell.find('\0') == std::string_view::npos);
      text += '|' + std::to_string(cell.size()) + ':';
      text += cell;
    }
    text += '\n';
  }
  std::string text;

 private:
  const CsvOptions options_;
  uint64_t number_ = 0;
  uint64_t offset_ = 0;
};

std::string Read(std::string_view text, const CsvOptions& options, size_t chunk) {
  Journal journal(options);
  CsvReader reader(options, &journal);
  for (size_t p = 0; p < text.size(); p += chunk) {
    const std::vector<char> copy(
        text.begin() + static_cast<std::ptrdiff_t>(p),
        text.begin() + static_cast<std::ptrdiff_t>(std::min(text.size(), p + chunk)));
    reader.Feed({copy.data(), copy.size()});
  }
  reader.Finish();
  return journal.text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 3) return 0;
  constexpr char kDelimiters[] = {',', ';', ' ', '\x1f'};
  constexpr char kQuotes[] = {'"', '\'', '\0', '"'};
  CsvOptions options{.delimiter = kDelimiters[data[0] % 4], .quote = kQuotes[data[0] / 4 % 4]};
  if ((data[0] & 0x20) != 0) options.escape = '\\';
  if ((data[0] & 0x10) != 0) {
    options.max_field_bytes = 4 + data[1] % 64;
    options.max_row_bytes = options.max_field_bytes + data[2];
    options.max_columns = 1 + data[0] % 9;
  }
  const std::string_view text(reinterpret_cast<const char*>(data) + 3, size - 3);
  const std::string whole = Read(text, options, text.size() + 1);
  Require(Read(text, options, 1) == whole);
  Require(Read(text, options, 2 + data[1] % 70) == whole);
  return 0;
}
