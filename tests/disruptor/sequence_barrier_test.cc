#include "disruptor/sequence_barrier.h"

#include <chrono>
#include <cstdint>
#include <thread>

#include "disruptor/busy_spin_wait_strategy.h"
#include "disruptor/sequence.h"
#include "disruptor/sequence_group.h"
#include "disruptor/yielding_wait_strategy.h"
#include "gtest/gtest.h"
#include "tests/support/watchdog.h"

namespace disruptor {
namespace {

TEST(SequenceBarrierTest, OffersNothingBeforeTheFirstEvent) {
  const Sequence cursor;
  EXPECT_EQ(SequenceBarrier(SequenceGroup({&cursor})).Poll(), kBeforeFirst);
}

// C18, C47: what the slowest of those it follows has completed, and not one event more.
TEST(SequenceBarrierTest, OffersWhatAllThatItFollowsHavePassed) {
  Sequence left;
  Sequence right;
  const SequenceBarrier barrier(SequenceGroup({&left, &right}));
  left.StoreRelease(8);
  EXPECT_EQ(barrier.Poll(), kBeforeFirst);
  right.StoreRelease(3);
  EXPECT_EQ(barrier.Poll(), 3);
  right.StoreRelease(9);
  EXPECT_EQ(barrier.Poll(), 8);
}

TEST(SequenceBarrierDeathTest, RefusesToFollowNothing) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(SequenceBarrier{SequenceGroup()}, "at least one sequence to follow");
}

template <typename Wait>
class BarrierWaitTest : public testing::Test {};
using Waits = testing::Types<BusySpinWaitStrategy, YieldingWaitStrategy>;
TYPED_TEST_SUITE(BarrierWaitTest, Waits);

// C18, C21: published before the wait, at once, and after 1, 2 and 10 ms.
TYPED_TEST(BarrierWaitTest, SeesAnEventWheneverItIsPublished) {
  tests::Watchdog watchdog("a waiter sees an event that is published late");
  Sequence cursor;
  const SequenceBarrier barrier(SequenceGroup({&cursor}));
  std::int64_t next = 0;
  for (const int delay_ms : {-1, 0, 1, 2, 10}) {
    if (delay_ms < 0) cursor.StoreRelease(next);
    std::thread publisher([&cursor, next, delay_ms] {
      if (delay_ms < 0) return;
      std::this_thread::sleep_for(std::chrono::milliseconds(delay_ms));
      cursor.StoreRelease(next);
    });
    TypeParam wait;
    while (barrier.Poll() < next) wait.Idle();
    wait.Worked();
    EXPECT_EQ(barrier.Poll(), next);
    publisher.join();
    ++next;
  }
}

}  // namespace
}  // namespace disruptor
