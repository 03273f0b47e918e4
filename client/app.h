// The client as a whole: one frame after another, in a fixed order:
//
//   drain the inbox -> apply commands -> start effects -> draw
//
// The browser's callbacks only fill the inbox; views only push commands; so state changes in one
// place and one order. One App per program; one thread.
#pragma once

#include "client/net/runner.h"
#include "client/state/update.h"

namespace leadline {

class App {
 public:
  // Between ui::BeginFrame and ui::EndFrame, once per frame.
  void Frame();

  const AppState& state() const { return model_.state(); }

 private:
  void Drain();
  void OnEvent(const platform::Event& event);
  void OnShortcut(const platform::Event& event);
  void RunEffects();
  void Draw();

  Model model_;
  CommandQueue commands_;
  Runner runner_;
  bool started_ = false;
  bool shortcuts_open_ = false;
};

}  // namespace leadline
