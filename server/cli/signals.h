// SIGINT and SIGTERM as something to wait for. Made on the main thread before any other thread, so
// that all of them leave the signals to it.
#pragma once

namespace leadline {

class StopSignals {
 public:
  StopSignals();
  // Returns at the first of them. A second one ends the process at once, which is safe at any
  // moment.
  void Wait() const;
};

}  // namespace leadline
