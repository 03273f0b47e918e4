// Services of the browser: every function is a thin bridge to web/platform.js, and every answer an
// Event in the inbox.

#include <emscripten.h>

#include <cstdlib>
#include <utility>

#include "client/platform/platform.h"
#include "client/platform/surface.h"
#include "client/platform/web_bridge.h"

// clang-format off
EM_JS(double, HostNow, (), { return Date.now(); });
EM_JS(int, HostTimezone, (double t), { return -new Date(t).getTimezoneOffset(); });
EM_JS(char*, HostHash, (), { return Module.host.give(Module.host.hash()); });
EM_JS(void, HostSetHash, (const char* t, int n, int replace), { Module.host.setHash(UTF8ToString(t, n), replace); });
EM_JS(void, HostFollow, (const char* t, int n), { Module.host.followHash(UTF8ToString(t, n)); });
EM_JS(void, HostOpenUrl, (const char* t, int n, int tab), { Module.host.openUrl(UTF8ToString(t, n), tab); });
EM_JS(void, HostTitle, (const char* t, int n), { document.title = UTF8ToString(t, n); });
EM_JS(int, HostPick, (const char* t, int n, int many), { return Module.host.pickFile(UTF8ToString(t, n), many); });
EM_JS(void, HostRelease, (int handle), { Module.host.files.delete(handle); });
EM_JS(int, HostDragged, (), { return Module.host.dragging ? 1 : 0; });
EM_JS(void, HostDownload, (const char* a, int an, const char* m, int mn, const char* b, int bn), {
  Module.host.download(UTF8ToString(a, an), UTF8ToString(m, mn), Module.HEAPU8.slice(b, b + bn)); });
EM_JS(void, HostDownloadUrl, (const char* u, int un, const char* a, int an), {
  Module.host.downloadUrl(UTF8ToString(u, un), UTF8ToString(a, an)); });
EM_JS(void, HostCopy, (const char* t, int n), { Module.host.copy(UTF8ToString(t, n)); });
EM_JS(void, HostOffer, (const char* t, int n), { Module.host.offered = UTF8ToString(t, n); });
EM_JS(int, HostFetch, (const char* m, int mn, const char* u, int un, const char* h, int hn, const char* b, int bn, int file), {
  return Module.host.fetch(UTF8ToString(m, mn), UTF8ToString(u, un), UTF8ToString(h, hn), UTF8ToString(b, bn), file); });
EM_JS(void, HostCancel, (int id), { Module.host.cancelFetch(id); });
EM_JS(void, HostStream, (const char* u, int un, const char* t, int tn), {
  Module.host.openStream(UTF8ToString(u, un), UTF8ToString(t, tn)); });
EM_JS(void, HostCloseStream, (), { Module.host.closeStream(); });
EM_JS(int, HostStartWorker, (const char* u, int n), { return Module.host.startWorker(UTF8ToString(u, n)); });
EM_JS(void, HostPost, (int id, const char* t, int n, int file), { Module.host.postToWorker(id, UTF8ToString(t, n), file); });
EM_JS(void, HostStopWorker, (int id), { Module.host.stopWorker(id); });
EM_JS(char*, HostLoad, (const char* k, int n), { return Module.host.give(Module.host.load(UTF8ToString(k, n))); });
EM_JS(void, HostSave, (const char* k, int kn, const char* v, int vn), { Module.host.save(UTF8ToString(k, kn), UTF8ToString(v, vn)); });
EM_JS(void, HostError, (const char* t, int n), { console.error(UTF8ToString(t, n)); });
EM_JS(void, HostAudit, (const char* t, int n), { Module.host.auditProblem(UTF8ToString(t, n)); });
// clang-format on

namespace leadline::platform {
namespace {

std::vector<Event> g_inbox;

int Size(std::string_view text) {
  return static_cast<int>(text.size());
}

}  // namespace

std::string TakeString(char* text) {
  std::string taken(text == nullptr ? "" : text);
  std::free(text);
  return taken;
}

std::vector<Event> TakeEvents() {
  return std::exchange(g_inbox, {});
}

double NowMs() {
  return HostNow();
}
int TimezoneOffsetMinutes(double utc_ms) {
  return HostTimezone(utc_ms);
}

std::string UrlHash() {
  return TakeString(HostHash());
}
void SetUrlHash(std::string_view hash, bool replace) {
  HostSetHash(hash.data(), Size(hash), replace);
}
void FollowHash(std::string_view hash) {
  HostFollow(hash.data(), Size(hash));
}
void OpenUrl(std::string_view url, bool new_tab) {
  HostOpenUrl(url.data(), Size(url), new_tab);
}
void SetTitle(std::string_view title) {
  HostTitle(title.data(), Size(title));
}

int OpenFilePicker(std::string_view accept, bool multiple) {
  return HostPick(accept.data(), Size(accept), multiple);
}
void ReleaseFile(int handle) {
  HostRelease(handle);
}
bool FilesDragged() {
  return HostDragged() != 0;
}
void Download(std::string_view name, std::string_view mime, std::string_view bytes) {
  HostDownload(name.data(), Size(name), mime.data(), Size(mime), bytes.data(), Size(bytes));
}
void DownloadUrl(std::string_view url, std::string_view name) {
  HostDownloadUrl(url.data(), Size(url), name.data(), Size(name));
}
void CopyToClipboard(std::string_view text) {
  HostCopy(text.data(), Size(text));
}
void OfferCopy(std::string_view text) {
  HostOffer(text.data(), Size(text));
}

int Fetch(const FetchRequest& request) {
  std::string headers;
  for (const auto& [name, value] : request.headers) headers += name + ": " + value + "\n";
  return HostFetch(request.method.data(), Size(request.method), request.url.data(),
                   Size(request.url), headers.data(), Size(headers), request.body.data(),
                   Size(request.body), request.file);
}
void CancelFetch(int id) {
  HostCancel(id);
}
void OpenStream(std::string_view url, std::string_view types) {
  HostStream(url.data(), Size(url), types.data(), Size(types));
}
void CloseStream() {
  HostCloseStream();
}

int StartWorker(std::string_view url) {
  return HostStartWorker(url.data(), Size(url));
}
void PostToWorker(int worker, std::string_view json, int file) {
  HostPost(worker, json.data(), Size(json), file);
}
void StopWorker(int worker) {
  HostStopWorker(worker);
}

std::string LoadLocal(std::string_view key) {
  return TakeString(HostLoad(key.data(), Size(key)));
}
void SaveLocal(std::string_view key, std::string_view value) {
  HostSave(key.data(), Size(key), value.data(), Size(value));
}
void LogError(std::string_view text) {
  HostError(text.data(), Size(text));
}
void ReportAuditProblem(std::string_view text) {
  HostAudit(text.data(), Size(text));
}

}  // namespace leadline::platform

// From web/platform.js. `kind` is an EventKind, texts are UTF-8 and owned by the caller.
extern "C" EMSCRIPTEN_KEEPALIVE void ll_event(int kind, int id, int request, int status,
                                              double number, double total, const char* name,
                                              const char* text, const char* headers) {
  using namespace leadline::platform;
  g_inbox.push_back({.kind = static_cast<EventKind>(kind),
                     .id = id,
                     .request = request,
                     .status = status,
                     .number = number,
                     .total = total,
                     .name = name,
                     .text = text,
                     .headers = headers});
  Wake();
}
