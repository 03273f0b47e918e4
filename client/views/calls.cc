// The call history: filters, rows, and one call beside them.
#include <algorithm>
#include <iterator>

#include "client/views/view.h"
#include "common/dial/reasons.h"

namespace leadline {
namespace {

constexpr float kPanelWidth = 520;

void Filters(const View& view) {
  ui::BeginRow();
  std::vector<CampaignId> ids;
  const ui::Options campaigns = CampaignOptions(view, &ids, "All campaigns");
  int campaign = IndexOf(ids, view.state.route.campaign);
  Route route = view.state.route;
  if (ui::Select("Campaign", campaigns, &campaign,
                 {.hide_label = true, .width_px = ui::ShareOnPhone(220, 2)})) {
    route.campaign = ids[static_cast<size_t>(campaign)];
    view.Go(route);
  }
  std::vector<std::string> names = {""};
  std::vector<std::string> titles = {"All outcomes"};
  for (const std::string_view name : kOutcomeNames) {
    names.emplace_back(name);
    titles.push_back(Title(name));
  }
  names.emplace_back(NameOf(CallState::kActive));
  titles.emplace_back("On the line");
  ui::Options outcomes;
  int outcome = 0;
  for (size_t i = 0; i < names.size(); ++i) {
    outcomes.push_back({titles[i]});
    if (names[i] == route.status) outcome = static_cast<int>(i);
  }
  if (ui::Select("Outcome", outcomes, &outcome,
                 {.hide_label = true, .width_px = ui::ShareOnPhone(200, 2)})) {
    route.status = names[static_cast<size_t>(outcome)];
    view.Go(route);
  }
  if (route.lead != 0 && ui::Button("Calls of all leads", {.kind = ui::ButtonKind::kGhost})) {
    route.lead = 0;
    view.Go(route);
  }
  ui::EndRow();
}

void StateCell(ui::Grid& grid, const Call& call) {
  if (call.state == CallState::kEnded) {
    grid.BadgeCell(Title(NameOf(call.outcome)), ToneOf(call.outcome));
  } else if (call.state == CallState::kActive) {
    grid.BadgeCell("On the line", ui::Tone::kAccent);
  } else {
    grid.BadgeCell(Title(NameOf(call.state)), ui::Tone::kNeutral);
  }
}

void Row(const View& view, ui::Grid& grid, const Call& call) {
  Route open = view.state.route;
  open.id = call.id;
  grid.BeginRow(call.id, {.name = call.lead_name});
  grid.LinkCell(call.lead_name.empty() ? call.number : call.lead_name, Href(open));
  grid.TextCell(call.number);
  StateCell(grid, call);
  grid.TextCell(view.state.CampaignName(call.campaign_id), true);
  grid.TextCell(std::to_string(call.attempt_no));
  grid.TextCell(call.duration_ms > 0 ? Duration(call.duration_ms) : "-");
  grid.TextCell(call.cost_microusd == 0 ? "-" : Dollars(call.cost_microusd));
  grid.TextCell(RelativeTime(view, call.claimed_at), true);
  ui::Tooltip(ExactTime(call.claimed_at));
}

void Table(const View& view) {
  const PagedList<Call>& calls = view.state.calls;
  ui::Grid grid(
      "Calls",
      {{.title = "Lead", .width_px = 150, .stretch = 2},
       {.title = "Number", .width_px = 148, .hide_narrow = true},
       {.title = "Outcome", .width_px = 140},
       {.title = "Campaign", .width_px = 120, .stretch = 1, .hide_narrow = true},
       {.title = "Attempt", .width_px = 80, .align = ui::Align::kRight, .hide_narrow = true},
       {.title = "Duration", .width_px = 100, .align = ui::Align::kRight, .hide_narrow = true},
       {.title = "Cost", .width_px = 80, .align = ui::Align::kRight, .hide_narrow = true},
       {.title = "When", .width_px = 120, .hide_narrow = true}},
      {.rows = std::max<int64_t>(calls.total(), 0),
       .current = view.state.route.id != 0 ? calls.IndexOf(view.state.route.id) : -1,
       .empty = "No call matches. Change the filters."});
  while (grid.NextRow()) {
    if (const Call* call = calls.Row(grid.row())) {
      Row(view, grid, *call);
    } else {
      grid.BeginRow(-grid.row() - 1, {.loading = true});
    }
  }
  const ui::GridResult& result = grid.End();
  if (result.last_visible >= result.first_visible &&
      !calls.Shows(result.first_visible, result.last_visible)) {
    view.Push(command::ShowCalls{result.first_visible, result.last_visible});
  }
  const Call* chosen = result.activated >= 0 ? calls.Row(result.activated) : nullptr;
  if (chosen == nullptr) return;
  Route open = view.state.route;
  open.id = chosen->id;
  view.Go(open);
}

void Reason(const Call& call) {
  if (call.error_code.empty()) return;
  const ErrorGuide& guide = GuideOf(call.error_code);
  const std::string text = std::string(guide.meaning) + "\n" + StepsText(guide);
  ui::Banner(text, guide.permanent ? ui::Tone::kDanger : ui::Tone::kWarning, {}, false,
             guide.title);
}

void Facts(const View& view, const Call& call) {
  ui::BeginKeyValues("Call");
  ui::KeyValueSlot("Lead");
  ui::Link(call.lead_name.empty() ? "Open the lead" : call.lead_name, LeadHref(call.lead_id));
  ui::KeyValue("Number", call.number);
  ui::KeyValue("Attempt", std::to_string(call.attempt_no));
  ui::KeyValue("Campaign", view.state.CampaignName(call.campaign_id));
  ui::KeyValue("Provider", ProviderTitle(call.provider));
  if (!call.provider_call_id.empty()) ui::KeyValue("Provider's call id", call.provider_call_id);
  if (!call.reason.empty()) ui::KeyValue("Provider's reason", call.reason);
  ui::KeyValueSlot("Dialled");
  TimeText(view, call.claimed_at);
  ui::KeyValueSlot("Ended");
  TimeText(view, call.ended_at);
  ui::KeyValue("Duration", Duration(call.duration_ms));
  ui::KeyValue("Cost", call.cost_microusd == 0 ? "-" : Dollars(call.cost_microusd));
  ui::EndKeyValues();
}

void Words(const Call& call) {
  if (!call.recording_url.empty() &&
      ui::Button("Open the recording", {.icon = ui::Icon::kExternal})) {
    platform::OpenUrl(call.recording_url, true);
  }
  if (!call.summary.empty()) {
    ui::Gap(ui::kSpaceXs);
    ui::Heading(3, "Summary");
    ui::Text(call.summary);
  }
  if (!call.transcript.empty()) {
    ui::Gap(ui::kSpaceXs);
    ui::Heading(3, "Transcript");
    ui::CodeBlock("Transcript", call.transcript);
  }
  if (!call.provider_message.empty()) {
    ui::Gap(ui::kSpaceXs);
    ui::Heading(3, "What the provider said");
    ui::CodeBlock("The provider's words", call.provider_message);
  }
  if (call.summary.empty() && call.transcript.empty() && call.state == CallState::kEnded) {
    ui::MutedText("The provider sent no transcript for this call.");
  }
}

void Panel(const View& view) {
  const Call* call = view.state.call.value();
  bool open = true;
  if (!ui::BeginSidePanel("Call##panel", &open, kPanelWidth)) return;
  if (call == nullptr && view.state.call.failed()) {
    LoadProblem(view, view.state.call.error(), "The call");
  } else if (call == nullptr) {
    ui::Skeleton("Loading the call", 6);
  } else {
    ui::BeginRow();
    const bool ended = call->state == CallState::kEnded;
    ui::Badge(ended ? Title(NameOf(call->outcome)) : Title(NameOf(call->state)),
              ended ? ToneOf(call->outcome) : ui::Tone::kAccent);
    ui::EndRow();
    Reason(*call);
    Facts(view, *call);
    Words(*call);
  }
  ui::EndSidePanel();
  if (open) return;
  Route route = view.state.route;
  route.id = 0;
  view.Go(route);
}

}  // namespace

void CallsView(const View& view) {
  const PagedList<Call>& calls = view.state.calls;
  const std::string subtitle = calls.known() ? CountOf(calls.total(), "call", "calls") : "Loading";
  ui::BeginPageHeader("Calls", subtitle);
  ui::EndPageHeader();
  Filters(view);
  LoadProblem(view, calls.error(), "The calls");
  const Route& route = view.state.route;
  const bool filtered = route.campaign != 0 || route.lead != 0 || !route.status.empty();
  if (!calls.known()) {
    ui::Skeleton("Loading calls", 8);
  } else if (calls.total() == 0 && !filtered) {
    if (ui::EmptyState(ui::Icon::kPhone, "No calls yet",
                       "Every attempt appears here as soon as a campaign runs.",
                       "Go to campaigns")) {
      view.Go(ScreenRoute(Screen::kCampaigns));
    }
  } else {
    Table(view);
  }
  if (route.id != 0) Panel(view);
}

}  // namespace leadline
