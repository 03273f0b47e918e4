// One pass of the scheduler over the stored leads. Everything it looks at is found along an index,
// so a pass that finds nothing costs the same with ten leads and with a million.
#include <algorithm>
#include <deque>

#include "common/dial/retry.h"
#include "server/store/sqlite/call_write.h"
#include "server/store/sqlite/campaign_write.h"
#include "server/store/sqlite/dial_facts.h"
#include "server/store/sqlite/journal.h"
#include "server/store/sqlite/lead_write.h"

namespace leadline {
namespace {

// What one pass does at most, so that no transaction grows long; the rest comes in the next pass.
constexpr int kMaxFreed = 2'000;
constexpr int kMaxPromoted = 500;
constexpr int kMaxLooks = 1'000;
constexpr int kQueue = 50;
// When to look again at a provider that takes only so many calls for now, after an outage.
constexpr TimeMs kRampLookMs = kSecondMs;
// How long a lead waits whose gate opens at an instant nobody knows (another lead's call is on).
constexpr TimeMs kBusyLookMs = 30 * kSecondMs;

constexpr std::string_view kSchedulerActor = "scheduler";

// A running campaign during the pass.
struct Lane {
  Campaign campaign;
  DialFacts facts;  // read when it has a lead that is due
  std::deque<LeadId> queue;
  bool has_facts = false;
  bool done = false;  // nothing more for it in this pass
};

class ClaimPass {
 public:
  ClaimPass(Tx& tx, const ClaimParams& params, const Zones& zones)
      : tx_(tx), db_(tx.db), params_(params), zones_(zones) {}

  Result<ClaimResult> Run();

 private:
  int64_t FreeImport(ImportId id, int64_t room);
  void FreeHeld();
  Status Promote();
  void FinishEmptyCampaigns();
  void OpenLanes();
  Status DialRound();
  bool NextCandidate(Lane& lane, LeadId* id);
  void Refill(Lane& lane);
  Status Look(Lane& lane, LeadId id);
  void PutOff(const StoredLead& lead, const GateReport& report);
  Status Claim(Lane& lane, StoredLead lead);
  void SetNextDue();
  void LookAgainAt(TimeMs at) {
    if (at > params_.now) result_.next_due_at = std::min(result_.next_due_at, at);
  }

