// leadline demo
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "server/base/random.h"
#include "server/cli/child_simulator.h"
#include "server/cli/commands.h"
#include "server/cli/demo_data.h"
#include "server/cli/instance.h"
#include "server/cli/signals.h"

namespace leadline {
namespace {

namespace fs = std::filesystem;

// Gone with everything in it when the demo ends.
class ThrowAwayFolder {
 public:
  ThrowAwayFolder() {
    std::string name = (fs::temp_directory_path() / "leadline-demo-XXXXXX").string();
    if (mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~ThrowAwayFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  ThrowAwayFolder(const ThrowAwayFolder&) = delete;
  ThrowAwayFolder& operator=(const ThrowAwayFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

int Trouble(const Status& status) {
  std::fprintf(stderr, "leadline demo: %s\n", status.message().c_str());
  return kExitTrouble;
}

// Whatever the environment says, this instance knows the simulator and nobody else.
InstanceOptions DemoInstance(const DemoOptions& options, const std::string& data,
                             const std::string& simulator_url, Random& random) {
  InstanceOptions instance;
  instance.listen = options.listen;
  instance.data = data;
  // On a free port (tests) the simulator cannot know where webhooks go: calls are polled then.
  if (!options.listen.ends_with(":0")) instance.public_url = "http://" + options.listen;
  instance.time_scale = options.time_scale;
  for (int i = 0; i < kProviderCount; ++i) {
    const std::string name(kProviderNames[i]);
    instance.providers[i].base_url = simulator_url + "/" + name;
    instance.providers[i].api_key = "demo-" + random.Uuid();
  }
  instance.providers[static_cast<int>(Provider::kVapi)].webhook_secret = random.Uuid();
  return instance;
}

}  // namespace

int RunDemo(const DemoOptions& options) {
  const StopSignals signals;
  const ThrowAwayFolder folder;
  if (folder.path().empty()) return Trouble(Internal("No temporary folder can be made."));
  const auto simulator = ChildSimulator::Start(options.time_scale, options.seed);
  if (!simulator.ok()) return Trouble(simulator.status());
  SystemRandom random;
  const auto instance =
      Instance::Open(DemoInstance(options, folder.path(), (*simulator)->url(), random));
  if (!instance.ok()) return Trouble(instance.status());
  Status status = FillDemo(&(*instance)->store(), (*instance)->clock().NowMs());
  if (status.ok()) status = (*instance)->StartCalling();
  if (!status.ok()) return Trouble(status);
  std::printf(
      "\n  Leadline demo: open %s\n\n"
      "  Simulated people, a clock that runs %lld times as fast, a throw-away data folder:\n"
      "  nobody real is called, and everything is gone when you stop it with Ctrl-C.\n\n",
      (*instance)->url().c_str(), static_cast<long long>(options.time_scale));
  std::fflush(stdout);
  signals.Wait();
  return 0;
}

}  // namespace leadline
