// The table of leads: search, filters, rows fetched as they are scrolled to.
#include "client/state/load.h"
#include "client/views/lead_panel.h"
#include "client/views/view.h"

namespace leadline {
namespace {

struct Local {
  std::string search;
  std::string search_of_route;  // the route's, when `search` was taken from it
};
Local& Mine() {
  static Local local;
  return local;
}

struct StatusChoice {
  std::string name;  // in the address and the API
  std::string_view title;
};
// The chosen vocabulary; a filter of the other one, from a link, is still shown by its own name.
std::vector<StatusChoice> StatusChoices(const View& view) {
  std::vector<StatusChoice> choices = {{"", "All statuses"}};
  const bool simple = view.state.simple_statuses();
  const auto add = [&choices](std::string_view name, std::string_view title) {
    for (const StatusChoice& choice : choices) {
      if (choice.name == name) return;
    }
    choices.push_back({std::string(name), title});
  };
  for (const StatusText& text : kStatusTexts) {
    if (simple) {
      add(text.group, text.status == LeadStatus::kMaxRetries ? "Completed" : text.group_title);
    } else {
      add(text.name, text.title);
    }
  }
  if (!view.state.route.status.empty()) add(view.state.route.status, view.state.route.status);
  return choices;
}

void StatusFilter(const View& view) {
  const std::vector<StatusChoice> choices = StatusChoices(view);
  ui::Options options;
  int index = 0;
  for (size_t i = 0; i < choices.size(); ++i) {
    options.push_back({choices[i].title});
    if (choices[i].name == view.state.route.status) index = static_cast<int>(i);
  }
  if (!ui::Select("Status", options, &index,
                  {.hide_label = true, .width_px = ui::ShareOnPhone(180, 2)}))
    return;
  Route route = view.state.route;
  route.status = choices[static_cast<size_t>(index)].name;
  view.Go(route);
}

void CampaignFilter(const View& view) {
  std::vector<CampaignId> ids;
  const ui::Options options = CampaignOptions(view, &ids, "All campaigns");
  int index = IndexOf(ids, view.state.route.campaign);
  if (!ui::Select("Campaign", options, &index,
                  {.hide_label = true, .width_px = ui::ShareOnPhone(200, 2)}))
    return;
  Route route = view.state.route;
  route.campaign = ids[static_cast<size_t>(index)];
  view.Go(route);
}

void SearchBox(const View& view) {
  Local& local = Mine();
  // Back, forward and links change the route's search; typing changes ours.
  if (local.search_of_route != view.state.route.q) {
    local.search = local.search_of_route = view.state.route.q;
  }
  if (!ui::SearchField("Search leads", &local.search,
                       {.placeholder = "Name, phone, email or company  ( / )",
                        .max_length = 200,
                        .hide_label = true,
                        .width_px = ui::ShareOnPhone(300, 1)})) {
    return;
  }
  local.search_of_route = local.search;
  view.Push(command::Search{local.search});
}

bool Filtered(const Route& route) {
  return route.campaign != 0 || !route.status.empty() || !route.q.empty();
}

void Toolbar(const View& view) {
  ui::BeginRow();
  SearchBox(view);
  CampaignFilter(view);
  StatusFilter(view);
  const Route& route = view.state.route;
  if (Filtered(route) && ui::Button("Clear filters", {.kind = ui::ButtonKind::kGhost})) {
    Route all = ScreenRoute(Screen::kLeads);
    all.sort = route.sort;
    all.id = route.id;
    view.Go(all);
  }
  ui::EndRow();
}

enum Column { kName, kPhone, kCompany, kCampaign, kStatus, kAttempts, kOutcome, kNext };

// How the API calls the order of a column; the first is what a first click gives.
struct SortOrder {
  Column column;
  std::string_view name;
  bool descending;
};
constexpr SortOrder kOrders[] = {{kName, "name", false}, {kNext, "next_attempt_at", false}};

int SortColumn(const Route& route) {
  for (const SortOrder& order : kOrders) {
    if (route.sort == order.name) return order.column;
  }
  return -1;
}

void Sort(const View& view, int column) {
  Route route = view.state.route;
  for (const SortOrder& order : kOrders) {
    if (order.column != column) continue;
    // A second click goes back to the newest first.
    route.sort = route.sort == order.name ? "" : std::string(order.name);
  }
  view.Go(route, true);
}

void Row(const View& view, ui::Grid& grid, const LeadRecord& lead) {
  grid.BeginRow(lead.id, {.name = lead.name});
  Route open = view.state.route;
  open.id = lead.id;
  open.action = RouteAction::kView;
  grid.LinkCell(lead.name.empty() ? std::string_view(lead.phone) : std::string_view(lead.name),
                Href(open));
  grid.TextCell(lead.phone);
  grid.TextCell(lead.company, true);
  grid.TextCell(view.state.CampaignName(lead.campaign_id), true);
  grid.BadgeCell(StatusTitle(lead.status, view.state.simple_statuses()), ToneOf(lead.status));
  grid.TextCell(std::to_string(lead.attempts) + "/" + std::to_string(lead.max_attempts));
  grid.TextCell(OutcomeTitle(lead.last_outcome), true);
  const bool waits =
      lead.status == LeadStatus::kRescheduled || lead.status == LeadStatus::kScheduled;
  grid.TextCell(waits ? RelativeTime(view, lead.next_attempt_at) : "-");
  if (waits && lead.next_attempt_at != 0) ui::Tooltip(ExactTime(lead.next_attempt_at));
}

void Table(const View& view) {
  const AppState& state = view.state;
  const PagedList<LeadRecord>& leads = state.leads;
  ui::Grid grid(
      "Leads",
      {{.title = "Name", .width_px = 140, .stretch = 2, .sortable = true},
       {.title = "Phone", .width_px = 148, .hide_narrow = true},
       {.title = "Company", .width_px = 96, .stretch = 1, .hide_narrow = true},
       {.title = "Campaign", .width_px = 96, .stretch = 1, .hide_narrow = true},
       {.title = "Status", .width_px = 124},
       {.title = "Attempts", .width_px = 82, .align = ui::Align::kRight, .hide_narrow = true},
       {.title = "Last outcome", .width_px = 108, .hide_narrow = true},
       {.title = "Next attempt", .width_px = 128, .sortable = true, .hide_narrow = true}},
      {.rows = std::max<int64_t>(leads.total(), 0),
       .sort_column = SortColumn(state.route),
       .current = state.route.id != 0 ? leads.IndexOf(state.route.id) : -1,
       .empty = "No lead matches. Change the search or clear the filters."});
  while (grid.NextRow()) {
    if (const LeadRecord* lead = leads.Row(grid.row())) {
      Row(view, grid, *lead);
    } else {
      grid.BeginRow(-grid.row() - 1, {.loading = true});
    }
  }
  const ui::GridResult& result = grid.End();
  if (result.last_visible >= result.first_visible &&
      !leads.Shows(result.first_visible, result.last_visible)) {
    view.Push(command::ShowLeads{result.first_visible, result.last_visible});
  }
  if (result.sort_column >= 0) Sort(view, result.sort_column);
  const LeadRecord* chosen = result.activated >= 0 ? leads.Row(result.activated) : nullptr;
  if (chosen == nullptr) return;
  Route open = state.route;
  open.id = chosen->id;
  open.action = RouteAction::kView;
  view.Go(open);
}

void NothingYet(const View& view) {
  if (ui::EmptyState(
          ui::Icon::kUsers, "No leads yet",
          "Import a list, and Leadline checks every row before anything is stored. Or add "
          "one lead by hand.",
          "Import a list")) {
    view.Go(ScreenRoute(Screen::kImport));
  }
}

std::string Subtitle(const View& view) {
  const PagedList<LeadRecord>& leads = view.state.leads;
  if (!leads.known()) return "Loading";
  const std::string count = CountOf(leads.total(), "lead", "leads");
  return Filtered(view.state.route) ? count + " match" + (leads.total() == 1 ? "es" : "") : count;
}

}  // namespace

void LeadsView(const View& view) {
  const AppState& state = view.state;
  const std::string subtitle = Subtitle(view);
  ui::BeginPageHeader("Leads", subtitle);
  if (state.leads.total() > 0 && ui::Button("Export", {.icon = ui::Icon::kDownload})) {
    const std::string query = LeadQueryText(state.route);
    platform::DownloadUrl(
        std::string(kApi) + "/leads/export.csv?secondary=1" + (query.empty() ? "" : "&" + query),
        "leads.csv");
  }
  if (ui::Button("Add lead", {.kind = ui::ButtonKind::kPrimary, .icon = ui::Icon::kPlus})) {
    Route route = state.route;
    route.action = RouteAction::kNew;
    route.id = 0;
    view.Go(route);
  }
  ui::EndPageHeader();
  Toolbar(view);
  LoadProblem(view, state.leads.error(), "The leads");
  if (!state.leads.known()) {
    ui::Skeleton("Loading leads", 8);
  } else if (state.leads.total() == 0 && !Filtered(state.route)) {
    NothingYet(view);
  } else {
    Table(view);
  }
  if (state.lead_form.open) {
    LeadFormView(view);
  } else if (state.route.id != 0) {
    LeadPanelView(view);
  }
}

}  // namespace leadline
