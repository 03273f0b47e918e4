// One lead beside the table: what is known of it, why it is not being called now, what can be done.
#include "client/views/lead_panel.h"

#include <algorithm>

#include "client/views/lead_dialogs.h"
#include "common/dial/reasons.h"

namespace leadline {
namespace {

constexpr float kPanelWidth = 480;

struct Local {
  LeadId id = 0;
  int tab = 0;
  LeadDialogs dialogs;
};
Local& Mine() {
  static Local local;
  return local;
}

void Actions(const View& view, const LeadRecord& lead) {
  LeadDialogs& dialogs = Mine().dialogs;
  const bool busy = view.state.panel.busy;
  if (ui::Button("Edit", {.icon = ui::Icon::kEdit, .disabled = busy})) {
    Route route = view.state.route;
    route.action = RouteAction::kEdit;
    view.Go(route);
  }
  if (ui::Button("Set status", {.icon = ui::Icon::kTag, .disabled = busy, .busy = busy})) {
    dialogs.OpenStatus(lead);
  }
  if (ui::BeginMenu("More actions")) {
    if (ui::MenuItem("Preview the call request", ui::Icon::kEye))
      dialogs.OpenPreview(view, lead.id);
    if (ui::MenuItem("Never call this number", ui::Icon::kPhoneOff)) dialogs.suppress_open = true;
    ui::MenuDivider();
    if (ui::MenuItem("Delete lead", ui::Icon::kTrash, true)) dialogs.delete_open = true;
    ui::EndMenu();
  }
}

// The one thing to know first: when it is called next, or why not.
void NextAttempt(const View& view, const LeadRecord& lead) {
  const TimeMs now = view.state.ServerNow();
  if (lead.status == LeadStatus::kRescheduled && lead.next_attempt_at > now) {
    ui::BeginRow();
    ui::Text("Next retry in");
    ui::StrongText(Clock(lead.next_attempt_at - now));
    ui::Tooltip(ExactTime(lead.next_attempt_at));
    ui::EndRow();
    ui::SmallText(ExactTime(lead.next_attempt_at));
    platform::WakeAfter(view.state.clock.fast() ? 250 : 1000);
  }
}

void ErrorBox(const LeadRecord& lead) {
  if (lead.error.code.empty()) return;
  const ErrorGuide& guide = GuideOf(lead.error.code);
  ui::Banner(guide.meaning, guide.permanent ? ui::Tone::kDanger : ui::Tone::kWarning, {}, false,
             guide.title);
  ui::Heading(3, "How to fix it");
  ui::Text(StepsText(guide));
  if (!lead.error.provider_message.empty()) {
    ui::SmallText("What the provider said");
    ui::CodeBlock("The provider's words", lead.error.provider_message);
  }
}

void Fields(const View& view, const LeadRecord& lead) {
  ui::BeginKeyValues("Lead");
  ui::KeyValue("Phone", lead.phone);
  if (!lead.email.empty()) ui::KeyValue("Email", lead.email);
  if (!lead.company.empty()) ui::KeyValue("Company", lead.company);
  ui::KeyValue("Time zone", lead.timezone.empty() ? "From the number" : lead.timezone);
  ui::KeyValueSlot("Campaign");
  ui::Link(view.state.CampaignName(lead.campaign_id), CampaignHref(lead.campaign_id));
  ui::KeyValue("Attempts",
               std::to_string(lead.attempts) + " of " + std::to_string(lead.max_attempts));
  ui::KeyValue("Last outcome", OutcomeTitle(lead.last_outcome));
  ui::KeyValueSlot("Last attempt");
  TimeText(view, lead.last_attempt_at);
  ui::KeyValueSlot("Next attempt");
  TimeText(view, lead.next_attempt_at);
  ui::KeyValueSlot("Added");
  TimeText(view, lead.created_at);
  ui::EndKeyValues();
  if (lead.variables.empty()) return;
  ui::Gap(ui::kSpaceXs);
  ui::Heading(3, "Variables");
  ui::BeginKeyValues("Variables");
  for (const auto& [key, value] : lead.variables) ui::KeyValue(key, value.empty() ? "-" : value);
  ui::EndKeyValues();
}

void Contacts(const View& view, const LeadRecord& lead) {
  if (lead.contacts.empty()) return ui::MutedText("No other numbers.");
  int place = 2;
  for (const Contact& contact : lead.contacts) {
    ui::BeginRow();
    ui::StrongText(std::to_string(place++) + ". " +
                   (contact.name.empty() ? std::string(contact.phone) : contact.name));
    ui::Badge(StatusTitle(contact.status, view.state.simple_statuses()), ToneOf(contact.status));
    ui::EndRow();
    ui::SmallText(contact.phone + ", " + CountOf(contact.attempts, "attempt", "attempts"));
  }
}

void Gates(const View& view, const LeadRecord& lead) {
  const Remote<GateAnswer>& gates = view.state.panel.gates;
  const bool waiting = lead.status == LeadStatus::kCreated ||
                       lead.status == LeadStatus::kScheduled ||
                       lead.status == LeadStatus::kRescheduled;
  if (!waiting) {
    const StatusText& text = TextOf(lead.status);
    ui::Text(text.meaning);
    return ui::MutedText("What to do: " + std::string(text.action));
  }
  if (gates.first_load()) return ui::Skeleton("Loading the gates", 3);
  if (gates.value() == nullptr) return ui::MutedText(gates.error().message());
  GateList(view, *gates.value(), false);
}

std::string EventTitle(const TimelineRecord& entry) {
  std::string title = Title(entry.event);
  const auto to = LeadStatusFromName(entry.to_status);
  const auto from = LeadStatusFromName(entry.from_status);
  if (to && to != from) title += ": " + std::string(StatusText(TextOf(*to)).title);
  return title;
}

void Timeline(const View& view) {
  const Remote<std::vector<TimelineRecord>>& timeline = view.state.panel.timeline;
  if (timeline.first_load()) return ui::Skeleton("Loading the timeline", 4);
  if (timeline.value() == nullptr) return ui::MutedText(timeline.error().message());
  if (timeline.value()->empty()) return ui::MutedText("Nothing has happened yet.");
  for (const TimelineRecord& entry : *timeline.value()) {
    ui::BeginRow();
    ui::StrongText(EventTitle(entry));
    ui::RowSpacer();
    ui::SmallText(RelativeTime(view, entry.at));
    ui::Tooltip(ExactTime(entry.at));
    ui::EndRow();
    if (!entry.detail.empty()) ui::Text(entry.detail);
    ui::SmallText("By " + entry.actor + ", " + LocalTime(entry.at));
    ui::Gap(ui::kSpaceXs);
  }
}

void Calls(const View& view) {
  const Remote<ListPage<Call>>& calls = view.state.panel.calls;
  if (calls.first_load()) return ui::Skeleton("Loading the calls", 3);
  if (calls.value() == nullptr) return ui::MutedText(calls.error().message());
  if (calls.value()->items.empty()) return ui::MutedText("Not called yet.");
  for (const Call& call : calls.value()->items) {
    Route open = ScreenRoute(Screen::kCalls);
    open.id = call.id;
    open.lead = call.lead_id;
    ui::BeginRow();
    const bool ended = call.state == CallState::kEnded;
    ui::Badge(ended ? OutcomeTitle(NameOf(call.outcome)) : Title(NameOf(call.state)),
              ended ? ToneOf(call.outcome) : ui::Tone::kAccent);
    ui::Link(LocalTime(call.started_at != 0 ? call.started_at : call.claimed_at) + "##call" +
                 std::to_string(call.id),
             Href(open));
    ui::EndRow();
    ui::SmallText(call.number + ", attempt " + std::to_string(call.attempt_no) + ", " +
                  Duration(call.duration_ms));
  }
}

void Head(const View& view, const LeadRecord& lead) {
  ui::BeginRow();
  ui::Badge(StatusTitle(lead.status, view.state.simple_statuses()), ToneOf(lead.status));
  ui::Tooltip(TextOf(lead.status).meaning);
  ui::RowSpacer();
  Actions(view, lead);
  ui::EndRow();
  NextAttempt(view, lead);
  ErrorBox(lead);
}

void Body(const View& view, const LeadRecord& lead) {
  Head(view, lead);
  const std::string contacts = std::to_string(lead.contacts.size());
  ui::Tabs("Lead details",
           {{"Details"}, {"Why not now?"}, {"Timeline"}, {"Contacts", contacts}, {"Calls"}},
           &Mine().tab);
  switch (Mine().tab) {
    case 0:
      return Fields(view, lead);
    case 1:
      return Gates(view, lead);
    case 2:
      return Timeline(view);
    case 3:
      return Contacts(view, lead);
    default:
      return Calls(view);
  }
}

}  // namespace

void LeadPanelView(const View& view) {
  const LeadPanel& panel = view.state.panel;
  Local& local = Mine();
  if (local.id != panel.id) local = Local{panel.id, local.tab, {}};
  const LeadRecord* lead = panel.lead.value();
  bool open = true;
  const std::string title = (lead == nullptr      ? "Lead"
                             : lead->name.empty() ? lead->phone
                                                  : lead->name) +
                            "##lead";
  if (!ui::BeginSidePanel(title, &open, kPanelWidth)) return;
  if (panel.gone) {
    ui::EmptyState(ui::Icon::kTrash, "This lead was deleted",
                   "Its calls stay in the call history.");
  } else if (panel.lead.failed() && lead == nullptr) {
    LoadProblem(view, panel.lead.error(), "The lead");
  } else if (lead == nullptr) {
    ui::Skeleton("Loading the lead", 6);
  } else {
    Body(view, *lead);
  }
  ui::EndSidePanel();
  if (lead != nullptr) local.dialogs.Draw(view, *lead);
  if (open) return;
  Route route = view.state.route;
  route.id = 0;
  view.Go(route);
}

}  // namespace leadline
