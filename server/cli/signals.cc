#include "server/cli/signals.h"

#include <unistd.h>

#include <csignal>
#include <thread>

namespace leadline {
namespace {

sigset_t StopSet() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

}  // namespace

StopSignals::StopSignals() {
  const sigset_t set = StopSet();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  signal(SIGPIPE, SIG_IGN);
}

void StopSignals::Wait() const {
  const sigset_t set = StopSet();
  int which = 0;
  sigwait(&set, &which);
  std::thread([set] {
    int again = 0;
    sigwait(&set, &again);
    _exit(128 + again);
  }).detach();
}

}  // namespace leadline
