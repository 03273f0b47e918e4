// A workbook of 100,000 rows and 8 columns (or of the size given) as CSV text, beside nothing but
// unpacking the same parts, in interleaved rounds of one run. Prints min / median / max of the
// processor time of the rounds, and the ratio of the medians.
//
//   xlsx_bench [ROWS] [ROUNDS] [FILE]    FILE: write the workbook there, for other programs
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "tests/support/zip_writer.h"

namespace {

using namespace leadline;  // NOLINT: a benchmark is about nothing else

std::string Place(size_t column, size_t row) {
  return " r=\"" + std::string(1, static_cast<char>('A' + column)) + std::to_string(row) + "\"";
}

// As Excel writes it: texts shared, most of them only once; a phone and a date as numbers.
std::string MakeBook(size_t rows) {
  std::mt19937 random(42);
  std::string sheet, strings;
  size_t count = 0;
  const auto text = [&](size_t column, size_t row, const std::string& value) {
    strings += "<si><t>" + value + "</t></si>";
    sheet += "<c" + Place(column, row) + " t=\"s\"><v>" + std::to_string(count++) + "</v></c>";
  };
  const auto number = [&](size_t column, size_t row, const std::string& value, const char* style) {
    sheet += "<c" + Place(column, row) + style + "><v>" + value + "</v></c>";
  };
  constexpr const char* kHeader[] = {"Name",  "Phone", "Email", "Company",
                                     "Added", "Score", "Notes", "City"};
  sheet += "<row r=\"1\" spans=\"1:8\">";
  for (size_t c = 0; c < 8; ++c) text(c, 1, kHeader[c]);
  sheet += "</row>";
  for (size_t row = 2; row <= rows + 1; ++row) {
    const std::string n = std::to_string(random());
    sheet += "<row r=\"" + std::to_string(row) + "\" spans=\"1:8\">";
    text(0, row, "Person " + n);
    number(1, row, "1415" + std::to_string(1000000 + random() % 9000000), "");
    text(2, row, "person." + n + "@example.com");
    text(3, row, "Company &amp; Sons " + std::to_string(random() % 100000));
    number(4, row, std::to_string(44000 + random() % 2000), " s=\"1\"");
    number(5, row, std::to_string(random() % 10000) + ".25", "");
    text(6, row, "called on " + n + ", wants a call back");
    text(7, row, "City " + std::to_string(random() % 1000));
    sheet += "</row>";
  }
  testing_support::Book book = {.sheets = {{"Leads", sheet}}, .strings = strings};
  book.styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>";
  return book.Bytes();
}

size_t Unpack(const std::string& bytes) {
  testing_support::MemorySource source(bytes);
  size_t total = 0;
  std::string piece(64 * 1024, '\0');
  const Result<std::vector<ZipEntry>> entries = ReadZipDirectory(&source);
  for (const ZipEntry& entry : *entries) {
    ZipStream stream(&source, entry);
    for (;;) {
      const Result<size_t> got = stream.Read(piece.data(), piece.size());
      if (!got.ok() || *got == 0) break;
      total += *got;
    }
  }
  return total;
}

struct Counter : TextSink {
  size_t bytes = 0;
  void OnText(std::string_view text) override { bytes += text.size(); }
};

size_t Convert(const std::string& bytes) {
  testing_support::MemorySource source(bytes);
  testing_support::ReadBook read;
  Workbook book(&source);
  Counter counter;
  if (!RunAll(book, &read)) return 0;
  SheetReader reader(book, 0, &counter);
  return RunAll(reader, &read) ? counter.bytes : 0;
}

struct Timed {
  const char* name;
  std::function<size_t(const std::string&)> run;
  size_t result = 0;
  std::vector<double> seconds = {};
  void Round(const std::string& bytes) {
    const std::clock_t start = std::clock();  // of this process alone
    result = run(bytes);
    seconds.push_back(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    std::sort(seconds.begin(), seconds.end());
  }
  double Median() const { return seconds[seconds.size() / 2]; }
};

}  // namespace

int main(int argc, char** argv) {
  const size_t rows = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 100000;
  const int rounds = argc > 2 ? std::max(1, std::atoi(argv[2])) : 7;
  const std::string bytes = MakeBook(rows);
  if (argc > 3) {
    std::FILE* out = std::fopen(argv[3], "wb");
    if (out == nullptr || std::fwrite(bytes.data(), 1, bytes.size(), out) != bytes.size()) return 2;
    std::fclose(out);
  }
  std::vector<Timed> all = {{"unpack", Unpack}, {"workbook to CSV", Convert}};
  for (int round = 0; round < rounds; ++round) {
    for (Timed& timed : all) timed.Round(bytes);
  }
  const double floor = all.front().Median();
  for (const Timed& timed : all) {
    std::printf("%-16s %7.1f / %7.1f / %7.1f ms  %5.2fx  %zu bytes out of %zu\n", timed.name,
                timed.seconds.front() * 1e3, timed.Median() * 1e3, timed.seconds.back() * 1e3,
                timed.Median() / floor, timed.result, bytes.size());
  }
  std::printf("workbook to CSV: %.0f rows/s\n", static_cast<double>(rows) / all.back().Median());
  return all.back().result > 0 ? 0 : 1;
}
