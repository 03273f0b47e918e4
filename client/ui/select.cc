#include <algorithm>
#include <cctype>
#include <string>

#include "client/platform/platform.h"
#include "client/platform/surface.h"
#include "client/ui/choices.h"
#include "client/ui/control.h"
#include "client/ui/popup.h"

namespace leadline::ui {
namespace {

constexpr float kMaxListHeight = 330;
constexpr double kTypeAheadMs = 800;

// Only one list is open at a time.
struct OpenList {
  uint32_t id = 0;  // of the combobox
  int active = -1;
  bool reveal = false;  // scroll the active option into view
  std::string typed;
  double typed_at_ms = 0;
};
OpenList g_open_list;

void Open(uint32_t id, int index) {
  g_open_list = {.id = id, .active = index, .reveal = true, .typed = {}};
  platform::Wake(3);
}

void Close() {
  g_open_list = {};
  platform::Wake(3);
}

int NextEnabled(const Options& options, int from, int step) {
  const int count = static_cast<int>(options.size());
  for (int i = from + step; i >= 0 && i < count; i += step) {
    if (!options[i].disabled) return i;
  }
  return from;
}

bool OptionStartsWith(std::string_view text, std::string_view prefix) {
  if (text.size() < prefix.size()) return false;
  return std::equal(prefix.begin(), prefix.end(), text.begin(), [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) ==
           std::tolower(static_cast<unsigned char>(b));
  });
}

// Typing the first letters goes to the option that begins with them.
int TypeAhead(const Options& options, const std::string& text) {
  const double now = platform::FrameTimeMs();
  if (now - g_open_list.typed_at_ms > kTypeAheadMs) g_open_list.typed.clear();
  g_open_list.typed_at_ms = now;
  g_open_list.typed += text;
  for (int i = 0; i < static_cast<int>(options.size()); ++i) {
    if (!options[i].disabled && OptionStartsWith(options[i].name, g_open_list.typed)) return i;
  }
  return g_open_list.active;
}

int MoveActive(const Options& options, ImGuiKey key) {
  const int last = static_cast<int>(options.size());
  switch (key) {
    case ImGuiKey_DownArrow:
      return NextEnabled(options, g_open_list.active, 1);
    case ImGuiKey_UpArrow:
      return NextEnabled(options, g_open_list.active, -1);
    case ImGuiKey_Home:
      return NextEnabled(options, -1, 1);
    case ImGuiKey_End:
      return NextEnabled(options, last, -1);
    default:
      return g_open_list.active;
  }
}

void HandleKeys(uint32_t id, const Options& options, int index) {
  std::string typed;
  while (semantics::TakeChar(id, &typed)) {
    if (g_open_list.id != id) Open(id, index);
    g_open_list.active = TypeAhead(options, typed);
    g_open_list.reveal = true;
  }
  for (ImGuiKey key = semantics::TakeArrow(id); key != ImGuiKey_None;
       key = semantics::TakeArrow(id)) {
    if (g_open_list.id != id) {
      Open(id, index);
      if (index >= 0) continue;  // the first arrow only opens
    }
    g_open_list.active = MoveActive(options, key);
    g_open_list.reveal = true;
  }
}

uint32_t ListId(uint32_t id) {
  return ImHashStr("list", 0, id);
}
uint32_t OptionId(uint32_t id, int index) {
  return ImHashData(&index, sizeof(index), ListId(id));
}

// Returns the chosen option or -1.
int DrawOptions(const Control& control, const Options& options, int index) {
  int chosen = -1;
  const ImGuiWindow* window = ImGui::GetCurrentWindow();
  semantics::Push({.id = ListId(control.id),
                   .role = Role::kListbox,
                   .name = control.name,
                   .state = state::kScrolls,
                   .min = window->InnerRect.Min,
                   .max = window->InnerRect.Max,
                   .scroll = window->Scroll,
                   .content = ImVec2(0, window->ScrollMax.y + window->InnerRect.GetHeight())},
                  3);
  for (int i = 0; i < static_cast<int>(options.size()); ++i) {
    const ListRow row{.name = options[i].name,
                      .detail = options[i].detail,
                      .active = i == g_open_list.active,
                      .chosen = i == index,
                      .disabled = options[i].disabled};
    const Item item = DrawListRow(OptionId(control.id, i), row);
    if (i == g_open_list.active && g_open_list.reveal)
      ImGui::ScrollToItem(ImGuiScrollFlags_KeepVisibleEdgeY);
    if (item.pressed) chosen = i;
    const uint32_t bits =
        (i == index ? state::kSelected : 0) | (options[i].disabled ? state::kDisabled : 0);
    semantics::Add({.id = item.id,
                    .role = Role::kOption,
                    .name = options[i].name,
                    .description = options[i].detail,
                    .state = bits,
                    .min = item.rect.Min,
                    .max = item.rect.Max});
  }
  g_open_list.reveal = false;
  ImVec2 scroll;
  if (semantics::TakeScroll(ListId(control.id), &scroll)) ImGui::SetScrollY(scroll.y);
  semantics::Pop();
  return chosen;
}

void DrawFace(const Item& item, const Control& control, std::string_view text, bool empty,
              const FieldOptions& options) {
  DrawControlBox(control, options, g_open_list.id == control.id || item.focus_ring, item.hovered);
  const Palette& p = Colors();
  const float icon_x = control.box.Max.x - 28;
  DrawTextIn(Canvas(), Face::kBody, ImVec2(control.box.Min.x + kSpaceM, control.box.Min.y),
             ImVec2(icon_x - 4, control.box.Max.y), empty || options.disabled ? p.muted : p.text,
             text);
  DrawIcon(Canvas(), Icon::kChevronDown, ImVec2(icon_x, control.box.GetCenter().y - 8), 16,
           p.muted);
}

}  // namespace

