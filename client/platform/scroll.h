// Scrolling by CSS pixels, as browsers do: the wheel, a touchpad, and a finger with its inertia.
#pragma once

#include "imgui.h"

namespace leadline::platform {

// Scrolls what is below the point; what cannot go further hands on to what it lies in. Before
// ImGui::NewFrame.
void ScrollAt(ImVec2 point, ImVec2 delta_px);

// A finger: it drags what is below it, and lets it run on when lifted.
class TouchScroll {
 public:
  void Down(ImVec2 point, double time_ms);
  // True once the finger is scrolling and no longer pressing what it touched.
  bool Move(ImVec2 point, double time_ms);
  // True when it was a scroll, so that nothing was clicked.
  bool Up(double time_ms);
  void Cancel();
  // Runs on; true while it moves.
  bool Step(double time_ms);
  bool scrolling() const { return scrolling_; }
  bool down() const { return down_; }

 private:
  bool down_ = false;
  bool scrolling_ = false;
  ImVec2 start_ = {};
  ImVec2 last_ = {};
  double last_ms_ = 0;
  ImVec2 velocity_ = {};  // CSS pixels per millisecond
  bool running_ = false;
};

}  // namespace leadline::platform
