// The part of the platform that client/ui stands on: frames, the page's semantic mirror, and what
// people do with it. Views use platform.h and client/ui only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace leadline::platform {

// What runs in a frame. `prepare` comes before ImGui::NewFrame (fonts, style), `draw` between
// NewFrame and Render.
struct Program {
  void (*prepare)() = nullptr;
  void (*draw)() = nullptr;
};
// Creates the ImGui context, the canvas' GL context and runs `program` for as long as the page
// lives. Returns at once in a browser. False when WebGL2 is missing: the mirror then works alone.
bool Run(const Program& program);

// Something a person did to a node of the mirror, through the keyboard, a screen reader or a text
// field.
struct MirrorInput {
  enum class Kind {
    kActivate,  // Enter, Space, or a click that had no pointer
    kFocus,     // got the focus; number is 1 when a ring has to be drawn
    kBlur,      // lost it
    kText,      // text: the field's new content
    kSubmit,    // Enter in a one-line field
    kKey,       // number: an ImGuiKey; shift
    kChar,      // text: one typed character, for type-ahead
    kScroll,    // x, y: the browser scrolled the node's content to there
  };
  Kind kind = Kind::kActivate;
  uint32_t id = 0;
  int number = 0;
  bool shift = false;
  float x = 0;
  float y = 0;
  std::string text = {};
};
std::vector<MirrorInput> TakeMirrorInput();

// Sends the changes of the mirror; the format is described in semantics.cc and web/mirror.js.
void SendMirror(std::string_view changes);
void FocusMirrorNode(uint32_t id);  // after the next SendMirror
// An accessibility defect found by client/ui: an error in the console, counted for tests.
void ReportAuditProblem(std::string_view text);
// Reads `text` aloud without showing it.
void Announce(std::string_view text, bool assertive);

// Colours (0xRRGGBB) and sizes for what the DOM draws: the focused text field.
struct PageTheme {
  bool dark = false;
  uint32_t background = 0;
  uint32_t text = 0;
  uint32_t muted = 0;
  uint32_t accent = 0;
};
void SetPageTheme(const PageTheme& theme);
// Goes to a route as a click on a link does: new history entry, and the event kUrlHash.
void FollowHash(std::string_view hash);
enum class Cursor { kDefault, kPointer, kText, kNotAllowed, kResizeColumn };
void SetCursor(Cursor cursor);

// Fonts. The page has loaded the files; the bytes stay valid for ever. Empty: not there.
std::string_view FontBytes(bool semibold);
void UploadFontTexture();
// One character in the system's font, for what Inter does not have: RGBA rows of `width` x `height`
// device pixels.
struct GlyphImage {
  int width = 0;
  int height = 0;
  float advance_px = 0;  // device pixels
  bool colored = false;
  std::vector<uint32_t> pixels;
};
GlyphImage RasterizeGlyph(uint32_t codepoint, float em_px);

}  // namespace leadline::platform
