// Things that act when clicked, tapped, or activated with Enter or Space.
#pragma once

#include "client/ui/theme.h"

namespace leadline::ui {

enum class ButtonKind { kPrimary, kSecondary, kDanger, kGhost };

struct ButtonOptions {
  ButtonKind kind = ButtonKind::kSecondary;
  Icon icon = Icon::kNone;
  bool disabled = false;
  std::string_view reason =
      {};             // why it is disabled: tooltip and description. Also a tooltip when enabled
  bool busy = false;  // a spinner instead of the icon; cannot be pressed
  bool full_width = false;
  bool pressed = false;  // toggle buttons: is it on? Only used with `toggle`
  bool toggle = false;
  bool focus = false;  // takes the focus when its dialog opens
};
// True in the frame in which it is activated.
bool Button(std::string_view name, const ButtonOptions& options = {});
// Square; the name is its tooltip.
bool IconButton(Icon icon, std::string_view name, const ButtonOptions& options = {});

// Underlined on hover. With an href ("#/leads/7") it is a real link: it opens in a new tab with
// Ctrl or the middle button, and a plain click goes there by itself; the return value is then only
// for extra effects.
bool Link(std::string_view text, std::string_view href = {}, float max_width_px = 0);

}  // namespace leadline::ui
