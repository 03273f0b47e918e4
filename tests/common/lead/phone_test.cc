#include "common/lead/phone.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace leadline {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct VerdictCase {
  const char* e164;
  bool valid;
  PhoneType type;
  const char* region;
};

TEST(JudgeE164, KnowsValidityTypeAndRegion) {
  constexpr VerdictCase kCases[] = {
      {"+12125551234", true, PhoneType::kFixedOrMobile, "US"},
      {"+14155551234", true, PhoneType::kFixedOrMobile, "US"},
      {"+16045551234", true, PhoneType::kFixedOrMobile, "CA"},  // one calling code, many countries
      {"+18765551234", true, PhoneType::kMobile, "JM"},
      {"+447911123456", true, PhoneType::kMobile, "GG"},
      {"+442079460958", true, PhoneType::kFixedLine, "GB"},
      {"+8801977317066", true, PhoneType::kMobile, "BD"},
      {"+77012345678", true, PhoneType::kMobile, "KZ"},
      {"+390669800001", true, PhoneType::kFixedLine, "VA"},  // the 0 belongs to the number
      {"+18005551234", true, PhoneType::kTollFree, "US"},
      {"+19005551234", true, PhoneType::kPremium, "US"},
      {"+33810123456", true, PhoneType::kSharedCost, "FR"},
      {"+447012345678", true, PhoneType::kPersonal, "GB"},
      {"+443001234567", true, PhoneType::kUan, "GB"},
      {"+80012345678", true, PhoneType::kTollFree, "001"},
      {"+870773111632", true, PhoneType::kMobile, "001"},
      {"+11235551234", false, PhoneType::kUnknown, ""},
      {"+550123456789", false, PhoneType::kUnknown, "BR"},
  };
  for (const VerdictCase& c : kCases) {
    const PhoneVerdict verdict = JudgeE164(c.e164);
    EXPECT_TRUE(verdict.possible) << c.e164;
    EXPECT_EQ(verdict.valid, c.valid) << c.e164;
    EXPECT_EQ(PhoneTypeName(verdict.type), PhoneTypeName(c.type)) << c.e164;
    EXPECT_EQ(verdict.region_code(), c.region) << c.e164;
  }
}

TEST(JudgeE164, SaysHowTheLengthIsWrong) {
  EXPECT_EQ(JudgeE164("+14155551234").length, PhoneLength::kPossible);
  EXPECT_EQ(JudgeE164("+15551234").length, PhoneLength::kLocalOnly);
  EXPECT_EQ(JudgeE164("+1415555").length, PhoneLength::kTooShort);
  EXPECT_EQ(JudgeE164("+141555512345").length, PhoneLength::kTooLong);
  EXPECT_EQ(JudgeE164("+999123456").length, PhoneLength::kNoSuchPlan);
  EXPECT_EQ(JudgeE164("+0123456789").length, PhoneLength::kNoSuchPlan);
  EXPECT_EQ(JudgeE164("+12").length, PhoneLength::kTooShort);
  EXPECT_EQ(JudgeE164("+" + std::string(249, '1')).length, PhoneLength::kTooLong);
}

TEST(JudgeE164, TakesNothingButAPlusAndDigits) {
  for (const std::string text :
       {"", "+", "14155551234", "+1415555123a", "+1 4155551234", "++14155551234", "+-4155551234",
        "+141555512\xD9\xA3", "+14155551234 ", "+1415555:234", "+1415555/234",
        "+141555512345678x"}) {
    EXPECT_EQ(JudgeE164(text), PhoneVerdict()) << text;
    EXPECT_EQ(CanonicalE164(text), "") << text;
  }
  EXPECT_EQ(JudgeE164("+" + std::string(250, '1')), PhoneVerdict());
}

// libphonenumber drops a trunk prefix behind the calling code; the text as it stands must not be
// stored.
TEST(JudgeE164, TakesNoTextForCanonicalThatIsReadAsAnotherNumber) {
  struct {
    const char* text;
    const char* read_as;
  } constexpr kCases[] = {
      {"+4402077993403", "+442077993403"},     // Britain's trunk zero
      {"+114155551234", "+14155551234"},       // the 1 of North America
      {"+540111512345678", "+5491112345678"},  // Argentina: 0 11 15 becomes 9 11
      {"+2612212345", "+261202212345"},        // Madagascar: the area code is added
      {"+55012312345678", "+5512312345678"},   // Brazil: 0, not valid either way
  };
  for (const auto& c : kCases) {
    EXPECT_FALSE(JudgeE164(c.text).canonical) << c.text;
    EXPECT_EQ(CanonicalE164(c.text), c.read_as);
    EXPECT_EQ(JudgeE164(c.text).valid, JudgeE164(c.read_as).valid) << c.text;
    EXPECT_TRUE(JudgeE164(c.read_as).canonical) << c.read_as;
    EXPECT_FALSE(IsDialable(JudgeE164(c.text))) << c.text;
  }
}

