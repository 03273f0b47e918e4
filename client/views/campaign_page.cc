// One campaign: counts, progress, gates, actions.
#include "client/views/campaign_parts.h"
#include "common/dial/reasons.h"

namespace leadline {
namespace {

struct Local {
  bool finish_open = false;
  CampaignId finish_id = 0;
  bool delete_open = false;
};
Local& Mine() {
  static Local local;
  return local;
}

using command::CampaignVerb;

bool CanStart(const Campaign& campaign) {
  return campaign.state == CampaignState::kDraft || campaign.state == CampaignState::kFinished;
}

void Header(const View& view, const Campaign& campaign) {
  const Assistant* assistant = view.state.FindAssistant(campaign.assistant_id);
  const std::string subtitle =
      (assistant == nullptr ? std::string("No assistant chosen yet") : assistant->name) + ", " +
      ScheduleText(campaign.schedule);
  ui::BeginRow(ui::kSpaceM);
  ui::Link("All campaigns", ScreenHref(Screen::kCampaigns));
  ui::Badge(Title(NameOf(campaign.state)), ToneOf(campaign.state));
  ui::EndRow();
  ui::BeginPageHeader(campaign.name, subtitle);
  CampaignButtons(view, campaign);
  if (ui::Button("Edit", {.icon = ui::Icon::kEdit})) {
    Route route = view.state.route;
    route.action = RouteAction::kEdit;
    view.Go(route);
  }
  if (ui::BeginMenu("More actions for this campaign")) {
    if (ui::MenuItem("Import leads into it", ui::Icon::kUpload)) {
      view.Push(command::SetImportTarget{campaign.id, 0, view.state.import.name});
      view.Go(ScreenRoute(Screen::kImport));
    }
    ui::MenuDivider();
    if (ui::MenuItem("Delete campaign", ui::Icon::kTrash, true)) Mine().delete_open = true;
    ui::EndMenu();
  }
  ui::EndPageHeader();
}

void PauseReason(const View& view, const Campaign& campaign) {
  if (campaign.state != CampaignState::kPaused || campaign.pause_reason.empty()) return;
  const ErrorGuide& guide = GuideOf(campaign.pause_reason);
  const std::string text = std::string(guide.meaning) + "\n" + StepsText(guide);
  if (ui::Banner(text, ui::Tone::kDanger, "Set the failed leads back", false,
                 "Leadline paused this campaign: " + std::string(guide.title)) ==
      ui::BannerResult::kAction) {
    view.Push(command::ResetAccountFailures{campaign.id});
  }
}

void Statuses(const View& view, const Campaign& campaign) {
  const CampaignSummary summary = view.state.SummaryOf(campaign.id);
  const CampaignProgress progress = ProgressOf(view, campaign.id);
  ui::BeginCard("Leads");
  if (progress.all == 0) {
    if (ui::EmptyState(ui::Icon::kUsers, "No leads in this campaign",
                       "Import a list into it, or move leads here.", "Import leads")) {
      view.Push(command::SetImportTarget{campaign.id, 0, view.state.import.name});
      view.Go(ScreenRoute(Screen::kImport));
    }
    ui::EndCard();
    return;
  }
  ui::ProgressBar("Progress", progress.fraction(),
                  Count(progress.done) + " of " + Count(progress.all) + " done");
  std::vector<ui::Datum> data;
  for (size_t i = 0; i < kLeadStatusCount; ++i) {
    const StatusText& text = kStatusTexts[i];
    if (summary.leads[i] == 0) continue;
    data.push_back({StatusTitle(text.status, view.state.simple_statuses()),
                    static_cast<double>(summary.leads[i]), ToneOf(text.status)});
  }
  ui::StackedBar("Leads by status", data);
  Route leads = ScreenRoute(Screen::kLeads);
  leads.campaign = campaign.id;
  ui::Link("Show these leads", Href(leads));
  ui::EndCard();
}

void Why(const View& view, const Campaign& campaign) {
  const auto processing = static_cast<size_t>(LeadStatus::kProcessing);
  const bool calling = view.state.SummaryOf(campaign.id).leads[processing] > 0;
  ui::BeginCard(campaign.state != CampaignState::kRunning ? "What would hold calls back"
                : calling                                 ? "What the next call waits for"
                                                          : "Why is nothing being called?");
  const auto it = view.state.gates.find(campaign.id);
  const GateAnswer* answer = it == view.state.gates.end() ? nullptr : it->second.value();
  if (answer == nullptr) {
    ui::Skeleton("Loading the gates", 3);
  } else {
    GateList(view, *answer, true);
  }
  ui::EndCard();
}

void Rules(const View& view, const Campaign& campaign) {
  ui::BeginCard("Rules");
  ui::BeginKeyValues("Rules");
  ui::KeyValueSlot("Assistant");
  if (const Assistant* assistant = view.state.FindAssistant(campaign.assistant_id)) {
    ui::Link(assistant->name, AssistantHref(assistant->id));
  } else {
    ui::Text("None yet");
  }
  ui::KeyValue("Calling hours", ScheduleText(campaign.schedule));
  ui::KeyValue("Attempts", std::to_string(campaign.max_attempts) + " (first call and " +
                               CountOf(campaign.max_attempts - 1, "retry", "retries") + ")");
  ui::KeyValue("Retry after", Minutes(campaign.retry_delay_minutes));
  ui::KeyValue("Voicemail", campaign.voicemail == VoicemailRule::kRetry ? "Try again later"
                                                                        : "Counts as reached");
  ui::KeyValue("Calls at once", Count(campaign.concurrency));
  ui::KeyValue("Starts per minute", campaign.starts_per_minute == 0
                                        ? std::string("No limit")
                                        : Count(campaign.starts_per_minute));
  ui::EndKeyValues();
  ui::EndCard();
}

void Outcomes(const View& view, const Campaign& campaign) {
  const CampaignSummary summary = view.state.SummaryOf(campaign.id);
  std::vector<ui::Datum> data;
  std::vector<std::string> names;
  names.reserve(std::size(kOutcomeNames));
  for (size_t i = 0; i < std::size(summary.calls); ++i) {
    if (summary.calls[i] == 0) continue;
    names.push_back(Title(kOutcomeNames[i]));
    data.push_back(
        {names.back(), static_cast<double>(summary.calls[i]), ToneOf(static_cast<Outcome>(i))});
  }
  if (data.empty()) return;
  ui::BeginCard("Calls by outcome");
  ui::StackedBar("Calls by outcome", data);
  Route calls = ScreenRoute(Screen::kCalls);
  calls.campaign = campaign.id;
  ui::Link("Show these calls", Href(calls));
  ui::EndCard();
}

}  // namespace

void CampaignButtons(const View& view, const Campaign& campaign) {
  const bool busy = view.state.campaign.busy;
  const auto act = [&view, &campaign](CampaignVerb verb) {
    view.Push(command::DoCampaign{campaign.id, verb});
  };
  const std::string id = "##campaign" + std::to_string(campaign.id);
  const std::string_view lacks =
      campaign.assistant_id == 0 ? "Choose an assistant first: Edit." : "";
  if (CanStart(campaign) && ui::Button("Start" + id, {.kind = ui::ButtonKind::kPrimary,
                                                      .icon = ui::Icon::kPlay,
                                                      .disabled = !lacks.empty(),
                                                      .reason = lacks,
                                                      .busy = busy})) {
    act(CampaignVerb::kStart);
  }
  if (campaign.state == CampaignState::kRunning &&
      ui::Button("Pause" + id, {.icon = ui::Icon::kPause,
                                .reason = "Stops new calls at once. Calls on the line go on.",
                                .busy = busy})) {
    act(CampaignVerb::kPause);
  }
  if (campaign.state == CampaignState::kPaused &&
      ui::Button("Resume" + id,
                 {.kind = ui::ButtonKind::kPrimary, .icon = ui::Icon::kPlay, .busy = busy})) {
    act(CampaignVerb::kResume);
  }
  const bool can_finish =
      campaign.state == CampaignState::kRunning || campaign.state == CampaignState::kPaused;
  if (can_finish && ui::Button("Finish" + id, {.icon = ui::Icon::kStop, .disabled = busy})) {
    Mine().finish_open = true;
    Mine().finish_id = campaign.id;
  }
  if (Mine().finish_id == campaign.id &&
      Confirm(
          "Finish this campaign?",
          "No further lead is called, also those that wait for a retry. Calls on the line go on. "
          "You can start it again later.",
          "Finish campaign", &Mine().finish_open, false)) {
    act(CampaignVerb::kFinish);
  }
}

void CampaignPageView(const View& view, const Campaign& campaign) {
  Header(view, campaign);
  PauseReason(view, campaign);
  ui::BeginColumns("Campaign", 2, 360);
  ui::NextColumn();
  Statuses(view, campaign);
  Outcomes(view, campaign);
  ui::NextColumn();
  Why(view, campaign);
  Rules(view, campaign);
  ui::EndColumns();
  if (Confirm("Delete this campaign?",
              "Only a campaign without leads can be deleted. This cannot be undone.",
              "Delete campaign##confirm", &Mine().delete_open)) {
    view.Push(command::DeleteCampaign{campaign.id, campaign.version});
  }
}

}  // namespace leadline
