// Words on the page. All of it is mirrored, so it can be read aloud and found by tests.
#pragma once

#include "client/ui/theme.h"

namespace leadline::ui {

// level 1: the screen's one title, 2: a section, 3: a part of it.
void Heading(int level, std::string_view text);
// Wraps at the available width.
void Text(std::string_view text);
void StrongText(std::string_view text);
void MutedText(std::string_view text);
void SmallText(std::string_view text);  // muted, 12 px
void ToneText(std::string_view text, Tone tone);
// One line, cut with an ellipsis at `max_width_px` (0: what is available); a tooltip shows the
// rest.
void LineText(std::string_view text, float max_width_px = 0, Tone tone = Tone::kNeutral,
              bool muted = false);
// Fixed text in a box: a log line, a message body, an address. Keeps line breaks, wraps.
void CodeBlock(std::string_view name, std::string_view text);

// A small filled pill with a dot, for states.
void Badge(std::string_view text, Tone tone);

// A list of names and values in two columns (one below the other on a phone).
void BeginKeyValues(std::string_view name);
void KeyValue(std::string_view key, std::string_view value);
// The value is what is drawn until the next call.
void KeyValueSlot(std::string_view key);
void EndKeyValues();

}  // namespace leadline::ui
