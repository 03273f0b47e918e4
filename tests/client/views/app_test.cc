// Every screen is drawn without a browser: empty, with data, and when nothing can be loaded. The
// kit's auditor must have nothing to say about any of them.
#include "client/app.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/platform/native.h"
#include "client/ui/kit.h"
#include "tests/client/state/harness.h"

namespace leadline {
namespace {

App* g_app = nullptr;

void Draw() {
  ui::BeginFrame();
  g_app->Frame();
  ui::EndFrame();
}

constexpr char kCampaign[] =
    R"({"id":1,"version":2,"name":"Spring","state":"running","assistant_id":3,"schedule":{"timezone":"UTC",
    "windows":[{"days":[1,2,3],"from":"09:00","to":"18:00"}],"holidays":["2026-12-25"]}})";
constexpr char kPaused[] =
    R"({"id":2,"version":2,"name":"Autumn","state":"paused","pause_reason":"api_key_invalid"})";
constexpr char kAssistant[] =
    R"({"id":3,"version":1,"name":"Anna","provider":"retell","external_id":"agent_1","caller_number":"+14157774444",
    "variables":[{"key":"budget","default":"10k","required":true,"help":"In euros"}]})";
constexpr char kGates[] =
    R"({"open":false,"first_closed":"window_open","gates":[{"name":"auto_calling","title":"Calling is on","open":true},
    {"name":"window_open","title":"Inside the calling window","of_lead":true,"open":false,
     "reason":"It is night there.","opens_at":"2026-03-03T09:00:00.000Z"}]})";
constexpr char kCall[] =
    R"({"id":5,"lead_id":7,"lead_name":"Sarah","number":"+14155551234","state":"ended","outcome":"no_answer",
    "campaign_id":1,"provider":"retell","attempt_no":1,"claimed_at":"2026-03-02T16:58:00.000Z","transcript":"Hello"})";
constexpr char kImport[] =
    R"({"id":4,"name":"leads.csv","campaign_id":1,"state":"committed","rows":10,"created":8,"rejected":2})";
constexpr char kFailedLead[] =
    R"({"id":8,"version":1,"campaign_id":1,"name":"","phone":"+14155550000","status":"failed","attempts":1,
    "max_attempts":3,"error":{"code":"api_key_invalid","provider_message":"401"},
    "contacts":[{"id":9,"name":"Jane","phone":"+14155550123","status":"created"}],"variables":{}})";

