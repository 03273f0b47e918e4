#include "common/table/encoding_guess.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/base/utf8.h"
#include "common/table/charset.h"
#include "common/table/language_letters.h"

namespace leadline {
namespace {

constexpr std::string_view kBoms[] = {"\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF"};

// Enough to be sure; the rest of a large head would only cost time.
constexpr size_t kJudgedBytes = 16 * 1024;

struct Utf8Counts {
  size_t good = 0;  // characters beyond ASCII
  size_t bad = 0;
};
// A character that the end of the text cuts is no fault unless the text is `whole`.
Utf8Counts CountUtf8(std::string_view s, bool whole) {
  Utf8Counts counts;
  for (size_t p = 0; p < s.size();) {
    const size_t before = p;
    const uint32_t c = DecodeUtf8(s, &p);
    if (c != kReplacementChar || p - before > 1) {
      counts.good += c >= 0x80;
    } else if (whole || s.size() - before > 3) {
      ++counts.bad;
    }
  }
  return counts;
}

// UTF-16 without a mark: delimiters, digits and line ends have a NUL byte, always on the same side
// of the pair, and no other text has NUL bytes.
std::optional<EncodingGuess> GuessUtf16(std::string_view head) {
  size_t zeros[2] = {0, 0};
  for (size_t i = 0; i + 1 < head.size(); i += 2) {
    zeros[0] += head[i] == '\0';
    zeros[1] += head[i + 1] == '\0';
  }
  const size_t whole_pairs = head.size() / 2;
  const auto pairs = static_cast<double>(whole_pairs);
  const size_t side = zeros[1] >= zeros[0] ? 1 : 0;
  const double share = static_cast<double>(zeros[side]) / pairs;
  const double other = static_cast<double>(zeros[1 - side]) / pairs;
  if (pairs < 4 || share < 0.08 || other > share / 6) return std::nullopt;
  return EncodingGuess{.encoding = side == 1 ? Encoding::kUtf16Le : Encoding::kUtf16Be,
                       .confidence = std::min(0.99, 0.6 + share / 2 - other)};
}

// How far before the others a reading starts, for how often such files are met.
struct Candidate {
  Encoding encoding;
  double prior;
};
constexpr Candidate kCandidates[] = {
    {Encoding::kWindows1252, 0}, {Encoding::kWindows1250, -1}, {Encoding::kWindows1251, -1},
    {Encoding::kShiftJis, -1},   {Encoding::kGb18030, -1},     {Encoding::kEucKr, -1},
    {Encoding::kBig5, -1},       {Encoding::kWindows1254, -2}, {Encoding::kWindows1253, -2},
    {Encoding::kIso88592, -2},   {Encoding::kIso885915, -2.5}, {Encoding::kKoi8R, -2},
};

struct Reading {
  Encoding encoding = Encoding::kWindows1252;
  double score = 0;
  std::string text;
};

std::optional<Reading> ReadAs(const Candidate& candidate, std::string_view head, bool whole) {
  const CharsetTable* table = FindCharset(candidate.encoding);
  if (table == nullptr) return std::nullopt;
  Reading reading;
  reading.encoding = candidate.encoding;
  CharsetDecoder decoder(table);
  decoder.Feed(head, &reading.text);
  if (whole) decoder.Finish(&reading.text);
  reading.score = candidate.prior + LikelinessOfText(candidate.encoding, reading.text);
  return reading;
}

EncodingGuess GuessCharset(std::string_view head, bool whole) {
  std::vector<Reading> readings;
  for (const Candidate& candidate : kCandidates) {
    if (auto reading = ReadAs(candidate, head, whole)) readings.push_back(std::move(*reading));
  }
  const auto by_score = [](const Reading& a, const Reading& b) { return a.score < b.score; };
  const auto best = std::max_element(readings.begin(), readings.end(), by_score);
  double margin = 100;
  for (const Reading& reading : readings) {
    if (reading.text != best->text) margin = std::min(margin, best->score - reading.score);
  }
  return {.encoding = best->encoding, .confidence = 0.99 - 0.48 * std::exp(-margin / 8)};
}

}  // namespace

EncodingGuess GuessEncoding(std::string_view head, bool whole) {
  constexpr Encoding kMarked[] = {Encoding::kUtf8, Encoding::kUtf16Le, Encoding::kUtf16Be};
  for (size_t i = 0; i < std::size(kBoms); ++i) {
    if (head.starts_with(kBoms[i])) {
      return {.encoding = kMarked[i], .confidence = 1, .has_bom = true};
    }
  }
  if (const auto utf16 = GuessUtf16(head)) return *utf16;
  const Utf8Counts counts = CountUtf8(head, whole);
  if (counts.good + counts.bad == 0) return {.confidence = 0.9, .ascii_so_far = true};
  const double share =
      static_cast<double>(counts.good) / static_cast<double>(counts.good + counts.bad);
  // Text in another encoding hardly ever forms valid sequences by chance, so a mostly valid one is
  // damaged UTF-8.
  if (share >= 0.5) return {.encoding = Encoding::kUtf8, .confidence = share};
  const auto first = std::find_if(head.begin(), head.end(),
                                  [](char c) { return static_cast<uint8_t>(c) >= 0x80; });
  // From a little before the first character that tells anything.
  const size_t begin = static_cast<size_t>(first - head.begin());
  head.remove_prefix(begin - std::min<size_t>(begin, 64));
  return GuessCharset(head.substr(0, kJudgedBytes), whole && head.size() <= kJudgedBytes);
}

namespace {

struct Neighbour {
  uint32_t code_point = 0;
  bool letter = false;
  bool upper = false;
};

bool IsAsciiLetter(uint32_t c) {
  return (c | 0x20) >= 'a' && (c | 0x20) <= 'z' && c < 0x80;
}

Neighbour NeighbourOf(uint32_t c) {
  if (c < 0x80) return {c, IsAsciiLetter(c), c >= 'A' && c <= 'Z'};
  return {c, IsLetterOfAlphabet(c), LowerOf(c) != c};
}

// How likely c stands between its neighbours, in a language of that script.
double ContextScore(Script script, const Neighbour& before, const Neighbour& c,
                    const Neighbour& after) {
  double score = 0;
  const int ascii = IsAsciiLetter(before.code_point) + IsAsciiLetter(after.code_point);
  const int beyond =
      (before.letter && before.code_point >= 0x80) + (after.letter && after.code_point >= 0x80);
  if (script == Script::kIdeographs) return -3.0 * ascii;
  if (!c.letter) {
    const bool within = before.letter && after.letter && c.code_point != 0x2019;
    return within ? -4 : 0;
  }
  score -= script == Script::kLatin ? 0.8 * beyond : 3.0 * ascii;
  // Nearly nobody writes aB.
  if (c.upper && before.letter && !before.upper) score -= 3.5;
  if (!c.upper && after.letter && after.upper) score -= 3.5;
  return score;
}

double ScoreIn(const Language& language, std::string_view utf8) {
  double score = 0;
  Neighbour before;
  size_t p = 0;
  Neighbour c = p < utf8.size() ? NeighbourOf(DecodeUtf8(utf8, &p)) : Neighbour{};
  while (c.code_point != 0 || p < utf8.size()) {
    const Neighbour after = p < utf8.size() ? NeighbourOf(DecodeUtf8(utf8, &p)) : Neighbour{};
    if (c.code_point >= 0x80) {
      score +=
          LetterScore(language, c.code_point) + ContextScore(language.script, before, c, after);
    }
    before = c;
    c = after;
  }
  return score;
}

}  // namespace

double LikelinessOfText(Encoding encoding, std::string_view utf8) {
  std::optional<double> best;
  for (const Language& language : Languages()) {
    if (!WrittenIn(language, encoding)) continue;
    const double score = ScoreIn(language, utf8);
    if (!best || score > *best) best = score;
  }
  return best.value_or(0);
}

}  // namespace leadline
