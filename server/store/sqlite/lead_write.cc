#include "server/store/sqlite/lead_write.h"

#include <algorithm>

#include "common/base/utf8.h"
#include "common/dial/window.h"
#include "server/store/sqlite/journal.h"
#include "server/store/sqlite/json_columns.h"

namespace leadline {
namespace {

constexpr size_t kMaxErrorTextBytes = 2000;

void UpdateContact(Tx& tx, size_t position, const Contact& c) {
  tx.db.Run(
      "UPDATE contact SET position = ?, name = ?, phone = ?, variables = ?, status = ?, "
      "attempts = ? WHERE id = ?",
      position, c.name, c.phone, EncodeVariables(c.variables), c.status, c.attempts, c.id);
}

// The stored contact that `wanted` is: by id, else by number. Taken out of `stored`.
bool TakeStored(const Contact& wanted, std::vector<Contact>* stored, Contact* found) {
  const auto same_id = [&](const Contact& c) { return wanted.id != 0 && c.id == wanted.id; };
  const auto same_number = [&](const Contact& c) { return c.phone == wanted.phone; };
  auto it = std::find_if(stored->begin(), stored->end(), same_id);
  if (it == stored->end()) it = std::find_if(stored->begin(), stored->end(), same_number);
  if (it == stored->end()) return false;
  *found = std::move(*it);
  stored->erase(it);
  return true;
}

void RewriteContacts(Tx& tx, const StoredLead& before, const std::vector<Contact>& wanted) {
  std::vector<Contact> stored = before.contacts;
  for (size_t i = 0; i < wanted.size(); ++i) {
    Contact old;
    if (!TakeStored(wanted[i], &stored, &old)) {
      InsertContact(tx, before.id, i, wanted[i]);
      continue;
    }
    Contact next = wanted[i];
    next.id = old.id;
    next.attempts = old.attempts;
    next.status = old.phone == next.phone || old.status != LeadStatus::kFailed
                      ? old.status
                      : LeadStatus::kCreated;
    UpdateContact(tx, i, next);
  }
  for (const Contact& gone : stored) tx.db.Run("DELETE FROM contact WHERE id = ?", gone.id);
}

}  // namespace

LeadId InsertLead(Tx& tx, const LeadDraft& d) {
  tx.db.Run(
      "INSERT INTO lead (campaign_id, name, phone, email, company, timezone, variables, "
      "contact_count, next_attempt_at, held, import_id, created_at, updated_at) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, ?, ?)",
      d.campaign_id, d.name, d.phone, d.email, d.company, d.timezone, EncodeVariables(d.variables),
      d.contacts.size(), tx.now, tx.now);
  const LeadId id = tx.db.last_id();
  for (size_t i = 0; i < d.contacts.size(); ++i) InsertContact(tx, id, i, d.contacts[i]);
  return id;
}

void InsertContact(Tx& tx, LeadId id, size_t position, const Contact& c) {
  tx.db.Run(
      "INSERT INTO contact (lead_id, position, name, phone, variables) VALUES (?, ?, ?, ?, ?)", id,
      position, c.name, c.phone, EncodeVariables(c.variables));
}

Status MoveLead(Tx& tx, StoredLead* lead, const Move& move) {
  const Transition& t = TransitionOf(move.event);
  const LeadStatus from = lead->status;
  const int64_t changed = tx.db.Run(
      "UPDATE lead SET status = ?3, version = version + 1, attempts = ?4, primary_failed = ?5, "
      "round = ?6, epoch = ?7, refusals = ?8, last_outcome = ?9, last_attempt_at = ?10, "
      "next_attempt_at = ?11, held = ?12, error_code = ?13, error_scope = ?14, "
      "error_message = ?15, updated_at = ?16 "
      "WHERE id = ?1 AND version = ?2 AND (?17 >> status) & 1 = 1",
      lead->id, lead->version, t.to, lead->attempts, lead->primary_failed, lead->round, lead->epoch,
      lead->refusals, lead->last_outcome, lead->last_attempt_at, lead->look_at, lead->held,
      lead->error.code, lead->error_scope,
      ClipUtf8(lead->error.provider_message, kMaxErrorTextBytes), tx.now, t.from);
  if (changed != 1) return tx.db.Missing(Conflict("The lead changed meanwhile. Load it again."));
  lead->status = t.to;
  lead->version += 1;
  lead->updated_at = tx.now;
  lead->next_attempt_at = lead->look_at == kNever ? 0 : lead->look_at;
  AddAudit(tx,
           {lead->id, move.actor, t.name, NameOf(from), NameOf(t.to), move.call_id, move.detail});
  AddLeadEvent(tx, lead->id, lead->status, lead->version, lead->campaign_id);
  return Status();
}

void WriteContactProgress(Tx& tx, const Contact& contact) {
  tx.db.Run("UPDATE contact SET status = ?, attempts = ? WHERE id = ?", contact.status,
            contact.attempts, contact.id);
}

Status RewriteLead(Tx& tx, const StoredLead& before, const LeadDraft& d) {
  RewriteContacts(tx, before, d.contacts);
  const bool free = before.held == Held::kByGate;
  const int64_t changed = tx.db.Run(
      "UPDATE lead SET version = version + 1, campaign_id = ?3, name = ?4, phone = ?5, email = ?6, "
      "company = ?7, timezone = ?8, variables = ?9, contact_count = ?10, primary_failed = ?11, "
      "next_attempt_at = ?12, held = ?13, updated_at = ?14 WHERE id = ?1 AND version = ?2",
      before.id, before.version, d.campaign_id, d.name, d.phone, d.email, d.company, d.timezone,
      EncodeVariables(d.variables), d.contacts.size(),
      before.primary_failed && before.phone == d.phone, free ? 0 : before.look_at,
      free ? Held::kNo : before.held, tx.now);
  if (changed != 1) return tx.db.Missing(Conflict("The lead changed meanwhile. Load it again."));
  return Status();
}

void LookAgain(Tx& tx, CampaignId campaign_id) {
  tx.db.Run("UPDATE campaign SET look_again = 1 WHERE ?1 = 0 OR id = ?1", campaign_id);
}

Result<Lead> ReadBack(Tx& tx, LeadId id) {
  auto lead = FindLead(tx.db, id);
  if (!lead) return tx.db.Missing(NotFound("There is no such lead."));
  return Lead(std::move(*lead));
}

}  // namespace leadline
