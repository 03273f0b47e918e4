// The encodings that lists are written in: their names on the wire and for people. Pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace leadline {

enum class Encoding : uint8_t {
  kUtf8,
  kUtf16Le,
  kUtf16Be,
  kWindows1252,
  kIso88591,
  kWindows1250,
  kWindows1251,
  kWindows1253,
  kWindows1254,
  kIso88592,
  kIso885915,
  kKoi8R,
  kShiftJis,
  kGb18030,
  kEucKr,
  kBig5,
};
inline constexpr size_t kEncodingCount = 16;

// The labels of the WHATWG encoding standard, "utf-8" or "windows-1250": in options, summaries and
// the API. iso-8859-1 is told from windows-1252, which that standard does not do.
std::string_view EncodingName(Encoding encoding);
// "Central European (Windows-1250)": on screen.
std::string_view EncodingTitle(Encoding encoding);
// Also takes common other names ("latin1", "cp1252", "sjis", "gbk"); ASCII case does not matter.
// Empty when unknown.
std::optional<Encoding> EncodingFromName(std::string_view name);
// "utf-8, utf-16le, ...": for messages.
std::string EncodingNames();

}  // namespace leadline
