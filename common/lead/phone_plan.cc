#include "common/lead/phone_plan.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "common/lead/phone_tables.h"

namespace leadline::phone_plan {
namespace {

namespace tables = phone_tables;

constexpr size_t kMaxNational = 17;
constexpr size_t kMinNational = 2;
constexpr uint8_t kNoPlan = 255;
static_assert(tables::kPhonePlanCount < kNoPlan);

// testNumberLength.
PhoneLength LengthOf(int rule, size_t size) {
  const tables::LengthMasks& masks = tables::kLengths[tables::kLengthsOfRule[rule]];
  if (size > 31) return PhoneLength::kTooLong;
  const uint32_t bit = uint32_t{1} << size;
  if (masks.local & bit) return PhoneLength::kLocalOnly;
  if (masks.possible & bit) return PhoneLength::kPossible;
  if (masks.possible < bit) return PhoneLength::kTooLong;
  const bool shorter_exists = (masks.possible & (bit - 1)) != 0;
  return shorter_exists ? PhoneLength::kWrong : PhoneLength::kTooShort;
}

// What judging a number needs of its plan, side by side.
struct PlanFacts {
  std::array<PhoneLength, kMaxNational + 1> lengths;  // by count of digits
  uint16_t root;
  uint16_t prefix_starts;  // bit d: a national prefix may begin with the digit d
  uint16_t calling_code;
  uint8_t first_rule;  // in kRulesOfPlans
  uint8_t main_rule;
  uint8_t calling_code_digits;
};

// Calls `found` with each number whose bit is set, from 0 up to `size`.
template <typename Found>
void ForEachBit(const uint8_t* bits, int size, Found found) {
  for (int n = 0; n < size; ++n) {
    if ((bits[n / 8] >> (n % 8) & 1) != 0) found(n);
  }
}

struct Loaded {
  tables::Automaton automaton = {};
  std::array<uint8_t, 1000> plan_by_start;  // by the first three digits
  std::array<PlanFacts, tables::kPhonePlanCount> plans;
  std::array<uint8_t, tables::kPhoneRuleCount> plan_of_rule;
  std::array<PhoneRegion, tables::kPhoneRegionCount> regions = {};
  std::array<std::array<char, 4>, tables::kPhoneRuleCount> region_names;  // as PhoneVerdict has it

  Loaded() {
    tables::UnpackAutomaton(&automaton);
    LoadRegionCodes();
    plan_by_start.fill(kNoPlan);
    int plan = 0;
    int first_rule = 0;
    ForEachBit(tables::kCallingCodes, 1000, [&](int calling_code) {
      LoadPlan(plan, calling_code, first_rule);
      first_rule += tables::kRulesInPlan[plan++];
    });
  }

  void LoadRegionCodes() {
    region_names.fill({'0', '0', '1'});
    int region = 0;
    ForEachBit(tables::kRegionCodes, 26 * 26, [&](int n) {
      const char code[] = {static_cast<char>('A' + n / 26), static_cast<char>('A' + n % 26)};
      std::memcpy(regions[region].code, code, sizeof(code));
      region_names[region++] = {code[0], code[1]};
    });
  }

  void LoadPlan(int plan, int code, int first_rule) {
    const int digits = code < 10 ? 1 : code < 100 ? 2 : 3;
    const int share = code < 10 ? 100 : code < 100 ? 10 : 1;
    std::fill_n(plan_by_start.begin() + code * share, share, static_cast<uint8_t>(plan));
    plans[plan] = FactsOf(plan, code, digits, first_rule);
    for (int i = 0; i < tables::kRulesInPlan[plan]; ++i) {
      const int rule = tables::kRulesOfPlans[first_rule + i];
      plan_of_rule[rule] = static_cast<uint8_t>(plan);
      if (rule < tables::kPhoneRegionCount) {
        regions[rule].calling_code = static_cast<uint16_t>(code);
      }
    }
  }

