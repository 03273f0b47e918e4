#include "common/lead/status.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <string>

namespace leadline {
namespace {

// The lines between the markers of the drawing in ARCHITECTURE.md: "created --> processing: claim".
std::multiset<std::string> DrawnTransitions() {
  std::ifstream in(std::string(LEADLINE_SOURCE_DIR) + "/ARCHITECTURE.md");
  std::multiset<std::string> lines;
  std::string line;
  bool inside = false;
  while (std::getline(in, line)) {
    if (line.find("stateDiagram") != std::string::npos) inside = true;
    if (inside && line.rfind("```", 0) == 0) break;
    const size_t arrow = line.find("-->");
    if (inside && arrow != std::string::npos && line.find("[*]") == std::string::npos) {
      lines.insert(line.substr(line.find_first_not_of(' ')));
    }
  }
  return lines;
}

TEST(StatusMachine, IsDrawnInTheArchitecturePageAsItIs) {
  std::multiset<std::string> expected;
  for (const Transition& t : kTransitions) {
    if (t.from == kAnyStatus) {
      expected.insert("any --> " + std::string(NameOf(t.to)) + ": " + std::string(t.name));
      continue;
    }
    for (const StatusText& s : kStatusTexts) {
      if (Contains(t.from, s.status)) {
        expected.insert(std::string(s.name) + " --> " + std::string(NameOf(t.to)) + ": " +
                        std::string(t.name));
      }
    }
  }
  EXPECT_EQ(DrawnTransitions(), expected);
}

TEST(StatusMachine, NobodySetsProcessingOrFailedByHand) {
  EXPECT_FALSE(HandEventTo(LeadStatus::kProcessing).has_value());
  EXPECT_FALSE(HandEventTo(LeadStatus::kFailed).has_value());
  EXPECT_EQ(HandEventTo(LeadStatus::kCreated), LeadEvent::kHandCreated);
}

TEST(StatusMachine, FiltersTakeBothVocabularies) {
  EXPECT_EQ(StatusSetFromName("pending"),
            SetOf(LeadStatus::kCreated) | SetOf(LeadStatus::kScheduled));
  EXPECT_EQ(StatusSetFromName("retry"), SetOf(LeadStatus::kRescheduled));
  EXPECT_EQ(StatusSetFromName("in-progress"), SetOf(LeadStatus::kProcessing));
  EXPECT_EQ(StatusSetFromName("max_retries"), SetOf(LeadStatus::kMaxRetries));
  // Used-up tries never count as reached.
  EXPECT_EQ(StatusSetFromName("completed"), SetOf(LeadStatus::kCompleted));
  EXPECT_EQ(StatusSetFromName("nonsense"), 0);
}

TEST(StatusMachine, EveryNameReadsBack) {
  for (const StatusText& t : kStatusTexts) EXPECT_EQ(LeadStatusFromName(t.name), t.status);
  EXPECT_FALSE(LeadStatusFromName("Created").has_value());
}

}  // namespace
}  // namespace leadline
