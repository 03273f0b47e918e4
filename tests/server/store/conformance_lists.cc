// Lists of leads: every filter with every sort gives what a plain look at all leads gives, page by
// page.
#include <algorithm>
#include <optional>
#include <random>

#include "common/base/utf8.h"
#include "tests/server/store/conformance.h"

namespace leadline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr LeadSort kSorts[] = {LeadSort::kNewest, LeadSort::kOldest, LeadSort::kName,
                               LeadSort::kUpdated, LeadSort::kNextAttempt};

bool Within(TimeMs at, TimeMs from, TimeMs to) {
  return at >= from && (to == 0 || at < to);
}

bool Fits(const Lead& lead, const LeadQuery& q) {
  const std::string text =
      AsciiLower(lead.name + "\n" + lead.phone + "\n" + lead.email + "\n" + lead.company);
  return (q.campaign_id == 0 || lead.campaign_id == q.campaign_id) &&
         Contains(q.statuses, lead.status) && (q.phone.empty() || lead.phone == q.phone) &&
         (q.import_id == 0 || lead.import_id == q.import_id) &&
         Within(lead.created_at, q.created_from, q.created_to) &&
         Within(lead.updated_at, q.updated_from, q.updated_to) &&
         text.find(AsciiLower(q.q)) != std::string::npos;
}

// Whether b may follow a. Where nothing is planned the instant is not shown, and those come last.
bool InOrder(LeadSort sort, const Lead& a, const Lead& b) {
  const auto next = [](const Lead& lead) {
    const bool planned = lead.next_attempt_at != 0 || Contains(kWaitingStatuses, lead.status);
    return planned ? lead.next_attempt_at : kNever;
  };
  switch (sort) {
    case LeadSort::kNewest:
      return a.created_at >= b.created_at;
    case LeadSort::kOldest:
      return a.created_at <= b.created_at;
    case LeadSort::kName:
      return AsciiLower(a.name) <= AsciiLower(b.name);
    case LeadSort::kUpdated:
      return a.updated_at >= b.updated_at;
    case LeadSort::kNextAttempt:
      return next(a) <= next(b);
  }
  return false;
}

}  // namespace

void StoreLists::Fill(int leads) {
  std::mt19937 random(7);
  const CampaignId campaigns[] = {1, MakeCampaign("A").id, MakeCampaign("B").id};
  const char* names[] = {"anna Berg", "Anna Berg", "Zoë", "John Smith", "Jo"};
  constexpr LeadStatus kByHand[] = {LeadStatus::kCreated, LeadStatus::kScheduled,
                                    LeadStatus::kRescheduled, LeadStatus::kCompleted,
                                    LeadStatus::kMaxRetries};
  for (int n = 0; n < leads; ++n) {
    if (random() % 3 != 0) now_ += static_cast<TimeMs>(random() % 1000);
    const Lead lead = MakeLead(n, campaigns[random() % 3], [&](LeadDraft* d) {
      d->name = names[random() % 5];
      if (random() % 4 == 0) d->company = "Tech " + std::to_string(random() % 5);
    });
    if (random() % 2 == 0) continue;
    Must(store().SetLeadStatus(lead.id, 0, kByHand[random() % 5], true, kPerson, now_));
  }
  Must(store().ForEachLead({}, [&](const Lead& lead) {
    all_.push_back(lead);
    return true;
  }));
}

void StoreLists::ExpectSameAsPlainLook(LeadQuery query) {
  std::vector<LeadId> expected, seen;
  for (const Lead& lead : all_) {
    if (Fits(lead, query)) expected.push_back(lead.id);
  }
  std::optional<Lead> last;
  do {
    const auto page = Must(store().ListLeads(query));
    EXPECT_EQ(page.total, static_cast<int64_t>(expected.size()));
    EXPECT_FALSE(page.total_is_floor);
    EXPECT_LE(page.items.size(), static_cast<size_t>(query.limit));
    for (const Lead& lead : page.items) {
      EXPECT_TRUE(!last || InOrder(query.sort, *last, lead)) << lead.id;
      seen.push_back(lead.id);
      last = lead;
    }
    query.cursor = page.next_cursor;
  } while (!query.cursor.empty() && seen.size() <= expected.size());
  std::sort(seen.begin(), seen.end());
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(seen, expected) << "sort " << static_cast<int>(query.sort);
}

