// In which encoding a file is written, from its first bytes: byte order marks, NUL bytes, valid
// UTF-8, and else which reading of the bytes looks most like names and words of a language. Pure.
#pragma once

#include <string_view>

#include "common/table/encoding.h"

namespace leadline {

struct EncodingGuess {
  Encoding encoding = Encoding::kUtf8;
  double confidence = 1;  // 0..1: how far the next best reading with other text is behind
  bool has_bom = false;
  // Only ASCII was seen: the first byte beyond ASCII decides between UTF-8 and Windows-1252 (see
  // TextDecoder).
  bool ascii_so_far = false;
};

// REQUIRES: `head` is the beginning of the file, best its first 64 kB. `whole`: nothing comes after
// it. ISO 8859-1 is never guessed: Windows-1252 reads the same text, and more.
EncodingGuess GuessEncoding(std::string_view head, bool whole);

// How likely `utf8` is text that people wrote, given that it was read as `encoding`: a natural
// logarithm, for comparing readings of the same bytes. ASCII alone is 0.
double LikelinessOfText(Encoding encoding, std::string_view utf8);

}  // namespace leadline
