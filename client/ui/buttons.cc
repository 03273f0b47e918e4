#include "client/ui/buttons.h"

#include <algorithm>

#include "client/platform/platform.h"
#include "client/platform/surface.h"
#include "client/ui/item.h"
#include "client/ui/layout.h"
#include "client/ui/overlay.h"

namespace leadline::ui {
namespace {

constexpr float kIconPx = 18;

struct Skin {
  ImU32 fill = 0;
  ImU32 border = 0;
  ImU32 text = 0;
};

Skin SkinOf(const ButtonOptions& options, const Item& item) {
  const Palette& p = Colors();
  if (options.disabled) return {p.raised, p.border, p.muted};
  const bool hot = item.hovered || item.held;
  if (options.toggle && options.pressed) return {p.accent_soft, p.accent, p.accent_text};
  switch (options.kind) {
    case ButtonKind::kPrimary:
      return {hot ? p.accent_hover : p.accent, 0, p.on_accent};
    case ButtonKind::kDanger:
      return {hot ? p.danger_hover : p.danger, 0, p.on_accent};
    case ButtonKind::kGhost:
      return {hot ? p.raised : IM_COL32_BLACK_TRANS, 0, p.text};
    case ButtonKind::kSecondary:
      break;
  }
  return {hot ? p.raised : p.surface, p.outline, p.text};
}

void DrawFace(const Item& item, std::string_view text, const ButtonOptions& options) {
  const Skin skin = SkinOf(options, item);
  DrawBox(item.rect, skin.fill, skin.border, kRadius);
  const bool has_icon = options.icon != Icon::kNone || options.busy;
  const float text_width = text.empty() ? 0 : MeasureText(Face::kStrong, text).x;
  const float gap = has_icon && !text.empty() ? kSpaceS : 0;
  const float total = text_width + gap + (has_icon ? kIconPx : 0);
  float x = item.rect.GetCenter().x - total / 2;
  const float middle = item.rect.GetCenter().y;
  if (options.busy) {
    DrawSpinner(ImVec2(x + kIconPx / 2, middle), 7, skin.text);
  } else if (has_icon) {
    DrawIcon(Canvas(), options.icon, ImVec2(x, middle - kIconPx / 2), kIconPx, skin.text);
  }
  x += has_icon ? kIconPx + gap : 0;
  DrawTextIn(Canvas(), Face::kStrong, ImVec2(x, item.rect.Min.y),
             ImVec2(std::min(x + text_width + 1, item.rect.Max.x), item.rect.Max.y), skin.text,
             text);
}

bool Press(std::string_view name, ImVec2 size, std::string_view shown,
           const ButtonOptions& options) {
  const uint32_t id = IdOf(name);
  const bool blocked = options.disabled || options.busy;
  const Item item = InteractWith(id, PlaceItem(size), {.disabled = blocked});
  if (item.visible) DrawFace(item, shown, options);
  if (item.focus_ring) DrawFocusRing(item.rect);
  const uint32_t bits = ControlState(options.disabled) | (options.busy ? state::kBusy : 0) |
                        (options.toggle ? state::kToggle : 0) |
                        (options.pressed ? state::kPressed : 0) |
                        (options.focus ? state::kAutoFocus : 0);
  semantics::Add({.id = id,
                  .role = Role::kButton,
                  .name = VisibleName(name),
                  .description = options.reason,
                  .state = bits,
                  .min = item.rect.Min,
                  .max = item.rect.Max});
  if (!options.reason.empty()) {
    Tooltip(options.reason);
  } else if (shown.empty()) {
    Tooltip(VisibleName(name));
  }
  return item.pressed;
}

}  // namespace

bool Button(std::string_view name, const ButtonOptions& options) {
  const std::string_view shown = VisibleName(name);
  const bool has_icon = options.icon != Icon::kNone || options.busy;
  const float wanted =
      MeasureText(Face::kStrong, shown).x + 2 * kSpaceL + (has_icon ? kIconPx + kSpaceS - 4 : 0);
  const float width = options.full_width ? AvailableWidth() : wanted;
  return Press(name, ImVec2(width, ControlHeight()), shown, options);
}

bool IconButton(Icon icon, std::string_view name, const ButtonOptions& options) {
  ButtonOptions with_icon = options;
  with_icon.icon = icon;
  if (options.kind == ButtonKind::kSecondary) with_icon.kind = ButtonKind::kGhost;
  return Press(name, ImVec2(ControlHeight(), ControlHeight()), {}, with_icon);
}

bool Link(std::string_view text, std::string_view href, float max_width_px) {
  const std::string_view shown = VisibleName(text);
  const float room = max_width_px > 0 ? max_width_px : AvailableWidth();
  const float width = std::min(MeasureText(Face::kBody, shown).x, room);
  const uint32_t id = IdOf(text);
  const Item item = InteractWith(id, PlaceItem(ImVec2(width, LineHeightOf(Face::kBody))));
  const Palette& p = Colors();
  if (item.visible) {
    DrawTextIn(Canvas(), Face::kBody, item.rect.Min, item.rect.Max, p.accent_text, shown);
    if (item.hovered) {
      const float y = item.rect.Max.y - 2;
      Canvas()->AddLine(ImVec2(item.rect.Min.x, y), ImVec2(item.rect.Max.x, y), p.accent_text,
                        Hairline());
    }
  }
  if (item.focus_ring) DrawFocusRing(item.rect, 2);
  semantics::Add({.id = id,
                  .role = href.empty() ? Role::kButton : Role::kLink,
                  .name = shown,
                  .detail = href,
                  .state = ControlState(),
                  .min = item.rect.Min,
                  .max = item.rect.Max});
  if (item.pressed && href.starts_with("#")) platform::FollowHash(href.substr(1));
  if (item.pressed && !href.empty() && !href.starts_with("#")) platform::OpenUrl(href, true);
  return item.pressed;
}

}  // namespace leadline::ui
