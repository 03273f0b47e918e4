#include "common/api/campaign_json.h"

#include <gtest/gtest.h>

#include "common/api/assistant_json.h"
#include "common/api/gate_json.h"
#include "common/api/import_json.h"

namespace leadline {
namespace {

Json Parse(std::string_view text) {
  return ParseJson(text).value();
}

Campaign FullCampaign() {
  Campaign c;
  c.id = 2;
  c.version = 5;
  c.name = "Spring";
  c.state = CampaignState::kPaused;
  c.pause_reason = "api_key_invalid";
  c.assistant_id = 3;
  c.schedule = {"America/New_York", {{0x1F, 540, 1440}, {0x20, 1320, 120}}, {"2026-12-25"}};
  c.retry_delay_minutes = 90;
  c.max_attempts = 4;
  c.contact_order = ContactOrder::kPrimaryFirst;
  c.contact_gap_seconds = 30;
  c.voicemail = VoicemailRule::kComplete;
  c.concurrency = 7;
  c.starts_per_minute = 12;
  c.created_at = 1000;
  c.updated_at = 2000;
  return c;
}

TEST(CampaignJson, ComesBackAsItWas) {
  Campaign read;
  ASSERT_TRUE(ReadCampaign(CampaignJson(FullCampaign()), &read));
  EXPECT_EQ(CampaignJson(read), CampaignJson(FullCampaign()));
  Campaign decoded;
  ASSERT_TRUE(DecodeCampaign(CampaignBodyJson(FullCampaign()), &decoded).ok());
  EXPECT_EQ(CampaignBodyJson(decoded), CampaignBodyJson(FullCampaign()));
}

TEST(CampaignJson, WritesWindowsAsPeopleDo) {
  const Json json = CampaignJson(FullCampaign());
  const Json& windows = MemberPath(json, {"schedule", "windows"});
  EXPECT_EQ(DumpJson(windows), R"([{"days":[1,2,3,4,5],"from":"09:00","to":"24:00"},)"
                               R"({"days":[6],"from":"22:00","to":"02:00"}])");
}

TEST(CampaignJson, APatchChangesOnlyWhatItNames) {
  Campaign c = FullCampaign();
  ASSERT_TRUE(DecodeCampaign(Parse(R"({"schedule":{"windows":[]},"assistant_id":null})"), &c).ok());
  EXPECT_EQ(c.name, "Spring");
  EXPECT_EQ(c.assistant_id, 0);
  EXPECT_TRUE(c.schedule.windows.empty());
  EXPECT_EQ(c.schedule.timezone, "America/New_York");
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

class CampaignRefused : public ::testing::TestWithParam<BadBody> {};

TEST_P(CampaignRefused, WithThePlaceAndTheReason) {
  Campaign c = FullCampaign();
  const Status status = DecodeCampaign(Parse(GetParam().body), &c);
  ASSERT_EQ(status.code(), Code::kInvalid);
  EXPECT_EQ(status.fields()[0].path, GetParam().path);
  EXPECT_EQ(status.fields()[0].code, GetParam().code);
  EXPECT_EQ(CampaignJson(c), CampaignJson(FullCampaign()));
}

INSTANTIATE_TEST_SUITE_P(
    All, CampaignRefused,
    ::testing::Values(
        BadBody{R"({"name":""})", "name", "required"},
        BadBody{R"({"state":"running"})", "state", "read_only"},
        BadBody{R"({"max_attempts":0})", "max_attempts", "out_of_range"},
        BadBody{R"({"max_attempts":2.5})", "max_attempts", "not_a_whole_number"},
        BadBody{R"({"retry_delay_minutes":9})", "retry_delay_minutes", "out_of_range"},
        BadBody{R"({"voicemail":"leave"})", "voicemail", "unknown_choice"},
        BadBody{R"({"schedule":[]})", "schedule", "not_an_object"},
        BadBody{R"({"schedule":{"timezone":""}})", "schedule.timezone", "required"},
        BadBody{R"({"schedule":{"tz":"UTC"}})", "schedule.tz", "unknown_member"},
        BadBody{R"({"schedule":{"holidays":["2026-02-30"]}})", "schedule.holidays[0]",
                "not_a_date"},
        BadBody{R"({"schedule":{"windows":[{"days":[0],"from":"09:00","to":"10:00"}]}})",
                "schedule.windows[0].days", "not_weekdays"},
        BadBody{R"({"schedule":{"windows":[{"days":[1],"from":"9:00","to":"24:01"}]}})",
                "schedule.windows[0].from", "not_a_time"}));

TEST(ClockText, CoversTheWholeDay) {
  for (int minute = 0; minute <= 1440; ++minute) EXPECT_EQ(ClockMinute(ClockText(minute)), minute);
  for (const char* bad : {"24:01", "09:60", "9:00", "09-00", "ab:cd", ""}) {
    EXPECT_EQ(ClockMinute(bad), -1) << bad;
  }
}

TEST(AssistantJson, ComesBackAsItWas) {
  Assistant a;
  a.id = 4;
  a.version = 2;
  a.name = "Ann";
  a.provider = Provider::kVapi;
  a.first_message = "Hello {{first_name}}";
  a.system_prompt = "Be kind.";
  a.voicemail_message = "Call us.";
  a.model = "gpt-4o-mini";
  a.max_duration_seconds = 120;
  a.phone_number_id = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
  a.variables = {{"budget", "10k", true, "How much"}};
  Assistant read;
  ASSERT_TRUE(ReadAssistant(AssistantJson(a), &read));
  EXPECT_EQ(AssistantJson(read), AssistantJson(a));
  Assistant decoded;
  ASSERT_TRUE(DecodeAssistant(AssistantBodyJson(a), &decoded).ok());
  EXPECT_EQ(AssistantBodyJson(decoded), AssistantBodyJson(a));
}

TEST(AssistantJson, RefusesWhatCannotBe) {
  Assistant fresh;
  EXPECT_EQ(DecodeAssistant(Parse(R"({"name":"A"})"), &fresh).fields()[0].path, "provider");
  EXPECT_EQ(DecodeAssistant(Parse(R"({"name":"A","provider":"bland"})"), &fresh).fields()[0].code,
            "unknown_choice");
  EXPECT_EQ(
      DecodeAssistant(
          Parse(R"({"name":"A","provider":"vapi","variables":[{"key":"a"},{"key":"a"}]})"), &fresh)
          .fields()[0]
          .code,
      "twice");
  Assistant stored;
  stored.id = 1;
  stored.name = "A";
  EXPECT_EQ(DecodeAssistant(Parse(R"({"provider":"vapi"})"), &stored).fields()[0].code,
            "read_only");
}

TEST(SettingsJson, ComesBackAsItWas) {
  const CallingSettings s = {9, false, 30, 11, 12, true, {"name", "variable:budget"}, "DE", true};
  CallingSettings read;
  ASSERT_TRUE(ReadSettings(SettingsJson(s), &read));
  EXPECT_EQ(SettingsJson(read), SettingsJson(s));
  CallingSettings decoded;
  ASSERT_TRUE(DecodeSettings(SettingsBodyJson(s), &decoded).ok());
  EXPECT_EQ(SettingsBodyJson(decoded), SettingsBodyJson(s));
}

TEST(ImportJson, OptionsComeBackAsTheyWere) {
  ImportOptions o;
  o.name = "March";
  o.campaign_id = 3;
  o.mapping = {{"Telefon", "phone"}};
  o.region = "DE";
  o.has_region = true;
  o.duplicates = 2;
  o.encoding = "utf-16le";
  o.delimiter = "\t";
  o.quote = "'";
  o.escape = "\\";
  o.comment = "none";
  o.header = false;
  o.required = std::vector<std::string>{"name"};
  o.accept_repairs = true;
  ImportOptions read;
  ASSERT_TRUE(DecodeImportOptions(ImportOptionsJson(o), &read).ok());
  EXPECT_EQ(ImportOptionsJson(read), ImportOptionsJson(o));
  EXPECT_EQ(read.delimiter, "\t");
  EXPECT_EQ(read.comment, "none");
}

TEST(ImportJson, OptionsRefuseWhatCannotBe) {
  ImportOptions read;
  EXPECT_TRUE(DecodeImportOptions(Parse(R"({"mapping":"auto","delimiter":"auto"})"), &read).ok());
  for (const auto& [body, path] : {std::pair{R"({"mapping":"manual"})", "mapping"},
                                   {R"({"mapping":{"A":1}})", "mapping.A"},
                                   {R"({"duplicates":"merge"})", "duplicates"},
                                   {R"({"delimiter":"ab"})", "delimiter"},
                                   {R"({"delimiter":5})", "delimiter"},
                                   {R"({"quote":"''"})", "quote"},
                                   {R"({"delimiter":";","escape":";"})", "escape"},
                                   {R"({"comment":true})", "comment"},
                                   {R"({"header":"yes"})", "header"},
                                   {R"({"types":["date"]})", "types"},
                                   {R"({"types":{"Due":5}})", "types.Due"},
                                   {R"({"regoin":"US"})", "regoin"}}) {
    const Status status = DecodeImportOptions(Parse(body), &read);
    ASSERT_FALSE(status.ok()) << body;
    EXPECT_EQ(status.fields()[0].path, path);
  }
}

TEST(ImportJson, ComesBackAsItWas) {
  ImportRecord i;
  i.id = 8;
  i.name = "March";
  i.campaign_id = 3;
  i.state = "committing";
  i.duplicates = "fill";
  i.file_bytes = 1000;
  i.rows_done = 20;
  i.rows = 30;
  i.created = 10;
  i.updated = 5;
  i.skipped = 3;
  i.rejected = 12;
  i.problems = {{"phone_missing", 9}, {"email_missing", 3}};
  i.error = "none";
  i.created_at = 1000;
  i.updated_at = 2000;
  i.columns = {{"Telefon", "phone", 0.5, "", 0}, {"Due", "variable:due", 0.5, "date:dmy", 0.75}};
  i.list_problems = {{"", "list_empty", "Nothing."}};
  ImportRecord read;
  ASSERT_TRUE(ReadImport(ImportJson(i), &read));
  EXPECT_EQ(ImportJson(read), ImportJson(i));
  const UndoRecord undo = {i, 3, 2, 1, {77}};
  UndoRecord read_undo;
  ASSERT_TRUE(ReadUndo(UndoJson(undo), &read_undo));
  EXPECT_EQ(UndoJson(read_undo), UndoJson(undo));
}

TEST(GateJson, ComesBackAsItWas) {
  const GateAnswer answer = {
      false,
      "window_open",
      5000,
      {{"window_open", "Inside the calling window", true, false, "It is night.", 5000, false},
       {"auto_calling", "Calling is on", false, true, "", 0, true}}};
  GateAnswer read;
  ASSERT_TRUE(ReadGates(GateJson(answer), &read));
  EXPECT_EQ(GateJson(read), GateJson(answer));
}

TEST(PreviewJson, ComesBackAsItWas) {
  const Preview preview = {
      Provider::kVapi, "+14155551234", Parse(R"({"a":[1]})"), "Hi", "Be", "Bye", {"company"},
      {"colour"},      {"budget"}};
  Preview read;
  ASSERT_TRUE(ReadPreview(PreviewJson(preview), &read));
  EXPECT_EQ(PreviewJson(read), PreviewJson(preview));
}

TEST(SummaryJson, ComesBackAsItWas) {
  std::vector<CampaignSummary> campaigns(1);
  campaigns[0].campaign_id = 3;
  for (int i = 0; i < 7; ++i) campaigns[0].leads[i] = campaigns[0].calls[6 - i] = i + 1;
  EXPECT_EQ(SummaryJson(ReadSummary(SummaryJson(campaigns))), SummaryJson(campaigns));
}

}  // namespace
}  // namespace leadline
