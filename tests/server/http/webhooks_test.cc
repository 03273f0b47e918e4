#include "server/service/webhooks.h"

#include <gtest/gtest.h>
#include <openssl/hmac.h>

#include "tests/server/http/test_server.h"

namespace leadline {
namespace {

constexpr const char* kVapiEnd =
    R"({"message":{"type":"end-of-call-report","timestamp":1772470800000,
        "endedReason":"customer-did-not-answer",
        "call":{"id":"11111111-2222-4333-8444-555555555555",
                "assistantOverrides":{"metadata":{"attempt_id":"0c8f1c1e-0000-4000-8000-000000000001"}}},
        "phoneNumber":{"twilioAuthToken":"canary-token"}}})";

constexpr const char* kRetellEnd =
    R"({"event":"call_ended","call":{"call_id":"call_1","call_status":"ended",
        "disconnection_reason":"dial_no_answer",
        "metadata":{"attempt_id":"0c8f1c1e-0000-4000-8000-000000000001"}}})";

TestServer::Options WithProviders() {
  TestServer::Options options;
  options.public_url = "https://calls.example.com";
  options.providers[static_cast<int>(Provider::kVapi)] = {.base_url = "http://127.0.0.1:9",
                                                          .api_key = "k",
                                                          .webhook_secret = "vapi-secret",
                                                          .webhook_url = ""};
  options.providers[static_cast<int>(Provider::kRetell)] = {.base_url = "http://127.0.0.1:9",
                                                            .api_key = "key_retell",
                                                            .webhook_secret = "",
                                                            .webhook_url = ""};
  return options;
}

std::string RetellSignature(const std::string& body, TimeMs at, const std::string& key) {
  const std::string text = body + std::to_string(at);
  unsigned char digest[32];
  unsigned size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest, &size);
  std::string hex;
  for (unsigned char byte : digest) {
    hex += "0123456789abcdef"[byte >> 4];
    hex += "0123456789abcdef"[byte & 15];
  }
  return "v=" + std::to_string(at) + ",d=" + hex;
}

class Webhooks : public ::testing::Test {
 protected:
  Webhooks() : server_(WithProviders()) {}
  size_t Stored() { return server_.store().PendingWebhooks(100)->size(); }
  TestServer server_;
};

TEST_F(Webhooks, OfVapiAreTakenWithTheSecretOnly) {
  EXPECT_EQ(server_.Send("POST", "/webhooks/vapi", kVapiEnd).status, 401);
  EXPECT_EQ(server_.Send("POST", "/webhooks/vapi", kVapiEnd, {"x-vapi-secret: wrong"}).status, 401);
  EXPECT_EQ(
      server_.Send("POST", "/webhooks/vapi", kVapiEnd, {"x-vapi-secret: vapi%2Dsecret"}).status,
      401)
      << "header values are not decoded";
  EXPECT_EQ(Stored(), 0u);
  EXPECT_EQ(server_.Send("POST", "/webhooks/vapi", kVapiEnd, {"x-vapi-secret: vapi-secret"}).status,
            204);
  EXPECT_EQ(Stored(), 1u);
  EXPECT_GT(server_.wakes(), 0);
}

TEST_F(Webhooks, OfRetellAreHeldToBodyAndTime) {
  const TimeMs now = server_.clock().RealNowMs();
  const std::string good = RetellSignature(kRetellEnd, now, "key_retell");
  EXPECT_EQ(server_
                .Send("POST", "/webhooks/retell", std::string(kRetellEnd) + " ",
                      {"x-retell-signature: " + good})
                .status,
            401)
      << "another body";
  EXPECT_EQ(server_
                .Send("POST", "/webhooks/retell", kRetellEnd,
                      {"x-retell-signature: " + RetellSignature(kRetellEnd, now, "key_other")})
                .status,
            401);
  EXPECT_EQ(
      server_
          .Send("POST", "/webhooks/retell", kRetellEnd,
                {"x-retell-signature: " + RetellSignature(kRetellEnd, now - kHourMs, "key_retell")})
          .status,
      401)
      << "replayed an hour later";
  EXPECT_EQ(
      server_.Send("POST", "/webhooks/retell", kRetellEnd, {"x-retell-signature: " + good}).status,
      204);
  EXPECT_EQ(Stored(), 1u);
}

TEST_F(Webhooks, TheSameEventIsStoredOnce) {
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(
        server_.Send("POST", "/webhooks/vapi", kVapiEnd, {"x-vapi-secret: vapi-secret"}).status,
        204);
  }
  EXPECT_EQ(Stored(), 1u);
}

TEST_F(Webhooks, WhatCannotBeReadIsSaidSo) {
  for (const char* body : {"{", "[]", "null", "\"x\""}) {
    EXPECT_EQ(server_.Send("POST", "/webhooks/vapi", body, {"x-vapi-secret: vapi-secret"}).status,
              400)
        << body;
  }
  EXPECT_EQ(Stored(), 0u);
}

TEST_F(Webhooks, OverTwoMegabytesAreRefusedUnread) {
  RawSocket socket(server_.port());
  socket.Send("POST /webhooks/vapi HTTP/1.1\r\nHost: " + server_.host() +
              "\r\nContent-Length: 2100000\r\n\r\n");
  EXPECT_EQ(socket.ReadAnswer().status, 413);
}

TEST_F(Webhooks, ComeUnderThePublicNameTheApiDoesNot) {
  EXPECT_EQ(server_
                .Send("POST", "/webhooks/vapi", kVapiEnd,
                      {"Host: calls.example.com", "x-vapi-secret: vapi-secret"})
                .status,
            204);
  EXPECT_EQ(server_.Send("GET", "/api/v1/leads", "", {"Host: calls.example.com"}).status, 403);
}

TEST_F(Webhooks, SecretsOfTheCarrierAreNotStored) {
  server_.Send("POST", "/webhooks/vapi", kVapiEnd, {"x-vapi-secret: vapi-secret"});
  const auto stored = server_.store().PendingWebhooks(10);
  ASSERT_EQ(stored->size(), 1u);
  EXPECT_EQ((*stored)[0].body.find("canary-token"), std::string::npos);
  EXPECT_NE((*stored)[0].body.find("customer-did-not-answer"), std::string::npos);
}

TEST_F(Webhooks, TheLastOneIsShownWithTheProvider) {
  server_.Send("POST", "/webhooks/vapi", kVapiEnd, {"x-vapi-secret: vapi-secret"});
  const Json providers = server_.Get("/api/v1/providers").json();
  for (const Json& provider : Member(providers, "items")) {
    const bool is_vapi = TextOr(provider, "name") == "vapi";
    EXPECT_EQ(Member(provider, "last_webhook_at").is_null(), !is_vapi);
    EXPECT_EQ(TextOr(provider, "webhook_url"),
              "https://calls.example.com/webhooks/" + std::string(TextOr(provider, "name")));
  }
}

}  // namespace
}  // namespace leadline
