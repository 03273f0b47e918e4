// The store: everything Leadline remembers, spoken in use-cases. SQLite stands behind it today
// (server/store/sqlite/); another backend is held to the same conformance suite
// (tests/server/store/conformance.h).
//
// Thread-safe: any method from any thread. Writes are serialised; each is one transaction (but for
// WriteImportRows), durable (synchronous=FULL) when the method returns ok; reads never wait for
// writes. No method does network I/O, and none throws. `now` is always passed in: UTC milliseconds
// of the calling clock. Errors every method may return: kUnavailable "store_busy" (locked longer
// than 10 s; try again), "store_full" (the disk is full), kInternal "store_failed" (details in the
// log). Others are named at the method.
//
// Every change of a lead's status goes through the table in common/lead/status.h, is guarded again
// in SQL, and appends an audit row and an event row in the same transaction.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/dial/call.h"
#include "common/dial/campaign.h"
#include "common/dial/gates.h"
#include "common/lead/lead.h"

namespace leadline {

inline constexpr CampaignId kDefaultCampaign = 1;  // the built-in one

// Who did it, for audit rows: "scheduler", "webhook", "api", "import 12".
using Actor = std::string;

// ---- lists ----

template <typename T>
struct Page {
  std::vector<T> items;
  std::string next_cursor;  // empty: no further page
  int64_t total = 0;        // rows that match, over all pages
  // More rows match than `total`: they were not counted to the end, so that the page comes at once.
  bool total_is_floor = false;
};

enum class LeadSort : uint8_t { kNewest, kOldest, kName, kUpdated, kNextAttempt };

struct LeadQuery {
  CampaignId campaign_id = 0;  // 0: any
  LeadStatusSet statuses = kAnyStatus;
  std::string q;      // words in name, phone, email, company; digits match within the phone
  std::string phone;  // exact E.164
  ImportId import_id = 0;
  TimeMs created_from = 0, created_to = 0;  // [from, to); 0: open
  TimeMs updated_from = 0, updated_to = 0;
  LeadSort sort = LeadSort::kNewest;
  int limit = 50;      // 1..500
  std::string cursor;  // from the page before; kInvalid "bad_cursor" when it is not one
};

struct CallQuery {
  LeadId lead_id = 0;
  CampaignId campaign_id = 0;
  std::string outcome;  // name of an outcome or of an open state; empty: any
  int limit = 50;
  std::string cursor;
};

struct TimelineEntry {
  int64_t id = 0;
  TimeMs at = 0;
  Actor actor;
  std::string event;  // name of a transition, or "lead_created", "lead_edited", "call_placed", ...
  std::string from_status, to_status;
  CallId call_id = 0;
  std::string detail;  // one sentence
};

// A change that browsers are told of. `id` grows for ever. Leads that an import writes or takes
// back are told of by one event of the import per chunk, not one each.
struct ChangeEvent {
  int64_t id = 0;
  TimeMs at = 0;
  std::string kind;  // lead, campaign, assistant, call, import, settings, suppression
  int64_t ref_id = 0;
  std::string data;  // one JSON object: for a lead {"status","version","campaign_id"},
                     // {"deleted":true}, ...
};

// ---- imports ----

enum class DuplicateRule : uint8_t { kSkip, kUpdate, kFill, kKeep };
enum class ImportState : uint8_t { kWaiting, kChecked, kCommitting, kCommitted, kUndone, kFailed };
inline constexpr std::string_view kImportStateNames[] = {"waiting",   "checked", "committing",
                                                         "committed", "undone",  "failed"};

struct ImportCounts {
  int64_t rows = 0, created = 0, updated = 0, skipped = 0, rejected = 0;
  std::vector<std::pair<std::string, int64_t>> problems;  // code -> rows, most frequent first
};

struct Import {
  ImportId id = 0;
  std::string name;
  CampaignId campaign_id = 0;
  ImportState state = ImportState::kWaiting;
  DuplicateRule duplicates = DuplicateRule::kSkip;
  std::string
      options_json;  // the whole POST body: mapping, region, ...; the import service reads it
  int64_t file_bytes = 0;
  int64_t next_row = 0;  // the last record dealt with; a broken-off commit goes on after it
  ImportCounts counts;
  std::string error;
  TimeMs created_at = 0, updated_at = 0;
};

// One good row. Rows that failed validation never reach the store.
struct ImportRow {
  int64_t row = 0;  // 1-based record number in the file
  LeadDraft draft;
};

// ---- dialling ----

// What only the running process knows about a provider.
struct ProviderReadiness {
  bool key_present = false;
  TimeMs circuit_open_until = 0;  // > now: nothing is claimed for it until then
  int max_new_calls = 500;  // at most so many claims in this pass: 1 while probing after an outage
};

struct ClaimParams {
  TimeMs now = 0;
  int limit = 50;  // 1..500 calls in one transaction
  ProviderReadiness providers[kProviderCount];
  // A fresh attempt id per call; called inside the transaction, must not use the store.
  std::function<std::string()> new_attempt_id;
};

struct ClaimResult {
  std::vector<DialOrder> orders;
  int promoted = 0;  // rescheduled -> scheduled
  int parked = 0;    // leads looked at and put off to a later instant
  int finished = 0;  // campaigns that ended by themselves
  TimeMs next_due_at =
      0;  // when the next pass can find something, if nothing changes before; kNever: nothing waits
};

struct StoredWebhook {
  int64_t id = 0;
  Provider provider = Provider::kRetell;
  TimeMs received_at = 0;
  std::string body;
};

enum class ApplyResult : uint8_t {
  kApplied,    // something changed
  kNoChange,   // known already
  kUnmatched,  // no call with this attempt id or provider call id
};

class Store {
 public:
  virtual ~Store() = default;

