#include "tests/server/store/conformance.h"

#include <algorithm>

namespace leadline {

std::optional<ZoneSpan> FakeZones::SpanAt(std::string_view zone, TimeMs) const {
  if (zone == kUnreadable) return std::nullopt;
  return ZoneSpan{0, kNever, 0};
}

std::string PhoneNo(int n) {
  return "+1212" + std::to_string(2'000'000 + n);
}

LeadDraft DraftNo(int n, CampaignId campaign_id) {
  LeadDraft draft;
  draft.campaign_id = campaign_id;
  draft.name = "Person " + std::to_string(n);
  draft.phone = PhoneNo(n);
  draft.email = "person" + std::to_string(n) + "@example.com";
  return draft;
}

Assistant StoreConformance::MakeAssistant(Provider provider) {
  Assistant a;
  a.name = "Anna";
  a.provider = provider;
  a.external_id = "agent_1";
  a.caller_number = "+14157774444";
  a.phone_number_id = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
  return Must(store().CreateAssistant(a, now_));
}

Campaign StoreConformance::MakeCampaign(const std::string& name,
                                        const std::function<void(Campaign*)>& edit) {
  Campaign c;
  c.name = name;
  c.assistant_id = MakeAssistant().id;
  c.concurrency = 10;
  if (edit) edit(&c);
  c = Must(store().CreateCampaign(c, now_));
  return Must(store().SetCampaignState(c.id, CampaignState::kRunning, "", now_));
}

Lead StoreConformance::MakeLead(int n, CampaignId campaign_id,
                                const std::function<void(LeadDraft*)>& edit) {
  LeadDraft draft = DraftNo(n, campaign_id);
  if (edit) edit(&draft);
  return Must(store().CreateLead(draft, kPerson, now_));
}

ClaimParams StoreConformance::Params(int limit) {
  ClaimParams params;
  params.now = now_;
  params.limit = limit;
  for (ProviderReadiness& provider : params.providers) provider.key_present = true;
  params.new_attempt_id = [this] { return "attempt-" + std::to_string(++attempts_); };
  return params;
}

DialOrder StoreConformance::ClaimOne() {
  ClaimResult result = Claim();
  EXPECT_EQ(result.orders.size(), 1u);
  return result.orders.empty() ? DialOrder() : std::move(result.orders[0]);
}

CallReport StoreConformance::Report(const Call& call, CallReport::Phase phase, Outcome outcome) {
  CallReport report;
  report.provider = call.provider;
  report.attempt_id = call.attempt_id;
  report.provider_call_id = "provider-" + call.attempt_id;
  report.phase = phase;
  report.verdict = VerdictOf(outcome);
  report.connected = outcome == Outcome::kAnswered;
  return report;
}

void StoreConformance::EndCall(const Call& call, Outcome outcome) {
  Must(store().RecordAccepted(call.id, "provider-" + call.attempt_id, now_));
  EXPECT_EQ(Must(store().ApplyReport(Report(call, CallReport::Phase::kEnded, outcome), 0.5, now_)),
            ApplyResult::kApplied);
}

std::string StoreConformance::CountsOf(CampaignId id) {
  std::string text;
  for (const Store::StatusCount& count : Must(store().CountLeads())) {
    if (count.campaign_id != id) continue;
    if (!text.empty()) text += ", ";
    text += std::string(NameOf(count.status)) + " " + std::to_string(count.leads);
  }
  return text;
}

std::vector<std::string> StoreConformance::EventsOf(LeadId id) {
  std::vector<std::string> events;
  for (const TimelineEntry& entry : Must(store().LeadTimeline(id, 100))) {
    events.push_back(entry.event);
  }
  std::reverse(events.begin(), events.end());
  return events;
}

}  // namespace leadline
