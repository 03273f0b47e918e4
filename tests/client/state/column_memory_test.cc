#include "client/state/column_memory.h"

#include <gtest/gtest.h>

#include "tests/client/state/harness.h"

namespace leadline {
namespace {

std::vector<PlanColumn> Columns(std::initializer_list<const char*> headers) {
  std::vector<PlanColumn> columns;
  for (const char* header : headers) columns.emplace_back().header = header;
  return columns;
}

TEST(ColumnMemory, FindsWhatWasKeptForTheSameHeaders) {
  ColumnMemory memory;
  EXPECT_TRUE(memory.Keep(Columns({"Tel", "Note"}), {{{"1", "phone"}}, {{"2", "number"}}}));
  const ColumnMemory again = ColumnMemory::Parse(memory.ToText());
  ASSERT_NE(again.Find(Columns({"Tel", "Note"})), nullptr);
  EXPECT_EQ(again.Find(Columns({"Tel", "Note"}))->mapping.at("1"), "phone");
  EXPECT_EQ(again.Find(Columns({"Tel", "Note"}))->types.at("2"), "number");
  EXPECT_EQ(again.Find(Columns({"TelNote", ""})), nullptr);
  EXPECT_EQ(again.Find(Columns({"Note", "Tel"})), nullptr);
}

TEST(ColumnMemory, ColumnsWithoutNamesAreNotRemembered) {
  ColumnMemory memory;
  EXPECT_FALSE(memory.Keep(Columns({"", ""}), {{{"1", "phone"}}, {}}));
  EXPECT_EQ(memory.Find(Columns({"", ""})), nullptr);
}

TEST(ColumnMemory, NoChoicesForgetTheList) {
  ColumnMemory memory;
  EXPECT_FALSE(memory.Keep(Columns({"Tel"}), {})) << "there was nothing";
  memory.Keep(Columns({"Tel"}), {{{"1", "phone"}}, {}});
  EXPECT_TRUE(memory.Keep(Columns({"Tel"}), {}));
  EXPECT_EQ(memory.Find(Columns({"Tel"})), nullptr);
}

TEST(ColumnMemory, KeepsTheNewestLists) {
  ColumnMemory memory;
  for (size_t i = 0; i <= ColumnMemory::kMaxLists; ++i) {
    memory.Keep(Columns({std::to_string(i).c_str()}), {{{"1", "phone"}}, {}});
  }
  EXPECT_EQ(memory.Find(Columns({"0"})), nullptr);
  EXPECT_NE(memory.Find(Columns({"1"})), nullptr);
}

TEST(ColumnMemory, ABrokenTextIsForgotten) {
  for (const char* text : {"", "x", "{}", "[1,{}]", R"([{"headers":5,"mapping":[]}])"}) {
    EXPECT_EQ(ColumnMemory::Parse(text).ToText(), "[]") << text;
  }
}

// The wizard.
constexpr char kPlan[] =
    R"({"type":"plan","plan":{"encoding":"utf-8","delimiter":",","header":true,
    "columns":[{"header":"Tel","target":"phone","score":97},
               {"header":"Notes","target":"variable:notes","score":50}]}})";

Harness WithPlan(std::string_view remembered = "") {
  Harness h("/import");
  h.model.Recall(remembered);
  h.model.OnFile(4, "leads.csv", 1000);
  h.model.OnWorkerMessage(kPlan);
  return h;
}
std::string Remembered() {
  Harness h = WithPlan();
  CheckOptions options = h.state().import.options;
  options.mapping["2"] = "ignore";
  h.Do(command::SetCheckOptions{options});
  EXPECT_EQ(h.Last<KeepEffect>(), nullptr) << "not before the user goes on";
  h.Do(command::GoToImportStep{ImportStep::kProblems});
  const KeepEffect* kept = h.Last<KeepEffect>();
  return kept == nullptr ? "" : kept->value;
}

TEST(ImportColumns, AreSetAsForTheLastListWithTheseHeaders) {
  Harness h = WithPlan(Remembered());
  EXPECT_EQ(h.state().import.options.mapping.at("2"), "ignore");
  EXPECT_TRUE(h.state().import.recalled);
  ASSERT_NE(h.Last<WorkerEffect>(), nullptr);
  EXPECT_NE(h.Last<WorkerEffect>()->message.find(R"("mapping":{"2":"ignore"})"), std::string::npos);
  EXPECT_TRUE(h.state().import.planning) << "until the worker has read it so";
  h.model.OnWorkerMessage(kPlan);
  EXPECT_FALSE(h.state().import.planning) << "asked once only";
}

TEST(ImportColumns, CanBeGuessedAnewAndAreForgottenThen) {
  Harness h = WithPlan(Remembered());
  h.Do(command::GuessColumns{});
  EXPECT_TRUE(h.state().import.options.mapping.empty());
  EXPECT_FALSE(h.state().import.recalled);
  ASSERT_NE(h.Last<KeepEffect>(), nullptr);
  EXPECT_EQ(h.Last<KeepEffect>()->value, "[]");
}

TEST(ImportColumns, OfOtherHeadersAreGuessed) {
  Harness h("/import");
  h.model.Recall(Remembered());
  h.model.OnFile(4, "leads.csv", 1000);
  h.model.OnWorkerMessage(
      R"({"type":"plan","plan":{"columns":[{"header":"Phone","target":"phone","score":97}]}})");
  EXPECT_TRUE(h.state().import.options.mapping.empty());
  EXPECT_FALSE(h.state().import.recalled);
}

}  // namespace
}  // namespace leadline