  PlanFacts FactsOf(int plan, int calling_code, int digits, int first_rule) const {
    const uint8_t rule = tables::kRulesOfPlans[first_rule];
    PlanFacts facts = {{},
                       static_cast<uint16_t>(automaton.PlanRoot(plan)),
                       0,
                       static_cast<uint16_t>(calling_code),
                       static_cast<uint8_t>(first_rule),
                       rule,
                       static_cast<uint8_t>(digits)};
    for (size_t size = 0; size < facts.lengths.size(); ++size) {
      facts.lengths[size] = LengthOf(rule, size);
    }
    for (int digit = 0; digit < 10; ++digit) {
      if (!automaton.AnswersZeroAfter(automaton.PrefixRoot(rule), digit)) {
        facts.prefix_starts |= static_cast<uint16_t>(1 << digit);
      }
    }
    return facts;
  }
};

const Loaded& Tables() {
  static const Loaded loaded;
  return loaded;
}

const tables::Automaton& Rules() {
  return Tables().automaton;
}

int MainRule(int plan) {
  return Tables().plans[plan].main_rule;
}

bool MatchesGeneral(int rule, std::string_view national) {
  return Rules().Walk(Rules().GeneralRoot(rule), national) != 0;
}

// maybeStripNationalPrefixAndCarrierCode. True when `national` was rewritten, into `buffer` if it
// could not be shortened.
bool CutPrefix(int rule, std::string_view* national, Digits* buffer) {
  const unsigned answer = Rules().Walk(Rules().PrefixRoot(rule), *national);
  if (answer == 0) return false;
  const tables::Cut& cut = tables::kCuts[answer];
  std::string_view rewritten = national->substr(cut.resume);
  if (cut.count != 0) {
    buffer->Append(cut.literal);
    buffer->Append(national->substr(cut.from, cut.count));
    buffer->Append(rewritten);
    rewritten = buffer->view();
  }
  if (MatchesGeneral(rule, *national) && !MatchesGeneral(rule, rewritten)) return false;
  const bool changed = rewritten != *national;  // Japan's 0002 is matched only to be kept
  *national = rewritten;
  return changed;
}

// The end of parse: the prefix is cut only where a number of a length that exists is left.
void Finish(int rule, Number* out) {
  if (out->national.size() < kMinNational) {
    out->failure = PhoneLength::kTooShort;
    return;
  }
  std::string_view rest = out->national;
  if (CutPrefix(rule, &rest, &out->buffer)) {
    const PhoneLength length = LengthOf(rule, rest.size());
    if (length == PhoneLength::kPossible || length == PhoneLength::kTooLong) {
      out->national = rest;
      out->prefix_cut = true;
    }
  }
  if (out->national.size() > kMaxNational) out->failure = PhoneLength::kTooLong;
}

// extractCountryCode; moves *digits behind it.
int TakePlan(const Loaded& loaded, std::string_view* digits) {
  const int start = ((*digits)[0] - '0') * 100 + ((*digits)[1] - '0') * 10 + ((*digits)[2] - '0');
  const uint8_t plan = loaded.plan_by_start[start];
  if (plan == kNoPlan) return -1;
  digits->remove_prefix(loaded.plans[plan].calling_code_digits);
  return plan;
}

// The part of maybeExtractCountryCode for a number with an international prefix. False: it has
// none.
bool TakeInternationalPrefix(int rule, std::string_view* digits) {
  const unsigned size = Rules().Walk(Rules().InternationalRoot(rule), *digits);
  if (size == 0 || (digits->size() > size && (*digits)[size] == '0')) return false;
  digits->remove_prefix(size);
  return true;
}

// The part of maybeExtractCountryCode for a number that begins with its own calling code, without a
// plus.
bool TakeOwnCallingCode(int rule, std::string_view* digits, Number* out) {
  std::string_view rest = *digits;
  if (rest.size() < 3 || TakePlan(Tables(), &rest) != out->plan) return false;
  const bool cut = CutPrefix(rule, &rest, &out->first_buffer);
  const bool only_without = !MatchesGeneral(rule, *digits) && MatchesGeneral(rule, rest);
  if (!only_without && LengthOf(rule, digits->size()) != PhoneLength::kTooLong) return false;
  *digits = rest;
  out->had_calling_code = true;
  out->prefix_cut = cut;
  return true;
}

// The verdict but for `canonical`.
void JudgeNational(const Loaded& loaded, const PlanFacts& plan, std::string_view national,
                   PhoneVerdict* out) {
  const PhoneLength length = plan.lengths[national.size()];
  const tables::Answer answer = tables::kAnswers[loaded.automaton.Walk(plan.root, national)];
  out->length = length;
  out->possible = length == PhoneLength::kPossible || length == PhoneLength::kLocalOnly;
  out->type = static_cast<PhoneType>(answer.type);
  out->valid = out->type != PhoneType::kUnknown;
  if (answer.region == tables::kNoRegion) return;
  const uint8_t rule = tables::kRulesOfPlans[plan.first_rule + answer.region];
  std::memcpy(out->region, loaded.region_names[rule].data(), sizeof(out->region));
}

}  // namespace

void Digits::Append(std::string_view digits) {
  const size_t taken = std::min(digits.size(), chars_.size() - size_);
  std::copy_n(digits.data(), taken, chars_.data() + size_);
  size_ += taken;
}

std::span<const PhoneRegion> Regions() {
  return Tables().regions;
}

int RuleOfRegion(std::string_view region) {
  if (region.size() != 2) return kNoRule;
  const auto upper = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; };
  const char code[] = {upper(region[0]), upper(region[1])};
  const auto regions = Regions();
  const auto found = std::lower_bound(
      regions.begin(), regions.end(), code,
      [](const PhoneRegion& a, const char* b) { return std::memcmp(a.code, b, 2) < 0; });
  if (found == regions.end() || std::memcmp(found->code, code, 2) != 0) return kNoRule;
  return static_cast<int>(found - regions.begin());
}

