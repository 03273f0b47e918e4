// Nanoseconds a phone number, beside libphonenumber in C++ (Parse, then the same four questions),
// in interleaved rounds of one run, so that a busy machine slows both. Prints min / median / max of
// the rounds and the ratio of the medians.
//
//   phone_bench [COUNT]        COUNT numbers (200000) of fourteen countries; every twentieth cell
//   is one to be mended
//   phone_bench --once FILE    JudgeE164 alone on the lines of FILE, as JSON, for
//   phone_peers_bench.mjs
#include <phonenumbers/phonenumberutil.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "common/lead/phone.h"

namespace {

constexpr int kRounds = 9;
constexpr size_t kPeerShare =
    20;  // the peer judges one number in so many: it takes a thousand times as long

// 'd' is any digit.
constexpr std::array<const char*, 16> kShapes = {
    "+1212ddddddd",  "+1415ddddddd",   "+1713ddddddd",   "+4479dddddddd",
    "+4420dddddddd", "+4917dddddddd",  "+336dddddddd",   "+346dddddddd",
    "+9198dddddddd", "+819dddddddddd", "+55119dddddddd", "+614dddddddd",
    "+3932dddddddd", "+316dddddddd",   "+88017dddddddd", "+5255dddddddd"};

std::vector<std::string> Numbers(size_t count) {
  std::mt19937 random(42);
  std::vector<std::string> numbers;
  while (numbers.size() < count) {
    std::string number = kShapes[random() % kShapes.size()];
    for (char& c : number) {
      if (c == 'd') c = static_cast<char>('0' + random() % 10);
    }
    numbers.push_back(number);
  }
  return numbers;
}

std::vector<std::string> Cells(std::vector<std::string> numbers) {
  for (size_t i = 0; i < numbers.size(); i += 20) {
    std::string& cell = numbers[i];
    cell = cell.substr(0, 3) + " (" + cell.substr(3, 3) + ") " + cell.substr(6, 3) + "-" +
           cell.substr(9);
  }
  return numbers;
}

struct Timed {
  const char* name;
  size_t count;
  std::function<size_t()> run;  // the result keeps the work from being optimised away
  std::vector<double> ns_per_number = {};

  void Round() {
    const auto start = std::chrono::steady_clock::now();
    const size_t result = run();
    const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - start;
    if (result == 0) std::printf("nothing valid\n");
    ns_per_number.push_back(took.count() / static_cast<double>(count));
  }
  double Median() {
    std::sort(ns_per_number.begin(), ns_per_number.end());
    return ns_per_number[ns_per_number.size() / 2];
  }
};

size_t PeerVerdict(const std::string& text) {
  using i18n::phonenumbers::PhoneNumberUtil;
  static const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
  i18n::phonenumbers::PhoneNumber number;
  if (util.Parse(text, "ZZ", &number) != PhoneNumberUtil::NO_PARSING_ERROR) return 0;
  std::string region;
  util.GetRegionCodeForNumber(number, &region);
  return static_cast<size_t>(util.IsPossibleNumber(number)) +
         static_cast<size_t>(util.IsValidNumber(number)) +
         static_cast<size_t>(util.GetNumberType(number)) + region.size();
}

int Once(const char* path) {
  std::vector<std::string> numbers;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) numbers.push_back(line);
  if (numbers.empty()) return 2;
  leadline::JudgeE164(numbers[0]);  // unpacks the tables
  size_t valid = 0;
  const auto start = std::chrono::steady_clock::now();
  for (const std::string& number : numbers) valid += leadline::JudgeE164(number).valid;
  const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - start;
  std::printf("{\"valid\":%zu,\"ns\":%.2f}\n", valid,
              took.count() / static_cast<double>(numbers.size()));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 && std::string(argv[1]) == "--once") return Once(argv[2]);
  const size_t count = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 200000;
  const std::vector<std::string> numbers = Numbers(count);
  const std::vector<std::string> cells = Cells(numbers);
  leadline::JudgeE164("+14155551234");  // unpacks the tables
  PeerVerdict("+14155551234");

  std::vector<Timed> all;
  all.push_back({"JudgeE164", count, [&] {
                   size_t sum = 0;
                   for (const std::string& number : numbers)
                     sum += leadline::JudgeE164(number).valid;
                   return sum;
                 }});
  all.push_back({"ReadPhone", count, [&] {
                   size_t sum = 0;
                   for (const std::string& cell : cells)
                     sum += leadline::ReadPhone(cell, "US").e164.size();
                   return sum;
                 }});
  all.push_back({"libphonenumber", count / kPeerShare, [&] {
                   size_t sum = 0;
                   for (size_t i = 0; i < count / kPeerShare; ++i) sum += PeerVerdict(numbers[i]);
                   return sum;
                 }});
  for (int round = 0; round < kRounds; ++round) {
    for (Timed& timed : all) timed.Round();
  }
  const double peer = all.back().Median();
  for (Timed& timed : all) {
    const double median = timed.Median();
    std::printf("%-16s %9.1f / %9.1f / %9.1f ns per number, %.0fx\n", timed.name,
                timed.ns_per_number.front(), median, timed.ns_per_number.back(), peer / median);
  }
}
