#include "common/api/lead_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/api/call_json.h"

namespace leadline {
namespace {

using ::testing::ElementsAre;

Json Parse(std::string_view text) {
  return ParseJson(text).value();
}

LeadRecord FullLead() {
  LeadRecord lead;
  lead.id = 7;
  lead.version = 3;
  lead.campaign_id = 1;
  lead.name = "Sarah Johnson";
  lead.phone = "+14155551234";
  lead.email = "sarah@example.com";
  lead.company = "TechStart";
  lead.timezone = "America/Los_Angeles";
  lead.status = LeadStatus::kRescheduled;
  lead.attempts = 1;
  lead.max_attempts = 4;
  lead.round = 2;
  lead.primary_failed = true;
  lead.last_outcome = "no_answer";
  lead.last_attempt_at = *ParseRfc3339("2026-03-02T17:00:05Z");
  lead.next_attempt_at = *ParseRfc3339("2026-03-02T19:00:05Z");
  lead.error = {"rate_limit_exceeded", "slow down"};
  lead.variables = {{"budget_range", "10-20k"}};
  lead.contacts.push_back(
      {9, "Jane Doe", "+14155550123", {{"role", "CTO"}}, LeadStatus::kFailed, 2});
  lead.import_id = 12;
  lead.created_at = *ParseRfc3339("2026-03-02T16:58:00Z");
  lead.updated_at = *ParseRfc3339("2026-03-02T17:00:41.120Z");
  return lead;
}

TEST(LeadJson, HasTheMembersThatScriptsRelyOn) {
  const Json json = LeadJson(FullLead());
  EXPECT_EQ(TextOr(json, "first_name"), "Sarah");
  EXPECT_EQ(TextOr(json, "last_name"), "Johnson");
  EXPECT_EQ(TextOr(json, "status"), "rescheduled");
  EXPECT_EQ(TextOr(json, "status_group"), "retry");
  EXPECT_EQ(TextOr(json, "next_attempt_at"), "2026-03-02T19:00:05.000Z");
  EXPECT_EQ(TextOr(json, "updated_at"), "2026-03-02T17:00:41.120Z");
  EXPECT_EQ(IntOf(Member(json, "max_attempts")), 4);
  EXPECT_EQ(TextOr(Member(json, "error"), "provider_message"), "slow down");
  EXPECT_EQ(TextOr(Member(json, "error"), "class"), "temporary");
  EXPECT_TRUE(Member(Member(json, "error"), "fix").is_array());
  EXPECT_EQ(TextOr(MemberPath(json, {"contacts"})[0], "phone"), "+14155550123");
}

TEST(LeadJson, ComesBackAsItWas) {
  const LeadRecord lead = FullLead();
  LeadRecord read;
  ASSERT_TRUE(ReadLead(LeadJson(lead), &read));
  EXPECT_EQ(LeadJson(read), LeadJson(lead));
  EXPECT_EQ(read.contacts[0].status, LeadStatus::kFailed);
  EXPECT_EQ(read.contacts[0].attempts, 2);
}

TEST(LeadJson, ShowsWhatIsNotSetAsNull) {
  const Json json = LeadJson({});
  for (const char* key :
       {"next_attempt_at", "last_attempt_at", "error", "timezone", "last_outcome", "import_id"}) {
    EXPECT_TRUE(json.contains(key) && Member(json, key).is_null()) << key;
  }
}

TEST(LeadJson, AnOlderClientReadsAnAnswerWithMembersItDoesNotKnow) {
  LeadRecord read;
  EXPECT_TRUE(
      ReadLead(Parse(R"({"id":5,"status":"sleeping","colour":"red","attempts":"x"})"), &read));
  EXPECT_EQ(read.id, 5);
  EXPECT_EQ(read.status, LeadStatus::kCreated);
  EXPECT_FALSE(ReadLead(Parse("[]"), &read));
}

TEST(LeadDraftJson, ComesBackAsItWas) {
  const LeadRecord lead = FullLead();
  LeadDraft draft = lead;  // the stored contacts, by whose ids the body speaks
  draft.contacts[0].name = "Somebody Else";
  ASSERT_TRUE(DecodeLeadDraft(LeadDraftJson(lead), &draft).ok());
  EXPECT_EQ(LeadDraftJson(draft), LeadDraftJson(lead));
}

TEST(LeadDraftJson, APatchChangesOnlyWhatItNames) {
  LeadDraft draft = FullLead();
  const Status status = DecodeLeadDraft(
      Parse(R"({"company":"","variables":{"budget_range":null,"n":5,"yes":true}})"), &draft);
  ASSERT_TRUE(status.ok()) << status.message();
  EXPECT_EQ(draft.name, "Sarah Johnson");
  EXPECT_EQ(draft.company, "");
  EXPECT_EQ(draft.variables, (Variables{{"n", "5"}, {"yes", "true"}}));
  EXPECT_EQ(draft.contacts.size(), 1u);
}

TEST(LeadDraftJson, AContactWithItsIdKeepsWhatIsNotNamed) {
  LeadDraft draft = FullLead();
  const Status status = DecodeLeadDraft(
      Parse(R"({"contacts":[{"phone":"+14155550199"},{"id":9,"name":"Jane D."}]})"), &draft);
  ASSERT_TRUE(status.ok()) << status.message();
  ASSERT_EQ(draft.contacts.size(), 2u);
  EXPECT_EQ(draft.contacts[0].id, 0);
  EXPECT_EQ(draft.contacts[1].phone, "+14155550123");
  EXPECT_EQ(draft.contacts[1].name, "Jane D.");
  EXPECT_EQ(draft.contacts[1].attempts, 2);
}

struct BadBody {
  const char* body;
  const char* path;
  const char* code;
};

// Else a case would be named by its bytes, which differ from run to run.
void PrintTo(const BadBody& c, std::ostream* out) {
  *out << c.body;
}

class LeadDraftRefused : public ::testing::TestWithParam<BadBody> {};

TEST_P(LeadDraftRefused, WithThePlaceAndTheReason) {
  LeadDraft draft = FullLead();
  const LeadDraft before = draft;
  const Status status = DecodeLeadDraft(Parse(GetParam().body), &draft);
  ASSERT_EQ(status.code(), Code::kInvalid);
  ASSERT_FALSE(status.fields().empty());
  EXPECT_EQ(status.fields()[0].path, GetParam().path);
  EXPECT_EQ(status.fields()[0].code, GetParam().code);
  EXPECT_EQ(LeadDraftJson(draft), LeadDraftJson(before)) << "a refused body must change nothing";
}

INSTANTIATE_TEST_SUITE_P(
    All, LeadDraftRefused,
    ::testing::Values(BadBody{R"({"nme":"A"})", "nme", "unknown_member"},
                      BadBody{R"({"name":5})", "name", "not_text"},
                      BadBody{R"({"status":"completed"})", "status", "read_only"},
                      BadBody{R"({"id":5})", "id", "read_only"},
                      BadBody{R"({"campaign_id":-1})", "campaign_id", "out_of_range"},
                      BadBody{R"({"variables":[]})", "variables", "not_an_object"},
                      BadBody{R"({"variables":{"a":{}}})", "variables.a", "not_text"},
                      BadBody{R"({"contacts":{}})", "contacts", "not_a_list"},
                      BadBody{R"({"contacts":[{"fone":"1"}]})", "contacts[0].fone",
                              "unknown_member"},
                      BadBody{R"({"contacts":[{"id":77}]})", "contacts[0].id", "unknown_contact"},
                      BadBody{R"({"contacts":[5]})", "contacts[0]", "not_an_object"},
                      BadBody{R"([])", "", "not_an_object"}));

TEST(StatusRequest, TakesBothVocabularies) {
  StatusRequest request;
  ASSERT_TRUE(DecodeStatusRequest(Parse(R"({"status":"max_retries"})"), &request).ok());
  EXPECT_EQ(request.status, LeadStatus::kMaxRetries);
  EXPECT_FALSE(request.clear_attempts);
  ASSERT_TRUE(
      DecodeStatusRequest(Parse(R"({"status":"pending","clear_attempts":true})"), &request).ok());
  EXPECT_EQ(request.status, LeadStatus::kCreated);
  EXPECT_TRUE(request.clear_attempts);
  EXPECT_EQ(DecodeStatusRequest(Parse(R"({"status":"sleeping"})"), &request).fields()[0].code,
            "unknown_choice");
  EXPECT_EQ(DecodeStatusRequest(Parse("{}"), &request).fields()[0].code, "required");
}

TEST(CallJson, ComesBackAsItWas) {
  Call call;
  call.id = 3;
  call.attempt_id = "0c8f1c1e-0000-4000-8000-000000000001";
  call.lead_id = 7;
  call.contact_id = 9;
  call.attempt_no = 2;
  call.campaign_id = 1;
  call.assistant_id = 4;
  call.provider = Provider::kVapi;
  call.number = "+14155551234";
  call.lead_name = "Sarah Johnson";
  call.state = CallState::kEnded;
  call.provider_call_id = "v-1";
  call.outcome = Outcome::kVoicemail;
  call.reason = "voicemail";
  call.error_code = "unknown_error";
  call.provider_message = "what";
  call.connected = true;
  call.claimed_at = 1000;
  call.started_at = 2000;
  call.ended_at = 3000;
  call.checked_at = 2500;
  call.checks = 1;
  call.duration_ms = 900;
  call.cost_microusd = 45000;
  call.transcript = "Hello";
  call.summary = "Short";
  call.recording_url = "https://example.com/r.mp3";
  Call read;
  ASSERT_TRUE(ReadCall(CallJson(call), &read));
  EXPECT_EQ(CallJson(read), CallJson(call));
  EXPECT_EQ(read.outcome, Outcome::kVoicemail);
  call.state = CallState::kActive;
  EXPECT_TRUE(Member(CallJson(call), "outcome").is_null()) << "no final word yet";
}

TEST(TimelineJson, ComesBackAsItWas) {
  const TimelineRecord entry = {4,         1000,         "scheduler", "claim",
                                "created", "processing", 3,           "Dialled."};
  TimelineRecord read;
  ASSERT_TRUE(ReadTimeline(TimelineJson(entry), &read));
  EXPECT_EQ(TimelineJson(read), TimelineJson(entry));
}

}  // namespace
}  // namespace leadline
