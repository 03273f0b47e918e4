// Calls: written, listed, counted, and which of them to ask about.
#include <algorithm>

#include "common/base/utf8.h"
#include "common/dial/window.h"
#include "server/store/sqlite/call_write.h"
#include "server/store/sqlite/cursor.h"

namespace leadline {
namespace {

constexpr size_t kMaxTranscriptBytes = 1 << 20;
constexpr size_t kMaxTextBytes = 64 << 10;
constexpr size_t kMaxMessageBytes = 2000;

// call.result, by the name of an open state or of an outcome; -1 when it is neither.
int ResultOf(std::string_view name) {
  for (int i = 0; i < 5; ++i) {
    if (i != static_cast<int>(CallState::kEnded) && kCallStateNames[i] == name) return i;
  }
  const auto outcome = OutcomeFromName(name);
  return outcome ? 10 + static_cast<int>(*outcome) : -1;
}

// Which rows a query means: one of six fixed texts. Each names ?1 to ?3, so that all take the same
// values.
std::string_view FilterOf(const CallQuery& q) {
  if (q.lead_id != 0) {
    return "call WHERE lead_id = ?1 AND (?2 = 0 OR campaign_id = ?2) AND (?3 < 0 OR result = ?3)";
  }
  if (q.campaign_id != 0) {
    return q.outcome.empty() ? "call WHERE campaign_id = ?2 AND ?1 = 0 AND ?3 < 0"
                             : "call WHERE campaign_id = ?2 AND result = ?3 AND ?1 = 0";
  }
  return q.outcome.empty() ? "call WHERE ?1 = 0 AND ?2 = 0 AND ?3 < 0"
                           : "call WHERE result = ?3 AND ?1 = 0 AND ?2 = 0";
}

int64_t CountOf(Db& db, const CallQuery& q, std::string_view filter, int result) {
  // Calls are never deleted, so the newest id is how many there are.
  if (q.lead_id == 0 && q.campaign_id == 0 && result < 0) {
    return db.IntOf("SELECT coalesce(max(id), 0) FROM call", 0);
  }
  const std::string sql = Select("count(*)", filter);
  return db.IntOf(sql, 0, q.lead_id, q.campaign_id, result);
}

}  // namespace

Call NewCall(const Lead& lead, const Contact* contact, const DialFacts& facts,
             std::string attempt_id) {
  Call call;
  call.attempt_id = std::move(attempt_id);
  call.lead_id = lead.id;
  call.contact_id = contact == nullptr ? 0 : contact->id;
  call.epoch = lead.epoch;
  call.campaign_id = facts.campaign.id;
  call.assistant_id = facts.assistant.id;
  call.provider = facts.assistant.provider;
  call.number = contact == nullptr ? lead.phone : contact->phone;
  call.lead_name = lead.name;
  call.claimed_at = facts.now;
  return call;
}

void InsertCall(Tx& tx, Call* c) {
  tx.db.Run(
      "INSERT INTO call (attempt_id, lead_id, contact_id, epoch, attempt_no, campaign_id, "
      "assistant_id, provider, number, lead_name, state, outcome, claimed_at, check_at) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      c->attempt_id, c->lead_id, c->contact_id, c->epoch, c->attempt_no, c->campaign_id,
      c->assistant_id, c->provider, c->number, c->lead_name, c->state, c->outcome, c->claimed_at,
      c->claimed_at);
  c->id = tx.db.last_id();
}

void WriteCall(Tx& tx, const Call& c, TimeMs check_at) {
  tx.db.Run(
      "UPDATE call SET state = ?2, provider_call_id = ?3, outcome = ?4, reason = ?5, "
      "error_code = ?6, provider_message = ?7, connected = ?8, started_at = ?9, ended_at = ?10, "
      "check_at = ?11, duration_ms = ?12, cost_microusd = ?13, transcript = ?14, summary = ?15, "
      "recording_url = ?16, checks = ?17 WHERE id = ?1",
      c.id, c.state, c.provider_call_id, c.outcome, ClipUtf8(c.reason, kMaxMessageBytes),
      c.error_code, ClipUtf8(c.provider_message, kMaxMessageBytes), c.connected, c.started_at,
      c.ended_at, check_at, c.duration_ms, c.cost_microusd,
      ClipUtf8(c.transcript, kMaxTranscriptBytes), ClipUtf8(c.summary, kMaxTextBytes),
      ClipUtf8(c.recording_url, kMaxMessageBytes), c.checks);
}

TimeMs CheckDelayMs(CallState state, int checks) {
  // Nobody knows whether an unknown call rings, so it is asked about soon; an active one is
  // expected to tell by itself, and is asked in case its webhook was lost.
  constexpr TimeMs kUnknownFirstMs = 10 * kSecondMs;
  constexpr TimeMs kActiveMs = 2 * kMinuteMs;
  constexpr TimeMs kLongestMs = 5 * kMinuteMs;
  if (state != CallState::kUnknown) return checks < 60 ? kActiveMs : kLongestMs;
  return std::min(kUnknownFirstMs << std::min(checks, 10), kLongestMs);
}

Result<Store::CallsToCheck> SqliteStore::ListCallsToCheck(TimeMs now, TimeMs dispatching_before,
                                                          int limit) {
  static const std::string sql =
      Select(kCallColumns,
             "call WHERE state IN (0, 1, 2) AND check_at <= ?1 AND (state <> 0 OR claimed_at < ?2) "
             "ORDER BY check_at LIMIT ?3");
  return Read([&](Db& db) -> Result<CallsToCheck> {
    CallsToCheck found;
    {
      Query row(db, sql, now, dispatching_before, std::clamp(limit, 1, kMaxPage));
      while (row.Next()) found.calls.push_back(CallOf(row));
    }
    found.next_check_at = db.IntOf(
        "SELECT check_at FROM call WHERE state IN (0, 1, 2) AND check_at >= 0 AND "
        "(state <> 0 OR claimed_at < ?) "
        "ORDER BY check_at LIMIT 1",
        kNever, dispatching_before);
    return found;
  });
}

Status SqliteStore::RecordChecked(CallId id, TimeMs now) {
  return Write(now, [&](Tx& tx) -> Status {
    const auto call = FindCall(tx.db, id);
    if (!call) return tx.db.Missing(NotFound("There is no such call."));
    tx.db.Run("UPDATE call SET checks = checks + 1, checked_at = ?2, check_at = ?3 WHERE id = ?1",
              id, now, now + CheckDelayMs(call->state, call->checks + 1));
    return Status();
  });
}

Result<Call> SqliteStore::GetCall(CallId id) {
  return Read([&](Db& db) -> Result<Call> {
    auto call = FindCall(db, id);
    if (!call) return db.Missing(NotFound("There is no such call."));
    return std::move(*call);
  });
}

Result<Page<Call>> SqliteStore::ListCalls(const CallQuery& query) {
  Page<Call> page;
  const int result = query.outcome.empty() ? -1 : ResultOf(query.outcome);
  if (!query.outcome.empty() && result < 0) return page;
  CallId before = kNever;
  if (!query.cursor.empty()) {
    const auto place = DecodeCursor(query.cursor);
    const auto id = place && place->size() == 2 ? IntOf((*place)[0]) : std::nullopt;
    const auto total = place && place->size() == 2 ? IntOf((*place)[1]) : std::nullopt;
    if (!id || !total) return BadCursor();
    before = *id;
    page.total = *total;
  }
  const auto room = static_cast<size_t>(std::clamp(query.limit, 1, kMaxPage));
  const std::string filter(FilterOf(query));
  const std::string sql = Select(kCallColumns, filter + " AND id < ?4 ORDER BY id DESC LIMIT ?5");
  return Read([&](Db& db) -> Result<Page<Call>> {
    if (query.cursor.empty()) {
      page.total = CountOf(db, query, filter, result);
    }
    Query row(db, sql, query.lead_id, query.campaign_id, result, before, room + 1);
    while (row.Next()) page.items.push_back(CallOf(row));
    if (page.items.size() > room) {
      page.items.resize(room);
      page.next_cursor = EncodeCursor(Json::array({page.items.back().id, page.total}));
    }
    return std::move(page);
  });
}

Result<std::vector<Store::OutcomeCount>> SqliteStore::CountCalls() {
  return Read([](Db& db) -> Result<std::vector<OutcomeCount>> {
    std::vector<OutcomeCount> counts;
    Query row(db, "SELECT campaign_id, outcome, calls FROM call_count");
    while (row.Next()) counts.push_back({row.Int(0), row.As<Outcome>(1), row.Int(2)});
    return counts;
  });
}

}  // namespace leadline
