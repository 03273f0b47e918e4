// Where blocking requests to providers run. Injected: a bounded pool of threads in the server,
// inline in tests.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace leadline {

class Executor {
 public:
  virtual ~Executor() = default;
  // How many jobs would start at once. The scheduler never hands over more: a claimed call must not
  // wait in a queue.
  virtual int Free() = 0;
  virtual void Run(std::function<void()> job) = 0;
};

class InlineExecutor final : public Executor {
 public:
  int Free() override { return 500; }
  void Run(std::function<void()> job) override { job(); }
};

// Thread-safe. The destructor waits for running jobs.
class PoolExecutor final : public Executor {
 public:
  explicit PoolExecutor(int threads);
  ~PoolExecutor() override;
  int Free() override;
  void Run(std::function<void()> job) override;

 private:
  void Work();

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> jobs_;
  int busy_ = 0;
  bool stop_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace leadline
