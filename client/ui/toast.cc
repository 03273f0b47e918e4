#include "client/ui/toast.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "client/platform/platform.h"
#include "client/platform/surface.h"
#include "client/ui/buttons.h"
#include "client/ui/item.h"
#include "client/ui/layout.h"
#include "client/ui/overlay.h"
#include "client/ui/popup.h"

namespace leadline::ui {
namespace {

constexpr double kShortMs = 6000;
constexpr double kLongMs = 12000;
constexpr double kAnnounceEveryMs = 5000;
constexpr size_t kMaxToasts = 4;

struct Toast {
  int id;
  std::string text;
  std::string action;
  Tone tone;
  double until_ms;
};
std::vector<Toast> g_toasts;
int g_next_id = 1;
int g_used = 0;
std::string g_announcement;
double g_announced_ms = -kAnnounceEveryMs;

void SendAnnouncement() {
  if (g_announcement.empty()) return;
  const double wait = g_announced_ms + kAnnounceEveryMs - platform::FrameTimeMs();
  if (wait > 0) return platform::WakeAfter(wait);
  platform::Announce(g_announcement, false);
  g_announcement.clear();
  g_announced_ms = platform::FrameTimeMs();
}

// Returns true when it is to go.
bool DrawToast(const Toast& toast, float bottom, float* height) {
  const platform::Environment& env = platform::Env();
  const float width = std::min(420.f, env.width_px - 2 * kSpaceL);
  const float button =
      toast.action.empty() ? 0 : MeasureText(Face::kStrong, toast.action).x + 2 * kSpaceL;
  const float wrap = width - 52 - button - ControlHeight() - kSpaceS;
  const ImVec2 size = MeasureText(Face::kBody, toast.text, wrap);
  *height = std::max(size.y + 2 * kSpaceM, ControlHeight() + 2 * kSpaceXs);
  const ImRect rect(env.width_px / 2 - width / 2, bottom - *height, env.width_px / 2 + width / 2,
                    bottom);
  ImGui::SetNextWindowPos(rect.Min);
  ImGui::SetNextWindowSize(rect.GetSize());
  const std::string window = "toast " + std::to_string(toast.id);
  ImGui::Begin(window.c_str(), nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoFocusOnAppearing |
                   ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoBackground);
  ImGui::BringWindowToDisplayFront(ImGui::GetCurrentWindow());
  SharpenWindow();
  DrawShadow(rect, kRadius);
  DrawBox(rect, Colors().surface, Colors().border, kRadius);
  const ToneColors tone = ToneOf(toast.tone);
  const Icon icon = toast.tone == Tone::kDanger    ? Icon::kError
                    : toast.tone == Tone::kWarning ? Icon::kWarning
                    : toast.tone == Tone::kSuccess ? Icon::kSuccess
                                                   : Icon::kInfo;
  const float middle = rect.GetCenter().y;
  DrawIcon(Canvas(), icon, ImVec2(rect.Min.x + kSpaceL, middle - 10), 20, tone.text);
  DrawTextAt(Canvas(), Face::kBody, ImVec2(rect.Min.x + 46, middle - size.y / 2), Colors().text,
             toast.text, wrap);
  semantics::Push({.id = IdOf("toast"),
                   .role = toast.tone == Tone::kDanger ? Role::kAlert : Role::kStatus,
                   .min = rect.Min,
                   .max = rect.Max},
                  4);
  semantics::Add({.role = Role::kText, .name = toast.text, .min = rect.Min, .max = rect.Max});
  bool gone = false;
  if (button > 0) {
    ImGui::SetCursorScreenPos(
        ImVec2(rect.Max.x - ControlHeight() - kSpaceXs - button, middle - ControlHeight() / 2));
    if (Button(toast.action, {.kind = ButtonKind::kGhost})) {
      g_used = toast.id;
      gone = true;
    }
  }
  ImGui::SetCursorScreenPos(
      ImVec2(rect.Max.x - ControlHeight() - kSpaceXs, middle - ControlHeight() / 2));
  if (IconButton(Icon::kClose, "Dismiss")) gone = true;
  semantics::Pop();
  ImGui::End();
  return gone;
}

}  // namespace

int ShowToast(std::string_view text, Tone tone, std::string_view action) {
  const bool lasts = tone == Tone::kDanger || !action.empty();
  const double until = platform::FrameTimeMs() + (lasts ? kLongMs : kShortMs);
  g_toasts.push_back({g_next_id, std::string(text), std::string(action), tone, until});
  if (g_toasts.size() > kMaxToasts) g_toasts.erase(g_toasts.begin());
  platform::Wake(3);
  return g_next_id++;
}

int TakeToastAction() {
  return std::exchange(g_used, 0);
}

void AnnouncePolitely(std::string_view text) {
  g_announcement = text;
}

void DrawToasts() {
  SendAnnouncement();
  const double now = platform::FrameTimeMs();
  float bottom = platform::Env().height_px - (Narrow() ? 76 : kSpaceXl);
  for (size_t i = g_toasts.size(); i-- > 0;) {
    float height = 0;
    const bool gone = DrawToast(g_toasts[i], bottom, &height) || now >= g_toasts[i].until_ms;
    bottom -= height + kSpaceS;
    if (gone) {
      g_toasts.erase(g_toasts.begin() + static_cast<std::ptrdiff_t>(i));
      platform::Wake(3);
    } else {
      platform::WakeAfter(g_toasts[i].until_ms - now);
    }
  }
}

}  // namespace leadline::ui
