// What the provider says about a call, and what that does to its lead: both in one transaction.
#include <spdlog/spdlog.h>

#include <algorithm>

#include "common/dial/retry.h"
#include "server/store/sqlite/call_write.h"
#include "server/store/sqlite/campaign_write.h"
#include "server/store/sqlite/journal.h"
#include "server/store/sqlite/lead_write.h"

namespace leadline {
namespace {

constexpr std::string_view kProviderActor = "provider";
constexpr int kMaxReset = 10'000;

Status NoSuchCall() {
  return NotFound("There is no such call.");
}

// The dialled contact in the lead: -1 the primary; nothing when a person took it away meanwhile.
std::optional<int> ContactIndex(const Lead& lead, const Call& call) {
  if (call.contact_id == 0) return -1;
  for (size_t i = 0; i < lead.contacts.size(); ++i) {
    if (lead.contacts[i].id == call.contact_id) return static_cast<int>(i);
  }
  return std::nullopt;
}

LeadStatus ContactStatusAfter(const Contact& contact, const Campaign& campaign,
                              const LeadChange& change) {
  if (change.event == LeadEvent::kAnswered) return LeadStatus::kCompleted;
  if (change.contact_failed) return LeadStatus::kFailed;
  if (contact.attempts == 0) return LeadStatus::kCreated;
  return contact.attempts >= campaign.max_attempts ? LeadStatus::kMaxRetries
                                                   : LeadStatus::kRescheduled;
}

// The end of an attempt, in all its effects. `call` holds what is known of it now.
class CallEnd {
 public:
  CallEnd(Tx& tx, Call call, AttemptEnd end, const Zones& zones)
      : tx_(tx), call_(std::move(call)), end_(std::move(end)), zones_(zones) {}
  Status Apply();

 private:
  void Decide();
  Status ChangeLead();
  Status RefundOnly();
  void SetError();
  void PauseCampaigns();
  int* Attempts();

