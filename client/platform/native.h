// The native stand-in's controls, for tests: it records what the program asks for and hands in what
// a test says.
#pragma once

#include <string>
#include <vector>

#include "client/platform/platform.h"
#include "client/platform/surface.h"

namespace leadline::platform {

struct Native {
  Environment env;
  double now_ms = 1772470800000;  // 2026-03-02T17:00:00Z
  double frame_time_ms = 0;
  int wanted_frames = 0;
  std::string hash;
  std::string title;
  std::vector<Event> events;       // handed out by the next TakeEvents
  std::vector<MirrorInput> input;  // handed out by the next TakeMirrorInput
  std::string mirror;              // the changes of the last frame
  std::vector<std::string> announcements;
  std::vector<std::string> audit;
  std::vector<std::pair<int, FetchRequest>> fetches;
  std::vector<int> cancelled;
  std::vector<std::pair<int, std::string>> worker_messages;
  std::vector<std::string> downloads;
  std::string clipboard;
  std::string stream_url;
  uint32_t focus_requested = 0;
};
Native& TheNative();
void ResetNative();
// Runs frames of `program` until nothing asks for more, at most `most`; returns how many it ran.
// Run() comes first.
int RunFrames(int most = 8);

}  // namespace leadline::platform
