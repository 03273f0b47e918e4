// Leads one by one: made, edited, deleted, set by hand.
#include <algorithm>

#include "common/dial/retry.h"
#include "common/lead/validate.h"
#include "server/store/sqlite/journal.h"
#include "server/store/sqlite/lead_write.h"

namespace leadline {
namespace {

Status NoSuchLead() {
  return NotFound("There is no such lead.");
}
Status LeadChanged() {
  return Conflict("The lead changed meanwhile. Load it again.");
}
Status CallOn() {
  return Refused("call_on", "A call to this lead is on. Wait until it ends.");
}

// The draft trimmed and with its campaign, or what is wrong with it.
Result<LeadDraft> CheckDraft(Db& db, const LeadDraft& draft) {
  const CallingSettings settings = ReadSettings(db);
  LeadRules rules;
  rules.default_region = settings.default_region;
  LEADLINE_RETURN_IF_ERROR(SetRequired(settings.required_fields, &rules));
  LeadViewStorage storage;
  const LeadView view = ViewOf(draft, &storage);
  std::vector<LeadProblem> problems;
  LeadValidator(rules).Check(view, &problems);
  if (HasErrors(problems)) {
    return Invalid("lead_invalid", "Some of the lead's data is wrong: see the fields.",
                   FieldProblemsOf(problems));
  }
  LeadDraft clean = draft;
  CopyTo(view, &clean);
  for (size_t i = 0; i < clean.contacts.size(); ++i) clean.contacts[i].id = draft.contacts[i].id;
  if (clean.campaign_id == 0) clean.campaign_id = kDefaultCampaign;
  if (db.IntOf("SELECT 1 FROM campaign WHERE id = ?", 0, clean.campaign_id) == 0) {
    return db.Missing(NotFound("There is no such campaign."));
  }
  return clean;
}

// Whether the number of the call that is on would no longer stand where it was dialled.
bool MovesDialledNumber(const Call& call, const LeadDraft& draft) {
  if (call.contact_id == 0) return draft.phone != call.number;
  return std::none_of(draft.contacts.begin(), draft.contacts.end(), [&](const Contact& c) {
    return c.phone == call.number && (c.id == 0 || c.id == call.contact_id);
  });
}

// A person set it back: numbers that had failed count again, and the next one is due at once.
void Revive(Tx& tx, StoredLead* lead, const Campaign& campaign, bool clear_attempts) {
  if (clear_attempts) {
    lead->epoch += 1;
    lead->attempts = lead->round = 0;
  }
  lead->primary_failed = false;
  for (Contact& c : lead->contacts) {
    if (clear_attempts) c.attempts = 0;
    c.status = c.attempts == 0 ? LeadStatus::kCreated : LeadStatus::kScheduled;
    WriteContactProgress(tx, c);
  }
  lead->round = RoundForHandChange(*lead, campaign);
  lead->refusals = 0;
  lead->error = {};
  lead->error_scope = ErrorScope::kNone;
}

TimeMs NextByHand(const StoredLead& lead, const Campaign& campaign, const CallingSettings& settings,
                  LeadStatus to, TimeMs now, const Zones& zones) {
  if (to == LeadStatus::kCreated || to == LeadStatus::kScheduled) return 0;
  if (to != LeadStatus::kRescheduled) return kNever;
  const TimeMs at = now + campaign.retry_delay_minutes * kMinuteMs;
  const TimeMs moved = MoveIntoWindow(lead, NextContactOf(lead, campaign).NumberOf(lead), campaign,
                                      settings, at, zones);
  return moved == kNever ? at : moved;  // where there is no window, the gates say so then
}

Status SetByHand(Tx& tx, StoredLead* lead, LeadStatus to, bool clear_attempts, const Actor& actor,
                 const Zones& zones) {
  const auto event = HandEventTo(to);
  if (!event) {
    return Refused("not_by_hand", "Processing and Failed are set by calls alone, never by hand.");
  }
  const auto campaign = FindCampaign(tx.db, lead->campaign_id);
  if (!campaign) return tx.db.Missing(NotFound("There is no such campaign."));
  const bool waits = Contains(kWaitingStatuses, to) || to == LeadStatus::kRescheduled;
  if (waits && !IsDialable(JudgeE164(lead->phone))) {
    return Refused("number_not_dialable", "The number is not one that may be dialled. Correct it.");
  }
  if (waits || clear_attempts) Revive(tx, lead, *campaign, clear_attempts);
  if (Contains(kWaitingStatuses, to) && !NextContactOf(*lead, *campaign).any) {
    return Refused("tries_used_up",
                   "All tries of this lead are used up. Clear the attempts to start again.");
  }
  lead->look_at = NextByHand(*lead, *campaign, ReadSettings(tx.db), to, tx.now, zones);
  lead->held = Held::kNo;  // while its import is not committed, the gates hold it
  return MoveLead(tx, lead, {*event, actor, 0, clear_attempts ? "Attempts cleared." : ""});
}

}  // namespace

Result<Lead> SqliteStore::CreateLead(const LeadDraft& draft, const Actor& actor, TimeMs now) {
  return Write(now, [&](Tx& tx) -> Result<Lead> {
    const auto clean = CheckDraft(tx.db, draft);
    if (!clean.ok()) return clean.status();
    const LeadId id = InsertLead(tx, *clean);
    AddAudit(tx, {id, actor, "lead_created", "", NameOf(LeadStatus::kCreated), 0, ""});
    AddLeadEvent(tx, id, LeadStatus::kCreated, 1, clean->campaign_id);
    return ReadBack(tx, id);
  });
}

Result<Lead> SqliteStore::GetLead(LeadId id) {
  return Read([&](Db& db) -> Result<Lead> {
    auto lead = FindLead(db, id);
    if (!lead) return db.Missing(NoSuchLead());
    return Lead(std::move(*lead));
  });
}

Result<Lead> SqliteStore::UpdateLead(LeadId id, int64_t version, const LeadDraft& draft,
                                     const Actor& actor, TimeMs now) {
  return Write(now, [&](Tx& tx) -> Result<Lead> {
    const auto stored = FindLead(tx.db, id);
    if (!stored) return tx.db.Missing(NoSuchLead());
    if (stored->version != version) return LeadChanged();
    const auto clean = CheckDraft(tx.db, draft);
    if (!clean.ok()) return clean.status();
    const auto call = FindOpenCallOfLead(tx.db, id);
    if (call && MovesDialledNumber(*call, *clean)) return CallOn();
    LEADLINE_RETURN_IF_ERROR(RewriteLead(tx, *stored, *clean));
    AddAudit(tx, {id, actor, "lead_edited", NameOf(stored->status), NameOf(stored->status), 0, ""});
    AddLeadEvent(tx, id, stored->status, version + 1, clean->campaign_id);
    return ReadBack(tx, id);
  });
}

Status SqliteStore::DeleteLead(LeadId id, int64_t version, const Actor& actor, TimeMs now) {
  return Write(now, [&](Tx& tx) -> Status {
    const auto stored = FindLead(tx.db, id);
    if (!stored) return tx.db.Missing(NoSuchLead());
    if (stored->version != version) return LeadChanged();
    if (FindOpenCallOfLead(tx.db, id)) return CallOn();
    tx.db.Run("DELETE FROM lead WHERE id = ? AND version = ?", id, version);
    AddAudit(tx, {id, actor, "lead_deleted", NameOf(stored->status), "", 0, ""});
    AddEvent(tx, "lead", id, R"({"deleted":true})");
    return Status();
  });
}

Result<Lead> SqliteStore::SetLeadStatus(LeadId id, int64_t version, LeadStatus to,
                                        bool clear_attempts, const Actor& actor, TimeMs now) {
  return Write(now, [&](Tx& tx) -> Result<Lead> {
    auto lead = FindLead(tx.db, id);
    if (!lead) return tx.db.Missing(NoSuchLead());
    if (version != 0 && lead->version != version) return LeadChanged();
    LEADLINE_RETURN_IF_ERROR(SetByHand(tx, &*lead, to, clear_attempts, actor, zones_));
    return Lead(std::move(*lead));
  });
}

Result<std::vector<TimelineEntry>> SqliteStore::LeadTimeline(LeadId id, int limit) {
  return Read([&](Db& db) -> Result<std::vector<TimelineEntry>> {
    const auto lead = FindLead(db, id);
    if (!lead) return db.Missing(NoSuchLead());
    std::vector<TimelineEntry> entries;
    const auto room = static_cast<size_t>(std::clamp(limit, 1, kMaxPage));
    Query row(db,
              "SELECT id, at, actor, event, from_status, to_status, call_id, detail FROM audit "
              "WHERE lead_id = ? ORDER BY id DESC LIMIT ?",
              id, room);
    while (row.Next()) {
      entries.push_back({row.Int(0), row.Int(1), row.Text(2), row.Text(3), row.Text(4), row.Text(5),
                         row.Int(6), row.Text(7)});
    }
    // An import writes no audit row per lead: the lead itself says when and by what it was made.
    if (lead->import_id != 0 && entries.size() < room) {
      entries.push_back({0, lead->created_at, "import " + std::to_string(lead->import_id),
                         "lead_created", "", std::string(NameOf(LeadStatus::kCreated)), 0, ""});
    }
    return entries;
  });
}

Result<std::vector<Store::StatusCount>> SqliteStore::CountLeads() {
  return Read([&](Db& db) -> Result<std::vector<StatusCount>> {
    std::vector<StatusCount> counts;
    Query row(db, "SELECT campaign_id, status, leads FROM lead_count WHERE leads > 0");
    while (row.Next()) counts.push_back({row.Int(0), row.As<LeadStatus>(1), row.Int(2)});
    return counts;
  });
}

}  // namespace leadline