  Tx& tx_;
  Call call_;
  AttemptEnd end_;
  const Zones& zones_;
  std::optional<StoredLead> lead_;
  std::optional<Campaign> campaign_;
  std::optional<int> index_;
  LeadChange change_;
};

void CallEnd::Decide() {
  lead_ = FindLead(tx_.db, call_.lead_id);
  if (lead_) campaign_ = FindCampaign(tx_.db, lead_->campaign_id);
  if (lead_) index_ = ContactIndex(*lead_, call_);
  change_.refund = end_.proven_not_rung;
  if (!lead_ || !campaign_ || !index_) return;
  end_.contact_index = *index_;
  end_.refusals_in_a_row = lead_->refusals + 1;
  Lead dialled = *lead_;  // as if nobody had set it by hand meanwhile: what the call itself means
  dialled.status = LeadStatus::kProcessing;
  change_ = AfterAttempt(dialled, *campaign_, ReadSettings(tx_.db), end_, tx_.now, zones_);
}

int* CallEnd::Attempts() {
  return *index_ < 0 ? &lead_->attempts : &lead_->contacts[static_cast<size_t>(*index_)].attempts;
}

void CallEnd::SetError() {
  lead_->error = {std::string(end_.verdict.code), call_.provider_message};
  lead_->error_scope = end_.verdict.scope;
  if (end_.verdict.code.empty()) lead_->error = {};
}

Status CallEnd::ChangeLead() {
  if (change_.refund) *Attempts() = std::max(0, *Attempts() - 1);
  if (*index_ < 0) {
    lead_->primary_failed = lead_->primary_failed || change_.contact_failed;
  } else {
    Contact& contact = lead_->contacts[static_cast<size_t>(*index_)];
    contact.status = ContactStatusAfter(contact, *campaign_, change_);
    WriteContactProgress(tx_, contact);
  }
  lead_->round = change_.round;
  lead_->refusals = change_.refund ? lead_->refusals + 1 : 0;
  lead_->last_outcome = NameOf(call_.outcome);
  lead_->look_at = change_.next_attempt_at == 0 ? kNever : change_.next_attempt_at;
  lead_->held = Held::kNo;
  SetError();
  std::string detail(NameOf(call_.outcome));
  if (!call_.reason.empty()) detail += ": " + call_.reason;
  return MoveLead(tx_, &*lead_, {change_.event, kProviderActor, call_.id, detail});
}

// A hand-set status stands; a try that was none is handed back all the same.
Status CallEnd::RefundOnly() {
  if (!change_.refund) return tx_.db.error();
  *Attempts() = std::max(0, *Attempts() - 1);
  if (*index_ >= 0) WriteContactProgress(tx_, lead_->contacts[static_cast<size_t>(*index_)]);
  tx_.db.Run("UPDATE lead SET attempts = ?, version = version + 1, updated_at = ? WHERE id = ?",
             lead_->attempts, tx_.now, lead_->id);
  AddLeadEvent(tx_, lead_->id, lead_->status, lead_->version + 1, lead_->campaign_id);
  return tx_.db.error();
}

void CallEnd::PauseCampaigns() {
  if (end_.verdict.pause_account) PauseAllOf(tx_, call_.provider, end_.verdict.code);
  if (change_.pause_campaign) PauseIfRunning(tx_, call_.campaign_id, end_.verdict.code);
}

Status CallEnd::Apply() {
  Decide();
  call_.state = change_.refund ? CallState::kRefused : CallState::kEnded;
  call_.error_code = end_.verdict.code;
  call_.ended_at = tx_.now;
  WriteCall(tx_, call_, kNever);
  AddCallEvent(tx_, call_);
  PauseCampaigns();
  if (!lead_ || !campaign_ || !index_ || lead_->epoch != call_.epoch) return tx_.db.error();
  return lead_->status == LeadStatus::kProcessing ? ChangeLead() : RefundOnly();
}

// The fuller of two texts, whichever came first: so the order of reports does not matter.
void TakeFuller(const std::string& news, std::string* text) {
  if (std::pair(news.size(), std::string_view(news)) >
      std::pair(text->size(), std::string_view(*text))) {
    *text = news;
  }
}

void Enrich(const CallReport& report, Call* call) {
  TakeFuller(report.transcript, &call->transcript);
  TakeFuller(report.summary, &call->summary);
  TakeFuller(report.recording_url, &call->recording_url);
  call->duration_ms = std::max(call->duration_ms, report.duration_ms);
  call->cost_microusd = std::max(call->cost_microusd, report.cost_microusd);
  call->connected =
      call->connected || report.connected || report.phase == CallReport::Phase::kConnected;
}

bool SameContent(const Call& a, const Call& b) {
  return a.state == b.state && a.provider_call_id == b.provider_call_id &&
         a.connected == b.connected && a.duration_ms == b.duration_ms &&
         a.cost_microusd == b.cost_microusd && a.transcript == b.transcript &&
         a.summary == b.summary && a.recording_url == b.recording_url;
}

std::optional<Call> FindByProviderId(Db& db, Provider provider, std::string_view provider_call_id) {
  static const std::string sql = Select(
      kCallColumns, "call WHERE provider = ? AND provider_call_id = ? AND provider_call_id <> ''");
  Query row(db, sql, provider, provider_call_id);
  if (!row.Next()) return std::nullopt;
  return CallOf(row);
}

std::optional<Call> FindReported(Db& db, const CallReport& report) {
  static const std::string sql = Select(kCallColumns, "call WHERE attempt_id = ? AND provider = ?");
  if (!report.attempt_id.empty()) {
    Query row(db, sql, report.attempt_id, report.provider);
    if (row.Next()) return CallOf(row);
  }
  return FindByProviderId(db, report.provider, report.provider_call_id);
}

// Gives the call its name at the provider, unless it has one or another call has this one.
void Name(Tx& tx, const std::string& provider_call_id, Call* call) {
  if (provider_call_id.empty() || !call->provider_call_id.empty() ||
      FindByProviderId(tx.db, call->provider, provider_call_id)) {
    return;
  }
  call->provider_call_id = provider_call_id;
  WakeWebhooks(tx, provider_call_id);
}

void Activate(TimeMs now, Call* call) {
  call->state = CallState::kActive;
  call->checks = 0;
  if (call->started_at == 0) call->started_at = now;
}

// Writes `next` over `call` when it says something new.
ApplyResult WriteNews(Tx& tx, const Call& call, const Call& next) {
  if (SameContent(call, next)) return ApplyResult::kNoChange;
  WriteCall(tx, next, IsOpen(next.state) ? tx.now + CheckDelayMs(next.state, next.checks) : kNever);
  AddCallEvent(tx, next);
  return ApplyResult::kApplied;
}

Outcome FinalOutcome(const CallReport& report) {
  if (report.verdict.outcome != Outcome::kUnknown) return report.verdict.outcome;
  return report.goal_reached ? Outcome::kAnswered : Outcome::kTemporaryError;
}

Result<ApplyResult> ApplyEnd(Tx& tx, const CallReport& report, Call call, double jitter,
                             const Zones& zones) {
  AttemptEnd end;
  end.verdict = report.verdict;
  end.connected = call.connected;
  end.goal_reached = report.goal_reached;
  end.jitter = jitter;
  call.outcome = FinalOutcome(report);
  call.reason = report.reason;
  call.provider_message = report.provider_message;
  LEADLINE_RETURN_IF_ERROR(CallEnd(tx, std::move(call), end, zones).Apply());
  return ApplyResult::kApplied;
}

}  // namespace

Status SqliteStore::RecordAccepted(CallId id, const std::string& provider_call_id, TimeMs now) {
  return Write(now, [&](Tx& tx) -> Status {
    const auto call = FindCall(tx.db, id);
    if (!call) return tx.db.Missing(NoSuchCall());
    Call next = *call;
    Name(tx, provider_call_id, &next);
    if (IsOpen(call->state) && call->state != CallState::kActive) Activate(now, &next);
    WriteNews(tx, *call, next);
    return Status();
  });
}

Status SqliteStore::RecordRefused(CallId id, const Verdict& verdict,
                                  const std::string& provider_message, TimeMs retry_after_ms,
                                  double jitter, TimeMs now) {
  return Write(now, [&](Tx& tx) -> Status {
    auto call = FindCall(tx.db, id);
    if (!call) return tx.db.Missing(NoSuchCall());
    // An active call is known to its provider: it is not proven that it never rang.
    if (!IsOpen(call->state) || call->state == CallState::kActive) return Status();
    AttemptEnd end;
    end.verdict = verdict;
    end.proven_not_rung = true;
    end.retry_after_ms = retry_after_ms;
    end.jitter = jitter;
    call->outcome = verdict.outcome;
    call->provider_message = provider_message;
    return CallEnd(tx, std::move(*call), end, zones_).Apply();
  });
}

Status SqliteStore::RecordUnclear(CallId id, const std::string& provider_message, TimeMs now) {
  return Write(now, [&](Tx& tx) -> Status {
    const auto call = FindCall(tx.db, id);
    if (!call) return tx.db.Missing(NoSuchCall());
    if (call->state != CallState::kDispatching) return Status();
    Call next = *call;
    next.state = CallState::kUnknown;
    next.provider_message = provider_message;
    WriteNews(tx, *call, next);
    return Status();
  });
}

Result<ApplyResult> SqliteStore::ApplyReport(const CallReport& report, double jitter, TimeMs now) {
  return Write(now, [&](Tx& tx) -> Result<ApplyResult> {
    const auto call = FindReported(tx.db, report);
    if (!call) return ApplyResult::kUnmatched;
    if (!call->provider_call_id.empty() && !report.provider_call_id.empty() &&
        call->provider_call_id != report.provider_call_id) {
      spdlog::warn("call {}: news of another call with its attempt id are left aside", call->id);
      return ApplyResult::kNoChange;
    }
    Call next = *call;
    Name(tx, report.provider_call_id, &next);
    Enrich(report, &next);
    if (!IsOpen(call->state) || report.phase == CallReport::Phase::kDetails) {
      return WriteNews(tx, *call, next);
    }
    if (report.phase == CallReport::Phase::kEnded) {
      return ApplyEnd(tx, report, std::move(next), jitter, zones_);
    }
    if (call->state != CallState::kActive) Activate(now, &next);
    return WriteNews(tx, *call, next);
  });
}

Status SqliteStore::GiveUpOnCall(CallId id, const std::string& reason, double jitter, TimeMs now) {
  return Write(now, [&](Tx& tx) -> Status {
    auto call = FindCall(tx.db, id);
    if (!call) return tx.db.Missing(NoSuchCall());
    if (call->state != CallState::kUnknown && call->state != CallState::kActive) return Status();
    AttemptEnd end;
    end.verdict.outcome = Outcome::kUnknown;  // it may have rung: the full delay, nothing back
    end.verdict.code = "outcome_unknown";
    end.connected = call->connected;
    end.jitter = jitter;
    call->outcome = Outcome::kTemporaryError;
    call->reason = reason;
    return CallEnd(tx, std::move(*call), end, zones_).Apply();
  });
}

Result<int64_t> SqliteStore::ResetAccountFailures(CampaignId id, TimeMs now) {
  return Write(now, [&](Tx& tx) -> Result<int64_t> {
    const auto campaign = FindCampaign(tx.db, id);
    if (!campaign) return tx.db.Missing(NotFound("There is no such campaign."));
    std::vector<LeadId> failed;
    {
      Query row(tx.db,
                "SELECT id FROM lead WHERE campaign_id = ?1 AND status = 6 AND updated_at >= "
                "(SELECT paused_at FROM campaign WHERE id = ?1) AND error_scope = 2 LIMIT ?2",
                id, kMaxReset);
      while (row.Next()) failed.push_back(row.Int(0));
    }
    for (const LeadId lead_id : failed) {
      auto lead = FindLead(tx.db, lead_id);
      if (!lead) return tx.db.error();
      const bool untried =
          lead->attempts == 0 && std::all_of(lead->contacts.begin(), lead->contacts.end(),
                                             [](const Contact& c) { return c.attempts == 0; });
      lead->round = RoundForHandChange(*lead, *campaign);
      lead->refusals = 0;
      lead->error = {};
      lead->error_scope = ErrorScope::kNone;
      lead->look_at = 0;
      const LeadEvent event = untried ? LeadEvent::kHandCreated : LeadEvent::kHandScheduled;
      LEADLINE_RETURN_IF_ERROR(
          MoveLead(tx, &*lead, {event, "api", 0, "The account's error was mended."}));
    }
    return static_cast<int64_t>(failed.size());
  });
}

}  // namespace leadline
