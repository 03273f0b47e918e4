#include "common/lead/phone_text.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "common/base/utf8.h"

namespace leadline::phone_text {
namespace {

constexpr size_t kMaxBytes = 250;
constexpr size_t kFewestDigitsOfANumber =
    7;  // with fewer, what follows is no extension and no second number
constexpr size_t kLongestExtension = 7;
constexpr char kForeign = '\x01';  // stands for a character that has no place in a phone number
constexpr char kDropped = '\0';

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}
bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == kForeign;
}

// The first digit of each block of ten that keyboards of the world type, and the typographic one.
constexpr std::array<uint32_t, 20> kZeros = {0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6,
                                             0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0E50, 0x0ED0,
                                             0x0F20, 0x1040, 0x17E0, 0x1810, 0xA9D0, 0xFF10};

// Marks that show nothing: direction, joiners, soft hyphen, byte order.
bool IsInvisible(uint32_t c) {
  return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}

// Dashes, brackets, dots and slashes of other scripts, as libphonenumber's VALID_PUNCTUATION has
// them.
char PlainPunctuation(uint32_t c) {
  if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x30FC || c == 0xFF0D || c == 0x2053 ||
      c == 0x223C || c == 0xFF5E) {
    return '-';
  }
  switch (c) {
    case 0xFF0B:
    case 0xFE62:
    case 0x207A:
      return '+';
    case 0xFF08:
    case 0xFF3B:
      return '(';
    case 0xFF09:
    case 0xFF3D:
      return ')';
    case 0xFF0E:
    case 0x00B7:
    case 0x2022:
    case 0x2219:
      return '.';
    case 0xFF0F:
      return '/';
    case 0xFF0C:
    case 0x3001:
    case 0x060C:
      return ',';
    case 0xFF1B:
      return ';';
    case 0xFF1A:
      return ':';
    case 0x2018:
    case 0x2019:
    case 0x201C:
    case 0x201D:
      return '\'';
    default:
      return kForeign;
  }
}

char PlainOf(uint32_t c, uint32_t* repairs) {
  if (c < 0x80) {
    if (c == '\n' || c == '\r') return ';';
    return c < 0x20 || c == 0x7F ? ' ' : static_cast<char>(c);
  }
  for (const uint32_t zero : kZeros) {
    if (c < zero || c >= zero + 10) continue;
    *repairs |= kWideDigits;
    return static_cast<char>('0' + (c - zero));
  }
  if (IsInvisible(c)) return kDropped;
  if (IsSpaceCodePoint(c)) return ' ';
  const char plain = PlainPunctuation(c);
  if (plain == '+') *repairs |= kWideDigits;
  return plain;
}

// One ASCII character for each that is seen, without the space around it.
std::string Plain(std::string_view raw, uint32_t* repairs) {
  const std::string_view trimmed = TrimUtf8(raw);
  if (trimmed.size() != raw.size()) *repairs |= kSpaceAround;
  std::string plain;
  plain.reserve(trimmed.size());
  for (size_t at = 0; at < trimmed.size();) {
    const char c = PlainOf(DecodeUtf8(trimmed, &at), repairs);
    if (c == kDropped) {
      *repairs |= kPunctuation;
    } else {
      plain += c;
    }
  }
  return plain;
}

size_t CountDigits(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), IsDigit));
}

// ="+14155551234" and '+14155551234 are how spreadsheets keep text.
void Unwrap(std::string_view* text, uint32_t* repairs) {
  const size_t before = text->size();
  while (!text->empty() &&
         std::string_view("='\" ").find(text->front()) != std::string_view::npos) {
    text->remove_prefix(1);
  }
  while (!text->empty() &&
         std::string_view("'\" ;,").find(text->back()) != std::string_view::npos) {
    text->remove_suffix(1);
  }
  if (text->size() != before) *repairs |= kPunctuation;
}

bool IsPlaceholder(std::string_view text) {
  constexpr std::array<std::string_view, 40> kWords = {"n/a",          "na",
                                                       "n.a.",         "n.a",
                                                       "n a",          "#n/a",
                                                       "none",         "null",
                                                       "nil",          "nan",
                                                       "tbd",          "tba",
                                                       "tbc",          "todo",
                                                       "unknown",      "undefined",
                                                       "missing",      "pending",
                                                       "empty",        "blank",
                                                       "no",           "no phone",
                                                       "no number",    "not available",
                                                       "not provided", "not applicable",
                                                       "not given",    "do not call",
                                                       "dnc",          "x",
                                                       "xx",           "xxx",
                                                       "test",         "?",
                                                       "private",      "withheld",
                                                       "anonymous",    "no phone number",
                                                       "(none)",       "(blank)"};
  const std::string lower = AsciiLower(text);
  if (std::find(kWords.begin(), kWords.end(), lower) != kWords.end()) return true;
  if (CountDigits(text) == 0) {
    // Dashes, dots, x's alone; and a spreadsheet's errors: #REF!, #VALUE!, #NAME?, #DIV/0! has a
    // digit.
    return lower.front() == '#' || std::all_of(lower.begin(), lower.end(), [](char c) {
             return c == 'x' || (!IsLetter(c) && c != '+');
           });
  }
  if (lower == "#div/0!" || lower == "#num!") return true;
  // 000-000-0000
  return std::all_of(lower.begin(), lower.end(),
                     [](char c) { return !IsLetter(c) && (!IsDigit(c) || c == '0'); });
}

