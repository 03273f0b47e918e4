#include "server/store/sqlite/housekeeper.h"

#include <spdlog/spdlog.h>

#include <chrono>

#include "common/dial/window.h"

namespace leadline {
namespace {

constexpr int kSoftPages = 500;  // 2 MB: worth a checkpoint as soon as it is quiet
constexpr int kHardPages = 600;  // 2.4 MB: do it even when it is not; more would take too long
constexpr int kLeadsAtATime = 1000;
constexpr int kPagesAtATime = 32;
constexpr std::chrono::milliseconds kQuiet(25);
constexpr std::chrono::milliseconds kBetweenQuietSteps(1);
constexpr std::chrono::milliseconds kBetweenSteps(10);

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
    if (!index_due_ && !merge_due_ && log_pages_ < kSoftPages) {
      wake_.wait(lock, [&] { return stop_ || commits_ != seen; });
      index_due_ = merge_due_ = true;
      continue;
    }
    const bool quiet = !wake_.wait_for(lock, was_quiet_ ? kBetweenQuietSteps : kQuiet,
                                       [&] { return stop_ || commits_ != seen; });
    was_quiet_ = quiet;
    if (!quiet && !stop_) {
      index_due_ = true;
      wake_.wait_for(lock, kBetweenSteps, [&] { return stop_; });
    }
    lock.unlock();
    Tidy(quiet);
    lock.lock();
  }
}

void Housekeeper::Tidy(bool quiet) {
  const int pages = log_pages_;
  const bool overfull = pages >= kHardPages;
  if (!quiet && !overfull && !index_due_) return;
  if (!quiet) {
    writer_mutex_->lock();
  } else if (!writer_mutex_->try_lock()) {
    return;
  }
  writer_->ClearError();
  if (overfull || (quiet && pages >= kSoftPages)) {
    Checkpoint();
  } else if (index_due_ && !merge_next_) {
    index_due_ = IndexSearch(quiet);
    merge_next_ = true;
  } else if (quiet || merge_next_) {
    // In turns, so that the pieces never become too many.
    merge_due_ = MergeSearch();
    merge_next_ = false;
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

// Not past the leads that an import is about to write: their ids are lower than those of leads made
// meanwhile, and the index is filled in the order of the ids.
bool Housekeeper::IndexSearch(bool quiet) {
  if (!quiet && writer_->IntOf("SELECT 1 FROM import WHERE state = 2 LIMIT 1", 0) != 0) return true;
  const int64_t from = writer_->IntOf("SELECT indexed_to FROM search_progress WHERE id = 1", 0);
  const int64_t to = writer_->IntOf(
      "SELECT coalesce(max(id), 0) FROM (SELECT id FROM lead WHERE id > ?1 AND id <= coalesce("
      "(SELECT min(id_base + next_row) FROM import WHERE state = 2 AND reserved_to > next_row), "
      "?2) "
      "ORDER BY id LIMIT ?3)",
      0, from, kNever, kLeadsAtATime);
  if (to <= from) return false;
  writer_->RunScript("BEGIN IMMEDIATE");
  writer_->Run(
      "INSERT INTO lead_search (rowid, name, phone, email, company) SELECT id, name, phone, email, "
      "company FROM lead WHERE id > ? AND id <= ? ORDER BY id",
      from, to);
  writer_->Run("UPDATE search_progress SET indexed_to = ? WHERE id = 1", to);
  writer_->RunScript("COMMIT");
  const bool ok = writer_->ok();
  if (writer_->in_transaction()) {
    writer_->ClearError();
    writer_->RunScript("ROLLBACK");
  }
  return ok;
}

bool Housekeeper::MergeSearch() {
  const int64_t before = sqlite3_total_changes64(writer_->handle());
  writer_->Run("INSERT INTO lead_search(lead_search, rank) VALUES ('merge', ?)", kPagesAtATime);
  // FTS5 says so in its manual: fewer than two changes mean that nothing was left to merge.
  return writer_->ok() && sqlite3_total_changes64(writer_->handle()) - before >= 2;
}

}  // namespace leadline