TEST(JudgeE164, KeepsToTheLengthsOfE164) {
  EXPECT_TRUE(JudgeE164("+491234").possible);
  EXPECT_FALSE(JudgeE164("+491234").canonical);
  EXPECT_FALSE(JudgeE164("+49301234567890123").canonical);
}

TEST(JudgeE164, IsSafeFromManyThreads) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([] { EXPECT_TRUE(JudgeE164("+14155551234").valid); });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(IsDialable, RefusesWhatCostsOrReachesNobody) {
  for (const char* e164 :
       {"+14155551234", "+447911123456", "+442079460958", "+18005551234", "+443001234567"}) {
    EXPECT_TRUE(IsDialable(JudgeE164(e164))) << e164;
  }
  for (const char* e164 :
       {"+19005551234", "+33810123456", "+447012345678", "+870773111632", "+80012345678",
        "+11235551234", "+911", "+112", "+999", "+1911", "+44999", ""}) {
    EXPECT_FALSE(IsDialable(JudgeE164(e164))) << e164;
  }
}

TEST(IsDialable, FollowsTheAdministratorButNeverToSatellites) {
  const PhoneTypeSet premium_too = kDialableTypes | PhoneTypeBit(PhoneType::kPremium);
  EXPECT_TRUE(IsDialable(JudgeE164("+19005551234"), premium_too));
  EXPECT_FALSE(IsDialable(JudgeE164("+870773111632"), static_cast<PhoneTypeSet>(0xFFFF)));
  EXPECT_FALSE(IsDialable(JudgeE164("+11235551234"), static_cast<PhoneTypeSet>(0xFFFF)));
  EXPECT_FALSE(IsDialable(JudgeE164("+447911123456"), PhoneTypeBit(PhoneType::kFixedLine)));
}

struct CellCase {
  const char* raw;
  const char* region;
  const char* e164;
  const char* code;
};

// Specification, section 3: accepted and refused as they stand.
TEST(ReadPhone, AcceptsExactNumbersAsTheyStand) {
  for (const char* raw : {"+12125551234", "+447911123456", "+8801977317066", "+14155551234"}) {
    for (const char* region : {"", "US", "BD"}) {
      const PhoneReading reading = ReadPhone(raw, region);
      EXPECT_TRUE(reading.fine()) << raw << reading.problem_code;
      EXPECT_EQ(reading.e164, raw);
      EXPECT_FALSE(reading.repaired) << raw;
      EXPECT_EQ(reading.repair_note, "");
    }
  }
}

TEST(ReadPhone, RefusesNationalFormsWithoutARegion) {
  for (const char* raw :
       {"212-555-1234", "(212) 555-1234", "01977317066", "5551234567", "415-555-1234"}) {
    for (const char* region : {"", "XX", "U", "USA", "001"}) {
      const PhoneReading reading = ReadPhone(raw, region);
      EXPECT_STREQ(reading.problem_code, "phone_no_country_code") << raw;
      EXPECT_EQ(reading.e164, "") << raw;
      EXPECT_FALSE(reading.repaired) << raw;
    }
  }
}

void ExpectCell(const CellCase& c, bool repaired) {
  const PhoneReading reading = ReadPhone(c.raw, c.region);
  EXPECT_STREQ(reading.problem_code, c.code) << c.raw;
  EXPECT_EQ(reading.e164, c.e164) << c.raw;
  EXPECT_EQ(reading.repaired, repaired) << c.raw;
  EXPECT_EQ(reading.repair_note.empty(), !repaired) << c.raw << ": " << reading.repair_note;
  EXPECT_EQ(reading.verdict, reading.e164.empty() ? PhoneVerdict() : JudgeE164(reading.e164))
      << c.raw;
}

