// The life of an import on the server: options, upload with its dry run, commit on a thread of its
// own, cancel, undo, reject file.
//
//   waiting --Upload--> checked --Commit--> committing --> committed --Undo--> undone
//
// An uploaded file, text or workbook, lies in DATA/imports/ID.csv as it came until it is seven days
// old; the store keeps everything else. A commit that was broken off by a crash goes on at the next
// start. Thread-safe.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "common/api/import_json.h"
#include "common/table/checker.h"
#include "server/base/clock.h"
#include "server/store/store.h"

namespace leadline {

class Imports {
 public:
  // `folder` is made when missing. `on_committed` is called on the worker's thread after each
  // commit or undo. Store and clock must outlive this.
  Imports(Store* store, const Clock* clock, std::string folder, std::function<void()> on_committed);
  ~Imports();  // stops between two chunks; the commit goes on at the next start

  // Queues what an earlier process left half committed or half undone, and removes old files.
  Status Resume();

  // Errors: kInvalid with fields; kNotFound for an unknown campaign, by the store.
  Result<ImportRecord> Create(const ImportOptions& options);
  Result<ImportRecord> Get(ImportId id);

  // Bytes of the file, up to `max` at a time; 0 at the end.
  using Source = std::function<size_t(char* to, size_t max)>;
  // Spools and checks in one go. `whole` tells after the last byte whether all of them came.
  // Errors: kRefused "wrong_state", "busy"; kUnavailable "store_full" (less than 200 MB would stay
  // free), "upload_broken"; what ListOptionsOf and, for a workbook, CheckFile say.
  Result<ImportRecord> Upload(ImportId id, const Source& source,
                              const std::function<bool()>& whole);

  // Starts the commit; it goes on in the background. kRefused "wrong_state".
  Result<ImportRecord> Commit(ImportId id);
  // While waiting or checked: forgets the file. While committing: stops, and takes back what was
  // written. kRefused "wrong_state" afterwards.
  Result<ImportRecord> Discard(ImportId id);
  // kRefused "wrong_state".
  Result<UndoRecord> Undo(ImportId id);

  // The reject file, in pieces, until `write` returns false. Errors: kNotFound "import_file_gone".
  Status WriteRejects(ImportId id, const std::function<bool(std::string_view)>& write);

  // Blocks until no commit is queued or running. For tools and tests.
  void WaitIdle();

 private:
  class BusyMark;

  std::string PathOf(ImportId id) const;
  Result<Assistant> AssistantOf(CampaignId id);  // an empty one where the campaign has none
  Result<UndoRecord> TakeBack(ImportId id);
  Status Spool(const std::string& path, const Source& source, const std::function<bool()>& whole,
               const std::function<void(std::string_view)>& each, int64_t* bytes);
  Result<ListSummary> SpoolAndCheck(const std::string& path, const ListOptions& options,
                                    const Source& source, const std::function<bool()>& whole,
                                    CheckSink* sink, int64_t* bytes);
  void Work();
  void RunCommit(ImportId id);
  Status CommitRows(const Import& import);
  void Fail(ImportId id, const Status& status);
  void RemoveOldFiles();

  Store* const store_;
  const Clock* const clock_;
  const std::string folder_;
  const std::function<void()> on_committed_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<ImportId> queue_;  // guarded by mutex_, as all below
  std::set<ImportId> busy_;     // being uploaded, taken back or discarded
  std::set<ImportId> cancelled_;
  ImportId running_ = 0;
  bool stop_ = false;
  std::thread worker_;
};

}  // namespace leadline
