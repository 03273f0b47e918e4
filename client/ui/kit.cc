#include "client/ui/kit.h"

#include "client/platform/platform.h"
#include "client/platform/surface.h"
#include "client/ui/fonts.h"
#include "client/ui/popup.h"
#include "client/ui/rows.h"
#include "client/ui/semantics.h"
#include "client/ui/theme_style.h"
#include "client/ui/toast.h"

namespace leadline::ui {

void PrepareFrame() {
  ApplyTheme();
  PrepareFonts();
}

void BeginFrame() {
  semantics::BeginFrame();
  rows::BeginFrame();
  BeginOverlayFrame();
  platform::SetCursor(platform::Cursor::kDefault);
}

void EndFrame() {
  DrawToasts();
  // A change may move other things: one more frame settles the layout.
  if (semantics::EndFrame()) platform::Wake(1);
  if (LettersMissing()) platform::HoldPicture();
}

}  // namespace leadline::ui
