// Internal to client/ui: the frame that fields and Select share: label above, box, hint or error
// below.
#pragma once

#include "client/ui/fields.h"
#include "client/ui/item.h"

namespace leadline::ui {

struct Control {
  uint32_t id = 0;
  ImRect box = {};
  bool visible = false;
  std::string_view name = {};         // visible part of the label
  std::string_view description = {};  // error or hint
};
Control PlaceControl(std::string_view label, const FieldOptions& options, float box_height);
void DrawControlBox(const Control& control, const FieldOptions& options, bool focused,
                    bool hovered);
uint32_t FieldState(const FieldOptions& options);
// FocusField and FieldOptions::focus.
void TakeFocusRequest(const Control& control);

}  // namespace leadline::ui
