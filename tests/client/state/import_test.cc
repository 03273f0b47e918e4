#include <gtest/gtest.h>

#include "tests/client/state/harness.h"

namespace leadline {
namespace {

constexpr char kPlan[] =
    R"({"type":"plan","plan":{"encoding":"utf-8","encoding_score":99,"delimiter":";","quote":"'",
    "escape":"\\","comment":"none","header":true,
    "columns":[{"header":"Tel","target":"phone","score":97,"samples":["+1"]},
               {"header":"Notes","target":"variable:notes","score":50,"samples":[]}],"problems":[]}})";

Harness WithPlan() {
  Harness h("/import");
  h.model.OnFile(4, "leads.csv", 1000);
  h.model.OnWorkerMessage(kPlan);
  return h;
}
Harness Uploaded() {
  Harness h = WithPlan();
  h.Do(command::Upload{});
  EXPECT_TRUE(h.Answer("POST", "/api/v1/imports", 201, R"({"id":12,"state":"waiting"})"));
  return h;
}
constexpr char kChecked[] =
    R"({"id":12,"state":"checked","rows":10,"created":8,"rejected":2,"problems":{"phone_missing":2}})";

TEST(Import, AFileStartsAWorkerThatTellsThePlan) {
  Harness h = WithPlan();
  EXPECT_NE(h.Last<StartWorkerEffect>(), nullptr);
  ASSERT_NE(h.Last<WorkerEffect>(), nullptr);
  EXPECT_EQ(h.Last<WorkerEffect>()->file, 4);
  const ImportState& import = h.state().import;
  EXPECT_EQ(import.step, ImportStep::kColumns);
  ASSERT_TRUE(import.plan.has_value());
  EXPECT_EQ(import.plan->columns[0].target, "phone");
  EXPECT_EQ(import.plan->columns[0].score_percent, 97);
}

TEST(Import, AFileDroppedElsewhereGoesToTheWizard) {
  Harness h("/leads");
  h.model.OnFile(4, "leads.csv", 1000);
  EXPECT_EQ(h.state().route.screen, Screen::kImport);
}

TEST(Import, ProblemsArriveInPiecesAndAddUp) {
  Harness h = WithPlan();
  h.Do(command::GoToImportStep{ImportStep::kProblems});
  EXPECT_TRUE(h.state().import.checking);
  h.model.OnWorkerMessage(
      R"({"type":"progress","rows":5,"accepted":4,"rejected":1,"ms":10,"bytes":500,"done":false,
      "problems":{"phone_missing":1},"shown":[{"row":3,"path":"phone","code":"phone_missing"}]})");
  h.model.OnWorkerMessage(
      R"({"type":"progress","rows":10,"accepted":8,"rejected":2,"ms":20,"bytes":1000,"done":true,
      "problems":{"phone_missing":2},"shown":[{"row":9,"path":"phone","code":"phone_missing"}]})");
  const CheckReport& report = *h.state().import.report;
  EXPECT_TRUE(report.done);
  EXPECT_EQ(report.rows, report.accepted + report.rejected);
  ASSERT_EQ(report.shown.size(), 2u);
  EXPECT_EQ(report.shown[1].row, 9);
  EXPECT_EQ(report.problems.at("phone_missing"), 2);
  EXPECT_DOUBLE_EQ(report.RowsPerSecond(), 500);
}

TEST(Import, ACancelledCheckTakesNoMoreNews) {
  Harness h = WithPlan();
  h.Do(command::GoToImportStep{ImportStep::kProblems});
  h.Do(command::CancelCheck{});
  h.model.OnWorkerMessage(R"({"type":"progress","rows":5,"done":true})");
  EXPECT_FALSE(h.state().import.report.has_value());
  EXPECT_EQ(h.state().import.step, ImportStep::kColumns);
}

TEST(Import, AnotherDelimiterForgetsTheMappingOfTheOldColumns) {
  Harness h = WithPlan();
  CheckOptions options = h.state().import.options;
  options.mapping["1"] = "ignore";
  h.Do(command::SetCheckOptions{options});
  EXPECT_EQ(h.state().import.options.mapping.size(), 1u);
  options.delimiter = ",";
  h.Do(command::SetCheckOptions{options});
  EXPECT_TRUE(h.state().import.options.mapping.empty());
}

TEST(Import, EveryPartOfTheDialectIsToldToTheWorkerAndForgetsTheMapping) {
  for (std::string CheckOptions::*part :
       {&CheckOptions::quote, &CheckOptions::escape, &CheckOptions::comment}) {
    Harness h = WithPlan();
    CheckOptions options = h.state().import.options;
    options.mapping["1"] = "ignore";
    h.Do(command::SetCheckOptions{options});
    options.*part = "@";
    h.Do(command::SetCheckOptions{options});
    EXPECT_TRUE(h.state().import.options.mapping.empty());
    EXPECT_EQ(h.state().import.options.*part, "@");
  }
}

