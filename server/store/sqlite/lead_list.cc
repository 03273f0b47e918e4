// Lists of leads. Two ways lead to a page:
// - gather: some filter (a number, words, an import, a range, or the kept counters) leaves at most
//   kGather leads; they are read, checked, and sorted here. The total is exact.
// - walk: else the leads are read in the order asked for, along an index, and those that do not fit
//   are passed over; the bounds of the sort's own instant are part of the walk.
// So no list reads more than a few thousand rows for a page, whatever is combined.
#include <algorithm>
#include <iterator>

#include "common/dial/window.h"
#include "server/store/sqlite/cursor.h"
#include "server/store/sqlite/lead_walk.h"
#include "server/store/sqlite/store_impl.h"
#include "server/store/sqlite/text_search.h"

namespace leadline {
namespace {

constexpr size_t kGather = 2'000;
constexpr int64_t kCountCap = 20'000;  // a total beyond it is told as "at least"
constexpr int64_t kWalkSteps = 50'000;
// So many leads not in the search index yet are looked at for a page: about 0.1 s at most.
constexpr int64_t kMostUnindexed = 100'000;

struct Total {
  int64_t leads = 0;
  bool is_floor = false;
};

// One list while it is read.
class LeadLister {
 public:
  LeadLister(Db& db, const LeadQuery& query) : db_(db), q_(query), search_(query.q) {}

  Status ReadCursor();
  Result<Page<Lead>> ReadPage();
  Status Visit(const std::function<bool(const Lead&)>& visit);

 private:
  bool NeedsCheck() const;
  bool Fits(LeadId id, Place* place);
  Walk WalkOf(LeadSort sort) const;
  bool Gather();
  bool GatherIds(std::string_view sql, std::string_view text, int64_t number);
  bool GatherUnindexed();
  bool GatherRange(LeadSort sort, bool ranged);
  bool GatherFew();
  int64_t CountedLeads();
  Total CountTotal();
  void WalkOn(size_t want);
  Page<Lead> Finish(size_t limit);

