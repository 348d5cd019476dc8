#include "disruptor/stop_signal.h"

#include <cstdint>
#include <limits>

#include "disruptor/cache_line.h"
#include "gtest/gtest.h"

namespace disruptor {
namespace {

TEST(StopSignalTest, LetsAStageRunUntilItIsTold) {
  const StopSignal stop;
  EXPECT_TRUE(stop.running());
  EXPECT_FALSE(stop.halted());
  EXPECT_FALSE(stop.StopsBefore(0));
  EXPECT_FALSE(stop.StopsBefore(std::numeric_limits<std::int64_t>::max()));
}

TEST(StopSignalTest, DrainsUpToTheNamedEventAndThatOneIncluded) {
  StopSignal stop;
  stop.StopAfter(41);
  EXPECT_FALSE(stop.running());
  EXPECT_FALSE(stop.halted());
  EXPECT_FALSE(stop.StopsBefore(41));
  EXPECT_TRUE(stop.StopsBefore(42));
}

TEST(StopSignalTest, DrainsNothingWhenNothingWasPublished) {
  StopSignal stop;
  stop.StopAfter(-1);
  EXPECT_TRUE(stop.StopsBefore(0));
  EXPECT_FALSE(stop.halted());
}

TEST(StopSignalTest, HaltsADrainAndAStageThatHasHandledNothing) {
  StopSignal stop;
  stop.StopAfter(41);
  stop.Halt();
  EXPECT_TRUE(stop.halted());
  EXPECT_TRUE(stop.StopsBefore(0));
}

// L13: a halt that meets a drain is not lost, whichever comes first.
TEST(StopSignalTest, StaysHaltedWhenADrainIsAskedForAfterwards) {
  StopSignal stop;
  stop.Halt();
  stop.StopAfter(41);
  EXPECT_TRUE(stop.halted());
  EXPECT_FALSE(stop.running());
  EXPECT_TRUE(stop.StopsBefore(0));
}

// C20
TEST(StopSignalTest, RunsAgainAfterRearm) {
  StopSignal stop;
  stop.StopAfter(7);
  stop.Halt();
  stop.Rearm();
  EXPECT_TRUE(stop.running());
  EXPECT_FALSE(stop.halted());
  EXPECT_FALSE(stop.StopsBefore(1 << 20));
}

TEST(StopSignalTest, SharesItsLinesWithNothing) {
  EXPECT_EQ(sizeof(StopSignal), kFalseSharingBytes);
  EXPECT_EQ(alignof(StopSignal), kFalseSharingBytes);
}

}  // namespace
}  // namespace disruptor
