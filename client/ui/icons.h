// The icon set: strokes on a 24-unit square, drawn as vectors, so they are crisp at any scale.
#pragma once

#include "imgui.h"

namespace leadline::ui {

enum class Icon {
  kNone,
  kHome,
  kUsers,
  kUser,
  kUpload,
  kDownload,
  kMegaphone,
  kBot,
  kPhone,
  kPhoneOff,
  kChart,
  kBook,
  kSettings,
  kPlus,
  kMinus,
  kCheck,
  kClose,
  kSearch,
  kFilter,
  kEdit,
  kTrash,
  kCopy,
  kUndo,
  kRefresh,
  kMore,
  kMenu,
  kChevronDown,
  kChevronUp,
  kChevronLeft,
  kChevronRight,
  kArrowUp,
  kArrowDown,
  kExternal,
  kPlay,
  kPause,
  kStop,
  kClock,
  kCalendar,
  kFile,
  kInfo,
  kSuccess,
  kWarning,
  kError,
  kBell,
  kEye,
  kLock,
  kSun,
  kMoon,
  kMail,
  kTag,
  kLink,
  kGlobe,
  kShield,
  kStar,
};

// `top_left` and `size_px` of the icon's square.
void DrawIcon(ImDrawList* list, Icon icon, ImVec2 top_left, float size_px, ImU32 color);

}  // namespace leadline::ui