// 4.41E+11: a spreadsheet kept only the first digits.
bool IsScientific(std::string_view text) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  const size_t e = text.find_first_of("eE");
  if (e == 0 || e == std::string_view::npos || e + 1 >= text.size()) return false;
  std::string_view exponent = text.substr(e + 1);
  if (exponent[0] == '+' || exponent[0] == '-') exponent.remove_prefix(1);
  const std::string_view mantissa = text.substr(0, e);
  const auto digit_or_point = [](char c) { return IsDigit(c) || c == '.' || c == ','; };
  return IsDigit(mantissa[0]) && std::all_of(mantissa.begin(), mantissa.end(), digit_or_point) &&
         !exponent.empty() && exponent.size() <= 3 &&
         std::all_of(exponent.begin(), exponent.end(), IsDigit);
}

// 14155551234.0: a number column turned into text.
void CutDecimalTail(std::string_view* text, uint32_t* repairs) {
  const size_t point = text->find_first_of(".,");
  if (point == std::string_view::npos) return;
  const std::string_view tail = text->substr(point + 1);
  std::string_view whole = text->substr(0, point);
  if (tail.empty() || tail.size() > 2 || tail.find_first_not_of('0') != std::string_view::npos)
    return;
  if (!whole.empty() && whole[0] == '+') whole.remove_prefix(1);
  if (whole.size() < kFewestDigitsOfANumber || CountDigits(whole) != whole.size()) return;
  *text = text->substr(0, point);
  *repairs |= kDecimalTail;
}

std::string_view TrimRight(std::string_view text, std::string_view chars) {
  return text.substr(0, text.find_last_not_of(chars) + 1);
}

// "415 555 1234 ext. 12", "...x12", "...#12", "...,,12", "...;ext=12".
void CutExtension(std::string_view* text, uint32_t* repairs) {
  std::string_view rest = TrimRight(*text, "# )");
  const std::string_view before_digits = TrimRight(rest, "0123456789");
  const size_t size = rest.size() - before_digits.size();
  if (size == 0 || size > kLongestExtension) return;
  rest = TrimRight(before_digits, " .:=-");
  if (rest.empty()) return;
  size_t cut = rest.size();
  if (rest.back() == '#') {
    cut -= 1;
  } else if (rest.size() >= 2 && rest.substr(rest.size() - 2) == ",,") {
    cut -= 2;
  } else {
    while (cut > 0 && IsLetter(rest[cut - 1])) --cut;
    constexpr std::array<std::string_view, 12> kWords = {"x",         "ex",    "ext", "extn",
                                                         "extension", "xt",    "xtn", "int",
                                                         "anexo",     "poste", "dw",  "extensao"};
    const std::string word = AsciiLower(rest.substr(cut));
    if (std::find(kWords.begin(), kWords.end(), word) == kWords.end()) return;
  }
  const std::string_view number = TrimRight(rest.substr(0, cut), " ,;.(-");
  if (CountDigits(number) < kFewestDigitsOfANumber) return;
  *text = number;
  *repairs |= kExtension;
}

// Two numbers in one cell, each long enough to be one.
bool HoldsSeveral(std::string_view text) {
  size_t numbers = 0;
  size_t start = 0;
  const auto count = [&](size_t end) {
    if (CountDigits(text.substr(start, end - start)) >= kFewestDigitsOfANumber) ++numbers;
    start = end;
  };
  for (size_t i = 1; i < text.size(); ++i) {
    const std::string_view here = text.substr(i);
    const bool plus = here[0] == '+' && text[i - 1] != '+';
    const bool word = here.substr(0, 4) == " or " || here.substr(0, 5) == " and ";
    if (plus || word || std::string_view("/;,|&\\").find(here[0]) != std::string_view::npos)
      count(i);
  }
  count(text.size());
  return numbers > 1;
}

// The runs of letters in `text`, each given to `visit(begin, end)` until it returns false.
template <typename Visit>
bool EachWord(std::string_view text, Visit visit) {
  for (size_t i = 0; i < text.size();) {
    if (!IsLetter(text[i])) {
      ++i;
      continue;
    }
    size_t end = i;
    while (end < text.size() && IsLetter(text[end])) ++end;
    if (!visit(i, end)) return false;
    i = end;
  }
  return true;
}

