#include "client/app.h"

#include <algorithm>
#include <string>

#include "client/views/view.h"

namespace leadline {
namespace {

TimeMs Now() {
  return static_cast<TimeMs>(platform::NowMs());
}

ui::Tone ToneOf(NoticeTone tone) {
  switch (tone) {
    case NoticeTone::kNeutral:
      return ui::Tone::kNeutral;
    case NoticeTone::kSuccess:
      return ui::Tone::kSuccess;
    case NoticeTone::kWarning:
      return ui::Tone::kWarning;
    case NoticeTone::kDanger:
      return ui::Tone::kDanger;
  }
  return ui::Tone::kNeutral;
}

struct NavItem {
  Screen screen;
  ui::Icon icon;
};
constexpr NavItem kNav[] = {
    {Screen::kHome, ui::Icon::kHome},         {Screen::kLeads, ui::Icon::kUsers},
    {Screen::kImport, ui::Icon::kUpload},     {Screen::kCampaigns, ui::Icon::kMegaphone},
    {Screen::kAssistants, ui::Icon::kBot},    {Screen::kCalls, ui::Icon::kPhone},
    {Screen::kReports, ui::Icon::kChart},     {Screen::kGuide, ui::Icon::kBook},
    {Screen::kSettings, ui::Icon::kSettings},
};

std::string ConnectionText(const AppState& state) {
  switch (state.connection.state) {
    case LiveState::kConnecting:
      return "Connecting";
    case LiveState::kLive:
      return "Live";
    case LiveState::kReconnecting:
      return "Reconnecting";
    case LiveState::kOffline:
      // The clock time only: it stands in the corner of a narrow column.
      return "Offline since " + LocalTime(state.connection.since)
                                    .substr(LocalTime(state.connection.since).rfind(' ') + 1);
  }
  return "";
}

ui::Tone ConnectionTone(LiveState live) {
  if (live == LiveState::kLive) return ui::Tone::kSuccess;
  return live == LiveState::kConnecting ? ui::Tone::kNeutral : ui::Tone::kWarning;
}

void DrawScreen(const View& view) {
  switch (view.state.route.screen) {
    case Screen::kHome:
      return HomeView(view);
    case Screen::kLeads:
      return LeadsView(view);
    case Screen::kImport:
      return ImportView(view);
    case Screen::kCampaigns:
      return CampaignsView(view);
    case Screen::kAssistants:
      return AssistantsView(view);
    case Screen::kCalls:
      return CallsView(view);
    case Screen::kReports:
      return ReportsView(view);
    case Screen::kGuide:
      return GuideView(view);
    case Screen::kSettings:
      return SettingsView(view);
  }
}

// What makes another page: the panel beside a table does not.
std::string PageKey(const Route& route) {
  std::string key(kScreenNames[static_cast<int>(route.screen)]);
  const bool pages = route.screen == Screen::kCampaigns || route.screen == Screen::kAssistants;
  if (pages && route.id != 0) key += "/" + std::to_string(route.id);
  if (pages && route.action != RouteAction::kView) key += "/form";
  return key + route.section;
}

LiveState LiveOf(int status) {
  if (status == 1) return LiveState::kLive;
  return status == 0 ? LiveState::kReconnecting : LiveState::kOffline;
}

}  // namespace

void App::OnShortcut(const platform::Event& event) {
  if (event.status == 0 && event.text == "?") shortcuts_open_ = true;
  if (event.text == "/" || event.text == "k") {
    if (state().route.screen != Screen::kLeads) {
      commands_.Push(command::Go{ScreenRoute(Screen::kLeads)});
    }
    ui::FocusField("Search leads");
  }
}

void App::OnEvent(const platform::Event& event) {
  using platform::EventKind;
  if (const std::optional<Reply> reply = runner_.ReplyOf(event)) return model_.OnReply(*reply);
  switch (event.kind) {
    case EventKind::kUrlHash:
      return model_.OnHash(event.text);
    case EventKind::kFetchProgress:
      return model_.OnUploadProgress(static_cast<int64_t>(event.number));
    case EventKind::kFile:
      return model_.OnFile(event.id, event.name, static_cast<int64_t>(event.number));
    case EventKind::kStream:
      return model_.OnStreamEvent(event.text);
    case EventKind::kStreamState:
      return model_.OnStreamState(LiveOf(event.status));
    case EventKind::kWorker:
      return runner_.IsWorker(event) ? model_.OnWorkerMessage(event.text) : void();
    case EventKind::kWorkerFailed:
      return runner_.IsWorker(event) ? model_.OnWorkerFailed(event.text) : void();
    case EventKind::kShortcut:
      return OnShortcut(event);
    case EventKind::kVisible:
      return event.status == 1 ? model_.OnVisible() : void();
    default:
      return;
  }
}

void App::Drain() {
  if (!started_) {
    started_ = true;
    model_.Recall(platform::LoadLocal(kColumnMemoryKey));
    model_.Start(platform::UrlHash(), Now());
  }
  model_.Tick(Now());
  for (const platform::Event& event : platform::TakeEvents()) OnEvent(event);
  for (const Command& command : commands_.Take()) model_.Apply(command);
}

void App::RunEffects() {
  for (const Effect& effect : model_.TakeEffects()) {
    if (const auto* notice = std::get_if<NoticeEffect>(&effect)) {
      ui::ShowToast(notice->text, ToneOf(notice->tone));
    } else if (const auto* announce = std::get_if<AnnounceEffect>(&effect)) {
      ui::AnnouncePolitely(announce->text);
    } else {
      runner_.Run(effect);
    }
  }
}

void App::Draw() {
  const Route& route = state().route;
  ui::ShellOptions options;
  std::string hrefs[std::size(kNav)];
  for (size_t i = 0; i < std::size(kNav); ++i) {
    const int at = static_cast<int>(kNav[i].screen);
    hrefs[i] = ScreenHref(kNav[i].screen);
    options.nav.push_back({.name = kScreenTitles[at],
                           .icon = kNav[i].icon,
                           .href = hrefs[i],
                           .current = route.screen == kNav[i].screen});
  }
  const std::string status = ConnectionText(state());
  options.status = status;
  options.status_tone = ConnectionTone(state().connection.state);
  const View view{state(), commands_};
  ui::BeginShell(options, PageKey(route));
  DrawScreen(view);
  ui::EndShell();
  ShortcutsDialog(&shortcuts_open_);
  platform::SetTitle(std::string(kScreenTitles[static_cast<int>(route.screen)]) + " - Leadline");
}

void App::Frame() {
  Drain();
  RunEffects();
  Draw();
  // What views asked for is done in the next frame, before it draws.
  if (!commands_.empty()) platform::Wake();
  if (const std::optional<TimeMs> next = model_.NextTick()) {
    // A little late rather than a frame early, in which nothing would be due yet.
    platform::WakeAfter(static_cast<double>(std::max<TimeMs>(0, *next - Now()) + 1));
  }
}

}  // namespace leadline
