// The API as tables of requests against the real server, and the stories behind single resources.
#include <gtest/gtest.h>

#include "common/api/lead_json.h"
#include "tests/server/http/test_server.h"

namespace leadline {
namespace {

constexpr const char* kSarah =
    R"({"name":"Sarah Johnson","phone":"+14155551234","email":"sarah@example.com",
        "variables":{"budget_range":"10-20k"},
        "contacts":[{"name":"Jane Doe","phone":"+14155550123","variables":{"role":"CTO"}}]})";

constexpr const char* kAnna =
    R"({"name":"Anna","provider":"retell","external_id":"agent_1111111111111111",
        "caller_number":"+14157774444"})";

struct Scenario {
  const char* what;
  const char* method;
  const char* target;
  const char* body;
  std::vector<std::string> headers;
  int status;
  std::vector<const char*> must;
  std::vector<const char*> must_not;
};

// One server for a whole table: every row is a request that changes nothing that others look at.
// Else a case would be named by its bytes, which differ from run to run.
void PrintTo(const Scenario& c, std::ostream* out) {
  *out << c.what;
}

class ApiTable : public ::testing::TestWithParam<Scenario> {
 protected:
  static void SetUpTestSuite() {
    server_ = new TestServer;
    server_->Add("leads", kSarah);                                       // 1
    server_->Add("assistants", kAnna);                                   // 1
    server_->Add("campaigns", R"({"name":"Spring","assistant_id":1})");  // 2
    server_->Add("suppressions", R"({"number":"+14155559999","reason":"asked"})");
  }
  static void TearDownTestSuite() { delete server_; }
  static TestServer* server_;
};
TestServer* ApiTable::server_ = nullptr;

