// What is going on: banners, progress, nothing here yet.
#pragma once

#include "client/ui/theme.h"

namespace leadline::ui {

enum class BannerResult { kNone, kAction, kDismissed };
// A message in the page. kDanger and kWarning are announced.
BannerResult Banner(std::string_view text, Tone tone, std::string_view action = {},
                    bool dismissible = false, std::string_view title = {});

// fraction 0..1, or below 0 when unknown. `detail` is shown at the right ("4,120 of 10,000").
void ProgressBar(std::string_view name, double fraction, std::string_view detail = {});
void Spinner(std::string_view name);
// Grey lines while the first answer is on its way.
void Skeleton(std::string_view name, int lines = 4);
// In the middle of the available width. True when the action was used.
bool EmptyState(Icon icon, std::string_view title, std::string_view text,
                std::string_view action = {});

// A box that takes files dropped anywhere on the page and has a button to choose one. Returns the
// picker's request id when the button was used, else 0. Files arrive as platform events kFile
// (request 0 for drops).
int DropZone(std::string_view name, std::string_view hint, std::string_view accept,
             std::string_view button);

}  // namespace leadline::ui
