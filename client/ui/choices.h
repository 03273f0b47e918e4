// Choosing: on or off, one of few, one of many. All return true in the frame of a change by the
// user.
#pragma once

#include "client/ui/fields.h"
#include "client/ui/theme.h"

namespace leadline::ui {

struct ChoiceOptions {
  bool disabled = false;
  std::string_view reason = {};  // why it is disabled
  std::string_view hint = {};    // muted, below
  bool hide_label = false;
  bool mixed = false;  // Checkbox: some of several are on
};
bool Checkbox(std::string_view label, bool* on, const ChoiceOptions& options = {});
// For what takes effect at once.
bool Switch(std::string_view label, bool* on, const ChoiceOptions& options = {});

// One of few with an explanation each, below one another. -1: nothing chosen yet.
bool RadioGroup(std::string_view label, const Options& options, int* index);
// One of two to five short ones, side by side.
bool Segmented(std::string_view label, const Options& options, int* index, bool hide_label = false);
// A list that opens: arrow keys, typing the first letters, Enter, Escape. -1: shows the
// placeholder.
bool Select(std::string_view label, const Options& options, int* index,
            const FieldOptions& field = {});
// The tabs of a page; draw the chosen one's content below. Option::detail is a count beside the
// name.
bool Tabs(std::string_view name, const Options& options, int* index);

}  // namespace leadline::ui
