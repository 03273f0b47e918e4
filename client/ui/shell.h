// Internal to client/ui: what the shell keeps between pages.
#pragma once

#include <cstdint>

namespace leadline::ui::shell {

// The level 1 heading was drawn: it takes the focus after a change of page, so that a screen reader
// starts there.
void TitleDrawn(uint32_t node);

}  // namespace leadline::ui::shell
