#include "server/service/imports.h"

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>

#include "common/table/report.h"
#include "common/table/xlsx_workbook.h"
#include "server/service/import_plan.h"
#include "server/service/import_rows.h"

namespace leadline {
namespace {

namespace fs = std::filesystem;

constexpr size_t kUploadPieceBytes = 256 * 1024;
constexpr uint64_t kReserveBytes = 200ull * 1024 * 1024;
constexpr int64_t kCheckDiskEvery = 16 * 1024 * 1024;
constexpr size_t kMaxKeptListed = 1000;
constexpr int kListedImports = 500;
constexpr auto kTryAgainAfter = std::chrono::seconds(2);
constexpr auto kKeepFiles = std::chrono::hours(7 * 24);

Status WrongState(const Import& import, std::string_view wanted) {
  return Refused("wrong_state",
                 "This import is " +
                     std::string(kImportStateNames[static_cast<size_t>(import.state)]) +
                     "; it must be " + std::string(wanted) + " for that.");
}

bool DiskIsLow(const std::string& folder) {
  struct statvfs info;
  return statvfs(folder.c_str(), &info) == 0 &&
         static_cast<uint64_t>(info.f_bavail) * info.f_frsize < kReserveBytes;
}

bool WriteAll(int fd, std::string_view data) {
  while (!data.empty()) {
    const ssize_t n = ::write(fd, data.data(), data.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    data.remove_prefix(static_cast<size_t>(n));
  }
  return true;
}

Status DiskFull() {
  return Unavailable("store_full", "The disk is nearly full. Make room, then upload again.");
}

class RejectSink final : public CheckSink {
 public:
  explicit RejectSink(const std::function<bool(std::string_view)>& write) : write_(write) {}
  void OnPlan(const ListPlan& plan) override {
    writer_.emplace(plan, ReportOptions{ReportDelimiter(plan.dialect), true}, &out_);
  }
  void OnRow(const CheckedRow& row) override {
    if (!row.accepted()) writer_->Row(row);
    if (out_.size() >= kUploadPieceBytes) Drain();
  }
  void Drain() {
    open_ = open_ && write_(out_);
    out_.clear();
  }
  bool open() const { return open_; }

 private:
  const std::function<bool(std::string_view)>& write_;
  std::optional<RejectWriter> writer_;
  std::string out_;
  bool open_ = true;
};

}  // namespace

// Keeps two requests from working on one import at the same time.
class Imports::BusyMark {
 public:
  BusyMark(Imports* imports, ImportId id) : imports_(imports), id_(id) {
    const std::lock_guard<std::mutex> lock(imports_->mutex_);
    taken_ = imports_->busy_.insert(id_).second;
  }
  ~BusyMark() {
    if (!taken_) return;
    const std::lock_guard<std::mutex> lock(imports_->mutex_);
    imports_->busy_.erase(id_);
  }
  BusyMark(const BusyMark&) = delete;
  BusyMark& operator=(const BusyMark&) = delete;
  Status status() const {
    return taken_ ? Status() : Refused("busy", "Another request works on this import right now.");
  }

 private:
  Imports* const imports_;
  const ImportId id_;
  bool taken_ = false;
};

Imports::Imports(Store* store, const Clock* clock, std::string folder,
                 std::function<void()> on_committed)
    : store_(store),
      clock_(clock),
      folder_(std::move(folder)),
      on_committed_(std::move(on_committed)) {
  std::error_code ignored;
  fs::create_directories(folder_, ignored);
  fs::permissions(folder_, fs::perms::owner_all, ignored);
  worker_ = std::thread([this] { Work(); });
}

Imports::~Imports() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  worker_.join();
}

std::string Imports::PathOf(ImportId id) const {
  return folder_ + "/" + std::to_string(id) + ".csv";
}

void Imports::RemoveOldFiles() {
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_, ignored)) {
    // By the disk's own clock: these are files, not calls.
    const auto age = fs::file_time_type::clock::now() - entry.last_write_time(ignored);
    if (age > kKeepFiles || entry.path().extension() == ".part") fs::remove(entry.path(), ignored);
  }
}