TEST_P(ApiTable, AnswersAsWritten) {
  const Scenario& s = GetParam();
  const HttpAnswer answer = server_->Send(s.method, s.target, s.body, s.headers);
  EXPECT_EQ(answer.status, s.status) << s.what << ": " << answer.body;
  for (const char* text : s.must) {
    EXPECT_NE(answer.body.find(text), std::string::npos) << s.what << ": " << answer.body;
  }
  for (const char* text : s.must_not) {
    EXPECT_EQ(answer.body.find(text), std::string::npos) << s.what << ": " << answer.body;
  }
  if (answer.status >= 400) {
    EXPECT_EQ(answer.headers.at("content-type"), "application/problem+json") << s.what;
    EXPECT_NE(answer.body.find(R"("request_id":")"), std::string::npos) << s.what;
  }
  EXPECT_EQ(answer.headers.at("x-content-type-options"), "nosniff") << s.what;
  EXPECT_NE(answer.headers.at("content-security-policy").find("default-src 'none'"),
            std::string::npos);
  EXPECT_EQ(answer.headers.count("access-control-allow-origin"), 0u) << s.what;
}

INSTANTIATE_TEST_SUITE_P(
    Reads, ApiTable,
    ::testing::Values(
        Scenario{"health",
                 "GET",
                 "/healthz",
                 "",
                 {},
                 200,
                 {R"("status":"ok")", R"("now":"2026-03-02T17:00:00.000Z")"},
                 {}},
        Scenario{"ready", "GET", "/readyz", "", {}, 200, {R"("status":"ready")"}, {}},
        Scenario{
            "metrics",
            "GET",
            "/metrics",
            "",
            {},
            200,
            {"# TYPE leadline_leads gauge", R"(leadline_leads{campaign="1",status="created"} 1)"},
            {}},
        Scenario{"lead",
                 "GET",
                 "/api/v1/leads/1",
                 "",
                 {},
                 200,
                 {R"("phone":"+14155551234")", R"("first_name":"Sarah")", R"("max_attempts":3)",
                  R"("role":"CTO")"},
                 {}},
        Scenario{"leads",
                 "GET",
                 "/api/v1/leads",
                 "",
                 {},
                 200,
                 {R"("items":[{)", R"("next_cursor":null)", R"("total":1)"},
                 {}},
        Scenario{"by status group",
                 "GET",
                 "/api/v1/leads?status=pending",
                 "",
                 {},
                 200,
                 {R"("total":1)"},
                 {}},
        Scenario{"by other status",
                 "GET",
                 "/api/v1/leads?status=failed,completed",
                 "",
                 {},
                 200,
                 {R"("items":[])"},
                 {}},
        Scenario{"by words", "GET", "/api/v1/leads?q=johnson", "", {}, 200, {R"("id":1)"}, {}},
        Scenario{"by phone, plus not encoded",
                 "GET",
                 "/api/v1/leads?phone=+14155551234",
                 "",
                 {},
                 200,
                 {R"("id":1)"},
                 {}},
        Scenario{"by date",
                 "GET",
                 "/api/v1/leads?created_from=2026-03-03",
                 "",
                 {},
                 200,
                 {R"("items":[])"},
                 {}},
        Scenario{"csv",
                 "GET",
                 "/api/v1/leads/export.csv?secondary=1",
                 "",
                 {},
                 200,
                 {"name,phone,email", "Sarah Johnson,+14155551234", "+14155550123,Jane Doe"},
                 {}},
        Scenario{"csv of chosen columns",
                 "GET",
                 "/api/v1/leads/export.csv?columns=phone,campaign",
                 "",
                 {},
                 200,
                 {"phone,campaign\r\n+14155551234,"},
                 {"Sarah"}},
        Scenario{"template", "GET", "/api/v1/leads/template.csv", "", {}, 200, {"name,phone"}, {}},
        Scenario{
            "gates",
            "GET",
            "/api/v1/leads/1/gates",
            "",
            {},
            200,
            {R"("open":false)", R"("first_closed":"campaign_running")", R"("name":"window_open")"},
            {}},
        Scenario{"campaign gates",
                 "GET",
                 "/api/v1/campaigns/2/gates",
                 "",
                 {},
                 200,
                 {R"("open":false)", R"("name":"auto_calling")"},
                 {}},
        Scenario{"timeline",
                 "GET",
                 "/api/v1/leads/1/timeline",
                 "",
                 {},
                 200,
                 {R"("event":"lead_created")", R"("actor":"api")"},
                 {}},
        Scenario{"campaigns",
                 "GET",
                 "/api/v1/campaigns",
                 "",
                 {},
                 200,
                 {R"("name":"Spring")", R"("name":"Default")"},
                 {}},
        Scenario{"assistants", "GET", "/api/v1/assistants", "", {}, 200, {R"("name":"Anna")"}, {}},
        Scenario{
            "settings", "GET", "/api/v1/settings", "", {}, 200, {R"("auto_calling":true)"}, {}},
        Scenario{"suppressions",
                 "GET",
                 "/api/v1/suppressions",
                 "",
                 {},
                 200,
                 {R"("number":"+14155559999")"},
                 {}},
        Scenario{
            "calls", "GET", "/api/v1/calls?outcome=no_answer", "", {}, 200, {R"("items":[])"}, {}},
        Scenario{"summary", "GET", "/api/v1/reports/summary", "", {}, 200, {R"("created":1)"}, {}},
        Scenario{
            "providers",
            "GET",
            "/api/v1/providers",
            "",
            {},
            200,
            {R"("name":"vapi")", R"("key_present":false)", R"("webhook_path":"/webhooks/retell")"},
            {}},
        Scenario{"guide",
                 "GET",
                 "/api/v1/guide",
                 "",
                 {},
                 200,
                 {R"("code":"rate_limit_exceeded")", R"("status":"max_retries")"},
                 {}},
        Scenario{
            "openapi", "GET", "/api/v1/openapi.json", "", {}, 200, {R"("openapi":"3.1.0")"}, {}},
        Scenario{"client", "GET", "/", "", {}, 200, {"Leadline"}, {}}));

INSTANTIATE_TEST_SUITE_P(
    Refusals, ApiTable,
    ::testing::Values(
        Scenario{"no such page", "GET", "/nothing", "", {}, 404, {R"("code":"not_found")"}, {}},
        Scenario{"no such lead", "GET", "/api/v1/leads/99", "", {}, 404, {R"("not_found")"}, {}},
        Scenario{"no number", "GET", "/api/v1/leads/1e3", "", {}, 404, {}, {}},
        Scenario{"negative", "GET", "/api/v1/leads/-1", "", {}, 404, {}, {}},
        Scenario{
            "too big a number", "GET", "/api/v1/leads/99999999999999999999", "", {}, 404, {}, {}},
        Scenario{"wrong method",
                 "PUT",
                 "/api/v1/leads/1",
                 "{}",
                 {},
                 405,
                 {R"("method_not_allowed")"},
                 {}},
        Scenario{"mistyped filter",
                 "GET",
                 "/api/v1/leads?campain_id=1",
                 "",
                 {},
                 422,
                 {R"("path":"campain_id","code":"unknown_parameter")"},
                 {"Sarah"}},
        Scenario{"status nobody has",
                 "GET",
                 "/api/v1/leads?status=asleep",
                 "",
                 {},
                 422,
                 {R"("path":"status")"},
                 {}},
        Scenario{"limit", "GET", "/api/v1/leads?limit=501", "", {}, 422, {R"("path":"limit")"}, {}},
        Scenario{
            "sort", "GET", "/api/v1/leads?sort=phone;drop", "", {}, 422, {R"("path":"sort")"}, {}},
        Scenario{"cursor",
                 "GET",
                 "/api/v1/leads?cursor=%27%20OR%201",
                 "",
                 {},
                 422,
                 {R"("bad_cursor")"},
                 {}},
        Scenario{"time",
                 "GET",
                 "/api/v1/leads?created_from=yesterday",
                 "",
                 {},
                 422,
                 {R"("not_a_time")"},
                 {}},
        Scenario{"column",
                 "GET",
                 "/api/v1/leads/export.csv?columns=phone,a-b",
                 "",
                 {},
                 422,
                 {R"("unknown_column")"},
                 {}},
        Scenario{"broken JSON",
                 "POST",
                 "/api/v1/leads",
                 R"({"name":)",
                 {},
                 400,
                 {R"("json_malformed")"},
                 {}},
        Scenario{
            "no JSON at all", "POST", "/api/v1/leads", "", {}, 400, {R"("json_malformed")"}, {}},
        Scenario{"an array", "POST", "/api/v1/leads", "[]", {}, 422, {R"("not_an_object")"}, {}},
        Scenario{"unknown member",
                 "POST",
                 "/api/v1/leads",
                 R"({"phone":"+14155551235","nme":"A"})",
                 {},
                 422,
                 {R"("path":"nme","code":"unknown_member")"},
                 {}},
        Scenario{"bad lead",
                 "POST",
                 "/api/v1/leads",
                 R"({"name":"A","phone":"415-555-1234"})",
                 {},
                 422,
                 {R"("path":"phone")", R"("code":"phone_no_country_code")"},
                 {}},
        Scenario{"campaign nobody has",
                 "POST",
                 "/api/v1/leads",
                 R"({"name":"A","phone":"+14155551235","email":"a@example.com","campaign_id":77})",
                 {},
                 404,
                 {},
                 {}},
        Scenario{"form",
                 "POST",
                 "/api/v1/leads",
                 "a=b",
                 {"Content-Type: application/x-www-form-urlencoded"},
                 415,
                 {R"("json_expected")"},
                 {}},
        Scenario{"other page",
                 "GET",
                 "/api/v1/leads",
                 "",
                 {"Origin: http://evil.example"},
                 403,
                 {R"("other_origin")"},
                 {"Sarah"}},
        Scenario{"other page's write",
                 "POST",
                 "/api/v1/campaigns/2/start",
                 "",
                 {"Sec-Fetch-Site: cross-site"},
                 403,
                 {R"("other_origin")"},
                 {}},
        Scenario{"rebound host",
                 "GET",
                 "/api/v1/leads",
                 "",
                 {"Host: evil.example"},
                 403,
                 {R"("wrong_host")"},
                 {"Sarah"}},
        Scenario{"bad If-Match",
                 "PATCH",
                 "/api/v1/leads/1",
                 R"({"name":"X"})",
                 {"If-Match: abc"},
                 422,
                 {R"("bad_if_match")"},
                 {}},
        Scenario{"stale edit",
                 "PATCH",
                 "/api/v1/leads/1",
                 R"({"name":"X"})",
                 {"If-Match: \"9\""},
                 409,
                 {R"("code":"conflict")", R"("current":{"id":1)", "Sarah Johnson"},
                 {}},
        Scenario{"stale delete",
                 "DELETE",
                 "/api/v1/leads/1",
                 "",
                 {"If-Match: 9"},
                 409,
                 {R"("current":{"id":1)"},
                 {}},
        Scenario{"status by hand",
                 "POST",
                 "/api/v1/leads/1/status",
                 R"({"status":"processing"})",
                 {},
                 409,
                 {R"("not_by_hand")"},
                 {}},
        Scenario{
            "campaign in use", "DELETE", "/api/v1/assistants/1", "", {}, 409, {R"("in_use")"}, {}},
        Scenario{"built in", "DELETE", "/api/v1/campaigns/1", "", {}, 409, {}, {}},
        Scenario{"name taken",
                 "POST",
                 "/api/v1/campaigns",
                 R"({"name":"Spring"})",
                 {},
                 422,
                 {R"("name_taken")"},
                 {}},
        Scenario{"stale campaign",
                 "PATCH",
                 "/api/v1/campaigns/2",
                 R"({"concurrency":9})",
                 {"If-Match: 77"},
                 409,
                 {R"("current":{"id":2)"},
                 {}},
        Scenario{"no assistant", "POST", "/api/v1/campaigns/1/start", "", {}, 409, {}, {}},
        Scenario{"no preview",
                 "GET",
                 "/api/v1/leads/1/preview",
                 "",
                 {},
                 409,
                 {R"("assistant_missing")"},
                 {}},
        Scenario{"catalog of none", "GET", "/api/v1/providers/bland/catalog", "", {}, 404, {}, {}},
        Scenario{"suppress nonsense",
                 "POST",
                 "/api/v1/suppressions",
                 R"({"number":"hello"})",
                 {},
                 422,
                 {R"("path":"number")"},
                 {}},
        Scenario{"outcome nobody has",
                 "GET",
                 "/api/v1/calls?outcome=maybe",
                 "",
                 {},
                 422,
                 {R"("path":"outcome")"},
                 {}},
        Scenario{
            "commit without file", "POST", "/api/v1/imports/9/commit", "{}", {}, 404, {}, {}}));

TEST(ApiLeads, AreMadeChangedAndRemovedByVersion) {
  TestServer server;
  const HttpAnswer made = server.Post("/api/v1/leads", kSarah);
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.headers.at("etag"), "\"1\"");
  EXPECT_GT(server.wakes(), 0) << "the scheduler hears of it";

  const HttpAnswer changed = server.Send(
      "PATCH", "/api/v1/leads/1", R"({"company":"TechStart","variables":{"budget_range":null}})",
      {"If-Match: " + made.headers.at("etag")});
  ASSERT_EQ(changed.status, 200) << changed.body;
  EXPECT_EQ(TextOr(changed.json(), "company"), "TechStart");
  EXPECT_EQ(TextOr(changed.json(), "name"), "Sarah Johnson");
  EXPECT_TRUE(Member(changed.json(), "variables").empty());
  EXPECT_EQ(Member(changed.json(), "contacts").size(), 1u);

  const HttpAnswer stale =
      server.Send("PATCH", "/api/v1/leads/1", R"({"company":"Other"})", {"If-Match: 1"});
  EXPECT_EQ(stale.status, 409);
  EXPECT_EQ(TextOr(Member(stale.json(), "current"), "company"), "TechStart");

  EXPECT_EQ(server.Send("DELETE", "/api/v1/leads/1").status, 204);
  EXPECT_EQ(server.Get("/api/v1/leads/1").status, 404);
}