TEST(ReadPhone, ProposesARepairAndNamesWhatWasWrong) {
  constexpr CellCase kCases[] = {
      {"212-555-1234", "US", "+12125551234", "phone_no_country_code"},
      {"(212) 555-1234", "us", "+12125551234", "phone_no_country_code"},
      {"01977317066", "BD", "+8801977317066", "phone_no_country_code"},
      {"1977317066", "BD", "+8801977317066",
       "phone_no_country_code"},  // the zero lost in a spreadsheet
      {"020 7946 0958", "GB", "+442079460958", "phone_no_country_code"},
      {"06 6980 0001", "IT", "+390669800001", "phone_no_country_code"},  // whose zero stays
      {"011 15-1234-5678", "AR", "+5491112345678", "phone_no_country_code"},
      {"8 (912) 345-67-89", "RU", "+79123456789", "phone_no_country_code"},
      {"14155551234", "US", "+14155551234", "phone_missing_plus"},
      {"447911123456", "", "+447911123456", "phone_missing_plus"},
      {"447911123456", "US", "+447911123456", "phone_missing_plus"},
      {"00447911123456", "", "+447911123456", "phone_00_prefix"},
      {"00 44 7911 123456", "DE", "+447911123456", "phone_00_prefix"},
      {"011 44 7911 123456", "US", "+447911123456", "phone_00_prefix"},
      {"+00447911123456", "", "+447911123456", "phone_00_prefix"},
      {"+011 44 7911 123456", "US", "+447911123456", "phone_00_prefix"},
      {"0011 44 7911 123456", "AU", "+447911123456", "phone_00_prefix"},
      {"+44 (0)20 7946 0958", "", "+442079460958", "phone_trunk_zero"},
      {"+4402079460958", "", "+442079460958", "phone_trunk_zero"},
      {"+44447911123456", "", "+447911123456", "phone_doubled_country_code"},
      {"0044447911123456", "", "+447911123456", "phone_00_prefix"},
      {"++14155551234", "", "+14155551234", "phone_double_plus"},
      {"+ +1 415 555 1234", "", "+14155551234", "phone_double_plus"},
      {"+1 (415) 555-1234", "", "+14155551234", "phone_has_punctuation"},
      {"+1.415.555.1234", "", "+14155551234", "phone_has_punctuation"},
      {"+1 415 555\xE2\x80\x91"
       "1234",
       "", "+14155551234", "phone_has_punctuation"},
      {"\xE2\x80\xAA+14155551234\xE2\x80\xAC", "", "+14155551234",
       "phone_has_punctuation"},  // from a contact card
      {"14155551234+", "", "+14155551234",
       "phone_has_punctuation"},  // as right-to-left text shows it
      {"'+14155551234", "", "+14155551234", "phone_has_punctuation"},
      {"=\"+14155551234\"", "", "+14155551234", "phone_has_punctuation"},
      {" +14155551234", "", "+14155551234", "phone_surrounding_space"},
      {"+14155551234\t\r\n", "", "+14155551234", "phone_surrounding_space"},
      {"\xC2\xA0+14155551234", "", "+14155551234", "phone_surrounding_space"},
      {"14155551234.0", "", "+14155551234", "phone_decimal_tail"},
      {"4155551234.00", "US", "+14155551234", "phone_decimal_tail"},
      {"+14155551234,0", "", "+14155551234", "phone_decimal_tail"},
      {"\xEF\xBC\x8B\xEF\xBC\x91"
       "4155551234",
       "", "+14155551234", "phone_fullwidth_digits"},
      {"+1415555123\xD9\xA4", "", "+14155551234", "phone_fullwidth_digits"},      // Arabic-Indic 4
      {"+1415555123\xE0\xA5\xAA", "", "+14155551234", "phone_fullwidth_digits"},  // Devanagari 4
      {"+14155551234 x55", "", "+14155551234", "phone_extension"},
      {"(415) 555-1234 ext. 55", "US", "+14155551234", "phone_extension"},
      {"+14155551234;ext=55", "", "+14155551234", "phone_extension"},
      {"+14155551234,,55#", "", "+14155551234", "phone_extension"},
      {"+14155551234 #55", "", "+14155551234", "phone_extension"},
      {"+14155551234 (extension 55)", "", "+14155551234", "phone_extension"},
      {"1-800-FLOWERS", "US", "+18003569377", "phone_vanity_letters"},
      {"+1 800 got junk", "", "+18004685865", "phone_vanity_letters"},
      {"+1415555l2O4", "", "+14155551204", "phone_letters"},
      {"Tel.: +1 415 555 1234", "", "+14155551234", "phone_label"},
      {"+1 415 555 1234 (mobile)", "", "+14155551234", "phone_label"},
      {"tel:+14155551234", "", "+14155551234", "phone_label"},
  };
  for (const CellCase& c : kCases) ExpectCell(c, true);
}