std::string AnswerTo(const std::string& path) {
  const auto starts = [&path](std::string_view with) { return path.rfind(with, 0) == 0; };
  if (starts("/healthz"))
    return R"({"now":"2026-03-02T17:00:00.000Z","version":"0.1","time_scale":60})";
  if (starts("/api/v1/leads?")) {
    return PageBody({LeadBody(7, 3, "rescheduled"), kFailedLead}, "next", 100000);
  }
  if (path.find("/gates") != std::string::npos) return kGates;
  if (path.find("/timeline") != std::string::npos) {
    return PageBody(
        {R"({"id":1,"at":"2026-03-02T16:58:00.000Z","actor":"api","event":"lead_created"})"}, "",
        1);
  }
  if (starts("/api/v1/leads/8")) return kFailedLead;
  if (starts("/api/v1/leads/")) return LeadBody(7, 3, "rescheduled");
  if (starts("/api/v1/campaigns")) return PageBody({kCampaign, kPaused}, "", 2);
  if (starts("/api/v1/assistants")) return PageBody({kAssistant}, "", 1);
  if (starts("/api/v1/calls/")) return kCall;
  if (starts("/api/v1/calls")) return PageBody({kCall}, "", 1);
  if (starts("/api/v1/imports")) return PageBody({kImport}, "", 1);
  if (starts("/api/v1/suppressions"))
    return PageBody({R"({"number":"+14155559999","reason":"asked"})"}, "", 1);
  if (starts("/api/v1/providers")) {
    return PageBody(
        {R"({"name":"retell","key_present":true,"webhook_path":"/webhooks/retell"})",
         R"({"name":"vapi","key_present":false,"webhook_url":"https://example.com/webhooks/vapi"})"},
        "", 2);
  }
  if (starts("/api/v1/settings"))
    return R"({"version":1,"auto_calling":true,"required_fields":["name"]})";
  if (starts("/api/v1/reports")) {
    return R"({"items":[{"campaign_id":1,"leads":{"created":5,"completed":3},"calls":{"answered":3,"busy":1}}]})";
  }
  return "{}";
}
constexpr std::string_view kApi = "/api/v1/";

// Lists that are empty, and nothing under any id.
void AnswerEmpty(const std::string& path, platform::Event* event) {
  if (path.find("/settings") != std::string::npos) {
    event->text = R"({"version":1})";
  } else if (path.find_first_of("0123456789", kApi.size()) < path.find('?')) {
    event->status = 404;
    event->text = R"({"status":404,"code":"not_found","title":"There is no such thing"})";
  } else {
    event->text = R"({"items":[],"next_cursor":null,"total":0})";
  }
}

enum class Server { kFull, kEmpty, kDown };
// Else a case would be named by its bytes.
void PrintTo(Server server, std::ostream* out) {
  constexpr const char* kNames[] = {"full", "empty", "down"};
  *out << kNames[static_cast<int>(server)];
}

class Screens : public testing::TestWithParam<std::tuple<std::string, Server>> {
 protected:
  void SetUp() override {
    platform::ResetNative();
    g_app = &app_;
    platform::TheNative().hash = std::get<0>(GetParam());
    platform::Run({.prepare = ui::PrepareFrame, .draw = Draw});
  }
  void TearDown() override { g_app = nullptr; }

  // Answers what is asked for, until nothing is.
  void Settle() {
    const Server server = std::get<1>(GetParam());
    platform::Native& native = platform::TheNative();
    for (int round = 0; round < 8; ++round) {
      platform::Wake();
      platform::RunFrames();
      for (const auto& [id, request] : std::exchange(native.fetches, {})) {
        platform::Event event;
        event.kind = platform::EventKind::kFetchDone;
        event.id = id;
        event.status = server == Server::kDown ? 0 : 200;
        if (server == Server::kFull) event.text = AnswerTo(request.url);
        if (server == Server::kEmpty) AnswerEmpty(request.url, &event);
        native.events.push_back(event);
      }
    }
  }

  App app_;
};

TEST_P(Screens, DrawsAndTheAuditorIsContent) {
  Settle();
  EXPECT_THAT(platform::TheNative().audit, testing::IsEmpty());
  const auto& [asked, server] = GetParam();
  const std::string shown = FormatRoute(app_.state().route);
  if (server == Server::kFull) {
    EXPECT_EQ(shown, asked);
  } else {
    // A form whose item cannot be had gives way to the list.
    EXPECT_EQ(shown.substr(0, shown.find_first_of("/?", 1)),
              asked.substr(0, asked.find_first_of("/?", 1)));
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, Screens,
    testing::Combine(testing::Values("/home", "/leads", "/leads?lead=7", "/leads?lead=8",
                                     "/leads/new", "/leads/edit?lead=7", "/leads?status=failed&q=x",
                                     "/import", "/campaigns", "/campaigns/1", "/campaigns/2",
                                     "/campaigns/1/edit", "/campaigns/new", "/assistants",
                                     "/assistants/3", "/assistants/3/edit", "/assistants/new",
                                     "/calls", "/calls?call=5", "/reports", "/guide",
                                     "/guide/statuses", "/guide/errors", "/guide/keyboard",
                                     "/settings"),
                     testing::Values(Server::kFull, Server::kEmpty, Server::kDown)));

}  // namespace
}  // namespace leadline
