// Server-sent events: one thread holds every open stream, however many, and no thread of the front.
//
// Each client has a cursor into the store's growing list of changes; nothing is queued for it
// beyond one bounded piece of text, so a slow reader falls behind and catches up from the store,
// and one that does not read at all is closed. A client that is further behind than the store
// remembers is told to reload.
//
// On the wire: `event: ready` (with the id from which changes will follow) first, then one event
// per change (common/api/envelope.h Change), `event: reload`, and a comment line every 15 s.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "common/base/time.h"
#include "server/store/store.h"

namespace leadline {

class EventHub {
 public:
  struct Options {
    int max_clients = 500;
    int heartbeat_ms = 15 * 1000;
    int tick_ms = 40;  // changes are gathered so long before they are sent
    int stall_ms = 30 * 1000;
    size_t max_buffer_bytes = 256 * 1024;
  };
  // `store` must outlive the hub. Starts its thread.
  EventHub(Store* store, const Options& options);
  ~EventHub();  // closes every stream

  bool HasRoom() const { return clients_count_ < options_.max_clients; }
  // Takes the socket. `head` is written first. Changes with id > `after_id` follow; negative: only
  // what happens from now on. Thread-safe.
  void Adopt(int fd, std::string head, int64_t after_id);
  // There may be new changes. Thread-safe, returns at once.
  void Notify();
  int clients() const { return clients_count_; }

 private:
  struct Client {
    int fd = -1;
    int64_t cursor = -1;
    std::string out;
    TimeMs moved_at = 0;  // when bytes were last taken, or there were none to take
    TimeMs spoke_at = 0;
    bool gone = false;
    ~Client();
  };
  struct Piece {
    std::string text;
    int64_t last_id = 0;
  };

  void Run();
  void TakeNew();
  void WaitForSomething();
  void Greet(Client& client);
  void Fill(Client& client, std::map<int64_t, Piece>& pieces);
  const Piece* Read(int64_t after_id, std::map<int64_t, Piece>& pieces);
  void Send(Client& client);
  void DropGone();

  Store* const store_;
  const Options options_;
  const int wake_fd_;
  std::atomic<int> clients_count_{0};
  std::atomic<bool> stop_{false};
  std::atomic<bool> notified_{false};
  std::mutex mutex_;
  std::vector<std::unique_ptr<Client>> arriving_;  // guarded by mutex_
  std::vector<std::unique_ptr<Client>> clients_;   // the hub's thread only
  bool behind_ = false;                            // some client has not been given everything yet
  std::thread thread_;
};

}  // namespace leadline
