// Frames, canvas and input of the browser. There is no loop: the page calls ll_frame when a frame
// was asked for.

#include <GLES3/gl3.h>
#include <backends/imgui_impl_opengl3.h>
#include <emscripten.h>
#include <emscripten/html5.h>

#include <algorithm>
#include <utility>

#include "client/platform/platform.h"
#include "client/platform/scroll.h"
#include "client/platform/surface.h"
#include "client/platform/web_bridge.h"
#include "imgui.h"

// clang-format off
EM_JS(void, HostWake, (), { Module.host.wake(); });
EM_JS(void, HostWakeAfter, (double ms), { Module.host.wakeAfter(ms); });
EM_JS(void, HostMirror, (const char* t, int n), { Module.host.mirror.apply(UTF8ToString(t, n)); });
EM_JS(void, HostFocus, (unsigned id), { Module.host.mirror.focus(id >>> 0); });
EM_JS(void, HostAnnounce, (const char* t, int n, int assertive), { Module.host.announce(UTF8ToString(t, n), assertive); });
EM_JS(void, HostTheme, (int dark, int background, int text, int muted, int accent), {
  Module.host.setTheme(dark, background, text, muted, accent); });
EM_JS(void, HostCursor, (int cursor), { Module.host.setCursor(cursor); });
EM_JS(int, HostGlyph, (int codepoint, double em, int* box, unsigned* pixels, int capacity), {
  return Module.host.rasterize(codepoint, em, box >> 2, pixels, capacity); });
// clang-format on

