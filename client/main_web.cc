// The browser application: the App in the page's frames.
#include "client/app.h"
#include "client/platform/surface.h"
#include "client/ui/kit.h"

namespace leadline {
namespace {

App& TheApp() {
  static App* const app = new App;
  return *app;
}

void Draw() {
  ui::BeginFrame();
  TheApp().Frame();
  ui::EndFrame();
}

}  // namespace
}  // namespace leadline

int main() {
  leadline::platform::Run({.prepare = leadline::ui::PrepareFrame, .draw = leadline::Draw});
  return 0;
}