TEST(ApiLeads, StatusIsSetByHandInEitherVocabulary) {
  TestServer server;
  server.Add("leads", kSarah);
  EXPECT_EQ(
      TextOr(server.Post("/api/v1/leads/1/status", R"({"status":"completed"})").json(), "status"),
      "completed");
  EXPECT_EQ(
      TextOr(server.Post("/api/v1/leads/1/status", R"({"status":"pending"})").json(), "status"),
      "created");
}

TEST(ApiLeads, PagesHoldEveryLeadOnce) {
  TestServer server;
  for (int i = 0; i < 7; ++i) {
    LeadDraft draft;
    draft.name = "Lead " + std::to_string(i);
    draft.phone = "+1415555100" + std::to_string(i);
    draft.email = "a@example.com";
    server.Add("leads", DumpJson(LeadDraftJson(draft)));
  }
  std::set<int64_t> seen;
  std::string cursor;
  do {
    const Json page =
        server.Get("/api/v1/leads?limit=3" + (cursor.empty() ? "" : "&cursor=" + cursor)).json();
    EXPECT_EQ(IntOf(Member(page, "total")), 7);
    for (const Json& lead : Member(page, "items")) {
      EXPECT_TRUE(seen.insert(*IntOf(Member(lead, "id"))).second);
    }
    cursor = TextOr(page, "next_cursor");
  } while (!cursor.empty());
  EXPECT_EQ(seen.size(), 7u);
}

