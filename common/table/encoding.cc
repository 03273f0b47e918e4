#include "common/table/encoding.h"

#include "common/base/utf8.h"

namespace leadline {
namespace {

struct EncodingEntry {
  std::string_view name;
  std::string_view title;
};
constexpr EncodingEntry kEncodings[kEncodingCount] = {
    {"utf-8", "Unicode (UTF-8)"},
    {"utf-16le", "Unicode (UTF-16 LE)"},
    {"utf-16be", "Unicode (UTF-16 BE)"},
    {"windows-1252", "Western European (Windows-1252)"},
    {"iso-8859-1", "Western European (ISO 8859-1)"},
    {"windows-1250", "Central European (Windows-1250)"},
    {"windows-1251", "Cyrillic (Windows-1251)"},
    {"windows-1253", "Greek (Windows-1253)"},
    {"windows-1254", "Turkish (Windows-1254)"},
    {"iso-8859-2", "Central European (ISO 8859-2)"},
    {"iso-8859-15", "Western European with euro (ISO 8859-15)"},
    {"koi8-r", "Cyrillic (KOI8-R)"},
    {"shift_jis", "Japanese (Shift JIS)"},
    {"gb18030", "Chinese, simplified (GB18030, GBK)"},
    {"euc-kr", "Korean (EUC-KR)"},
    {"big5", "Chinese, traditional (Big5)"},
};

struct EncodingAlias {
  std::string_view name;
  Encoding encoding;
};
constexpr EncodingAlias kEncodingAliases[] = {
    {"utf8", Encoding::kUtf8},
    {"utf-16", Encoding::kUtf16Le},
    {"cp1252", Encoding::kWindows1252},
    {"latin1", Encoding::kIso88591},
    {"cp1250", Encoding::kWindows1250},
    {"cp1251", Encoding::kWindows1251},
    {"cp1253", Encoding::kWindows1253},
    {"cp1254", Encoding::kWindows1254},
    {"iso-8859-9", Encoding::kWindows1254},
    {"latin2", Encoding::kIso88592},
    {"latin9", Encoding::kIso885915},
    {"koi8r", Encoding::kKoi8R},
    {"sjis", Encoding::kShiftJis},
    {"shift-jis", Encoding::kShiftJis},
    {"cp932", Encoding::kShiftJis},
    {"windows-31j", Encoding::kShiftJis},
    {"gbk", Encoding::kGb18030},
    {"gb2312", Encoding::kGb18030},
    {"cp936", Encoding::kGb18030},
    {"cp949", Encoding::kEucKr},
    {"cp950", Encoding::kBig5},
    {"big5-hkscs", Encoding::kBig5},
};

}  // namespace

std::string_view EncodingName(Encoding encoding) {
  return kEncodings[static_cast<size_t>(encoding)].name;
}

std::string_view EncodingTitle(Encoding encoding) {
  return kEncodings[static_cast<size_t>(encoding)].title;
}

std::optional<Encoding> EncodingFromName(std::string_view name) {
  const std::string lower = AsciiLower(name);
  for (size_t i = 0; i < kEncodingCount; ++i) {
    if (kEncodings[i].name == lower) return static_cast<Encoding>(i);
  }
  for (const EncodingAlias& alias : kEncodingAliases) {
    if (alias.name == lower) return alias.encoding;
  }
  return std::nullopt;
}

std::string EncodingNames() {
  std::string names;
  for (const EncodingEntry& entry : kEncodings) {
    if (!names.empty()) names += ", ";
    names += entry.name;
  }
  return names;
}

}  // namespace leadline
