#include "client/ui/fields.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "client/platform/platform.h"
#include "client/platform/surface.h"
#include "client/ui/control.h"
#include "client/ui/layout.h"
#include "client/ui/rows.h"

namespace leadline::ui {
namespace {

constexpr float kMaxWidth = 560;
constexpr float kRowWidth = 240;
constexpr int kMaxLength = 10000;

struct LastField {
  bool submitted = false;
  bool focused = false;
  bool left = false;
};
LastField g_last;
std::string g_focus_label;
std::unordered_map<uint32_t, std::string> g_number_text;  // what is being typed in a number field

std::string_view TypeOf(FieldKind kind) {
  switch (kind) {
    case FieldKind::kText:
      return "text";
    case FieldKind::kSearch:
      return "search";
    case FieldKind::kEmail:
      return "email";
    case FieldKind::kPhone:
      return "tel";
    case FieldKind::kUrl:
      return "url";
    case FieldKind::kPassword:
    case FieldKind::kNewPassword:
      return "password";
    case FieldKind::kNumber:
      return "number";
    case FieldKind::kDate:
      return "date";
    case FieldKind::kTime:
      return "time";
  }
  return "text";
}

std::string_view AutocompleteOf(const FieldOptions& options) {
  if (!options.autocomplete.empty()) return options.autocomplete;
  if (options.kind == FieldKind::kPassword) return "current-password";
  return options.kind == FieldKind::kNewPassword ? "new-password" : "off";
}

float WidthOf(const FieldOptions& options) {
  if (options.width_px > 0) return std::min(options.width_px, RowWidth());
  return std::min(AvailableWidth(), rows::InRow() ? kRowWidth : kMaxWidth);
}

// The text as the canvas shows it while the browser does not.
void DrawValue(const Control& control, const FieldOptions& options, std::string_view value,
               float padding_left) {
  const ImVec2 min(control.box.Min.x + padding_left, control.box.Min.y);
  const ImVec2 max(control.box.Max.x - kSpaceM, control.box.Max.y);
  const Palette& p = Colors();
  if (value.empty()) {
    DrawTextIn(Canvas(), Face::kBody, min, max, p.muted, options.placeholder);
    return;
  }
  const bool secret =
      options.kind == FieldKind::kPassword || options.kind == FieldKind::kNewPassword;
  std::string dots;
  for (size_t i = 0; secret && i < std::min<size_t>(value.size(), 64); ++i) dots += "\xE2\x80\xA2";
  DrawTextIn(Canvas(), Face::kBody, min, max, options.disabled ? p.muted : p.text,
             secret ? std::string_view(dots) : value);
}

void RememberField(uint32_t id) {
  g_last = {semantics::TakeSubmit(id), semantics::Focused(id), semantics::FocusLost(id)};
}

// Node::extra of fields.
std::string ExtraOf(const FieldOptions& options) {
  return std::string(AutocompleteOf(options)) + "\n" + std::string(options.placeholder);
}

// Everything but what the value means. Returns true and the new text when the user typed.
bool EditText(std::string_view label, std::string_view value, const FieldOptions& options,
              std::string* typed) {
  const bool search = options.kind == FieldKind::kSearch;
  const float padding_left = search ? 36 : kSpaceM;
  const Control control = PlaceControl(label, options, ControlHeight());
  const bool changed = semantics::TakeText(control.id, typed);
  RememberField(control.id);
  const std::string_view shown = changed ? std::string_view(*typed) : value;
  const bool hovered = ItemHovered(control.box);
  if (hovered && !options.disabled) platform::SetCursor(platform::Cursor::kText);
  if (control.visible) {
    DrawControlBox(control, options, g_last.focused, hovered);
    if (search)
      DrawIcon(Canvas(), Icon::kSearch,
               ImVec2(control.box.Min.x + 11, control.box.GetCenter().y - 8.5f), 17,
               Colors().muted);
    if (!g_last.focused) DrawValue(control, options, shown, padding_left);
  }
  semantics::Add({.id = control.id,
                  .role = Role::kField,
                  .name = control.name,
                  .value = shown,
                  .description = control.description,
                  .detail = TypeOf(options.kind),
                  .extra = ExtraOf(options),
                  .state = FieldState(options),
                  .a = static_cast<int64_t>(padding_left),
                  .b = options.max_length > 0 ? options.max_length : kMaxLength,
                  .min = control.box.Min,
                  .max = control.box.Max});
  TakeFocusRequest(control);
  return changed;
}

}  // namespace

Control PlaceControl(std::string_view label, const FieldOptions& options, float box_height) {
  Control control{.id = IdOf(label), .name = VisibleName(label)};
  control.description = options.error.empty() ? options.hint : options.error;
  const float width = WidthOf(options);
  const float label_height = options.hide_label ? 0 : LineHeightOf(Face::kStrong) + kSpaceXs;
  const ImVec2 below = control.description.empty()
                           ? ImVec2(0, 0)
                           : MeasureText(Face::kSmall, control.description, width);
  const float below_height = below.y > 0 ? below.y + kSpaceXs : 0;
  const ImRect all = PlaceItem(ImVec2(width, label_height + box_height + below_height));
  control.visible = PlacePassive(all);
  control.box =
      ImRect(all.Min.x, all.Min.y + label_height, all.Max.x, all.Min.y + label_height + box_height);
  if (!control.visible) return control;
  const Palette& p = Colors();
  if (!options.hide_label) {
    DrawTextAt(Canvas(), Face::kStrong, all.Min, p.text, control.name);
    const float x = all.Min.x + MeasureText(Face::kStrong, control.name).x + 3;
    if (options.required)
      DrawTextAt(Canvas(), Face::kStrong, ImVec2(x, all.Min.y), ToneOf(Tone::kDanger).text, "*");
  }
  const ImU32 ink = options.error.empty() ? p.muted : ToneOf(Tone::kDanger).text;
  if (below.y > 0)
    DrawTextAt(Canvas(), Face::kSmall, ImVec2(all.Min.x, control.box.Max.y + kSpaceXs), ink,
               control.description, width);
  return control;
}

void DrawControlBox(const Control& control, const FieldOptions& options, bool focused,
                    bool hovered) {
  const Palette& p = Colors();
  const bool wrong = !options.error.empty();
  const ImU32 border = wrong     ? ToneOf(Tone::kDanger).solid
                       : focused ? p.focus
                       : hovered ? p.text
                                 : p.control_border;
  DrawBox(control.box, options.disabled || options.read_only ? p.raised : p.surface,
          options.disabled ? p.border : border, kRadius, focused || wrong ? 2 : 1);
}

uint32_t FieldState(const FieldOptions& options) {
  return ControlState(options.disabled) | (options.read_only ? state::kReadOnly : 0) |
         (options.required ? state::kRequired : 0) | (options.error.empty() ? 0 : state::kInvalid) |
         (options.focus ? state::kAutoFocus : 0);
}

void TakeFocusRequest(const Control& control) {
  if (g_focus_label.empty() || control.name != g_focus_label) return;
  g_focus_label.clear();
  semantics::Focus(control.id);
}

bool TextField(std::string_view label, std::string* value, const FieldOptions& options) {
  return EditText(label, *value, options, value);
}

bool SearchField(std::string_view label, std::string* value, const FieldOptions& options) {
  FieldOptions search = options;
  search.kind = FieldKind::kSearch;
  return EditText(label, *value, search, value);
}

bool TextArea(std::string_view label, std::string* value, const FieldOptions& options) {
  const float height =
      static_cast<float>(std::max(options.rows, 2)) * LineHeightOf(Face::kBody) + 2 * kSpaceS;
  const Control control = PlaceControl(label, options, height);
  const bool changed = semantics::TakeText(control.id, value);
  RememberField(control.id);
  if (control.visible) {
    DrawControlBox(control, options, g_last.focused, ItemHovered(control.box));
    const ImVec2 at(control.box.Min.x + kSpaceM, control.box.Min.y + kSpaceS);
    const ImVec2 end(control.box.Max.x - kSpaceM, control.box.Max.y - 2);
    const bool empty = value->empty();
    Canvas()->PushClipRect(at, end, true);
    if (!g_last.focused) {
      DrawTextAt(Canvas(), Face::kBody, at, empty ? Colors().muted : Colors().text,
                 empty ? options.placeholder : std::string_view(*value), end.x - at.x);
    }
    Canvas()->PopClipRect();
  }
  semantics::Add({.id = control.id,
                  .role = Role::kTextArea,
                  .name = control.name,
                  .value = *value,
                  .description = control.description,
                  .extra = ExtraOf(options),
                  .state = FieldState(options),
                  .a = static_cast<int64_t>(kSpaceM),
                  .b = options.max_length > 0 ? options.max_length : kMaxLength,
                  .min = control.box.Min,
                  .max = control.box.Max});
  TakeFocusRequest(control);
  return changed;
}

bool NumberField(std::string_view label, std::optional<int64_t>* value, int64_t min, int64_t max,
                 const FieldOptions& options) {
  FieldOptions number = options;
  number.kind = FieldKind::kNumber;
  if (number.width_px <= 0) number.width_px = 160;
  const uint32_t id = IdOf(label);
  const std::optional<int64_t> before = *value;
  std::string text = value->has_value() ? std::to_string(**value) : "";
  const auto typing = g_number_text.find(id);
  if (typing != g_number_text.end()) text = typing->second;
  if (EditText(label, text, number, &text)) {
    g_number_text[id] = text;
    int64_t parsed = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), parsed);
    *value = error == std::errc() && end == text.data() + text.size() ? std::optional(parsed)
                                                                      : std::nullopt;
  }
  if (g_last.left || !g_last.focused) {
    g_number_text.erase(id);
    if (g_last.left && value->has_value()) *value = std::clamp(**value, min, max);
  }
  return *value != before;
}

bool Submitted() {
  return g_last.submitted;
}
bool FieldFocused() {
  return g_last.focused;
}
bool FieldLeft() {
  return g_last.left;
}

void FocusField(std::string_view label) {
  g_focus_label = VisibleName(label);
  platform::Wake();
}

}  // namespace leadline::ui
