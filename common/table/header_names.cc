#include "common/table/header_names.h"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>

#include "common/base/fold.h"
#include "common/lead/lead.h"

namespace leadline {
namespace {

using F = TargetField;

struct Alias {
  std::string_view text;  // folded, without anything but letters and digits
  TargetField field;
  double score = 1;
};

// Exact names first, then what is a little less sure. English, German, French, Spanish, Portuguese,
// Italian, Dutch, Polish, Swedish, Danish, Czech, Turkish, Romanian, Russian, Ukrainian, Greek,
// Chinese, Japanese, Korean, Arabic, Hindi.
constexpr Alias kAliases[] = {
    {"name", F::kName},
    {"fullname", F::kName},
    {"customername", F::kName},
    {"contactname", F::kName},
    {"leadname", F::kName},
    {"clientname", F::kName},
    {"personname", F::kName, 0.95},
    {"contactperson", F::kName, 0.95},
    {"prospectname", F::kName, 0.95},
    {"displayname", F::kName, 0.9},
    {"customer", F::kName, 0.75},
    {"contact", F::kName, 0.75},
    {"lead", F::kName, 0.75},
    {"client", F::kName, 0.75},
    {"vollstandigername", F::kName},
    {"ansprechpartner", F::kName, 0.9},
    {"kundenname", F::kName, 0.95},
    {"kunde", F::kName, 0.75},
    {"nomcomplet", F::kName},
    {"nometprenom", F::kName},
    {"nomprenom", F::kName},
    {"nombre", F::kName, 0.9},
    {"nombrecompleto", F::kName},
    {"nombreyapellidos", F::kName},
    {"nome", F::kName, 0.95},
    {"nomecompleto", F::kName},
    {"nomecognome", F::kName},
    {"nomeecognome", F::kName},
    {"naam", F::kName},
    {"volledigenaam", F::kName},
    {"imieinazwisko", F::kName},
    {"namn", F::kName},
    {"navn", F::kName},
    {"jmenoaprijmeni", F::kName},
    {"jmeno", F::kName, 0.8},
    {"adsoyad", F::kName},
    {"isim", F::kName, 0.9},
    {"numecomplet", F::kName},
    {"имя", F::kName, 0.9},
    {"фио", F::kName},
    {"полноеимя", F::kName},
    {"имяифамилия", F::kName},
    {"піб", F::kName},
    {"ονοματεπώνυμο", F::kName},
    {"όνομα", F::kName, 0.9},
    {"姓名", F::kName},
    {"名字", F::kName, 0.9},
    {"名前", F::kName},
    {"氏名", F::kName},
    {"이름", F::kName},
    {"성명", F::kName},
    {"الاسم", F::kName},
    {"नाम", F::kName},

    {"firstname", F::kFirstName},
    {"givenname", F::kFirstName},
    {"forename", F::kFirstName},
    {"fname", F::kFirstName},
    {"first", F::kFirstName, 0.8},
    {"vorname", F::kFirstName},
    {"prenom", F::kFirstName},
    {"primernombre", F::kFirstName},
    {"primeironome", F::kFirstName},
    {"voornaam", F::kFirstName},
    {"imie", F::kFirstName},
    {"fornamn", F::kFirstName},
    {"fornavn", F::kFirstName},
    {"krestnijmeno", F::kFirstName},
    {"prenume", F::kFirstName},

    {"lastname", F::kLastName},
    {"surname", F::kLastName},
    {"familyname", F::kLastName},
    {"lname", F::kLastName},
    {"last", F::kLastName, 0.8},
    {"nachname", F::kLastName},
    {"familienname", F::kLastName},
    {"zuname", F::kLastName},
    {"nomdefamille", F::kLastName},
    {"nom", F::kLastName, 0.8},
    {"apellido", F::kLastName},
    {"apellidos", F::kLastName},
    {"sobrenome", F::kLastName},
    {"apelido", F::kLastName},
    {"cognome", F::kLastName},
    {"achternaam", F::kLastName},
    {"nazwisko", F::kLastName},
    {"efternamn", F::kLastName},
    {"efternavn", F::kLastName},
    {"prijmeni", F::kLastName},
    {"soyad", F::kLastName},
    {"soyadi", F::kLastName},
    {"фамилия", F::kLastName},
    {"прізвище", F::kLastName},
    {"επώνυμο", F::kLastName},

    {"phone", F::kPhone},
    {"phonenumber", F::kPhone},
    {"phoneno", F::kPhone},
    {"telephone", F::kPhone},
    {"telephonenumber", F::kPhone},
    {"tel", F::kPhone},
    {"telno", F::kPhone},
    {"primaryphone", F::kPhone},
    {"mainphone", F::kPhone, 0.98},
    {"contactnumber", F::kPhone, 0.95},
    {"number", F::kPhone, 0.7},
    {"mobile", F::kPhone, 0.9},
    {"mobilephone", F::kPhone, 0.9},
    {"mobilenumber", F::kPhone, 0.9},
    {"mobileno", F::kPhone, 0.9},
    {"cell", F::kPhone, 0.9},
    {"cellphone", F::kPhone, 0.9},
    {"workphone", F::kPhone, 0.85},
    {"businessphone", F::kPhone, 0.85},
    {"officephone", F::kPhone, 0.85},
    {"directphone", F::kPhone, 0.85},
    {"homephone", F::kPhone, 0.8},
    {"whatsapp", F::kPhone, 0.7},
    {"telefon", F::kPhone},
    {"telefonnummer", F::kPhone},
    {"rufnummer", F::kPhone},
    {"handy", F::kPhone, 0.9},
    {"handynummer", F::kPhone, 0.9},
    {"mobil", F::kPhone, 0.9},
    {"mobilnummer", F::kPhone, 0.9},
    {"festnetz", F::kPhone, 0.8},
    {"numerodetelephone", F::kPhone},
    {"telephoneportable", F::kPhone, 0.9},
    {"portable", F::kPhone, 0.85},
    {"telefono", F::kPhone},
    {"numerodetelefono", F::kPhone},
    {"telefonomovil", F::kPhone, 0.9},
    {"movil", F::kPhone, 0.9},
    {"celular", F::kPhone, 0.9},
    {"telefone", F::kPhone},
    {"numerodetelefone", F::kPhone},
    {"telemovel", F::kPhone, 0.9},
    {"numeroditelefono", F::kPhone},
    {"cellulare", F::kPhone, 0.9},
    {"telefoon", F::kPhone},
    {"telefoonnummer", F::kPhone},
    {"mobiel", F::kPhone, 0.9},
    {"numertelefonu", F::kPhone},
    {"komorka", F::kPhone, 0.85},
    {"telefonnr", F::kPhone},
    {"telefoni", F::kPhone, 0.95},
    {"telefonicislo", F::kPhone},
    {"telefonnicislo", F::kPhone},
    {"telefonnumarasi", F::kPhone},
    {"ceptelefonu", F::kPhone, 0.9},
    {"numardetelefon", F::kPhone},
    {"телефон", F::kPhone},
    {"номертелефона", F::kPhone},
    {"номертелефону", F::kPhone},
    {"мобильный", F::kPhone, 0.9},
    {"τηλέφωνο", F::kPhone},
    {"κινητό", F::kPhone, 0.9},
    {"电话", F::kPhone},
    {"电话号码", F::kPhone},
    {"手机", F::kPhone, 0.9},
    {"手机号", F::kPhone, 0.9},
    {"電話", F::kPhone},
    {"電話番号", F::kPhone},
    {"携帯", F::kPhone, 0.9},
    {"携帯電話", F::kPhone, 0.9},
    {"전화", F::kPhone},
    {"전화번호", F::kPhone},
    {"휴대폰", F::kPhone, 0.9},
    {"الهاتف", F::kPhone},
    {"رقمالهاتف", F::kPhone},
    {"फोन", F::kPhone},

    {"email", F::kEmail},
    {"emailaddress", F::kEmail},
    {"mail", F::kEmail, 0.95},
    {"mailaddress", F::kEmail, 0.95},
    {"workemail", F::kEmail, 0.9},
    {"emailadresse", F::kEmail},
    {"mailadresse", F::kEmail, 0.95},
    {"adresseemail", F::kEmail},
    {"adressemail", F::kEmail},
    {"courriel", F::kEmail},
    {"correo", F::kEmail},
    {"correoelectronico", F::kEmail},
    {"emailadres", F::kEmail},
    {"enderecodeemail", F::kEmail},
    {"indirizzoemail", F::kEmail},
    {"adresemail", F::kEmail},
    {"epost", F::kEmail},
    {"eposta", F::kEmail},
    {"почта", F::kEmail, 0.9},
    {"электроннаяпочта", F::kEmail},
    {"邮箱", F::kEmail},
    {"电子邮件", F::kEmail},
    {"メール", F::kEmail},
    {"メールアドレス", F::kEmail},
    {"이메일", F::kEmail},
    {"البريدالإلكتروني", F::kEmail},
    {"ईमेल", F::kEmail},

    {"company", F::kCompany},
    {"companyname", F::kCompany},
    {"organization", F::kCompany},
    {"organisation", F::kCompany},
    {"organizationname", F::kCompany},
    {"business", F::kCompany, 0.85},
    {"businessname", F::kCompany},
    {"account", F::kCompany, 0.7},
    {"accountname", F::kCompany, 0.85},
    {"employer", F::kCompany, 0.85},
    {"firma", F::kCompany},
    {"firmenname", F::kCompany},
    {"unternehmen", F::kCompany},
    {"entreprise", F::kCompany},
    {"societe", F::kCompany},
    {"raisonsociale", F::kCompany},
    {"empresa", F::kCompany},
    {"compania", F::kCompany},
    {"razonsocial", F::kCompany},
    {"azienda", F::kCompany},
    {"societa", F::kCompany},
    {"ragionesociale", F::kCompany},
    {"bedrijf", F::kCompany},
    {"bedrijfsnaam", F::kCompany},
    {"nazwafirmy", F::kCompany},
    {"foretag", F::kCompany},
    {"virksomhed", F::kCompany},
    {"spolecnost", F::kCompany},
    {"sirket", F::kCompany},
    {"companie", F::kCompany},
    {"компания", F::kCompany},
    {"организация", F::kCompany},
    {"компанія", F::kCompany},
    {"εταιρεία", F::kCompany},
    {"公司", F::kCompany},
    {"会社", F::kCompany},
    {"会社名", F::kCompany},
    {"회사", F::kCompany},
    {"회사명", F::kCompany},
    {"الشركة", F::kCompany},
    {"कंपनी", F::kCompany},

    {"timezone", F::kTimezone},
    {"tz", F::kTimezone},
    {"timezonename", F::kTimezone},
    {"zeitzone", F::kTimezone},
    {"fuseauhoraire", F::kTimezone},
    {"zonahoraria", F::kTimezone},
    {"husohorario", F::kTimezone},
    {"fusohorario", F::kTimezone},
    {"fusoorario", F::kTimezone},
    {"tijdzone", F::kTimezone},
    {"strefaczasowa", F::kTimezone},
    {"tidszon", F::kTimezone},
    {"tidszone", F::kTimezone},
    {"casovepasmo", F::kTimezone},
    {"zamandilimi", F::kTimezone},
    {"saatdilimi", F::kTimezone},
    {"часовойпояс", F::kTimezone},
    {"时区", F::kTimezone},
    {"タイムゾーン", F::kTimezone},
    {"시간대", F::kTimezone},

    {"country", F::kCountry},
    {"countryname", F::kCountry},
    {"countrycode", F::kCountry},
    {"countryregion", F::kCountry},
    {"nation", F::kCountry, 0.8},
    {"land", F::kCountry, 0.85},
    {"pays", F::kCountry, 0.85},
    {"pais", F::kCountry, 0.85},
    {"paese", F::kCountry, 0.85},
    {"kraj", F::kCountry, 0.85},
    {"zeme", F::kCountry, 0.85},
    {"stat", F::kCountry, 0.7},
    {"orszag", F::kCountry},
    {"ulke", F::kCountry, 0.85},
    {"maa", F::kCountry, 0.8},
    {"tara", F::kCountry, 0.8},
    {"drzava", F::kCountry, 0.85},
    {"страна", F::kCountry},
    {"країна", F::kCountry},
    {"χώρα", F::kCountry, 0.85},
    {"国", F::kCountry},
    {"国名", F::kCountry},
    {"国家", F::kCountry},
    {"國家", F::kCountry},
    {"국가", F::kCountry},
    {"البلد", F::kCountry},
    {"الدولة", F::kCountry},
    {"देश", F::kCountry},

    {"secondaryphone", F::kSecondaryPhone},
    {"alternatephone", F::kSecondaryPhone},
    {"alternativephone", F::kSecondaryPhone},
    {"altphone", F::kSecondaryPhone},
    {"otherphone", F::kSecondaryPhone},
    {"additionalphone", F::kSecondaryPhone},
    {"secondphone", F::kSecondaryPhone},
    {"backupphone", F::kSecondaryPhone},
    {"secondarycontact", F::kSecondaryPhone, 0.8},
    {"secondaryname", F::kSecondaryName},
    {"secondarycontactname", F::kSecondaryName},
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
constexpr uint32_t BytesIn(std::string_view text) {
  uint32_t bits = 0;
  for (const char c : text) bits |= 1u << (static_cast<uint8_t>(c) & 31u);
  return bits;
}
constexpr auto kAliasBytes = [] {
  std::array<uint32_t, std::size(kAliases)> out{};
  for (size_t i = 0; i < out.size(); ++i) out[i] = BytesIn(kAliases[i].text);
  return out;
}();

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
  for (const Alias& alias : kAliases) {
    if (alias.text == text) return alias;
  }
  std::optional<Alias> best;
  const uint32_t bytes = BytesIn(text);
  for (size_t i = 0; i < std::size(kAliases); ++i) {
    const Alias& alias = kAliases[i];
    if (alias.score < kSureAlias || std::popcount(bytes ^ kAliasBytes[i]) > 2 * int{kMaxEdits}) {
      continue;
    }
    const double score = Likeness(text, alias.text) * alias.score;
    if (score > 0 && (!best || score > best->score)) best = Alias{alias.text, alias.field, score};
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