Status Imports::Resume() {
  RemoveOldFiles();
  const Result<std::vector<Import>> imports = store_->ListImports(kListedImports);
  if (!imports.ok()) return imports.status();
  const std::lock_guard<std::mutex> lock(mutex_);
  for (const Import& import : *imports) {
    const bool unfinished = import.state == ImportState::kCommitting ||
                            import.state == ImportState::kUndone;  // perhaps in the middle of it
    if (unfinished) queue_.push_front(import.id);
  }
  changed_.notify_all();
  return {};
}

Result<Assistant> Imports::AssistantOf(CampaignId id) {
  const Result<Campaign> campaign = store_->GetCampaign(id == 0 ? kDefaultCampaign : id);
  if (!campaign.ok()) return campaign.status();
  if (campaign->assistant_id == 0) return Assistant();
  return store_->GetAssistant(campaign->assistant_id);
}

Result<ImportRecord> Imports::Create(const ImportOptions& asked) {
  const Result<CallingSettings> settings = store_->GetSettings();
  if (!settings.ok()) return settings.status();
  const Result<Assistant> assistant = AssistantOf(asked.campaign_id);
  if (!assistant.ok()) return assistant.status();
  ImportOptions options = asked;
  FreezeOptions(*settings, *assistant, &options);
  if (const Result<ListOptions> list = ListOptionsOf(options); !list.ok()) return list.status();
  Import import;
  import.name = options.name.empty() ? "Import" : options.name;
  import.campaign_id = options.campaign_id;
  import.duplicates = static_cast<DuplicateRule>(options.duplicates);
  import.options_json = DumpJson(ImportOptionsJson(options));
  const Result<Import> made = store_->CreateImport(import, clock_->NowMs());
  if (!made.ok()) return made.status();
  return RecordOf(*made);
}

Result<ImportRecord> Imports::Get(ImportId id) {
  const Result<Import> import = store_->GetImport(id);
  if (!import.ok()) return import.status();
  return RecordOf(*import);
}

Status Imports::Spool(const std::string& path, const Source& source,
                      const std::function<bool()>& whole,
                      const std::function<void(std::string_view)>& each, int64_t* bytes) {
  if (DiskIsLow(folder_)) return DiskFull();
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return Internal("The uploaded file cannot be written.");
  std::string piece(kUploadPieceBytes, '\0');
  Status status;
  int64_t next_disk_check = kCheckDiskEvery;
  size_t n = 0;
  // The first piece is whole, so that one look at it tells what kind of file it is.
  const auto next = [&] {
    n = source(piece.data(), piece.size());
    while (*bytes == 0 && n > 0 && n < piece.size()) {
      const size_t more = source(piece.data() + n, piece.size() - n);
      if (more == 0) break;
      n += more;
    }
    return n > 0;
  };
  while (next()) {
    const std::string_view data(piece.data(), n);
    if (!WriteAll(fd, data)) status = DiskFull();
    *bytes += static_cast<int64_t>(n);
    if (status.ok() && *bytes >= next_disk_check) {
      next_disk_check += kCheckDiskEvery;
      if (DiskIsLow(folder_)) status = DiskFull();
    }
    if (!status.ok()) break;
    each(data);
  }
  close(fd);
  if (status.ok() && !whole()) {
    status = Unavailable("upload_broken", "The upload broke off. Send the file again.");
  }
  return status;
}

