#include "client/ui/audit.h"

#include <set>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "client/platform/platform.h"
#include "client/platform/surface.h"
#include "imgui.h"
#include "imgui_internal.h"

namespace leadline::ui::audit {
namespace {

struct State {
  std::vector<std::pair<uint32_t, const char*>> seen;  // item, name of its window
  std::unordered_set<uint32_t> described;
  std::set<std::string> reported;
};

State& S() {
  static State* const state = new State;
  return *state;
}

// Windows are items too; their meaning is the widgets in them. Scroll bars are the mirror's
// scrolling boxes.
bool NeedsNoWidget(uint32_t id, ImGuiWindow* window) {
  if (ImGui::FindWindowByID(id) != nullptr || window == nullptr) return true;
  if (window->IsFallbackWindow || id == window->MoveId) return true;
  return id == ImGui::GetWindowScrollbarID(window, ImGuiAxis_X) ||
         id == ImGui::GetWindowScrollbarID(window, ImGuiAxis_Y);
}

}  // namespace

void BeginFrame() {
  S().seen.clear();
  S().described.clear();
  GImGui->TestEngineHookItems = true;
}

void EndFrame() {
  GImGui->TestEngineHookItems = false;
  for (const auto& [id, window] : S().seen) {
    if (S().described.count(id) == 0) Report("an item that no widget described, in window", window);
  }
}

void Describe(uint32_t item_id) {
  S().described.insert(item_id);
}

void Report(std::string_view problem, std::string_view what) {
  std::string line = std::string(problem) + ": " + std::string(what);
  const auto [at, is_new] = S().reported.insert(std::move(line));
  if (is_new) platform::ReportAuditProblem(*at);
}

void Forget() {
  S() = State();
}

int Problems() {
  return static_cast<int>(S().reported.size());
}

void SawItem(uint32_t id, ImGuiWindow* window) {
  if (id != 0 && !NeedsNoWidget(id, window)) S().seen.emplace_back(id, window->Name);
}

}  // namespace leadline::ui::audit

// The hooks that Dear ImGui calls when it is compiled with IMGUI_ENABLE_TEST_ENGINE.
void ImGuiTestEngineHook_ItemAdd(ImGuiContext* context, ImGuiID id, const ImRect&,
                                 const ImGuiLastItemData*) {
  leadline::ui::audit::SawItem(id, context->CurrentWindow);
}
void ImGuiTestEngineHook_ItemInfo(ImGuiContext*, ImGuiID, const char*, ImGuiItemStatusFlags) {}
void ImGuiTestEngineHook_Log(ImGuiContext*, const char*, ...) {}
const char* ImGuiTestEngine_FindItemDebugLabel(ImGuiContext*, ImGuiID) {
  return nullptr;
}