namespace leadline::platform {
namespace {

constexpr int kMaxGlyphPx = 160;

struct Loop {
  Program program;
  Environment env;
  std::vector<MirrorInput> input;
  std::string_view fonts[2];
  PageTheme theme;
  TouchScroll touch;
  double frame_ms = 0;
  double last_ms = 0;
  int wanted = 0;
  bool in_frame = false;
  bool hold = false;
  bool held = false;  // the last frame was not shown
  bool has_gl = false;
  bool has_objects = false;  // the renderer's shaders and textures exist
  Cursor cursor = Cursor::kDefault;
  Cursor shown_cursor = Cursor::kDefault;
};

Loop& L() {
  static Loop* const loop = new Loop;
  return *loop;
}

bool CreateGl() {
  EmscriptenWebGLContextAttributes attributes;
  emscripten_webgl_init_context_attributes(&attributes);
  attributes.majorVersion = 2;
  attributes.enableExtensionsByDefault = false;
  attributes.alpha = false;
  attributes.depth = attributes.stencil = attributes.antialias = false;
  const EMSCRIPTEN_WEBGL_CONTEXT_HANDLE context =
      emscripten_webgl_create_context("#canvas", &attributes);
  return context > 0 && emscripten_webgl_make_context_current(context) == EMSCRIPTEN_RESULT_SUCCESS;
}

void RenderGl() {
  const Environment& env = L().env;
  const uint32_t page = L().theme.background;
  glViewport(0, 0, static_cast<int>(env.width_px * env.pixel_ratio + 0.5f),
             static_cast<int>(env.height_px * env.pixel_ratio + 0.5f));
  glClearColor(static_cast<float>(page >> 16 & 0xff) / 255,
               static_cast<float>(page >> 8 & 0xff) / 255, static_cast<float>(page & 0xff) / 255,
               1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

void Frame(double time_ms, bool draw) {
  Loop& loop = L();
  loop.frame_ms = time_ms;
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = ImVec2(loop.env.width_px, loop.env.height_px);
  io.DisplayFramebufferScale = ImVec2(loop.env.pixel_ratio, loop.env.pixel_ratio);
  io.DeltaTime = static_cast<float>(std::clamp((time_ms - loop.last_ms) / 1000, 0.0001, 0.1));
  loop.last_ms = time_ms;
  if (loop.touch.Step(time_ms)) Wake(2);
  loop.program.prepare();
  if (loop.has_gl && !loop.has_objects) {
    ImGui_ImplOpenGL3_NewFrame();  // creates them
    loop.has_objects = true;
  }
  ImGui::NewFrame();
  loop.program.draw();
  ImGui::Render();
  const bool hold = std::exchange(loop.hold, false) && !loop.held;
  if (draw && loop.has_gl && !hold) RenderGl();
  if (draw) loop.held = hold;
  if (loop.cursor != loop.shown_cursor) HostCursor(static_cast<int>(loop.cursor));
  loop.shown_cursor = loop.cursor;
}

void Tap(ImVec2 at, int button) {
  ImGuiIO& io = ImGui::GetIO();
  io.AddMousePosEvent(at.x, at.y);
  io.AddMouseButtonEvent(button, true);
  io.AddMouseButtonEvent(button, false);
  io.AddMousePosEvent(-FLT_MAX, -FLT_MAX);  // a finger does not hover
}

void Touch(int kind, ImVec2 at, double time_ms) {
  TouchScroll& touch = L().touch;
  if (kind == 1) {
    touch.Down(at, time_ms);
  } else if (kind == 0) {
    touch.Move(at, time_ms);
  } else if (kind == 2 && touch.down()) {
    if (!touch.Up(time_ms)) Tap(at, 0);
  } else if (kind == 5 && touch.down() && !touch.scrolling()) {
    touch.Cancel();
    Tap(at, 1);
  } else if (kind == 3) {
    touch.Cancel();
  }
}

void Mouse(int kind, ImVec2 at, int button) {
  ImGuiIO& io = ImGui::GetIO();
  if (kind == 4) {
    io.AddMousePosEvent(-FLT_MAX, -FLT_MAX);
    return;
  }
  io.AddMousePosEvent(at.x, at.y);
  if (kind == 1 || kind == 2) io.AddMouseButtonEvent(button, kind == 1);
  if (kind == 3) io.AddMouseButtonEvent(0, false);
}

}  // namespace

bool Run(const Program& program) {
  Loop& loop = L();
  loop.program = program;
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.ConfigInputTrickleEventQueue = true;
  loop.has_gl = CreateGl() && ImGui_ImplOpenGL3_Init("#version 300 es");
  return loop.has_gl;
}

void AskForFrame() {
  HostWake();
}
void HoldPicture() {
  L().hold = true;
}
const Environment& Env() {
  return L().env;
}
double FrameTimeMs() {
  return L().frame_ms;
}

void Wake(int frames) {
  L().wanted = std::max(L().wanted, frames);
  if (!L().in_frame) AskForFrame();
}

void WakeAfter(double delay_ms) {
  HostWakeAfter(std::max(delay_ms, 0.0));
}

std::vector<MirrorInput> TakeMirrorInput() {
  return std::exchange(L().input, {});
}
void SendMirror(std::string_view changes) {
  HostMirror(changes.data(), static_cast<int>(changes.size()));
}
void FocusMirrorNode(uint32_t id) {
  HostFocus(id);
}
void Announce(std::string_view text, bool assertive) {
  HostAnnounce(text.data(), static_cast<int>(text.size()), assertive);
}

void SetPageTheme(const PageTheme& theme) {
  PageTheme& now = L().theme;
  if (now.background == theme.background && now.text == theme.text && now.dark == theme.dark)
    return;
  now = theme;
  HostTheme(theme.dark, static_cast<int>(theme.background), static_cast<int>(theme.text),
            static_cast<int>(theme.muted), static_cast<int>(theme.accent));
}

void SetCursor(Cursor cursor) {
  L().cursor = cursor;
}
std::string_view FontBytes(bool semibold) {
  return L().fonts[semibold ? 1 : 0];
}

void UploadFontTexture() {
  if (L().has_objects) {
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
  } else if (!L().has_gl) {
    ImGui::GetIO().Fonts->SetTexID(reinterpret_cast<ImTextureID>(1));
  }
}

GlyphImage RasterizeGlyph(uint32_t codepoint, float em_px) {
  GlyphImage image;
  std::vector<uint32_t> pixels(kMaxGlyphPx * kMaxGlyphPx);
  int box[4] = {};  // width, height, advance in hundredths, coloured
  if (HostGlyph(static_cast<int>(codepoint), em_px, box, pixels.data(), kMaxGlyphPx) == 0)
    return image;
  image.width = box[0];
  image.height = box[1];
  image.advance_px = static_cast<float>(box[2]) / 100;
  image.colored = box[3] != 0;
  pixels.resize(static_cast<size_t>(box[0]) * static_cast<size_t>(box[1]));
  image.pixels = std::move(pixels);
  return image;
}

}  // namespace leadline::platform

// What web/platform.js calls. Coordinates are CSS pixels, times are performance.now().
extern "C" {

using leadline::platform::L;

// Runs a frame; `draw` 0 leaves the canvas as it is. Returns how many more frames are wanted.
EMSCRIPTEN_KEEPALIVE int ll_frame(double time_ms, int draw) {
  L().wanted = std::max(L().wanted - 1, 0);
  L().in_frame = true;
  leadline::platform::Frame(time_ms, draw != 0);
  L().in_frame = false;
  return L().wanted;
}

EMSCRIPTEN_KEEPALIVE void ll_environment(float width_px, float height_px, float pixel_ratio,
                                         int bits) {
  leadline::platform::Environment& env = L().env;
  env.width_px = width_px;
  env.height_px = height_px;
  env.pixel_ratio = pixel_ratio;
  env.dark = (bits & 1) != 0;
  env.reduced_motion = (bits & 2) != 0;
  env.coarse_pointer = (bits & 4) != 0;
  env.forced_colors = (bits & 8) != 0;
  env.mac = (bits & 16) != 0;
}

// kind: 0 move, 1 down, 2 up, 3 cancelled, 4 left the page, 5 a finger has rested for half a
// second.
EMSCRIPTEN_KEEPALIVE void ll_pointer(int kind, float x, float y, int button, int touch, int shift,
                                     double time_ms) {
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Shift, shift != 0);
  if (kind != 0) leadline::platform::Wake(2);
  if (touch != 0) {
    leadline::platform::Touch(kind, ImVec2(x, y), time_ms);
  } else {
    leadline::platform::Mouse(kind, ImVec2(x, y), button);
  }
}

EMSCRIPTEN_KEEPALIVE void ll_wheel(float x, float y, float dx, float dy) {
  leadline::platform::ScrollAt(ImVec2(x, y), ImVec2(dx, dy));
}

EMSCRIPTEN_KEEPALIVE void ll_focus(int on) {
  ImGui::GetIO().AddFocusEvent(on != 0);
  if (on == 0) L().touch.Cancel();
}

EMSCRIPTEN_KEEPALIVE void ll_mirror(int kind, unsigned id, int number, int shift, float x, float y,
                                    const char* text) {
  using leadline::platform::MirrorInput;
  L().input.push_back({static_cast<MirrorInput::Kind>(kind), id, number, shift != 0, x, y, text});
}

// The bytes stay where they are for ever.
EMSCRIPTEN_KEEPALIVE void ll_font(int semibold, const char* bytes, int size) {
  L().fonts[semibold != 0 ? 1 : 0] = std::string_view(bytes, static_cast<size_t>(size));
}

EMSCRIPTEN_KEEPALIVE void ll_context_restored() {
  if (!L().has_objects) return;
  ImGui_ImplOpenGL3_DestroyDeviceObjects();
  ImGui_ImplOpenGL3_CreateDeviceObjects();
}
}