Result<ImportRecord> Imports::Upload(ImportId id, const Source& source,
                                     const std::function<bool()>& whole) {
  const BusyMark busy(this, id);
  LEADLINE_RETURN_IF_ERROR(busy.status());
  Result<Import> import = store_->GetImport(id);
  if (!import.ok()) return import.status();
  if (import->state != ImportState::kWaiting) return WrongState(*import, "waiting");
  const Result<ListOptions> options = ListOptionsOf(*import);
  if (!options.ok()) return options.status();

  DryRun dry_run(store_, import->duplicates);
  const std::string part = PathOf(id) + ".part";
  const Result<ListSummary> summary =
      SpoolAndCheck(part, *options, source, whole, &dry_run, &import->file_bytes);
  std::error_code ignored;
  if (!summary.ok()) {
    fs::remove(part, ignored);
    return summary.status();
  }
  const Result<ImportCounts> counts = dry_run.Finish(*summary);
  if (!counts.ok()) return counts.status();
  fs::rename(part, PathOf(id), ignored);
  import->counts = *counts;
  import->state = ImportState::kChecked;
  const Result<Import> stored = store_->UpdateImport(*import, clock_->NowMs());
  if (!stored.ok()) return stored.status();
  ImportRecord record = RecordOf(*stored);
  AddPlan(dry_run.plan(), &record);
  record.notes = summary->notes;
  return record;
}

// A text is checked as it comes. A workbook's directory is at its end, so it must be there first.
Result<ListSummary> Imports::SpoolAndCheck(const std::string& path, const ListOptions& options,
                                           const Source& source, const std::function<bool()>& whole,
                                           CheckSink* sink, int64_t* bytes) {
  ListChecker checker(options, sink);
  bool begun = false, workbook = false;
  const auto each = [&](std::string_view data) {
    if (!std::exchange(begun, true)) workbook = LooksLikeWorkbook(data);
    if (!workbook) checker.Feed(data);
  };
  LEADLINE_RETURN_IF_ERROR(Spool(path, source, whole, each, bytes));
  if (!workbook) return checker.Finish();
  return CheckFile(path, options, sink, [this] {
    const std::lock_guard<std::mutex> lock(mutex_);
    return stop_;
  });
}

Result<ImportRecord> Imports::Commit(ImportId id) {
  const BusyMark busy(this, id);
  LEADLINE_RETURN_IF_ERROR(busy.status());
  Result<Import> import = store_->GetImport(id);
  if (!import.ok()) return import.status();
  if (import->state != ImportState::kChecked) return WrongState(*import, "checked");
  import->state = ImportState::kCommitting;
  // What was foreseen makes room for what is done.
  import->counts.created = import->counts.updated = import->counts.skipped = 0;
  const Result<Import> stored = store_->UpdateImport(*import, clock_->NowMs());
  if (!stored.ok()) return stored.status();
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    queue_.push_back(id);
  }
  changed_.notify_all();
  return RecordOf(*stored);
}

Result<ImportRecord> Imports::Discard(ImportId id) {
  const BusyMark busy(this, id);
  LEADLINE_RETURN_IF_ERROR(busy.status());
  {
    std::unique_lock<std::mutex> lock(mutex_);
    cancelled_.insert(id);
    std::erase(queue_, id);
    changed_.wait(lock, [&] { return running_ != id; });
    cancelled_.erase(id);
  }
  Result<Import> import = store_->GetImport(id);
  if (!import.ok()) return import.status();
  std::error_code ignored;
  if (import->state == ImportState::kCommitting) {
    const Result<UndoRecord> undone = TakeBack(id);
    if (!undone.ok()) return undone.status();
    fs::remove(PathOf(id), ignored);
    return undone->import;
  }
  if (import->state != ImportState::kWaiting && import->state != ImportState::kChecked) {
    return WrongState(*import, "waiting, checked or committing");
  }
  import->state = ImportState::kUndone;
  const Result<Import> stored = store_->UpdateImport(*import, clock_->NowMs());
  if (!stored.ok()) return stored.status();
  fs::remove(PathOf(id), ignored);
  return RecordOf(*stored);
}

Result<UndoRecord> Imports::Undo(ImportId id) {
  const BusyMark busy(this, id);
  LEADLINE_RETURN_IF_ERROR(busy.status());
  const Result<Import> import = store_->GetImport(id);
  if (!import.ok()) return import.status();
  // One that broke off in the middle is undone by name already; the store knows when it is over.
  if (import->state != ImportState::kCommitted && import->state != ImportState::kUndone) {
    return WrongState(*import, "committed");
  }
  return TakeBack(id);
}

