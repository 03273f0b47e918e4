#include "server/http/server.h"

namespace leadline {

HttpServer::HttpServer(const ServerContext* context, const Options& options)
    : hub_(context->store, options.events), app_(context, &hub_), front_(&app_, options.front) {
  front_.set_default_headers(App::SecurityHeaders());
}

Result<int> HttpServer::Start(const ListenAddress& address) {
  // Before the first request can come: a fixed port is known, a free one only once it is bound.
  app_.SetPort(address.port);
  const Result<int> port = front_.Start(address.host, address.port);
  if (port.ok()) app_.SetPort(*port);
  return port;
}

void HttpServer::Stop() {
  front_.Stop();
}

}  // namespace leadline
