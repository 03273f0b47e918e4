// The HTTP server of Leadline, put together: front, application, event hub.
#pragma once

#include <memory>
#include <string>

#include "server/http/app.h"
#include "server/http/event_hub.h"
#include "server/http/front.h"

namespace leadline {

class HttpServer {
 public:
  struct Options {
    Front::Options front;
    EventHub::Options events;
  };
  // `context` and what it names must outlive the server.
  HttpServer(const ServerContext* context, const Options& options);
  ~HttpServer() { Stop(); }

  // Returns the port it listens on. Errors: kUnavailable "cannot_listen".
  Result<int> Start(const ListenAddress& address);
  void Stop();

  // To be called after every commit that wrote events: Store::OnChange.
  void NotifyChange() { hub_.Notify(); }

 private:
  EventHub hub_;
  App app_;
  Front front_;
};

}  // namespace leadline
