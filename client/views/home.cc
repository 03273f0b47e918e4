// The first screen: what is going on, why nothing is called, and the first steps.
#include <algorithm>

#include "client/views/campaign_parts.h"
#include "client/views/view.h"

namespace leadline {
namespace {

int64_t Sum(const CampaignSummary& summary, std::initializer_list<LeadStatus> statuses) {
  int64_t sum = 0;
  for (const LeadStatus status : statuses) sum += summary.leads[static_cast<size_t>(status)];
  return sum;
}

std::string LeadsWith(std::string_view status) {
  Route route = ScreenRoute(Screen::kLeads);
  route.status = status;
  return Href(route);
}

void Tile(const View& view, LeadStatus status, std::string_view detail,
          const CampaignSummary& summary) {
  const StatusText& text = TextOf(status);
  ui::NextColumn();
  const std::string href = LeadsWith(text.name);
  ui::StatTile(StatusTitle(status, view.state.simple_statuses()),
               Count(summary.leads[static_cast<size_t>(status)]), detail, ToneOf(status), href);
}

void SimpleTile(std::string_view group, std::string_view title, int64_t leads,
                std::string_view detail, ui::Tone tone) {
  ui::NextColumn();
  const std::string href = LeadsWith(group);
  ui::StatTile(title, Count(leads), detail, tone, href);
}

void Counters(const View& view) {
  const CampaignSummary summary = view.state.SummaryOf(0);
  using enum LeadStatus;
  if (view.state.simple_statuses()) {
    ui::BeginColumns("Leads by status", 5, 150);
    SimpleTile("pending", "Pending", Sum(summary, {kCreated, kScheduled}), "ready to call",
               ui::Tone::kInfo);
    SimpleTile("in-progress", "In-Progress", Sum(summary, {kProcessing}), "on the line",
               ui::Tone::kAccent);
    SimpleTile("retry", "Retry", Sum(summary, {kRescheduled}), "wait to retry", ui::Tone::kWarning);
    SimpleTile("completed", "Completed", Sum(summary, {kCompleted, kMaxRetries}), "finished",
               ui::Tone::kSuccess);
    SimpleTile("failed", "Failed", Sum(summary, {kFailed}), "need a fix", ui::Tone::kDanger);
  } else {
    ui::BeginColumns("Leads by status", 7, 118, ui::kSpaceM);
    Tile(view, kCreated, "not called yet", summary);
    Tile(view, kScheduled, "due now", summary);
    Tile(view, kProcessing, "on the line", summary);
    Tile(view, kRescheduled, "wait to retry", summary);
    Tile(view, kCompleted, "reached", summary);
    Tile(view, kMaxRetries, "not reached", summary);
    Tile(view, kFailed, "need a fix", summary);
  }
  ui::EndColumns();
  ui::AnnouncePolitely(Count(Sum(summary, {kProcessing})) + " calls on the line, " +
                       Count(Sum(summary, {kCompleted})) + " leads reached.");
}

void RunningCampaign(const View& view, const Campaign& campaign) {
  const CampaignProgress progress = ProgressOf(view, campaign.id);
  ui::BeginRow();
  ui::Link(campaign.name + "##home" + std::to_string(campaign.id), CampaignHref(campaign.id));
  ui::Badge(Title(NameOf(campaign.state)), ToneOf(campaign.state));
  ui::RowSpacer();
  CampaignButtons(view, campaign);
  ui::EndRow();
  ui::ProgressBar("Progress of " + campaign.name, progress.fraction(),
                  Count(progress.done) + " of " + Count(progress.all) + " done");
  const auto it = view.state.gates.find(campaign.id);
  const GateAnswer* answer = it == view.state.gates.end() ? nullptr : it->second.value();
  if (answer != nullptr && !answer->open) {
    const int64_t on =
        view.state.SummaryOf(campaign.id).leads[static_cast<size_t>(LeadStatus::kProcessing)];
    ui::ToneText((on > 0 ? "The next call waits. " : "Why is nothing being called? ") +
                     GateHeadline(view, *answer),
                 on > 0 ? ui::Tone::kNeutral : ui::Tone::kWarning);
  } else if (progress.all > 0 && progress.done == progress.all) {
    ui::SmallText("All leads are done.");
  } else if (answer != nullptr) {
    ui::SmallText("Nothing holds it back: leads are called as they become due.");
  }
  ui::Gap(ui::kSpaceS);
}

bool Active(const Campaign& campaign) {
  return campaign.state == CampaignState::kRunning || campaign.state == CampaignState::kPaused;
}

void Campaigns(const View& view) {
  ui::BeginCard("Campaigns that run");
  const std::vector<Campaign>* campaigns = view.state.campaigns.value();
  if (view.state.campaigns.first_load()) ui::Skeleton("Loading campaigns", 3);
  bool any = false;
  if (campaigns != nullptr) {
    for (const Campaign& campaign : *campaigns) {
      if (!Active(campaign)) continue;
      RunningCampaign(view, campaign);
      any = true;
    }
    if (!any) {
      ui::Text("No campaign runs. Nobody is called.");
      ui::Link("Go to the campaigns", ScreenHref(Screen::kCampaigns));
    }
  }
  ui::EndCard();
}

struct Step {
  std::string_view title;
  std::string_view text;
  bool done;
  Route route;
};

std::vector<Step> FirstSteps(const View& view) {
  const AppState& state = view.state;
  const auto some = [](const auto& list) {
    return list.value() != nullptr && !list.value()->empty();
  };
  const CampaignProgress all = ProgressOf(view, 0);
  bool started = false;
  bool own_campaign = false;
  if (state.campaigns.value() != nullptr) {
    for (const Campaign& campaign : *state.campaigns.value()) {
      started |= campaign.state != CampaignState::kDraft;
      own_campaign |= campaign.assistant_id != 0;
    }
  }
  Route assistant = ScreenRoute(Screen::kAssistants);
  Route campaign = ScreenRoute(Screen::kCampaigns);
  if (!some(state.assistants)) assistant.action = RouteAction::kNew;
  return {{"Create an assistant", "Connect a Retell agent or a Vapi assistant.",
           some(state.assistants), assistant},
          {"Import a list", "Check a CSV file or a workbook and store its good rows.", all.all > 0,
           ScreenRoute(Screen::kImport)},
          {"Set up a campaign", "Choose the assistant, the hours and the retries.", own_campaign,
           campaign},
          {"Start it", "Leads are called as soon as every gate is open.", started, campaign}};
}

void Checklist(const std::vector<Step>& steps) {
  ui::BeginCard("First steps");
  for (const Step& step : steps) {
    ui::BeginRow();
    ui::Badge(step.done ? "Done" : "To do", step.done ? ui::Tone::kSuccess : ui::Tone::kNeutral);
    if (step.done) {
      ui::Text(step.title);
    } else {
      const std::string href = Href(step.route);
      ui::Link(step.title, href);
    }
    ui::EndRow();
    if (!step.done) ui::SmallText(step.text);
    ui::Gap(ui::kSpaceXs);
  }
  ui::EndCard();
}

void CallsCard(const View& view) {
  const CampaignSummary summary = view.state.SummaryOf(0);
  std::vector<std::string> names;
  names.reserve(std::size(kOutcomeNames));
  std::vector<ui::Datum> data;
  for (size_t i = 0; i < std::size(summary.calls); ++i) {
    if (summary.calls[i] == 0) continue;
    names.push_back(Title(kOutcomeNames[i]));
    data.push_back(
        {names.back(), static_cast<double>(summary.calls[i]), ToneOf(static_cast<Outcome>(i))});
  }
  if (data.empty()) return;
  ui::BeginCard("Calls so far");
  ui::StackedBar("Calls by outcome", data);
  ui::EndCard();
}

void StoppedBanner(const View& view) {
  const CallingSettings* settings = view.state.settings.value();
  if (settings == nullptr || settings->auto_calling) return;
  if (ui::Banner("No campaign calls anybody until automatic calling is switched on again.",
                 ui::Tone::kWarning, "Open Settings", false,
                 "All calling is stopped") == ui::BannerResult::kAction) {
    view.Go(ScreenRoute(Screen::kSettings));
  }
}

}  // namespace

void HomeView(const View& view) {
  const std::string speed = Count(static_cast<int64_t>(view.state.clock.scale));
  const std::string subtitle =
      view.state.clock.fast()
          ? "The calling clock runs " + speed + " times as fast: nothing real is dialled."
          : std::string();
  ui::BeginPageHeader("Home", subtitle);
  ui::EndPageHeader();
  StoppedBanner(view);
  if (view.state.summary.failed()) LoadProblem(view, view.state.summary.error(), "The counters");
  Counters(view);
  ui::Gap();
  const std::vector<Step> steps = FirstSteps(view);
  const bool all_done =
      std::all_of(steps.begin(), steps.end(), [](const Step& s) { return s.done; });
  ui::BeginColumns("Home", all_done ? 1 : 2, 380);
  ui::NextColumn();
  Campaigns(view);
  CallsCard(view);
  if (!all_done) {
    ui::NextColumn();
    Checklist(steps);
  }
  ui::EndColumns();
}

}  // namespace leadline