  Db& db_;
  const LeadQuery& q_;
  const TextSearch search_;
  bool has_cursor_ = false;
  Place after_;
  Total total_;
  std::vector<Place> hits_;  // in order, those after the cursor
  bool more_ = false;        // the walk was given up early, after last_seen_
  Place last_seen_;
};

bool LeadLister::NeedsCheck() const {
  const bool created = (q_.created_from != 0 || q_.created_to != 0) &&
                       q_.sort != LeadSort::kNewest && q_.sort != LeadSort::kOldest;
  const bool updated =
      (q_.updated_from != 0 || q_.updated_to != 0) && q_.sort != LeadSort::kUpdated;
  return created || updated || !search_.empty() || !q_.phone.empty() || q_.import_id != 0;
}

// Reads what the sort and the filters look at.
bool LeadLister::Fits(LeadId id, Place* place) {
  Query row(
      db_,
      "SELECT status, campaign_id, created_at, updated_at, next_attempt_at, import_id, phone, "
      "name, email, company FROM lead WHERE id = ?",
      id);
  if (!row.Next()) return false;
  const auto within = [](TimeMs at, TimeMs from, TimeMs to) {
    return at >= from && (to == 0 || at < to);
  };
  const TimeMs created_at = row.Int(2), updated_at = row.Int(3);
  place->id = id;
  place->status = row.As<LeadStatus>(0);
  place->campaign_id = row.Int(1);
  place->key = q_.sort == LeadSort::kUpdated       ? updated_at
               : q_.sort == LeadSort::kNextAttempt ? row.Int(4)
                                                   : created_at;
  if (q_.sort == LeadSort::kName) place->name = row.Text(7);
  return Contains(q_.statuses, place->status) &&
         (q_.campaign_id == 0 || place->campaign_id == q_.campaign_id) &&
         within(created_at, q_.created_from, q_.created_to) &&
         within(updated_at, q_.updated_from, q_.updated_to) &&
         (q_.import_id == 0 || row.Int(5) == q_.import_id) &&
         (q_.phone.empty() || row.View(6) == q_.phone) &&
         search_.Finds(row.View(7), row.View(6), row.View(8), row.View(9));
}

Walk LeadLister::WalkOf(LeadSort sort) const {
  Walk walk;
  walk.sort = sort;
  walk.campaign_id = q_.campaign_id;
  walk.statuses = q_.statuses;
  if (sort == LeadSort::kUpdated) {
    walk.from = q_.updated_from;
    walk.to = q_.updated_to;
  } else if (sort == LeadSort::kNewest || sort == LeadSort::kOldest) {
    walk.from = q_.created_from;
    walk.to = q_.created_to;
  }
  return walk;
}

bool LeadLister::GatherIds(std::string_view sql, std::string_view text, int64_t number) {
  std::vector<LeadId> ids;
  {
    Query row(db_, sql);
    if (text.empty()) {
      row.Bind(1, number);
    } else {
      row.Bind(1, text);
    }
    row.Bind(2, kGather + 1);
    while (row.Next()) ids.push_back(row.Int(0));
  }
  hits_.clear();
  for (const LeadId id : ids) {
    Place place;
    if (Fits(id, &place)) hits_.push_back(std::move(place));
  }
  return ids.size() <= kGather;
}

// Behind the end of the search index the leads themselves are looked at.
bool LeadLister::GatherUnindexed() {
  std::vector<LeadId> ids;
  int64_t seen = 0;
  {
    Query row(db_,
              "SELECT id, name, phone, email, company FROM lead WHERE id > "
              "(SELECT indexed_to FROM search_progress WHERE id = 1) ORDER BY id LIMIT ?",
              kMostUnindexed + 1);
    for (; ids.size() <= kGather && row.Next(); ++seen) {
      if (search_.Finds(row.View(1), row.View(2), row.View(3), row.View(4))) {
        ids.push_back(row.Int(0));
      }
    }
  }
  for (const LeadId id : ids) {
    Place place;
    if (Fits(id, &place)) hits_.push_back(std::move(place));
  }
  return ids.size() <= kGather && seen <= kMostUnindexed;
}

bool LeadLister::GatherRange(LeadSort sort, bool ranged) {
  if (!ranged) return false;
  const Walk walk = WalkOf(sort);
  const std::string sql = WalkSql(walk);
  std::vector<LeadId> ids;
  {
    Query row(db_, sql);
    BindWalk(walk, &row);
    while (ids.size() <= kGather && row.Next()) ids.push_back(row.Int(0));
  }
  if (ids.size() > kGather) return false;
  hits_.clear();
  for (const LeadId id : ids) {
    Place place;
    if (Fits(id, &place)) hits_.push_back(std::move(place));
  }
  return true;
}

int64_t LeadLister::CountedLeads() {
  return db_.IntOf(
      "SELECT coalesce(sum(leads), 0) FROM lead_count WHERE (?1 = 0 OR campaign_id = ?1) AND "
      "(?2 >> status) & 1",
      0, q_.campaign_id, q_.statuses);
}

// By the counters: a small campaign or a rare status.
bool LeadLister::GatherFew() {
  if (!NeedsCheck() && q_.sort != LeadSort::kName) return false;
  return CountedLeads() <= static_cast<int64_t>(kGather) && GatherRange(LeadSort::kOldest, true);
}

// The most telling filter first. False: none of them leaves few enough.
bool LeadLister::Gather() {
  const std::string words = search_.IndexExpression();
  const bool done =
      (!q_.phone.empty() &&
       GatherIds("SELECT lead_id FROM lead_by_phone WHERE phone = ? LIMIT ?", q_.phone, 0)) ||
      (!words.empty() &&
       GatherIds("SELECT rowid FROM lead_search WHERE lead_search MATCH ? LIMIT ?", words, 0) &&
       GatherUnindexed()) ||
      (q_.import_id != 0 &&
       GatherIds("SELECT id FROM lead WHERE import_id = ? AND import_id <> 0 LIMIT ?", "",
                 q_.import_id)) ||
      (NeedsCheck() &&
       (GatherRange(LeadSort::kOldest, q_.created_from != 0 || q_.created_to != 0) ||
        GatherRange(LeadSort::kUpdated, q_.updated_from != 0 || q_.updated_to != 0))) ||
      GatherFew();
  if (!has_cursor_) total_ = {static_cast<int64_t>(hits_.size()), !done};
  if (!done) {
    hits_.clear();
    return false;
  }
  std::sort(hits_.begin(), hits_.end(),
            [this](const Place& a, const Place& b) { return Before(q_.sort, a, b); });
  if (has_cursor_) {
    const auto first =
        std::upper_bound(hits_.begin(), hits_.end(), after_,
                         [this](const Place& a, const Place& b) { return Before(q_.sort, a, b); });
    hits_.erase(hits_.begin(), first);
  }
  return true;
}

Total LeadLister::CountTotal() {
  if (NeedsCheck()) return total_;  // what a gather that was given up has found
  const Walk walk = WalkOf(q_.sort);
  const bool ranged =
      q_.created_from != 0 || q_.created_to != 0 || q_.updated_from != 0 || q_.updated_to != 0;
  if (!ranged) return {CountedLeads(), false};
  const std::string sql = CountSql(walk);
  Query row(db_, sql);
  BindCount(walk, kCountCap + 1, &row);
  const int64_t leads = row.Next() ? row.Int(0) : 0;
  return {std::min(leads, kCountCap), leads > kCountCap};
}

void LeadLister::WalkOn(size_t want) {
  Walk walk = WalkOf(q_.sort);
  if (has_cursor_) walk.after = &after_;
  const std::string sql = WalkSql(walk);
  Query row(db_, sql);
  BindWalk(walk, &row);
  last_seen_ = after_;
  for (int64_t step = 0; hits_.size() < want && row.Next();) {
    const LeadId id = row.Int(0);
    if (Fits(id, &last_seen_)) hits_.push_back(last_seen_);
    if (last_seen_.id != id) continue;  // an import is about to write it
    if (step++ == kWalkSteps) {
      more_ = true;
      return;
    }
  }
}

Status LeadLister::ReadCursor() {
  if (q_.cursor.empty()) return Status();
  const auto place = DecodeCursor(q_.cursor);
  if (!place || place->size() != 8) return BadCursor();
  int64_t numbers[7];
  for (size_t i = 0; i < 7; ++i) {
    const auto* value = (*place)[i].get_ptr<const int64_t*>();
    if (value == nullptr) return BadCursor();
    numbers[i] = *value;
  }
  const auto* name = (*place)[7].get_ptr<const std::string*>();
  if (name == nullptr || numbers[0] != static_cast<int64_t>(q_.sort)) return BadCursor();
  after_ = {numbers[1], *name, static_cast<LeadStatus>(numbers[2] & 7), numbers[3], numbers[4]};
  total_ = {numbers[5], numbers[6] != 0};
  has_cursor_ = true;
  return Status();
}

Page<Lead> LeadLister::Finish(size_t limit) {
  Page<Lead> page;
  const bool more = hits_.size() > limit;
  if (more) hits_.resize(limit);
  for (const Place& hit : hits_) {
    if (auto lead = FindLead(db_, hit.id)) page.items.push_back(std::move(*lead));
  }
  page.total = total_.leads;
  page.total_is_floor = total_.is_floor;
  if (more || more_) {
    const Place& last = more ? hits_.back() : last_seen_;
    page.next_cursor =
        EncodeCursor(Json::array({static_cast<int64_t>(q_.sort), last.key,
                                  static_cast<int64_t>(last.status), last.campaign_id, last.id,
                                  total_.leads, static_cast<int64_t>(total_.is_floor), last.name}));
  }
  return page;
}

Result<Page<Lead>> LeadLister::ReadPage() {
  const auto limit = static_cast<size_t>(std::clamp(q_.limit, 1, kMaxPage));
  if ((q_.statuses & kAnyStatus) == 0) return Page<Lead>();
  if (!Gather()) {
    if (!has_cursor_) total_ = CountTotal();
    WalkOn(limit + 1);
    total_.leads = std::max(total_.leads, static_cast<int64_t>(hits_.size()));
  }
  return Finish(limit);
}

Status LeadLister::Visit(const std::function<bool(const Lead&)>& visit) {
  if ((q_.statuses & kAnyStatus) == 0) return Status();
  if (NeedsCheck() && Gather()) {
    for (const Place& hit : hits_) {
      const auto lead = FindLead(db_, hit.id);
      if (!lead || !visit(*lead)) break;
    }
    return db_.error();
  }
  const Walk walk = WalkOf(LeadSort::kOldest);
  const std::string sql = WalkSql(walk);
  Query row(db_, sql);
  BindWalk(walk, &row);
  while (row.Next()) {
    Place place;
    if (NeedsCheck() && !Fits(row.Int(0), &place)) continue;
    const auto lead = FindLead(db_, row.Int(0));
    if (!lead || !visit(*lead)) break;
  }
  return db_.error();
}

}  // namespace

Result<Page<Lead>> SqliteStore::ListLeads(const LeadQuery& query) {
  return Read([&](Db& db) -> Result<Page<Lead>> {
    LeadLister lister(db, query);
    LEADLINE_RETURN_IF_ERROR(lister.ReadCursor());
    return lister.ReadPage();
  });
}

Status SqliteStore::ForEachLead(const LeadQuery& query,
                                const std::function<bool(const Lead&)>& visit) {
  LeadQuery all = query;
  all.sort = LeadSort::kOldest;
  all.cursor.clear();
  return Read([&](Db& db) -> Status { return LeadLister(db, all).Visit(visit); });
}

}  // namespace leadline
