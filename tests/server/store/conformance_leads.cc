// Leads, campaigns, assistants, settings and suppressions as things that people make and change.
#include "tests/server/store/conformance.h"

namespace leadline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Contact ContactNo(int n) {
  Contact contact;
  contact.name = "Second " + std::to_string(n);
  contact.phone = PhoneNo(n);
  contact.variables["role"] = "CTO";
  return contact;
}

TEST_P(StoreConformance, ALeadComesBackAsItWasMade) {
  LeadDraft draft = DraftNo(1);
  draft.company = "TechStart \"Q\" \\ 日本";
  draft.timezone = "America/New_York";
  draft.variables = {{"budget", "10-20k"}, {"note", "line one\nline \"two\""}};
  draft.contacts = {ContactNo(2), ContactNo(3)};
  const Lead made = Must(store().CreateLead(draft, kPerson, now_));
  Reopen();
  const Lead lead = LeadNow(made.id);
  EXPECT_EQ(lead.campaign_id, 1);  // Default
  EXPECT_EQ(lead.version, 1);
  EXPECT_EQ(lead.status, LeadStatus::kCreated);
  EXPECT_EQ(lead.name, draft.name);
  EXPECT_EQ(lead.phone, draft.phone);
  EXPECT_EQ(lead.email, draft.email);
  EXPECT_EQ(lead.company, draft.company);
  EXPECT_EQ(lead.timezone, draft.timezone);
  EXPECT_EQ(lead.variables, draft.variables);
  EXPECT_EQ(lead.created_at, now_);
  ASSERT_EQ(lead.contacts.size(), 2u);
  EXPECT_EQ(lead.contacts[0].phone, PhoneNo(2));
  EXPECT_EQ(lead.contacts[1].name, "Second 3");
  EXPECT_EQ(lead.contacts[1].variables, (Variables{{"role", "CTO"}}));
  EXPECT_THAT(EventsOf(made.id), ElementsAre("lead_created"));
}

TEST_P(StoreConformance, ALeadThatBreaksARuleIsRefusedWithTheField) {
  LeadDraft draft = DraftNo(1);
  draft.phone = "212-555-1234";
  const auto made = store().CreateLead(draft, kPerson, now_);
  ASSERT_EQ(made.status().code(), Code::kInvalid);
  ASSERT_EQ(made.status().fields().size(), 1u);
  EXPECT_EQ(made.status().fields()[0].path, "phone");
  EXPECT_THAT(Must(store().CountLeads()), IsEmpty());
}

TEST_P(StoreConformance, RequiredFieldsAreThoseOfTheSettings) {
  LeadDraft draft = DraftNo(1);
  draft.email = "";
  EXPECT_EQ(store().CreateLead(draft, kPerson, now_).status().code(), Code::kInvalid);
  CallingSettings settings = Must(store().GetSettings());
  settings.required_fields = {"name"};
  settings = Must(store().UpdateSettings(settings, now_));
  Must(store().CreateLead(draft, kPerson, now_));
}

TEST_P(StoreConformance, ALeadOfAnUnknownCampaignIsNotMade) {
  EXPECT_EQ(store().CreateLead(DraftNo(1, 99), kPerson, now_).status().code(), Code::kNotFound);
}

TEST_P(StoreConformance, AnEditByAStaleVersionIsAConflictAndChangesNothing) {
  const Lead lead = MakeLead(1, 0);
  LeadDraft draft = lead;
  draft.name = "First editor";
  EXPECT_EQ(Must(store().UpdateLead(lead.id, 1, draft, kPerson, now_)).version, 2);
  draft.name = "Second editor";
  EXPECT_EQ(store().UpdateLead(lead.id, 1, draft, kPerson, now_).status().code(), Code::kConflict);
  EXPECT_EQ(store().DeleteLead(lead.id, 1, kPerson, now_).code(), Code::kConflict);
  EXPECT_EQ(LeadNow(lead.id).name, "First editor");
  EXPECT_EQ(LeadNow(lead.id).version, 2);
}

