// Text input. Every field is a real DOM input laid over the canvas: while it has the focus the
// browser draws text, caret and composition, and knows clipboard, spelling, touch keyboards;
// otherwise the canvas draws the text.
#pragma once

#include <cstdint>
#include <optional>

#include "client/ui/theme.h"

namespace leadline::ui {

enum class FieldKind {
  kText,
  kSearch,
  kEmail,
  kPhone,
  kUrl,
  kPassword,
  kNewPassword,
  kNumber,
  kDate,
  kTime
};

struct FieldOptions {
  FieldKind kind = FieldKind::kText;
  std::string_view hint = {};   // muted, below
  std::string_view error = {};  // below instead of the hint; marks the field as invalid
  std::string_view placeholder = {};
  std::string_view autocomplete = {};  // as in HTML ("email"); "off" by default
  int max_length = 0;                  // characters; 0: 10,000
  bool required = false;               // a star after the label; nothing is enforced here
  bool disabled = false;
  bool read_only = false;
  bool hide_label = false;  // the label is still the name
  bool focus = false;       // takes the focus when its dialog or page opens
  float width_px = 0;       // 0: what is available, at most 560
  int rows = 4;             // TextArea
};

// True in the frame in which the user changed *value. Programs may change *value at any time.
bool TextField(std::string_view label, std::string* value, const FieldOptions& options = {});
bool SearchField(std::string_view label, std::string* value, const FieldOptions& options = {});
bool TextArea(std::string_view label, std::string* value, const FieldOptions& options = {});
// Whole numbers. *value becomes nullopt when the field is empty, clipped to min..max when it is
// left.
bool NumberField(std::string_view label, std::optional<int64_t>* value, int64_t min, int64_t max,
                 const FieldOptions& options = {});
// True when Enter was pressed in the field drawn last (not TextArea).
bool Submitted();
// True while the field drawn last has the focus.
bool FieldFocused();
// True in the frame in which the field drawn last lost the focus.
bool FieldLeft();
// Gives the focus to the field with this label when it is drawn next (the first wrong one, after a
// refused form).
void FocusField(std::string_view label);

}  // namespace leadline::ui
