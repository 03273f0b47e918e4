#include "common/lead/yes_no.h"

#include "common/base/fold.h"

namespace leadline {
namespace {

// Folded. A word that is both in two languages ("ne", "no" as number) stands where it is met more.
constexpr std::string_view kYes =
    "yes y true ja j wahr oui vrai si sim verdadero verdadeiro vero tak prawda ano igen да так "
    "evet dogru kylla sand sant da ναι はい 是 예 네 نعم हां opted-in";
constexpr std::string_view kNo =
    "no n false nein falsch non faux falso nao nee nie falsz ne nem нет ні hayir yanlis ei nej nei "
    "falsk falskt nu οχι όχι いいえ 否 不是 아니요 لا नहीं opted-out";
constexpr std::string_view kLenientYes = "1 on x ✓ ✔ ☑ ✅";
constexpr std::string_view kLenientNo = "0 off ✗ ✘ ☐ ❌";

}  // namespace

std::string_view ReadYesNo(std::string_view text, bool lenient) {
  if (text == "yes" || text == "no") return text;
  if (text.empty() || text.size() > 20) return {};
  const std::string folded = FoldText(text);
  if (HasListedWord(kYes, folded)) return "yes";
  if (HasListedWord(kNo, folded)) return "no";
  if (lenient && HasListedWord(kLenientYes, folded)) return "yes";
  if (lenient && HasListedWord(kLenientNo, folded)) return "no";
  return {};
}

}  // namespace leadline
