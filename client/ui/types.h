// Words shared by all widgets.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client/ui/icons.h"

namespace leadline::ui {

// What a colour means. Text always says it too: colour is never the only sign.
enum class Tone { kNeutral, kAccent, kInfo, kSuccess, kWarning, kDanger };

// One choice of a Select, RadioGroup, Segmented or Tabs. Texts need to live for the call only.
struct Option {
  std::string_view name = {};
  std::string_view detail = {};  // muted second text; a count in Tabs
  bool disabled = false;
};
using Options = std::vector<Option>;

// Every widget has a name: it is what a screen reader says and what tests look for. What follows
// "##" is part of the identity only, as in Dear ImGui: Button("Edit##lead7"). Inside lists, wrap
// rows in ImGui::PushID/PopID instead.
std::string_view VisibleName(std::string_view name);

}  // namespace leadline::ui
