#include "common/table/language_letters.h"

#include <algorithm>
#include <cmath>

#include "common/base/utf8.h"

namespace leadline {
namespace {

constexpr Encoding kWest[] = {Encoding::kWindows1252, Encoding::kIso885915};
constexpr Encoding kWestAndCentre[] = {Encoding::kWindows1252, Encoding::kIso885915,
                                       Encoding::kWindows1250, Encoding::kIso88592};
constexpr Encoding kCentre[] = {Encoding::kWindows1250, Encoding::kIso88592};
constexpr Encoding kRussian[] = {Encoding::kWindows1251, Encoding::kKoi8R};
constexpr Encoding kCyrillic[] = {Encoding::kWindows1251};
constexpr Encoding kGreek[] = {Encoding::kWindows1253};
constexpr Encoding kTurkish[] = {Encoding::kWindows1254};
constexpr Encoding kJapanese[] = {Encoding::kShiftJis};
constexpr Encoding kSimplified[] = {Encoding::kGb18030};
constexpr Encoding kTraditional[] = {Encoding::kBig5};
constexpr Encoding kKorean[] = {Encoding::kEucKr};

// Of the ideographs: family names, given names, cities, and the words of a list's header.
constexpr Language kLanguages[] = {
    {Script::kLatin, U"üäößéáè", kWestAndCentre},
    {Script::kLatin, U"éèêçàôîëïâûœùüæÿ", kWest},
    {Script::kLatin, U"áéíóñúüçºª¿¡à", kWest},
    {Script::kLatin, U"ãçáéóíêâõúàôªº", kWest},
    {Script::kLatin, U"àèòùéì", kWest},
    {Script::kLatin, U"åäöøæéü", kWest},
    {Script::kLatin, U"áíðéóþöæúý", kWest},
    {Script::kLatin, U"ëéïöüèêç", kWest},
    {Script::kLatin, U"äõöüšž", kWest},
    {Script::kLatin, U"łóęąśżćńź", kCentre},
    {Script::kLatin, U"áíéěřčšžýůúňťďóöü", kCentre},
    {Script::kLatin, U"áíéčšžýúľťňôďäóĺŕ", kCentre},
    {Script::kLatin, U"áéóöíőüúű", kCentre},
    {Script::kLatin, U"ăâîşţ", kCentre},
    {Script::kLatin, U"čšžćđ", kCentre},
    {Script::kLatin, U"ışüğöçİâî", kTurkish},
    {Script::kAlphabet, U"оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё", kRussian},
    {Script::kAlphabet, U"оанивіетрсклудпмязьгбчйхжїшюєцщфґ", kCyrillic},
    {Script::kAlphabet, U"аиоентрсвлкдпмзгъубчяцжйщхюшфь", kCyrillic},
    {Script::kAlphabet, U"аоиенрсјтукдвмлпзгбчћжцшљњђхџф", kCyrillic},
    {Script::kAlphabet, U"аінеярокстлдвумпыьзгчўбшцйжхюёфэ", kCyrillic},
    {Script::kAlphabet, U"αοιετσνηρυπκμλςγδχθφωβξζψάόίέήύώϊϋ", kGreek},
    {Script::kIdeographs,
     U"田山中本藤村佐木高橋井小林川野原松島加吉鈴伊渡辺上石岡崎口池清水斎阿部森大西内和三一二郎太"
     U"子美恵香奈真由紀健司浩正東京都府県市区町阪横浜名古屋神戸福札幌仙台千葉埼玉株式会社電話番号氏"
     U"住所様男女年月日",
     kJapanese},
    {Script::kIdeographs,
     U"王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏"
     U"吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦方白邹孟熊秦邱江尹薛段雷侯龙史陶贺顾毛龚邵万钱严武"
     U"伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂华文建国志红玉春梅晓小"
     U"北京上海广州深圳天津重庆成都武汉南西安杭东山公司有限科技电话姓名手机号码地址城市省区路街先生"
     U"女士",
     kSimplified},
    {Script::kIdeographs,
     U"陳林黃張李王吳劉蔡楊許鄭謝郭洪曾邱廖賴周徐蘇葉莊呂江何蕭羅高潘簡朱鍾游彭詹胡施沈余盧梁趙顏柯"
     U"翁魏孫戴范方宋鄧杜傅侯曹薛丁馬蔣唐卓藍馮石董姚美玲淑芬惠雅婷怡君志明俊宏建家豪偉文雄"
     U"台北中南新竹市縣區路街公司有限電話姓名手機地址城臺灣香港九龍國際科技股份先生小姐",
     kTraditional},
    {Script::kIdeographs,
     U"김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지나재현영"
     U"수준은미경희선혜숙승호동상울부산대인천광화번름회사소시도",
     kKorean},
};

constexpr std::u32string_view kTypography = U"\u00A0’“”‘„–—…€°№«»§•";

bool In(uint32_t c, uint32_t first, uint32_t last) {
  return c >= first && c <= last;
}

double AlphabetScore(const Language& language, uint32_t c) {
  if (kTypography.find(static_cast<char32_t>(c)) != std::u32string_view::npos) return -5.8;
  if (!IsLetterOfAlphabet(c)) return -8;
  const bool latin = c < 0x370;
  return latin == (language.script == Script::kLatin) ? -6.5 : -9;
}

double IdeographScore(const Language& language, uint32_t c) {
  const bool japanese = language.encodings.data() == kJapanese;
  const bool korean = language.encodings.data() == kKorean;
  if (In(c, 0x3001, 0x3015)) return -5;
  if (In(c, 0xFF01, 0xFF5E) || c == 0x3000) return -6.5;
  if (japanese && In(c, 0x3041, 0x30FE)) return -5.8;
  if (japanese && In(c, 0xFF61, 0xFF9F)) return -4.2;
  if (korean && In(c, 0xAC00, 0xD7A3)) return -8.4;
  if (In(c, 0x4E00, 0x9FFF)) return korean ? -12 : -9.4;
  return -12;
}

}  // namespace

std::span<const Language> Languages() {
  return kLanguages;
}

bool WrittenIn(const Language& language, Encoding encoding) {
  return std::find(language.encodings.begin(), language.encodings.end(), encoding) !=
         language.encodings.end();
}

double LetterScore(const Language& language, uint32_t c) {
  if (c == kReplacementChar || In(c, 0x80, 0x9F) || In(c, 0xE000, 0xF8FF)) return -16;
  const size_t rank = language.letters.find(static_cast<char32_t>(LowerOf(c)));
  const auto count = static_cast<double>(language.letters.size());
  if (rank != std::u32string_view::npos) {
    if (language.script == Script::kIdeographs) return std::log(0.4 / count);
    // Zipf's law; the divisor is the sum of it over the letters, nearly.
    return std::log(0.9 / (static_cast<double>(rank) + 1.5) / std::log(count + 1));
  }
  return language.script == Script::kIdeographs ? IdeographScore(language, c)
                                                : AlphabetScore(language, c);
}

bool IsLetterOfAlphabet(uint32_t c) {
  if (c < 0x80) return In(c | 0x20, 'a', 'z');
  if (c < 0x100) return (c >= 0xC0 && c != 0xD7 && c != 0xF7) || c == 0xAA || c == 0xBA;
  return c < 0x250 || (In(c, 0x386, 0x3CE) && c != 0x387) || In(c, 0x400, 0x4FF);
}

uint32_t LowerOf(uint32_t c) {
  if (In(c, 'A', 'Z') || (In(c, 0xC0, 0xDE) && c != 0xD7)) return c + 32;
  if (In(c, 0x139, 0x148) || In(c, 0x179, 0x17E)) return c + (c & 1);
  if (c == 0x178) return 0xFF;
  if (In(c, 0x100, 0x177) && c != 0x130 && c != 0x131 && c != 0x138) return c | 1;
  if (In(c, 0x391, 0x3AB) || In(c, 0x410, 0x42F)) return c + 32;
  if (In(c, 0x400, 0x40F)) return c + 80;
  if (In(c, 0x388, 0x38A)) return c + 37;
  switch (c) {
    case 0x386:
      return 0x3AC;
    case 0x38C:
      return 0x3CC;
    case 0x38E:
      return 0x3CD;
    case 0x38F:
      return 0x3CE;
    case 0x490:
      return 0x491;
    default:
      return c;
  }
}

}  // namespace leadline
