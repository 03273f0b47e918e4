// Email addresses: what is wrong with one, and what was probably meant. Pure, thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace leadline {

// The code of the first thing that is wrong with `email` (trimmed, not empty), or nothing: one of
// the email_* codes of validate.h that are errors. Practical rather than RFC 5322: quoted local
// parts and address literals are nobody's address in a list of leads. Other scripts are fine on
// both sides of the @ (müller.de).
std::string_view EmailFault(std::string_view email);

struct EmailProposal {
  std::string email;  // faultless; empty: none
  bool safe = false;  // the same address without what stands around it; else a guess
  const char* note = "";
};
// REQUIRES EmailFault(email) is not empty.
EmailProposal ProposeEmail(std::string_view email);

// "gmial.com" in a faultless address: the whole address with the domain that was probably meant;
// empty for nearly all. Always a guess.
std::string ProposeEmailDomain(std::string_view email);

}  // namespace leadline
