#include "common/lead/lead.h"

#include <gtest/gtest.h>

namespace leadline {
namespace {

TEST(LeadName, SplitsIntoFirstAndLast) {
  struct Row {
    const char *full, *first, *last;
  };
  for (const Row& r :
       {Row{"Sarah Johnson", "Sarah", "Johnson"}, Row{"Sarah Jane Johnson", "Sarah", "Johnson"},
        Row{"Madonna", "Madonna", ""}, Row{"Johnson, Sarah", "Sarah", "Johnson"},
        Row{"  Ann  Lee ", "Ann", "Lee"}, Row{"", "", ""}, Row{"山田 太郎", "山田", "太郎"},
        Row{"Johnson,", "Johnson,", ""}}) {
    EXPECT_EQ(FirstName(r.full), r.first) << r.full;
    EXPECT_EQ(LastName(r.full), r.last) << r.full;
  }
}

}  // namespace
}  // namespace leadline
