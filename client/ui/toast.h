// Internal to client/ui: draws the toasts of overlay.h, above everything.
#pragma once

namespace leadline::ui {

void DrawToasts();

}  // namespace leadline::ui
