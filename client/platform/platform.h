// What the client needs from the machine it runs in: time, URL, files, network, storage. One
// header, one implementation per platform, chosen by CMake: platform_web.cc (a browser) and
// platform_native.cc (a recording stand-in for tests). Everything runs on one thread.
//
// Nothing here calls back into the program: whatever the browser reports becomes an Event in an
// inbox that the program drains at the start of a frame (TakeEvents), so state changes in one place
// only. Requests return a positive id at once; their answer is a later Event with that id.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace leadline::platform {

enum class EventKind {
  kUrlHash,    // text: the new hash without '#'. Back, forward, typed URLs; not sent for SetUrlHash
  kFetchDone,  // id; status (0: no answer, see text); text: body; headers
  kFetchProgress,  // id; number: bytes sent; total: bytes to send (uploads of files only)
  kFile,  // id: handle; name; number: size in bytes; text: MIME type; request: of OpenFilePicker, 0
          // for a drop or rows that were pasted
  kFileDrag,             // status 1: files are dragged over the page, 0: no more
  kFilePickerCancelled,  // request
  kStream,               // name: event type; text: data; headers: event id
  kStreamState,          // status 0: connecting, 1: open, 2: given up
  kWorker,               // id: worker; text: JSON
  kWorkerFailed,         // id: worker; text: message
  kEnvironment,          // size, zoom, colours or motion changed; read it with Env()
  kShortcut,  // text: "/" or "?" outside text fields; with status 1 (Ctrl or Command) "k", "s",
              // "Enter"
  kOnline,    // status 1: the browser has a network again, 0: it lost it
  kVisible,   // status 1: the tab came to the front, 0: it went to the back
};

struct Event {
  EventKind kind = EventKind::kEnvironment;
  int id = 0;
  int request = 0;
  int status = 0;
  double number = 0;
  double total = 0;
  std::string name = {};
  std::string text = {};
  std::string headers = {};  // "name: value" lines, lower-case names
};

// The events since the last call, oldest first.
std::vector<Event> TakeEvents();
// The value of a header in Event::headers; `name` in lower case; "" when absent.
std::string_view HeaderOf(const Event& event, std::string_view name);

struct Environment {
  float width_px = 1280;  // CSS pixels: the unit of every coordinate in the client
  float height_px = 800;
  float pixel_ratio = 1;  // device pixels per CSS pixel, browser zoom included
  bool dark = false;      // the system asks for dark colours
  bool reduced_motion = false;
  bool coarse_pointer = false;  // a finger: larger targets
  bool forced_colors = false;   // high contrast mode
  bool mac = false;             // Command instead of Control in key hints
};
const Environment& Env();

// Frames. Nothing is drawn unless somebody asks: input and events do so themselves.
double NowMs();                   // wall clock, UTC, milliseconds since 1970
double FrameTimeMs();             // monotonic time of this frame
void Wake(int frames = 2);        // draw this many more frames
void WakeAfter(double delay_ms);  // draw again then at the latest (clocks, tooltips, toasts)
// What this frame draws is not complete (letters are still missing): the last picture stays on the
// screen until the next frame, which must be asked for too. Never twice in a row.
void HoldPicture();
int TimezoneOffsetMinutes(double utc_ms);  // local time minus UTC at that moment

// The page. The hash is the route ("/leads?status=failed"); equal ones are ignored.
std::string UrlHash();
void SetUrlHash(std::string_view hash, bool replace);  // replace: no new entry in the history
void OpenUrl(std::string_view url, bool new_tab);
void SetTitle(std::string_view title);

// Files. A handle stands for a File of the browser; its bytes never enter this heap.
// `accept` as in HTML (".csv,.xlsx"). Only works while a click or key press is being handled.
int OpenFilePicker(std::string_view accept, bool multiple = false);
void ReleaseFile(int handle);
bool FilesDragged();  // files are being dragged over the page now
void Download(std::string_view name, std::string_view mime, std::string_view bytes);
void DownloadUrl(std::string_view url, std::string_view name);
void CopyToClipboard(std::string_view text);
// What Ctrl+C copies while no text field has the focus (a grid's selection as TSV); "" is nothing.
// Kept for one frame.
void OfferCopy(std::string_view text);

// Network. Same origin only.
struct FetchRequest {
  std::string method = "GET";
  std::string url = {};
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::string body = {};
  int file =
      0;  // a file handle: its bytes are the body, streamed by the browser, with kFetchProgress
};
int Fetch(const FetchRequest& request);
void CancelFetch(int id);  // no event follows
// Server-sent events; one stream at a time. `types`: comma-separated event names to listen to
// beside "message".
void OpenStream(std::string_view url, std::string_view types);
void CloseStream();

// Web workers. Messages are JSON objects; with a file handle, the worker gets {message, file}.
int StartWorker(std::string_view url);
void PostToWorker(int worker, std::string_view json, int file = 0);
void StopWorker(int worker);

// Kept in this browser; strings of at most a few kilobytes. "" when absent.
std::string LoadLocal(std::string_view key);
void SaveLocal(std::string_view key, std::string_view value);  // "" removes it

// A problem for the developer's console.
void LogError(std::string_view text);

}  // namespace leadline::platform