bool Select(std::string_view label, const Options& options, int* index, const FieldOptions& field) {
  const Control control = PlaceControl(label, field, ControlHeight());
  const uint32_t id = control.id;
  const int count = static_cast<int>(options.size());
  const bool empty = *index < 0 || *index >= count;
  const std::string_view text =
      empty ? (field.placeholder.empty() ? "Choose\xE2\x80\xA6" : field.placeholder)
            : options[*index].name;
  const bool was_open = g_open_list.id == id;
  // The list closes when the keyboard leaves it; a click elsewhere closes it by itself.
  if (was_open && semantics::FocusLost(id) && !ImGui::IsMouseDown(0) && !ImGui::IsMouseReleased(0))
    Close();
  HandleKeys(id, options, *index);
  const Item item = InteractAt(id, control.box, {.disabled = field.disabled, .on_press = true});
  int chosen = -1;
  if (item.pressed && g_open_list.id != id && !was_open) {
    Open(id, *index);
  } else if (item.pressed && g_open_list.id == id) {  // Enter
    chosen = g_open_list.active;
    Close();
  }
  if (control.visible) DrawFace(item, control, text, empty, field);
  bool open = g_open_list.id == id;
  const float height =
      std::min(static_cast<float>(count) * ListRowHeight() + 2 * kSpaceXs, kMaxListHeight);
  const uint32_t bits =
      FieldState(field) | state::kExpandable | (open ? state::kExpanded : 0) | state::kKeys;
  semantics::Add({.id = id,
                  .role = Role::kCombobox,
                  .name = control.name,
                  .value = empty ? std::string_view() : text,
                  .description = control.description,
                  .state = bits,
                  .a = open ? ListId(id) : 0,
                  .b = open && g_open_list.active >= 0 ? OptionId(id, g_open_list.active) : 0,
                  .min = control.box.Min,
                  .max = control.box.Max});
  TakeFocusRequest(control);
  if (open && BeginDropdown(ListId(id), control.box,
                            ImVec2(std::max(control.box.GetWidth(), 160.f), height), &open)) {
    const int clicked = DrawOptions(control, options, *index);
    if (clicked >= 0) {
      chosen = clicked;
      Close();
      ImGui::CloseCurrentPopup();
    }
    EndDropdown();
  }
  if (!open && g_open_list.id == id) Close();
  if (chosen < 0 || chosen >= count || options[chosen].disabled || chosen == *index) return false;
  *index = chosen;
  return true;
}

}  // namespace leadline::ui
