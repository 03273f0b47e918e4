#include "client/platform/scroll.h"

#include <algorithm>
#include <cmath>

#include "imgui_internal.h"

namespace leadline::platform {
namespace {

constexpr float kSlopPx = 8;         // a finger that moves less is a tap
constexpr float kHalfLifeMs = 230;   // of the speed after lifting
constexpr float kStopSpeed = 0.03f;  // CSS pixels per millisecond
constexpr float kMaxSpeed = 6;
constexpr double kStillMs = 80;  // a finger that rested before lifting does not throw

ImGuiWindow* WindowAt(ImVec2 point) {
  const ImGuiContext& g = *GImGui;
  for (int i = g.Windows.Size - 1; i >= 0; --i) {
    ImGuiWindow* window = g.Windows[i];
    if (!window->WasActive || window->Hidden ||
        (window->Flags & ImGuiWindowFlags_NoMouseInputs) != 0)
      continue;
    if (window->OuterRectClipped.Contains(point)) return window;
  }
  return nullptr;
}

// Returns what was left over.
float ScrollAxis(ImGuiWindow* window, int axis, float delta) {
  const float now = axis == 0 ? window->Scroll.x : window->Scroll.y;
  const float max = axis == 0 ? window->ScrollMax.x : window->ScrollMax.y;
  const float next = std::clamp(now + delta, 0.f, max);
  if (next == now) return delta;
  if (axis == 0) {
    ImGui::SetScrollX(window, next);
    window->Scroll.x = next;
  } else {
    ImGui::SetScrollY(window, next);
    window->Scroll.y = next;
  }
  return 0;
}

}  // namespace

void ScrollAt(ImVec2 point, ImVec2 delta_px) {
  for (ImGuiWindow* window = WindowAt(point); window != nullptr;) {
    delta_px.x = delta_px.x != 0 ? ScrollAxis(window, 0, delta_px.x) : 0;
    delta_px.y = delta_px.y != 0 ? ScrollAxis(window, 1, delta_px.y) : 0;
    const bool child = (window->Flags & ImGuiWindowFlags_ChildWindow) != 0;
    if ((delta_px.x == 0 && delta_px.y == 0) || !child) return;
    window = window->ParentWindow;
  }
}

void TouchScroll::Down(ImVec2 point, double time_ms) {
  *this = TouchScroll();
  down_ = true;
  start_ = last_ = point;
  last_ms_ = time_ms;
}

bool TouchScroll::Move(ImVec2 point, double time_ms) {
  if (!down_) return false;
  if (!scrolling_ && std::hypot(point.x - start_.x, point.y - start_.y) < kSlopPx) return false;
  const ImVec2 delta(last_.x - point.x, last_.y - point.y);
  scrolling_ = true;
  ScrollAt(start_, delta);
  const float passed = std::max(static_cast<float>(time_ms - last_ms_), 1.f);
  const float weight = std::min(passed / 40, 1.f);
  velocity_.x += (delta.x / passed - velocity_.x) * weight;
  velocity_.y += (delta.y / passed - velocity_.y) * weight;
  last_ = point;
  last_ms_ = time_ms;
  return true;
}

bool TouchScroll::Up(double time_ms) {
  const bool was_scroll = scrolling_;
  running_ = was_scroll && time_ms - last_ms_ < kStillMs;
  velocity_.x = std::clamp(velocity_.x, -kMaxSpeed, kMaxSpeed);
  velocity_.y = std::clamp(velocity_.y, -kMaxSpeed, kMaxSpeed);
  last_ms_ = time_ms;
  down_ = scrolling_ = false;
  return was_scroll;
}

void TouchScroll::Cancel() {
  *this = TouchScroll();
}

bool TouchScroll::Step(double time_ms) {
  if (!running_) return false;
  const float passed = std::clamp(static_cast<float>(time_ms - last_ms_), 0.f, 50.f);
  last_ms_ = time_ms;
  ScrollAt(start_, ImVec2(velocity_.x * passed, velocity_.y * passed));
  const float slower = std::exp2(-passed / kHalfLifeMs);
  velocity_.x *= slower;
  velocity_.y *= slower;
  running_ = std::hypot(velocity_.x, velocity_.y) > kStopSpeed;
  return running_;
}

}  // namespace leadline::platform
