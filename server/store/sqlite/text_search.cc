#include "server/store/sqlite/text_search.h"

#include <algorithm>

#include "common/base/utf8.h"

namespace leadline {
namespace {

uint32_t FoldCodePoint(uint32_t c) {
  const auto within = [c](uint32_t first, uint32_t last) { return c >= first && c <= last; };
  if (within('A', 'Z') || (within(0xC0, 0xDE) && c != 0xD7)) return c + 32;
  if (within(0x391, 0x3A9) && c != 0x3A2) return c + 32;
  if (within(0x410, 0x42F)) return c + 32;
  if (within(0x400, 0x40F)) return c + 80;
  // Pairs in which the capital has the even number, and those in which it has the odd one.
  if (within(0x100, 0x137) && c != 0x130 && c != 0x131) return c | 1;
  if (within(0x14A, 0x177) || within(0x460, 0x481) || within(0x48A, 0x4BF)) return c | 1;
  if (within(0x1E00, 0x1E95) || within(0x1EA0, 0x1EFF)) return c | 1;
  if (within(0x139, 0x148) || within(0x179, 0x17E)) return c % 2 == 1 ? c + 1 : c;
  return c;
}

bool IsPhoneWord(std::string_view word) {
  return word.find_first_not_of("0123456789+-().") == std::string_view::npos &&
         word.find_first_of("0123456789") != std::string_view::npos;
}

std::string DigitsOf(std::string_view word) {
  std::string digits;
  std::copy_if(word.begin(), word.end(), std::back_inserter(digits),
               [](char c) { return c >= '0' && c <= '9'; });
  return digits;
}

// Every run of three code points of `word`, quoted for FTS5.
void AppendPieces(std::string_view word, std::string* expression) {
  std::vector<size_t> starts;
  for (size_t pos = 0; pos < word.size();) {
    starts.push_back(pos);
    DecodeUtf8(word, &pos);
  }
  starts.push_back(word.size());
  for (size_t i = 0; i + 3 < starts.size(); ++i) {
    *expression += expression->empty() ? "\"" : " AND \"";
    for (const char c : word.substr(starts[i], starts[i + 3] - starts[i])) {
      *expression += c;
      if (c == '"') *expression += c;
    }
    *expression += '"';
  }
}

}  // namespace

std::string FoldCase(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t pos = 0; pos < text.size();) {
    const auto byte = static_cast<unsigned char>(text[pos]);
    if (byte < 0x80) {
      out += static_cast<char>(FoldCodePoint(byte));
      ++pos;
    } else {
      AppendUtf8(FoldCodePoint(DecodeUtf8(text, &pos)), &out);
    }
  }
  return out;
}

TextSearch::TextSearch(std::string_view text) {
  const std::string clean = CleanUtf8(text.substr(0, kMaxBytes));
  std::string word;
  const auto end_word = [&] {
    if (!word.empty() && words_.size() < kMaxWords) {
      words_.push_back(IsPhoneWord(word) ? DigitsOf(word) : FoldCase(word));
    }
    word.clear();
  };
  for (size_t pos = 0; pos < clean.size();) {
    const uint32_t c = DecodeUtf8(clean, &pos);
    if (IsSpaceCodePoint(c)) {
      end_word();
    } else {
      AppendUtf8(c, &word);
    }
  }
  end_word();
}

bool TextSearch::Finds(std::string_view name, std::string_view phone, std::string_view email,
                       std::string_view company) const {
  if (words_.empty()) return true;
  const std::string texts[] = {FoldCase(name), std::string(phone), FoldCase(email),
                               FoldCase(company)};
  return std::all_of(words_.begin(), words_.end(), [&](const std::string& word) {
    return std::any_of(std::begin(texts), std::end(texts), [&](const std::string& text) {
      return text.find(word) != std::string::npos;
    });
  });
}

std::string TextSearch::IndexExpression() const {
  std::string expression;
  for (const std::string& word : words_) AppendPieces(word, &expression);
  return expression;
}

}  // namespace leadline
