#include "client/ui/feedback.h"

#include <algorithm>
#include <cmath>

#include "client/platform/platform.h"
#include "client/platform/surface.h"
#include "client/ui/buttons.h"
#include "client/ui/item.h"
#include "client/ui/layout.h"
#include "client/ui/rows.h"
#include "client/ui/text.h"

namespace leadline::ui {
namespace {

Icon IconOf(Tone tone) {
  switch (tone) {
    case Tone::kSuccess:
      return Icon::kSuccess;
    case Tone::kWarning:
      return Icon::kWarning;
    case Tone::kDanger:
      return Icon::kError;
    default:
      return Icon::kInfo;
  }
}

void CenteredText(Face face, ImU32 color, std::string_view text, Role role, int level) {
  const float room = std::min(AvailableWidth(), 440.f);
  const ImVec2 size = MeasureText(face, text, room);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float x = at.x + (AvailableWidth() - size.x) / 2;
  const ImRect rect(x, at.y, x + size.x, at.y + size.y);
  ImGui::ItemSize(ImVec2(AvailableWidth(), size.y));
  if (ImGui::ItemAdd(rect, 0)) DrawTextAt(Canvas(), face, rect.Min, color, text, size.x, 0.5f);
  semantics::Add({.role = role, .name = text, .a = level, .min = rect.Min, .max = rect.Max});
}

}  // namespace

BannerResult Banner(std::string_view text, Tone tone, std::string_view action, bool dismissible,
                    std::string_view title) {
  const ToneColors colors = ToneOf(tone);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = AvailableWidth();
  float right = at.x + width - kSpaceS;
  const float button = action.empty() ? 0 : MeasureText(Face::kStrong, action).x + 2 * kSpaceL;
  const float close = dismissible ? ControlHeight() : 0;
  const bool below = width < 480 && button > 0;
  const float wrap = width - 44 - kSpaceM - close - (below ? 0 : button + kSpaceS);
  const ImVec2 title_size = title.empty() ? ImVec2(0, 0) : MeasureText(Face::kStrong, title, wrap);
  const ImVec2 text_size = MeasureText(Face::kBody, text, wrap);
  const float lines = title_size.y + text_size.y;
  const float height = std::max(lines + 2 * kSpaceM, (below ? 0 : ControlHeight()) + kSpaceS) +
                       (below ? ControlHeight() + kSpaceXs : 0);
  const ImRect rect(at.x, at.y, at.x + width, at.y + height);
  ImGui::ItemSize(rect);
  if (ImGui::ItemAdd(rect, 0)) {
    DrawBox(rect, colors.soft, 0, kRadius);
    const float top = below ? at.y + kSpaceM : at.y + (height - lines) / 2;
    DrawIcon(Canvas(), IconOf(tone), ImVec2(at.x + kSpaceM + 2, top), 20, colors.text);
    DrawTextAt(Canvas(), Face::kStrong, ImVec2(at.x + 44, top), colors.text, title, wrap);
    DrawTextAt(Canvas(), Face::kBody, ImVec2(at.x + 44, top + title_size.y),
               title.empty() ? colors.text : Colors().text, text, wrap);
  }
  const std::string identity = std::string(title) + "\n" + std::string(text);
  ImGui::PushID(identity.data(), identity.data() + identity.size());
  semantics::Push(
      {.role = tone == Tone::kDanger || tone == Tone::kWarning ? Role::kAlert : Role::kStatus,
       .min = rect.Min,
       .max = rect.Max});
  if (!title.empty())
    semantics::Add({.role = Role::kText, .name = title, .min = rect.Min, .max = rect.Max});
  semantics::Add({.role = Role::kText, .name = text, .min = rect.Min, .max = rect.Max});
  const ImVec2 after = ImGui::GetCursorScreenPos();
  BannerResult result = BannerResult::kNone;
  if (dismissible) {
    right -= close;
    ImGui::SetCursorScreenPos(ImVec2(right, at.y + kSpaceXs));
    if (IconButton(Icon::kClose, "Dismiss")) result = BannerResult::kDismissed;
  }
  if (button > 0) {
    const ImVec2 place = below ? ImVec2(at.x + 44, rect.Max.y - ControlHeight() - kSpaceS)
                               : ImVec2(right - button, at.y + (height - ControlHeight()) / 2);
    ImGui::SetCursorScreenPos(place);
    if (Button(action)) result = BannerResult::kAction;
  }
  ImGui::SetCursorScreenPos(after);
  ImGui::GetCurrentWindow()->DC.IsSetPos = false;
  semantics::Pop();
  ImGui::PopID();
  return result;
}

void ProgressBar(std::string_view name, double fraction, std::string_view detail) {
  const bool known = fraction >= 0;
  const float part = static_cast<float>(std::clamp(fraction, 0.0, 1.0));
  const ImRect rect = PlaceItem(ImVec2(AvailableWidth(), 36));
  if (PlacePassive(rect)) {
    DrawTextIn(Canvas(), Face::kBody, rect.Min, ImVec2(rect.Max.x - 120, rect.Min.y + 20),
               Colors().text, VisibleName(name));
    DrawTextIn(Canvas(), Face::kBody, ImVec2(rect.GetCenter().x, rect.Min.y),
               ImVec2(rect.Max.x, rect.Min.y + 20), Colors().muted, detail, 1);
    const ImRect track(rect.Min.x, rect.Min.y + 26, rect.Max.x, rect.Min.y + 34);
    DrawBox(track, Colors().border, 0, 4);
    float left = track.Min.x;
    float right = track.Min.x + std::max(track.GetWidth() * part, part > 0 ? 8.f : 0.f);
    if (!known) {
      const float phase = static_cast<float>(std::fmod(platform::FrameTimeMs() / 1500, 1.0));
      left = track.Min.x + (track.GetWidth() * 0.7f) * phase;
      right = left + track.GetWidth() * 0.3f;
      if (!platform::Env().reduced_motion) platform::WakeAfter(33);
    }
    if (right > left) DrawBox(ImRect(left, track.Min.y, right, track.Max.y), Colors().accent, 0, 4);
  }
  semantics::Add({.role = Role::kProgressBar,
                  .name = VisibleName(name),
                  .value = detail,
                  .a = known ? static_cast<int64_t>(std::lround(part * 100)) : -1,
                  .min = rect.Min,
                  .max = rect.Max});
}

void Spinner(std::string_view name) {
  const float width = MeasureText(Face::kBody, name).x + 28;
  const ImRect rect = PlaceItem(ImVec2(width, 24));
  if (PlacePassive(rect)) {
    DrawSpinner(ImVec2(rect.Min.x + 10, rect.GetCenter().y), 8, Colors().accent_text);
    DrawTextIn(Canvas(), Face::kBody, ImVec2(rect.Min.x + 28, rect.Min.y), rect.Max, Colors().muted,
               name);
  }
  semantics::Add({.role = Role::kStatus, .name = name, .min = rect.Min, .max = rect.Max});
}

void Skeleton(std::string_view name, int lines) {
  constexpr float kParts[] = {0.9f, 0.6f, 0.75f, 0.45f};
  const float width = AvailableWidth();
  const ImRect rect = PlaceItem(ImVec2(width, static_cast<float>(lines) * 28));
  for (int i = 0; i < lines; ++i) {
    const float y = rect.Min.y + static_cast<float>(i) * 28 + 6;
    DrawBox(ImRect(rect.Min.x, y, rect.Min.x + width * kParts[i % 4], y + 14), Colors().border, 0,
            7);
  }
  PlacePassive(rect);
  semantics::Add({.role = Role::kStatus, .name = name, .min = rect.Min, .max = rect.Max});
}

bool EmptyState(Icon icon, std::string_view title, std::string_view text, std::string_view action) {
  Gap(kSpaceXl);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float middle = at.x + AvailableWidth() / 2;
  const ImRect disc(middle - 28, at.y, middle + 28, at.y + 56);
  ImGui::ItemSize(ImVec2(AvailableWidth(), 56));
  if (ImGui::ItemAdd(disc, 0)) {
    DrawBox(disc, Colors().accent_soft, 0, 28);
    DrawIcon(Canvas(), icon, ImVec2(middle - 13, at.y + 15), 26, Colors().accent_text);
  }
  CenteredText(Face::kTitle, Colors().text, title, Role::kHeading, 2);
  CenteredText(Face::kBody, Colors().muted, text, Role::kText, 0);
  bool pressed = false;
  if (!action.empty()) {
    const float width = MeasureText(Face::kStrong, action).x + 2 * kSpaceL;
    const ImVec2 below = ImGui::GetCursorScreenPos();
    ImGui::SetCursorScreenPos(ImVec2(middle - width / 2, below.y + kSpaceXs));
    pressed = Button(action, {.kind = ButtonKind::kPrimary});
  }
  Gap(kSpaceXl);
  return pressed;
}

int DropZone(std::string_view name, std::string_view hint, std::string_view accept,
             std::string_view button) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = AvailableWidth();
  const ImVec2 hint_size = MeasureText(Face::kBody, hint, width - 2 * kSpaceXl);
  const float height = 40 + 48 + 24 + hint_size.y + ControlHeight() + 2 * kSpaceM + 24;
  const ImRect rect(at.x, at.y, at.x + width, at.y + height);
  const bool dragging = platform::FilesDragged();
  const Palette& p = Colors();
  DrawBox(rect, dragging ? p.accent_soft : p.surface, dragging ? p.accent : p.control_border,
          kRadiusLarge, dragging ? 2 : 1);
  const float middle = rect.GetCenter().x;
  DrawIcon(Canvas(), Icon::kUpload, ImVec2(middle - 16, at.y + 32), 32,
           dragging ? p.accent_text : p.muted);
  semantics::Push(
      {.role = Role::kGroup, .name = VisibleName(name), .min = rect.Min, .max = rect.Max});
  ImGui::SetCursorScreenPos(ImVec2(at.x, at.y + 76));
  CenteredText(Face::kTitle, p.text, VisibleName(name), Role::kText, 0);
  ImGui::SetCursorScreenPos(ImVec2(at.x, at.y + 104));
  CenteredText(Face::kBody, p.muted, hint, Role::kText, 0);
  const float button_width = MeasureText(Face::kStrong, VisibleName(button)).x + 2 * kSpaceL;
  ImGui::SetCursorScreenPos(ImVec2(middle - button_width / 2, at.y + 116 + hint_size.y));
  const bool pressed = Button(button, {.kind = ButtonKind::kPrimary});
  semantics::Pop();
  ImGui::SetCursorScreenPos(at);
  ImGui::GetCurrentWindow()->DC.IsSetPos = false;
  ImGui::ItemSize(rect);
  return pressed ? platform::OpenFilePicker(accept) : 0;
}

}  // namespace leadline::ui
