#include "server/cli/instance.h"

#include <spdlog/spdlog.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <mutex>

#include "common/base/utf8.h"
#include "server/base/random.h"
#include "server/base/zones.h"
#include "server/cli/version.h"
#include "server/http/server.h"
#include "server/scheduler/executor.h"
#include "server/scheduler/scheduler.h"
#include "server/scheduler/worker.h"
#include "server/service/imports.h"
#include "server/store/sqlite/sqlite_store.h"

namespace leadline {
namespace {

// Create requests under way at any instant; each waits for the provider alone.
constexpr int kProviderThreads = 32;
constexpr int64_t kMaxTimeScale = 100000;
constexpr const char* kBaseUrls[kProviderCount] = {"https://api.retellai.com",
                                                   "https://api.vapi.ai"};

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string WithoutSlash(std::string url) {
  while (!url.empty() && url.back() == '/') url.pop_back();
  return url;
}

// What the HTTP server and the scheduler are told by the store, whichever of them is there.
class ChangeRelay {
 public:
  void Set(std::function<void()> http, std::function<void()> scheduler) {
    const std::lock_guard<std::mutex> lock(mutex_);
    http_ = std::move(http);
    scheduler_ = std::move(scheduler);
  }
  void Tell() {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (http_) http_();
    if (scheduler_) scheduler_();
  }
  void Wake() {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (scheduler_) scheduler_();
  }

 private:
  std::mutex mutex_;
  std::function<void()> http_;
  std::function<void()> scheduler_;
};

Status CheckInstanceOptions(const InstanceOptions& options) {
  if (options.time_scale < 1 || options.time_scale > kMaxTimeScale) {
    return Invalid("bad_time_scale", "--time-scale takes a whole number from 1 to 100000.");
  }
  for (const ProviderConfig& provider : options.providers) {
    if (options.time_scale > 1 && !IsLoopbackUrl(provider.base_url)) {
      return Invalid("bad_time_scale",
                     "--time-scale works with simulated providers only: set VAPI_BASE_URL and "
                     "RETELL_BASE_URL to this machine. Real people are not called on a fast "
                     "clock.");
    }
  }
  if (!options.public_url.empty() && !options.public_url.starts_with("https://") &&
      !IsLoopbackUrl(options.public_url)) {
    return Invalid("bad_public_url",
                   "--public-url takes an https address, such as https://calls.example.com.");
  }
  return {};
}

}  // namespace

// Destroyed from the last to the first: nothing outlives what it uses.
struct Instance::Parts {
  InstanceOptions options;
  std::string url;
  SystemZones zones;
  const SystemClock steady_clock;  // never sped up; the store measures by it
  SystemRandom random;
  ChangeRelay changed;
  std::unique_ptr<Store> store;
  std::unique_ptr<SystemClock> clock;
  std::unique_ptr<CallProvider> providers[kProviderCount];
  std::unique_ptr<Scheduler> scheduler;
  std::unique_ptr<PoolExecutor> executor;
  std::unique_ptr<Imports> imports;
  std::unique_ptr<SchedulerWorker> worker;
  std::atomic<TimeMs> calling_since_steady_ms{0};
  ServerContext context;
  std::unique_ptr<HttpServer> http;

