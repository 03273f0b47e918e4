#include "common/table/header_names.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/fold.h"
#include "common/lead/lead.h"

namespace leadline {
namespace {

using F = TargetField;

struct Alias {
  std::string_view text;  // folded, without anything but letters and digits
  TargetField field;
  double score = 1;
  uint32_t bytes = 0;  // BytesIn(text)
};

// Exact names first, then what is a little less sure: "NAME:75" is sure to 75 %. English, German,
// French, Spanish, Portuguese, Italian, Dutch, Polish, Swedish, Danish, Czech, Turkish, Romanian,
// Russian, Ukrainian, Greek, Chinese, Japanese, Korean, Arabic, Hindi.
struct HeaderNames {
  TargetField field;
  const char* names;  // separated by spaces
};
constexpr HeaderNames kHeaderNames[] = {
    {F::kName,
     "name fullname customername contactname leadname clientname personname:95 "
     "contactperson:95 prospectname:95 displayname:90 customer:75 contact:75 lead:75 "
     "client:75 vollstandigername ansprechpartner:90 kundenname:95 kunde:75 nomcomplet "
     "nometprenom nomprenom nombre:90 nombrecompleto nombreyapellidos nome:95 "
     "nomecompleto nomecognome nomeecognome naam volledigenaam imieinazwisko namn navn "
     "jmenoaprijmeni jmeno:80 adsoyad isim:90 numecomplet имя:90 фио полноеимя "
     "имяифамилия піб ονοματεπώνυμο όνομα:90 姓名 名字:90 名前 氏名 이름 성명 الاسم नाम"},
    {F::kFirstName,
     "firstname givenname forename fname first:80 vorname prenom primernombre "
     "primeironome voornaam imie fornamn fornavn krestnijmeno prenume"},
    {F::kLastName,
     "lastname surname familyname lname last:80 nachname familienname zuname nomdefamille "
     "nom:80 apellido apellidos sobrenome apelido cognome achternaam nazwisko efternamn "
     "efternavn prijmeni soyad soyadi фамилия прізвище επώνυμο"},
    {F::kPhone,
     "phone phonenumber phoneno telephone telephonenumber tel telno primaryphone "
     "mainphone:98 contactnumber:95 number:70 mobile:90 mobilephone:90 mobilenumber:90 "
     "mobileno:90 cell:90 cellphone:90 workphone:85 businessphone:85 officephone:85 "
     "directphone:85 homephone:80 whatsapp:70 telefon telefonnummer rufnummer handy:90 "
     "handynummer:90 mobil:90 mobilnummer:90 festnetz:80 numerodetelephone "
     "telephoneportable:90 portable:85 telefono numerodetelefono telefonomovil:90 "
     "movil:90 celular:90 telefone numerodetelefone telemovel:90 numeroditelefono "
     "cellulare:90 telefoon telefoonnummer mobiel:90 numertelefonu komorka:85 telefonnr "
     "telefoni:95 telefonicislo telefonnicislo telefonnumarasi ceptelefonu:90 "
     "numardetelefon телефон номертелефона номертелефону мобильный:90 τηλέφωνο κινητό:90 "
     "电话 电话号码 手机:90 手机号:90 電話 電話番号 携帯:90 携帯電話:90 전화 전화번호 "
     "휴대폰:90 الهاتف رقمالهاتف फोन"},
    {F::kEmail,
     "email emailaddress mail:95 mailaddress:95 workemail:90 emailadresse mailadresse:95 "
     "adresseemail adressemail courriel correo correoelectronico emailadres "
     "enderecodeemail indirizzoemail adresemail epost eposta почта:90 электроннаяпочта "
     "邮箱 电子邮件 メール メールアドレス 이메일 البريدالإلكتروني ईमेल"},
    {F::kCompany,
     "company companyname organization organisation organizationname business:85 "
     "businessname account:70 accountname:85 employer:85 firma firmenname unternehmen "
     "entreprise societe raisonsociale empresa compania razonsocial azienda societa "
     "ragionesociale bedrijf bedrijfsnaam nazwafirmy foretag virksomhed spolecnost sirket "
     "companie компания организация компанія εταιρεία 公司 会社 会社名 회사 회사명 الشركة "
     "कंपनी"},
    {F::kTimezone,
     "timezone tz timezonename zeitzone fuseauhoraire zonahoraria husohorario fusohorario "
     "fusoorario tijdzone strefaczasowa tidszon tidszone casovepasmo zamandilimi "
     "saatdilimi часовойпояс 时区 タイムゾーン 시간대"},
    {F::kCountry,
     "country countryname countrycode countryregion nation:80 land:85 pays:85 pais:85 paese:85 "
     "kraj:85 zeme:85 stat:70 orszag ulke:85 maa:80 tara:80 drzava:85 страна країна χώρα:85 国 "
     "国名 国家 國家 국가 البلد الدولة देश"},
    {F::kSecondaryPhone,
     "secondaryphone alternatephone alternativephone altphone otherphone additionalphone "
     "secondphone backupphone secondarycontact:80"},
    {F::kSecondaryName, "secondaryname secondarycontactname"},
};

// Words that give a longer header away ("Phone (daytime)", "Ihre E-Mail").
constexpr std::string_view kPhoneWords[] = {
    "phone", "telephone", "telefon", "telefono", "telefone", "mobile", "cell", "tel", "телефон"};
constexpr std::string_view kEmailWords[] = {"email", "mail", "correo"};

bool IsWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

bool HasWord(std::string_view folded, std::string_view word) {
  for (size_t at = folded.find(word); at != std::string_view::npos;
       at = folded.find(word, at + 1)) {
    const size_t end = at + word.size();
    if ((at == 0 || !IsWordByte(folded[at - 1])) &&
        (end == folded.size() || !IsWordByte(folded[end]))) {
      return true;
    }
  }
  return false;
}

constexpr size_t kMaxAliasBytes = 40;
constexpr size_t kMaxEdits = 2;
constexpr double kSureAlias =
    0.9;  // a vaguer one must be written right: "contract" is no "contact"

// Which bytes a text has, folded into 32 bits: one edit changes two of them at most.
uint32_t BytesIn(std::string_view text) {
  uint32_t bits = 0;
  for (const char c : text) bits |= 1u << (static_cast<uint8_t>(c) & 31u);
  return bits;
}

// "name fullname kunde:75" with all their fields.
void AddAliases(const HeaderNames& of, std::vector<Alias>* out) {
  std::string_view rest = of.names;
  while (!rest.empty()) {
    std::string_view text = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(text.size() + 1, rest.size()));
    double score = 1;
    if (const size_t colon = text.find(':'); colon != std::string_view::npos) {
      score = ((text[colon + 1] - '0') * 10 + (text[colon + 2] - '0')) / 100.0;
      text = text.substr(0, colon);
    }
    out->push_back({text, of.field, score, BytesIn(text)});
  }
}

// Made at first use: as data the list would be three times the size of its texts.
const std::vector<Alias>& Aliases() {
  static const std::vector<Alias> aliases = [] {
    std::vector<Alias> out;
    for (const HeaderNames& names : kHeaderNames) AddAliases(names, &out);
    return out;
  }();
  return aliases;
}

// Edits (insert, delete, replace, swap of neighbours) between two texts. REQUIRES neither over
// kMaxAliasBytes.
size_t EditDistance(std::string_view a, std::string_view b) {
  using Line = std::array<size_t, kMaxAliasBytes + 1>;
  Line before{};
  Line previous{};
  Line current{};
  for (size_t j = 0; j <= b.size(); ++j) previous[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replace = previous[j - 1] + (a[i - 1] != b[j - 1]);
      current[j] = std::min({replace, previous[j] + 1, current[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        current[j] = std::min(current[j], before[j - 2] + 1);
      }
    }
    before = previous;
    previous = current;
  }
  return previous[b.size()];
}

// How alike a misspelt text is to an alias; 0 for anything but a small error. In a short word only
// two letters may have changed places: "note" is not a misspelt "nome".
double Likeness(std::string_view text, std::string_view alias) {
  const size_t longer = std::max(text.size(), alias.size());
  const size_t shorter = std::min(text.size(), alias.size());
  if (shorter < 4 || longer - shorter > kMaxEdits || longer > kMaxAliasBytes) return 0;
  if (longer < 6 && !std::is_permutation(text.begin(), text.end(), alias.begin(), alias.end())) {
    return 0;
  }
  const size_t distance = EditDistance(text, alias);
  if (distance > (longer >= 9 ? kMaxEdits : 1)) return 0;
  return 0.9 - 0.5 * static_cast<double>(distance) / static_cast<double>(longer);
}

std::optional<Alias> BestAlias(std::string_view text) {
  for (const Alias& alias : Aliases()) {
    if (alias.text == text) return alias;
  }
  std::optional<Alias> best;
  const uint32_t bytes = BytesIn(text);
  for (const Alias& alias : Aliases()) {
    if (alias.score < kSureAlias || std::popcount(bytes ^ alias.bytes) > 2 * int{kMaxEdits}) {
      continue;
    }
    const double score = Likeness(text, alias.text) * alias.score;
    if (score > 0 && (!best || score > best->score))
      best = Alias{alias.text, alias.field, score, 0};
  }
  return best;
}

// Takes a number of one or two digits off the end ("phone2"), or from the middle
// ("secondary1name").
struct Numbered {
  std::string text;
  int number = 0;
};
Numbered TakeNumber(std::string_view compact) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto begin = std::find_if(compact.begin(), compact.end(), digit);
  const auto end = std::find_if_not(begin, compact.end(), digit);
  if (begin == compact.begin() || begin == end || end - begin > 2) return {std::string(compact), 0};
  Numbered out{std::string(compact.begin(), begin) + std::string(end, compact.end()), 0};
  for (auto it = begin; it != end; ++it) out.number = out.number * 10 + (*it - '0');
  return out;
}

void AddSecondary(TargetField field, int number, double score, std::vector<HeaderMatch>* out) {
  const int most = static_cast<int>(kMaxContacts);
  if (number >= 1 && number <= most) {
    out->push_back({{.field = field, .index = number}, score});
    return;
  }
  for (int index = 1; index <= most; ++index) {
    out->push_back({{.field = field, .index = index}, score - 0.001 * index});
  }
}

void AddMatches(const Alias& alias, int number, std::vector<HeaderMatch>* out) {
  if (alias.field == F::kSecondaryPhone || alias.field == F::kSecondaryName) {
    return AddSecondary(alias.field, number, alias.score * 0.98, out);
  }
  if (number > 1) {
    // "Phone 2" is the first phone beside "Phone" or "Phone 1".
    if (alias.field == F::kPhone)
      AddSecondary(F::kSecondaryPhone, number - 1, alias.score * 0.95, out);
    return;
  }
  out->push_back({{.field = alias.field, .index = 0}, alias.score * (number == 1 ? 0.97 : 1)});
  if (alias.field == F::kPhone) AddSecondary(F::kSecondaryPhone, 0, 0.7 * alias.score + 0.05, out);
}

}  // namespace

std::vector<HeaderMatch> MatchHeader(std::string_view header) {
  std::vector<HeaderMatch> matches;
  if (header.size() > 100) return matches;
  const std::string folded = FoldText(header);
  const std::string compact = FoldKey(header);
  const Numbered numbered = TakeNumber(compact);
  if (const auto alias = BestAlias(numbered.text)) {
    AddMatches(*alias, numbered.number, &matches);
    return matches;
  }
  const auto has = [&folded](std::string_view word) { return HasWord(folded, word); };
  if (std::any_of(std::begin(kPhoneWords), std::end(kPhoneWords), has)) {
    AddMatches({{}, F::kPhone, 0.75}, numbered.number, &matches);
  } else if (std::any_of(std::begin(kEmailWords), std::end(kEmailWords), has)) {
    AddMatches({{}, F::kEmail, 0.75}, numbered.number, &matches);
  }
  return matches;
}

}  // namespace leadline
