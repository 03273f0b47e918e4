#include "client/ui/icons.h"

#include <cstdlib>
#include <iterator>

namespace leadline::ui {
namespace {

// Drawn for this project on a 24-unit square. A small language, numbers separated by spaces:
//   M x y  start a line        L x y  line to        Z  close the line
//   C x y r  circle            D x y r  filled dot   A x y r from to  arc in degrees, clockwise
//   from the right R x y w h r  rounded rectangle
constexpr const char* kShapes[] = {
    "",  // kNone
    "M 4 11 L 12 4 L 20 11 M 6 9.5 L 6 20 L 18 20 L 18 9.5 M 10 20 L 10 14 L 14 14 L 14 20",  // kHome
    "C 9 8 3.5 A 9 20 6.5 180 360 A 16 8 3.2 270 450 A 16.5 19.5 5 285 360",        // kUsers
    "C 12 8 4 A 12 21 7.5 180 360",                                                 // kUser
    "M 12 15 L 12 4 M 7.5 8.5 L 12 4 L 16.5 8.5 M 4 15 L 4 20 L 20 20 L 20 15",     // kUpload
    "M 12 4 L 12 15 M 7.5 10.5 L 12 15 L 16.5 10.5 M 4 15 L 4 20 L 20 20 L 20 15",  // kDownload
    "M 4 10 L 4 14 L 8 14 L 18 19 L 18 5 L 8 10 Z M 8 14 L 9 20 L 12 20 L 11.3 15.8 A 18 12 3.2 "
    "270 450",  // kMegaphone
    "R 4 8 16 12 3 M 12 8 L 12 4 D 12 4 1.2 D 9 13.5 1.3 D 15 13.5 1.3 M 9.5 17 L 14.5 17",  // kBot
    "M 5 4 L 9 4 L 10.8 8.6 L 8.4 10.2 L 10.6 13.2 L 13.7 15.5 L 15.4 13.2 L 20 15 L 20 19 L 18.4 "
    "20 L 13 18.6 L 8 15.2 "
    "L 5 10.4 L 4 5.4 Z",  // kPhone
    "M 5 4 L 9 4 L 10.8 8.6 L 8.4 10.2 L 10.6 13.2 L 13.7 15.5 L 15.4 13.2 L 20 15 L 20 19 L 18.4 "
    "20 L 13 18.6 L 8 15.2 "
    "L 5 10.4 L 4 5.4 Z M 15 4 L 20 9 M 20 4 L 15 9",                             // kPhoneOff
    "M 4 4 L 4 20 L 20 20 M 8.5 16 L 8.5 12 M 13 16 L 13 7 M 17.5 16 L 17.5 10",  // kChart
    "M 12 6.5 L 12 20 M 12 6.5 L 8 4.5 L 3.5 4.5 L 3.5 18 L 8.5 18 L 12 20 L 15.5 18 L 20.5 18 L "
    "20.5 4.5 L 16 4.5 Z",                                                              // kBook
    "M 4 7 L 11 7 M 17 7 L 20 7 C 14 7 2.6 M 4 17 L 7 17 M 13 17 L 20 17 C 10 17 2.6",  // kSettings
    "M 12 5 L 12 19 M 5 12 L 19 12",                                                    // kPlus
    "M 5 12 L 19 12",                                                                   // kMinus
    "M 5 12.5 L 10 17.5 L 19.5 7",                                                      // kCheck
    "M 6 6 L 18 18 M 18 6 L 6 18",                                                      // kClose
    "C 11 11 6.5 M 16 16 L 20.5 20.5",                                                  // kSearch
    "M 4 6 L 20 6 M 7 12 L 17 12 M 10 18 L 14 18",                                      // kFilter
    "M 4 20 L 5 15.5 L 16 4.5 L 19.5 8 L 8.5 19 Z M 13.5 7 L 17 10.5",                  // kEdit
    "M 4 6.5 L 20 6.5 M 9 6.5 L 9 4 L 15 4 L 15 6.5 M 6 6.5 L 7 20 L 17 20 L 18 6.5 M 10 10.5 L "
    "10.3 16.5 M 14 10.5 L 13.7 "
    "16.5",                                             // kTrash
    "R 9 9 11 11 2 M 5 15 L 4 15 L 4 4 L 15 4 L 15 5",  // kCopy
    "M 8.5 5 L 4 9.5 L 8.5 14 M 4 9.5 L 14.5 9.5 A 14.5 14.5 5 270 450 M 14.5 19.5 L 9 19.5",  // kUndo
    "A 12 12 7.5 200 335 A 12 12 7.5 20 155 M 19.5 4.5 L 19.2 9 L 14.8 8.6 M 4.5 19.5 L 4.8 15 L "
    "9.2 15.4",                                                                    // kRefresh
    "D 5 12 1.7 D 12 12 1.7 D 19 12 1.7",                                          // kMore
    "M 4 7 L 20 7 M 4 12 L 20 12 M 4 17 L 20 17",                                  // kMenu
    "M 6 9 L 12 15 L 18 9",                                                        // kChevronDown
    "M 6 15 L 12 9 L 18 15",                                                       // kChevronUp
    "M 15 6 L 9 12 L 15 18",                                                       // kChevronLeft
    "M 9 6 L 15 12 L 9 18",                                                        // kChevronRight
    "M 12 19 L 12 5 M 6.5 10.5 L 12 5 L 17.5 10.5",                                // kArrowUp
    "M 12 5 L 12 19 M 6.5 13.5 L 12 19 L 17.5 13.5",                               // kArrowDown
    "M 14 4 L 20 4 L 20 10 M 20 4 L 11 13 M 17 14 L 17 20 L 4 20 L 4 7 L 10 7",    // kExternal
    "M 7 4.5 L 19 12 L 7 19.5 Z",                                                  // kPlay
    "M 8.5 5 L 8.5 19 M 15.5 5 L 15.5 19",                                         // kPause
    "R 5.5 5.5 13 13 2",                                                           // kStop
    "C 12 12 8.5 M 12 7 L 12 12 L 15.5 14",                                        // kClock
    "R 4 5.5 16 14.5 2 M 4 10.5 L 20 10.5 M 8.5 3.5 L 8.5 7 M 15.5 3.5 L 15.5 7",  // kCalendar
    "M 6 3.5 L 14 3.5 L 18.5 8 L 18.5 20.5 L 6 20.5 Z M 14 3.5 L 14 8 L 18.5 8 M 9 13 L 15 13 M 9 "
    "16.5 L 15 16.5",                                             // kFile
    "C 12 12 8.5 M 12 11 L 12 16.5 D 12 7.8 1.2",                 // kInfo
    "C 12 12 8.5 M 8 12.2 L 11 15.2 L 16 9.2",                    // kSuccess
    "M 12 4 L 21 19.5 L 3 19.5 Z M 12 10 L 12 14 D 12 16.8 1.2",  // kWarning
    "C 12 12 8.5 M 12 7.5 L 12 13 D 12 16.2 1.2",                 // kError
    "M 6 16.5 L 6 11 A 12 10.5 6 180 360 M 18 11 L 18 16.5 L 19.5 16.5 M 4.5 16.5 L 19.5 16.5 A 12 "
    "18.5 2.2 0 180",                                                      // kBell
    "A 12 19 11 218 322 A 12 5 11 38 142 C 12 12 2.8",                     // kEye
    "R 5 10.5 14 9.5 2 M 8 10.5 L 8 8 A 12 8 4 180 360 M 16 8 L 16 10.5",  // kLock
    "C 12 12 4 M 12 3 L 12 5 M 12 19 L 12 21 M 3 12 L 5 12 M 19 12 L 21 12 M 5.6 5.6 L 7 7 M 17 17 "
    "L 18.4 18.4 M 18.4 5.6 L 17 "
    "7 M 7 17 L 5.6 18.4",                                      // kSun
    "A 12 12 8 -20 250 A 15.6 8.4 6.2 48 200",                  // kMoon
    "R 3.5 5.5 17 13 2 M 4 7 L 12 13 L 20 7",                   // kMail
    "M 4 4 L 12 4 L 20.5 12.5 L 12.5 20.5 L 4 12 Z D 8 8 1.3",  // kTag
    "M 10 14 L 14 10 M 11 7.5 L 13 5.5 A 15.8 8.2 3.8 225 405 M 18.5 11 L 16.5 13 M 13 16.5 L 11 "
    "18.5 A 8.2 15.8 3.8 45 225 M "
    "5.5 13 L 7.5 11",                                                             // kLink
    "C 12 12 8.5 M 3.5 12 L 20.5 12 A 4.5 12 11.3 -48 48 A 19.5 12 11.3 132 228",  // kGlobe
    "M 12 3.5 L 19 6 L 19 12 L 16.5 17 L 12 20.5 L 7.5 17 L 5 12 L 5 6 Z",         // kShield
    "M 12 3.5 L 14.6 9.2 L 20.8 9.9 L 16.2 14.1 L 17.4 20.2 L 12 17.1 L 6.6 20.2 L 7.8 14.1 L 3.2 "
    "9.9 L 9.4 9.2 Z",  // kStar
};
static_assert(std::size(kShapes) == static_cast<size_t>(Icon::kStar) + 1);

struct Pen {
  ImDrawList* list;
  ImVec2 origin;
  float scale;
  float thickness;
  ImU32 color;
  const char* at;

