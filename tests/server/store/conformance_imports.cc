// Imports: written in chunks, never twice, not called before they are committed, taken back whole.
#include "tests/server/store/conformance.h"

namespace leadline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<ImportRow> Rows(int from, int to) {
  std::vector<ImportRow> rows;
  for (int n = from; n <= to; ++n) rows.push_back({n, DraftNo(n)});
  return rows;
}

class StoreImports {
 public:
  StoreImports(Store& store, TimeMs now) : store_(store), now_(now) {}

  Import Begin(CampaignId campaign_id, DuplicateRule rule = DuplicateRule::kSkip) {
    Import import;
    import.name = "list.csv";
    import.campaign_id = campaign_id;
    import.duplicates = rule;
    import.options_json = "{}";
    return Move(Must(store_.CreateImport(import, now_)), ImportState::kCommitting);
  }
  Import Move(Import import, ImportState to) {
    import.state = to;
    return Must(store_.UpdateImport(import, now_));
  }
  ImportCounts Write(const Import& import, const std::vector<ImportRow>& rows) {
    return Must(store_.WriteImportRows(import.id, rows, rows.back().row, now_));
  }
  Store::UndoResult Undo(ImportId id) {
    Store::UndoResult all;
    do {
      Store::UndoResult part = Must(store_.UndoImport(id, now_));
      all.removed += part.removed;
      all.restored += part.restored;
      all.kept.insert(all.kept.end(), part.kept.begin(), part.kept.end());
      all.more = part.more;
    } while (all.more);
    return all;
  }

 private:
  Store& store_;
  TimeMs now_;
};

std::vector<Lead> AllLeads(Store& store) {
  std::vector<Lead> leads;
  Must(store.ForEachLead({}, [&](const Lead& lead) {
    leads.push_back(lead);
    return true;
  }));
  return leads;
}

TEST_P(StoreConformance, AnImportIsKeptWithItsCounts) {
  Import import;
  import.name = "list.csv";
  import.duplicates = DuplicateRule::kFill;
  import.options_json = R"({"mapping":"auto"})";
  import = Must(store().CreateImport(import, now_));
  EXPECT_EQ(import.state, ImportState::kWaiting);
  EXPECT_EQ(import.campaign_id, 1);
  import.state = ImportState::kChecked;
  import.file_bytes = 1234;
  import.counts.rows = 10;
  import.counts.created = 7;
  import.counts.rejected = 3;
  import.counts.problems = {{"phone_missing", 2}, { "name_missing", 1 }};
  Must(store().UpdateImport(import, now_));
  Reopen();
  const Import read = Must(store().GetImport(import.id));
  EXPECT_EQ(read.options_json, R"({"mapping":"auto"})");
  EXPECT_EQ(read.duplicates, DuplicateRule::kFill);
  EXPECT_EQ(read.file_bytes, 1234);
  EXPECT_EQ(read.counts.created, 7);
  EXPECT_EQ(read.counts.problems, import.counts.problems);
  EXPECT_EQ(Must(store().ListImports(10)).size(), 1u);
  EXPECT_EQ(store().GetImport(99).status().code(), Code::kNotFound);
}

TEST_P(StoreConformance, AnImportMovesOnlyForward) {
  StoreImports imports(store(), now_);
  Import import = imports.Begin(1);
  EXPECT_EQ(import.state, ImportState::kCommitting);
  import.state = ImportState::kChecked;
  EXPECT_SLUG(store().UpdateImport(import, now_), "wrong_state");
  import.state = ImportState::kUndone;
  EXPECT_SLUG(store().UpdateImport(import, now_), "wrong_state");
  import = imports.Move(import, ImportState::kCommitted);
  EXPECT_SLUG(store().WriteImportRows(import.id, Rows(1, 2), 2, now_), "wrong_state");
  import.state = ImportState::kFailed;
  EXPECT_SLUG(store().UpdateImport(import, now_), "wrong_state");
}

TEST_P(StoreConformance, AnImportCanBeGivenUpBeforeItWroteAndItsCampaignMustBeThere) {
  Campaign c;
  c.name = "Short-lived";
  const Campaign campaign = Must(store().CreateCampaign(c, now_));
  Import import;
  import.campaign_id = campaign.id;
  import = Must(store().CreateImport(import, now_));
  Must(store().DeleteCampaign(campaign.id, campaign.version, now_));
  import.state = ImportState::kCommitting;
  EXPECT_EQ(store().UpdateImport(import, now_).status().code(), Code::kNotFound);
  import.state = ImportState::kUndone;
  EXPECT_EQ(Must(store().UpdateImport(import, now_)).state, ImportState::kUndone);
}

