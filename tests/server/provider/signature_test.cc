#include "server/provider/signature.h"

#include <gtest/gtest.h>

#include <string>

namespace leadline {
namespace {

struct Vector {
  const char* key;
  TimeMs timestamp_ms;
  const char* body;
  const char* header;
};

// Made with the provider's own SDK and checked with openssl.
const Vector kVectors[] = {
    {"key_test_0123456789abcdef", 1767225600000,
     "{\"event\":\"call_ended\",\"call\":{\"call_id\":\"call_abc123\",\"call_status\":\"ended\","
     "\"disconnection_reason\":\"dial_no_answer\"}}",
     "v=1767225600000,d=ed24c7f20cc4fb230d14d1192a1efafbc8b02ffa32975307b3f2e8498ca62e89"},
    {"sk-äöü-second-key", 1767229200123,
     "{\"event\":\"call_analyzed\",\"call\":{\"call_id\":\"call_9f2\",\"call_analysis\":"
     "{\"call_summary\":\"Café — ok 👍\"}}}",
     "v=1767229200123,d=d28565703f506cd89371128ca5b9bea7f32e2897e1134ebed1119428737ea01a"},
};

TEST(RetellSignature, AgreesWithTheProvidersSdk) {
  for (const Vector& v : kVectors) {
    for (const TimeMs off : {-300000, 0, 300000}) {
      EXPECT_TRUE(IsRetellSignature(v.header, v.body, v.key, v.timestamp_ms + off)) << off;
    }
    EXPECT_FALSE(IsRetellSignature(v.header, v.body, v.key, v.timestamp_ms + 300001));
    EXPECT_FALSE(IsRetellSignature(v.header, v.body, v.key, v.timestamp_ms - 300001));
  }
}

TEST(RetellSignature, TakesUpperCaseAndLeadingZerosAsTheSdkDoes) {
  const Vector& v = kVectors[0];
  std::string upper = v.header;
  for (char& c : upper) c = static_cast<char>(toupper(c));
  EXPECT_TRUE(IsRetellSignature(upper, v.body, v.key, v.timestamp_ms));
  const std::string zero = "v=0" + std::string(v.header).substr(2);
  EXPECT_TRUE(IsRetellSignature(zero, v.body, v.key, v.timestamp_ms));
}

TEST(RetellSignature, RefusesEveryChangeOfBodyDigestTimeAndKey) {
  const Vector& v = kVectors[0];
  const std::string body = v.body;
  for (size_t i = 0; i < body.size(); ++i) {
    std::string changed = body;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(IsRetellSignature(v.header, changed, v.key, v.timestamp_ms)) << i;
  }
  const std::string header = v.header;
  for (size_t i = 2; i < header.size(); ++i) {
    std::string changed = header;
    changed[i] = changed[i] == '1' ? '2' : '1';
    EXPECT_FALSE(IsRetellSignature(changed, v.body, v.key, v.timestamp_ms)) << i;
  }
  EXPECT_FALSE(IsRetellSignature(v.header, v.body, "key_test_0123456789abcdeF", v.timestamp_ms));
  EXPECT_FALSE(IsRetellSignature(v.header, v.body, "", v.timestamp_ms));
}

TEST(RetellSignature, RefusesHeadersThatAreNoSignature) {
  const Vector& v = kVectors[0];
  const std::string good = v.header;
  for (const std::string& bad :
       {std::string(), " " + good, good + " ", good + "0", good.substr(0, good.size() - 1),
        "x" + good, std::string("v=,d="), std::string("v=-1,d=") + std::string(64, '0'),
        "v=99999999999999999999,d=" + std::string(64, '0'), std::string(100000, 'v'),
        std::string("v=1,e=") + std::string(64, '0')}) {
    EXPECT_FALSE(IsRetellSignature(bad, v.body, v.key, v.timestamp_ms)) << bad.substr(0, 80);
  }
}

TEST(SameSecret, ComparesWholeTexts) {
  EXPECT_TRUE(SameSecret("abc", "abc"));
  EXPECT_TRUE(SameSecret("", ""));
  for (const char* other : {"", "ab", "abcd", "abC"}) EXPECT_FALSE(SameSecret("abc", other));
}

}  // namespace
}  // namespace leadline