void ReadInternational(std::string_view digits, Number* out) {
  if (digits.size() <= kMinNational) {
    out->failure = PhoneLength::kTooShort;
    return;
  }
  out->plan = TakePlan(Tables(), &digits);
  if (out->plan < 0) {
    out->failure = PhoneLength::kNoSuchPlan;
    return;
  }
  out->national = digits;
  Finish(MainRule(out->plan), out);
}

void ReadNational(std::string_view digits, int rule, Number* out) {
  if (TakeInternationalPrefix(rule, &digits)) {
    out->had_international = true;
    ReadInternational(digits, out);
    return;
  }
  out->plan = Tables().plan_of_rule[rule];
  if (TakeOwnCallingCode(rule, &digits, out)) rule = MainRule(out->plan);
  out->national = digits;
  Finish(rule, out);
}

void ReadAfterPlus(std::string_view digits, int rule, Number* out) {
  if (!TakeInternationalPrefix(rule, &digits)) {
    out->failure = PhoneLength::kNoSuchPlan;
    return;
  }
  out->had_international = true;
  ReadInternational(digits, out);
}

int CallingCodeOfPlan(int plan) {
  return Tables().plans[plan].calling_code;
}

void JudgeInternational(std::string_view digits, PhoneVerdict* out) {
  const Loaded& loaded = Tables();
  if (digits.size() > kMinNational) {
    std::string_view national = digits;
    const int plan = TakePlan(loaded, &national);
    // The common case: no digit to cut, so nothing to rewrite.
    if (plan >= 0 && national.size() >= kMinNational && national.size() <= kMaxNational) {
      const PlanFacts& facts = loaded.plans[plan];
      if ((facts.prefix_starts >> (national[0] - '0') & 1) == 0) {
        out->canonical = true;
        JudgeNational(loaded, facts, national, out);
        return;
      }
    }
  }
  Number number;
  ReadInternational(digits, &number);
  out->length = number.failure;
  if (!number.ok()) return;
  out->canonical = !number.prefix_cut;
  JudgeNational(loaded, loaded.plans[number.plan], number.national, out);
}

}  // namespace leadline::phone_plan
