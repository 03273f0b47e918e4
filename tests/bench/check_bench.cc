// A list through the reader and through the whole check, in interleaved rounds of one run, so that
// a busy machine slows all alike. Prints min / median / max of the rounds, and how much of the time
// of just counting line ends each takes.
//
//   check_bench FILE [ROUNDS]       for instance one of tests/support/gen_leads.py --rows 200000
//   --seed 42 --dirty 5
//
// For doctor_native_bench.mjs, which runs peers beside it: one run over the file as a program reads
// it, chunk by chunk, as JSON. `zsv` is there when its library is.
//
//   check_bench --once parse|check|zsv FILE
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
#include "common/table/report.h"

#ifdef LEADLINE_BENCH_ZSV
#define restrict __restrict  // its header is for C
extern "C" {
#include <zsv.h>
}
#undef restrict
#endif

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

// ---- one run over a file

bool ReadChunks(const char* path, const std::function<void(std::string_view)>& feed) {
  std::FILE* file = std::fopen(path, "rb");
  if (file == nullptr) return false;
  std::string chunk(kChunkBytes, '\0');
  for (size_t n; (n = std::fread(chunk.data(), 1, chunk.size(), file)) > 0;) {
    feed(std::string_view(chunk).substr(0, n));
  }
  std::fclose(file);
  return true;
}

std::string CellsJson(size_t rows, size_t cells) {
  return "{\"rows\":" + std::to_string(rows) + ",\"cells\":" + std::to_string(cells) + "}";
}

bool ParseFile(const char* path, std::string* json) {
  CellCounter counter;
  CsvReader reader({}, &counter);
  if (!ReadChunks(path, [&](std::string_view chunk) { reader.Feed(chunk); })) return false;
  reader.Finish();
  *json = CellsJson(reader.rows(), counter.cells);
  return true;
}

bool CheckFile(const char* path, std::string* json) {
  RowCounter counter;
  ListChecker checker({}, &counter);
  if (!ReadChunks(path, [&](std::string_view chunk) { checker.Feed(chunk); })) return false;
  *json = SummaryJson(checker.Finish(), 0);
  return true;
}

#ifdef LEADLINE_BENCH_ZSV
struct ZsvRows {
  zsv_parser parser = nullptr;
  size_t rows = 0;
  size_t cells = 0;
};

bool ZsvFile(const char* path, std::string* json) {
  ZsvRows rows;
  std::FILE* file = std::fopen(path, "rb");
  if (file == nullptr) return false;
  zsv_opts options{};
  options.stream = file;
  options.ctx = &rows;
  options.row_handler = [](void* context) {
    auto* of = static_cast<ZsvRows*>(context);
    ++of->rows;
    of->cells += zsv_cell_count(of->parser);
  };
  rows.parser = zsv_new(&options);
  while (zsv_parse_more(rows.parser) == zsv_status_ok) {
  }
  zsv_finish(rows.parser);
  zsv_delete(rows.parser);
  std::fclose(file);
  *json = CellsJson(rows.rows, rows.cells);
  return true;
}
#endif

int Once(std::string_view what, const char* path) {
  bool (*run)(const char*, std::string*) = nullptr;
  if (what == "parse") run = ParseFile;
  if (what == "check") run = CheckFile;
#ifdef LEADLINE_BENCH_ZSV
  if (what == "zsv") run = ZsvFile;
#endif
  std::string json;
  const auto start = std::chrono::steady_clock::now();
  if (run == nullptr || !run(path, &json)) return 2;
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  std::printf("{\"ms\":%.3f,\"found\":%s}\n", took.count(), json.c_str());
  return 0;
}

// ---- rounds in memory

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
  if (argc == 4 && std::string_view(argv[1]) == "--once") return Once(argv[2], argv[3]);
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
