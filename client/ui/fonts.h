// Internal to client/ui: the font atlas and all drawing of text.
//
// Glyphs are rasterized on demand: measuring and drawing report what they need, and the atlas is
// rebuilt before the next frame. What Inter does not have (ideographs, emoji) is rasterized by the
// browser in the system's font. Rebuilt too when the device pixel ratio changes, so that text is
// crisp at every zoom.
#pragma once

#include <string_view>

#include "client/ui/theme.h"
#include "imgui.h"

namespace leadline::ui {

void PrepareFonts();    // before ImGui::NewFrame
bool LettersMissing();  // this frame has drawn text whose letters come with the next one

ImFont* FontOf(Face face);
float EmOf(Face face);          // the CSS font size
float LineHeightOf(Face face);  // distance of lines
ImVec2 MeasureText(Face face, std::string_view text, float wrap_width = 0);
// `at`: top left of the first line box. Snapped to device pixels. align_x 0.5 centres each line in
// wrap_width.
void DrawTextAt(ImDrawList* list, Face face, ImVec2 at, ImU32 color, std::string_view text,
                float wrap_width = 0, float align_x = 0);
// One line in a box: centred vertically, cut with an ellipsis at its right edge. True when it was
// cut.
bool DrawTextIn(ImDrawList* list, Face face, ImVec2 min, ImVec2 max, ImU32 color,
                std::string_view text, float align_x = 0);

}  // namespace leadline::ui
