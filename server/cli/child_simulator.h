// The provider simulator as a child process of this very binary, on a free port, gone with its
// parent.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>

#include "common/base/status.h"

namespace leadline {

class ChildSimulator {
 public:
  // Waits until it listens. kUnavailable "simulator_failed".
  static Result<std::unique_ptr<ChildSimulator>> Start(int64_t time_scale, uint64_t seed);
  ~ChildSimulator();  // ends it
  ChildSimulator(const ChildSimulator&) = delete;
  ChildSimulator& operator=(const ChildSimulator&) = delete;

  const std::string& url() const { return url_; }  // "http://127.0.0.1:12345"

 private:
  ChildSimulator(pid_t pid, std::string url) : pid_(pid), url_(std::move(url)) {}

  const pid_t pid_;
  const std::string url_;
};

}  // namespace leadline
