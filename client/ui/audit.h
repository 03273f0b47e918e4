// The auditor of the mirror: Dear ImGui's test hooks tell every item with an identity; at the end
// of a frame each of them must have been described by a widget of client/ui. What was not is
// reported once, as an error in the console, and counted in `leadline.auditProblems`, so that
// browser tests fail on it. So the whole interface is accessible by construction.
#pragma once

#include <cstdint>
#include <string_view>

namespace leadline::ui::audit {

void BeginFrame();
void EndFrame();
void Describe(uint32_t item_id);
void Report(std::string_view problem, std::string_view what);
int Problems();
void Forget();  // what was reported, so that it is reported again

}  // namespace leadline::ui::audit
