// The whole user interface kit in one include, and the two calls around a frame.
#pragma once

#include "client/ui/buttons.h"
#include "client/ui/charts.h"
#include "client/ui/choices.h"
#include "client/ui/feedback.h"
#include "client/ui/fields.h"
#include "client/ui/grid.h"
#include "client/ui/layout.h"
#include "client/ui/overlay.h"
#include "client/ui/text.h"
#include "client/ui/theme.h"

namespace leadline::ui {

// Give this to platform::Run as Program::prepare: fonts and colours follow the environment.
void PrepareFrame();
// First and last in Program::draw.
void BeginFrame();
void EndFrame();

}  // namespace leadline::ui
