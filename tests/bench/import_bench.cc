// An import through the service, from the first byte of the upload to the commit, beside prepared
// INSERTs of the same leads into the same tables and indexes on the same disk:
//   import_bench FILE [FOLDER]      for instance one of tests/support/gen_leads.py --rows 1000000
//   --seed 42 --dirty 5; FOLDER: for temporary data, default: the current one
// While it runs, a reader lists leads and a scheduler claims, every few milliseconds: what they
// wait for at most is printed, and how long until every lead is in the search index.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "server/base/zones.h"
#include "server/service/import_plan.h"
#include "server/service/imports.h"
#include "server/store/sqlite/db.h"
#include "server/store/sqlite/json_columns.h"
#include "server/store/sqlite/sqlite_store.h"

namespace leadline {
namespace {

using Steady = std::chrono::steady_clock;

double MsSince(Steady::time_point begin) {
  return std::chrono::duration<double, std::milli>(Steady::now() - begin).count();
}
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

class Bed {
 public:
  explicit Bed(const std::string& root) : folder(root + "/import-bench") {
    std::filesystem::remove_all(folder);
    store = Must(OpenSqliteStore({.folder = folder, .zones = &zones_, .clock = &clock}));
    raw = Must(Db::Open(folder + "/leadline.db", Db::Mode::kWriter));
  }
  ~Bed() {
    raw.reset();
    store.reset();
    std::filesystem::remove_all(folder);
  }
  const std::string folder;
  SystemClock clock;
  std::unique_ptr<Store> store;
  std::unique_ptr<Db> raw;

 private:
  SystemZones zones_;
};

// Does something every few milliseconds, and knows how long it took at most.
class Probe {
 public:
  template <typename Work>
  explicit Probe(Work work)
      : thread_([this, work] {
          while (!stop_) {
            const auto begin = Steady::now();
            work();
            ms_.push_back(MsSince(begin));
            std::this_thread::sleep_for(std::chrono::milliseconds(3));
          }
        }) {}
  ~Probe() { Stop(); }
  void Print(const char* what) {
    Stop();
    std::sort(ms_.begin(), ms_.end());
    if (ms_.empty()) return;
    std::printf("  %s: %zu times, p50 %.1f ms, p99 %.1f ms, longest %.1f ms\n", what, ms_.size(),
                ms_[ms_.size() / 2], ms_[ms_.size() * 99 / 100], ms_.back());
  }

