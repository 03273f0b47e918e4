#include "server/store/sqlite/lead_walk.h"

#include "common/dial/window.h"

namespace leadline {
namespace {

struct Order {
  const char* column;
  const char* index;
  const char* campaign_index;
  bool descends;
};
constexpr Order kOrders[] = {
    {"created_at", "lead_created", "lead_campaign_created", true},
    {"created_at", "lead_created", "lead_campaign_created", false},
    {"name", "", "", false},  // a table of its own: kNameSql,
    {"updated_at", "lead_updated", "lead_campaign_updated", true},
    {"next_attempt_at", "lead_next", "lead_campaign_next", false},
};
const Order& OrderOf(LeadSort sort) {
  return kOrders[static_cast<int>(sort)];
}

std::vector<LeadStatus> StatusesOf(LeadStatusSet set) {
  std::vector<LeadStatus> statuses;
  for (const StatusText& text : kStatusTexts) {
    if (Contains(set, text.status)) statuses.push_back(text.status);
  }
  return statuses;
}

// Places of the values: ?1 the far bound, ?2 and ?3 key and id of the place, ?4 the campaign,
// from ?5 on one status per arm.
constexpr int kFirstStatus = 5;

// One range: "... WHERE status = ?5 [AND campaign_id = ?4] <bounds>".
std::string Arm(const Walk& walk, size_t status, std::string_view bounds) {
  const Order& order = OrderOf(walk.sort);
  std::string sql = "SELECT id, ";
  sql += order.column;
  sql += " AS k FROM lead INDEXED BY ";
  sql += walk.campaign_id == 0 ? order.index : order.campaign_index;
  sql += " WHERE status = ?" + std::to_string(kFirstStatus + status);
  if (walk.campaign_id != 0) sql += " AND campaign_id = ?4";
  sql += bounds;
  return sql;
}

std::string TimeBounds(const Order& order, bool tie) {
  const std::string column = order.column;
  if (tie) return " AND " + column + " = ?2 AND id " + (order.descends ? "< ?3" : "> ?3");
  return " AND " + column + (order.descends ? " >= ?1 AND " : " <= ?1 AND ") + column +
         (order.descends ? " < ?2" : " > ?2");
}

// By name there is a table with status and campaign in it: those that do not fit are passed over
// inside it. Places: ?1 name, ?2 status, ?3 campaign, ?4 id, ?5 the set, ?6 the campaign or 0.
constexpr std::string_view kNameSql =
    "SELECT lead_id FROM lead_by_name WHERE (name, status, campaign_id, lead_id) > (?1, ?2, ?3, "
    "?4) "
    "AND (?5 >> status) & 1 AND (?6 = 0 OR campaign_id = ?6) "
    "ORDER BY name, status, campaign_id, lead_id";

TimeMs NearBound(const Walk& walk) {
  if (walk.after != nullptr) return walk.after->key;
  if (OrderOf(walk.sort).descends) return walk.to == 0 ? kNever : walk.to;
  return walk.from - 1;
}
TimeMs FarBound(const Walk& walk) {
  if (OrderOf(walk.sort).descends) return walk.from;
  return walk.to == 0 ? kNever : walk.to - 1;
}

}  // namespace

int CompareNoCase(std::string_view a, std::string_view b) {
  const auto lower = [](char c) {
    return static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  };
  for (size_t i = 0; i < a.size() && i < b.size(); ++i) {
    if (lower(a[i]) != lower(b[i])) return lower(a[i]) < lower(b[i]) ? -1 : 1;
  }
  return a.size() == b.size() ? 0 : a.size() < b.size() ? -1 : 1;
}

bool Descends(LeadSort sort) {
  return OrderOf(sort).descends;
}

bool Before(LeadSort sort, const Place& a, const Place& b) {
  if (sort != LeadSort::kName) {
    const bool less = a.key != b.key ? a.key < b.key : a.id < b.id;
    return Descends(sort) ? !less && a.id != b.id : less;
  }
  if (const int c = CompareNoCase(a.name, b.name); c != 0) return c < 0;
  if (a.status != b.status) return a.status < b.status;
  return a.campaign_id != b.campaign_id ? a.campaign_id < b.campaign_id : a.id < b.id;
}

std::string WalkSql(const Walk& walk) {
  if (walk.sort == LeadSort::kName) return std::string(kNameSql);
  const Order& order = OrderOf(walk.sort);
  const size_t statuses = StatusesOf(walk.statuses).size();
  std::string sql;
  for (const bool tie : {true, false}) {
    if (tie && walk.after == nullptr) continue;
    for (size_t i = 0; i < statuses; ++i) {
      if (!sql.empty()) sql += " UNION ALL ";
      sql += Arm(walk, i, TimeBounds(order, tie));
    }
  }
  return sql + (order.descends ? " ORDER BY k DESC, id DESC" : " ORDER BY k, id");
}

void BindWalk(const Walk& walk, Query* query) {
  if (walk.sort == LeadSort::kName) {
    static const Place kFirst{0, "", LeadStatus::kCreated, -1, 0};
    const Place& after = walk.after != nullptr ? *walk.after : kFirst;
    query->BindAll(after.name, after.status, after.campaign_id, after.id, walk.statuses,
                   walk.campaign_id);
    return;
  }
  query->BindAll(FarBound(walk), NearBound(walk));
  if (walk.after != nullptr) query->Bind(3, walk.after->id);
  if (walk.campaign_id != 0) query->Bind(4, walk.campaign_id);
  int place = kFirstStatus;
  for (const LeadStatus status : StatusesOf(walk.statuses)) query->Bind(place++, status);
}

std::string CountSql(const Walk& walk) {
  const std::string column = OrderOf(walk.sort).column;
  std::string sql = "SELECT 0";
  for (size_t i = 0; i < StatusesOf(walk.statuses).size(); ++i) {
    sql += " + (SELECT count(*) FROM (" +
           Arm(walk, i, " AND " + column + " >= ?1 AND " + column + " <= ?2") + " LIMIT ?3))";
  }
  return sql;
}

void BindCount(const Walk& walk, int64_t cap, Query* query) {
  query->BindAll(walk.from, walk.to == 0 ? kNever : walk.to - 1, cap);
  if (walk.campaign_id != 0) query->Bind(4, walk.campaign_id);
  int place = kFirstStatus;
  for (const LeadStatus status : StatusesOf(walk.statuses)) query->Bind(place++, status);
}

}  // namespace leadline
