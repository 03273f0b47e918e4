// Going from screen to screen.
#include "client/state/apply.h"
#include "client/state/load.h"

namespace leadline {
namespace {

constexpr TimeMs kTypingPauseMs = 250;

}  // namespace

void OpenForms(Context& context) {
  AppState& state = context.state;
  const RouteAction action = state.route.action;
  const Screen screen = state.route.screen;
  const bool form = action != RouteAction::kView;
  const auto close = [](FormState& f, bool keep) {
    if (!keep) f.open = false;
  };
  close(state.lead_form, form && screen == Screen::kLeads);
  close(state.campaign_form, form && screen == Screen::kCampaigns);
  close(state.assistant_form, form && screen == Screen::kAssistants);
  if (!form) return;
  if (screen == Screen::kLeads) OpenLeadForm(context);
  if (screen == Screen::kCampaigns) OpenCampaignForm(context);
  if (screen == Screen::kAssistants) OpenAssistantForm(context);
}

void EnterRoute(Context& context, const Route& route) {
  AppState& state = context.state;
  const Route before = state.route;
  state.route = route;
  if (!route.SameList(before)) {
    state.leads.Reset();
    state.calls.Reset();
  }
  const bool first = state.campaigns.idle();
  if (first || route.screen != before.screen) {
    LoadScreen(context);
  } else if (route.screen == Screen::kLeads) {
    PumpLeads(context);
    if (route.id != before.id) OpenLead(context, route.id);
  } else if (route.screen == Screen::kCalls) {
    PumpCalls(context);
    if (route.id != before.id) OpenCall(context, route.id);
  } else if (route.screen == Screen::kCampaigns && route.id != 0) {
    LoadCampaignGates(context, route.id);
  }
  OpenForms(context);
}

void GoTo(Context& context, const Route& route, bool replace) {
  if (route == context.state.route) return;
  context.effects.push_back(SetHashEffect{FormatRoute(route), replace});
  EnterRoute(context, route);
}

void Apply(Context& context, const command::Go& go) {
  GoTo(context, go.route, go.replace);
}

void Apply(Context& context, const command::Search& search) {
  Route route = context.state.route;
  if (route.q == search.text) return;
  route.q = search.text;
  context.effects.push_back(SetHashEffect{FormatRoute(route), true});
  context.state.route = route;
  context.Refresh(Topic::kLeads, kTypingPauseMs);
}

void Apply(Context& context, const command::ShowLeads& rows) {
  context.state.leads.Show(rows.first, rows.last);
  PumpLeads(context);
}

void Apply(Context& context, const command::ShowCalls& rows) {
  context.state.calls.Show(rows.first, rows.last);
  PumpCalls(context);
}

void Apply(Context& context, const command::Reload&) {
  context.state.leads.Invalidate();
  context.state.calls.Invalidate();
  LoadScreen(context);
}

void Apply(Context& context, const command::CloseForm&) {
  Route route = context.state.route;
  route.action = RouteAction::kView;
  GoTo(context, route);
}

}  // namespace leadline
