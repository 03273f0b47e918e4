// How fast the store is beside SQLite used plainly on the same disk:
//   store_bench [folder]     (a folder for temporary data; default: the current one)
// Prints medians; figures are ratios where there is something to compare with.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "server/store/sqlite/db.h"
#include "server/store/sqlite/sqlite_store.h"

namespace leadline {
namespace {

constexpr TimeMs kNow = 1'772'442'000'000;
constexpr int kRows = 100'000;

class UtcZones final : public Zones {
 public:
  std::optional<ZoneSpan> SpanAt(std::string_view, TimeMs) const override {
    return ZoneSpan{0, kNever, 0};
  }
};
const UtcZones kZones;

[[noreturn]] void Die(const Status& status) {
  std::fprintf(stderr, "%s: %s\n", status.slug().c_str(), status.message().c_str());
  std::exit(1);
}
template <typename T>
T Must(Result<T> result) {
  if (!result.ok()) Die(result.status());
  return std::move(*result);
}
void Must(const Status& status) {
  if (!status.ok()) Die(status);
}

template <typename Work>
double MsOf(const Work& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
      .count();
}

double At(std::vector<double> values, double quantile) {
  std::sort(values.begin(), values.end());
  return values[static_cast<size_t>(quantile * static_cast<double>(values.size() - 1))];
}

// A fresh store with a raw connection beside it, for set-up that the store has no use-case for.
class Bed {
 public:
  explicit Bed(const std::string& root) : folder_(root + "/store-bench") {
    std::filesystem::remove_all(folder_);
    SqliteOptions options;
    options.folder = folder_;
    options.zones = &kZones;
    store = Must(OpenSqliteStore(options));
    raw = Must(Db::Open(folder_ + "/leadline.db", Db::Mode::kWriter));
  }
  ~Bed() {
    raw.reset();
    store.reset();
    std::filesystem::remove_all(folder_);
  }

  std::unique_ptr<Store> store;
  std::unique_ptr<Db> raw;

 private:
  const std::string folder_;
};

CampaignId Running(Store& store) {
  Assistant a;
  a.external_id = "agent";
  a.caller_number = "+14157774444";
  Campaign c;
  c.name = "Bench";
  c.assistant_id = Must(store.CreateAssistant(a, kNow)).id;
  c.concurrency = 1'000'000;
  c = Must(store.CreateCampaign(c, kNow));
  CallingSettings s = Must(store.GetSettings());
  s.concurrency = s.retell_concurrency = 1'000'000;
  Must(store.UpdateSettings(s, kNow));
  return Must(store.SetCampaignState(c.id, CampaignState::kRunning, "", kNow)).id;
}

// Leads by SQL: statuses in turn or all created, numbers all different.
void FillLeads(Db& raw, CampaignId campaign, int leads, bool mixed, TimeMs next) {
  raw.Run(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) "
      "INSERT INTO lead (campaign_id, status, name, phone, email, company, timezone, variables, "
      "next_attempt_at, held, created_at, updated_at) "
      "SELECT CASE WHEN ?3 AND i % 3 = 0 THEN 1 ELSE ?2 END, "
      "CASE WHEN ?3 THEN (i * 7919) % 7 ELSE 0 END, 'Person ' || (i * 7919 % 100003), "
      "'+1' || (2122000000 + i), 'p' || i || '@example.com', 'Company ' || (i % 977), '', '', "
      "CASE WHEN ?3 THEN ?4 + (i * 31) % 86400000 ELSE ?4 END, 0, ?5 + i, ?5 + (i * 131) % 1000000 "
      "FROM n",
      leads, campaign, mixed, next, kNow - kDayMs);
  Must(raw.error());
  // All at once here; the housekeeping of the store would do it bit by bit.
  raw.RunScript("BEGIN IMMEDIATE");
  raw.Run(
      "INSERT INTO lead_search (rowid, name, phone, email, company) SELECT id, name, phone, email, "
      "company FROM lead WHERE id > (SELECT indexed_to FROM search_progress)");
  raw.Run("UPDATE search_progress SET indexed_to = (SELECT max(id) FROM lead)");
  raw.RunScript("COMMIT");
  Must(raw.error());
}

ClaimParams Params(int limit, int* attempt) {
  ClaimParams params;
  params.now = kNow;
  params.limit = limit;
  params.providers[0].key_present = true;
  params.new_attempt_id = [attempt] { return "attempt-" + std::to_string(++*attempt); };
  return params;
}

double ClaimsPerSecond(Bed& bed, int limit, int claims, int* attempt) {
  double ms = 0;
  for (int done = 0; done < claims;) {
    size_t placed = 0;
    ms += MsOf([&] { placed = Must(bed.store->ClaimDue(Params(limit, attempt))).orders.size(); });
    if (placed == 0) Die(Internal("nothing was claimed"));
    done += static_cast<int>(placed);
    if (done % 200 == 0) bed.raw->Run("UPDATE call SET state = 3 WHERE state IN (0, 1, 2)");
  }
  return claims / ms * 1000;
}

double RawClaimsPerSecond(Db& raw, int claims) {
  raw.RunScript(
      "CREATE TABLE job (id INTEGER PRIMARY KEY, state INTEGER, due INTEGER);"
      "CREATE INDEX job_due ON job(due) WHERE state = 0;"
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) "
      "INSERT INTO job SELECT i, 0, i FROM n");
  const double ms = MsOf([&] {
    for (int i = 0; i < claims; ++i) {
      raw.Run(
          "UPDATE job SET state = 1 WHERE id IN (SELECT id FROM job WHERE state = 0 "
          "ORDER BY due LIMIT 1) RETURNING id");
    }
  });
  Must(raw.error());
  return claims / ms * 1000;
}