  float Number() {
    char* end = nullptr;
    const float value = std::strtof(at, &end);
    at = end;
    return value;
  }
  ImVec2 Point() {
    const float x = Number();
    const float y = Number();
    return ImVec2(origin.x + x * scale, origin.y + y * scale);
  }
  void Stroke(ImDrawFlags flags = 0) {
    if (list->_Path.Size > 1) list->PathStroke(color, flags, thickness);
    list->PathClear();
  }
  void Arc() {
    const ImVec2 center = Point();
    const float radius = Number() * scale;
    constexpr float kRadians = 3.14159265f / 180;
    const float from = Number() * kRadians;
    const float to = Number() * kRadians;
    Stroke();
    list->PathArcTo(center, radius, from, to, 16);
    Stroke();
  }
  void Rectangle() {
    const ImVec2 min = Point();
    const ImVec2 size(Number() * scale, Number() * scale);
    const float radius = Number() * scale;
    list->AddRect(min, ImVec2(min.x + size.x, min.y + size.y), color, radius, 0, thickness);
  }
  void Command(char command) {
    switch (command) {
      case 'M':
        Stroke();
        list->PathLineTo(Point());
        break;
      case 'L':
        list->PathLineTo(Point());
        break;
      case 'Z':
        Stroke(ImDrawFlags_Closed);
        break;
      case 'A':
        Arc();
        break;
      case 'C': {
        Stroke();
        const ImVec2 c = Point();
        list->AddCircle(c, Number() * scale, color, 0, thickness);
        break;
      }
      case 'D': {
        Stroke();
        const ImVec2 c = Point();
        list->AddCircleFilled(c, Number() * scale, color);
        break;
      }
      case 'R':
        Stroke();
        Rectangle();
        break;
      default:
        break;
    }
  }
};

}  // namespace

void DrawIcon(ImDrawList* list, Icon icon, ImVec2 top_left, float size_px, ImU32 color) {
  const float scale = size_px / 24;
  Pen pen{list, top_left, scale, 1.9f * scale, color, kShapes[static_cast<int>(icon)]};
  list->PathClear();
  while (*pen.at != '\0') {
    const char command = *pen.at++;
    if (command != ' ') pen.Command(command);
  }
  pen.Stroke();
}

}  // namespace leadline::ui
