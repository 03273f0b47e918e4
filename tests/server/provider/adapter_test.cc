// The adapters against servers that answer what the test says.
#include <gtest/gtest.h>

#include "server/provider/provider.h"
#include "tests/server/provider/sample_order.h"
#include "tests/server/provider/scripted_server.h"

namespace leadline {
namespace {

constexpr const char* kKey = "sk-CANARY-key-0123456789";
constexpr const char* kSecret = "CANARY-webhook-secret";

std::unique_ptr<CallProvider> Make(Provider provider, const std::string& url,
                                   const std::string& key = kKey) {
  ProviderConfig config;
  config.base_url = url;
  config.api_key = key;
  config.webhook_secret = kSecret;
  config.webhook_url = "https://x.example/webhooks/" + std::string(NameOf(provider));
  config.timeout_ms = 3000;
  auto made = MakeProvider(provider, config);
  EXPECT_TRUE(made.ok());
  return std::move(made).value();
}

size_t CountLines(const ScriptedServer& server, std::string_view line) {
  size_t n = 0;
  for (const auto& seen : server.seen()) n += seen.line == line ? 1 : 0;
  return n;
}

const char* CreatePath(Provider p) {
  return p == Provider::kVapi ? "POST /call" : "POST /v2/create-phone-call";
}
const char* CreatedBody(Provider p) {
  return p == Provider::kVapi ? R"({"id":"c-1","status":"queued"})"
                              : R"({"call_id":"c-1","call_status":"registered"})";
}

class AdapterTest : public testing::TestWithParam<Provider> {};
INSTANTIATE_TEST_SUITE_P(Both, AdapterTest, testing::Values(Provider::kRetell, Provider::kVapi),
                         [](const auto& param_info) {
                           return std::string(NameOf(param_info.param));
                         });

TEST_P(AdapterTest, PlacesACallWithExactlyOneRequest) {
  ScriptedServer server;
  server.On(CreatePath(GetParam()), {201, CreatedBody(GetParam())});
  const auto provider = Make(GetParam(), server.url());
  const DialOrder order = SampleOrder(GetParam());
  const PlaceResult result = provider->Place(order);
  EXPECT_EQ(result.kind, PlaceResult::Kind::kAccepted);
  EXPECT_EQ(result.provider_call_id, "c-1");
  EXPECT_EQ(CountLines(server, CreatePath(GetParam())), 1u);
  EXPECT_EQ(server.last().authorization, std::string("Bearer ") + kKey);
  EXPECT_EQ(server.last().body, DumpJson(provider->CreateBody(order, false)));
}

TEST_P(AdapterTest, NeverRepeatsACreateRequestWhateverTheAnswer) {
  for (const int status : {400, 401, 408, 409, 429, 500, 502, 503, 504}) {
    ScriptedServer server;
    server.On(CreatePath(GetParam()), {status, R"({"message":"no"})", {{"Retry-After", "0"}}});
    const PlaceResult result = Make(GetParam(), server.url())->Place(SampleOrder(GetParam()));
    EXPECT_EQ(result.kind,
              status < 500 ? PlaceResult::Kind::kRefused : PlaceResult::Kind::kUnclear);
    EXPECT_EQ(CountLines(server, CreatePath(GetParam())), 1u) << status;
  }
}

TEST_P(AdapterTest, RefusesWithoutAKeyAndAsksNobody) {
  ScriptedServer server;
  const auto provider = Make(GetParam(), server.url(), "");
  EXPECT_FALSE(provider->key_present());
  const PlaceResult result = provider->Place(SampleOrder(GetParam()));
  EXPECT_EQ(result.kind, PlaceResult::Kind::kRefused);
  EXPECT_EQ(result.verdict.code, "api_key_invalid");
  EXPECT_EQ(provider->ListCatalog().status().slug(), "no_key");
  EXPECT_TRUE(server.seen().empty());
}

TEST_P(AdapterTest, FindsACallByItsIdAndKnowsWhenItIsNotThere) {
  ScriptedServer server;
  const bool vapi = GetParam() == Provider::kVapi;
  const std::string path = vapi ? "GET /call/c%2F1" : "GET /v2/get-call/c%2F1";
  const auto provider = Make(GetParam(), server.url());
  Call call;
  call.provider_call_id = "c/1";
  server.On(vapi ? "GET /call/c/1" : "GET /v2/get-call/c/1",
            {200, vapi ? R"({"id":"c/1","status":"ended","endedReason":"customer-busy"})"
                       : R"({"call_id":"c/1","call_status":"not_connected",
                             "disconnection_reason":"dial_busy"})"});
  const FindResult found = provider->Find(call, 0);
  EXPECT_EQ(found.kind, FindResult::Kind::kFound);
  EXPECT_EQ(found.report.verdict.outcome, Outcome::kBusy);
  EXPECT_EQ(CountLines(server, path), 1u);
  call.provider_call_id = "other";
  EXPECT_EQ(provider->Find(call, 0).kind, FindResult::Kind::kNotThere);
}

TEST_P(AdapterTest, SaysNothingAboutACallWhenTheProviderCannotBeAsked) {
  using Kind = FindResult::Kind;
  const bool vapi = GetParam() == Provider::kVapi;
  for (const auto& [status, body] : std::vector<std::pair<int, std::string>>{
           {401, "{}"}, {429, "{}"}, {500, "{}"}, {200, "not json"}, {200, "7"}}) {
    ScriptedServer server;
    for (const char* path :
         {"GET /call/c", "GET /call", "GET /v2/get-call/c", "POST /v3/list-calls"}) {
      server.On(path, {status, body});
    }
    const auto provider = Make(GetParam(), server.url());
    Call by_id;
    by_id.provider_call_id = "c";
    Call by_attempt;
    by_attempt.attempt_id = "A";
    EXPECT_EQ(provider->Find(by_id, 0).kind, Kind::kNoAnswer) << status << body;
    EXPECT_EQ(provider->Find(by_attempt, 0).kind, Kind::kNoAnswer) << status << body;
  }
  Call call;
  call.attempt_id = "A";
  const auto nowhere = Make(GetParam(), vapi ? "http://127.0.0.1:1" : "http://127.0.0.1:1/x");
  EXPECT_EQ(nowhere->Find(call, 0).kind, Kind::kNoAnswer);
}

TEST_P(AdapterTest, NeverSaysAKey) {
  ScriptedServer server;
  const std::string leak = std::string("bad key ") + kKey + " and " + kSecret;
  const auto provider = Make(GetParam(), server.url());
  std::string said;
  for (const std::string& body : {"{\"message\":\"" + leak + "\"}", leak, "[\"" + leak + "\"]"}) {
    for (const int status : {400, 401, 500, 201}) {
      for (const char* path : {"POST /call", "POST /v2/create-phone-call", "GET /call",
                               "GET /call/c", "GET /v2/get-call/c", "POST /v3/list-calls",
                               "GET /assistant", "POST /v2/list-agents"}) {
        server.On(path, {status, body});
      }
      said += provider->Place(SampleOrder(GetParam())).provider_message;
      Call call;
      call.attempt_id = "A";
      said += provider->Find(call, 0).provider_message;
      call.provider_call_id = "c";
      said += provider->Find(call, 0).provider_message;
      said += provider->ListCatalog().status().message();
    }
  }
  said += DumpJson(provider->CreateBody(SampleOrder(GetParam()), true));
  EXPECT_NE(said.find("bad key ***"), std::string::npos);
  EXPECT_EQ(said.find("CANARY"), std::string::npos);
}

TEST(VapiAdapter, FindsACallByItsAttemptInTheLists) {
  ScriptedServer server;
  server.On("GET /call", {200, R"([{"id":"other","name":"B"},
    {"id":"c-1","status":"in-progress","assistantOverrides":{"metadata":{"attempt_id":"A"}}}])"});
  const auto provider = Make(Provider::kVapi, server.url());
  Call call;
  call.attempt_id = "A";
  const FindResult found = provider->Find(call, 1767225600000);
  ASSERT_EQ(found.kind, FindResult::Kind::kFound);
  EXPECT_EQ(found.report.provider_call_id, "c-1");
  EXPECT_EQ(server.last().line, "GET /call?limit=1000&createdAtGe=2026-01-01T00%3A00%3A00.000Z");
  call.attempt_id = "Z";
  EXPECT_EQ(provider->Find(call, 0).kind, FindResult::Kind::kNotThere);
}

TEST(VapiAdapter, DoesNotGiveUpOnAListThatItCouldNotReadToItsEnd) {
  ScriptedServer server;
  Json page = Json::array();
  for (int i = 0; i < 1000; ++i) {
    page.push_back({{"id", std::to_string(i)}, {"createdAt", "2026-01-01T00:00:00.000Z"}});
  }
  server.On("GET /call", {200, DumpJson(page)});
  Call call;
  call.attempt_id = "A";
  EXPECT_EQ(Make(Provider::kVapi, server.url())->Find(call, 0).kind, FindResult::Kind::kNoAnswer);
  EXPECT_EQ(server.seen().size(), 5u);
  EXPECT_NE(server.last().line.find("&createdAtLe=2026-01-01T00%3A00%3A00.000Z"),
            std::string::npos);
}

TEST(VapiAdapter, SendsWhatTheAssistantRefersToAndAsksForItOnce) {
  ScriptedServer server;
  const std::string path = std::string("GET /assistant/") + kVapiAssistant;
  server.On(path, {200, R"({"firstMessage":"Hi {{first_name}}"})"});
  const auto provider = Make(Provider::kVapi, server.url());
  for (int i = 0; i < 3; ++i) {
    const Json body = provider->CreateBody(SampleOrder(Provider::kVapi), false);
    EXPECT_EQ(DumpJson(MemberPath(body, {"assistantOverrides", "variableValues"})),
              R"({"first_name":"Sarah"})");
  }
  EXPECT_EQ(CountLines(server, path), 1u);
}

TEST(VapiAdapter, AsksForTheAssistantAgainAfterSomeMinutes) {
  ScriptedServer server;
  FakeClock clock(1000);
  ProviderConfig config;
  config.base_url = server.url();
  config.api_key = kKey;
  config.clock = &clock;
  const auto provider = std::move(MakeProvider(Provider::kVapi, config)).value();
  const DialOrder order = SampleOrder(Provider::kVapi);
  provider->CreateBody(order, false);  // cannot be read: tried again soon
  clock.Advance(31 * kSecondMs);
  server.On(std::string("GET /assistant/") + kVapiAssistant, {200, "{}"});
  provider->CreateBody(order, false);
  clock.Advance(4 * kMinuteMs);
  provider->CreateBody(order, false);
  EXPECT_EQ(server.seen().size(), 2u);
  clock.Advance(2 * kMinuteMs);
  provider->CreateBody(order, false);
  EXPECT_EQ(server.seen().size(), 3u);
}

TEST(VapiAdapter, SendsEverythingWhenTheAssistantCannotBeRead) {
  ScriptedServer server;
  const Json body =
      Make(Provider::kVapi, server.url())->CreateBody(SampleOrder(Provider::kVapi), false);
  EXPECT_EQ(MemberPath(body, {"assistantOverrides", "variableValues"}).size(), 14u);
}

TEST(VapiAdapter, ReadsTheConcurrencyLimitFromTheSubscriptionToo) {
  ScriptedServer server;
  server.On("POST /call", {400, R"({"message":"Bad Request","statusCode":400,
      "subscriptionLimits":{"concurrencyBlocked":true}})"});
  const PlaceResult result =
      Make(Provider::kVapi, server.url())->Place(SampleOrder(Provider::kVapi));
  EXPECT_TRUE(result.verdict.rate_limited);
}

TEST(VapiAdapter, ListsWhatCanBeChosenWithoutSecrets) {
  ScriptedServer server;
  server.On("GET /assistant", {200, R"([{"id":"a","name":"Sales"},{"id":"b"},{"name":"no id"}])"});
  server.On("GET /phone-number", {200, R"([{"id":"p","number":"+14157774444","status":"active",
      "name":"Main","twilioAuthToken":"CANARY"}])"});
  const auto catalog = Make(Provider::kVapi, server.url())->ListCatalog();
  ASSERT_TRUE(catalog.ok());
  ASSERT_EQ(catalog->agents.size(), 2u);
  EXPECT_EQ(catalog->agents[0].name, "Sales");
  ASSERT_EQ(catalog->numbers.size(), 1u);
  EXPECT_EQ(catalog->numbers[0].id, "p");
  EXPECT_EQ(catalog->numbers[0].note, "+14157774444, active");
}

TEST(RetellAdapter, FindsACallByItsAttemptAndReadsTheWholeCall) {
  ScriptedServer server;
  server.On("POST /v3/list-calls", {200, R"({"has_more":false,"items":[
      {"call_id":"c-1","call_status":"ended","metadata":{"attempt_id":"A"}}]})"});
  server.On("GET /v2/get-call/c-1", {200, R"({"call_id":"c-1","call_status":"ended",
      "disconnection_reason":"user_hangup","transcript":"Hi","metadata":{"attempt_id":"A"}})"});
  const auto provider = Make(Provider::kRetell, server.url());
  Call call;
  call.attempt_id = "A";
  EXPECT_EQ(provider->Find(call, 0).report.transcript, "Hi");
  EXPECT_EQ(server.seen().front().body,
            R"({"filter_criteria":{"metadata":[{"type":"string","op":"eq","key":"attempt_id",)"
            R"("value":"A"}]},"sort_order":"descending","limit":50})");
  call.attempt_id = "Z";
  EXPECT_EQ(provider->Find(call, 0).kind, FindResult::Kind::kNotThere);
}

