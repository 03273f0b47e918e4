// What lies above the page: dialogs, the side panel, menus, tooltips, toasts.
#pragma once

#include "client/ui/theme.h"

namespace leadline::ui {

struct DialogOptions {
  float width_px = 480;  // at most the window's
  bool alert = false;    // asks for a decision: role alertdialog, no close button, a click outside
                         // does nothing
  std::string_view text = {};  // first paragraph, also its description
};
// Modal. True while *open: draw the content, then EndDialog. Escape and the close button set *open
// to false. Focus goes to the first field or to the item with `.focus`, and returns where it was.
bool BeginDialog(std::string_view title, bool* open, const DialogOptions& options = {});
void EndDialog();
// The row of buttons at the end of a dialog or panel, to the right.
void BeginFooter();
void EndFooter();

// At the right edge, over the page, which stays usable; on a phone it fills the screen and is
// modal.
bool BeginSidePanel(std::string_view title, bool* open, float width_px = 440);
void EndSidePanel();

struct MenuButtonOptions {
  Icon icon = Icon::kMore;
  bool icon_only = true;
  bool disabled = false;
};
// A button with a menu. True while it is open: draw MenuItems, then EndMenu.
bool BeginMenu(std::string_view name, const MenuButtonOptions& options = {});
bool MenuItem(std::string_view name, Icon icon = Icon::kNone, bool danger = false,
              bool disabled = false);
void MenuDivider();
void EndMenu();

// For the item drawn last; shown after half a second of hovering, or at once on keyboard focus.
void Tooltip(std::string_view text);

// A short message at the bottom that goes by itself after 6 seconds (errors and those with an
// action: 12). Read aloud. Returns its number.
int ShowToast(std::string_view text, Tone tone = Tone::kNeutral, std::string_view action = {});
// The number of a toast whose action was used since the last call, or 0.
int TakeToastAction();
// Reads text aloud without showing it, at most once per 5 seconds; the newest wins. For counters.
void AnnouncePolitely(std::string_view text);

}  // namespace leadline::ui
