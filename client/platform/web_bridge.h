// Internal to the browser platform: the calls into web/platform.js (Module.host) that both halves
// need.
#pragma once

#include <string>

namespace leadline::platform {

// A frame is wanted: asks the page for one.
void AskForFrame();
// The page's reply string, allocated with malloc by a bridge function, as a value.
std::string TakeString(char* text);

}  // namespace leadline::platform