TEST(Import, TheSheetOfAWorkbookIsChosenAndSent) {
  Harness h("/import");
  h.model.OnFile(4, "book.xlsx", 1000);
  const auto plan = [&h](const std::string& sheet) {
    h.model.OnWorkerMessage(
        R"({"type":"plan","plan":{"encoding":"utf-8","delimiter":",","header":true,"sheet":")" +
        sheet + R"(","sheets":[{"name":"A","hidden":false},{"name":"B","hidden":true}],)" +
        R"("columns":[{"header":"Tel","target":"phone","score":99}]}})");
  };
  plan("A");
  ASSERT_EQ(h.state().import.plan->sheets.size(), 2u);
  EXPECT_TRUE(h.state().import.plan->sheets[1].hidden);
  CheckOptions options = h.state().import.options;
  options.mapping["1"] = "ignore";
  h.Do(command::SetCheckOptions{options});
  options.sheet = "B";
  h.Do(command::SetCheckOptions{options});
  EXPECT_TRUE(h.state().import.options.mapping.empty()) << "it was for other columns";
  plan("B");
  h.Do(command::Upload{});
  ImportOptions sent;
  ASSERT_TRUE(DecodeImportOptions(*ParseJson(h.Find("POST", "/api/v1/imports")->body), &sent).ok());
  EXPECT_EQ(sent.sheet, "B");
}

TEST(Import, AFileThatCannotBeReadGoesBackToTheFirstStepWithTheReason) {
  Harness h("/import");
  h.model.OnFile(4, "book.xlsx", 1000);
  h.model.OnWorkerMessage(R"({"type":"failed","message":"This is a ZIP file."})");
  EXPECT_EQ(h.state().import.step, ImportStep::kFile);
  EXPECT_EQ(h.state().import.error, "This is a ZIP file.");
}

TEST(Import, SendsExactlyWhatWasCheckedAndThenTheFile) {
  Harness h = WithPlan();
  h.Do(command::Upload{});
  const HttpEffect* post = h.Find("POST", "/api/v1/imports");
  ASSERT_NE(post, nullptr);
  ImportOptions sent;
  ASSERT_TRUE(DecodeImportOptions(*ParseJson(post->body), &sent).ok());
  EXPECT_EQ(sent.delimiter, ";");
  EXPECT_EQ(sent.quote, "'");
  EXPECT_EQ(sent.escape, "\\");
  EXPECT_EQ(sent.comment, "none");
  EXPECT_EQ(sent.mapping.at("1"), "phone");
  EXPECT_EQ(sent.mapping.at("2"), "variable:notes");
  ASSERT_TRUE(h.Answer("POST", "/api/v1/imports", 201, R"({"id":12,"state":"waiting"})"));
  const HttpEffect* put = h.Find("PUT", "/api/v1/imports/12/file");
  ASSERT_NE(put, nullptr);
  EXPECT_EQ(put->file, 4);
}

TEST(Import, TheDryRunIsShownBeforeAnythingIsStored) {
  Harness h = Uploaded();
  ASSERT_TRUE(h.Answer("PUT", "/api/v1/imports/12/file", 200, kChecked));
  EXPECT_FALSE(h.state().import.busy);
  EXPECT_EQ(h.state().import.remote.value()->created, 8);
  EXPECT_EQ(h.Find("POST", "/api/v1/imports/12/commit"), nullptr);
}

TEST(Import, ACommitIsWatchedUntilItIsDone) {
  Harness h = Uploaded();
  ASSERT_TRUE(h.Answer("PUT", "/api/v1/imports/12/file", 200, kChecked));
  h.Do(command::CommitImport{});
  ASSERT_TRUE(h.Answer("POST", "/api/v1/imports/12/commit", 202,
                       R"({"id":12,"state":"committing","rows":10,"rows_done":0})"));
  ASSERT_TRUE(h.Answer("GET", "/api/v1/imports/12", 200,
                       R"({"id":12,"state":"committing","rows":10,"rows_done":4})"));
  EXPECT_EQ(h.state().import.remote.value()->rows_done, 4);
  EXPECT_TRUE(h.state().import.busy);
  h.Pass(1000);
  ASSERT_TRUE(h.Answer("GET", "/api/v1/imports/12", 200,
                       R"({"id":12,"state":"committed","rows":10,"created":8,"rejected":2})"));
  EXPECT_EQ(h.state().import.step, ImportStep::kDone);
  EXPECT_FALSE(h.state().import.busy);
}

