#include "client/views/view.h"

#include <algorithm>

namespace leadline {
namespace {

// How soon a distance in time reads differently.
void WakeForClock(const View& view, TimeMs at) {
  const TimeMs distance = std::abs(at - view.state.ServerNow());
  const double step = distance < kHourMs ? 1000 : 30000;
  platform::WakeAfter(view.state.clock.fast() ? 250 : step);
}

std::string OpensText(const View& view, const GateLine& gate) {
  if (gate.open) return "";
  if (gate.by_hand) return "Opens only when somebody acts.";
  if (gate.opens_at == 0) return "";
  return "Opens " + RelativeTime(view, gate.opens_at) + " (" + LocalTime(gate.opens_at) + ").";
}

}  // namespace

std::string LeadHref(LeadId id) {
  Route route = ScreenRoute(Screen::kLeads);
  route.id = id;
  return Href(route);
}
std::string CampaignHref(CampaignId id) {
  Route route = ScreenRoute(Screen::kCampaigns);
  route.id = id;
  return Href(route);
}
std::string AssistantHref(AssistantId id) {
  Route route = ScreenRoute(Screen::kAssistants);
  route.id = id;
  return Href(route);
}
std::string ScreenHref(Screen screen) {
  return Href(ScreenRoute(screen));
}
Route ScreenRoute(Screen screen) {
  Route route;
  route.screen = screen;
  return route;
}

ui::Tone ToneOf(LeadStatus status) {
  switch (status) {
    case LeadStatus::kCreated:
      return ui::Tone::kNeutral;
    case LeadStatus::kScheduled:
      return ui::Tone::kInfo;
    case LeadStatus::kProcessing:
      return ui::Tone::kAccent;
    case LeadStatus::kRescheduled:
    case LeadStatus::kMaxRetries:
      return ui::Tone::kWarning;
    case LeadStatus::kCompleted:
      return ui::Tone::kSuccess;
    case LeadStatus::kFailed:
      return ui::Tone::kDanger;
  }
  return ui::Tone::kNeutral;
}

ui::Tone ToneOf(CampaignState state) {
  switch (state) {
    case CampaignState::kDraft:
      return ui::Tone::kNeutral;
    case CampaignState::kRunning:
      return ui::Tone::kSuccess;
    case CampaignState::kPaused:
      return ui::Tone::kWarning;
    case CampaignState::kFinished:
      return ui::Tone::kInfo;
  }
  return ui::Tone::kNeutral;
}

ui::Tone ToneOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::kAnswered:
      return ui::Tone::kSuccess;
    case Outcome::kNoAnswer:
      return ui::Tone::kWarning;
    case Outcome::kVoicemail:
      return ui::Tone::kInfo;
    case Outcome::kTemporaryError:
      return ui::Tone::kAccent;
    case Outcome::kPermanentError:
      return ui::Tone::kDanger;
    case Outcome::kBusy:
    case Outcome::kUnknown:
      return ui::Tone::kNeutral;
  }
  return ui::Tone::kNeutral;
}

std::string_view ProviderTitle(Provider provider) {
  return provider == Provider::kRetell ? "Retell" : "Vapi";
}

std::string OutcomeTitle(std::string_view outcome) {
  return outcome.empty() ? "-" : Title(outcome);
}

std::string LocalTime(TimeMs at) {
  return DateAndTime(at, platform::TimezoneOffsetMinutes(static_cast<double>(at)));
}

std::string ExactTime(TimeMs at) {
  return LocalTime(at) + " your time, " + UtcTime(at);
}

std::string RelativeTime(const View& view, TimeMs at) {
  if (at == 0) return "-";
  WakeForClock(view, at);
  return Relative(at, view.state.ServerNow());
}

void TimeText(const View& view, TimeMs at, bool muted) {
  const std::string text = RelativeTime(view, at);
  ui::LineText(text, 0, ui::Tone::kNeutral, muted);
  if (at != 0) ui::Tooltip(ExactTime(at));
}

