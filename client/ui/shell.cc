#include "client/ui/shell.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>

#include "client/platform/platform.h"
#include "client/platform/surface.h"
#include "client/ui/item.h"
#include "client/ui/layout.h"
#include "client/ui/popup.h"
#include "client/ui/rows.h"

namespace leadline::ui {
namespace {

constexpr float kSidebar = 228;
constexpr float kTopBar = 52;
constexpr float kBottomBar = 60;
constexpr float kMaxContent = 1440;
constexpr size_t kBottomEntries = 4;
constexpr ImGuiWindowFlags kPlain = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                    ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav |
                                    ImGuiWindowFlags_NoBringToFrontOnFocus |
                                    ImGuiWindowFlags_NoScrollWithMouse;

struct Shell {
  std::string page_key;
  bool page_changed = false;
  bool more_open = false;
  std::unordered_map<std::string, float> scroll;  // per page
  bool to_top = false;
  uint32_t main = 0;
};
Shell g_shell;

void DrawLogo(ImVec2 at, float size, std::string_view product) {
  const Palette& p = Colors();
  DrawBox(ImRect(at.x, at.y, at.x + size, at.y + size), p.accent, 0, size * 0.28f);
  // The same four bars as web/icon.svg, a voice on the line: x, top, bottom on a square of 32.
  constexpr float kBars[][3] = {{8, 16, 16}, {13, 12, 20}, {18, 8, 24}, {23, 13, 19}};
  const float unit = size / 32;
  for (const auto& [x, top, bottom] : kBars) {
    const ImVec2 min(at.x + (x - 1.3f) * unit, at.y + (top - 1.3f) * unit);
    Canvas()->AddRectFilled(min, ImVec2(min.x + 2.6f * unit, at.y + (bottom + 1.3f) * unit),
                            p.on_accent, 1.3f * unit);
  }
  DrawTextIn(Canvas(), Face::kTitle, ImVec2(at.x + size + 10, at.y),
             ImVec2(at.x + 180, at.y + size), p.text, product);
}

void FollowNav(const NavEntry& entry, bool pressed) {
  if (!pressed) return;
  g_shell.more_open = false;
  if (entry.href.starts_with("#")) platform::FollowHash(entry.href.substr(1));
}

void DescribeNav(const Item& item, const NavEntry& entry) {
  semantics::Add({.id = item.id,
                  .role = Role::kLink,
                  .name = entry.name,
                  .detail = entry.href,
                  .state = state::kTabStop | (entry.current ? state::kCurrent : 0),
                  .min = item.rect.Min,
                  .max = item.rect.Max});
}

void SidebarEntry(const NavEntry& entry, ImVec2 at, float width) {
  const Item item =
      InteractAt(IdOf(entry.name), ImRect(at.x, at.y, at.x + width, at.y + ControlHeight()));
  const Palette& p = Colors();
  if (entry.current || item.hovered)
    DrawBox(item.rect, entry.current ? p.accent_soft : p.raised, 0, kRadius);
  const ImU32 ink = entry.current ? p.accent_text : item.hovered ? p.text : p.muted;
  const float middle = item.rect.GetCenter().y;
  DrawIcon(Canvas(), entry.icon, ImVec2(at.x + 10, middle - 9.5f), 19, ink);
  DrawTextIn(Canvas(), Face::kStrong, ImVec2(at.x + 40, item.rect.Min.y),
             ImVec2(item.rect.Max.x - 8, item.rect.Max.y), entry.current ? p.accent_text : p.text,
             entry.name);
  if (entry.count > 0) {
    DrawTextIn(Canvas(), Face::kSmallStrong, ImVec2(item.rect.Max.x - 60, item.rect.Min.y),
               ImVec2(item.rect.Max.x - 10, item.rect.Max.y), p.muted, std::to_string(entry.count),
               1);
  }
  if (item.focus_ring) DrawFocusRing(item.rect);
  DescribeNav(item, entry);
  FollowNav(entry, item.pressed);
}

void DrawStatus(const ShellOptions& options, ImVec2 at, float width, float align) {
  if (options.status.empty()) return;
  const ToneColors tone = ToneOf(options.status_tone);
  const float text = MeasureText(Face::kSmall, options.status).x;
  const float x = at.x + (width - text - 14) * align;
  const ImRect rect(x, at.y, x + text + 14, at.y + 20);
  Canvas()->AddCircleFilled(ImVec2(x + 4, at.y + 10), 4, tone.solid);
  DrawTextIn(Canvas(), Face::kSmall, ImVec2(x + 14, at.y), rect.Max, Colors().muted,
             options.status);
  semantics::Add({.role = Role::kStatus, .name = options.status, .min = rect.Min, .max = rect.Max});
}

void DrawSidebar(const ShellOptions& options) {
  const float height = platform::Env().height_px;
  const Palette& p = Colors();
  Canvas()->AddRectFilled(ImVec2(0, 0), ImVec2(kSidebar, height), p.surface);
  Canvas()->AddRectFilled(ImVec2(kSidebar - Hairline(), 0), ImVec2(kSidebar, height), p.border);
  DrawLogo(ImVec2(20, 20), 28, options.product);
  semantics::Push({.role = Role::kNavigation,
                   .name = "Main",
                   .min = ImVec2(0, 0),
                   .max = ImVec2(kSidebar, height)});
  ImVec2 at(kSpaceM, 68);
  for (const NavEntry& entry : options.nav) {
    SidebarEntry(entry, at, kSidebar - 2 * kSpaceM);
    at.y += ControlHeight() + 2;
  }
  DrawStatus(options, ImVec2(22, height - 36), kSidebar - 44, 0);
  semantics::Pop();
}

bool BottomEntry(std::string_view name, Icon icon, bool current, const ImRect& rect, Item* item) {
  *item = InteractAt(IdOf(name), rect);
  const Palette& p = Colors();
  const ImU32 ink = current ? p.accent_text : p.muted;
  const float x = rect.GetCenter().x;
  if (current)
    DrawBox(ImRect(x - 26, rect.Min.y + 6, x + 26, rect.Min.y + 32), p.accent_soft, 0, 13);
  DrawIcon(Canvas(), icon, ImVec2(x - 10, rect.Min.y + 9), 20, ink);
  DrawTextIn(Canvas(), current ? Face::kSmallStrong : Face::kSmall,
             ImVec2(rect.Min.x, rect.Min.y + 35), ImVec2(rect.Max.x, rect.Max.y - 7), ink, name,
             0.5f);
  if (item->focus_ring)
    DrawFocusRing(ImRect(rect.Min.x + 6, rect.Min.y + 6, rect.Max.x - 6, rect.Max.y - 6));
  return item->pressed;
}

void DrawMore(const ShellOptions& options, const ImRect& rect) {
  Item item;
  const bool current = std::any_of(options.nav.begin() + kBottomEntries, options.nav.end(),
                                   [](const NavEntry& e) { return e.current; });
  if (BottomEntry("More", Icon::kMenu, current, rect, &item))
    g_shell.more_open = !g_shell.more_open;
  const uint32_t bits = state::kTabStop | state::kExpandable | state::kHasMenu |
                        (g_shell.more_open ? state::kExpanded : 0);
  semantics::Add({.id = item.id,
                  .role = Role::kButton,
                  .name = "More",
                  .state = bits,
                  .min = rect.Min,
                  .max = rect.Max});
  const uint32_t id = IdOf("more-list");
  const float height =
      static_cast<float>(options.nav.size() - kBottomEntries) * ListRowHeight() + 2 * kSpaceXs;
  if (!BeginDropdown(id, rect, ImVec2(220, height), &g_shell.more_open)) return;
  const ImGuiWindow* window = ImGui::GetCurrentWindow();
  semantics::Push({.id = id,
                   .role = Role::kNavigation,
                   .name = "More",
                   .state = state::kModal,
                   .min = window->Pos,
                   .max = window->Rect().Max},
                  3);
  for (size_t i = kBottomEntries; i < options.nav.size(); ++i) {
    const NavEntry& entry = options.nav[i];
    const Item row = DrawListRow(IdOf(entry.name),
                                 {.name = entry.name, .icon = entry.icon, .chosen = entry.current});
    DescribeNav(row, entry);
    FollowNav(entry, row.pressed);
  }
  if (!g_shell.more_open) ImGui::CloseCurrentPopup();
  semantics::Pop();
  EndDropdown();
}

void DrawBars(const ShellOptions& options) {
  const platform::Environment& env = platform::Env();
  const Palette& p = Colors();
  Canvas()->AddRectFilled(ImVec2(0, 0), ImVec2(env.width_px, kTopBar), p.surface);
  Canvas()->AddRectFilled(ImVec2(0, kTopBar - Hairline()), ImVec2(env.width_px, kTopBar), p.border);
  DrawLogo(ImVec2(kSpaceL, 12), 28, options.product);
  semantics::Push(
      {.role = Role::kBanner, .min = ImVec2(0, 0), .max = ImVec2(env.width_px, kTopBar)});
  DrawStatus(options, ImVec2(env.width_px - 160 - kSpaceL, 16), 160, 1);
  semantics::Pop();
  const float top = env.height_px - kBottomBar;
  Canvas()->AddRectFilled(ImVec2(0, top), ImVec2(env.width_px, env.height_px), p.surface);
  Canvas()->AddRectFilled(ImVec2(0, top), ImVec2(env.width_px, top + Hairline()), p.border);
  semantics::Push({.role = Role::kNavigation,
                   .name = "Main",
                   .min = ImVec2(0, top),
                   .max = ImVec2(env.width_px, env.height_px)});
  const bool more = options.nav.size() > kBottomEntries + 1;
  const size_t shown = more ? kBottomEntries : options.nav.size();
  const float width = env.width_px / static_cast<float>(shown + (more ? 1 : 0));
  for (size_t i = 0; i < shown; ++i) {
    const float x = width * static_cast<float>(i);
    Item item;
    const bool pressed =
        BottomEntry(options.nav[i].name, options.nav[i].icon, options.nav[i].current,
                    ImRect(x, top, x + width, env.height_px), &item);
    DescribeNav(item, options.nav[i]);
    FollowNav(options.nav[i], pressed);
  }
  if (more)
    DrawMore(options, ImRect(width * static_cast<float>(shown), top, env.width_px, env.height_px));
  semantics::Pop();
}

void OpenMain(const ImRect& area) {
  ImGui::SetCursorScreenPos(area.Min);
  const uint32_t child = IdOf("main");
  ImGui::BeginChildEx("main", child, area.GetSize(), 0,
                      ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoSavedSettings);
  SharpenWindow();
  semantics::Describe(child);  // as an item; what it means is the node below
  if (g_shell.page_changed) {
    ImGui::SetScrollY(g_shell.scroll[g_shell.page_key]);
  } else {
    g_shell.scroll[g_shell.page_key] = ImGui::GetScrollY();
  }
  if (g_shell.to_top) ImGui::SetScrollY(0);
  g_shell.to_top = false;
  const ImGuiWindow* window = ImGui::GetCurrentWindow();
  g_shell.main = semantics::Push({.id = IdOf("main-node"),
                                  .role = Role::kMain,
                                  .state = state::kScrolls,
                                  .min = area.Min,
                                  .max = area.Max,
                                  .scroll = window->Scroll,
                                  .content = ImVec2(0, window->ScrollMax.y + area.GetHeight())});
  const float margin = Narrow() ? kSpaceL : 32;
  const float width =
      area.GetWidth() - 2 * margin - (Narrow() ? 0 : ImGui::GetStyle().ScrollbarSize / 2);
  ImGui::SetCursorScreenPos(
      ImVec2(window->DC.CursorPos.x, window->DC.CursorPos.y + (Narrow() ? kSpaceL : kSpaceXl)));
  PushBox(margin, std::min(width, kMaxContent));
}

// Keys that nothing else wanted scroll the page, as in every web page.
void ScrollByKeys() {
  const ImGuiWindow* window = ImGui::GetCurrentWindow();
  const float page = window->InnerRect.GetHeight() * 0.9f;
  for (ImGuiKey key = semantics::TakeAnyKey(); key != ImGuiKey_None;
       key = semantics::TakeAnyKey()) {
    const float now = ImGui::GetScrollY();
    switch (key) {
      case ImGuiKey_DownArrow:
        ImGui::SetScrollY(now + 40);
        break;
      case ImGuiKey_UpArrow:
        ImGui::SetScrollY(now - 40);
        break;
      case ImGuiKey_PageDown:
        ImGui::SetScrollY(now + page);
        break;
      case ImGuiKey_PageUp:
        ImGui::SetScrollY(now - page);
        break;
      case ImGuiKey_Home:
        ImGui::SetScrollY(0);
        break;
      case ImGuiKey_End:
        ImGui::SetScrollY(ImGui::GetScrollMaxY());
        break;
      default:
        continue;
    }
    platform::Wake();
  }
}

}  // namespace

void shell::TitleDrawn(uint32_t node) {
  // Not on the first page: the browser puts the reader at the top of it anyway.
  static bool first = true;
  if (g_shell.page_changed && !first) semantics::Focus(node);
  if (g_shell.page_changed) first = false;
}

void BeginShell(const ShellOptions& options, std::string_view page_key) {
  const platform::Environment& env = platform::Env();
  g_shell.page_changed = g_shell.page_key != page_key;
  if (g_shell.page_changed) {
    g_shell.page_key = page_key;
    platform::Wake(3);
  }
  ImGui::SetNextWindowPos(ImVec2(0, 0));
  ImGui::SetNextWindowSize(ImVec2(env.width_px, env.height_px));
  ImGui::Begin("leadline", nullptr, kPlain);
  SharpenWindow();
  if (Narrow()) {
    DrawBars(options);
    OpenMain(ImRect(0, kTopBar, env.width_px, env.height_px - kBottomBar));
  } else {
    DrawSidebar(options);
    OpenMain(ImRect(kSidebar, 0, env.width_px, env.height_px));
  }
}

void EndShell() {
  PopBox();
  ImGui::Dummy(ImVec2(1, kSpaceL));
  ImVec2 scroll;
  if (semantics::TakeScroll(g_shell.main, &scroll)) ImGui::SetScrollY(scroll.y);
  ScrollByKeys();
  semantics::Pop();
  ImGui::EndChild();
  ImGui::End();
}

void ScrollPageToTop() {
  g_shell.to_top = true;
}

}  // namespace leadline::ui
