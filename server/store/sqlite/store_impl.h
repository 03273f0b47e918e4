// The class behind OpenSqliteStore. Its methods are spread over one file per subject; what they
// share is here: how a write and a read run.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "server/store/sqlite/db.h"
#include "server/store/sqlite/fifo_mutex.h"
#include "server/store/sqlite/folder_lock.h"
#include "server/store/sqlite/housekeeper.h"
#include "server/store/sqlite/pace.h"
#include "server/store/sqlite/sqlite_store.h"
#include "server/store/store.h"

namespace leadline {

inline constexpr int kMaxPage = 500;

class ImportBatch;

// A write transaction as its steps see it.
struct Tx {
  Db& db;
  TimeMs now;
  int64_t newest_event = 0;  // set by AddEvent (journal.h); told to the listeners after the commit
};

class SqliteStore final : public Store {
 public:
  SqliteStore(FolderLock lock, std::unique_ptr<Db> writer, std::vector<std::unique_ptr<Db>> readers,
              const Zones& zones, const Clock* clock);
  ~SqliteStore() override;

  // leads.cc, lead_list.cc
  Result<Lead> CreateLead(const LeadDraft& draft, const Actor& actor, TimeMs now) override;
  Result<Lead> GetLead(LeadId id) override;
  Result<Lead> UpdateLead(LeadId id, int64_t version, const LeadDraft& draft, const Actor& actor,
                          TimeMs now) override;
  Status DeleteLead(LeadId id, int64_t version, const Actor& actor, TimeMs now) override;
  Result<Lead> SetLeadStatus(LeadId id, int64_t version, LeadStatus to, bool clear_attempts,
                             const Actor& actor, TimeMs now) override;
  Result<Page<Lead>> ListLeads(const LeadQuery& query) override;
  Status ForEachLead(const LeadQuery& query,
                     const std::function<bool(const Lead&)>& visit) override;
  Result<std::vector<TimelineEntry>> LeadTimeline(LeadId id, int limit) override;
  Result<std::vector<StatusCount>> CountLeads() override;

  // assistants.cc
  Result<Assistant> CreateAssistant(const Assistant& a, TimeMs now) override;
  Result<Assistant> GetAssistant(AssistantId id) override;
  Result<Assistant> UpdateAssistant(const Assistant& a, TimeMs now) override;
  Status DeleteAssistant(AssistantId id, int64_t version, TimeMs now) override;
  Result<std::vector<Assistant>> ListAssistants() override;

  // campaigns.cc
  Result<Campaign> CreateCampaign(const Campaign& c, TimeMs now) override;
  Result<Campaign> GetCampaign(CampaignId id) override;
  Result<Campaign> UpdateCampaign(const Campaign& c, TimeMs now) override;
  Result<Campaign> SetCampaignState(CampaignId id, CampaignState to, const std::string& reason,
                                    TimeMs now) override;
  Status DeleteCampaign(CampaignId id, int64_t version, TimeMs now) override;
  Result<std::vector<Campaign>> ListCampaigns() override;

  // settings.cc
  Result<CallingSettings> GetSettings() override;
  Result<CallingSettings> UpdateSettings(const CallingSettings& s, TimeMs now) override;
  Status AddSuppression(const std::string& number, const std::string& reason, TimeMs now) override;
  Status RemoveSuppression(const std::string& number, TimeMs now) override;
  Result<Page<Suppression>> ListSuppressions(int limit, const std::string& cursor) override;

  // imports.cc, import_rows.cc, import_undo.cc
  Result<Import> CreateImport(const Import& i, TimeMs now) override;
  Result<Import> GetImport(ImportId id) override;
  Result<std::vector<Import>> ListImports(int limit) override;
  Result<Import> UpdateImport(const Import& i, TimeMs now) override;
  Result<std::vector<size_t>> FindStoredNumbers(
      const std::vector<std::string_view>& numbers) override;
  Result<ImportCounts> WriteImportRows(ImportId id, const std::vector<ImportRow>& rows,
                                       int64_t rows_done, TimeMs now) override;
  Result<UndoResult> UndoImport(ImportId id, TimeMs now) override;

  // claim.cc, dial_facts.cc
  Result<ClaimResult> ClaimDue(const ClaimParams& params) override;
  Result<DialFacts> ReadDialFacts(LeadId id, const ProviderReadiness (&providers)[kProviderCount],
                                  TimeMs now) override;
  Result<DialFacts> ReadCampaignFacts(CampaignId id,
                                      const ProviderReadiness (&providers)[kProviderCount],
                                      TimeMs now) override;