bool LoadProblem(const View& view, const Status& error, std::string_view what) {
  if (error.ok()) return false;
  const std::string title = std::string(what) + " could not be loaded";
  if (ui::Banner(error.message(), ui::Tone::kDanger, "Try again", false, title) ==
      ui::BannerResult::kAction) {
    view.Push(command::Reload{});
  }
  return true;
}

std::string GateHeadline(const View& view, const GateAnswer& answer) {
  for (const GateLine& gate : answer.gates) {
    if (!gate.open) return gate.reason + " " + OpensText(view, gate);
  }
  return "Every gate is open: it is called as soon as it is its turn.";
}

void GateList(const View& view, const GateAnswer& answer, bool campaign_only) {
  const auto shown = [campaign_only](const GateLine& gate) {
    return !campaign_only || !gate.of_lead;
  };
  bool any_closed = false;
  for (const GateLine& gate : answer.gates) {
    if (gate.open || !shown(gate)) continue;
    any_closed = true;
    ui::BeginRow(ui::kSpaceS);
    ui::Badge("Closed", ui::Tone::kWarning);
    ui::StrongText(gate.title);
    ui::EndRow();
    ui::Text(gate.reason);
    if (const std::string opens = OpensText(view, gate); !opens.empty()) ui::SmallText(opens);
    ui::Gap(ui::kSpaceXs);
  }
  if (!any_closed) ui::StrongText("Every gate is open: calls are placed as leads become due.");
  for (const GateLine& gate : answer.gates) {
    if (!gate.open || !shown(gate)) continue;
    ui::BeginRow(ui::kSpaceS);
    ui::Badge("Open", ui::Tone::kSuccess);
    ui::Text(gate.title);
    ui::EndRow();
  }
}

std::string StepsText(const ErrorGuide& guide) {
  std::string text;
  int step = 1;
  for (const std::string_view fix : guide.fix) {
    if (fix.empty()) continue;
    text += (text.empty() ? "" : "\n") + std::to_string(step++) + ". " + std::string(fix);
  }
  return text;
}

float GridHeight(int64_t rows) {
  constexpr float kBorders = 4;
  return ui::RowHeight() * static_cast<float>(rows + 1) + kBorders;
}

std::string_view ProblemAt(const Status& error, std::string_view path) {
  for (const FieldProblem& field : error.fields()) {
    if (field.path == path) return field.message;
  }
  return "";
}

void FormProblem(const Status& error) {
  if (error.ok()) return;
  std::string text = error.message();
  for (const FieldProblem& field : error.fields()) {
    text += "\n" + (field.path.empty() ? "" : field.path + ": ") + field.message;
  }
  ui::Banner(text, ui::Tone::kDanger, {}, false, "Not saved");
}

bool Confirm(std::string_view title, std::string_view text, std::string_view action, bool* open,
             bool danger) {
  if (!*open) return false;
  bool confirmed = false;
  if (!ui::BeginDialog(title, open, {.alert = true, .text = text})) return false;
  ui::BeginFooter();
  if (ui::Button("Cancel", {.focus = true})) *open = false;
  if (ui::Button(action, {.kind = danger ? ui::ButtonKind::kDanger : ui::ButtonKind::kPrimary})) {
    confirmed = true;
    *open = false;
  }
  ui::EndFooter();
  ui::EndDialog();
  return confirmed;
}

ui::Options CampaignOptions(const View& view, std::vector<CampaignId>* ids, std::string_view any) {
  ui::Options options;
  ids->clear();
  if (!any.empty()) {
    options.push_back({any});
    ids->push_back(0);
  }
  if (view.state.campaigns.value() == nullptr) return options;
  for (const Campaign& campaign : *view.state.campaigns.value()) {
    options.push_back({campaign.name});
    ids->push_back(campaign.id);
  }
  return options;
}

int IndexOf(const std::vector<int64_t>& ids, int64_t id) {
  const auto it = std::find(ids.begin(), ids.end(), id);
  return it == ids.end() ? -1 : static_cast<int>(it - ids.begin());
}

}  // namespace leadline
