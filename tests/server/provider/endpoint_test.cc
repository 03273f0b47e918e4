#include "server/provider/endpoint.h"

#include <gtest/gtest.h>

#include "server/provider/provider.h"

namespace leadline {
namespace {

TEST(ParseEndpoint, TakesHttpsAnywhereAndHttpToThisMachine) {
  const struct {
    const char *url, *host_header, *prefix;
    bool tls;
  } rows[] = {
      {"https://api.vapi.ai", "api.vapi.ai", "", true},
      {"https://API.Example.com:8443/v1/", "api.example.com:8443", "/v1", true},
      {"https://10.0.0.7:444", "10.0.0.7:444", "", true},
      {"http://127.0.0.1:9090/vapi", "127.0.0.1:9090", "/vapi", false},
      {"http://127.8.9.1", "127.8.9.1", "", false},
      {"http://localhost:80/", "localhost", "", false},
      {"http://[::1]:9090/a/b", "[::1]:9090", "/a/b", false},
  };
  for (const auto& row : rows) {
    const auto endpoint = ParseEndpoint(row.url);
    ASSERT_TRUE(endpoint.ok()) << row.url;
    EXPECT_EQ(endpoint->HostHeader(), row.host_header) << row.url;
    EXPECT_EQ(endpoint->prefix, row.prefix) << row.url;
    EXPECT_EQ(endpoint->tls, row.tls) << row.url;
  }
}

TEST(ParseEndpoint, RefusesEverythingElse) {
  for (const char* url : {"",
                          "api.vapi.ai",
                          "ftp://api.vapi.ai",
                          "https://",
                          "https:///x",
                          "http://api.vapi.ai",
                          "http://127.0.0.1.example.com",
                          "http://0.0.0.0",
                          "http://10.0.0.1",
                          "http://169.254.169.254",
                          "http://0x7f.1",
                          "http://2130706433",
                          "http://[::ffff:10.0.0.1]",
                          "http://[::1",
                          "http://[::1]x",
                          "https://user:pw@api.vapi.ai",
                          "https://api.vapi.ai?x=1",
                          "https://api.vapi.ai#x",
                          "https://api.vapi.ai/%2e",
                          "https://a b",
                          "https://api.vapi.ai:0",
                          "https://api.vapi.ai:70000",
                          "https://api.vapi.ai:",
                          "https://api.vapi.ai:8x",
                          "https://-a",
                          "https://api.vapi.ai/a\r\nX: y",
                          "HTTPS://api.vapi.ai"}) {
    const auto endpoint = ParseEndpoint(url);
    ASSERT_FALSE(endpoint.ok()) << url;
    EXPECT_EQ(endpoint.status().slug(), "bad_base_url") << url;
  }
  EXPECT_FALSE(ParseEndpoint("https://" + std::string(1000, 'a')).ok());
}

TEST(MakeProvider, RefusesBadUrlsAndKeysThatNoHeaderCanCarry) {
  ProviderConfig config;
  config.base_url = "http://example.com";
  EXPECT_EQ(MakeProvider(Provider::kVapi, config).status().slug(), "bad_base_url");
  config.base_url = "https://example.com";
  config.api_key = "line\nbreak";
  const auto made = MakeProvider(Provider::kRetell, config);
  EXPECT_EQ(made.status().slug(), "bad_api_key");
  EXPECT_EQ(made.status().message().find("break\n"), std::string::npos);
  config.api_key = " key\n";
  ASSERT_TRUE(MakeProvider(Provider::kRetell, config).ok());
  EXPECT_TRUE((*MakeProvider(Provider::kVapi, config))->key_present());
  config.api_key = " \n";
  EXPECT_FALSE((*MakeProvider(Provider::kVapi, config))->key_present());
}

TEST(EncodeQueryValue, LeavesNothingThatCouldEndTheValue) {
  EXPECT_EQ(EncodeQueryValue("2026-01-01T00:00:00.000Z"), "2026-01-01T00%3A00%3A00.000Z");
  EXPECT_EQ(EncodeQueryValue("a/../b?c&d=é"), "a%2F..%2Fb%3Fc%26d%3D%C3%A9");
}

}  // namespace
}  // namespace leadline