  Tx& tx_;
  Db& db_;
  const ClaimParams& params_;
  const Zones& zones_;
  CallingSettings settings_;
  OpenCalls open_;
  std::vector<Lane> lanes_;
  int claimed_[kProviderCount] = {};
  int looks_ = 0;
  bool more_ = false;  // work is left for a pass right after this one
  ClaimResult result_;
};

// The next leads of a committed import, `room` at most; returns how many it looked at.
int64_t ClaimPass::FreeImport(ImportId id, int64_t room) {
  const LeadId from = db_.IntOf("SELECT freed_to FROM import WHERE id = ?", 0, id);
  int64_t leads = 0;
  LeadId to = from;
  {
    Query row(db_,
              "SELECT count(*), max(id) FROM (SELECT id FROM lead WHERE import_id = ?1 AND "
              "import_id <> 0 AND id > ?2 ORDER BY id LIMIT ?3)",
              id, from, room);
    if (row.Next()) leads = row.Int(0);
    if (leads > 0) to = row.Int(1);
  }
  db_.Run(
      "UPDATE lead SET next_attempt_at = 0, held = 0 WHERE import_id = ?1 AND import_id <> 0 AND "
      "id > ?2 AND id <= ?3 AND held = 2",
      id, from, to);
  db_.Run("UPDATE import SET freed_to = ?2, freeing = ?3 WHERE id = ?1", id, to, leads == room);
  return leads;
}

// Leads whose import was committed, or whose gates may stand differently after a change.
void ClaimPass::FreeHeld() {
  const auto ids = [this](std::string_view sql) {
    std::vector<int64_t> found;
    Query row(db_, sql);
    while (row.Next()) found.push_back(row.Int(0));
    return found;
  };
  int64_t room = kMaxFreed;
  for (const ImportId id : ids("SELECT id FROM import WHERE freeing = 1")) {
    if (room > 0) room -= FreeImport(id, room);
  }
  for (const CampaignId id : ids("SELECT id FROM campaign WHERE state = 1 AND look_again = 1")) {
    if (room == 0) break;
    const int64_t freed = db_.Run(
        "UPDATE lead SET next_attempt_at = 0, held = 0 WHERE id IN "
        "(SELECT id FROM lead WHERE held = 1 AND campaign_id = ? LIMIT ?)",
        id, room);
    if (freed < room) db_.Run("UPDATE campaign SET look_again = 0 WHERE id = ?", id);
    room -= freed;
  }
  more_ = more_ || room == 0;
}

Status ClaimPass::Promote() {
  std::vector<LeadId> due;
  {
    Query row(db_,
              "SELECT id FROM lead WHERE status = 3 AND next_attempt_at <= ? "
              "ORDER BY next_attempt_at, id LIMIT ?",
              params_.now, kMaxPromoted);
    while (row.Next()) due.push_back(row.Int(0));
  }
  for (const LeadId id : due) {
    auto lead = FindLead(db_, id);
    if (!lead) return db_.error();
    LEADLINE_RETURN_IF_ERROR(
        MoveLead(tx_, &*lead, {LeadEvent::kDelayOver, kSchedulerActor, 0, ""}));
    ++result_.promoted;
  }
  more_ = more_ || due.size() == kMaxPromoted;
  return db_.error();
}

// No lead waits, is on a call, or waits for its delay; and none is about to come.
void ClaimPass::FinishEmptyCampaigns() {
  std::vector<CampaignId> over;
  {
    Query row(db_,
              "SELECT campaign_id FROM lead_count WHERE campaign_id IN "
              "(SELECT id FROM campaign WHERE state = 1) GROUP BY campaign_id "
              "HAVING sum(leads) > 0 AND sum(CASE WHEN status <= 3 THEN leads ELSE 0 END) = 0");
    while (row.Next()) over.push_back(row.Int(0));
  }
  for (const CampaignId id : over) {
    if (db_.IntOf("SELECT 1 FROM import WHERE campaign_id = ? AND state = 2 LIMIT 1", 0, id) != 0) {
      continue;
    }
    WriteCampaignState(tx_, id, CampaignState::kFinished, "");
    ++result_.finished;
  }
}

void ClaimPass::OpenLanes() {
  static const std::string sql = Select(kCampaignColumns, "campaign WHERE state = 1 ORDER BY id");
  settings_ = ReadSettings(db_);
  open_ = CountOpenCalls(db_);
  Query row(db_, sql);
  while (row.Next()) lanes_.emplace_back().campaign = CampaignOf(row);
}

// Leads that were promised a further try come before those that wait for their first one: else the
// second contact of a round would wait until the whole list was through.
void ClaimPass::Refill(Lane& lane) {
  for (const LeadStatus status : {LeadStatus::kScheduled, LeadStatus::kCreated}) {
    Query row(db_,
              "SELECT id FROM lead WHERE campaign_id = ? AND status = ? AND next_attempt_at <= ? "
              "ORDER BY next_attempt_at, id LIMIT ?",
              lane.campaign.id, status, params_.now, kQueue);
    while (row.Next()) lane.queue.push_back(row.Int(0));
    if (!lane.queue.empty()) return;
  }
}

bool ClaimPass::NextCandidate(Lane& lane, LeadId* id) {
  if (lane.done) return false;
  if (lane.queue.empty()) Refill(lane);
  if (lane.queue.empty()) {
    lane.done = true;
    return false;
  }
  if (!lane.has_facts) {
    lane.facts = FactsOfCampaign(db_, lane.campaign, settings_, params_.providers, params_.now);
    lane.has_facts = true;
  }
  SetOpenCalls(open_, &lane.facts);
  const GateReport report = EvaluateCampaignGates(lane.facts, zones_);
  if (!report.open) {
    LookAgainAt(report.look_again_at);
    lane.done = true;
    return false;
  }
  const auto provider = static_cast<size_t>(lane.facts.assistant.provider);
  if (claimed_[provider] >= params_.providers[provider].max_new_calls) {
    LookAgainAt(params_.now + kRampLookMs);
    lane.done = true;
    return false;
  }
  *id = lane.queue.front();
  lane.queue.pop_front();
  return true;
}

// One lead of each campaign in turn.
Status ClaimPass::DialRound() {
  const auto limit = static_cast<size_t>(std::clamp(params_.limit, 1, kMaxPage));
  for (bool any = true; any && db_.ok();) {
    any = false;
    for (Lane& lane : lanes_) {
      if (result_.orders.size() == limit || looks_ == kMaxLooks) {
        more_ = true;
        return db_.error();
      }
      LeadId id = 0;
      if (!NextCandidate(lane, &id)) continue;
      LEADLINE_RETURN_IF_ERROR(Look(lane, id));
      any = true;
    }
  }
  return db_.error();
}

Status ClaimPass::Look(Lane& lane, LeadId id) {
  ++looks_;
  auto lead = FindLead(db_, id);
  if (!lead) return db_.error();
  AddFactsOfLead(db_, *lead, &lane.facts);
  const GateReport report = EvaluateGates(lane.facts, zones_);
  if (report.open) return Claim(lane, std::move(*lead));
  PutOff(*lead, report);
  return db_.error();
}

// Neither a new version nor an event: nothing happened to the lead, and whoever is editing it must
// not be disturbed.
void ClaimPass::PutOff(const StoredLead& lead, const GateReport& report) {
  const TimeMs at =
      report.look_again_at > params_.now ? report.look_again_at : params_.now + kBusyLookMs;
  db_.Run("UPDATE lead SET next_attempt_at = ?, held = ? WHERE id = ?", at, Held::kByGate, lead.id);
  ++result_.parked;
}

Status ClaimPass::Claim(Lane& lane, StoredLead lead) {
  DialFacts& facts = lane.facts;
  const NextContact next = NextContactOf(lead, facts.campaign);
  Contact* contact = next.index < 0 ? nullptr : &lead.contacts[static_cast<size_t>(next.index)];
  int& attempts = contact == nullptr ? lead.attempts : contact->attempts;
  ++attempts;
  if (contact != nullptr) {
    contact->status = LeadStatus::kProcessing;
    WriteContactProgress(tx_, *contact);
  }
  DialOrder order;
  order.call = NewCall(lead, contact, facts, params_.new_attempt_id());
  order.call.attempt_no = attempts;
  InsertCall(tx_, &order.call);
  lead.last_attempt_at = params_.now;
  lead.look_at = kNever;
  lead.held = Held::kNo;
  lead.error = {};
  lead.error_scope = ErrorScope::kNone;
  LEADLINE_RETURN_IF_ERROR(
      MoveLead(tx_, &lead, {LeadEvent::kClaim, kSchedulerActor, order.call.id, order.call.number}));
  AddCallEvent(tx_, order.call);
  open_.Add(facts.campaign.id, order.call.provider, 1);
  ++claimed_[static_cast<size_t>(order.call.provider)];
  if (facts.starts_last_minute++ == 0) facts.oldest_start_last_minute = params_.now;
  if (contact != nullptr) order.contact = *contact;
  order.lead = std::move(lead);
  order.campaign = facts.campaign;
  order.assistant = facts.assistant;
  result_.orders.push_back(std::move(order));
  return db_.error();
}

void ClaimPass::SetNextDue() {
  for (const Lane& lane : lanes_) {
    LookAgainAt(db_.IntOf(
        "SELECT min(a, b) FROM (SELECT "
        "coalesce((SELECT next_attempt_at FROM lead WHERE campaign_id = ?1 AND status = 0 AND "
        "next_attempt_at > ?2 ORDER BY next_attempt_at LIMIT 1), ?3) AS a, "
        "coalesce((SELECT next_attempt_at FROM lead WHERE campaign_id = ?1 AND status = 1 AND "
        "next_attempt_at > ?2 ORDER BY next_attempt_at LIMIT 1), ?3) AS b)",
        kNever, lane.campaign.id, params_.now, kNever));
  }
  LookAgainAt(
      db_.IntOf("SELECT next_attempt_at FROM lead WHERE status = 3 AND next_attempt_at > ? "
                "ORDER BY next_attempt_at LIMIT 1",
                kNever, params_.now));
  if (more_) result_.next_due_at = params_.now;
}

Result<ClaimResult> ClaimPass::Run() {
  result_.next_due_at = kNever;
  FreeHeld();
  LEADLINE_RETURN_IF_ERROR(Promote());
  FinishEmptyCampaigns();
  OpenLanes();
  LEADLINE_RETURN_IF_ERROR(DialRound());
  SetNextDue();
  return std::move(result_);
}

}  // namespace

Result<ClaimResult> SqliteStore::ClaimDue(const ClaimParams& params) {
  return Write(params.now,
               [&](Tx& tx) -> Result<ClaimResult> { return ClaimPass(tx, params, zones_).Run(); });
}

}  // namespace leadline