TEST(Import, OtherChoicesThrowTheDryRunAway) {
  Harness h = Uploaded();
  ASSERT_TRUE(h.Answer("PUT", "/api/v1/imports/12/file", 200, kChecked));
  h.Do(command::SetImportTarget{2, 1, "leads"});
  EXPECT_EQ(h.state().import.remote.value(), nullptr);
  EXPECT_NE(h.Find("DELETE", "/api/v1/imports/12"), nullptr);
}

TEST(Import, AnUploadCanBeCancelled) {
  Harness h = Uploaded();
  h.Do(command::CancelUpload{});
  EXPECT_NE(h.Last<CancelHttpEffect>(), nullptr);
  EXPECT_FALSE(h.state().import.busy);
}

TEST(Import, ASecondFileWaitsForTheImportUnderWay) {
  Harness h = Uploaded();
  h.model.OnFile(5, "other.csv", 10);
  EXPECT_EQ(h.state().import.file, 4);
  ASSERT_NE(h.Last<ReleaseFileEffect>(), nullptr);
  EXPECT_EQ(h.Last<ReleaseFileEffect>()->file, 5);
}

// ---- mending ----

Harness Mendable() {
  Harness h = WithPlan();
  h.Do(command::GoToImportStep{ImportStep::kProblems});
  h.model.OnWorkerMessage(
      R"({"type":"progress","rows":3,"accepted":1,"rejected":2,"ms":10,"bytes":1000,"done":true,
      "problems":{"phone_missing":1,"phone_too_short":1},
      "shown":[{"row":3,"column":1,"path":"phone","code":"phone_missing"},
               {"row":4,"column":1,"path":"phone","code":"phone_too_short","value":"12"}]})");
  return h;
}
std::string LastTold(Harness& h) {
  const auto* effect = h.Last<WorkerEffect>();
  return effect != nullptr ? effect->message : "";
}

TEST(ImportMends, AChangedCellIsCheckedAloneAndTakesItsPlace) {
  Harness h = Mendable();
  h.Do(command::MendRow{3, {.cells = {{0, "+14155551234"}}}});
  EXPECT_EQ(LastTold(h),
            R"({"type":"mend","row":3,"mend":{"cells":{"1":"+14155551234"},"left_out":false}})");
  h.model.OnWorkerMessage(
      R"({"type":"mended","row":3,"ok":true,"rows":3,"accepted":2,"rejected":1,
      "problems":{"phone_too_short":1,"row_mended":1},
      "shown":[{"row":3,"code":"row_mended","error":false}]})");
  const CheckReport& report = *h.state().import.report;
  EXPECT_EQ(report.accepted, 2);
  ASSERT_EQ(report.shown.size(), 2u);
  EXPECT_EQ(report.shown[0].code, "row_mended");
  EXPECT_EQ(report.shown[1].row, 4);
  EXPECT_EQ(report.problems.count("phone_missing"), 0u);
  EXPECT_TRUE(report.done);
}

TEST(ImportMends, EveryChangeCanBeTakenBackInTurn) {
  Harness h = Mendable();
  h.Do(command::MendRow{3, {.cells = {{0, "a"}}}});
  h.Do(command::MendRow{3, {.cells = {{0, "b"}}}});
  h.Do(command::MendRow{4, {.left_out = true}});
  h.Do(command::UndoMend{});
  EXPECT_EQ(h.state().import.mends.Find(4), nullptr);
  h.Do(command::UndoMend{});
  EXPECT_EQ(h.state().import.mends.Find(3)->cells.at(0), "a");
  h.Do(command::UndoMend{});
  EXPECT_TRUE(h.state().import.mends.empty());
  EXPECT_EQ(LastTold(h), R"({"type":"mend","row":3,"mend":{"cells":{},"left_out":false}})");
}

TEST(ImportMends, RepairsOfAKindAreTakenAndRefusedAgain) {
  Harness h = Mendable();
  h.Do(command::TakeRepairs{"phone_trunk_zero", true});
  EXPECT_NE(LastTold(h).find(R"("type":"repair","repairs":["phone_trunk_zero"])"),
            std::string::npos);
  EXPECT_TRUE(h.state().import.checking);
  h.model.OnWorkerMessage(
      R"({"type":"progress","fresh":true,"rows":3,"accepted":3,"bytes":1000,"done":true,"shown":[]})");
  EXPECT_FALSE(h.state().import.checking);
  EXPECT_TRUE(h.state().import.report->shown.empty());
  h.Do(command::UndoMend{});
  EXPECT_TRUE(h.state().import.mends.repairs.empty());
}

TEST(ImportMends, AReplacementChecksTheWholeListAgain) {
  Harness h = Mendable();
  h.Do(command::ReplaceInColumn{{.column = 0, .find = "o", .with = "0"}});
  EXPECT_NE(LastTold(h).find(R"("type":"check")"), std::string::npos);
  EXPECT_NE(LastTold(h).find(R"("replace":[{"column":1,"find":"o","with":"0")"), std::string::npos);
}

