// What the update functions work with: the state they change, the effects they leave behind,
// requests whose answers come back to a function beside them, and reloads that are due later. One
// thread.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "client/net/api.h"
#include "client/net/effect.h"
#include "client/state/app_state.h"

namespace leadline {

class Context;
// Called at most once, in a later frame. Captures ids, never pointers into the state.
using ReplyHandler = std::function<void(Context&, const Reply&)>;

// A part of the state that a change on the server makes old.
enum class Topic : uint8_t {
  kLeads,
  kPanel,
  kSummary,
  kCampaigns,
  kAssistants,
  kSettings,
  kCalls,
  kSuppressions,
  kImports,
  kGates,
  kClock,
  kStream,
};

class Context {
 public:
  AppState state;
  Effects effects;

  TimeMs now() const { return state.now; }

  // Returns the request's id, for Remote<T>::Start.
  int Send(HttpEffect request, ReplyHandler handler);
  int Get(std::string path, ReplyHandler handler);
  int Post(std::string path, const Json& body, ReplyHandler handler);
  // Sends nothing more for it and drops the answer.
  void Cancel(int request);
  void OnReply(const Reply& reply);

  void Notify(std::string_view text, NoticeTone tone = NoticeTone::kNeutral);
  // What went wrong, in the server's words.
  void NotifyProblem(const Status& status);

  // Loads it again at the latest after `delay_ms`; several wishes become one.
  void Refresh(Topic topic, TimeMs delay_ms);
  // When the earliest of them is due.
  std::optional<TimeMs> NextDue() const;
  // A topic that is due now, taken from the list; false when none is.
  bool TakeDue(Topic* topic);

 private:
  std::map<int, ReplyHandler> pending_;
  int next_request_ = 1;
  std::map<Topic, TimeMs> due_;
};

}  // namespace leadline
