// What the simulator's routes share: an answer as a value, with the ways in which answers go wrong.
#pragma once

#include <httplib.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "common/base/json.h"
#include "server/provider/sim/call_engine.h"
#include "server/provider/sim/sim_clock.h"
#include "server/provider/sim/sim_config.h"
#include "server/provider/sim/webhook_sender.h"

namespace leadline {

inline constexpr size_t kMaxSimBodyBytes = 1 << 20;

struct SimReply {
  int status = 200;
  std::string body;
  std::string content_type = "application/json; charset=utf-8";
  std::vector<std::pair<std::string, std::string>> headers;
  bool close = false;           // say nothing and close the socket ...
  double hang_seconds = 0;      // ... after this much real time
  std::function<void()> after;  // runs once the answer is written
};

SimReply JsonReply(int status, const Json& body);
// With the line feeds and content type of a proxy in between.
SimReply HtmlReply(int status, std::string_view title);

// Everything a route may use. All outlive the server's threads.
struct SimContext {
  SimClock* clock;
  ConfigStore* config;
  CallEngine* engine;
  WebhookSender* sender;
  uint64_t seed;
  std::string public_url;                    // "http://127.0.0.1:9090"
  std::function<void(double)> wait_seconds;  // real time; cut short by Stop
};

using SimHandler = std::function<SimReply(const httplib::Request&)>;
httplib::Server::Handler Route(const SimContext* context, SimHandler handler);

// Makes the server able to close without a word and to tell when an answer is out. Call once,
// before it listens.
void PrepareServer(httplib::Server& server);

// The key of "Authorization: Bearer <key>", or "" when there is none.
std::string BearerKey(const httplib::Request& request);

}  // namespace leadline