  // ---- leads ----
  // kInvalid with fields when the draft breaks a rule of common/lead/validate.h; kNotFound for an
  // unknown campaign.
  virtual Result<Lead> CreateLead(const LeadDraft& draft, const Actor& actor, TimeMs now) = 0;
  virtual Result<Lead> GetLead(LeadId id) = 0;  // kNotFound
  // Replaces what the draft holds. kConflict unless the stored version is `version`; kNotFound;
  // kInvalid; kRefused "call_on" when the number of an ongoing call would change. A contact keeps
  // its attempts when its id or number is kept.
  virtual Result<Lead> UpdateLead(LeadId id, int64_t version, const LeadDraft& draft,
                                  const Actor& actor, TimeMs now) = 0;
  // kConflict, kNotFound, kRefused "call_on". Calls of the lead stay in the history.
  virtual Status DeleteLead(LeadId id, int64_t version, const Actor& actor, TimeMs now) = 0;
  // By hand. version 0: whatever is stored. kRefused "not_by_hand" (processing, failed),
  // "tries_used_up" (created or scheduled at the limit without clear_attempts; D14),
  // "number_not_dialable"; kConflict, kNotFound.
  virtual Result<Lead> SetLeadStatus(LeadId id, int64_t version, LeadStatus to, bool clear_attempts,
                                     const Actor& actor, TimeMs now) = 0;
  // Words (`q`) find a lead at once, also while the search index is behind, as it is for some
  // seconds after a large import. Then a page with words may come slower, with fewer leads than
  // `limit` but a cursor, and with a total that is a floor.
  virtual Result<Page<Lead>> ListLeads(const LeadQuery& query) = 0;
  // Every lead that matches, oldest first, in one consistent snapshot; stops when `visit` returns
  // false. `visit` runs inside the read, so it must not read from the store itself.
  virtual Status ForEachLead(const LeadQuery& query,
                             const std::function<bool(const Lead&)>& visit) = 0;
  virtual Result<std::vector<TimelineEntry>> LeadTimeline(LeadId id,
                                                          int limit) = 0;  // newest first
  struct StatusCount {
    CampaignId campaign_id;
    LeadStatus status;
    int64_t leads;
  };
  virtual Result<std::vector<StatusCount>> CountLeads() = 0;  // kept counters, not a scan

  // ---- assistants, campaigns, settings, suppressions ----
  virtual Result<Assistant> CreateAssistant(const Assistant& a, TimeMs now) = 0;
  virtual Result<Assistant> GetAssistant(AssistantId id) = 0;
  virtual Result<Assistant> UpdateAssistant(
      const Assistant& a, TimeMs now) = 0;  // a.version guards; kConflict, kNotFound
  virtual Status DeleteAssistant(AssistantId id, int64_t version,
                                 TimeMs now) = 0;  // kRefused "in_use"
  virtual Result<std::vector<Assistant>> ListAssistants() = 0;

