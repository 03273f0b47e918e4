#include "common/lead/zone_names.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/common/lead/lead_drafts.h"

namespace leadline {
namespace {

struct ZoneCase {
  const char* text;
  const char* proposal;
  bool safe;
};
constexpr ZoneCase kZones[] = {
    {"america/new_york", "America/New_York", true},
    {"America/New York", "America/New_York", true},
    {"America\\New_York", "America/New_York", true},
    {"AMERICA/SAO_PAULO", "America/Sao_Paulo", true},
    {"America/São Paulo", "America/Sao_Paulo", true},
    {"us/pacific", "US/Pacific", true},
    {"America/New_York (EST)", "America/New_York", true},
    {"(UTC+01:00) Europe/Berlin", "Europe/Berlin", true},
    {"utc", "UTC", true},
    {"Z", "UTC", true},
    {"UTC+0", "UTC", true},
    {"+00:00", "UTC", true},
    {"W. Europe Standard Time", "Europe/Berlin", true},
    {"w. europe standard time", "Europe/Berlin", true},
    {"Tokyo Standard Time", "Asia/Tokyo", true},
    {"US Mountain Standard Time", "America/Phoenix", true},
    {"AUS Eastern Standard Time", "Australia/Sydney", true},
    {"FLE Standard Time", "Europe/Kyiv", true},
    {"EST", "America/New_York", false},
    {"est", "America/New_York", false},
    {"EST5EDT", "America/New_York", false},
    {"PST", "America/Los_Angeles", false},
    {"Central Time", "America/Chicago", false},
    {"Central", "America/Chicago", false},
    {"Eastern Standard Time", "America/New_York", false},
    {"Pacific Standard Time", "America/Los_Angeles", false},
    {"Pacific Time (US & Canada)", "America/Los_Angeles", false},
    {"(UTC-05:00) Eastern Time (US & Canada)", "America/New_York", false},
    {"(GMT+01:00) Amsterdam, Berlin, Bern, Rome", "Europe/Amsterdam", false},
    {"CET", "Europe/Berlin", false},
    {"MEZ", "Europe/Berlin", false},
    {"GMT Standard Time", "", false},
    {"Berlin", "Europe/Berlin", false},
    {"New York", "America/New_York", false},
    {"New York, NY", "America/New_York", false},
    {"San Francisco", "America/Los_Angeles", false},
    {"München", "Europe/Berlin", false},
    {"São Paulo", "America/Sao_Paulo", false},
    {"Buenos Aires", "America/Argentina/Buenos_Aires", false},
    {"GMT+1", "Etc/GMT-1", false},
    {"GMT + 1", "Etc/GMT-1", false},
    {"UTC-05:00", "Etc/GMT+5", false},
    {"+02:00", "Etc/GMT-2", false},
    {"+0200", "Etc/GMT-2", false},
    {"GMT+5:30", "Asia/Kolkata", false},
    {"UTC+0545", "Asia/Kathmandu", false},
    {"(UTC+03:00) Somewhere", "Etc/GMT-3", false},
    {"Mars/Phobos", "", false},
    {"Europe/Springfield", "", false},
    {"GMT+25", "", false},
    {"GMT+1:17", "", false},
    {"GMT+", "", false},
    {"EST5", "", false},
    {"Local", "", false},
    {"Asia/", "", false},
    {"utc plus two", "", false},
    {"Standard Time", "", false},
    {"(", "", false},
    {"()", "", false},
};

TEST(Validate, WrongZonesComeWithAProposalWhereThereIsOne) {
  for (const ZoneCase& c : kZones) {
    LeadDraft draft = Good();
    draft.timezone = c.text;
    const LeadVerdict verdict = CheckLead(draft);
    ASSERT_EQ(verdict.problems.size(), 1u) << c.text;
    EXPECT_EQ(verdict.problems[0].proposal, c.proposal) << c.text;
    EXPECT_EQ(verdict.problems[0].safe, c.safe) << c.text;
    EXPECT_FALSE(verdict.ok());
  }
}

TEST(Validate, EveryProposedZoneIsKnown) {
  for (const ZoneCase& c : kZones) {
    EXPECT_TRUE(*c.proposal == '\0' || IsKnownZone(c.proposal)) << c.proposal;
  }
  // Windows names that no case above has.
  for (const char* text : {"Afghanistan",
                           "Alaskan",
                           "Aleutian",
                           "Arab",
                           "Arabian",
                           "Arabic",
                           "Argentina",
                           "Belarus",
                           "Canada Central",
                           "Caucasus",
                           "Cen. Australia",
                           "Central America",
                           "Central Brazilian",
                           "Central Europe",
                           "Central European",
                           "Central Pacific",
                           "China",
                           "Cuba",
                           "E. Africa",
                           "E. Australia",
                           "E. Europe",
                           "E. South America",
                           "Egypt",
                           "Ekaterinburg",
                           "Georgian",
                           "Greenland",
                           "GTB",
                           "Haiti",
                           "Hawaiian",
                           "India",
                           "Iran",
                           "Jordan",
                           "Korea",
                           "Libya",
                           "Line Islands",
                           "Middle East",
                           "Morocco",
                           "Myanmar",
                           "N. Central Asia",
                           "Namibia",
                           "Nepal",
                           "North Asia",
                           "North Asia East",
                           "North Korea",
                           "Pacific SA",
                           "Pakistan",
                           "Paraguay",
                           "Romance",
                           "Russian",
                           "SA Eastern",
                           "SA Pacific",
                           "SA Western",
                           "SE Asia",
                           "South Africa",
                           "Sri Lanka",
                           "Syria",
                           "Tasmania",
                           "Turkey",
                           "US Eastern",
                           "Venezuela",
                           "W. Australia",
                           "W. Central Africa",
                           "West Asia",
                           "West Pacific",
                           "Yukon"}) {
    const ZoneProposal proposal = ProposeZone(std::string(text) + " Standard Time");
    EXPECT_TRUE(IsKnownZone(proposal.zone)) << text;
    EXPECT_TRUE(proposal.safe) << text;
  }
}

TEST(Validate, EveryZoneNameIsKnownAndSorted) {
  const auto names = ZoneNames();
  EXPECT_GT(names.size(), 500u);
  for (size_t i = 0; i < names.size(); ++i) {
    EXPECT_TRUE(IsKnownZone(names[i])) << names[i];
    if (i > 0) {
      EXPECT_LT(names[i - 1], names[i]);
    }
  }
  for (const char* name :
       {"US/Pacific", "Asia/Calcutta", "Europe/Kyiv", "Europe/Kiev", "Etc/GMT+5"}) {
    EXPECT_TRUE(IsKnownZone(name)) << name;
  }
  for (const char* name : {"", "EST", "Factory", "America", "America/new_york"}) {
    EXPECT_FALSE(IsKnownZone(name)) << name;
  }
}

}  // namespace
}  // namespace leadline
