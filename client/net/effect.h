// What a change of state asks of the outside world. The state never talks to the browser itself: it
// leaves effects behind, which the runner (runner.h) carries out after the update, and whose
// answers come back as events of a later frame. Tests read the effects instead. Plain values.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace leadline {

// One request to the server; answered by a Reply with the same id.
struct HttpEffect {
  int id = 0;
  std::string method = {};
  std::string path = {};  // from the root: "/api/v1/leads?limit=200"
  std::string body = {};  // JSON, or empty
  int64_t if_match = 0;   // 0: none
  int file = 0;           // a file handle whose bytes are the body
};
// No reply follows.
struct CancelHttpEffect {
  int id = 0;
};
struct SetHashEffect {
  std::string hash;
  bool replace = false;  // no new entry in the history
};
struct OpenStreamEffect {
  std::string path;
};
struct StartWorkerEffect {};
// The message is JSON; with a file handle, the worker gets that file too.
struct WorkerEffect {
  std::string message;
  int file = 0;
};
struct StopWorkerEffect {};
struct ReleaseFileEffect {
  int file = 0;
};
struct DownloadEffect {
  std::string url;
  std::string name;
};
// In this browser, under `key`; empty forgets it.
struct KeepEffect {
  std::string_view key;  // a literal
  std::string value;
};
enum class NoticeTone : uint8_t { kNeutral, kSuccess, kWarning, kDanger };
// A short message that goes by itself.
struct NoticeEffect {
  std::string text;
  NoticeTone tone = NoticeTone::kNeutral;
};
// For screen readers alone: counters that change by themselves.
struct AnnounceEffect {
  std::string text;
};
using Effect = std::variant<HttpEffect, CancelHttpEffect, SetHashEffect, OpenStreamEffect,
                            StartWorkerEffect, WorkerEffect, StopWorkerEffect, ReleaseFileEffect,
                            DownloadEffect, KeepEffect, NoticeEffect, AnnounceEffect>;
using Effects = std::vector<Effect>;

}  // namespace leadline