TEST_P(StoreConformance, ContactsKeepTheirIdsWhenTheyAreReorderedAndEdited) {
  const Lead lead = MakeLead(1, 0, [](LeadDraft* d) {
    d->contacts = {ContactNo(2), ContactNo(3), ContactNo(4)};
  });
  LeadDraft draft = lead;
  draft.contacts = {lead.contacts[2], lead.contacts[0], ContactNo(5)};
  draft.contacts[0].name = "Now first";
  draft.contacts[1].id = 0;  // known by its number
  const Lead after = Must(store().UpdateLead(lead.id, 1, draft, kPerson, now_));
  ASSERT_EQ(after.contacts.size(), 3u);
  EXPECT_EQ(after.contacts[0].id, lead.contacts[2].id);
  EXPECT_EQ(after.contacts[0].name, "Now first");
  EXPECT_EQ(after.contacts[1].id, lead.contacts[0].id);
  EXPECT_EQ(after.contacts[2].phone, PhoneNo(5));
}

TEST_P(StoreConformance, ADeletedLeadIsGoneAndItsIdIsNotUsedAgain) {
  const Lead lead = MakeLead(1, 0);
  Must(store().DeleteLead(lead.id, lead.version, kPerson, now_));
  EXPECT_EQ(store().GetLead(lead.id).status().code(), Code::kNotFound);
  EXPECT_EQ(store().DeleteLead(lead.id, 1, kPerson, now_).code(), Code::kNotFound);
  EXPECT_GT(MakeLead(2, 0).id, lead.id);
}

TEST_P(StoreConformance, StatusesByHandFollowTheTable) {
  const Lead lead = MakeLead(1, 0);
  const auto set = [&](LeadStatus to) {
    return store().SetLeadStatus(lead.id, 0, to, false, kPerson, now_);
  };
  EXPECT_SLUG(set(LeadStatus::kProcessing), "not_by_hand");
  EXPECT_SLUG(set(LeadStatus::kFailed), "not_by_hand");
  EXPECT_EQ(Must(set(LeadStatus::kCompleted)).status, LeadStatus::kCompleted);
  EXPECT_EQ(Must(set(LeadStatus::kRescheduled)).next_attempt_at, now_ + 120 * kMinuteMs);
  EXPECT_EQ(Must(set(LeadStatus::kMaxRetries)).next_attempt_at, 0);
  EXPECT_EQ(Must(set(LeadStatus::kScheduled)).next_attempt_at, 0);
  EXPECT_EQ(
      store().SetLeadStatus(lead.id, 1, LeadStatus::kCreated, false, kPerson, now_).status().code(),
      Code::kConflict);
  EXPECT_THAT(EventsOf(lead.id), ElementsAre("lead_created", "hand_completed", "hand_rescheduled",
                                             "hand_max_retries", "hand_scheduled"));
  EXPECT_EQ(CountsOf(1), "scheduled 1");
}

TEST_P(StoreConformance, AnAssistantThatIsUsedStays) {
  const Campaign campaign = MakeCampaign("One");
  const Assistant a = Must(store().GetAssistant(campaign.assistant_id));
  EXPECT_SLUG(store().DeleteAssistant(a.id, a.version, now_), "in_use");
  const Assistant free = MakeAssistant(Provider::kVapi);
  Must(store().DeleteAssistant(free.id, free.version, now_));
  EXPECT_EQ(Must(store().ListAssistants()).size(), 1u);
}

TEST_P(StoreConformance, AssistantsComeBackAsTheyWereAndGuardTheirVersion) {
  Assistant a;
  a.name = "Anna";
  a.provider = Provider::kVapi;
  a.first_message = "Hello {{name}}";
  a.phone_number_id = "id";
  a.variables = {{"budget", "10k", true, "Yearly"}, {"city", "", false, ""}};
  const Assistant made = Must(store().CreateAssistant(a, now_));
  Assistant read = Must(store().GetAssistant(made.id));
  EXPECT_EQ(read.provider, Provider::kVapi);
  EXPECT_EQ(read.first_message, a.first_message);
  ASSERT_EQ(read.variables.size(), 2u);
  EXPECT_EQ(read.variables[0].key, "budget");
  EXPECT_EQ(read.variables[0].default_value, "10k");
  EXPECT_TRUE(read.variables[0].required);
  EXPECT_EQ(read.variables[0].help, "Yearly");
  read.name = "Berta";
  EXPECT_EQ(Must(store().UpdateAssistant(read, now_)).version, 2);
  EXPECT_EQ(store().UpdateAssistant(read, now_).status().code(), Code::kConflict);
}

