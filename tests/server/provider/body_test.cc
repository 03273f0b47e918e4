// The create-call bodies, member by member.
#include <gtest/gtest.h>

#include "server/provider/retell_body.h"
#include "server/provider/vapi_body.h"
#include "tests/server/provider/sample_order.h"

namespace leadline {
namespace {

void ExpectBody(const Json& body, std::string_view golden) {
  const auto expected = ParseJson(golden);
  ASSERT_TRUE(expected.ok());
  EXPECT_EQ(DumpJson(body, 1), DumpJson(*expected, 1));
}

TEST(RetellBody, SendsEveryFieldAndVariableAsText) {
  ExpectBody(RetellCreateBody(SampleOrder(Provider::kRetell), "https://x.example/webhooks/retell"),
             R"({
    "from_number": "+14157774444",
    "to_number": "+14155551234",
    "override_agent_id": "agent_1111111111111111",
    "retell_llm_dynamic_variables": {
      "budget_range": "10-20k", "company": "TechStart", "company_name": "TechStart",
      "customer_name": "Sarah Johnson", "email": "sarah@example.com",
      "email_address": "sarah@example.com", "first_name": "Sarah", "last_name": "Johnson",
      "name": "Sarah Johnson", "note": "{ {phone} } asap", "phone": "+14155551234",
      "phone_number": "+14155551234", "timezone": "America/Los_Angeles", "tone": "warm"
    },
    "metadata": {"attempt_id": "6f9619ff-8b86-4011-b42d-00c04fc964ff", "lead_id": "7"},
    "agent_override": {"agent": {"webhook_url": "https://x.example/webhooks/retell"}}
  })");
}

TEST(RetellBody, LeavesTheAgentsWebhookAloneWithoutOneOfOurOwn) {
  EXPECT_FALSE(RetellCreateBody(SampleOrder(Provider::kRetell), "").contains("agent_override"));
}

TEST(RetellBody, DialsTheContactWithItsOwnNameAndVariables) {
  DialOrder o = SampleOrder(Provider::kRetell);
  o.contact.id = 9;
  o.contact.name = "Jane Doe";
  o.contact.phone = o.call.number = "+14155550123";
  o.contact.variables = {{"tone", "formal"}, {"bad key!", "x"}};
  const Json body = RetellCreateBody(o, "");
  EXPECT_EQ(TextOr(body, "to_number"), "+14155550123");
  const Json& v = Member(body, "retell_llm_dynamic_variables");
  EXPECT_EQ(TextOr(v, "customer_name"), "Jane Doe");
  EXPECT_EQ(TextOr(v, "phone_number"), "+14155550123");
  EXPECT_EQ(TextOr(v, "tone"), "formal");
  EXPECT_FALSE(v.contains("bad key!"));
}

TEST(VapiBody, SendsAnExternalAssistantOnlyWhatItsTemplatesReferTo) {
  const NameSet references = {"first_name", "budget_range", "default", "not_ours"};
  ExpectBody(VapiCreateBody(SampleOrder(Provider::kVapi), {}, &references), R"({
    "assistantId": "11111111-1111-4111-8111-111111111111",
    "phoneNumberId": "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa",
    "customer": {"number": "+14155551234", "externalId": "7"},
    "name": "6f9619ff-8b86-4011-b42d-00c04fc964ff",
    "assistantOverrides": {
      "variableValues": {"budget_range": "10-20k", "first_name": "Sarah"},
      "metadata": {"attempt_id": "6f9619ff-8b86-4011-b42d-00c04fc964ff", "lead_id": "7"}
    }
  })");
}

TEST(VapiBody, DescribesAnInlineAssistantWithVoicemailDetectionAndOurWebhook) {
  ExpectBody(
      VapiCreateBody(InlineVapiOrder(), {"https://x.example/webhooks/vapi", "s3cret"}, nullptr),
      R"({
    "assistant": {
      "name": "Sales assistant with a name that is f…",
      "firstMessage": "Hi {{first_name}}, this is about {{company}}.",
      "model": {"provider": "openai", "model": "gpt-4o", "messages": [
        {"role": "system", "content": "Speak in a {{ tone | default: \"calm\" }} way. {unknown}"}]},
      "voicemailMessage": "Hi {{name}}, we will call again.",
      "voicemailDetection": {"provider": "vapi"},
      "maxDurationSeconds": 600
    },
    "phoneNumberId": "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa",
    "customer": {"number": "+14155551234", "externalId": "7"},
    "name": "6f9619ff-8b86-4011-b42d-00c04fc964ff",
    "assistantOverrides": {
      "variableValues": {"company": "TechStart", "first_name": "Sarah", "name": "Sarah Johnson",
                         "tone": "warm"},
      "metadata": {"attempt_id": "6f9619ff-8b86-4011-b42d-00c04fc964ff", "lead_id": "7"},
      "server": {"url": "https://x.example/webhooks/vapi", "timeoutSeconds": 20,
                 "headers": {"x-vapi-secret": "s3cret"},
                 "backoffPlan": {"type": "exponential", "maxRetries": 5, "baseDelaySeconds": 2}},
      "serverMessages": ["status-update", "end-of-call-report"]
    }
  })");
}

TEST(VapiBody, SendsEverythingWhenTheTemplatesAreNotKnown) {
  const Json body = VapiCreateBody(SampleOrder(Provider::kVapi), {}, nullptr);
  const Json& values = MemberPath(body, {"assistantOverrides", "variableValues"});
  EXPECT_EQ(values.size(), 14u);
  EXPECT_EQ(TextOr(values, "note"), "{ {phone} } asap");
}

TEST(VapiBody, KeepsVapisLimitOf40CharactersForNames) {
  DialOrder o = InlineVapiOrder();
  o.lead.name = std::string(39, 'x') + "äöü";
  o.lead.email = std::string(40, 'm') + "@example.com";
  o.assistant.first_message = "{{customer.name}} {{customer.email}}";
  const Json body = VapiCreateBody(o, {}, nullptr);
  EXPECT_LE(TextOr(Member(body, "assistant"), "name").size(), kVapiNameBytes);
  EXPECT_LE(TextOr(Member(body, "customer"), "name").size(), kVapiNameBytes);
  EXPECT_GT(TextOr(Member(body, "customer"), "name").size(), 30u);
  EXPECT_FALSE(Member(body, "customer").contains("email")) << "a longer one is refused as a whole";
}

TEST(VapiReferences, ReadsEveryTemplateOfAnAssistant) {
  const auto assistant = ParseJson(R"({"firstMessage": "Hi {{ a }} {single}",
    "voicemailMessage": "{{b | default: 'x'}}", "model": {"messages": [
      {"role": "system", "content": "{% if c %}{{d}}{% endif %}"}, {"role": "user"}, 3]}})");
  const NameSet names = VapiReferences(*assistant);
  for (const char* name : {"a", "b", "c", "d"}) EXPECT_EQ(names.count(name), 1u) << name;
  EXPECT_EQ(names.count("single"), 0u);
  for (const char* odd : {"null", "[]", "{\"model\": 1}", "{\"model\": {\"messages\": {}}}"}) {
    EXPECT_TRUE(VapiReferences(*ParseJson(odd)).empty()) << odd;
  }
}

}  // namespace
}  // namespace leadline
