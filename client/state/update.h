// The one place that changes the client's state. Every input of the program goes through Model:
// what users want (Command), what the server answers (Reply), what it says by itself (stream), what
// the browser and the worker report. After each, effects() holds what is to be done outside.
// Nothing in here touches the browser, so all of it runs in native tests. One thread.
#pragma once

#include <string>
#include <string_view>

#include "client/state/command.h"
#include "client/state/context.h"

namespace leadline {

class Model {
 public:
  const AppState& state() const { return context_.state; }

  // Before Start: what a KeepEffect under kColumnMemoryKey kept.
  void Recall(std::string_view columns);
  // First of all; `hash` as in the address, without '#'.
  void Start(std::string_view hash, TimeMs now);
  // Before anything else in a frame: the browser's clock. Loads what became due.
  void Tick(TimeMs now);
  // When Tick has something to do next; empty: nothing is waiting.
  std::optional<TimeMs> NextTick() const { return context_.NextDue(); }

  void Apply(const Command& command);
  void OnReply(const Reply& reply) { context_.OnReply(reply); }
  // Back, forward, or an address typed by hand.
  void OnHash(std::string_view hash);
  // Bytes of an upload that are on their way.
  void OnUploadProgress(int64_t sent_bytes);

  void OnStreamState(LiveState live);
  void OnStreamEvent(std::string_view data);
  void OnVisible();

  void OnFile(int handle, std::string_view name, int64_t bytes);
  void OnWorkerMessage(std::string_view json);
  void OnWorkerFailed(std::string_view message);

  // What is to be done outside, in order; given once.
  Effects TakeEffects() { return std::exchange(context_.effects, {}); }

 private:
  Context context_;
};

}  // namespace leadline
