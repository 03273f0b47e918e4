// What the server says by itself: rows on screen change at once, the rest is loaded again soon.
#include "client/state/apply.h"
#include "client/state/load.h"

namespace leadline {
namespace {

// Long enough that a burst of changes becomes one request, short enough to feel live.
constexpr TimeMs kSoonMs = 400;
constexpr TimeMs kCountersMs = 700;
constexpr TimeMs kReopenMs = 5000;

void OnLeadChange(Context& context, const Change& change) {
  AppState& state = context.state;
  const bool deleted = ReadBool(change.data, "deleted");
  const std::optional<LeadStatus> status = LeadStatusFromName(TextOr(change.data, "status"));
  if (status) state.told.Tell(change.ref_id, ReadInt(change.data, "version"), *status);
  if (LeadRecord* row = state.leads.Find(change.ref_id)) state.told.Keep(row);
  if (state.panel.id == change.ref_id) {
    if (deleted) {
      state.panel.gone = true;
    } else if (LeadRecord* open = state.panel.lead.mutable_value()) {
      state.told.Keep(open);
    }
    context.Refresh(Topic::kPanel, kSoonMs);
  }
  context.Refresh(Topic::kLeads, kSoonMs);
  context.Refresh(Topic::kSummary, kCountersMs);
}

}  // namespace

void OnStreamState(Context& context, LiveState live) {
  Connection& connection = context.state.connection;
  const LiveState before = connection.state;
  if (live == before) return;
  connection.state = live;
  if (before == LiveState::kLive || before == LiveState::kConnecting) {
    connection.since = context.now();
  }
  if (live == LiveState::kOffline) context.Refresh(Topic::kStream, kReopenMs);
  // Whatever happened meanwhile may not have been told.
  if (live == LiveState::kLive && before != LiveState::kConnecting) {
    context.Refresh(Topic::kClock, 0);
    Apply(context, command::Reload{});
  }
}

void OnChange(Context& context, const Change& change) {
  if (change.kind == "lead") {
    OnLeadChange(context, change);
  } else if (change.kind == "call") {
    context.Refresh(Topic::kCalls, kSoonMs);
    context.Refresh(Topic::kSummary, kCountersMs);
    if (context.state.panel.id != 0) context.Refresh(Topic::kPanel, kSoonMs);
  } else if (change.kind == "campaign") {
    context.Refresh(Topic::kCampaigns, kSoonMs);
    context.Refresh(Topic::kGates, kSoonMs);
  } else if (change.kind == "assistant") {
    context.Refresh(Topic::kAssistants, kSoonMs);
  } else if (change.kind == "settings") {
    context.Refresh(Topic::kSettings, kSoonMs);
    context.Refresh(Topic::kGates, kSoonMs);
  } else if (change.kind == "suppression") {
    context.Refresh(Topic::kSuppressions, kSoonMs);
  } else if (change.kind == "import") {
    context.Refresh(Topic::kImports, kSoonMs);
  } else if (change.kind == "reload") {
    Apply(context, command::Reload{});
  }
}

}  // namespace leadline
