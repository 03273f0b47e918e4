#include "common/table/encoding_guess.h"

#include <gtest/gtest.h>

#include <string>
#include <unordered_map>

#include "common/base/utf8.h"
#include "common/table/charset.h"

namespace leadline {
namespace {

// `text` in that encoding: the decoder's tables, turned round.
std::string Encode(Encoding encoding, std::string_view text) {
  const CharsetTable& table = *FindCharset(encoding);
  std::unordered_map<uint32_t, std::string> bytes_of;
  for (uint32_t i = 0; i < table.pairs.size(); ++i) {
    bytes_of.emplace(table.pairs[i],
                     std::string{static_cast<char>(0x80 + i / 256), static_cast<char>(i % 256)});
  }
  for (uint32_t i = 0; i < 128; ++i) {
    bytes_of[table.single[i]] = std::string(1, static_cast<char>(0x80 + i));
  }
  std::string out;
  for (size_t p = 0; p < text.size();) {
    const uint32_t c = DecodeUtf8(text, &p);
    out += c < 0x80 ? std::string(1, static_cast<char>(c)) : bytes_of[c];
  }
  return out;
}

constexpr char kPolish[] =
    "Imię i nazwisko;Telefon;Miasto\nPaweł Wójcik;+48601234567;Łódź\nMałgorzata "
    "Wiśniewska;1;Kraków\n"
    "Grzegorz Brzęczyszczykiewicz;2;Gdańsk\nZofia Dąbrowska;3;Poznań\nStanisław Żak;4;Wrocław\n";
constexpr char kCzech[] =
    "Jméno;Telefon;Město\nJiří Dvořák;+420601234567;Praha\nŠtěpán Kučera;1;Plzeň\n"
    "Božena Němcová;2;České Budějovice\nOndřej Růžička;3;Ústí nad Labem\nTomáš Černý;4;Brno\n";
constexpr char kHungarian[] =
    "Név;Telefon;Város\nSzabó László;+36301234567;Győr\nKovács Erzsébet;1;Szombathely\n"
    "Tóth Gergő;2;Kecskemét\nNagy Ágnes;3;Székesfehérvár\nHorváth Jenő;4;Hódmezővásárhely\n";
constexpr char kRussian[] =
    "Имя;Телефон;Город\nИван Петров;+79161234567;Москва\nОльга Смирнова;1;Санкт-Петербург\n"
    "Сергей Кузнецов;2;Екатеринбург\nЮлия Щербакова;3;Нижний Новгород\n";
constexpr char kUkrainian[] =
    "Ім'я;Телефон;Місто\nОлександр Шевченко;+380501234567;Київ\nЮлія Ковальчук;1;Львів\n"
    "Дмитро Їжакевич;2;Запоріжжя\nНаталія Бондаренко;3;Чернівці\n";
constexpr char kBulgarian[] =
    "Име;Телефон;Град\nГеорги Димитров;+359881234567;София\nМария Иванова;1;Пловдив\n"
    "Стоян Въчев;2;Стара Загора\nПетър Ангелов;3;Кърджали\n";
constexpr char kGerman[] =
    "Name;Telefon;Straße\nJürgen Müller;+491701234567;Königsallee 4\nBärbel Weiß;1;Größe\n"
    "Günther Schröder;2;München\n";
constexpr char kFrench[] =
    "Nom;Téléphone;Ville\nFrançois Lefèvre;+33612345678;Orléans\nHélène Besançon;1;Nîmes\n"
    "Benoît Côté;2;Saint-Étienne\n";
constexpr char kSpanish[] =
    "Nombre;Teléfono;Ciudad\nJosé Muñoz;+34612345678;Málaga\nÁngela Núñez;1;Logroño\n"
    "Iñigo Peña;2;A Coruña\n";
constexpr char kSwedish[] =
    "Namn;Telefon\nÅsa Öberg;+46701234567\nGöran Hägglund;1\nBjörn Nyström;2\n";
constexpr char kPortuguese[] =
    "Nome;Telefone\nJoão Conceição;+351912345678\nInês Simões;1\nAntónio Magalhães;2\n";
constexpr char kTurkish[] =
    "Ad;Telefon;Şehir\nGülşen Yıldız;+905321234567;İstanbul\nÇağlar Doğan;1;Diyarbakır\n"
    "Işıl Öztürk;2;Eskişehir\n";
constexpr char kGreek[] =
    "Όνομα;Τηλέφωνο;Πόλη\nΓιώργος Παπαδόπουλος;+306912345678;Αθήνα\nΕλένη Νικολάου;1;Θεσσαλονίκη\n";
constexpr char kJapanese[] =
    "氏名,電話番号,住所\n田中 太郎,+819012345678,東京都港区\n佐藤 花子,1,大阪市北区\n"
    "鈴木 一郎,2,横浜市\nたかはし けんじ,3,札幌市\n";
constexpr char kHalfWidth[] = "ﾅﾏｴ,ﾃﾞﾝﾜ\nﾔﾏﾀﾞ ﾀﾛｳ,+819012345678\nｽｽﾞｷ ﾊﾅｺ,1\nﾀｶﾊｼ ｹﾝｼﾞ,2\n";
constexpr char kChinese[] =
    "姓名,手机,城市\n王伟,+8613800138000,北京\n李娜,1,上海\n张秀英,2,广州\n刘洋,3,深圳\n欧阳震华,4,"
    "乌鲁木齐\n";
constexpr char kTaiwanese[] =
    "姓名,電話,地址\n陳志明,+886912345678,台北市\n林淑芬,1,高雄市\n黃俊宏,2,新竹縣\n張雅婷,3,"
    "台中市\n";
constexpr char kKorean[] =
    "이름,전화번호,도시\n김민준,+821012345678,서울\n이서연,1,부산\n박지훈,2,대구\n최수빈,3,인천\n";

struct Case {
  const char* name;
  Encoding encoding;
  const char* text;
};
void PrintTo(const Case& c, std::ostream* os) {
  *os << c.name;
}
const Case kCases[] = {
    {"Polish1250", Encoding::kWindows1250, kPolish},
    {"Polish88592", Encoding::kIso88592, kPolish},
    {"Czech1250", Encoding::kWindows1250, kCzech},
    {"Czech88592", Encoding::kIso88592, kCzech},
    {"Hungarian1250", Encoding::kWindows1250, kHungarian},
    {"Russian1251", Encoding::kWindows1251, kRussian},
    {"RussianKoi8", Encoding::kKoi8R, kRussian},
    {"RussianCapitals", Encoding::kWindows1251, "ИВАНОВ;МОСКВА\nПЕТРОВ;КАЗАНЬ\nСИДОРОВА;ТВЕРЬ\n"},
    {"Ukrainian1251", Encoding::kWindows1251, kUkrainian},
    {"Bulgarian1251", Encoding::kWindows1251, kBulgarian},
    {"German1252", Encoding::kWindows1252, kGerman},
    {"French1252", Encoding::kWindows1252, kFrench},
    {"FrenchEuro885915", Encoding::kIso885915,
     "Prix;Nom\n12 €;x\n14 €;Lefèvre\n20 €;Cœur\n8 €;Sœur Hélène\n"},
    {"Spanish1252", Encoding::kWindows1252, kSpanish},
    {"Swedish1252", Encoding::kWindows1252, kSwedish},
    {"Portuguese1252", Encoding::kWindows1252, kPortuguese},
    {"Turkish1254", Encoding::kWindows1254, kTurkish},
    {"Greek1253", Encoding::kWindows1253, kGreek},
    {"JapaneseSjis", Encoding::kShiftJis, kJapanese},
    {"JapaneseHalfWidth", Encoding::kShiftJis, kHalfWidth},
    {"ChineseGb", Encoding::kGb18030, kChinese},
    {"ChineseBig5", Encoding::kBig5, kTaiwanese},
    {"KoreanEucKr", Encoding::kEucKr, kKorean},
    // One word is all there is.
    {"OneGermanWord", Encoding::kWindows1252, "M\u00FCller\n"},
    {"OneFrenchWord", Encoding::kWindows1252, "caf\u00E9,1\n"},
    {"OneSpanishWord", Encoding::kWindows1252, "Mu\u00F1oz\n"},
    {"OnePolishWord", Encoding::kWindows1250, "Wałęsa\n"},
    {"OneCzechWord", Encoding::kWindows1250, "Dvořák\n"},
    {"OneRussianWord", Encoding::kWindows1251, "Москва\n"},
    {"OneJapaneseWord", Encoding::kShiftJis, "田中\n"},
    {"OneChineseWord", Encoding::kGb18030, "北京\n"},
};

class GuessCases : public ::testing::TestWithParam<Case> {};

TEST_P(GuessCases, FindsTheEncodingOfNamesAndCities) {
  const Case& c = GetParam();
  const EncodingGuess guess = GuessEncoding(Encode(c.encoding, c.text), true);
  EXPECT_EQ(EncodingName(guess.encoding), EncodingName(c.encoding));
  EXPECT_GT(guess.confidence, 0.5);
  EXPECT_LT(guess.confidence, 1);
}

INSTANTIATE_TEST_SUITE_P(Names, GuessCases, ::testing::ValuesIn(kCases),
                         [](const auto& param) { return std::string(param.param.name); });

TEST(GuessEncoding, IsSurerOfALongListThanOfOneWord) {
  const auto confidence = [](std::string_view text) {
    return GuessEncoding(Encode(Encoding::kWindows1250, text), true).confidence;
  };
  EXPECT_GT(confidence(kPolish), confidence("Gy\u0151r\n"));
  EXPECT_GT(confidence(kPolish), 0.95);
}

TEST(GuessEncoding, Utf8InEveryLanguageStaysUtf8) {
  for (const Case& c : kCases) {
    EXPECT_EQ(GuessEncoding(c.text, true).encoding, Encoding::kUtf8) << c.name;
  }
}

TEST(GuessEncoding, Utf16WithoutAMarkInEveryLanguage) {
  for (const Case& c : kCases) {
    if (std::string_view(c.text).size() < 40) continue;
    std::string le, be;
    const std::string_view text = c.text;
    for (size_t p = 0; p < text.size();) {
      const uint32_t unit = DecodeUtf8(text, &p);
      le += {static_cast<char>(unit & 0xFF), static_cast<char>(unit >> 8)};
      be += {static_cast<char>(unit >> 8), static_cast<char>(unit & 0xFF)};
    }
    EXPECT_EQ(GuessEncoding(le, true).encoding, Encoding::kUtf16Le) << c.name;
    EXPECT_EQ(GuessEncoding(be, true).encoding, Encoding::kUtf16Be) << c.name;
  }
}

}  // namespace
}  // namespace leadline
