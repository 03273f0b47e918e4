// What the interface means: a tree of nodes (role, name, value, state, place) written down by the
// widgets while they draw. At the end of a frame it is compared with the last one and the
// differences go to the page, which keeps real DOM nodes over the canvas. Screen readers, the Tab
// key and browser tests use those; the canvas is only a picture of them.
//
// For client/ui's own widgets; views use the widgets. Nodes live until the next BeginFrame.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "imgui.h"

namespace leadline::ui {

// The order is part of the format: web/mirror.js has the same list.
enum class Role : uint8_t {
  kNone,  // a box without a meaning of its own (scroll areas, cells' contents)
  kText,
  kHeading,  // a: level
  kButton,
  kLink,  // detail: href
  kCheckbox,
  kSwitch,
  kRadio,
  kRadioGroup,
  kCombobox,  // a: id of the listbox when open, b: id of the active option
  kListbox,
  kOption,
  kTab,
  kTabList,
  kDialog,
  kAlertDialog,
  kNavigation,
  kMain,
  kBanner,
  kRegion,
  kGroup,
  kGrid,          // a: rows with the header, b: columns
  kRow,           // a: row number from 1, the header included
  kColumnHeader,  // a: column number from 1; b: 0 unsorted, 1 ascending, 2 descending, 3 not
                  // sortable
  kGridCell,      // a: column number from 1
  kProgressBar,   // a: percent, -1 unknown
  kStatus,
  kAlert,
  kImage,
  kField,     // a: left padding; detail: type of input ("text", "search", ...); b: maximum length;
              // extra: autocomplete, newline, placeholder
  kTextArea,  // b: maximum length
  kMenu,
  kMenuItem,
  kList,  // description list: kTerm and kDefinition
  kTerm,
  kDefinition,
  kRowGroup,
};

// State bits; the same numbers in web/mirror.js.
namespace state {
inline constexpr uint32_t kDisabled = 1u << 0;
inline constexpr uint32_t kChecked = 1u << 1;
inline constexpr uint32_t kMixed = 1u << 2;
inline constexpr uint32_t kSelected = 1u << 3;
inline constexpr uint32_t kExpanded = 1u << 4;  // with kExpandable
inline constexpr uint32_t kExpandable = 1u << 5;
inline constexpr uint32_t kInvalid = 1u << 6;
inline constexpr uint32_t kRequired = 1u << 7;
inline constexpr uint32_t kReadOnly = 1u << 8;
inline constexpr uint32_t kCurrent = 1u << 9;  // aria-current=page
inline constexpr uint32_t kModal = 1u << 10;
inline constexpr uint32_t kTabStop = 1u << 11;    // reached with Tab
inline constexpr uint32_t kFocusable = 1u << 12;  // by click or program only
inline constexpr uint32_t kAutoFocus = 1u << 13;  // gets the focus when its dialog opens
inline constexpr uint32_t kScrolls = 1u << 14;    // x, y: scroll position; content size known
inline constexpr uint32_t kPressed = 1u << 15;    // with kToggle
inline constexpr uint32_t kToggle = 1u << 16;
inline constexpr uint32_t kBusy = 1u << 17;
inline constexpr uint32_t kMultiSelect = 1u << 18;
inline constexpr uint32_t kHasMenu = 1u << 19;
inline constexpr uint32_t kKeys = 1u << 20;  // wants arrow keys and Home, End, Page Up/Down
}  // namespace state

struct Node {
  uint32_t id = 0;
  Role role = Role::kNone;
  std::string_view name = {};
  std::string_view value = {};
  std::string_view description = {};
  std::string_view detail = {};
  std::string_view extra = {};
  uint32_t state = 0;
  int64_t a = 0;
  int64_t b = 0;
  ImVec2 min = {};  // screen coordinates, not clipped
  ImVec2 max = {};
  ImVec2 scroll = {};   // with state::kScrolls
  ImVec2 content = {};  // size of what scrolls
};

namespace semantics {

void BeginFrame();
// The page is a new one: everything is sent again.
void ForgetPage();
// Compares and sends. True when something changed.
bool EndFrame();

// Adds a node under the current parent; texts are copied. Returns its id. An id of 0 is replaced by
// one made of the parent and the count of its nameless children of that role.
uint32_t Add(const Node& node);
// Adds a node and makes it the parent of what follows until Pop. `layer` > 0: it goes to the top of
// the page instead (1 panels, 2 dialogs, 3 popups, 4 toasts), above lower layers.
uint32_t Push(const Node& node, int layer = 0);
void Pop();
// The place and state of a pushed node, once they are known.
void SetRect(uint32_t id, ImVec2 min, ImVec2 max);
void SetScroll(uint32_t id, ImVec2 scroll, ImVec2 content);
void SetRange(uint32_t id, int64_t a, int64_t b);
void AddState(uint32_t id, uint32_t bits);
uint32_t CurrentParent();

// The auditor: tells that an item of Dear ImGui is described by a node, or needs none.
void Describe(uint32_t item_id);
// Problems found so far: items that no widget described, widgets without a name.
int AuditProblems();

// What people did to nodes since the last frame.
bool TakeActivation(uint32_t id);
bool TakeText(uint32_t id, std::string* text);
bool TakeSubmit(uint32_t id);
bool TakeScroll(uint32_t id, ImVec2* scroll);
// The next key (ImGuiKey) pressed on the node, or ImGuiKey_None.
ImGuiKey TakeKey(uint32_t id, bool* shift = nullptr);
ImGuiKey TakeArrow(uint32_t id);  // the same, leaving Escape
// The same for whatever node has the focus: what nobody else took scrolls the page.
ImGuiKey TakeAnyKey();
bool TakeEscape();
bool TakeChar(uint32_t id, std::string* text);
bool Focused(uint32_t id);       // has the browser's focus
bool FocusVisible(uint32_t id);  // and a ring is to be drawn
bool FocusLost(uint32_t id);     // in this frame
uint32_t FocusedId();
// Moves the browser's focus, when the node is in the page at the end of this frame.
void Focus(uint32_t id);

}  // namespace semantics
}  // namespace leadline::ui