TEST_P(StoreConformance, CampaignsComeBackAsTheyWereAndKeepTheirNamesApart) {
  Campaign c;
  c.name = "Spring";
  c.schedule.timezone = "Europe/Berlin";
  c.schedule.windows = {{0b0011111, 540, 1080}, {0b1100000, 1320, 120}};
  c.schedule.holidays = {"2026-12-25"};
  c.retry_delay_minutes = 90;
  c.contact_order = ContactOrder::kPrimaryFirst;
  c.voicemail = VoicemailRule::kComplete;
  c.starts_per_minute = 7;
  const Campaign made = Must(store().CreateCampaign(c, now_));
  Campaign read = Must(store().GetCampaign(made.id));
  EXPECT_EQ(read.state, CampaignState::kDraft);
  EXPECT_EQ(read.schedule.timezone, "Europe/Berlin");
  ASSERT_EQ(read.schedule.windows.size(), 2u);
  EXPECT_EQ(read.schedule.windows[1].days, 0b1100000);
  EXPECT_EQ(read.schedule.windows[1].from_minute, 1320);
  EXPECT_EQ(read.schedule.windows[1].to_minute, 120);
  EXPECT_THAT(read.schedule.holidays, ElementsAre("2026-12-25"));
  EXPECT_EQ(read.retry_delay_minutes, 90);
  EXPECT_EQ(read.contact_order, ContactOrder::kPrimaryFirst);
  EXPECT_EQ(read.voicemail, VoicemailRule::kComplete);
  EXPECT_EQ(read.starts_per_minute, 7);
  EXPECT_SLUG(store().CreateCampaign(c, now_), "name_taken");
  c.name = "Other";
  c.assistant_id = 42;
  EXPECT_SLUG(store().CreateCampaign(c, now_), "unknown_assistant");
  read.max_attempts = 5;
  EXPECT_EQ(Must(store().UpdateCampaign(read, now_)).max_attempts, 5);
  EXPECT_EQ(store().UpdateCampaign(read, now_).status().code(), Code::kConflict);
}

TEST_P(StoreConformance, CampaignStatesMoveOnlyAsTheyMay) {
  Campaign draft;
  draft.name = "No assistant";
  const CampaignId bare = Must(store().CreateCampaign(draft, now_)).id;
  EXPECT_SLUG(store().SetCampaignState(bare, CampaignState::kRunning, "", now_),
              "assistant_missing");
  EXPECT_SLUG(store().SetCampaignState(bare, CampaignState::kPaused, "", now_), "wrong_state");
  const CampaignId id = MakeCampaign("One").id;
  EXPECT_SLUG(store().SetCampaignState(id, CampaignState::kRunning, "", now_), "wrong_state");
  const Campaign paused =
      Must(store().SetCampaignState(id, CampaignState::kPaused, "no_payment", now_));
  EXPECT_EQ(paused.pause_reason, "no_payment");
  const Campaign running = Must(store().SetCampaignState(id, CampaignState::kRunning, "", now_));
  EXPECT_EQ(running.pause_reason, "");
  Must(store().SetCampaignState(id, CampaignState::kFinished, "", now_));
  EXPECT_SLUG(store().SetCampaignState(id, CampaignState::kPaused, "", now_), "wrong_state");
}

