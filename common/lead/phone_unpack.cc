// Reads kPacked: the automaton as bits of an adaptive binary range coder, 18 KB where the plain
// table has 251 KB. Each state is written where it is met first, depth first from the roots in
// order; a state met again is named by its height (the longest way to a final answer, which all
// targets of one row mostly share) and by how recently it was named among those of that height.
// Within a row a digit's target is mostly that of the digit before. Packer in
// scripts/gen_phone_tables.py is the mirror of this file, step by step; a test holds both together
// through the verdicts.
#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "common/lead/phone_tables.h"

namespace leadline::phone_tables {
namespace {

// The chance that a bit is set, as a fast and a slow estimate, each in 1/65536 away from one half:
// so that a model begins as zeros. The younger a model, the more it learns from a bit.
struct Model {
  int16_t fast = 0;
  int16_t slow = 0;
  uint8_t age = 0;
};
constexpr unsigned kFastAge = 12;
constexpr unsigned kSlowAge = 60;

class RangeDecoder {
 public:
  RangeDecoder() {
    for (int i = 0; i < 4; ++i) code_ = code_ << 8 | Next();
  }

  bool Bit(Model& model) {
    const uint32_t fast = static_cast<uint32_t>(model.fast + 32768);
    const uint32_t slow = static_cast<uint32_t>(model.slow + 32768);
    const uint32_t bound = (range_ >> 12) * ((fast + slow) >> 5);
    const bool bit = code_ < bound;
    if (bit) {
      range_ = bound;
    } else {
      code_ -= bound;
      range_ -= bound;
    }
    model.fast = Moved(fast, bit, std::min<unsigned>(model.age, kFastAge));
    model.slow = Moved(slow, bit, model.age);
    if (model.age < kSlowAge) ++model.age;
    while (range_ < 1u << 24) {
      range_ <<= 8;
      code_ = code_ << 8 | Next();
    }
    return bit;
  }

  template <size_t kSize>
  unsigned Tree(std::array<Model, kSize>& models) {
    unsigned node = 1;
    while (node < kSize) node = 2 * node + Bit(models[node]);
    return node - kSize;
  }

 private:
  static int16_t Moved(uint32_t chance, bool bit, unsigned age) {
    const uint32_t rate = 655360 / (10 * age + 18);
    const uint32_t moved =
        bit ? chance + ((65535 - chance) * rate >> 16) : chance - (chance * rate >> 16);
    return static_cast<int16_t>(static_cast<int>(moved) - 32768);
  }

  uint8_t Next() { return at_ < kPackedSize ? kPacked[at_++] : 0; }

  size_t at_ = 0;
  uint32_t range_ = 0xFFFFFFFF;
  uint32_t code_ = 0;
};

constexpr int kDomains = 4;  // plans, general patterns, prefixes, international prefixes
enum TargetKind { kSink, kBack, kFresh, kNothing };
enum LabelPlace { kInRow, kInSink, kInRoot };
constexpr unsigned kMaxHeight = 20;

template <typename T, size_t... kSizes>
struct NestedArray;
template <typename T, size_t kSize>
struct NestedArray<T, kSize> {
  using Type = std::array<T, kSize>;
};
template <typename T, size_t kSize, size_t... kRest>
struct NestedArray<T, kSize, kRest...> {
  using Type = std::array<typename NestedArray<T, kRest...>::Type, kSize>;
};
template <size_t... kSizes>
using Models = typename NestedArray<Model, kSizes...>::Type;

}  // namespace

class Unpacker {
 public:
  explicit Unpacker(Automaton* out) : out_(*out) {}

  void Run() {
    size_t root = 0;
    const auto fill = [&](int domain, int count) {
      for (int i = 0; i < count; ++i) out_.roots_[root++] = Root(domain);
    };
    fill(0, kPhonePlanCount);
    for (const int domain : {1, 2, 3}) fill(domain, kPhoneRuleCount);
    for (int answer = 0; answer < kPhoneSinks; ++answer) {
      out_.rows_[kPhoneStates + answer].fill(static_cast<uint16_t>(kPhoneStates + answer));
      out_.rows_[kPhoneStates + answer][Automaton::kLabel] = static_cast<uint16_t>(answer);
    }
  }

 private:
  unsigned Label(int domain, LabelPlace place) {
    if (!in_.Bit(some_[domain][place])) return 0;
    if (!in_.Bit(again_[domain][place])) last_label_[domain] = in_.Tree(label_[domain]);
    return last_label_[domain];
  }

