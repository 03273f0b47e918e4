#include "client/state/route.h"

#include <gtest/gtest.h>

namespace leadline {
namespace {

TEST(Route, ReadsWhatTheAddressSays) {
  const Route route = ParseRoute("/leads?status=failed&q=smith%20%26%20co&campaign=3&lead=7");
  EXPECT_EQ(route.screen, Screen::kLeads);
  EXPECT_EQ(route.status, "failed");
  EXPECT_EQ(route.q, "smith & co");
  EXPECT_EQ(route.campaign, 3);
  EXPECT_EQ(route.id, 7);
}

TEST(Route, SurvivesTheRoundTrip) {
  for (const char* hash :
       {"/home", "/leads",
        "/leads?campaign=3&status=retry&q=a%2Bb%20%C3%A9&sort=-updated_at&lead=7",
        "/leads/edit?lead=7", "/leads/new?campaign=2", "/campaigns/4", "/campaigns/4/edit",
        "/campaigns/new", "/assistants/2/edit", "/calls?outcome=busy&lead=9&call=12",
        "/guide/errors", "/settings", "/import", "/reports"}) {
    EXPECT_EQ(FormatRoute(ParseRoute(hash)), hash);
    EXPECT_EQ(ParseRoute(FormatRoute(ParseRoute(hash))), ParseRoute(hash));
  }
}

TEST(Route, TakesNonsenseAsHomeAndLeavesOutWhatMeansNothing) {
  EXPECT_EQ(FormatRoute(ParseRoute("")), "/home");
  EXPECT_EQ(FormatRoute(ParseRoute("/nowhere/9?x=1&&=")), "/home/9");
  EXPECT_EQ(FormatRoute(ParseRoute("/leads?lead=-4&campaign=99999999999999999999&call=3")),
            "/leads");
  EXPECT_EQ(FormatRoute(ParseRoute(std::string(100000, '/'))), "/home");
}

TEST(Route, DecodesOnlyWhatIsEncoded) {
  EXPECT_EQ(UrlDecode("100%"), "100%");
  EXPECT_EQ(UrlDecode("%zz%4"), "%zz%4");
  EXPECT_EQ(UrlDecode("a+b%2B"), "a b+");
  EXPECT_EQ(UrlDecode(UrlEncode("50 % of é/?&=#")), "50 % of é/?&=#");
}

}  // namespace
}  // namespace leadline