TEST_P(StoreConformance, ACampaignWithLeadsAndTheBuiltInOneStay) {
  const Campaign one = MakeCampaign("One");
  const Lead lead = MakeLead(1, one.id);
  EXPECT_SLUG(store().DeleteCampaign(one.id, one.version, now_), "in_use");
  Must(store().DeleteLead(lead.id, lead.version, kPerson, now_));
  Must(store().DeleteCampaign(one.id, one.version, now_));
  EXPECT_SLUG(store().DeleteCampaign(1, 1, now_), "built_in");
  EXPECT_EQ(Must(store().ListCampaigns()).size(), 1u);
}

TEST_P(StoreConformance, SettingsKeepWhatWasSetAndGuardTheirVersion) {
  CallingSettings s = Must(store().GetSettings());
  EXPECT_EQ(s.concurrency, CallingSettings().concurrency);
  EXPECT_THAT(s.required_fields, ElementsAre("name", "email"));
  s.auto_calling = false;
  s.vapi_concurrency = 3;
  s.require_known_zone = true;
  s.required_fields = {};
  s.default_region = "US";
  s.simple_statuses = true;
  Must(store().UpdateSettings(s, now_));
  EXPECT_EQ(store().UpdateSettings(s, now_).status().code(), Code::kConflict);
  Reopen();
  const CallingSettings read = Must(store().GetSettings());
  EXPECT_FALSE(read.auto_calling);
  EXPECT_EQ(read.vapi_concurrency, 3);
  EXPECT_TRUE(read.require_known_zone);
  EXPECT_THAT(read.required_fields, IsEmpty());
  EXPECT_EQ(read.default_region, "US");
  EXPECT_TRUE(read.simple_statuses);
}

TEST_P(StoreConformance, SuppressionsAreListedPageByPage) {
  for (int n = 5; n >= 1; --n) Must(store().AddSuppression(PhoneNo(n), "asked", now_));
  Must(store().AddSuppression(PhoneNo(1), "asked twice", now_));
  const auto first = Must(store().ListSuppressions(3, ""));
  EXPECT_EQ(first.total, 5);
  ASSERT_EQ(first.items.size(), 3u);
  EXPECT_EQ(first.items[0].number, PhoneNo(1));
  EXPECT_EQ(first.items[0].reason, "asked twice");
  const auto second = Must(store().ListSuppressions(3, first.next_cursor));
  ASSERT_EQ(second.items.size(), 2u);
  EXPECT_EQ(second.items[1].number, PhoneNo(5));
  EXPECT_EQ(second.next_cursor, "");
  EXPECT_SLUG(store().ListSuppressions(3, "zz"), "bad_cursor");
  Must(store().RemoveSuppression(PhoneNo(1), now_));
  EXPECT_EQ(store().RemoveSuppression(PhoneNo(1), now_).code(), Code::kNotFound);
}

TEST_P(StoreConformance, ChangesAreToldInOrderAndToListeners) {
  int64_t told = 0;
  store().OnChange([&](int64_t newest) { told = newest; });
  const Lead lead = MakeLead(1, 0);
  const auto changes = Must(store().ReadChanges(0, 100));
  ASSERT_EQ(changes.events.size(), 1u);
  EXPECT_EQ(changes.events[0].kind, "lead");
  EXPECT_EQ(changes.events[0].ref_id, lead.id);
  EXPECT_EQ(changes.events[0].data, R"({"status":"created","version":1,"campaign_id":1})");
  EXPECT_EQ(told, changes.newest_id);
  Must(store().DeleteLead(lead.id, 1, kPerson, now_ + 5));
  const auto later = Must(store().ReadChanges(changes.newest_id, 100));
  ASSERT_EQ(later.events.size(), 1u);
  EXPECT_EQ(later.events[0].data, R"({"deleted":true})");
  EXPECT_EQ(Must(store().LatestInstant()), now_ + 5);
}

TEST_P(StoreConformance, ARefusedWriteTellsNobody) {
  int told = 0;
  store().OnChange([&](int64_t) { ++told; });
  EXPECT_FALSE(store().CreateLead(DraftNo(1, 99), kPerson, now_).ok());
  EXPECT_EQ(told, 0);
  EXPECT_EQ(Must(store().ReadChanges(0, 10)).newest_id, 0);
}

}  // namespace
}  // namespace leadline
