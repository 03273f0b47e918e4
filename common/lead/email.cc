#include "common/lead/email.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "common/base/fold.h"
#include "common/base/utf8.h"
#include "common/lead/validate.h"

namespace leadline {
namespace {

bool IsDomainEdge(char c) {
  return c == '.' || c == '-';
}

enum class EmailByte : uint8_t { kFine, kNever, kSpace };

constexpr std::array<EmailByte, 128> kEmailBytes = [] {
  std::array<EmailByte, 128> table{};
  for (size_t c = 0; c <= ' '; ++c) table[c] = EmailByte::kSpace;
  table[0x7F] = EmailByte::kSpace;
  for (const char c : std::string_view("()<>[]\\,;:\""))
    table[static_cast<unsigned char>(c)] = EmailByte::kNever;
  return table;
}();

constexpr std::string_view kBetween = " ,;|/\t\n";  // two addresses

// Each part with an @ of its own: "a@b.com; c@d.com".
bool HoldsSeveral(std::string_view email) {
  const size_t first = email.find('@');
  const size_t second = email.find('@', first + 1);
  if (second == std::string_view::npos) return false;
  const size_t gap = email.substr(0, second).find_first_of(kBetween, first);
  return gap != std::string_view::npos && gap > first + 1 && gap + 1 < second;
}

// What was meant -> how it is mistyped, without the endings that are checked for all.
struct DomainTypos {
  std::string_view domain;
  std::string_view typos;
};
constexpr DomainTypos kDomainTypos[] = {
    {"gmail.com",
     "gmial.com gamil.com gmai.com gmal.com gmil.com gnail.com gmaill.com gmaul.com gmali.com "
     "gimail.com ggmail.com gmeil.com gmail.co gmail.cm gmail.om gmail.comm gmailcom.com"},
    {"hotmail.com",
     "hotmial.com hotmal.com hotmai.com hotmil.com hotmali.com hotmaill.com hotamil.com "
     "hormail.com hotnail.com htmail.com hotmail.cm hotmail.om"},
    {"yahoo.com", "yaho.com yahooo.com yhaoo.com yhoo.com yaoo.com yahho.com yahoo.cm yahoo.om"},
    {"outlook.com", "outlok.com outloo.com outllok.com outlool.com outlook.cm oulook.com"},
    {"icloud.com", "iclod.com icoud.com icould.com icloud.cm iclud.com"},
};

// One mend after the other, until the address has no fault; what is cut off carries no meaning.
std::string_view StripAround(std::string_view email) {
  const size_t open = email.find('<');
  const size_t close = email.rfind('>');
  if (open != std::string_view::npos && close != std::string_view::npos && open < close) {
    email = email.substr(open + 1, close - open - 1);
  }
  if (AsciiLower(email.substr(0, 7)) == "mailto:") email.remove_prefix(7);
  constexpr std::string_view kAfter = ". \t\n\"'`<>()[],;:";
  const size_t begin = email.find_first_not_of(kAfter.substr(1));
  if (begin == std::string_view::npos) return {};
  email = email.substr(begin);
  email = email.substr(0, email.find_last_not_of(kAfter) + 1);
  // "mailto:anna@example.com?subject=..."
  const size_t question = email.find('?');
  if (question != std::string_view::npos && email.find('@') < question) {
    email = email.substr(0, question);
  }
  return TrimUtf8(email);
}

std::string Replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string out(text);
  for (size_t at = out.find(from); at != std::string::npos; at = out.find(from, at + to.size())) {
    out.replace(at, from.size(), to);
  }
  return out;
}

struct Mend {
  std::string_view from;
  std::string_view to;
  bool safe;
  const char* note;
};
constexpr Mend kMends[] = {
    {"\xEF\xBC\xA0", "@", true, "a wide @ made a plain one"},
    {"(at)", "@", true, "(at) written as @"},
    {"[at]", "@", true, "[at] written as @"},
    {" at ", "@", false, "at written as @"},
    {"@@", "@", false, "one @ taken away"},
    {" @", "@", false, "space taken out"},
    {"@ ", "@", false, "space taken out"},
    {" .", ".", false, "space taken out"},
    {". ", ".", false, "space taken out"},
    {"..", ".", false, "one dot taken away"},
    {"@.", "@", false, "dot taken away"},
    {".@", "@", false, "dot taken away"},
    {",", ".", false, "a dot for the comma"},
};

}  // namespace