TEST(RetellAdapter, ListsAgentsAndNumbersOverAllPages) {
  ScriptedServer server;
  server.On("POST /v2/list-agents", {200, R"({"has_more":true,"pagination_key":"k","items":[
      {"agent_id":"agent_1","agent_name":"Sales","channel":"voice"}]})"});
  server.On("GET /v2/list-phone-numbers", {200, R"({"has_more":false,"items":[
      {"phone_number":"+14157774444","nickname":"Main"}]})"});
  const auto catalog = Make(Provider::kRetell, server.url())->ListCatalog();
  ASSERT_TRUE(catalog.ok());
  EXPECT_EQ(catalog->agents.size(), 20u) << "bounded, although the server always has more";
  EXPECT_EQ(catalog->numbers[0].id, "+14157774444");
}

TEST(VapiAdapter, TakesWebhooksWithTheSecretOnly) {
  const auto provider = Make(Provider::kVapi, "https://api.example.com");
  const auto verify = [&](const char* name, const std::string& value) {
    return provider->VerifyWebhook(
        "{}", [&](const char* asked) { return asked == std::string(name) ? value : ""; }, 0);
  };
  EXPECT_TRUE(verify("x-vapi-secret", kSecret));
  EXPECT_TRUE(verify("authorization", std::string("Bearer ") + kSecret));
  EXPECT_FALSE(verify("authorization", kSecret));
  EXPECT_FALSE(verify("x-vapi-secret", "x"));
  EXPECT_FALSE(verify("other", kSecret));
}