TEST_P(StoreConformance, AChunkSentAgainChangesNothing) {
  StoreImports imports(store(), now_);
  const Import import = imports.Begin(1, DuplicateRule::kKeep);
  EXPECT_EQ(imports.Write(import, Rows(1, 5)).created, 5);
  const int64_t newest = Must(store().ReadChanges(0, 1)).newest_id;
  const ImportCounts again = imports.Write(import, Rows(1, 5));
  EXPECT_EQ(again.created + again.updated + again.skipped, 0);
  EXPECT_EQ(imports.Write(import, Rows(4, 8)).created, 3);  // a chunk that begins before
  EXPECT_GT(newest, 0);
  const Import after = Must(store().GetImport(import.id));
  EXPECT_EQ(after.next_row, 8);
  EXPECT_EQ(after.counts.created, 8);
  EXPECT_EQ(CountsOf(1), "created 8");
}

TEST_P(StoreConformance, TheCountsOfACommitAreThoseOfItsRows) {
  StoreImports imports(store(), now_);
  Import import;
  import.counts.created = 99;  // what the dry run had foreseen
  import = Must(store().CreateImport(import, now_));
  import.counts.created = 99;
  import = imports.Move(import, ImportState::kChecked);
  import = imports.Move(import, ImportState::kCommitting);
  EXPECT_EQ(import.counts.created, 0);
  imports.Write(import, Rows(1, 3));
  import.counts.created = 1000;  // a stale copy
  import.counts.rejected = 4;
  import = imports.Move(import, ImportState::kCommitted);
  EXPECT_EQ(import.counts.created, 3);
  EXPECT_EQ(import.counts.rejected, 4);
}

TEST_P(StoreConformance, ImportedLeadsAreCalledOnlyOnceTheImportIsCommitted) {
  const CampaignId id = MakeCampaign("One", [](Campaign* c) { c->concurrency = 500; }).id;
  StoreImports imports(store(), now_);
  const Import import = imports.Begin(id);
  imports.Write(import, Rows(1, 3));
  const ClaimResult before = Claim();
  EXPECT_THAT(before.orders, IsEmpty());
  EXPECT_EQ(before.parked, 0);
  EXPECT_EQ(before.finished, 0);
  // Whatever a person does with one of them: it is not called either.
  const Lead lead = AllLeads(store()).at(0);
  Must(store().SetLeadStatus(lead.id, 0, LeadStatus::kScheduled, false, kPerson, now_));
  EXPECT_THAT(Claim().orders, IsEmpty());
  imports.Move(import, ImportState::kCommitted);
  EXPECT_EQ(Claim().orders.size(), 3u);
}

TEST_P(StoreConformance, ALargeImportIsFreedInSeveralPasses) {
  MakeCampaign("One");
  const CampaignId id = MakeCampaign("Two").id;
  StoreImports imports(store(), now_);
  const Import import = imports.Begin(id);
  for (int chunk = 0; chunk < 3; ++chunk) {
    imports.Write(import, Rows(chunk * 1000 + 1, chunk * 1000 + 1000));
  }
  imports.Move(import, ImportState::kCommitted);
  const ClaimResult first = Claim(1);
  EXPECT_EQ(first.next_due_at, now_);
  Claim(1);
  LeadQuery query;
  query.campaign_id = id;
  query.sort = LeadSort::kNextAttempt;
  const auto page = Must(store().ListLeads(query));
  EXPECT_EQ(page.total, 3000);
  const auto last = AllLeads(store()).back();
  Must(store().AddSuppression(last.phone, "", now_));
  EXPECT_EQ(Claim().orders.size(), 8u);  // ten slots, two taken
}