namespace {

TEST_P(StoreLists, EveryFilterWithEverySortGivesWhatAPlainLookGives) {
  Fill(300);
  const TimeMs early = all_[80].created_at, late = all_[220].created_at;
  std::vector<LeadQuery> filters(12);
  filters[1].campaign_id = 2;
  filters[2].statuses = SetOf(LeadStatus::kCreated);
  filters[3].campaign_id = 3;
  filters[3].statuses = SetOf(LeadStatus::kCompleted) | SetOf(LeadStatus::kRescheduled);
  filters[4].q = "smith";
  filters[5].q = "12120";  // a part of a number
  filters[5].statuses = SetOf(LeadStatus::kMaxRetries);
  filters[6].q = "jo";  // too short for the index
  filters[7].phone = PhoneNo(5);
  filters[8].created_from = early;
  filters[8].created_to = late;
  filters[9].updated_from = early;
  filters[9].campaign_id = 2;
  filters[10].created_to = late;
  filters[10].updated_from = early;
  filters[10].q = "tech";
  filters[11].statuses = 0;
  for (LeadQuery query : filters) {
    for (const LeadSort sort : kSorts) {
      query.sort = sort;
      for (const int limit : {7, 500}) {
        query.limit = limit;
        ExpectSameAsPlainLook(query);
      }
    }
  }
}

TEST_P(StoreLists, SearchTakesWordsPartsAndCasesAndChecksThemAll) {
  const auto add = [&](int n, const std::string& name, const std::string& company) {
    return MakeLead(n, 0,
                    [&](LeadDraft* d) {
                      d->name = name;
                      d->company = company;
                    })
        .id;
  };
  const LeadId sarah = add(1234567 % 800000, "Sarah Johnson", "TechStart \"GmbH\"");
  const LeadId zoe = add(2, "ZOË MÜLLER", "Jo & Co");
  const auto find = [&](const std::string& q) {
    LeadQuery query;
    query.q = q;
    query.sort = LeadSort::kOldest;
    std::vector<LeadId> found;
    for (const Lead& lead : Must(store().ListLeads(query)).items) found.push_back(lead.id);
    return found;
  };
  EXPECT_THAT(find("sarah"), ElementsAre(sarah));
  EXPECT_THAT(find("JOHN tech"), ElementsAre(sarah));
  EXPECT_THAT(find("john berlin"), IsEmpty());
  EXPECT_THAT(find("zoë müll"), ElementsAre(zoe));
  EXPECT_THAT(find("jo"), ElementsAre(sarah, zoe));
  EXPECT_THAT(find("person2@example"), ElementsAre(zoe));
  EXPECT_THAT(find("(212) 200-0002"), ElementsAre(zoe));
  EXPECT_THAT(find("\"GmbH\""), ElementsAre(sarah));
  EXPECT_THAT(find("sarahjohnson"), IsEmpty());
  EXPECT_THAT(find("ara AND \" OR * NEAR("), IsEmpty());
  EXPECT_THAT(find("   "), ElementsAre(sarah, zoe));
  // The index follows every edit.
  LeadDraft draft = LeadNow(sarah);
  draft.name = "Berta Johnson";
  Must(store().UpdateLead(sarah, 1, draft, kPerson, now_));
  EXPECT_THAT(find("sarah"), IsEmpty());
  EXPECT_THAT(find("berta"), ElementsAre(sarah));
  Must(store().DeleteLead(sarah, 2, kPerson, now_));
  EXPECT_THAT(find("johnson"), IsEmpty());
}

TEST_P(StoreLists, ACursorOfAnotherListOrNoneAtAllIsRefused) {
  Fill(20);
  LeadQuery query;
  query.limit = 5;
  const std::string cursor = Must(store().ListLeads(query)).next_cursor;
  for (const std::string bad : {"x", "00", "5b5d", "5b312c325d"}) {
    query.cursor = bad;
    EXPECT_SLUG(store().ListLeads(query), "bad_cursor");
  }
  query.cursor = cursor;
  query.sort = LeadSort::kName;
  EXPECT_SLUG(store().ListLeads(query), "bad_cursor");
}

TEST_P(StoreLists, PagesStayRightWhileLeadsComeAndGo) {
  Fill(60);
  LeadQuery query;
  query.limit = 20;
  query.sort = LeadSort::kOldest;
  const auto first = Must(store().ListLeads(query));
  Must(store().DeleteLead(all_[19].id, all_[19].version, kPerson, now_));  // where the page ended
  MakeLead(1000, 1);
  query.cursor = first.next_cursor;
  const auto second = Must(store().ListLeads(query));
  EXPECT_EQ(second.items.front().id, all_[20].id);
  EXPECT_EQ(second.total, 60);
}

TEST_P(StoreLists, AVisitSeesOneSnapshotAndStopsWhenTold) {
  Fill(30);
  int seen = 0;
  Must(store().ForEachLead({}, [&](const Lead& lead) {
    EXPECT_EQ(lead.id, all_[static_cast<size_t>(seen)].id);
    if (seen == 0) MakeLead(500, 1);  // a write does not wait for the visit, and is not in it
    return ++seen < 31;
  }));
  EXPECT_EQ(seen, 30);
  seen = 0;
  LeadQuery query;
  query.q = "anna";
  Must(store().ForEachLead(query, [&](const Lead&) { return ++seen < 2; }));
  EXPECT_EQ(seen, 2);
}

}  // namespace
}  // namespace leadline