 private:
  void Stop() {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
  }
  std::vector<double> ms_;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

struct Leads : CheckSink {
  std::vector<LeadDraft> drafts;
  void OnRow(const CheckedRow& row) override {
    if (row.accepted()) CopyTo(row.lead, &drafts.emplace_back());
  }
};

std::vector<LeadDraft> GoodRows(const std::string& path, const CallingSettings& settings) {
  ImportOptions options;
  FreezeOptions(settings, Assistant(), &options);
  Leads leads;
  Must(CheckFile(path, Must(ListOptionsOf(options)), &leads, [] { return false; }));
  return std::move(leads.drafts);
}

// One prepared INSERT per row, in one transaction; the triggers keep names, numbers and counters.
// `after`: into an empty table, its indexes and those tables filled by one statement each at the
// end.
double PlainInserts(const std::string& root, const std::vector<LeadDraft>& leads, bool after) {
  Bed bed(root);
  bed.store.reset();  // its housekeeping would wait for the long transaction
  constexpr const char* kIndexes[] = {
      "lead_campaign_created ON lead(campaign_id, status, created_at)",
      "lead_created ON lead(status, created_at)",
      "lead_campaign_updated ON lead(campaign_id, status, updated_at)",
      "lead_updated ON lead(status, updated_at)",
      "lead_campaign_next ON lead(campaign_id, status, next_attempt_at)",
      "lead_next ON lead(status, next_attempt_at)",
      "lead_import ON lead(import_id) WHERE import_id <> 0"};
  const auto begin = Steady::now();
  Db& db = *bed.raw;
  db.RunScript("BEGIN IMMEDIATE");
  if (after) {
    for (const std::string index : kIndexes) {
      db.RunScript("DROP INDEX " + index.substr(0, index.find(' ')));
    }
  }
  {
    Query insert(db,
                 "INSERT INTO lead (campaign_id, name, phone, email, company, timezone, variables, "
                 "next_attempt_at, held, import_id, created_at, updated_at) "
                 "VALUES (1, ?, ?, ?, ?, ?, ?, 0, ?, 1, ?8, ?8)");
    const TimeMs now = bed.clock.NowMs();
    for (const LeadDraft& d : leads) {
      insert.BindAll(d.name, d.phone, d.email, d.company, d.timezone, EncodeVariables(d.variables),
                     after ? 2 : 0, now);
      insert.Finish();
    }
  }
  if (after) {
    for (const std::string index : kIndexes) db.RunScript("CREATE INDEX " + index);
    db.RunScript(
        "INSERT INTO lead_by_phone SELECT phone, id FROM lead ORDER BY phone, id;"
        "INSERT INTO lead_by_name SELECT name, status, campaign_id, id FROM lead "
        "ORDER BY name COLLATE NOCASE, status, campaign_id, id;");
  }
  db.RunScript("COMMIT");
  Must(db.error());
  return MsSince(begin);
}

struct Times {
  double upload = 0, commit = 0, searchable = 0;
  double total() const { return upload + commit; }
};

Times ThroughTheService(const std::string& root, const std::string& path) {
  Bed bed(root);
  Imports imports(bed.store.get(), &bed.clock, bed.folder + "/imports", nullptr);
  const ImportId id = Must(imports.Create({})).id;
  std::ifstream file(path, std::ios::binary);
  Probe reader([&] { Must(bed.store->ListLeads({})); });
  Probe scheduler([&] {
    ClaimParams params;
    params.now = bed.clock.NowMs();
    Must(bed.store->ClaimDue(params));
  });
  Times times;
  auto begin = Steady::now();
  Must(imports.Upload(
      id,
      [&](char* to, size_t max) {
        file.read(to, static_cast<std::streamsize>(max));
        return static_cast<size_t>(file.gcount());
      },
      [] { return true; }));
  times.upload = MsSince(begin);
  begin = Steady::now();
  Must(imports.Commit(id));
  imports.WaitIdle();
  times.commit = MsSince(begin);
  const ImportRecord record = Must(imports.Get(id));
  std::printf("  %s: %lld rows, %lld created, %lld rejected\n", record.state.c_str(),
              static_cast<long long>(record.rows), static_cast<long long>(record.created),
              static_cast<long long>(record.rejected));
  reader.Print("a page of leads, meanwhile");
  scheduler.Print("a pass of the scheduler, meanwhile");
  begin = Steady::now();
  Probe claims([&] {
    ClaimParams params;
    params.now = bed.clock.NowMs();
    Must(bed.store->ClaimDue(params));
  });
  while (bed.raw->IntOf("SELECT indexed_to >= (SELECT max(id) FROM lead) FROM search_progress",
                        1) == 0) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  times.searchable = MsSince(begin);
  claims.Print("a pass while leads become callable and are indexed");
  return times;
}

void Run(const std::string& path, const std::string& root) {
  const CallingSettings settings = Must(Bed(root).store->GetSettings());
  const std::vector<LeadDraft> leads = GoodRows(path, settings);
  const double rows = static_cast<double>(leads.size());
  std::vector<Times> ours;
  std::vector<double> live, after;
  for (int round = 0; round < (leads.size() > 500'000 ? 1 : 3); ++round) {
    ours.push_back(ThroughTheService(root, path));
    live.push_back(PlainInserts(root, leads, false));
    after.push_back(PlainInserts(root, leads, true));
  }
  std::sort(ours.begin(), ours.end(),
            [](const Times& a, const Times& b) { return a.total() < b.total(); });
  std::sort(live.begin(), live.end());
  std::sort(after.begin(), after.end());
  const Times& t = ours[ours.size() / 2];
  const double l = live[live.size() / 2], a = after[after.size() / 2];
  std::printf(
      "import of %.0f leads: upload and dry run %.0f ms, commit %.0f ms, together %.0f leads/s; "
      "all "
      "in the search index %.1f s later\n",
      rows, t.upload, t.commit, rows / t.total() * 1000, t.searchable / 1000);
  std::printf(
      "prepared INSERTs, one transaction, no search index: live indexes %.0f ms (the import has "
      "%.2f "
      "of its speed, its commit %.2f), indexes after %.0f ms (%.2f, %.2f)\n",
      l, l / t.total(), l / t.commit, a, a / t.total(), a / t.commit);
}

}  // namespace
}  // namespace leadline

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: import_bench FILE [FOLDER]\n");
    return 2;
  }
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  leadline::Run(argv[1], argc > 2 ? argv[2] : ".");
  return 0;
}
