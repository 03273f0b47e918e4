// Webhooks: stored before they are answered, applied later, kept while their call is not known yet.
#include <algorithm>
#include <set>

#include "common/base/json.h"
#include "server/store/sqlite/call_write.h"

namespace leadline {
namespace {

constexpr size_t kMaxBodyBytes = 4 << 20;
constexpr size_t kMaxKeyBytes = 500;
constexpr size_t kMaxWords = 32;
constexpr TimeMs kKeepUnmatchedMs = 7 * kDayMs;
// Long after the last delivery again: providers stop after some days at most.
constexpr TimeMs kKeepKeysMs = 30 * kDayMs;
constexpr int64_t kTidyEvery = 64;

enum class WebhookState : uint8_t { kPending = 0, kDone = 1, kWaiting = 2 };

// The texts that may be the id of a call, by the names under which providers send it.
void CollectWords(const Json& value, std::set<std::string>* words) {
  if (!value.is_structured()) return;
  for (const auto& [key, member] : value.items()) {
    const auto* text = member.get_ptr<const std::string*>();
    const bool named = key == "id" || key == "call_id" || key == "callId";
    if (named && text != nullptr && !text->empty() && text->size() <= 100 &&
        words->size() < kMaxWords) {
      words->insert(*text);
    }
    CollectWords(member, words);
  }
}

// True when one of the words, new to the store, is the id of a call by now: it came while the
// webhook was being applied.
bool KeepWords(Tx& tx, int64_t id) {
  std::string body;
  {
    Query row(tx.db, "SELECT body FROM webhook WHERE id = ?", id);
    if (row.Next()) body = row.Text(0);
  }
  const Result<Json> json = ParseJson(body);
  if (!json.ok()) return false;
  std::set<std::string> words;
  CollectWords(*json, &words);
  bool known = false;
  for (const std::string& word : words) {
    const bool is_new =
        tx.db.Run("INSERT INTO webhook_word VALUES (?, ?) ON CONFLICT DO NOTHING", word, id) == 1;
    known = known || (is_new && tx.db.IntOf("SELECT 1 FROM call WHERE provider = (SELECT provider "
                                            "FROM webhook WHERE id = ?) AND provider_call_id = ? "
                                            "AND provider_call_id <> ''",
                                            0, id, word) != 0);
  }
  return known;
}

// The key stays, so that a second delivery is known; the body has done its work.
void Close(Tx& tx, int64_t id) {
  tx.db.Run("UPDATE webhook SET state = ?, body = '' WHERE id = ?", WebhookState::kDone, id);
  tx.db.Run("DELETE FROM webhook_word WHERE webhook_id = ?", id);
}

void CloseExpired(Tx& tx) {
  std::vector<int64_t> expired;
  {
    Query row(tx.db,
              "SELECT id FROM webhook WHERE state <> 1 AND state = 2 AND received_at < ? LIMIT 100",
              tx.now - kKeepUnmatchedMs);
    while (row.Next()) expired.push_back(row.Int(0));
  }
  for (const int64_t id : expired) Close(tx, id);
}

void DropOldKeys(Tx& tx) {
  tx.db.Run(
      "DELETE FROM webhook WHERE id IN (SELECT id FROM webhook WHERE id > 0 ORDER BY id LIMIT ?) "
      "AND state = 1 AND received_at < ?",
      2 * kTidyEvery, tx.now - kKeepKeysMs);
}

}  // namespace

void WakeWebhooks(Tx& tx, std::string_view provider_call_id) {
  tx.db.Run(
      "UPDATE webhook SET state = 0 WHERE state = 2 AND id IN "
      "(SELECT webhook_id FROM webhook_word WHERE word = ?)",
      provider_call_id);
}

Result<bool> SqliteStore::StoreWebhook(Provider provider, const std::string& event_key,
                                       const std::string& body, TimeMs now) {
  if (body.size() > kMaxBodyBytes || event_key.size() > kMaxKeyBytes) {
    return Status(Code::kTooLarge, "webhook_too_large", "The webhook is larger than 4 MB.");
  }
  return Write(now, [&](Tx& tx) -> Result<bool> {
    const bool is_new = tx.db.Run(
                            "INSERT INTO webhook (provider, event_key, received_at, state, body) "
                            "VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                            provider, event_key, now, WebhookState::kPending, body) == 1;
    if (is_new && tx.db.last_id() % kTidyEvery == 0) {
      CloseExpired(tx);
      DropOldKeys(tx);
    }
    return is_new;
  });
}

Result<std::vector<StoredWebhook>> SqliteStore::PendingWebhooks(int limit) {
  return Read([&](Db& db) -> Result<std::vector<StoredWebhook>> {
    std::vector<StoredWebhook> pending;
    Query row(db,
              "SELECT id, provider, received_at, body FROM webhook WHERE state <> 1 AND state = 0 "
              "ORDER BY received_at, id LIMIT ?",
              std::clamp(limit, 1, kMaxPage));
    while (row.Next()) {
      pending.push_back({row.Int(0), row.As<Provider>(1), row.Int(2), row.Text(3)});
    }
    return pending;
  });
}

Status SqliteStore::FinishWebhook(int64_t id, ApplyResult result, TimeMs now) {
  return Write(now, [&](Tx& tx) -> Status {
    if (tx.db.IntOf("SELECT 1 FROM webhook WHERE id = ?", 0, id) == 0) {
      return tx.db.Missing(NotFound("There is no such webhook."));
    }
    if (result != ApplyResult::kUnmatched) {
      Close(tx, id);
      return Status();
    }
    if (!KeepWords(tx, id)) {
      tx.db.Run("UPDATE webhook SET state = ? WHERE id = ?", WebhookState::kWaiting, id);
    }
    return Status();
  });
}

}  // namespace leadline
