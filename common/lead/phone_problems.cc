// The texts of every phone problem.
#include <algorithm>
#include <array>
#include <string_view>

#include "common/lead/phone.h"

namespace leadline {
namespace {

constexpr PhoneProblem kProblems[] = {
    {"phone_missing", "There is no phone number.", "Add the number with its country code.",
     "+14155551234"},
    {"phone_placeholder", "This stands for a missing number.",
     "Replace it with the real number, or leave the row out.", "+14155551234"},
    {"phone_scientific", "A spreadsheet has cut this number short; its last digits are lost.",
     "Format the column as text in the original file and export it again.", "+441134960000"},
    {"phone_letters", "There are letters in the number.", "Write digits only.", "+14155551234"},
    {"phone_several", "There is more than one number in this cell.",
     "Keep one here and move the others to secondary_phone_1, secondary_phone_2 and so on.",
     "+14155551234"},
    {"phone_no_country_code", "The country code is missing.",
     "Choose a default country, or write + and the country code before the number.",
     "+12125551234"},
    {"phone_unknown_country_code", "No country has this country code.",
     "Check the digits behind the +.", "+447911123456"},
    {"phone_too_short", "The number is too short for its country.",
     "Add the missing digits; often the area code is missing.", "+12125551234"},
    {"phone_too_long", "The number is too long for its country.",
     "Remove the digits that are too many.", "+12125551234"},
    {"phone_wrong_length", "No number of this country has so many digits.",
     "Compare the number with its source.", "+12125551234"},
    {"phone_unreadable", "This can't be read as a phone number.",
     "Write + and the country code, then digits only.", "+14155551234"},
    {"phone_not_in_plan",
     "The number has a possible length, but its country has not given out such numbers.",
     "Check the area code and the digits. If the number is new and right, accept it.",
     "+14155551234"},
    {"phone_not_dialable",
     "Emergency, short, premium-rate, shared-cost, personal and satellite numbers are never "
     "dialled.",
     "Use the person's ordinary number. An administrator can allow a type.", "+14155551234"},
    {"phone_extension", "The number has an extension, which can't be dialled.",
     "Accept the number without it, or use a direct line.", "+14155551234"},
    {"phone_vanity_letters", "Part of the number is written as letters.",
     "Accept the digits on the same keys.", "+18003569377"},
    {"phone_label", "There are words beside the number.", "Accept the number alone.",
     "+14155551234"},
    {"phone_decimal_tail", "A spreadsheet has added decimal places.",
     "Accept the number without them.", "+14155551234"},
    {"phone_fullwidth_digits", "The digits are not the plain 0 to 9.",
     "Accept the number in plain digits.", "+81312345678"},
    {"phone_double_plus", "There is more than one +.", "Accept the number with one +.",
     "+14155551234"},
    {"phone_00_prefix", "The number starts with an international prefix such as 00 instead of +.",
     "Accept the number with +.", "+442079460958"},
    {"phone_missing_plus", "The + before the country code is missing.", "Accept the number with +.",
     "+14155551234"},
    {"phone_doubled_country_code", "The country code is there twice.",
     "Accept the number with one.", "+447911123456"},
    {"phone_trunk_zero", "A 0 or another trunk prefix stands between country code and number.",
     "Accept the number without it.", "+442079460958"},
    {"phone_has_punctuation", "There are spaces or marks in the number.",
     "Accept the number in digits only.", "+14155551234"},
    {"phone_surrounding_space", "There is space around the number.",
     "Accept the number without it.", "+14155551234"},
};

constexpr const PhoneProblem* Find(std::string_view code) {
  const auto* found = std::find_if(std::begin(kProblems), std::end(kProblems),
                                   [&](const PhoneProblem& p) { return p.code == code; });
  return found == std::end(kProblems) ? nullptr : found;
}

}  // namespace

const PhoneProblem& PhoneProblemText(std::string_view code) {
  constexpr const PhoneProblem* kUnreadable = Find("phone_unreadable");
  const PhoneProblem* found = Find(code);
  return found == nullptr ? *kUnreadable : *found;
}

std::span<const PhoneProblem> PhoneProblems() {
  return kProblems;
}

}  // namespace leadline