TEST(ImportMends, TheServerGetsThem) {
  Harness h = Mendable();
  h.Do(command::MendRow{3, {.cells = {{0, "+14155551234"}}}});
  h.Do(command::Upload{});
  ImportOptions sent;
  ASSERT_TRUE(DecodeImportOptions(*ParseJson(h.Find("POST", "/api/v1/imports")->body), &sent).ok());
  EXPECT_EQ(sent.mends.rows, h.state().import.mends.rows);
}

TEST(ImportMends, FilesAreSavedFromAWholeCheckOfWhatWasMended) {
  Harness h = Mendable();
  h.Do(command::SaveChecked{"clean"});
  EXPECT_FALSE(h.state().import.checking);
  h.Do(command::MendRow{3, {.left_out = true}});
  h.Do(command::SaveChecked{"clean"});
  EXPECT_TRUE(h.state().import.checking);
  EXPECT_NE(LastTold(h).find(R"("save")"), std::string::npos);
}

TEST(ImportMends, ADryRunOfOtherRowsIsThrownAway) {
  Harness h = Mendable();
  h.Do(command::Upload{});
  ASSERT_TRUE(h.Answer("POST", "/api/v1/imports", 201, R"({"id":12,"state":"waiting"})"));
  ASSERT_TRUE(h.Answer("PUT", "/api/v1/imports/12/file", 200, kChecked));
  h.Do(command::MendRow{3, {.left_out = true}});
  EXPECT_EQ(h.state().import.remote.value(), nullptr);
  EXPECT_NE(h.Find("DELETE", "/api/v1/imports/12"), nullptr);
}

TEST(ImportMends, OtherColumnsForgetWhatWasChangedInThem) {
  Harness h = Mendable();
  h.Do(command::MendRow{3, {.left_out = true}});
  CheckOptions options = h.state().import.options;
  options.region = "US";
  h.Do(command::SetCheckOptions{options});
  EXPECT_FALSE(h.state().import.mends.empty());
  options.delimiter = ",";
  h.Do(command::SetCheckOptions{options});
  EXPECT_TRUE(h.state().import.mends.empty());
}

TEST(ImportMends, ARowBeyondThoseKeptIsSaidAndNotMended) {
  Harness h = Mendable();
  h.Do(command::MendRow{3, {.left_out = true}});
  h.model.OnWorkerMessage(R"({"type":"mended","row":3,"ok":false})");
  EXPECT_TRUE(h.state().import.mends.empty());
  EXPECT_TRUE(h.state().import.mend_steps.empty());
  EXPECT_NE(h.Last<NoticeEffect>(), nullptr);
}

TEST(ImportMends, ARefusedMendLeavesTheOneBefore) {
  Harness h = Mendable();
  h.Do(command::MendRow{3, {.cells = {{0, "a"}}}});
  h.Do(command::MendRow{3, {.cells = {{0, "b"}}}});
  h.model.OnWorkerMessage(R"({"type":"mended","row":3,"ok":false})");
  EXPECT_EQ(h.state().import.mends.Find(3)->cells.at(0), "a");
  EXPECT_EQ(h.state().import.mend_steps.size(), 1u);
}

TEST(ImportMends, ACancelledCheckForgetsTheFileThatWasAskedFor) {
  Harness h = Mendable();
  h.Do(command::MendRow{3, {.left_out = true}});
  h.Do(command::SaveChecked{"clean"});
  h.Do(command::CancelCheck{});
  EXPECT_EQ(h.state().import.pending_save, "");
}

TEST(ImportMends, AFileThatIsPreparedTellsHowFarAndCanBeGivenUp) {
  Harness h = Mendable();
  h.Do(command::SaveChecked{"clean"});
  h.model.OnWorkerMessage(R"({"type":"saving","done":0.25})");
  EXPECT_EQ(h.state().import.save_done, 0.25);
  h.Do(command::CancelSave{});
  EXPECT_EQ(h.state().import.pending_save, "");
  EXPECT_EQ(LastTold(h), R"({"type":"cancel"})");
}

TEST(ImportMends, ARowIsReadFromTheWorkerToBeMendedAsAWhole) {
  Harness h = Mendable();
  h.Do(command::OpenRowToMend{4});
  EXPECT_EQ(LastTold(h), R"({"type":"row","row":4})");
  EXPECT_TRUE(h.state().import.open_row->loading);
  h.model.OnWorkerMessage(R"({"type":"row","row":4,"cells":["12","Anna"]})");
  EXPECT_EQ(h.state().import.open_row->cells, (std::vector<std::string>{"12", "Anna"}));
  h.Do(command::OpenRowToMend{0});
  EXPECT_FALSE(h.state().import.open_row.has_value());
}

}  // namespace
}  // namespace leadline
