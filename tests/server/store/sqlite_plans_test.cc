// Every statement that the store runs finds its rows along an index: no table that grows is
// scanned, nothing is sorted.
#include <sqlite3.h>

#include <mutex>
#include <set>

#include "server/store/sqlite/db.h"
#include "server/store/sqlite/sqlite_store.h"
#include "tests/server/store/conformance.h"
#include "tests/support/temp_folder.h"

namespace leadline {
namespace {

// Listens on every connection that is opened while it lives.
class Statements {
 public:
  Statements() { sqlite3_auto_extension(reinterpret_cast<void (*)()>(&OnOpen)); }
  ~Statements() { sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(&OnOpen)); }

  std::set<std::string> Take() {
    const std::lock_guard<std::mutex> lock(Mutex());
    return std::move(Seen());
  }

 private:
  static std::mutex& Mutex() {
    static std::mutex mutex;
    return mutex;
  }
  static std::set<std::string>& Seen() {
    static std::set<std::string> seen;
    return seen;
  }
  static int OnOpen(sqlite3* db, const char**, const sqlite3_api_routines*) {
    return sqlite3_trace_v2(db, SQLITE_TRACE_STMT, &OnStatement, nullptr);
  }
  static int OnStatement(unsigned, void*, void* statement, void* text) {
    if (std::string_view(static_cast<const char*>(text)).substr(0, 2) == "--") return 0;  // trigger
    const std::lock_guard<std::mutex> lock(Mutex());
    Seen().insert(sqlite3_sql(static_cast<sqlite3_stmt*>(statement)));
    return 0;
  }
};

// Tables that stay small, whatever is imported and called.
bool IsSmall(const std::string& step) {
  for (const char* table :
       {"campaign", "assistant", "lead_count", "call_count", "setting", "CONSTANT ROW",
        "suppression", "sqlite_sequence", "lead_search VIRTUAL TABLE INDEX",
        "call USING COVERING INDEX call_open", "call USING INDEX call_open", "import",
        "(subquery"}) {
    if (step.find(std::string("SCAN ") + table) == 0) return true;
  }
  return false;
}

std::vector<std::string> BadSteps(Db& db, const std::string& sql) {
  std::vector<std::string> bad;
  const std::string explain = "EXPLAIN QUERY PLAN " + sql;
  Query row(db, explain);
  while (row.Next()) {
    const std::string step = row.Text(3);
    const bool scan = step.find("SCAN ") == 0 && !IsSmall(step);
    if (scan || step.find("USE TEMP B-TREE") != std::string::npos) bad.push_back(step);
  }
  return bad;
}

void RunEverything(Store& store) {
  Assistant assistant;
  assistant.external_id = "agent";
  assistant.caller_number = "+14157774444";
  assistant = Must(store.CreateAssistant(assistant, kMonday));
  Campaign campaign;
  campaign.name = "One";
  campaign.assistant_id = assistant.id;
  campaign = Must(store.CreateCampaign(campaign, kMonday));
  Must(store.SetCampaignState(campaign.id, CampaignState::kRunning, "", kMonday));
  for (int n = 0; n < 5; ++n) Must(store.CreateLead(DraftNo(n, campaign.id), "api", kMonday));
  Import import = Must(store.CreateImport({}, kMonday));
  import.state = ImportState::kCommitting;
  Must(store.UpdateImport(import, kMonday));
  Must(store.WriteImportRows(import.id, {{1, DraftNo(9)}}, 1, kMonday));
  import.state = ImportState::kCommitted;
  Must(store.UpdateImport(import, kMonday));
  ClaimParams params;
  params.now = kMonday;
  params.limit = 3;
  params.providers[0].key_present = true;
  int attempt = 0;
  params.new_attempt_id = [&] { return std::to_string(++attempt); };
  const ClaimResult claimed = Must(store.ClaimDue(params));
  Must(store.ReadDialFacts(1, params.providers, kMonday));
  Must(store.RecordAccepted(claimed.orders.at(0).call.id, "x", kMonday));
  Must(store.RecordUnclear(claimed.orders.at(1).call.id, "", kMonday));
  Must(store.GiveUpOnCall(claimed.orders.at(1).call.id, "", 0, kMonday));
  Must(store.RecordRefused(claimed.orders.at(2).call.id, Verdict(), "", 0, 0, kMonday));
  Must(store.ListCallsToCheck(kMonday, kMonday, 10));
  Must(store.ResetAccountFailures(campaign.id, kMonday));
  Must(store.ClaimDue(params));
  Must(store.StoreWebhook(Provider::kRetell, "a", R"({"call_id":"q"})", kMonday));
  Must(store.FinishWebhook(Must(store.PendingWebhooks(1)).at(0).id, ApplyResult::kUnmatched,
                           kMonday));
  Must(store.LeadTimeline(1, 10));
  Must(store.LatestInstant());
  Must(store.ReadChanges(0, 10));
  Must(store.UndoImport(import.id, kMonday));
}

void RunEveryList(Store& store) {
  for (int filter = 0; filter < 64; ++filter) {
    LeadQuery query;
    query.limit = 1;
    if (filter & 1) query.campaign_id = 2;
    if (filter & 2) query.statuses = SetOf(LeadStatus::kCreated) | SetOf(LeadStatus::kFailed);
    if (filter & 4) query.q = "person";
    if (filter & 8) query.created_from = 1;
    if (filter & 16) query.updated_to = kMonday + 1;
    if (filter & 32) query.import_id = 1;
    for (const LeadSort sort : {LeadSort::kNewest, LeadSort::kOldest, LeadSort::kName,
                                LeadSort::kUpdated, LeadSort::kNextAttempt}) {
      query.sort = sort;
      query.cursor = "";
      query.cursor = Must(store.ListLeads(query)).next_cursor;
      Must(store.ListLeads(query));
    }
    Must(store.ForEachLead(query, [](const Lead&) { return true; }));
  }
  for (int filter = 0; filter < 8; ++filter) {
    CallQuery query;
    query.limit = 1;
    if (filter & 1) query.lead_id = 1;
    if (filter & 2) query.campaign_id = 2;
    if (filter & 4) query.outcome = "temporary_error";
    query.cursor = Must(store.ListCalls(query)).next_cursor;
    Must(store.ListCalls(query));
  }
}

TEST(SqlitePlans, NoStatementScansATableThatGrowsOrSorts) {
  Statements statements;
  const FakeZones zones;
  TempFolder folder;
  SqliteOptions options;
  options.folder = folder.path();
  options.zones = &zones;
  auto store = Must(OpenSqliteStore(options));
  statements.Take();  // those of the migration
  RunEverything(*store);
  RunEveryList(*store);
  store.reset();
  const std::set<std::string> all = statements.Take();
  EXPECT_GT(all.size(), 100u);
  auto db = Must(Db::Open(folder.path() + "/leadline.db", Db::Mode::kWriter));
  for (const std::string& sql : all) {
    if (sql.find("'main'.'lead_search") != std::string::npos) continue;  // FTS5's own
    const std::string verb = sql.substr(0, 6);
    if (verb != "SELECT" && verb != "UPDATE" && verb != "DELETE" && verb != "INSERT") continue;
    EXPECT_THAT(BadSteps(*db, sql), ::testing::IsEmpty()) << sql;
    ASSERT_TRUE(db->ok()) << sql;
  }
}

}  // namespace
}  // namespace leadline
