#include "server/cli/child_simulator.h"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <vector>

namespace leadline {
namespace {

constexpr size_t kMaxGreetingBytes = 64 * 1024;

// In the child, between fork and exec: only calls that are safe there.
[[noreturn]] void BecomeSimulator(int output, char* const* arguments) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  setpgid(0, 0);  // Ctrl-C is for the parent, which ends us in its own order
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  dup2(output, STDOUT_FILENO);
  execv("/proc/self/exe", arguments);
  _exit(127);
}

// Reads up to the address that the simulator prints when it listens; empty when it ends before.
std::string ReadUrl(int fd) {
  constexpr std::string_view kScheme = "http://";
  std::string text;
  char piece[512];
  while (text.size() < kMaxGreetingBytes) {
    const ssize_t n = read(fd, piece, sizeof piece);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    text.append(piece, static_cast<size_t>(n));
    const size_t at = text.find(kScheme);
    const size_t end = at == std::string::npos
                           ? at
                           : text.find_first_not_of("0123456789.:[]", at + kScheme.size());
    if (end != std::string::npos) return text.substr(at, end - at);
  }
  return "";
}

}  // namespace

Result<std::unique_ptr<ChildSimulator>> ChildSimulator::Start(int64_t time_scale, uint64_t seed) {
  int fds[2];
  if (pipe(fds) != 0) return Unavailable("simulator_failed", "The simulator cannot be started.");
  const std::string scale = std::to_string(time_scale);
  const std::string seed_text = std::to_string(seed);
  const char* arguments[] = {"leadline",     "provider-sim", "--listen",
                             "127.0.0.1:0",  "--seed",       seed_text.c_str(),
                             "--time-scale", scale.c_str(),  nullptr};
  const pid_t pid = fork();
  if (pid == 0) BecomeSimulator(fds[1], const_cast<char* const*>(arguments));
  close(fds[1]);
  std::string url = pid < 0 ? "" : ReadUrl(fds[0]);
  // The pipe stays open: a simulator that goes on printing must not die of it.
  if (url.empty()) {
    if (pid > 0) {
      kill(pid, SIGKILL);
      waitpid(pid, nullptr, 0);
    }
    close(fds[0]);
    return Unavailable("simulator_failed", "The simulator cannot be started.");
  }
  return std::unique_ptr<ChildSimulator>(new ChildSimulator(pid, std::move(url)));
}

ChildSimulator::~ChildSimulator() {
  kill(pid_, SIGTERM);
  waitpid(pid_, nullptr, 0);
}

}  // namespace leadline