TEST_P(StoreConformance, DuplicatesAreSkippedUpdatedFilledOrKept) {
  const auto row = [](int n) {
    ImportRow r{1, DraftNo(n)};
    r.draft.name = "From the file";
    r.draft.company = "New company";
    r.draft.variables = {{"a", "file"}, {"b", "file"}};
    r.draft.contacts.resize(1);
    r.draft.contacts[0].phone = PhoneNo(500);
    return r;
  };
  int n = 0;
  const auto run = [&](DuplicateRule rule) {
    const Lead stored = MakeLead(++n, 0, [](LeadDraft* d) {
      d->variables = {{"a", "stored"}};
      d->email = "stored@example.com";
    });
    StoreImports imports(store(), now_);
    const ImportCounts counts = imports.Write(imports.Begin(1, rule), {row(n)});
    EXPECT_EQ(counts.created, rule == DuplicateRule::kKeep ? 1 : 0);
    EXPECT_EQ(counts.skipped, rule == DuplicateRule::kSkip ? 1 : 0);
    return LeadNow(stored.id);
  };
  EXPECT_EQ(run(DuplicateRule::kSkip).version, 1);
  EXPECT_EQ(run(DuplicateRule::kKeep).version, 1);
  const Lead updated = run(DuplicateRule::kUpdate);
  EXPECT_EQ(updated.name, "From the file");
  EXPECT_EQ(updated.company, "New company");
  EXPECT_EQ(updated.variables, (Variables{{"a", "file"}, {"b", "file"}}));
  EXPECT_EQ(updated.contacts.size(), 1u);
  const Lead filled = run(DuplicateRule::kFill);
  EXPECT_EQ(filled.name, "Person 4");
  EXPECT_EQ(filled.email, "stored@example.com");
  EXPECT_EQ(filled.company, "New company");
  EXPECT_EQ(filled.variables, (Variables{{"a", "stored"}, {"b", "file"}}));
}

TEST_P(StoreConformance, ANumberTwiceInOneFileMakesOneLead) {
  StoreImports imports(store(), now_);
  const Import import = imports.Begin(1, DuplicateRule::kUpdate);
  std::vector<ImportRow> rows = {{1, DraftNo(1)}, {2, DraftNo(2)}, {3, DraftNo(1)}};
  rows[0].draft.name = "Aurora";
  rows[2].draft.name = "Zacharias";
  const ImportCounts counts = imports.Write(import, rows);
  EXPECT_EQ(counts.created, 2);
  EXPECT_EQ(counts.updated, 1);
  LeadQuery query;
  query.q = "zach";
  EXPECT_EQ(Must(store().ListLeads(query)).total, 1);
  query.q = "aurora";
  EXPECT_EQ(Must(store().ListLeads(query)).total, 0);
  EXPECT_EQ(imports.Undo(import.id).removed, 2);
  query.q = "zach";
  EXPECT_EQ(Must(store().ListLeads(query)).total, 0);
}

