// The list of campaigns, and which part of the screen the route shows.
#include "client/views/campaign_parts.h"

namespace leadline {
namespace {

void NewCampaign(const View& view) {
  Route route = ScreenRoute(Screen::kCampaigns);
  route.action = RouteAction::kNew;
  view.Go(route);
}

void Row(const View& view, ui::Grid& grid, const Campaign& campaign) {
  const CampaignProgress progress = ProgressOf(view, campaign.id);
  const Assistant* assistant = view.state.FindAssistant(campaign.assistant_id);
  grid.BeginRow(campaign.id, {.name = campaign.name});
  grid.LinkCell(campaign.name, CampaignHref(campaign.id));
  grid.BadgeCell(Title(NameOf(campaign.state)), ToneOf(campaign.state));
  grid.TextCell(assistant == nullptr ? "No assistant yet" : assistant->name, assistant == nullptr);
  if (grid.NextCell()) {
    ui::ProgressBar("Progress of " + campaign.name, progress.fraction(),
                    Count(progress.done) + " of " + Count(progress.all));
  }
  grid.TextCell(Count(progress.all));
}

void Table(const View& view, const std::vector<Campaign>& campaigns) {
  ui::Grid grid("Campaigns",
                {{.title = "Name", .width_px = 180, .stretch = 2},
                 {.title = "State", .width_px = 110},
                 {.title = "Assistant", .width_px = 160, .stretch = 1, .hide_narrow = true},
                 {.title = "Done", .width_px = 240, .stretch = 1, .hide_narrow = true},
                 {.title = "Leads", .width_px = 80, .align = ui::Align::kRight}},
                {.rows = static_cast<int64_t>(campaigns.size())});
  while (grid.NextRow()) Row(view, grid, campaigns[static_cast<size_t>(grid.row())]);
  const int64_t activated = grid.End().activated;
  if (activated < 0) return;
  Route route = ScreenRoute(Screen::kCampaigns);
  route.id = campaigns[static_cast<size_t>(activated)].id;
  view.Go(route);
}

void List(const View& view) {
  ui::BeginPageHeader("Campaigns", "Who is called, by which assistant, and when.");
  if (ui::Button("New campaign", {.kind = ui::ButtonKind::kPrimary, .icon = ui::Icon::kPlus})) {
    NewCampaign(view);
  }
  ui::EndPageHeader();
  const Remote<std::vector<Campaign>>& campaigns = view.state.campaigns;
  if (campaigns.failed()) LoadProblem(view, campaigns.error(), "The campaigns");
  if (campaigns.first_load()) return ui::Skeleton("Loading campaigns", 5);
  if (campaigns.value() == nullptr) return;
  if (campaigns.value()->empty()) {
    if (ui::EmptyState(
            ui::Icon::kMegaphone, "No campaign yet",
            "A campaign calls its leads with one assistant, in the hours you choose, and "
            "tries again when nobody answers.",
            "New campaign##empty")) {
      NewCampaign(view);
    }
    return;
  }
  Table(view, *campaigns.value());
}

}  // namespace

CampaignProgress ProgressOf(const View& view, CampaignId id) {
  const CampaignSummary summary = view.state.SummaryOf(id);
  CampaignProgress progress;
  for (size_t i = 0; i < kLeadStatusCount; ++i) progress.all += summary.leads[i];
  for (const LeadStatus status :
       {LeadStatus::kCompleted, LeadStatus::kMaxRetries, LeadStatus::kFailed}) {
    progress.done += summary.leads[static_cast<size_t>(status)];
  }
  return progress;
}

void CampaignsView(const View& view) {
  const Route& route = view.state.route;
  if (view.state.campaign_form.open) return CampaignFormView(view);
  if (route.id == 0) return List(view);
  const Campaign* campaign = view.state.FindCampaign(route.id);
  if (campaign != nullptr) return CampaignPageView(view, *campaign);
  ui::BeginPageHeader("Campaign");
  ui::EndPageHeader();
  if (view.state.campaigns.first_load()) return ui::Skeleton("Loading the campaign", 6);
  if (LoadProblem(view, view.state.campaigns.error(), "The campaign")) return;
  if (ui::EmptyState(ui::Icon::kMegaphone, "This campaign does not exist",
                     "It may have been deleted.", "Show all campaigns")) {
    view.Go(ScreenRoute(Screen::kCampaigns));
  }
}

}  // namespace leadline
