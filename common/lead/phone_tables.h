// The phone rules as data, for phone_plan.cc and phone.cc only. phone_tables.cc is generated from
// libphonenumber's metadata by scripts/gen_phone_tables.py, which explains how; phone_unpack.cc
// unpacks its automaton. Every byte here is downloaded with the page and its worker: what can be
// told from something else is not stored.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace leadline::phone_tables {

inline constexpr int kPhoneStates = 7754;
inline constexpr int kPhoneSinks = 99;
inline constexpr int kPhonePlanCount = 215;
inline constexpr int kPhoneRegionCount = 245;
inline constexpr int kPhoneRuleCount = 254;

// A "rule" is the metadata of one region, or of one calling code without a country; the regions
// come first, in the order of their codes. A "plan" is a calling code with its rules, the main one
// first; plans are in the order of their calling codes.
struct LengthMasks {
  uint32_t possible;  // bit n: a national number of n digits exists
  uint32_t local;     // bit n: n digits are complete for a neighbour only
};
inline constexpr uint8_t kNoRegion = 255;
struct Answer {
  uint8_t region;  // place in the plan's list of rules, or kNoRegion
  uint8_t type;    // PhoneType
};
// A prefix to be cut off a national number: it becomes literal + digits [from, from + count) +
// digits from `resume` on.
struct Cut {
  const char* literal;
  uint8_t from;
  uint8_t count;
  uint8_t resume;
};

extern const char kMetadataVersion[];
extern const uint8_t kRegionCodes[];    // bit n: the region AA + n exists, AZ + 1 being BA
extern const uint8_t kCallingCodes[];   // bit n: the calling code n exists
extern const uint8_t kRulesInPlan[];    // kPhonePlanCount: how many of kRulesOfPlans
extern const uint8_t kRulesOfPlans[];   // kPhoneRuleCount
extern const uint8_t kLengthsOfRule[];  // kPhoneRuleCount, into kLengths
extern const LengthMasks kLengths[];    //
extern const Answer kAnswers[];         // by the answer of a plan's automaton
extern const Cut kCuts[];               // by the answer of a rule's prefix automaton; 0 = no prefix
extern const uint8_t kPacked[];
extern const size_t kPackedSize;

// Every question asked of a string of digits, as one table of states. The states from kPhoneStates
// on are "sinks": answers that no further digit changes, the number of the answer behind
// kPhoneStates.
class Automaton {
 public:
  static constexpr int kRootCount = kPhonePlanCount + 3 * kPhoneRuleCount;

  // REQUIRES that `digits` holds ASCII digits only.
  unsigned Walk(unsigned root, std::string_view digits) const {
    unsigned state = root;
    for (const char digit : digits) state = rows_[state][digit & 15];
    return rows_[state][kLabel];
  }

  // No string that begins with `digit` gives another answer than 0.
  bool AnswersZeroAfter(unsigned root, int digit) const {
    return rows_[root][digit] == kPhoneStates;
  }

  // The answers: kAnswers; 1 for a match of the rule's general pattern; kCuts; digits of an
  // international prefix, 0 for none.
  unsigned PlanRoot(int plan) const { return roots_[plan]; }
  unsigned GeneralRoot(int rule) const { return roots_[kPhonePlanCount + rule]; }
  unsigned PrefixRoot(int rule) const { return roots_[kPhonePlanCount + kPhoneRuleCount + rule]; }
  unsigned InternationalRoot(int rule) const {
    return roots_[kPhonePlanCount + 2 * kPhoneRuleCount + rule];
  }

 private:
  friend class Unpacker;
  static constexpr int kLabel = 10;  // the answer when the digits end here
  // Ten targets and the label; 16 wide, so that a row never lies across two cache lines.
  alignas(64) std::array<std::array<uint16_t, 16>, kPhoneStates + kPhoneSinks> rows_;
  std::array<uint16_t, kRootCount> roots_;
};

// Fills a zeroed automaton.
void UnpackAutomaton(Automaton* automaton);

}  // namespace leadline::phone_tables