TEST_P(StoreConformance, ManyRowsAtOnceAreWhatTheyAreInSmallPieces) {
  for (const DuplicateRule rule :
       {DuplicateRule::kSkip, DuplicateRule::kUpdate, DuplicateRule::kFill, DuplicateRule::kKeep}) {
    std::string seen[2];
    for (const bool at_once : {false, true}) {
      under_test_ = GetParam().make(zones_);
      for (int n = 0; n < 60; ++n) MakeLead(n * 37, 0);
      std::vector<ImportRow> rows;
      for (int row = 1; row <= 2500; ++row) {
        rows.push_back({row * 2, DraftNo(row % 11 == 0 ? row / 2 : row)});
        rows.back().draft.name = "Row " + std::to_string(row * 7919 % 2503);
        if (row % 5 == 0) rows.back().draft.contacts.resize(1);
        if (row % 5 == 0) rows.back().draft.contacts[0].phone = PhoneNo(50'000 + row);
      }
      StoreImports imports(store(), now_);
      const Import import = imports.Begin(1, rule);
      const size_t step = at_once ? rows.size() : 100;
      for (size_t i = 0; i < rows.size(); i += step) {
        imports.Write(import, {rows.begin() + static_cast<std::ptrdiff_t>(i),
                               rows.begin() + static_cast<std::ptrdiff_t>(i + step)});
      }
      imports.Move(import, ImportState::kCommitted);
      LeadQuery query;
      query.sort = LeadSort::kName;
      query.limit = 500;
      do {
        const auto page = Must(store().ListLeads(query));
        for (const Lead& lead : page.items) {
          seen[at_once] += lead.name + lead.phone + std::to_string(lead.version) +
                           std::to_string(lead.contacts.size()) + "\n";
        }
        query.cursor = page.next_cursor;
      } while (!query.cursor.empty());
      const ImportCounts counts = Must(store().GetImport(import.id)).counts;
      EXPECT_EQ(counts.created + counts.updated + counts.skipped, 2500);
      seen[at_once] += CountsOf(1) + std::to_string(counts.created);
      ExpectInvariants();
    }
    EXPECT_EQ(seen[0], seen[1]) << static_cast<int>(rule);
  }
}

TEST_P(StoreConformance, StoredNumbersAreFoundForADryRun) {
  MakeLead(3, 0);
  const std::string numbers[] = {PhoneNo(1), PhoneNo(3), PhoneNo(4)};
  EXPECT_THAT(Must(store().FindStoredNumbers({numbers[0], numbers[1], numbers[2]})),
              ElementsAre(1u));
}

TEST_P(StoreConformance, AnUndoneImportLeavesNothingButWhatWasTouchedAndNamesIt) {
  const CampaignId id = MakeCampaign("One").id;
  const Lead old_one = MakeLead(2, 1, [](LeadDraft* d) {
    d->variables = {{"a", "before"}};
    d->contacts.resize(1);
    d->contacts[0].phone = PhoneNo(600);
  });
  const Lead old_edited = MakeLead(3, 1);
  StoreImports imports(store(), now_);
  const Import import = imports.Begin(id, DuplicateRule::kUpdate);
  auto rows = Rows(1, 6);
  rows[1].draft.name = rows[2].draft.name = "Overwritten";
  rows[1].draft.variables = {{"a", "after"}};
  imports.Write(import, rows);
  imports.Move(import, ImportState::kCommitted);
  const auto leads = AllLeads(store());  // 2, 3, then 1, 4, 5, 6
  ASSERT_EQ(leads.size(), 6u);
  const Lead& called = leads[2];
  const Lead& edited = leads[3];
  EXPECT_EQ(Claim(1).orders.at(0).lead.id, called.id);
  LeadDraft draft = edited;
  draft.name = "By hand";
  Must(store().UpdateLead(edited.id, edited.version, draft, kPerson, now_));
  draft = leads[1];
  draft.name = "By hand too";
  Must(store().UpdateLead(leads[1].id, leads[1].version, draft, kPerson, now_));

  const Store::UndoResult undone = imports.Undo(import.id);
  EXPECT_EQ(undone.removed, 2);
  EXPECT_EQ(undone.restored, 1);
  EXPECT_THAT(undone.kept, ElementsAre(called.id, edited.id, old_edited.id));
  EXPECT_EQ(Must(store().GetImport(import.id)).state, ImportState::kUndone);
  const Lead restored = LeadNow(old_one.id);
  EXPECT_EQ(restored.name, old_one.name);
  EXPECT_EQ(restored.variables, old_one.variables);
  ASSERT_EQ(restored.contacts.size(), 1u);
  EXPECT_EQ(restored.contacts[0].id, old_one.contacts[0].id);
  EXPECT_EQ(LeadNow(old_edited.id).name, "By hand too");
  EXPECT_SLUG(store().UndoImport(import.id, now_), "wrong_state");
  // What was kept may be called again.
  EXPECT_EQ(ClaimOne().lead.id, edited.id);
}

TEST_P(StoreConformance, NoLeadIsCalledWhileItsImportIsBeingTakenBack) {
  const CampaignId id = MakeCampaign("One").id;
  StoreImports imports(store(), now_);
  const Import import = imports.Begin(id);
  imports.Write(import, Rows(1, 1000));
  imports.Move(import, ImportState::kCommitted);
  EXPECT_TRUE(Must(store().UndoImport(import.id, now_)).more);
  EXPECT_THAT(Claim().orders, IsEmpty());
  Reopen();
  StoreImports after(store(), now_);
  EXPECT_EQ(after.Undo(import.id).removed, 500);
  EXPECT_THAT(AllLeads(store()), IsEmpty());
}

TEST_P(StoreConformance, ABrokenOffImportCanBeTakenBack) {
  StoreImports imports(store(), now_);
  const Import import = imports.Begin(1);
  imports.Write(import, Rows(1, 10));
  Reopen();
  StoreImports after(store(), now_);
  EXPECT_EQ(Must(store().GetImport(import.id)).next_row, 10);
  EXPECT_EQ(after.Undo(import.id).removed, 10);
  Import fresh;
  fresh = Must(store().CreateImport(fresh, now_));
  EXPECT_SLUG(store().UndoImport(fresh.id, now_), "wrong_state");
}

}  // namespace
}  // namespace leadline