TEST(ReadPhone, RefusesWhatCannotBeMended) {
  constexpr CellCase kCases[] = {
      {"", "US", "", "phone_missing"},
      {" \xC2\xA0\t", "US", "", "phone_missing"},
      {"N/A", "US", "", "phone_placeholder"},
      {"tbd", "US", "", "phone_placeholder"},
      {"#REF!", "US", "", "phone_placeholder"},
      {"#DIV/0!", "US", "", "phone_placeholder"},
      {"-", "US", "", "phone_placeholder"},
      {"--", "US", "", "phone_placeholder"},
      {"'", "US", "", "phone_placeholder"},
      {"000-000-0000", "US", "", "phone_placeholder"},
      {"xxx-xxx-xxxx", "US", "", "phone_placeholder"},
      {"4.41E+11", "GB", "", "phone_scientific"},
      {"4,41E+11", "GB", "", "phone_scientific"},
      {"1.50374e10", "US", "", "phone_scientific"},
      {"+4E+11", "GB", "", "phone_scientific"},
      {"call me", "US", "", "phone_letters"},
      {"415555x234", "US", "", "phone_letters"},
      {"\xD1\x82\xD0\xB5\xD0\xBB 4155551234", "US", "", "phone_letters"},
      {"1-800-CONTACTS-NOW", "US", "", "phone_letters"},
      {"415-555-1234 / 415-555-9999", "US", "", "phone_several"},
      {"+14155551234, +14155559999", "US", "", "phone_several"},
      {"+14155551234+14155559999", "US", "", "phone_several"},
      {"4155551234 or 4155559999", "US", "", "phone_several"},
      {"4155551234\n4155559999", "US", "", "phone_several"},
      {"*67 4155551234", "US", "", "phone_unreadable"},
      {"+", "US", "", "phone_unreadable"},
      {"+999123456", "", "", "phone_unknown_country_code"},
      {"+999123456", "US", "", "phone_unknown_country_code"},
      {"00999123456", "", "", "phone_no_country_code"},
      {"+1415555123", "", "", "phone_too_short"},
      {"001415555123", "", "", "phone_too_short"},
      {"555-1234", "US", "", "phone_too_short"},  // the area code is missing
      {"+15551234", "", "", "phone_too_short"},
      {"1234", "", "", "phone_too_short"},
      {"+491234", "", "", "phone_too_short"},  // Germany has it, E.164 does not
      {"+911", "", "", "phone_too_short"},
      {"+141555512345", "", "", "phone_too_long"},
      {"415555123456", "US", "", "phone_too_long"},
      {"911", "US", "", "phone_not_dialable"},
      {"112", "", "", "phone_not_dialable"},
      {"999", "GB", "", "phone_not_dialable"},
  };
  for (const CellCase& c : kCases) ExpectCell(c, false);
  ExpectCell({std::string(251, '1').c_str(), "US", "", "phone_unreadable"}, false);
}

TEST(ReadPhone, KeepsANumberThatMayBeNewOrIsNotToBeDialled) {
  ExpectCell({"+11235551234", "", "+11235551234", "phone_not_in_plan"}, false);
  ExpectCell({"123-555-1234", "US", "+11235551234", "phone_not_in_plan"}, true);
  ExpectCell({"+19005551234", "", "+19005551234", "phone_not_dialable"}, false);
  // A number for the whole of Canada that only Canada can dial.
  ExpectCell({"310-1234", "CA", "+13101234", "phone_not_dialable"}, true);
  ExpectCell({"(900) 555-1234", "US", "+19005551234", "phone_not_dialable"}, true);
  ExpectCell({"+870773111632", "", "+870773111632", "phone_not_dialable"}, false);
}

// Without a region digits are no proof of a country: ten of them are as likely an American number.
TEST(ReadPhone, GuessesNoCountryFromFewDigits) {
  EXPECT_EQ(ReadPhone("6561234567", "").e164, "");  // Singapore with a lost plus, or Florida
  EXPECT_EQ(ReadPhone("6561234567", "US").e164, "+16561234567");
  EXPECT_EQ(ReadPhone("6561234567", "SG").e164, "+6561234567");
}

