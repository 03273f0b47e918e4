// leadline serve
#include <spdlog/spdlog.h>

#include <cstdio>

#include "server/cli/commands.h"
#include "server/cli/instance.h"
#include "server/cli/signals.h"

namespace leadline {

int RunServe(const ServeOptions& options) {
  const StopSignals signals;
  InstanceOptions instance_options;
  instance_options.listen = options.listen;
  instance_options.data = options.data;
  instance_options.public_url = options.public_url;
  instance_options.time_scale = options.time_scale;
  ReadProviderEnvironment(&instance_options);
  const auto instance = Instance::Open(instance_options);
  if (!instance.ok()) {
    std::fprintf(stderr, "leadline: %s\n", instance.status().message().c_str());
    return kExitTrouble;
  }
  if (const Status status = (*instance)->StartCalling(); !status.ok()) {
    std::fprintf(stderr, "leadline: %s\n", status.message().c_str());
    return kExitTrouble;
  }
  std::printf("Leadline is on %s   (data in %s; stop with Ctrl-C)\n", (*instance)->url().c_str(),
              options.data.c_str());
  std::fflush(stdout);
  signals.Wait();
  spdlog::info("stopping");
  return 0;
}

}  // namespace leadline
