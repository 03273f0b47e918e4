#include "client/state/load.h"

#include <utility>

#include "client/state/apply.h"

namespace leadline {
namespace {

constexpr TimeMs kClockEveryMs = 15000;
constexpr TimeMs kGatesEveryMs = 5000;

std::string Path(std::string_view rest) {
  return std::string(kApi) + std::string(rest);
}
std::string Path(std::string_view folder, int64_t id, std::string_view rest = "") {
  return Path(folder) + "/" + std::to_string(id) + std::string(rest);
}

// Fetches into a Remote of the state.
template <typename T>
void Load(Context& context, std::string path, Remote<T> AppState::*member,
          Result<T> (*decode)(const Reply&)) {
  const int id = context.Get(std::move(path), [member, decode](Context& c, const Reply& reply) {
    (c.state.*member).Finish(reply.id, decode(reply));
  });
  (context.state.*member).Start(id);
}
// The same for the panel, unless another lead was opened meanwhile.
template <typename T>
void LoadPanelPart(Context& context, std::string_view rest, Remote<T> LeadPanel::*member,
                   Result<T> (*decode)(const Reply&)) {
  const int id = context.Get(Path("/leads", context.state.panel.id, rest),
                             [member, decode](Context& c, const Reply& reply) {
                               (c.state.panel.*member).Finish(reply.id, decode(reply));
                             });
  (context.state.panel.*member).Start(id);
}

void LoadPanelLead(Context& context) {
  const LeadId lead = context.state.panel.id;
  const int id = context.Get(Path("/leads", lead), [](Context& c, const Reply& reply) {
    Result<LeadRecord> read = DecodeLead(reply);
    if (read.ok()) c.state.told.Keep(&*read);
    if (!c.state.panel.lead.Finish(reply.id, read)) return;
    if (read.ok()) {
      if (LeadRecord* row = c.state.leads.Find(read->id)) *row = *read;
    } else if (read.status().code() == Code::kNotFound) {
      c.state.panel.gone = true;
    }
  });
  context.state.panel.lead.Start(id);
}

void LoadPanel(Context& context) {
  const LeadPanel& panel = context.state.panel;
  if (panel.id == 0 || panel.gone) return;
  LoadPanelLead(context);
  LoadPanelPart<GateAnswer>(context, "/gates", &LeadPanel::gates, DecodeGates);
  LoadPanelPart<std::vector<TimelineRecord>>(context, "/timeline", &LeadPanel::timeline,
                                             DecodeTimeline);
  const int id = context.Get(Path("/calls?limit=50&lead_id=") + std::to_string(panel.id),
                             [](Context& c, const Reply& reply) {
                               c.state.panel.calls.Finish(reply.id, DecodeCalls(reply));
                             });
  context.state.panel.calls.Start(id);
}

void ReadClock(Context& context) {
  const TimeMs sent = context.now();
  context.Get("/healthz", [sent](Context& c, const Reply& reply) {
    const Result<ServerTime> time = DecodeHealth(reply);
    if (!time.ok()) return;
    // The answer was written about half way between the two instants.
    c.state.clock = {sent + (c.now() - sent) / 2, time->now, time->scale};
    c.state.version = time->version;
    c.Refresh(Topic::kClock, kClockEveryMs);
  });
}

void LoadGates(Context& context) {
  const Route& route = context.state.route;
  if (route.screen == Screen::kCampaigns && route.id != 0) LoadCampaignGates(context, route.id);
  if (route.screen != Screen::kHome || context.state.campaigns.value() == nullptr) return;
  for (const Campaign& campaign : *context.state.campaigns.value()) {
    if (campaign.state == CampaignState::kRunning) LoadCampaignGates(context, campaign.id);
  }
}

void LoadCampaigns(Context& context) {
  const int id = context.Get(Path("/campaigns?limit=500"), [](Context& c, const Reply& reply) {
    c.state.campaigns.Finish(reply.id, DecodeCampaigns(reply));
    LoadGates(c);
    OpenForms(c);
  });
  context.state.campaigns.Start(id);
}

void LoadAssistants(Context& context) {
  const int id = context.Get(Path("/assistants?limit=500"), [](Context& c, const Reply& reply) {
    c.state.assistants.Finish(reply.id, DecodeAssistants(reply));
    OpenForms(c);
  });
  context.state.assistants.Start(id);
}
void LoadSettings(Context& context) {
  Load(context, Path("/settings"), &AppState::settings, DecodeSettingsReply);
}
void LoadSummary(Context& context) {
  Load(context, Path("/reports/summary"), &AppState::summary, DecodeSummary);
}
void LoadSuppressions(Context& context) {
  Load(context, Path("/suppressions?limit=500"), &AppState::suppressions, DecodeSuppressions);
}
void LoadImports(Context& context) {
  Load(context, Path("/imports?limit=50"), &AppState::imports, DecodeImports);
}
void LoadProviders(Context& context) {
  Load(context, Path("/providers"), &AppState::providers, DecodeProviders);
}

}  // namespace

std::string LeadQueryText(const Route& route) {
  std::string query;
  const auto add = [&query](std::string_view key, std::string_view value) {
    if (value.empty()) return;
    query.append(query.empty() ? "" : "&").append(key).append("=").append(UrlEncode(value));
  };
  add("campaign_id", route.campaign != 0 ? std::to_string(route.campaign) : "");
  add("status", route.status);
  add("q", route.q);
  add("sort", route.sort);
  return query;
}

void PumpLeads(Context& context) {
  PagedList<LeadRecord>& list = context.state.leads;
  const auto needed = list.Needed();
  if (!needed) return;
  const std::string query = LeadQueryText(context.state.route);
  std::string path = Path("/leads?limit=") + std::to_string(list.kPageRows);
  if (!query.empty()) path += "&" + query;
  if (!needed->cursor.empty()) path += "&cursor=" + UrlEncode(needed->cursor);
  const int id = context.Get(std::move(path), [](Context& c, const Reply& reply) {
    Result<ListPage<LeadRecord>> page = DecodeLeads(reply);
    if (page.ok()) {
      for (LeadRecord& lead : page->items) c.state.told.Keep(&lead);
      c.state.leads.Finish(reply.id, std::move(page->items), page->next_cursor, page->total);
    } else {
      c.state.leads.Fail(reply.id, page.status());
    }
    PumpLeads(c);
  });
  list.Start(id, needed->page);
}

void PumpCalls(Context& context) {
  PagedList<Call>& list = context.state.calls;
  const auto needed = list.Needed();
  if (!needed) return;
  const Route& route = context.state.route;
  std::string path = Path("/calls?limit=") + std::to_string(list.kPageRows);
  if (route.campaign != 0) path += "&campaign_id=" + std::to_string(route.campaign);
  if (route.lead != 0) path += "&lead_id=" + std::to_string(route.lead);
  if (!route.status.empty()) path += "&outcome=" + UrlEncode(route.status);
  if (!needed->cursor.empty()) path += "&cursor=" + UrlEncode(needed->cursor);
  const int id = context.Get(std::move(path), [](Context& c, const Reply& reply) {
    Result<ListPage<Call>> page = DecodeCalls(reply);
    if (page.ok()) {
      c.state.calls.Finish(reply.id, std::move(page->items), page->next_cursor, page->total);
    } else {
      c.state.calls.Fail(reply.id, page.status());
    }
    PumpCalls(c);
  });
  list.Start(id, needed->page);
}

void OpenLead(Context& context, LeadId id) {
  LeadPanel& panel = context.state.panel;
  if (panel.id != id) {
    panel = LeadPanel();
    panel.id = id;
    // What the table knows is shown until the rest arrives.
    if (const LeadRecord* row = context.state.leads.Find(id)) panel.lead.Set(*row);
  }
  LoadPanel(context);
}

void OpenCall(Context& context, CallId id) {
  Remote<Call>& call = context.state.call;
  if (call.value() != nullptr && call.value()->id != id) call.Reset();
  if (id == 0) return;
  if (const Call* row = context.state.calls.Find(id); row != nullptr && call.value() == nullptr) {
    call.Set(*row);
  }
  Load(context, Path("/calls", id), &AppState::call, DecodeCall);
}

void LoadCampaignGates(Context& context, CampaignId campaign) {
  const int id = context.Get(Path("/campaigns", campaign, "/gates"),
                             [campaign](Context& c, const Reply& reply) {
                               c.state.gates[campaign].Finish(reply.id, DecodeGates(reply));
                             });
  context.state.gates[campaign].Start(id);
  context.Refresh(Topic::kGates, kGatesEveryMs);
}

void LoadTopic(Context& context, Topic topic) {
  const Route& route = context.state.route;
  const Screen screen = route.screen;
  switch (topic) {
    case Topic::kLeads:
      if (screen != Screen::kLeads) return;
      // An answer under way is waited for: else a busy server would never get one through.
      if (context.state.leads.loading()) return context.Refresh(topic, 200);
      context.state.leads.Invalidate();
      return PumpLeads(context);
    case Topic::kPanel:
      if (screen == Screen::kLeads && route.id != 0) LoadPanel(context);
      return;
    case Topic::kSummary:
      return LoadSummary(context);
    case Topic::kCampaigns:
      return LoadCampaigns(context);
    case Topic::kAssistants:
      return LoadAssistants(context);
    case Topic::kSettings:
      return LoadSettings(context);
    case Topic::kCalls:
      if (screen != Screen::kCalls) return;
      if (context.state.calls.loading()) return context.Refresh(topic, 200);
      context.state.calls.Invalidate();
      if (route.id != 0) OpenCall(context, route.id);
      return PumpCalls(context);
    case Topic::kSuppressions:
      if (screen == Screen::kSettings) LoadSuppressions(context);
      return;
    case Topic::kImports:
      WatchImport(context);
      if (screen == Screen::kImport) LoadImports(context);
      return;
    case Topic::kGates:
      return LoadGates(context);
    case Topic::kClock:
      return ReadClock(context);
    case Topic::kStream:
      context.effects.push_back(OpenStreamEffect{Path("/events")});
      return;
  }
}

void LoadScreen(Context& context) {
  const Route& route = context.state.route;
  LoadCampaigns(context);
  LoadAssistants(context);
  LoadSettings(context);
  switch (route.screen) {
    case Screen::kHome:
    case Screen::kReports:
    case Screen::kCampaigns:
    case Screen::kAssistants:
      return LoadSummary(context);
    case Screen::kLeads:
      PumpLeads(context);
      return OpenLead(context, route.id);
    case Screen::kCalls:
      PumpCalls(context);
      return OpenCall(context, route.id);
    case Screen::kImport:
      return LoadImports(context);
    case Screen::kSettings:
      LoadSuppressions(context);
      return LoadProviders(context);
    case Screen::kGuide:
      return;
  }
}

}  // namespace leadline