Result<UndoRecord> Imports::TakeBack(ImportId id) {
  UndoRecord undo;
  bool more = true;
  while (more) {
    const Result<Store::UndoResult> step = store_->UndoImport(id, clock_->NowMs());
    if (!step.ok()) return step.status();
    undo.removed += step->removed;
    undo.restored += step->restored;
    undo.kept += static_cast<int64_t>(step->kept.size());
    for (LeadId lead : step->kept) {
      if (undo.kept_leads.size() < kMaxKeptListed) undo.kept_leads.push_back(lead);
    }
    more = step->more;
  }
  const Result<ImportRecord> record = Get(id);
  if (!record.ok()) return record.status();
  undo.import = *record;
  if (on_committed_) on_committed_();
  return undo;
}

Status Imports::WriteRejects(ImportId id, const std::function<bool(std::string_view)>& write) {
  const Result<Import> import = store_->GetImport(id);
  if (!import.ok()) return import.status();
  const Result<ListOptions> options = ListOptionsOf(*import);
  if (!options.ok()) return options.status();
  RejectSink sink(write);
  const Result<ListSummary> summary =
      CheckFile(PathOf(id), *options, &sink, [&] { return !sink.open(); });
  if (summary.ok()) sink.Drain();
  return summary.status();
}

void Imports::WaitIdle() {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [this] { return queue_.empty() && running_ == 0; });
}

void Imports::Work() {
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return stop_ || !queue_.empty(); });
    if (stop_) return;
    running_ = queue_.front();
    queue_.pop_front();
    lock.unlock();
    RunCommit(running_);
    lock.lock();
    running_ = 0;
    changed_.notify_all();
  }
}

void Imports::RunCommit(ImportId id) {
  const Result<Import> import = store_->GetImport(id);
  if (!import.ok()) return;
  if (import->state == ImportState::kUndone) {
    (void)TakeBack(id);  // refused when it was over
    return;
  }
  if (import->state != ImportState::kCommitting) return;
  const Status status = CommitRows(*import);
  if (status.slug() == "stopped") return;
  if (!status.ok()) return Fail(id, status);
  Result<Import> done = store_->GetImport(id);
  if (!done.ok()) return Fail(id, done.status());
  done->state = ImportState::kCommitted;
  const Result<Import> stored = store_->UpdateImport(*done, clock_->NowMs());
  if (!stored.ok()) return Fail(id, stored.status());
  spdlog::info("import {}: {} created, {} updated, {} skipped, {} rejected", id,
               stored->counts.created, stored->counts.updated, stored->counts.skipped,
               stored->counts.rejected);
  if (on_committed_) on_committed_();
}

Status Imports::CommitRows(const Import& import) {
  const Result<ListOptions> options = ListOptionsOf(import);
  if (!options.ok()) return options.status();
  RowWriter writer(store_, import, clock_);
  const auto stop = [&] {
    const std::lock_guard<std::mutex> lock(mutex_);
    return stop_ || cancelled_.contains(import.id) || !writer.status().ok();
  };
  const Result<ListSummary> summary = CheckFile(PathOf(import.id), *options, &writer, stop);
  LEADLINE_RETURN_IF_ERROR(writer.status());
  if (!summary.ok()) return summary.status();
  return writer.Finish();
}

void Imports::Fail(ImportId id, const Status& status) {
  spdlog::error("import {}: {}: {}", id, status.slug(), status.message());
  if (status.code() == Code::kUnavailable) {
    // A busy store or a full disk passes: the commit goes on where it stopped.
    std::unique_lock<std::mutex> lock(mutex_);
    queue_.push_back(id);
    changed_.wait_for(lock, kTryAgainAfter, [this] { return stop_; });
    return;
  }
  Result<Import> import = store_->GetImport(id);
  if (!import.ok()) return;
  import->state = ImportState::kFailed;
  import->error = status.message();
  (void)store_->UpdateImport(*import, clock_->NowMs());
}

}  // namespace leadline
