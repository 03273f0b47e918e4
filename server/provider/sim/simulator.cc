#include "server/provider/sim/simulator.h"

#include <httplib.h>

#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "server/provider/sim/call_engine.h"
#include "server/provider/sim/control_api.h"
#include "server/provider/sim/retell_api.h"
#include "server/provider/sim/retell_view.h"
#include "server/provider/sim/sim_http.h"
#include "server/provider/sim/timers.h"
#include "server/provider/sim/vapi_api.h"
#include "server/provider/sim/vapi_view.h"
#include "server/provider/sim/webhook_faults.h"
#include "server/provider/sim/webhook_sender.h"

namespace leadline {
namespace {

// A kept-alive connection holds a thread, and so does a hanging answer.
constexpr size_t kServerThreads = 96;
constexpr double kMaxTimeScale = 100000;

struct Address {
  std::string host;
  int port = 0;
  bool ipv6 = false;
};

std::optional<Address> ParseAddress(const std::string& text) {
  const size_t colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0 || colon + 1 == text.size()) return std::nullopt;
  const std::string port = text.substr(colon + 1);
  if (port.size() > 5 || port.find_first_not_of("0123456789") != port.npos) return std::nullopt;
  Address address;
  address.host = text.substr(0, colon);
  address.port = std::stoi(port);
  address.ipv6 = address.host.front() == '[' && address.host.back() == ']';
  if (address.ipv6) address.host = address.host.substr(1, address.host.size() - 2);
  if (address.host.empty() || address.port > 65535) return std::nullopt;
  return address;
}

}  // namespace

struct Simulator::Parts {
  Parts(const SimOptions& options, TimeSource* time)
      : clock(time, options.time_scale, options.clock_base_ms),
        config(options.config),
        timers(time),
        sender(&clock, &timers),
        faults(&clock, &timers, &sender, options.seed),
        engine(&clock, &timers, &config, options.seed,
               [this](const SimCall& call, CallStep step) { Tell(call, step); }),
        context{&clock,
                &config,
                &engine,
                &sender,
                options.seed,
                "",
                [this](double seconds) { Wait(seconds); }},
        vapi(&context),
        retell(&context) {}

  void Tell(const SimCall& call, CallStep step) {
    const SimConfig now = config.Get();
    auto webhooks = call.provider == SimProvider::kVapi
                        ? VapiWebhooks(call, step, now, context.public_url, clock.WallMs())
                        : RetellWebhooks(call, step, now, context.public_url);
    for (Webhook& webhook : webhooks) faults.Send(call, std::move(webhook), now);
  }

  void Wait(double seconds) {
    std::unique_lock lock(mutex);
    stopped_changed.wait_for(lock, std::chrono::duration<double>(seconds), [&] { return stopped; });
  }

  Status Listen(const Address& address) {
    server.new_task_queue = [] { return new httplib::ThreadPool(kServerThreads); };
    PrepareServer(server);
    vapi.Register(server, "/vapi");
    retell.Register(server, "/retell");
    RegisterControlApi(server, &context);
    port = address.port;
    if (port == 0) port = server.bind_to_any_port(address.host);
    if (port < 0 || (address.port != 0 && !server.bind_to_port(address.host, port))) {
      return Unavailable("port_in_use", "The address cannot be listened on; choose another port.");
    }
    // A link to "every interface" leads nowhere.
    const std::string name = address.host == "0.0.0.0" ? "127.0.0.1" : address.host;
    const std::string host = address.ipv6 ? "[" + name + "]" : name;
    context.public_url = "http://" + host + ":" + std::to_string(port);
    listener = std::thread([this] { server.listen_after_bind(); });
    server.wait_until_ready();
    return {};
  }

  void Stop() {
    {
      std::lock_guard lock(mutex);
      if (std::exchange(stopped, true)) return;
    }
    stopped_changed.notify_all();
    sender.Stop();
    server.stop();
    if (listener.joinable()) listener.join();
    timers.Stop();
  }

  std::mutex mutex;
  std::condition_variable stopped_changed;
  bool stopped = false;
  int port = 0;
  SimClock clock;
  ConfigStore config;
  TimerQueue timers;
  WebhookSender sender;
  WebhookFaults faults;
  CallEngine engine;
  SimContext context;
  VapiApi vapi;
  RetellApi retell;
  httplib::Server server;
  std::thread listener;
};

Simulator::Simulator(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Simulator::~Simulator() {
  Stop();
}

Result<std::unique_ptr<Simulator>> Simulator::Start(SimOptions options) {
  const auto address = ParseAddress(options.listen);
  if (!address) {
    return Invalid("bad_listen_address", "Give the address as host:port, like 127.0.0.1:9090.");
  }
  if (!(options.time_scale >= 1 && options.time_scale <= kMaxTimeScale)) {
    return Invalid("bad_time_scale", "The time scale is a number from 1 to 100000.");
  }
  if (double& pace = options.config.retell_starts_per_second; pace < 0) {
    pace = options.time_scale > 1 ? 0 : 1;
  }
  TimeSource* time = options.time != nullptr ? options.time : &RealTime();
  auto parts = std::make_unique<Parts>(options, time);
  LEADLINE_RETURN_IF_ERROR(parts->Listen(*address));
  return std::unique_ptr<Simulator>(new Simulator(std::move(parts)));
}

int Simulator::port() const {
  return parts_->port;
}
std::string Simulator::url() const {
  return parts_->context.public_url;
}
void Simulator::Stop() {
  parts_->Stop();
}

int RunProviderSim(const SimOptions& options) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals,
                  nullptr);  // inherited by every thread, so that sigwait gets them
  auto simulator = Simulator::Start(options);
  if (!simulator.ok()) {
    std::fprintf(stderr, "error: %s\n", simulator.status().message().c_str());
    return 2;
  }
  const std::string url = (*simulator)->url();
  std::printf("provider simulator: %s/vapi and %s/retell, control: %s/sim\n", url.c_str(),
              url.c_str(), url.c_str());
  std::fflush(stdout);
  int signal = 0;
  sigwait(&signals, &signal);
  (*simulator)->Stop();
  return 0;
}

}  // namespace leadline
