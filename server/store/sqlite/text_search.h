// What a person types into the search box, against a lead's name, phone, email and company. Words
// are parts of texts, all of them must be found, case does not matter; a word of digits and phone
// punctuation means its digits. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace leadline {

class TextSearch {
 public:
  static constexpr size_t kMaxWords = 8;
  static constexpr size_t kMaxBytes = 200;

  TextSearch() = default;  // finds everything
  explicit TextSearch(std::string_view text);

  bool empty() const { return words_.empty(); }
  bool Finds(std::string_view name, std::string_view phone, std::string_view email,
             std::string_view company) const;
  // For the search index: the three-letter pieces of every word that has three letters; empty when
  // no word has. What it finds is more than Finds does, never less.
  std::string IndexExpression() const;

 private:
  std::vector<std::string> words_;  // folded
};

// Lower case, as far as names of people and companies go: Latin, Greek, Cyrillic.
std::string FoldCase(std::string_view text);

}  // namespace leadline