  virtual Result<Campaign> CreateCampaign(
      const Campaign& c, TimeMs now) = 0;  // kInvalid "name_taken", "unknown_assistant"
  virtual Result<Campaign> GetCampaign(CampaignId id) = 0;
  virtual Result<Campaign> UpdateCampaign(
      const Campaign& c, TimeMs now) = 0;  // all but the state; kConflict, kNotFound
  // draft, paused, finished -> running; running -> paused; any -> finished. kRefused "wrong_state"
  // otherwise, "assistant_missing" when started without one. `reason`: a code of the error guide,
  // or "" for a person.
  virtual Result<Campaign> SetCampaignState(CampaignId id, CampaignState to,
                                            const std::string& reason, TimeMs now) = 0;
  virtual Status DeleteCampaign(CampaignId id, int64_t version,
                                TimeMs now) = 0;  // kRefused "in_use" (has leads), "built_in"
  virtual Result<std::vector<Campaign>> ListCampaigns() = 0;

  virtual Result<CallingSettings> GetSettings() = 0;
  virtual Result<CallingSettings> UpdateSettings(const CallingSettings& s,
                                                 TimeMs now) = 0;  // s.version guards

  struct Suppression {
    std::string number;
    std::string reason;
    TimeMs created_at = 0;
  };
  virtual Status AddSuppression(const std::string& number, const std::string& reason,
                                TimeMs now) = 0;
  virtual Status RemoveSuppression(const std::string& number, TimeMs now) = 0;  // kNotFound
  virtual Result<Page<Suppression>> ListSuppressions(int limit, const std::string& cursor) = 0;

  // ---- imports ----
  virtual Result<Import> CreateImport(const Import& i, TimeMs now) = 0;
  virtual Result<Import> GetImport(ImportId id) = 0;
  virtual Result<std::vector<Import>> ListImports(int limit) = 0;  // newest first
  // Writes state, counts, file_bytes, error. Only forward moves of the state; kRefused
  // "wrong_state"; kNotFound when the campaign is gone at the commit. Before the commit the counts
  // are a forecast; it begins at 0 created, updated and skipped, and from then on those three are
  // kept by WriteImportRows alone, so that a stale copy cannot undo them. To kUndone only from
  // kWaiting and kChecked (given up); later by UndoImport.
  virtual Result<Import> UpdateImport(const Import& i, TimeMs now) = 0;
  // For a dry run: which of these E.164 numbers belong to a stored lead (primary), as indexes into
  // `numbers`.
  virtual Result<std::vector<size_t>> FindStoredNumbers(
      const std::vector<std::string_view>& numbers) = 0;
  // Rows of an import in state kCommitting, in ascending order, as many as memory allows (some ten
  // thousand: the more, the faster). Writes the leads by the import's duplicate rule, moves
  // next_row to `rows_done` and adds to the counts; returns those of these rows. In many
  // transactions, each so short (about 10 ms) that no other write waits long: after an error or a
  // crash next_row tells which rows are in, and those after it are to be sent again; their ids are
  // kept for them. Rows up to next_row are passed over, so sending some again changes nothing. A
  // number that is stored already, in any campaign, is a duplicate; the lead stays in its campaign.
  // Update: what the row has wins; fill: only what is missing is taken; neither removes anything.
  // The leads are callable only once the import is committed.
  virtual Result<ImportCounts> WriteImportRows(ImportId id, const std::vector<ImportRow>& rows,
                                               int64_t rows_done, TimeMs now) = 0;
  // Takes back created leads, and restores updated ones; leads called or edited since are kept and
  // returned by id. One chunk; call again until `more` is false, after a restart too. The state is
  // kUndone from the first chunk on, and none of its leads is called until the last. kRefused
  // "wrong_state" before the commit, and when it is done.
  struct UndoResult {
    int64_t removed = 0, restored = 0;
    std::vector<LeadId> kept;
    bool more = false;
  };
  virtual Result<UndoResult> UndoImport(ImportId id, TimeMs now) = 0;

  // ---- dialling ----
  // One pass: promotes leads whose delay is over, then claims due leads of running campaigns, fair
  // over campaigns; within one, leads that wait for a further try come before those that wait for
  // their first (else the second contact of a round would wait for the whole list), oldest due
  // first. In ONE transaction per batch: gates read again
  // (EvaluateGates on facts read inside), call row written in state dispatching, attempts + 1, lead
  // -> processing. Leads held back by their own gate get their next look-again instant. The caller
  // places each order exactly once, after this returns.
  virtual Result<ClaimResult> ClaimDue(const ClaimParams& params) = 0;
  // The facts for the gates of one lead as of now, by the same reading as the claim. kNotFound.
  virtual Result<DialFacts> ReadDialFacts(LeadId id,
                                          const ProviderReadiness (&providers)[kProviderCount],
                                          TimeMs now) = 0;
  // The facts that all leads of a campaign share; `lead` in it is empty.
  virtual Result<DialFacts> ReadCampaignFacts(CampaignId id,
                                              const ProviderReadiness (&providers)[kProviderCount],
                                              TimeMs now) = 0;

