#include "client/state/paged_list.h"

#include <gtest/gtest.h>

namespace leadline {
namespace {

struct Item {
  int64_t id = 0;
};
using List = PagedList<Item>;
constexpr int64_t kPage = List::kPageRows;

std::vector<Item> Rows(int64_t first, int64_t count) {
  std::vector<Item> rows;
  for (int64_t i = 0; i < count; ++i) rows.push_back({first + i});
  return rows;
}
// Answers requests until nothing is needed; the cursor of page n is "n". Returns how many there
// were.
int Serve(List* list, int64_t total) {
  int requests = 0;
  while (const auto needed = list->Needed()) {
    const int64_t page = needed->cursor.empty() ? 0 : std::stoll(needed->cursor);
    EXPECT_EQ(page, needed->page);
    list->Start(++requests, needed->page);
    const int64_t first = page * kPage;
    const int64_t rows = std::min(kPage, total - first);
    list->Finish(requests, Rows(first, rows), first + rows < total ? std::to_string(page + 1) : "",
                 total);
  }
  return requests;
}

TEST(PagedList, AsksForTheFirstPageOnly) {
  List list;
  EXPECT_FALSE(list.known());
  EXPECT_EQ(Serve(&list, 100000), 1);
  EXPECT_EQ(list.total(), 100000);
  ASSERT_NE(list.Row(0), nullptr);
  EXPECT_EQ(list.Row(kPage - 1)->id, kPage - 1);
  EXPECT_EQ(list.Row(kPage), nullptr);
}

TEST(PagedList, WalksToARowFarAwayAndKeepsAFewPages) {
  List list;
  Serve(&list, 100000);
  list.Show(99980, 99999);
  Serve(&list, 100000);
  ASSERT_NE(list.Row(99999), nullptr);
  EXPECT_EQ(list.Row(99999)->id, 99999);
  EXPECT_EQ(list.Row(0), nullptr);  // let go on the way
  // Back to the middle: the cursor is known, so it is one request.
  list.Show(50000, 50010);
  EXPECT_EQ(Serve(&list, 100000), 1);
  EXPECT_EQ(list.Row(50005)->id, 50005);
}

TEST(PagedList, FetchesWhatIsOnScreenAgainAndShowsTheOldMeanwhile) {
  List list;
  Serve(&list, 1000);
  list.Invalidate();
  EXPECT_NE(list.Row(5), nullptr);
  EXPECT_EQ(Serve(&list, 1000), 1);
  EXPECT_FALSE(list.Needed());
}

TEST(PagedList, DropsAnAnswerFromBeforeTheInvalidation) {
  List list;
  Serve(&list, 1000);
  list.Invalidate();
  list.Start(77, 0);
  list.Invalidate();
  EXPECT_FALSE(list.Finish(77, Rows(500, 3), "", 3));
  EXPECT_EQ(list.total(), 1000);
}

TEST(PagedList, AListThatBecameShorterHasNoRowsBehindItsEnd) {
  List list;
  list.Show(0, 30);
  Serve(&list, 1000);
  list.Invalidate();
  Serve(&list, 12);
  EXPECT_EQ(list.total(), 12);
  EXPECT_EQ(list.Row(12), nullptr);
  EXPECT_FALSE(list.Needed());
}

TEST(PagedList, AFailureIsNotRepeatedUntilSomebodyAsks) {
  List list;
  list.Start(1, 0);
  list.Fail(1, Unavailable("offline", "No server."));
  EXPECT_FALSE(list.Needed());
  EXPECT_EQ(list.error().slug(), "offline");
  list.Invalidate();
  EXPECT_TRUE(list.Needed());
}

TEST(PagedList, AnEmptyListIsKnownAndNeedsNothing) {
  List list;
  EXPECT_EQ(Serve(&list, 0), 1);
  EXPECT_TRUE(list.known());
  EXPECT_EQ(list.total(), 0);
  list.Invalidate();
  EXPECT_TRUE(list.Needed());
}

}  // namespace
}  // namespace leadline
