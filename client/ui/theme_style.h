// Internal to client/ui: puts the theme into Dear ImGui's style and into the page. Before
// ImGui::NewFrame.
#pragma once

namespace leadline::ui {

void ApplyTheme();

}  // namespace leadline::ui
