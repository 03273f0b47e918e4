// A list through the reader and through the whole check, in interleaved rounds of one run, so that
// a busy machine slows all alike. Prints min / median / max of the rounds, and how much of the time
// of just counting line ends each takes.
//
//   check_bench FILE [ROUNDS]       for instance one of tests/support/gen_leads.py --rows 200000
//   --seed 42 --dirty 5
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "common/table/checker.h"

namespace {

using namespace leadline;  // NOLINT: a benchmark is about nothing else

constexpr size_t kChunkBytes = 256 * 1024;

std::string ReadFile(const char* path) {
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  std::string bytes(in ? static_cast<size_t>(in.tellg()) : 0, '\0');
  in.seekg(0);
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return bytes;
}

template <typename Feed>
void InChunks(std::string_view bytes, const Feed& feed) {
  for (size_t p = 0; p < bytes.size(); p += kChunkBytes) feed(bytes.substr(p, kChunkBytes));
}

struct CellCounter : CsvSink {
  size_t cells = 0;
  void OnRow(const CsvRow& row) override { cells += row.cells.size(); }
};

struct ToReader : TextSink {
  CsvReader* reader = nullptr;
  void OnText(std::string_view text) override { reader->Feed(text); }
};

struct RowCounter : CheckSink {
  size_t accepted = 0;
  void OnRow(const CheckedRow& row) override { accepted += row.accepted(); }
};

size_t CountLines(std::string_view bytes) {
  return static_cast<size_t>(std::count(bytes.begin(), bytes.end(), '\n'));
}

size_t Parse(std::string_view bytes) {
  CellCounter counter;
  CsvReader reader({}, &counter);
  InChunks(bytes, [&](std::string_view chunk) { reader.Feed(chunk); });
  reader.Finish();
  return counter.cells;
}

size_t DecodeAndParse(std::string_view bytes) {
  CellCounter counter;
  CsvReader reader({}, &counter);
  ToReader sink;
  sink.reader = &reader;
  TextDecoder decoder({.ascii_so_far = true}, &sink);
  InChunks(bytes, [&](std::string_view chunk) { decoder.Feed(chunk); });
  decoder.Finish();
  reader.Finish();
  return counter.cells;
}

size_t CheckAll(std::string_view bytes) {
  RowCounter counter;
  ListChecker checker({}, &counter);
  InChunks(bytes, [&](std::string_view chunk) { checker.Feed(chunk); });
  return checker.Finish().rows;
}

struct Timed {
  const char* name;
  std::function<size_t(std::string_view)> run;
  size_t result = 0;
  std::vector<double> seconds = {};

  void Round(std::string_view bytes) {
    const auto start = std::chrono::steady_clock::now();
    result = run(bytes);
    seconds.push_back(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  double Median() {
    std::sort(seconds.begin(), seconds.end());
    return seconds[seconds.size() / 2];
  }
};

}  // namespace

int main(int argc, char** argv) {
  const std::string bytes = argc > 1 ? ReadFile(argv[1]) : "";
  if (bytes.empty()) {
    std::fprintf(stderr, "usage: check_bench FILE [ROUNDS]\n");
    return 2;
  }
  const int rounds = argc > 2 ? std::max(1, std::atoi(argv[2])) : 7;
  std::vector<Timed> all = {{"count line ends", CountLines},
                            {"parse", Parse},
                            {"decode + parse", DecodeAndParse},
                            {"whole check", CheckAll}};
  for (int round = 0; round < rounds; ++round) {
    for (Timed& timed : all) timed.Round(bytes);
  }
  const double floor = all.front().Median();
  const double megabytes = static_cast<double>(bytes.size()) / 1e6;
  for (Timed& timed : all) {
    const double median = timed.Median();
    std::printf("%-16s %7.1f / %7.1f / %7.1f ms  %7.0f MB/s  %6.1fx  %zu\n", timed.name,
                timed.seconds.front() * 1e3, median * 1e3, timed.seconds.back() * 1e3,
                megabytes / median, median / floor, timed.result);
  }
  Timed& check = all.back();
  std::printf("whole check: %.0f rows/s\n", static_cast<double>(check.result) / check.Median());
  return 0;
}