std::string_view EmailFault(std::string_view email) {
  const size_t at = email.find('@');
  if (at == std::string_view::npos) return "email_no_at";
  const std::string_view local = email.substr(0, at);
  const std::string_view domain = email.substr(at + 1);
  for (size_t p = 0; p < email.size();) {
    const auto byte = static_cast<unsigned char>(email[p]);
    const bool ascii = byte < 0x80;
    if (ascii && kEmailBytes[byte] == EmailByte::kFine) {
      ++p;
      continue;
    }
    if (ascii && kEmailBytes[byte] == EmailByte::kNever) {
      return HoldsSeveral(email) ? "email_several" : "email_character";
    }
    if (IsSpaceCodePoint(DecodeUtf8(email, &p))) {
      return HoldsSeveral(email) ? "email_several" : "email_space";
    }
  }
  if (domain.find('@') != std::string_view::npos) {
    return HoldsSeveral(email) ? "email_several" : "email_double_at";
  }
  if (local.empty()) return "email_empty_local";
  if (domain.empty()) return "email_empty_domain";
  if (email.find("..") != std::string_view::npos) return "email_double_dot";
  if (local.front() == '.' || local.back() == '.' || IsDomainEdge(domain.front()) ||
      IsDomainEdge(domain.back())) {
    return "email_dot_at_edge";
  }
  if (domain.find('.') == std::string_view::npos) return "email_no_tld";
  if (email.size() > kMaxEmailBytes || local.size() > kMaxEmailLocalBytes) return "email_too_long";
  return {};
}

EmailProposal ProposeEmail(std::string_view email) {
  EmailProposal out;
  if (email.size() > kMaxEmailBytes * 2) return out;
  const std::string_view inner = StripAround(email);
  if (inner.empty()) return out;
  if (EmailFault(inner).empty()) {
    return {std::string(inner), true, "took the address out of the text"};
  }
  const size_t at = email.find('@');
  if (at != std::string_view::npos && HoldsSeveral(email)) {
    const std::string_view first = StripAround(email.substr(0, email.find_first_of(kBetween, at)));
    if (!first.empty() && EmailFault(first).empty()) {
      return {std::string(first), false, "the first of them"};
    }
    return out;
  }
  std::string mended(inner);
  bool safe = true;
  for (const Mend& mend : kMends) {
    std::string next = Replaced(mended, mend.from, mend.to);
    if (next == mended) continue;
    mended = std::move(next);
    safe = safe && mend.safe;
    if (EmailFault(mended).empty()) return {std::move(mended), safe, mend.note};
  }
  return out;
}

std::string ProposeEmailDomain(std::string_view email) {
  const size_t at = email.find('@');
  if (at == std::string_view::npos) return {};
  const std::string_view written = email.substr(at + 1);
  const char first = static_cast<char>(written.empty() ? 0 : written.front() | 0x20);
  const bool con = email.ends_with(".con");
  const bool like = written.size() <= 20 && std::string_view("ghyoi").find(first) < 5;
  if (!con && !like) return {};
  const std::string domain =
      AsciiLower(con ? written.substr(0, written.size() - 4) : written) + (con ? ".com" : "");
  for (const DomainTypos& one : kDomainTypos) {
    if (one.domain.front() != first) continue;
    if (one.domain == domain && !con) return {};
    if (one.domain == domain || HasListedWord(one.typos, domain)) {
      return std::string(email.substr(0, at + 1)).append(one.domain);
    }
  }
  return con ? std::string(email.substr(0, at + 1)).append(domain) : std::string();
}

}  // namespace leadline
