// Carries effects out on the platform, and tells which of the platform's later events answer them.
// One per program; one thread.
#pragma once

#include <map>
#include <optional>

#include "client/net/api.h"
#include "client/net/effect.h"
#include "client/platform/platform.h"

namespace leadline {

class Runner {
 public:
  // Everything but notices and announcements, which belong to the screen: those are left to the
  // caller.
  void Run(const Effect& effect);
  // The answer to a HttpEffect, when the event is one.
  std::optional<Reply> ReplyOf(const platform::Event& event);
  // Is this event of the worker that runs now? Others are late words of one that was stopped.
  bool IsWorker(const platform::Event& event) const { return worker_ != 0 && event.id == worker_; }

 private:
  void Send(const HttpEffect& http);

  std::map<int, int> request_of_fetch_;
  std::map<int, int> fetch_of_request_;
  int worker_ = 0;
};

}  // namespace leadline
