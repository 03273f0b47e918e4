// The simulator as a program of its own, for the SDK tests: `leadline provider-sim` without the
// rest of Leadline.
//   provider_sim_main LISTEN SEED TIME_SCALE
#include <cstdlib>

#include "server/provider/sim/simulator.h"

int main(int argc, char** argv) {
  leadline::SimOptions options;
  if (argc > 1) options.listen = argv[1];
  if (argc > 2) options.seed = std::strtoull(argv[2], nullptr, 10);
  if (argc > 3) options.time_scale = std::strtod(argv[3], nullptr);
  return leadline::RunProviderSim(options);
}