  uint16_t SinkTarget(int domain, LabelPlace place) {
    return static_cast<uint16_t>(kPhoneStates + Label(domain, place));
  }

  uint16_t KnownState(unsigned context) {
    const unsigned height = in_.Tree(height_model_[context]);
    std::vector<uint16_t>& recent = recent_[height];
    unsigned bits = 0;
    while (in_.Bit(longer_[height][bits])) ++bits;
    unsigned rank = 1;
    for (unsigned i = 0; i < bits; ++i) {
      rank = 2 * rank + in_.Bit(rank_[bits][rank < 8 ? rank : 0]);
    }
    std::rotate(recent.end() - rank, recent.end() - rank + 1, recent.end());
    return recent.back();
  }

  uint16_t Root(int domain) {
    if (in_.Bit(root_sink_[domain])) return SinkTarget(domain, kInRoot);
    return in_.Bit(root_fresh_[domain]) ? State(domain, 0) : KnownState(kMaxHeight);
  }

  // The distinct targets of a row so far, the latest last.
  struct Row {
    std::array<uint16_t, 10> targets;
    unsigned count = 0;
    TargetKind kind = kNothing;
    unsigned height = kMaxHeight;  // of the latest target that is a state; kMaxHeight = none
    unsigned max_height = 0;
  };

  uint16_t State(int domain, unsigned depth) {
    const uint16_t state = next_state_++;
    std::array<uint16_t, 16>& cells = out_.rows_[state];
    cells[Automaton::kLabel] = static_cast<uint16_t>(Label(domain, kInRow));
    Row row;
    unsigned run = 0;
    for (unsigned digit = 0; digit < 10; ++digit) {
      if (digit > 0 && in_.Bit(same_[std::min(run, 3u)][row.kind][digit == 9][row.count == 1])) {
        ++run;
      } else {
        run = 0;
        ReadTarget(domain, depth, digit, &row);
      }
      cells[digit] = row.targets[row.count - 1];
    }
    heights_[state] = static_cast<uint8_t>(1 + row.max_height);
    recent_[heights_[state]].push_back(state);
    return state;
  }

  void ReadTarget(int domain, unsigned depth, unsigned digit, Row* row) {
    if (row->count >= 2 && in_.Bit(old_[std::min(row->count, 4u)][row->kind][digit > 5])) {
      OldTarget(row);
      return;
    }
    const unsigned known = std::min(row->count, 3u);
    uint16_t target;
    if (in_.Bit(sink_[domain][known][row->kind][digit == 0])) {
      target = SinkTarget(domain, kInSink);
      row->kind = kSink;
    } else {
      if (in_.Bit(fresh_[domain][row->height == kMaxHeight][row->kind][std::min(depth, 12u)])) {
        target = State(domain, depth + 1);
        row->kind = kFresh;
      } else {
        target = KnownState(row->height == kMaxHeight ? kMaxHeight + 1 + depth : row->height);
        row->kind = kBack;
      }
      row->height = heights_[target];
      row->max_height = std::max(row->max_height, row->height);
    }
    row->targets[row->count++] = target;
  }

  // One of the targets before the last one becomes the last one.
  void OldTarget(Row* row) {
    const unsigned others = row->count - 1;
    unsigned i = 0;
    while (i + 1 < others && !in_.Bit(which_[std::min(i, 3u)][std::min(others, 4u)])) ++i;
    const auto first = row->targets.begin() + (others - 1 - i);
    std::rotate(first, first + 1, row->targets.begin() + row->count);
    row->kind = row->targets[row->count - 1] >= kPhoneStates ? kSink : kBack;
  }

  Automaton& out_;
  RangeDecoder in_;
  uint16_t next_state_ = 0;
  std::array<uint8_t, kPhoneStates> heights_ = {};
  std::array<std::vector<uint16_t>, 32> recent_;  // states by height, the one named last at the end
  std::array<unsigned, kDomains> last_label_ = {};

  Models<kDomains, 3> some_, again_;
  Models<kDomains, 512> label_;
  Models<kDomains> root_sink_, root_fresh_;
  Models<2 * kMaxHeight, 32> height_model_;
  Models<32, 16> longer_;
  Models<16, 8> rank_;
  Models<4, 4, 2, 2> same_;
  Models<5, 4, 2> old_;
  Models<4, 5> which_;
  Models<kDomains, 4, 4, 2> sink_;
  Models<kDomains, 2, 4, 13> fresh_;
};

void UnpackAutomaton(Automaton* automaton) {
  std::make_unique<Unpacker>(automaton)->Run();
}

}  // namespace leadline::phone_tables