TEST(VapiAdapter, TakesNoWebhookAndSendsNoAddressWithoutASecret) {
  ProviderConfig config;
  config.base_url = "http://127.0.0.1:1";
  config.webhook_url = "https://x.example/webhooks/vapi";
  const auto provider = MakeProvider(Provider::kVapi, config);
  ASSERT_TRUE(provider.ok());
  const auto empty = [](const char*) { return std::string(); };
  EXPECT_FALSE((*provider)->VerifyWebhook("{}", empty, 0));
  const Json body = (*provider)->CreateBody(InlineVapiOrder(), false);
  EXPECT_FALSE(Member(body, "assistantOverrides").contains("server"));
}

TEST(RetellAdapter, SignsWithTheWebhookKeyOrElseTheApiKey) {
  const std::string body =
      "{\"event\":\"call_ended\",\"call\":{\"call_id\":\"call_abc123\",\"call_status\":\"ended\","
      "\"disconnection_reason\":\"dial_no_answer\"}}";
  const auto header = [](const char* name) {
    return name == std::string("x-retell-signature")
               ? std::string(
                     "v=1767225600000,d="
                     "ed24c7f20cc4fb230d14d1192a1efafbc8b02ffa32975307b3f2e8498ca62e89")
               : std::string();
  };
  ProviderConfig config;
  config.base_url = "https://api.example.com";
  config.api_key = "key_test_0123456789abcdef";
  EXPECT_TRUE(
      (*MakeProvider(Provider::kRetell, config))->VerifyWebhook(body, header, 1767225600000));
  config.webhook_secret = "another";
  EXPECT_FALSE(
      (*MakeProvider(Provider::kRetell, config))->VerifyWebhook(body, header, 1767225600000));
  config.webhook_secret = config.api_key = "";
  EXPECT_FALSE(
      (*MakeProvider(Provider::kRetell, config))->VerifyWebhook(body, header, 1767225600000));
}

}  // namespace
}  // namespace leadline