void BenchClaims(const std::string& root) {
  Bed bed(root);
  FillLeads(*bed.raw, Running(*bed.store), kRows, false, 0);
  int attempt = 0;
  const double single = ClaimsPerSecond(bed, 1, 2000, &attempt);
  const double ten = ClaimsPerSecond(bed, 10, 5000, &attempt);
  const double fifty = ClaimsPerSecond(bed, 50, 10000, &attempt);
  const double plain = RawClaimsPerSecond(*bed.raw, 2000);
  std::printf(
      "claims/s: one a transaction %.0f, ten %.0f, fifty %.0f; raw one-row UPDATE %.0f "
      "(ratio %.2f, %.2f, %.2f)\n",
      single, ten, fifty, plain, single / plain, ten / plain, fifty / plain);
}

void BenchLists(const std::string& root, int leads) {
  Bed bed(root);
  const CampaignId campaign = Running(*bed.store);
  FillLeads(*bed.raw, campaign, leads, true, kNow + kHourMs);
  struct Named {
    const char* name;
    LeadQuery query;
  };
  std::vector<Named> filters(10, {"", {}});
  filters[0].name = "none";
  filters[1] = {"campaign", {.campaign_id = campaign}};
  filters[2] = {"status", {.statuses = SetOf(LeadStatus::kFailed)}};
  filters[3] = {"campaign+3 statuses", {.campaign_id = campaign, .statuses = 0b1010010}};
  filters[4] = {"q common", {.q = "person"}};
  filters[5] = {"q rare", {.q = "person 7919"}};
  filters[6] = {"q short", {.q = "p9"}};
  filters[7] = {
      "created range",
      {.created_from = kNow - kDayMs + leads / 4, .created_to = kNow - kDayMs + leads / 2}};
  filters[8] = {"updated range",
                {.updated_from = kNow - kDayMs + 100'000, .updated_to = kNow - kDayMs + 105'000}};
  filters[9] = {
      "campaign+status+q",
      {.campaign_id = campaign, .statuses = SetOf(LeadStatus::kCreated), .q = "company 12"}};
  constexpr const char* kSorts[] = {"newest", "oldest", "name", "updated", "next"};
  std::printf("list page of 100 at %d leads, ms (first page / third page), slowest last seen:\n",
              leads);
  double worst = 0;
  for (const Named& filter : filters) {
    std::printf("  %-22s", filter.name);
    for (int sort = 0; sort < 5; ++sort) {
      LeadQuery query = filter.query;
      query.sort = static_cast<LeadSort>(sort);
      query.limit = 100;
      std::vector<double> first, third;
      for (int i = 0; i < 7; ++i) {
        query.cursor = "";
        std::string second_cursor, third_cursor;
        first.push_back(
            MsOf([&] { second_cursor = Must(bed.store->ListLeads(query)).next_cursor; }));
        query.cursor = second_cursor;
        third_cursor = Must(bed.store->ListLeads(query)).next_cursor;
        query.cursor = third_cursor;
        third.push_back(MsOf([&] { Must(bed.store->ListLeads(query)); }));
      }
      worst = std::max({worst, At(first, 0.5), At(third, 0.5)});
      std::printf("  %s %.2f/%.2f", kSorts[sort], At(first, 0.5), At(third, 0.5));
    }
    std::printf("\n");
  }
  std::printf("  worst median %.2f ms\n", worst);
}

void BenchEmptyPass(const std::string& root) {
  Bed bed(root);
  FillLeads(*bed.raw, Running(*bed.store), 1'000'000, false, kNow + kHourMs);
  int attempt = 0;
  std::vector<double> ms;
  for (int i = 0; i < 200; ++i) {
    ms.push_back(MsOf([&] { Must(bed.store->ClaimDue(Params(50, &attempt))); }));
  }
  std::printf("pass that finds nothing at 1,000,000 leads: p50 %.3f ms, p99 %.3f ms\n", At(ms, 0.5),
              At(ms, 0.99));
}

}  // namespace
}  // namespace leadline

int main(int argc, char** argv) {
  const std::string root = argc > 1 ? argv[1] : ".";
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  leadline::BenchClaims(root);
  leadline::BenchLists(root, 100'000);
  leadline::BenchEmptyPass(root);
  return 0;
}
