#include "client/ui/choices.h"

#include <algorithm>

#include "client/ui/item.h"
#include "client/ui/layout.h"
#include "client/ui/overlay.h"

namespace leadline::ui {
namespace {

constexpr float kBox = 20;    // check box and radio button
constexpr float kTrack = 36;  // switch
constexpr float kInset = kBox + kSpaceS;

// The node's texts and the drawn label of a check box or switch.
struct Labelled {
  Item item;
  ImRect mark;
};

Labelled PlaceLabelled(std::string_view label, float mark_px, const ChoiceOptions& options) {
  const std::string_view shown = options.hide_label ? std::string_view() : VisibleName(label);
  const float room = std::max(AvailableWidth() - mark_px - kSpaceS, 40.f);
  const ImVec2 text = shown.empty() ? ImVec2(0, 0) : MeasureText(Face::kBody, shown, room);
  const ImVec2 hint =
      options.hint.empty() ? ImVec2(0, 0) : MeasureText(Face::kSmall, options.hint, room);
  const float width = mark_px + (shown.empty() ? 0 : kSpaceS + std::max(text.x, hint.x));
  const float line = std::max(ControlHeight() - 8, text.y);
  Labelled placed;
  placed.item = InteractWith(IdOf(label), PlaceItem(ImVec2(width, line + hint.y)),
                             {.disabled = options.disabled});
  const ImVec2 at = placed.item.rect.Min;
  const float middle = at.y + line / 2;
  placed.mark = ImRect(at.x, middle - kBox / 2, at.x + mark_px, middle + kBox / 2);
  if (!placed.item.visible) return placed;
  const float x = at.x + mark_px + kSpaceS;
  const ImU32 color = options.disabled ? Colors().muted : Colors().text;
  if (!shown.empty())
    DrawTextAt(Canvas(), Face::kBody, ImVec2(x, middle - text.y / 2), color, shown, room);
  if (hint.y > 0)
    DrawTextAt(Canvas(), Face::kSmall, ImVec2(x, at.y + line), Colors().muted, options.hint, room);
  return placed;
}

void DrawCheck(const Labelled& box, bool on, const ChoiceOptions& options) {
  const Palette& p = Colors();
  const bool filled = on || options.mixed;
  const ImU32 fill = options.disabled   ? p.raised
                     : filled           ? p.accent
                     : box.item.hovered ? p.raised
                                        : p.surface;
  DrawBox(box.mark, fill, options.disabled ? p.border : filled ? p.accent : p.control_border, 5);
  const ImU32 ink = options.disabled ? p.muted : p.on_accent;
  if (filled)
    DrawIcon(Canvas(), options.mixed ? Icon::kMinus : Icon::kCheck,
             ImVec2(box.mark.Min.x + 2, box.mark.Min.y + 2), 16, ink);
  if (box.item.focus_ring) DrawFocusRing(box.mark, 5);
}

void DrawSwitch(const Labelled& box, bool on, bool disabled) {
  const Palette& p = Colors();
  const ImU32 track = disabled ? p.border : on ? p.accent : p.control_border;
  DrawBox(box.mark, track, 0, kBox / 2);
  const float x = on ? box.mark.Max.x - kBox / 2 : box.mark.Min.x + kBox / 2;
  Canvas()->AddCircleFilled(ImVec2(x, box.mark.GetCenter().y), kBox / 2 - 3,
                            disabled ? p.muted : p.on_accent);
  if (box.item.focus_ring) DrawFocusRing(box.mark, kBox / 2);
}

bool Toggle(Role role, std::string_view label, bool* on, const ChoiceOptions& options,
            const Labelled& placed) {
  if (placed.item.pressed) *on = !*on;
  const uint32_t bits = ControlState(options.disabled) | (*on ? state::kChecked : 0) |
                        (options.mixed ? state::kMixed : 0);
  const std::string_view description =
      options.disabled && !options.reason.empty() ? options.reason : options.hint;
  semantics::Add({.id = placed.item.id,
                  .role = role,
                  .name = VisibleName(label),
                  .description = description,
                  .state = bits,
                  .min = placed.item.rect.Min,
                  .max = placed.item.rect.Max});
  if (options.disabled && !options.reason.empty()) Tooltip(options.reason);
  return placed.item.pressed;
}

// The label above a group of choices; returns nothing as the group's node carries the name.
void GroupLabel(std::string_view label) {
  const ImVec2 size = MeasureText(Face::kStrong, VisibleName(label));
  const ImRect rect = PlaceItem(size);
  if (PlacePassive(rect))
    DrawTextAt(Canvas(), Face::kStrong, rect.Min, Colors().text, VisibleName(label));
}

bool RadioRow(const Option& option, bool chosen, bool tab_stop) {
  const float room = AvailableWidth() - kInset;
  const ImVec2 name = MeasureText(Face::kBody, option.name, room);
  const ImVec2 detail =
      option.detail.empty() ? ImVec2(0, 0) : MeasureText(Face::kSmall, option.detail, room);
  const float width = kInset + std::max(name.x, detail.x);
  const float line = std::max(name.y, ControlHeight() - 12);
  const Item item = InteractWith(IdOf(option.name), PlaceItem(ImVec2(width, line + detail.y)),
                                 {.disabled = option.disabled});
  const Palette& p = Colors();
  const ImVec2 at = item.rect.Min;
  const ImVec2 dot(at.x + kBox / 2, at.y + line / 2);
  if (item.visible) {
    Canvas()->AddCircleFilled(dot, kBox / 2, chosen ? p.accent : p.control_border);
    Canvas()->AddCircleFilled(dot, kBox / 2 - (chosen ? 6.f : Hairline()),
                              chosen         ? p.on_accent
                              : item.hovered ? p.raised
                                             : p.surface);
    DrawTextAt(Canvas(), Face::kBody, ImVec2(at.x + kInset, dot.y - name.y / 2),
               option.disabled ? p.muted : p.text, option.name, room);
    if (detail.y > 0)
      DrawTextAt(Canvas(), Face::kSmall, ImVec2(at.x + kInset, at.y + line), p.muted, option.detail,
                 room);
  }
  if (item.focus_ring) DrawFocusRing(ImRect(dot.x - 10, dot.y - 10, dot.x + 10, dot.y + 10), 10);
  const uint32_t bits = (tab_stop ? state::kTabStop : state::kFocusable) |
                        (chosen ? state::kChecked : 0) | (option.disabled ? state::kDisabled : 0);
  semantics::Add({.id = item.id,
                  .role = Role::kRadio,
                  .name = option.name,
                  .description = option.detail,
                  .state = bits,
                  .min = item.rect.Min,
                  .max = item.rect.Max});
  return item.pressed;
}

// One part of a Segmented or a tab; returns true when pressed.
struct Part {
  Role role;
  Face face;
  float height;
  float padding;
  bool counts = true;  // room for Option::detail
};

Item PlacePart(const Option& option, const Part& part, float width) {
  return InteractWith(IdOf(option.name), PlaceItem(ImVec2(width, part.height)),
                      {.disabled = option.disabled});
}

float PartWidth(const Option& option, const Part& part) {
  const float detail = option.detail.empty() || !part.counts
                           ? 0
                           : MeasureText(Face::kSmallStrong, option.detail).x + kSpaceS + 12;
  return MeasureText(part.face, option.name).x + detail + 2 * part.padding;
}

void DescribePart(const Item& item, const Option& option, const Part& part, bool chosen,
                  bool tab_stop) {
  const uint32_t chosen_bit = part.role == Role::kTab ? state::kSelected : state::kChecked;
  const uint32_t bits = (tab_stop ? state::kTabStop : state::kFocusable) |
                        (chosen ? chosen_bit : 0) | (option.disabled ? state::kDisabled : 0);
  semantics::Add({.id = item.id,
                  .role = part.role,
                  .name = option.name,
                  .description = option.detail,
                  .state = bits,
                  .min = item.rect.Min,
                  .max = item.rect.Max});
}

void DrawSegment(const Item& item, const Option& option, bool chosen, const Part& part) {
  const Palette& p = Colors();
  if (chosen) DrawBox(item.rect, p.surface, p.control_border, kRadiusSmall);
  const ImU32 ink = option.disabled ? p.muted : chosen || item.hovered ? p.text : p.muted;
  DrawTextIn(Canvas(), part.face, item.rect.Min, item.rect.Max, ink, option.name, 0.5f);
  if (item.focus_ring) DrawFocusRing(item.rect, kRadiusSmall);
}

void DrawTab(const Item& item, const Option& option, bool chosen, const Part& part) {
  const Palette& p = Colors();
  const ImU32 ink = option.disabled ? p.muted
                    : chosen        ? p.accent_text
                    : item.hovered  ? p.text
                                    : p.muted;
  const float text_px = MeasureText(part.face, option.name).x;
  const ImVec2 at(item.rect.Min.x + part.padding, item.rect.Min.y);
  DrawTextIn(Canvas(), part.face, at, ImVec2(at.x + text_px + 1, item.rect.Max.y), ink,
             option.name);
  if (!option.detail.empty() && part.counts) {
    const float x = at.x + text_px + kSpaceS;
    const float middle = item.rect.GetCenter().y;
    const ImRect pill(x, middle - 10, item.rect.Max.x - part.padding, middle + 10);
    DrawBox(pill, chosen ? p.accent_soft : p.raised, 0, 10);
    DrawTextIn(Canvas(), Face::kSmallStrong, pill.Min, pill.Max, ink, option.detail, 0.5f);
  }
  if (chosen)
    Canvas()->AddRectFilled(ImVec2(item.rect.Min.x + 4, item.rect.Max.y - 2),
                            ImVec2(item.rect.Max.x - 4, item.rect.Max.y), p.accent_text, 1);
}

// Tabs side by side; on a phone they move together, and lose their counts, before they wrap.
Part FittingTabs(const Options& options) {
  Part part{Role::kTab, Face::kStrong, ControlHeight() + 4, kSpaceM};
  for (int attempt = 0; attempt < 2; ++attempt) {
    float width = kSpaceXs * static_cast<float>(options.size());
    for (const Option& option : options) width += PartWidth(option, part);
    if (width <= AvailableWidth()) break;
    part.padding = kSpaceS;
    part.counts = attempt == 0;
  }
  return part;
}

}  // namespace

bool Checkbox(std::string_view label, bool* on, const ChoiceOptions& options) {
  const Labelled placed = PlaceLabelled(label, kBox, options);
  const bool changed = Toggle(Role::kCheckbox, label, on, options, placed);
  if (placed.item.visible) DrawCheck(placed, *on, options);
  return changed;
}

bool Switch(std::string_view label, bool* on, const ChoiceOptions& options) {
  const Labelled placed = PlaceLabelled(label, kTrack, options);
  const bool changed = Toggle(Role::kSwitch, label, on, options, placed);
  if (placed.item.visible) DrawSwitch(placed, *on, options.disabled);
  return changed;
}

bool RadioGroup(std::string_view label, const Options& options, int* index) {
  GroupLabel(label);
  ImGui::PushID(label.data(), label.data() + label.size());
  const uint32_t group = semantics::Push({.role = Role::kRadioGroup, .name = VisibleName(label)});
  ImRect all(ImGui::GetCursorScreenPos(), ImGui::GetCursorScreenPos());
  bool changed = false;
  for (int i = 0; i < static_cast<int>(options.size()); ++i) {
    const bool tab_stop = *index == i || (*index < 0 && i == 0);
    if (RadioRow(options[i], *index == i, tab_stop) && *index != i) {
      *index = i;
      changed = true;
    }
    all.Add(ImRect(ImGui::GetItemRectMin(), ImGui::GetItemRectMax()));
  }
  semantics::SetRect(group, all.Min, all.Max);
  semantics::Pop();
  ImGui::PopID();
  return changed;
}

bool Segmented(std::string_view label, const Options& options, int* index, bool hide_label) {
  if (!hide_label) GroupLabel(label);
  const Part part{Role::kRadio, Face::kStrong, ControlHeight() - 8, kSpaceM};
  float width = 8 + 2 * (static_cast<float>(options.size()) - 1);
  for (const Option& option : options) width += PartWidth(option, part);
  const ImRect box = PlaceItem(ImVec2(width, ControlHeight()));
  const bool visible = PlacePassive(box);
  if (visible) DrawBox(box, Colors().raised, Colors().border, kRadius);
  ImGui::PushID(label.data(), label.data() + label.size());
  semantics::Push(
      {.role = Role::kRadioGroup, .name = VisibleName(label), .min = box.Min, .max = box.Max});
  bool changed = false;
  float x = box.Min.x + 4;
  for (int i = 0; i < static_cast<int>(options.size()); ++i) {
    const Option& option = options[i];
    const ImRect rect(x, box.Min.y + 4, x + PartWidth(option, part), box.Max.y - 4);
    x = rect.Max.x + 2;
    const bool chosen = *index == i;
    const Item item = InteractAt(IdOf(option.name), rect, {.disabled = option.disabled});
    if (item.visible) DrawSegment(item, option, chosen, part);
    DescribePart(item, option, part, chosen, chosen || (*index < 0 && i == 0));
    if (item.pressed && !chosen) {
      *index = i;
      changed = true;
    }
  }
  semantics::Pop();
  ImGui::PopID();
  return changed;
}

bool Tabs(std::string_view name, const Options& options, int* index) {
  const Part part = FittingTabs(options);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImRect line(at.x, at.y, at.x + AvailableWidth(), at.y + part.height);
  ImGui::PushID(name.data(), name.data() + name.size());
  semantics::Push({.role = Role::kTabList, .name = name, .min = line.Min, .max = line.Max});
  Canvas()->AddRectFilled(ImVec2(line.Min.x, line.Max.y - Hairline()), line.Max, Colors().border);
  bool changed = false;
  BeginRow(kSpaceXs);
  for (int i = 0; i < static_cast<int>(options.size()); ++i) {
    const Item item = PlacePart(options[i], part, PartWidth(options[i], part));
    const bool chosen = *index == i;
    if (item.visible) DrawTab(item, options[i], chosen, part);
    if (item.focus_ring) DrawFocusRing(item.rect, kRadiusSmall);
    DescribePart(item, options[i], part, chosen, chosen);
    if (item.pressed && !chosen) {
      *index = i;
      changed = true;
    }
  }
  EndRow();
  semantics::Pop();
  ImGui::PopID();
  return changed;
}

}  // namespace leadline::ui
