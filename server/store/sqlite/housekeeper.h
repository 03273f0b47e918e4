// What the store does when nobody waits for it: moves the write-ahead log into the file, puts new
// leads into the search index, and merges its pieces. On a thread of its own but on the writer's
// connection, in moments in which no write has come for a little while; so the commits themselves
// stay short. The search index does not wait for quiet for ever: it goes on in small steps between
// the writes, unless they are an import's, which would wait for it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

#include "server/store/sqlite/db.h"
#include "server/store/sqlite/fifo_mutex.h"

namespace leadline {

class Housekeeper {
 public:
  // Both outlive it. Starts the thread.
  Housekeeper(Db* writer, FifoMutex* writer_mutex);
  ~Housekeeper();
  Housekeeper(const Housekeeper&) = delete;
  Housekeeper& operator=(const Housekeeper&) = delete;

 private:
  static int OnCommit(void* self, sqlite3* db, const char* name, int pages);
  void Run();
  void Tidy(bool quiet);
  void Checkpoint();
  bool IndexSearch(bool quiet);  // true: there are more leads to index
  bool MergeSearch();            // true: there is more to merge

  Db* const writer_;
  FifoMutex* const writer_mutex_;
  std::atomic<int> log_pages_{0};
  bool index_due_ = true;  // of the thread, as the next one
  bool merge_due_ = true;
  bool merge_next_ = false;  // after a step of the index
  bool was_quiet_ = false;

  std::mutex mutex_;
  std::condition_variable wake_;
  uint64_t commits_ = 0;  // guarded by mutex_
  bool stop_ = false;     // guarded by mutex_
  std::thread thread_;
};

}  // namespace leadline
