#include <algorithm>
#include <map>
#include <utility>

#include "client/platform/native.h"
#include "imgui.h"

namespace leadline::platform {
namespace {

Program g_program;
std::map<std::string, std::string, std::less<>> g_local;
int g_next_id = 1;

}  // namespace

Native& TheNative() {
  static Native* const native = new Native;
  return *native;
}

void ResetNative() {
  TheNative() = Native();
  g_local.clear();
}

bool Run(const Program& program) {
  g_program = program;
  if (ImGui::GetCurrentContext() == nullptr) ImGui::CreateContext();
  ImGui::GetIO().IniFilename = nullptr;
  return true;
}

int RunFrames(int most) {
  Native& native = TheNative();
  int frames = 0;
  do {
    native.wanted_frames = std::max(native.wanted_frames - 1, 0);
    native.frame_time_ms += 16;
    native.mirror.clear();
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = ImVec2(native.env.width_px, native.env.height_px);
    io.DeltaTime = 0.016f;
    g_program.prepare();
    ImGui::NewFrame();
    g_program.draw();
    ImGui::Render();
    ++frames;
  } while (native.wanted_frames > 0 && frames < most);
  return frames;
}

std::vector<Event> TakeEvents() {
  return std::exchange(TheNative().events, {});
}
std::vector<MirrorInput> TakeMirrorInput() {
  return std::exchange(TheNative().input, {});
}
const Environment& Env() {
  return TheNative().env;
}
double NowMs() {
  return TheNative().now_ms;
}
double FrameTimeMs() {
  return TheNative().frame_time_ms;
}
void Wake(int frames) {
  TheNative().wanted_frames = std::max(TheNative().wanted_frames, frames);
}
void WakeAfter(double) {}
void HoldPicture() {}
int TimezoneOffsetMinutes(double) {
  return 0;
}

std::string UrlHash() {
  return TheNative().hash;
}
void SetUrlHash(std::string_view hash, bool) {
  TheNative().hash = hash;
}
void FollowHash(std::string_view hash) {
  TheNative().hash = hash;
  TheNative().events.push_back({.kind = EventKind::kUrlHash, .text = std::string(hash)});
}
void OpenUrl(std::string_view, bool) {}
void SetTitle(std::string_view title) {
  TheNative().title = title;
}

int OpenFilePicker(std::string_view, bool) {
  return g_next_id++;
}
void ReleaseFile(int) {}
bool FilesDragged() {
  return false;
}
void Download(std::string_view name, std::string_view, std::string_view) {
  TheNative().downloads.emplace_back(name);
}
void DownloadUrl(std::string_view url, std::string_view) {
  TheNative().downloads.emplace_back(url);
}
void CopyToClipboard(std::string_view text) {
  TheNative().clipboard = text;
}
void OfferCopy(std::string_view) {}

int Fetch(const FetchRequest& request) {
  TheNative().fetches.emplace_back(g_next_id, request);
  return g_next_id++;
}
void CancelFetch(int id) {
  TheNative().cancelled.push_back(id);
}
void OpenStream(std::string_view url, std::string_view) {
  TheNative().stream_url = url;
}
void CloseStream() {
  TheNative().stream_url.clear();
}
int StartWorker(std::string_view) {
  return g_next_id++;
}
void PostToWorker(int worker, std::string_view json, int) {
  TheNative().worker_messages.emplace_back(worker, std::string(json));
}
void StopWorker(int) {}

std::string LoadLocal(std::string_view key) {
  const auto found = g_local.find(key);
  return found == g_local.end() ? std::string() : found->second;
}
void SaveLocal(std::string_view key, std::string_view value) {
  g_local[std::string(key)] = value;
}
void LogError(std::string_view) {}

void SendMirror(std::string_view changes) {
  TheNative().mirror += changes;
}
void FocusMirrorNode(uint32_t id) {
  TheNative().focus_requested = id;
}
void ReportAuditProblem(std::string_view text) {
  TheNative().audit.emplace_back(text);
}
void Announce(std::string_view text, bool) {
  TheNative().announcements.emplace_back(text);
}
void SetPageTheme(const PageTheme&) {}
void SetCursor(Cursor) {}
std::string_view FontBytes(bool) {
  return {};
}
void UploadFontTexture() {
  unsigned char* pixels = nullptr;
  int width = 0;
  int height = 0;
  ImGui::GetIO().Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
  ImGui::GetIO().Fonts->SetTexID(reinterpret_cast<ImTextureID>(1));
}
GlyphImage RasterizeGlyph(uint32_t, float) {
  return {};
}

}  // namespace leadline::platform