TEST(ReadPhone, TellsInWordsWhatItChanged) {
  EXPECT_EQ(ReadPhone("(212) 555-1234", "US").repair_note,
            "added the country code +1; removed spaces and punctuation");
  EXPECT_EQ(ReadPhone("+44 (0)20 7946 0958", "").repair_note,
            "removed the trunk prefix; removed spaces and punctuation");
}

TEST(ReadPhone, ReadsItsOwnAnswerAgainUnchanged) {
  for (const char* raw :
       {"(900) 555-1234", "123-555-1234", "0111512345678", "+2612212345", "0011 44 7911 12345"}) {
    for (const char* region : {"US", "AR", "MG", "AU", ""}) {
      const PhoneReading first = ReadPhone(raw, region);
      if (first.e164.empty()) continue;
      const PhoneReading second = ReadPhone(first.e164, "GB");
      EXPECT_EQ(second.e164, first.e164);
      EXPECT_EQ(second.verdict, first.verdict) << first.e164;
      EXPECT_FALSE(second.repaired) << first.e164;
    }
  }
}

TEST(PhoneProblems, HaveATextForEveryCodeAndARightExample) {
  std::set<std::string_view> codes;
  for (const PhoneProblem& problem : PhoneProblems()) {
    EXPECT_TRUE(codes.insert(problem.code).second) << problem.code;
    EXPECT_EQ(std::string_view(problem.code).substr(0, 6), "phone_");
    EXPECT_EQ(std::string_view(problem.message).back(), '.') << problem.code;
    EXPECT_EQ(std::string_view(problem.mend).back(), '.') << problem.code;
    EXPECT_TRUE(ReadPhone(problem.example, "").fine()) << problem.code << " " << problem.example;
    EXPECT_STREQ(PhoneProblemText(problem.code).code, problem.code);
  }
  EXPECT_STREQ(PhoneProblemText("no such code").code, "phone_unreadable");
}

std::vector<std::string> Zones(std::string_view e164) {
  std::vector<std::string> zones;
  for (const std::string_view zone : ZonesOfPhone(e164)) zones.emplace_back(zone);
  return zones;
}

TEST(ZonesOfPhone, FollowsTheAreaOfNumbersTiedToAPlace) {
  EXPECT_THAT(Zones("+12125551234"), ElementsAre("America/New_York"));
  EXPECT_THAT(Zones("+14155551234"), ElementsAre("America/Los_Angeles"));
  EXPECT_THAT(Zones("+442079460958"), ElementsAre("Europe/London"));
  EXPECT_THAT(Zones("+61295551234"), ElementsAre("Australia/Sydney"));
  EXPECT_THAT(Zones("+4402079460958"),
              ElementsAre("Europe/London"));  // as the number it is read as
}

TEST(ZonesOfPhone, GivesTheWholeCountryForNumbersThatMoveAbout) {
  EXPECT_GT(ZonesOfPhone("+79123456789").size(), 8u);
  EXPECT_GT(ZonesOfPhone("+61412345678").size(), 3u);
  EXPECT_THAT(Zones("+8801977317066"), ElementsAre("Asia/Dhaka"));
  EXPECT_GT(ZonesOfPhone("+18005551234").size(), 20u);
}

TEST(ZonesOfPhone, IsEmptyWhereNothingIsKnown) {
  EXPECT_THAT(Zones("+11235551234"), IsEmpty());
  EXPECT_THAT(Zones("+870773111632"), IsEmpty());
  EXPECT_THAT(Zones("14155551234"), IsEmpty());
}

TEST(PhoneRegions, AreSortedAndHaveTheirCallingCodes) {
  const auto regions = PhoneRegions();
  EXPECT_EQ(regions.size(), 245u);
  EXPECT_TRUE(std::is_sorted(regions.begin(), regions.end(),
                             [](const PhoneRegion& a, const PhoneRegion& b) {
                               return std::string_view(a.code) < b.code;
                             }));
  for (const PhoneRegion& region : regions)
    EXPECT_EQ(CallingCodeOfRegion(region.code), region.calling_code);
  EXPECT_EQ(CallingCodeOfRegion("US"), 1);
  EXPECT_EQ(CallingCodeOfRegion("gb"), 44);
  EXPECT_EQ(CallingCodeOfRegion("XX"), 0);
  EXPECT_EQ(CallingCodeOfRegion("001"), 0);
  EXPECT_EQ(CallingCodeOfRegion(""), 0);
}

TEST(PhoneMetadata, NamesItsSource) {
  EXPECT_EQ(PhoneMetadataVersion().substr(0, 21), "google-libphonenumber");
}

}  // namespace
}  // namespace leadline
