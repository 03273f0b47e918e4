#include <gtest/gtest.h>

#include "tests/client/state/harness.h"

namespace leadline {
namespace {

constexpr char kLeads[] = "/api/v1/leads?";

Harness WithRows() {
  Harness h("/leads?lead=7");
  EXPECT_TRUE(h.Answer("GET", kLeads, 200, PageBody({LeadBody(7, 3), LeadBody(8, 1)}, "", 2)));
  EXPECT_TRUE(h.Answer("GET", "/api/v1/leads/7", 200, LeadBody(7, 3)) ||
              h.state().panel.lead.value() != nullptr);
  h.open.clear();
  return h;
}

TEST(Live, PatchesVisibleRowsAtOnceAndLoadsThemAgainOnceSoon) {
  Harness h = WithRows();
  for (const char* status : {"processing", "rescheduled"}) {
    h.model.OnStreamEvent(R"({"id":9,"kind":"lead","ref_id":8,"data":{"status":")" +
                          std::string(status) + R"(","version":2,"campaign_id":1}})");
  }
  EXPECT_EQ(h.state().leads.Row(1)->status, LeadStatus::kRescheduled);
  EXPECT_EQ(h.Find("GET", kLeads), nullptr);
  h.Pass(500);
  int reloads = 0;
  for (const HttpEffect& request : h.open) reloads += request.path.rfind(kLeads, 0) == 0 ? 1 : 0;
  EXPECT_EQ(reloads, 1);
}

TEST(Live, AnEventOlderThanTheRowChangesNothing) {
  Harness h = WithRows();
  h.model.OnStreamEvent(
      R"({"id":9,"kind":"lead","ref_id":7,"data":{"status":"failed","version":2}})");
  EXPECT_EQ(h.state().leads.Row(0)->status, LeadStatus::kCreated);
}

TEST(Live, AnAnswerOlderThanTheEventDoesNotTakeTheStatusBack) {
  Harness h = WithRows();
  h.model.OnStreamEvent(
      R"({"id":9,"kind":"lead","ref_id":8,"data":{"status":"processing","version":2}})");
  h.Pass(500);
  ASSERT_NE(h.Find("GET", kLeads), nullptr);
  h.model.OnStreamEvent(
      R"({"id":10,"kind":"lead","ref_id":8,"data":{"status":"completed","version":3}})");
  ASSERT_TRUE(h.Answer("GET", kLeads, 200,
                       PageBody({LeadBody(7, 3), LeadBody(8, 2, "processing")}, "", 2)));
  EXPECT_EQ(h.state().leads.Row(1)->status, LeadStatus::kCompleted);
  h.Pass(500);
  ASSERT_TRUE(
      h.Answer("GET", kLeads, 200, PageBody({LeadBody(7, 3), LeadBody(8, 4, "created")}, "", 2)));
  EXPECT_EQ(h.state().leads.Row(1)->status, LeadStatus::kCreated);
}

TEST(Live, ADeletedLeadClosesNothingButSaysSo) {
  Harness h = WithRows();
  h.model.OnStreamEvent(R"({"id":9,"kind":"lead","ref_id":7,"data":{"deleted":true}})");
  EXPECT_TRUE(h.state().panel.gone);
  EXPECT_EQ(h.state().panel.id, 7);
}

TEST(Live, NonsenseIsPassedOver) {
  Harness h = WithRows();
  for (const char* data :
       {"", "{", "[]", "{}", R"({"kind":"lead"})", R"({"kind":"new","ref_id":1})"}) {
    h.model.OnStreamEvent(data);
  }
  EXPECT_EQ(h.state().leads.Row(0)->status, LeadStatus::kCreated);
}

TEST(Live, ReconnectingLoadsWhatWasMissed) {
  Harness h = WithRows();
  h.model.OnStreamState(LiveState::kLive);
  h.Pass(1000);
  h.model.OnStreamState(LiveState::kReconnecting);
  EXPECT_EQ(h.state().connection.since, h.now);
  h.open.clear();
  h.Pass(3000);
  h.model.OnStreamState(LiveState::kLive);
  EXPECT_NE(h.Find("GET", "/api/v1/campaigns"), nullptr);
  EXPECT_NE(h.Find("GET", kLeads), nullptr);
}

TEST(Live, AStreamThatIsGivenUpIsOpenedAgain) {
  Harness h;
  h.effects.clear();
  h.model.OnStreamState(LiveState::kOffline);
  EXPECT_EQ(h.Last<OpenStreamEffect>(), nullptr);
  h.Pass(6000);
  EXPECT_NE(h.Last<OpenStreamEffect>(), nullptr);
}

TEST(Live, FollowsTheCallingClockAlsoWhenItIsFast) {
  Harness h;
  const std::string now = FormatRfc3339(h.now + kDayMs);
  ASSERT_TRUE(h.Answer("GET", "/healthz", 200,
                       R"({"status":"ok","now":")" + now + R"(","time_scale":60})"));
  EXPECT_TRUE(h.state().clock.fast());
  EXPECT_EQ(h.state().ServerNow(), h.now + kDayMs);
  h.Pass(1000);
  EXPECT_EQ(h.state().ServerNow(), h.now - 1000 + kDayMs + kMinuteMs);
}

TEST(Navigation, ChangesTheAddressAndLoadsTheScreen) {
  Harness h;
  Route route;
  route.screen = Screen::kLeads;
  route.status = "failed";
  h.Do(command::Go{route});
  ASSERT_NE(h.Last<SetHashEffect>(), nullptr);
  EXPECT_EQ(h.Last<SetHashEffect>()->hash, "/leads?status=failed");
  ASSERT_NE(h.Find("GET", kLeads), nullptr);
  EXPECT_NE(h.Find("GET", kLeads)->path.find("status=failed"), std::string::npos);
}

TEST(Navigation, AnotherFilterForgetsTheOldRowsAndTheirLateAnswer) {
  Harness h = WithRows();
  Route route = h.state().route;
  route.status = "failed";
  const Route before = h.state().route;
  h.Do(command::Go{route});
  EXPECT_FALSE(h.state().leads.known());
  h.Do(command::Go{before});
  ASSERT_TRUE(h.Answer("GET", kLeads, 200, PageBody({LeadBody(1, 1)}, "", 1)));
  EXPECT_EQ(h.state().leads.total(), 1);
  // The request for status=failed is still open; its answer comes too late.
  ASSERT_TRUE(h.Answer("GET", kLeads, 200, PageBody({}, "", 0)));
  EXPECT_EQ(h.state().leads.total(), 1);
}

TEST(Navigation, TypingASearchAsksOnceItPauses) {
  Harness h = WithRows();
  for (const char* text : {"s", "sm", "smith"}) {
    h.Do(command::Search{text});
    h.Pass(60);
  }
  EXPECT_EQ(h.Find("GET", kLeads), nullptr);
  h.Pass(300);
  ASSERT_NE(h.Find("GET", kLeads), nullptr);
  EXPECT_NE(h.Find("GET", kLeads)->path.find("q=smith"), std::string::npos);
  EXPECT_TRUE(h.Last<SetHashEffect>()->replace);
}

}  // namespace
}  // namespace leadline
