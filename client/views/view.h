// What every view works with. A view is a function that draws a part of the state and pushes
// commands; it fetches nothing, parses nothing and changes nothing but its own local struct: texts
// being typed, a dialog that is open.
#pragma once

#include <string>
#include <string_view>

#include "client/platform/platform.h"
#include "client/state/command.h"
#include "client/state/words.h"
#include "client/ui/kit.h"
#include "common/dial/outcome.h"
#include "common/dial/reasons.h"

namespace leadline {

struct View {
  const AppState& state;
  CommandQueue& commands;

  template <typename C>
  void Push(C command) const {
    commands.Push(std::move(command));
  }
  void Go(const Route& route, bool replace = false) const {
    commands.Push(command::Go{route, replace});
  }
};

// Screens, one file each.
void HomeView(const View& view);
void LeadsView(const View& view);
void ImportView(const View& view);
void CampaignsView(const View& view);
void AssistantsView(const View& view);
void CallsView(const View& view);
void ReportsView(const View& view);
void GuideView(const View& view);
void SettingsView(const View& view);
// What the keys do; opened by `?`.
void ShortcutsDialog(bool* open);

// ---- links ----
std::string LeadHref(LeadId id);
std::string CampaignHref(CampaignId id);
std::string AssistantHref(AssistantId id);
std::string ScreenHref(Screen screen);
Route ScreenRoute(Screen screen);

// ---- words and colours ----
ui::Tone ToneOf(LeadStatus status);
ui::Tone ToneOf(CampaignState state);
ui::Tone ToneOf(Outcome outcome);
std::string_view ProviderTitle(Provider provider);
std::string OutcomeTitle(std::string_view outcome);
// "2 Mar 2026, 18:00" in the user's zone.
std::string LocalTime(TimeMs at);
// "in 2 h 5 min" by the calling clock, with the exact local and UTC time on hover. "-" for 0.
void TimeText(const View& view, TimeMs at, bool muted = false);
// What TimeText shows on hover.
std::string ExactTime(TimeMs at);
// The same words without drawing, for cells; wakes the page when they will change.
std::string RelativeTime(const View& view, TimeMs at);

// ---- common pieces ----
// A banner for a list that could not be loaded, with "Try again". True when it was drawn.
bool LoadProblem(const View& view, const Status& error, std::string_view what);
// The gates of a lead or campaign in words: what is closed, why, and when it opens.
void GateList(const View& view, const GateAnswer& answer, bool campaign_only);
// One line: the first closed gate, or that it is called now.
std::string GateHeadline(const View& view, const GateAnswer& answer);
// "1. ...\n2. ...": what to do about an error.
std::string StepsText(const ErrorGuide& guide);
// Height of a grid that shows all of its few rows.
float GridHeight(int64_t rows);
// The message of the field at this path in a refused form; "" for none.
std::string_view ProblemAt(const Status& error, std::string_view path);
// Problems that no field of the form shows, and the sentence of the error, as a banner.
void FormProblem(const Status& error);
// Asks before something that cannot be taken back. True in the frame in which it is confirmed; the
// answer closes it.
bool Confirm(std::string_view title, std::string_view text, std::string_view action, bool* open,
             bool danger = true);
// Campaigns as choices; `ids` gets what the positions mean. With `any`, the first is "All
// campaigns".
ui::Options CampaignOptions(const View& view, std::vector<CampaignId>* ids,
                            std::string_view any = {});
int IndexOf(const std::vector<int64_t>& ids, int64_t id);

}  // namespace leadline
