// Internal to client/ui: boxes that narrow the layout, and the rows of layout.h that wrap by
// themselves.
#pragma once

#include "imgui_internal.h"

namespace leadline::ui {

namespace rows {

bool InRow();
void BeforeItem(ImVec2 size);  // moves the cursor to where an item of this size goes
void AfterItem(const ImRect& rect);
void BeginFrame();
// What is drawn into another window, or a box, is not part of the row it was called from.
void Suspend();
void Resume();
// A row of a given place and height whose items are centred vertically (a cell of a grid). Ends
// with EndCell.
void BeginCell(const ImRect& rect, bool align_right);
void EndCell();

}  // namespace rows

// What follows is laid out from the cursor + `inset_px`, `width_px` wide, until PopBox. PopBox
// returns its bottom.
void PushBox(float inset_px, float width_px);
float PopBox();

}  // namespace leadline::ui