  // call_news.cc
  Status RecordAccepted(CallId id, const std::string& provider_call_id, TimeMs now) override;
  Status RecordRefused(CallId id, const Verdict& verdict, const std::string& provider_message,
                       TimeMs retry_after_ms, double jitter, TimeMs now) override;
  Status RecordUnclear(CallId id, const std::string& provider_message, TimeMs now) override;
  Result<ApplyResult> ApplyReport(const CallReport& report, double jitter, TimeMs now) override;
  Status GiveUpOnCall(CallId id, const std::string& reason, double jitter, TimeMs now) override;
  Result<int64_t> ResetAccountFailures(CampaignId id, TimeMs now) override;

  // calls.cc
  Result<CallsToCheck> ListCallsToCheck(TimeMs now, TimeMs dispatching_before, int limit) override;
  Status RecordChecked(CallId id, TimeMs now) override;
  Result<Call> GetCall(CallId id) override;
  Result<Page<Call>> ListCalls(const CallQuery& query) override;
  Result<std::vector<OutcomeCount>> CountCalls() override;

  // webhooks.cc
  Result<bool> StoreWebhook(Provider provider, const std::string& event_key,
                            const std::string& body, TimeMs now) override;
  Result<std::vector<StoredWebhook>> PendingWebhooks(int limit) override;
  Status FinishWebhook(int64_t id, ApplyResult result, TimeMs now) override;

  // changes.cc
  Result<Changes> ReadChanges(int64_t after_id, int limit) override;
  void OnChange(std::function<void(int64_t newest_id)> listener) override;
  Result<TimeMs> LatestInstant() override;
  Status Ping() override;

  // One write transaction: begin, body, commit; rolled back when the body or a statement failed.
  // Body: Status(Tx&) or Result<T>(Tx&).
  template <typename Body>
  auto Write(TimeMs now, Body&& body) {
    using R = std::invoke_result_t<Body, Tx&>;
    int64_t newest_event = 0;
    R result = WriteLocked<R>(now, body, &newest_event);
    if (newest_event != 0) Tell(newest_event);
    return result;
  }

  // One read, all of it in the same snapshot. Body: Result<T>(Db&) or Status(Db&).
  template <typename Body>
  auto Read(Body&& body) {
    using R = std::invoke_result_t<Body, Db&>;
    const ReaderLease lease(this);
    lease.db->ClearError();
    if (!lease.db->RunScript("BEGIN")) return R(lease.db->error());
    R result = body(*lease.db);
    const Status status = EndRead(*lease.db);
    return status.ok() ? std::move(result) : R(status);
  }

 private:
  struct ReaderLease {
    explicit ReaderLease(SqliteStore* s) : store(s), db(s->TakeReader()) {}
    ~ReaderLease() { store->GiveBackReader(db); }
    ReaderLease(const ReaderLease&) = delete;
    ReaderLease& operator=(const ReaderLease&) = delete;
    SqliteStore* store;
    Db* db;
  };

  template <typename R, typename Body>
  R WriteLocked(TimeMs now, Body& body, int64_t* newest_event) {
    const std::lock_guard<FifoMutex> lock(writer_mutex_);
    if (Status begun = Begin(); !begun.ok()) return R(begun);
    Tx tx{*writer_, now};
    R result = body(tx);
    if (Status end = End(StatusOf(result)); !end.ok()) return R(end);
    *newest_event = tx.newest_event;
    return result;
  }
  static const Status& StatusOf(const Status& status) { return status; }
  template <typename T>
  static const Status& StatusOf(const Result<T>& result) {
    return result.status();
  }

  // import_rows.cc
  template <typename Step>
  Status InSteps(ImportId id, size_t total, Pace* pace, TimeMs now, const Step& step);
  Result<ImportCounts> WriteBatch(const Import& import, ImportBatch* batch, TimeMs now);

  Status Begin();
  Status End(const Status& body);
  Status EndRead(Db& db);
  void Tell(int64_t newest_event);
  Db* TakeReader();
  void GiveBackReader(Db* db);

  const FolderLock folder_lock_;
  const Zones& zones_;
  const Clock* const clock_;  // null: transactions of a fixed size
  Pace keys_pace_{2'000}, leads_pace_{1'000};
  FifoMutex writer_mutex_;
  std::unique_ptr<Db> writer_;  // guarded by writer_mutex_

  std::mutex readers_mutex_;
  std::condition_variable reader_free_;
  std::vector<std::unique_ptr<Db>> readers_;
  std::vector<Db*> free_readers_;  // guarded by readers_mutex_

  std::mutex listeners_mutex_;
  std::vector<std::function<void(int64_t)>> listeners_;  // guarded by listeners_mutex_

  Housekeeper housekeeper_;  // last: stops before the writer goes
};

}  // namespace leadline
