#include "server/store/sqlite/housekeeper.h"

#include <spdlog/spdlog.h>

#include <chrono>

namespace leadline {
namespace {

constexpr int kSoftPages = 1000;  // 4 MB: worth a checkpoint as soon as it is quiet
constexpr int kHardPages = 8000;  // 32 MB: do it even when it is not
constexpr std::chrono::milliseconds kQuiet(25);

}  // namespace

Housekeeper::Housekeeper(Db* writer, FifoMutex* writer_mutex)
    : writer_(writer), writer_mutex_(writer_mutex) {
  sqlite3_wal_hook(writer_->handle(), &Housekeeper::OnCommit, this);
  thread_ = std::thread([this] { Run(); });
}

Housekeeper::~Housekeeper() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stop_ = true;
  }
  wake_.notify_all();
  thread_.join();
  sqlite3_wal_hook(writer_->handle(), nullptr, nullptr);
}

int Housekeeper::OnCommit(void* self, sqlite3*, const char*, int pages) {
  auto* keeper = static_cast<Housekeeper*>(self);
  keeper->log_pages_ = pages;
  {
    const std::lock_guard<std::mutex> lock(keeper->mutex_);
    ++keeper->commits_;
  }
  keeper->wake_.notify_all();
  return SQLITE_OK;
}

void Housekeeper::Run() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (!stop_) {
    const uint64_t seen = commits_;
    if (!merge_due_ && log_pages_ < kSoftPages) {
      wake_.wait(lock, [&] { return stop_ || commits_ != seen; });
      merge_due_ = true;
      continue;
    }
    const bool quiet = !wake_.wait_for(lock, kQuiet, [&] { return stop_ || commits_ != seen; });
    lock.unlock();
    Tidy(quiet);
    lock.lock();
  }
}

void Housekeeper::Tidy(bool quiet) {
  const int pages = log_pages_;
  const bool overfull = pages >= kHardPages;
  if (!quiet && !overfull) return;
  const bool checkpoint = pages >= kSoftPages;
  if (overfull) {
    writer_mutex_->lock();
  } else if (!writer_mutex_->try_lock()) {
    return;
  }
  writer_->ClearError();
  if (checkpoint) {
    Checkpoint();
  } else {
    merge_due_ = MergeSearch();
  }
  writer_mutex_->unlock();
}

void Housekeeper::Checkpoint() {
  int pages = 0, done = 0;
  const int rc = sqlite3_wal_checkpoint_v2(writer_->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                           &pages, &done);
  if (rc != SQLITE_OK) spdlog::warn("store: checkpoint: {}", sqlite3_errmsg(writer_->handle()));
  // What a long read still holds back is tried again after the next commit.
  log_pages_ = 0;
}

bool Housekeeper::MergeSearch() {
  constexpr int kPagesAtATime = 64;
  const int64_t before = sqlite3_total_changes64(writer_->handle());
  writer_->Run("INSERT INTO lead_search(lead_search, rank) VALUES ('merge', ?)", kPagesAtATime);
  // FTS5 says so in its manual: fewer than two changes mean that nothing was left to merge.
  return writer_->ok() && sqlite3_total_changes64(writer_->handle()) - before >= 2;
}

}  // namespace leadline
