// Bytes of a file in, UTF-8 text out: UTF-8 and UTF-16 here, the other sets in charset.h.
//
// UTF-8 is passed through without a copy; what is not valid in it becomes U+FFFD and is counted, so
// that damage is said and never silent. Byte order marks are taken off. One thread; no failure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "common/table/charset.h"
#include "common/table/encoding_guess.h"

namespace leadline {

class TextSink {
 public:
  virtual ~TextSink() = default;
  virtual void OnText(
      std::string_view utf8) = 0;  // valid UTF-8, cut between code points; valid during the call
};

class TextDecoder {
 public:
  // With guess.ascii_so_far the first non-ASCII character settles it: valid UTF-8 stays UTF-8, else
  // the rest is read as Windows-1252. A forced encoding is `EncodingGuess{.encoding = e}`.
  TextDecoder(const EncodingGuess& guess, TextSink* sink);
  TextDecoder(const TextDecoder&) = delete;
  TextDecoder& operator=(const TextDecoder&) = delete;

  void Feed(std::string_view bytes);
  void Finish();  // an incomplete last character becomes U+FFFD

  Encoding encoding() const { return encoding_; }
  // Characters that could not be read, here or by the program that wrote U+FFFD into the file.
  // Counted before they are passed on, so 0 means that no text so far has one.
  uint64_t replaced() const { return replaced_; }

 private:
  std::string_view SkipBom(std::string_view bytes);
  void Convert(std::string_view bytes);
  void FromUtf8(std::string_view bytes);
  void FromWholeUtf8(std::string_view bytes);
  void FromUtf16(std::string_view bytes);
  void FromUtf16Unit(uint32_t unit);
  void FromCharset(std::string_view bytes);
  void FallBack(std::string_view bytes);
  void Put(uint32_t code_point);
  void Flush();
  void Pass(std::string_view utf8);

  Encoding encoding_;
  bool undecided_;
  TextSink* const sink_;
  uint64_t replaced_ = 0;
  bool at_start_ = true;
  CharsetDecoder charset_;
  std::string pending_;  // bytes of a character that the chunk border cut
  uint32_t high_surrogate_ = 0;
  std::string out_;
};

}  // namespace leadline
