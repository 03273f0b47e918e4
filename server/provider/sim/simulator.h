// The provider simulator: a real HTTP server that behaves like Vapi (under /vapi) and Retell (under
// /retell), so that Leadline can be shown, tested and rehearsed without dialling anybody. Control
// under /sim; see docs/provider-sim.md.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "common/base/status.h"
#include "server/provider/sim/sim_clock.h"
#include "server/provider/sim/sim_config.h"

namespace leadline {

struct SimOptions {
  std::string listen = "127.0.0.1:9090";  // port 0 takes a free one; "[::1]:9090" works too
  uint64_t seed = 1;                      // who answers, and how long they talk
  double time_scale = 1;                  // divides every delay of a call's life; 1..100000
  TimeMs clock_base_ms = 0;               // start of the simulated clock; 0: now
  SimConfig config;
  TimeSource* time = nullptr;  // for tests; must outlive the simulator
};

// Thread-safe. Owns a listening socket and its threads.
class Simulator {
 public:
  // Listens when it returns. Errors: kInvalid "bad_listen_address", "bad_time_scale"; kUnavailable
  // "port_in_use".
  static Result<std::unique_ptr<Simulator>> Start(SimOptions options);
  ~Simulator();  // stops
  Simulator(const Simulator&) = delete;
  Simulator& operator=(const Simulator&) = delete;

  int port() const;
  std::string url() const;  // "http://127.0.0.1:9090"
  // Breaks off requests and webhooks, drops what was still to happen, joins every thread.
  // Idempotent.
  void Stop();

 private:
  struct Parts;
  explicit Simulator(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

// Runs until SIGINT or SIGTERM; prints where it listens on standard output. Returns the exit code.
// Call it from the main thread, before other threads are started.
int RunProviderSim(const SimOptions& options);

}  // namespace leadline