TEST(ApiCampaigns, StartPauseResumeFinish) {
  TestServer server;
  server.Add("assistants", kAnna);
  server.Add("campaigns", R"({"name":"Spring","assistant_id":1})");
  for (const auto& [verb, state] : {std::pair{"start", "running"},
                                    {"pause", "paused"},
                                    {"resume", "running"},
                                    {"finish", "finished"}}) {
    const HttpAnswer answer = server.Post(std::string("/api/v1/campaigns/2/") + verb, "");
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(TextOr(answer.json(), "state"), state);
  }
}

TEST(ApiSettings, AreChangedByVersion) {
  TestServer server;
  const HttpAnswer before = server.Get("/api/v1/settings");
  const HttpAnswer changed = server.Send("PATCH", "/api/v1/settings", R"({"auto_calling":false})",
                                         {"If-Match: " + before.headers.at("etag")});
  ASSERT_EQ(changed.status, 200) << changed.body;
  EXPECT_EQ(Member(changed.json(), "auto_calling"), false);
  EXPECT_EQ(server
                .Send("PATCH", "/api/v1/settings", R"({"concurrency":3})",
                      {"If-Match: " + before.headers.at("etag")})
                .status,
            409);
}

TEST(ApiSuppressions, ComeAndGoByTheNumber) {
  TestServer server;
  server.Add("suppressions", R"({"number":"+14155559999"})");
  EXPECT_EQ(server.Send("DELETE", "/api/v1/suppressions/%2B14155559999").status, 204);
  EXPECT_EQ(server.Send("DELETE", "/api/v1/suppressions/+14155559999").status, 404);
}