  Status OpenStore();
  Status MakeProviders();
  void MakeScheduler();
  void MakeContext();
  Status Listen();
};

Status Instance::Parts::OpenStore() {
  Result<std::unique_ptr<Store>> opened =
      OpenSqliteStore({.folder = options.data, .zones = &zones, .clock = &steady_clock});
  if (!opened.ok()) return opened.status();
  store = std::move(*opened);
  const Result<TimeMs> latest = store->LatestInstant();
  if (!latest.ok()) return latest.status();
  clock = std::make_unique<SystemClock>(options.time_scale, *latest);
  return {};
}

Status Instance::Parts::MakeProviders() {
  for (int i = 0; i < kProviderCount; ++i) {
    const auto id = static_cast<Provider>(i);
    ProviderConfig config = options.providers[i];
    if (!options.public_url.empty()) {
      config.webhook_url = options.public_url + "/webhooks/" + std::string(NameOf(id));
    }
    Result<std::unique_ptr<CallProvider>> provider = MakeProvider(id, config);
    if (!provider.ok()) return provider.status();
    providers[i] = std::move(*provider);
  }
  return {};
}

void Instance::Parts::MakeScheduler() {
  executor = std::make_unique<PoolExecutor>(kProviderThreads);
  Scheduler::Parts parts;
  parts.store = store.get();
  parts.clock = clock.get();
  parts.random = &random;
  parts.executor = executor.get();
  for (int i = 0; i < kProviderCount; ++i) parts.providers[i] = providers[i].get();
  scheduler = std::make_unique<Scheduler>(parts);
}

void Instance::Parts::MakeContext() {
  imports = std::make_unique<Imports>(store.get(), clock.get(), options.data + "/imports",
                                      [this] { changed.Wake(); });
  context.store = store.get();
  context.clock = clock.get();
  context.zones = &zones;
  context.random = &random;
  context.imports = imports.get();
  for (int i = 0; i < kProviderCount; ++i) context.providers[i] = providers[i].get();
  context.readiness = [this](Provider p) { return scheduler->readiness(p); };
  context.wake_scheduler = [this] { changed.Wake(); };
  context.version = kVersion;
  context.public_url = options.public_url;
  if (options.calls) {
    context.last_pass_steady_ms = [this] {
      const TimeMs pass = worker == nullptr ? 0 : worker->last_pass_steady_ms();
      return pass == 0 ? calling_since_steady_ms.load() : pass;
    };
  }
}

Status Instance::Parts::Listen() {
  const Result<ListenAddress> address = ParseListenAddress(options.listen);
  if (!address.ok()) return address.status();
  calling_since_steady_ms = clock->SteadyMs();
  http = std::make_unique<HttpServer>(&context, HttpServer::Options{});
  changed.Set([this] { http->NotifyChange(); }, nullptr);
  store->OnChange([this](int64_t) { changed.Tell(); });
  const Result<int> port = http->Start(*address);
  if (!port.ok()) return port.status();
  const std::string host = address->host == "::1" ? "[::1]" : address->host;
  url = "http://" + host + ":" + std::to_string(*port);
  std::ofstream(AddressFile(options.data)) << url << "\n";
  return {};
}

Result<std::unique_ptr<Instance>> Instance::Open(const InstanceOptions& options) {
  auto parts = std::make_unique<Parts>();
  parts->options = options;
  parts->options.public_url = WithoutSlash(options.public_url);
  LEADLINE_RETURN_IF_ERROR(CheckInstanceOptions(parts->options));
  // Told before anything is opened: most people who see it mistyped.
  if (const auto address = ParseListenAddress(options.listen); !address.ok()) {
    return address.status();
  }
  LEADLINE_RETURN_IF_ERROR(parts->MakeProviders());
  LEADLINE_RETURN_IF_ERROR(parts->OpenStore());
  parts->MakeScheduler();
  parts->MakeContext();
  std::unique_ptr<Instance> instance(new Instance(std::move(parts)));
  LEADLINE_RETURN_IF_ERROR(instance->parts_->Listen());
  LEADLINE_RETURN_IF_ERROR(instance->parts_->imports->Resume());
  return instance;
}

Instance::Instance(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Instance::~Instance() {
  if (!parts_->url.empty()) {
    std::error_code ignored;
    std::filesystem::remove(AddressFile(parts_->options.data), ignored);
  }
  if (parts_->http != nullptr) parts_->http->Stop();
  parts_->changed.Set(nullptr, nullptr);
  parts_->worker.reset();
}

Status Instance::StartCalling() {
  Parts& p = *parts_;
  if (!p.options.calls) return {};
  LEADLINE_RETURN_IF_ERROR(p.scheduler->Recover(p.clock->NowMs()));
  p.worker = std::make_unique<SchedulerWorker>(p.scheduler.get(), p.clock.get());
  p.changed.Set([&p] { p.http->NotifyChange(); }, [&p] { p.worker->Wake(); });
  return {};
}

Store& Instance::store() {
  return *parts_->store;
}

const Clock& Instance::clock() const {
  return *parts_->clock;
}

const std::string& Instance::url() const {
  return parts_->url;
}

void ReadProviderEnvironment(InstanceOptions* options) {
  ProviderConfig& retell = options->providers[static_cast<int>(Provider::kRetell)];
  ProviderConfig& vapi = options->providers[static_cast<int>(Provider::kVapi)];
  retell.api_key = Environment("RETELL_API_KEY");
  retell.webhook_secret = Environment("RETELL_WEBHOOK_KEY");
  retell.base_url = WithoutSlash(Environment("RETELL_BASE_URL"));
  vapi.api_key = Environment("VAPI_API_KEY");
  vapi.webhook_secret = Environment("VAPI_WEBHOOK_SECRET");
  vapi.base_url = WithoutSlash(Environment("VAPI_BASE_URL"));
  for (int i = 0; i < kProviderCount; ++i) {
    if (options->providers[i].base_url.empty()) options->providers[i].base_url = kBaseUrls[i];
  }
}

bool IsLoopbackUrl(std::string_view url) {
  std::string host = HostOfUrl(url);
  if (const size_t colon = host.rfind(':'); colon != std::string::npos && host.back() != ']') {
    host.resize(colon);
  }
  return host == "127.0.0.1" || host == "localhost" || host == "[::1]";
}

std::string AddressFile(const std::string& data) {
  return data + "/leadline.address";
}

}  // namespace leadline
