// The phone rules against libphonenumber itself, with the same metadata: phone_oracle.js makes the
// numbers and says what libphonenumber says. Zero differences, but for the one named in SameNumber.
//
// LEADLINE_PHONE_ORACLE=2000000 compares so many numbers instead of the default,
// LEADLINE_PHONE_SEED=n other ones. Skipped where node or the npm packages are missing
// (scripts/setup.sh installs both).
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/lead/phone.h"
#include "gtest/gtest.h"

namespace leadline {
namespace {

constexpr const char* kDefaultCount = "90000";
constexpr int kMaxReported = 20;

std::string Setting(const char* name, const char* standard) {
  const char* value = std::getenv(name);
  return value == nullptr ? standard : value;
}

std::vector<std::string> Split(const std::string& line) {
  std::vector<std::string> cells(1);
  for (const char c : line) {
    if (c == '\t') {
      cells.emplace_back();
    } else if (c != '\n') {
      cells.back() += c;
    }
  }
  return cells;
}

// Runs phone_oracle.js and gives each line to `compare`, which tells what differs ("" = nothing).
// Returns the count of lines.
size_t Compare(const std::string& mode, const std::string& count,
               const std::function<std::string(const std::vector<std::string>&)>& compare) {
  const std::string command = "node " LEADLINE_SOURCE_DIR "/tests/common/lead/phone_oracle.js " +
                              mode + " " + count + " " + Setting("LEADLINE_PHONE_SEED", "1");
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::array<char, 1024> buffer;
  size_t lines = 0;
  int differences = 0;
  while (std::fgets(buffer.data(), buffer.size(), pipe.get()) != nullptr) {
    ++lines;
    const std::string line = buffer.data();
    const std::string difference = compare(Split(line));
    if (difference.empty()) continue;
    if (++differences <= kMaxReported) ADD_FAILURE() << line << difference;
  }
  EXPECT_EQ(differences, 0) << "of " << lines;
  return lines;
}

class PhoneOracle : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(LEADLINE_SOURCE_DIR "/tests/node_modules/google-libphonenumber") ||
        std::system("node --version >/dev/null 2>&1") != 0) {
      GTEST_SKIP() << "needs node and the npm packages of tests/: run scripts/setup.sh";
    }
  }
  const std::string count_ = Setting("LEADLINE_PHONE_ORACLE", kDefaultCount);
};

// libphonenumber's ValidationResult in JavaScript; "!": parse refused the text.
std::string_view ReasonOf(PhoneLength length) {
  switch (length) {
    case PhoneLength::kPossible:
      return "0";
    case PhoneLength::kTooShort:
      return "2";
    case PhoneLength::kTooLong:
      return "3";
    case PhoneLength::kLocalOnly:
      return "4";
    case PhoneLength::kWrong:
      return "5";
    case PhoneLength::kNoSuchPlan:
    case PhoneLength::kNotANumber:
      break;
  }
  return "!";
}

// JavaScript keeps a national number as a double, so it changes the last digits of one with 16 or
// 17 digits (no plan has any).
bool SameNumber(const std::string& ours, const std::string& theirs) {
  return ours == theirs || (ours.size() > 17 && ours.substr(0, 10) == theirs.substr(0, 10));
}

TEST_F(PhoneOracle, JudgesEveryNumberAsLibphonenumberDoes) {
  const size_t lines = Compare("international", count_, [](const std::vector<std::string>& theirs) {
    const PhoneVerdict verdict = JudgeE164(theirs[0]);
    const bool refused = theirs[1] == "!";
    std::string difference;
    // Where parse refuses, the length is our own finer answer.
    if (!refused && ReasonOf(verdict.length) != theirs[1]) difference += " length";
    if (verdict.possible != (theirs[2] == "1")) difference += " possible";
    if (verdict.valid != (theirs[3] == "1")) difference += " valid";
    if (static_cast<int>(verdict.type) != std::stoi(theirs[4])) difference += " type";
    if (verdict.region_code() != theirs[5]) difference += " region";
    if (!SameNumber(CanonicalE164(theirs[0]), theirs[6]))
      difference += " number " + CanonicalE164(theirs[0]);
    const size_t size = theirs[0].size() - 1;
    const bool stays = CanonicalE164(theirs[0]) == theirs[0] && size >= 7 && size <= 15;
    if (verdict.canonical != stays) difference += " canonical";
    return difference;
  });
  EXPECT_EQ(lines, std::stoul(count_));
}

// Whatever libphonenumber reads as a valid number in a region, Leadline proposes as that number,
// unless that number's own E.164 text would be read as another one (it is then no number to store),
// or has three digits (emergency).
TEST_F(PhoneOracle, ReadsWhatPeopleWriteAsLibphonenumberDoes) {
  size_t compared = 0;
  Compare("national", std::to_string(std::stoul(count_) / 3),
          [&](const std::vector<std::string>& theirs) {
            if (!JudgeE164(theirs[2]).canonical || theirs[0].size() == 3) return std::string();
            ++compared;
            const PhoneReading reading = ReadPhone(theirs[0], theirs[1]);
            if (reading.e164 != theirs[2])
              return "read as " + reading.e164 + " " + reading.problem_code;
            if (!reading.verdict.valid) return std::string("not valid");
            if (!reading.repaired || reading.fine()) return std::string("changed without a word");
            return std::string();
          });
  EXPECT_GT(compared, 5000u);
}

}  // namespace
}  // namespace leadline