TEST(ApiPreview, ShowsTheExactRequestAndWhatIsMissing) {
  TestServer::Options options;
  options.providers[static_cast<int>(Provider::kVapi)] = {.base_url = "http://127.0.0.1:9",
                                                          .api_key = "canary-key",
                                                          .webhook_secret = "canary-secret",
                                                          .webhook_url = "https://a.example/x"};
  TestServer server(options);
  server.Add(
      "assistants",
      R"({"name":"V","provider":"vapi","phone_number_id":"aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa",
                 "inline":{"first_message":"Hi {{first_name}} of {{company}}, {{colour}}?"},
                 "variables":[{"key":"budget_range","required":true}]})");
  server.Add("campaigns", R"({"name":"Spring","assistant_id":1})");
  server.Add("leads", R"({"name":"Sarah Johnson","phone":"+14155551234",
                          "email":"s@example.com","campaign_id":2})");
  const HttpAnswer answer = server.Get("/api/v1/leads/1/preview");
  ASSERT_EQ(answer.status, 200) << answer.body;
  const Json preview = answer.json();
  EXPECT_EQ(TextOr(preview, "number"), "+14155551234");
  EXPECT_NE(TextOr(preview, "first_message").find("Hi Sarah of"), std::string::npos);
  EXPECT_EQ(DumpJson(Member(preview, "unknown_variables")), R"(["colour"])");
  EXPECT_EQ(DumpJson(Member(preview, "empty_variables")), R"(["company"])");
  EXPECT_EQ(DumpJson(Member(preview, "missing_required")), R"(["budget_range"])");
  EXPECT_TRUE(Member(preview, "request").is_object());
  EXPECT_EQ(answer.body.find("canary"), std::string::npos) << "no secret leaves the server";
}

}  // namespace
}  // namespace leadline
