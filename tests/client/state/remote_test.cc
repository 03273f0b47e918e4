#include "client/state/remote.h"

#include <gtest/gtest.h>

#include <string>

namespace leadline {
namespace {

TEST(Remote, KeepsTheValueWhileLoadingAndWhenItFails) {
  Remote<std::string> remote;
  EXPECT_TRUE(remote.first_load());
  remote.Start(1);
  ASSERT_TRUE(remote.Finish(1, std::string("old")));
  remote.Start(2);
  ASSERT_NE(remote.value(), nullptr);
  EXPECT_EQ(*remote.value(), "old");
  ASSERT_TRUE(remote.Finish(2, Unavailable("offline", "No server.")));
  EXPECT_TRUE(remote.failed());
  EXPECT_EQ(remote.error().slug(), "offline");
  EXPECT_EQ(*remote.value(), "old");
}

TEST(Remote, DropsAnAnswerThatANewerRequestOvertook) {
  Remote<std::string> remote;
  remote.Start(1);
  remote.Start(2);
  EXPECT_FALSE(remote.Finish(1, std::string("late")));
  EXPECT_TRUE(remote.Finish(2, std::string("new")));
  EXPECT_FALSE(remote.Finish(1, std::string("later still")));
  EXPECT_EQ(*remote.value(), "new");
}

TEST(Remote, AWriteOutdatesTheReadUnderWay) {
  Remote<std::string> remote;
  remote.Start(1);
  remote.Set("written");
  EXPECT_FALSE(remote.Finish(1, std::string("read before the write")));
  EXPECT_EQ(*remote.value(), "written");
}

}  // namespace
}  // namespace leadline