  // The provider took the call. Keeps what a webhook may have recorded already.
  virtual Status RecordAccepted(CallId id, const std::string& provider_call_id, TimeMs now) = 0;
  // Proven not to have rung: the call is refused, the attempt handed back, the lead put off; or the
  // lead fails, by the verdict. An account error also pauses the campaign. retry_after_ms 0: none.
  // No effect on a call that is no longer open.
  virtual Status RecordRefused(CallId id, const Verdict& verdict,
                               const std::string& provider_message, TimeMs retry_after_ms,
                               double jitter, TimeMs now) = 0;
  // No clear answer: the call waits for news. No effect unless it is dispatching.
  virtual Status RecordUnclear(CallId id, const std::string& provider_message, TimeMs now) = 0;
  // News from a webhook or from asking, by attempt id first and provider call id second. The first
  // final word wins; later ones only add transcript, summary, cost, recording. A hand-set status
  // stands.
  virtual Result<ApplyResult> ApplyReport(const CallReport& report, double jitter, TimeMs now) = 0;
  // Asked often enough, the provider does not know the call (or knows no end): unknown or active ->
  // ended with outcome temporary_error, and the lead waits the full retry delay. No effect on a
  // call that is no longer open.
  virtual Status GiveUpOnCall(CallId id, const std::string& reason, double jitter, TimeMs now) = 0;
  // Open calls whose provider should be asked now (state dispatching only when claimed before
  // `dispatching_before`: after a restart), oldest check first; and when the next one is due.
  struct CallsToCheck {
    std::vector<Call> calls;
    TimeMs next_check_at = 0;  // kNever: none open
  };
  virtual Result<CallsToCheck> ListCallsToCheck(TimeMs now, TimeMs dispatching_before,
                                                int limit) = 0;
  virtual Status RecordChecked(CallId id, TimeMs now) = 0;  // counts one look
  // Resets leads that failed by account errors of this campaign since it paused: failed -> created
  // or scheduled.
  virtual Result<int64_t> ResetAccountFailures(CampaignId id, TimeMs now) = 0;

  virtual Result<Call> GetCall(CallId id) = 0;
  virtual Result<Page<Call>> ListCalls(const CallQuery& query) = 0;  // newest first
  struct OutcomeCount {
    CampaignId campaign_id;
    Outcome outcome;
    int64_t calls;
  };
  virtual Result<std::vector<OutcomeCount>> CountCalls() = 0;  // ended calls; kept counters

  // ---- webhooks ----
  // Durable before it returns. `event_key` names the event at its provider; a second one with the
  // same key is not stored again (returns false).
  virtual Result<bool> StoreWebhook(Provider provider, const std::string& event_key,
                                    const std::string& body, TimeMs now) = 0;
  virtual Result<std::vector<StoredWebhook>> PendingWebhooks(int limit) = 0;  // oldest first
  // kUnmatched keeps the webhook: it becomes pending again when a call takes an id that stands in
  // its body (as "call_id", "callId" or "id"), for up to 7 days.
  virtual Status FinishWebhook(int64_t id, ApplyResult result, TimeMs now) = 0;

  // ---- changes ----
  // Events with id > after_id, oldest first. `oldest` tells the first id still kept: a client that
  // is behind it reloads.
  struct Changes {
    std::vector<ChangeEvent> events;
    int64_t oldest_id = 0;
    int64_t newest_id = 0;
  };
  virtual Result<Changes> ReadChanges(int64_t after_id, int limit) = 0;
  // Adds a listener: called after a commit that wrote events, on the writing thread, with the
  // newest event id. Must return at once, and not use the store.
  virtual void OnChange(std::function<void(int64_t newest_id)> listener) = 0;

  // The latest instant found in the store: where a fast clock has to go on after a restart. 0:
  // empty.
  virtual Result<TimeMs> LatestInstant() = 0;
  // A quick read that proves the store answers.
  virtual Status Ping() = 0;
};

}  // namespace leadline