// "Tel.: ...", "... (mobile)": words that say what the number is. A word amid digits is none of
// them.
bool BlankLabels(std::string* text) {
  constexpr std::array<std::string_view, 34> kWords = {
      "tel",       "telephone", "phone",    "ph",     "mobile",  "mob",   "cell",
      "cellphone", "cellular",  "m",        "t",      "p",       "c",     "h",
      "w",         "d",         "o",        "office", "work",    "home",  "main",
      "direct",    "business",  "number",   "no",     "nr",      "num",   "fon",
      "telefon",   "handy",     "whatsapp", "call",   "contact", "callto"};
  const bool labels_only = EachWord(*text, [&](size_t begin, size_t end) {
    const std::string word = AsciiLower(std::string_view(*text).substr(begin, end - begin));
    const bool amid_digits =
        begin > 0 && IsDigit((*text)[begin - 1]) && end < text->size() && IsDigit((*text)[end]);
    return !amid_digits && std::find(kWords.begin(), kWords.end(), word) != kWords.end();
  });
  if (!labels_only) return false;
  for (char& c : *text) {
    if (IsLetter(c)) c = ' ';
  }
  return true;
}

// +1415555I234: letters that look like digits, beside digits.
bool ReplaceLookalikes(std::string* text) {
  const auto digit_for = [](char c) {
    return c == 'O' || c == 'o' ? '0' : c == 'I' || c == 'l' ? '1' : kDropped;
  };
  const bool all = EachWord(*text, [&](size_t begin, size_t end) {
    const bool beside =
        (begin > 0 && IsDigit((*text)[begin - 1])) || (end < text->size() && IsDigit((*text)[end]));
    return beside && end - begin <= 2 &&
           std::all_of(text->begin() + begin, text->begin() + end,
                       [&](char c) { return digit_for(c) != kDropped; });
  });
  if (!all) return false;
  for (char& c : *text) {
    if (IsLetter(c)) c = digit_for(c);
  }
  return true;
}

// 1-800-FLOWERS: the letters on a phone's keys, behind some digits.
bool ReplaceVanity(std::string* text) {
  const auto first_letter = std::find_if(text->begin(), text->end(), IsLetter);
  const auto letters = std::count_if(first_letter, text->end(), IsLetter);
  if (letters < 3 || std::count_if(text->begin(), first_letter, IsDigit) < 3) return false;
  if (text->find(kForeign) != std::string::npos) return false;
  constexpr std::string_view kKeys = "22233344455566677778889999";
  for (char& c : *text) {
    if (IsLetter(c)) c = kKeys[static_cast<size_t>((c | 0x20) - 'a')];
  }
  return true;
}

// Rids the text of letters in the way that explains them; false when there is none.
bool ResolveLetters(std::string* text, PhoneText* out) {
  if (std::none_of(text->begin(), text->end(), IsLetter)) return true;
  if (BlankLabels(text)) {
    out->repairs |= kLabel;
  } else if (ReplaceLookalikes(text)) {
    out->repairs |= kLookalikeLetters;
    out->guessed = true;
  } else if (ReplaceVanity(text)) {
    out->repairs |= kVanityLetters;
    out->guessed = true;
  } else {
    return false;
  }
  return true;
}

// What is left is digits, pluses and punctuation.
void CollectDigits(std::string_view text, PhoneText* out) {
  constexpr std::string_view kPunctuationMarks = " -.()[]{}/,;:_'\"=|\\~`";
  int pluses = 0;
  for (const char c : text) {
    if (IsDigit(c)) {
      out->digits += c;
    } else if (c == '+') {
      ++pluses;
      if (!out->digits.empty())
        out->repairs |= kPunctuation;  // written behind, as right-to-left text shows it
    } else if (kPunctuationMarks.find(c) != std::string_view::npos) {
      out->repairs |= kPunctuation;
    } else {
      out->problem_code = "phone_unreadable";
    }
  }
  if (out->digits.empty()) out->problem_code = "phone_unreadable";
  out->plus = pluses > 0;
  if (pluses > 1) out->repairs |= kDoublePlus;
}

}  // namespace

PhoneText TakeApart(std::string_view raw) {
  PhoneText out;
  if (raw.size() > kMaxBytes) {
    out.problem_code = "phone_unreadable";
    return out;
  }
  const std::string plain = Plain(raw, &out.repairs);
  std::string_view text = plain;
  if (text.empty()) {
    out.problem_code = "phone_missing";
    return out;
  }
  Unwrap(&text, &out.repairs);
  if (text.empty() || IsPlaceholder(text)) {
    out.problem_code = "phone_placeholder";
    return out;
  }
  if (IsScientific(text)) {
    out.problem_code = "phone_scientific";
    return out;
  }
  CutDecimalTail(&text, &out.repairs);
  CutExtension(&text, &out.repairs);
  if (HoldsSeveral(text)) {
    out.problem_code = "phone_several";
    return out;
  }
  std::string spelled(text);
  if (!ResolveLetters(&spelled, &out)) {
    out.problem_code = "phone_letters";
    return out;
  }
  CollectDigits(spelled, &out);
  return out;
}

}  // namespace leadline::phone_text
