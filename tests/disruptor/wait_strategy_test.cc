#include "disruptor/wait_strategy.h"

#include <cstdint>
#include <vector>

#include "disruptor/adaptive_wait_strategy.h"
#include "disruptor/backoff_wait_strategy.h"
#include "disruptor/busy_spin_wait_strategy.h"
#include "disruptor/cpu_relax.h"
#include "disruptor/pausing_wait_strategy.h"
#include "disruptor/producer_wait.h"
#include "disruptor/yielding_wait_strategy.h"
#include "gtest/gtest.h"

namespace disruptor {
namespace {

struct UsersOwn {
  void Idle() noexcept {}
  void Worked() noexcept {}
};
struct UsersRicher {
  template <typename Ready>
  void Idle(Ready&& ready) noexcept {
    asked += ready() ? 1 : 0;
  }
  void Worked(std::int64_t events) noexcept { handled += events; }
  int asked = 0;
  std::int64_t handled = 0;
};
struct MayThrow {
  void Idle() {}
  void Worked() noexcept {}
};
struct NeverTold {
  void Idle() noexcept {}
};

TEST(WaitStrategyTest, IsAnyTypeWithTheTwoMembersThatDoNotThrow) {
  static_assert(WaitStrategy<BusySpinWaitStrategy>);
  static_assert(WaitStrategy<YieldingWaitStrategy>);
  static_assert(WaitStrategy<UsersOwn>);
  static_assert(WaitStrategy<UsersRicher>);
  static_assert(!WaitStrategy<MayThrow>);
  static_assert(!WaitStrategy<NeverTold>);
  static_assert(!WaitStrategy<int>);
}

TEST(WaitStrategyTest, IsToldInTheRicherFormThatItHas) {
  UsersRicher richer;
  IdleUntil(richer, [] { return true; });
  IdleUntil(richer, [] { return false; });
  TellWorked(richer, 7);
  EXPECT_EQ(richer.asked, 1);
  EXPECT_EQ(richer.handled, 7);
  UsersOwn plain;
  IdleUntil(plain, [] { return true; });
  TellWorked(plain, 7);
}

TEST(WaitStrategyTest, HasANameForEachKind) {
  EXPECT_STREQ(ToString(WaitKind::kAuto), "auto");
  EXPECT_STREQ(ToString(WaitKind::kBusySpin), "busy-spin");
  EXPECT_STREQ(ToString(WaitKind::kPausing), "spin-with-pause");
  EXPECT_STREQ(ToString(WaitKind::kAdaptive), "adaptive-spin");
  EXPECT_STREQ(ToString(WaitKind::kYielding), "spin-then-yield");
  EXPECT_STREQ(ToString(WaitKind::kBackoff), "backoff");
  EXPECT_STREQ(ToString(WaitKind::kBlocking), "blocking");
}

TEST(WaitStrategyTest, ComesBackFromEveryWait) {
  BusySpinWaitStrategy spin;
  PausingWaitStrategy pause;
  YieldingWaitStrategy yield(3);
  BackoffWaitStrategy backoff(/*longest_sleep_ns=*/2'000);
  ProducerWait producer;
  for (int i = 0; i < 200; ++i) {
    spin.Idle();
    pause.Idle();
    yield.Idle();
    backoff.Idle();
    producer.Idle([] { return false; });
    CpuRelax();
  }
  spin.Worked();
  pause.Worked();
  yield.Worked();
  backoff.Worked();
  producer.Worked();
}

// What the adaptive strategy did is seen by the pauses it would make: none while it is not pausing.
class AdaptiveWaitStrategyTest : public testing::Test {
 protected:
  using Adaptive = AdaptiveWaitStrategy;

  // `batches` of `events` each, with `idle` polls in front of each.
  void Feed(int batches, std::int64_t events, int idle) {
    for (int i = 0; i < batches; ++i) {
      for (int poll = 0; poll < idle; ++poll) wait_.Idle();
      wait_.Worked(events);
    }
  }

  Adaptive wait_{1};
};

TEST_F(AdaptiveWaitStrategyTest, TakesAStreamForOneAfterManyDenseBatches) {
  Feed(Adaptive::kStreak - 1, 16, 20);
  EXPECT_FALSE(wait_.streaming());
  Feed(1, 16, 20);
  EXPECT_TRUE(wait_.streaming());
}

TEST_F(AdaptiveWaitStrategyTest, NeverPausesForLoneEventsHoweverMany) {
  Feed(100'000, 1, 20);
  EXPECT_FALSE(wait_.streaming());
}

TEST_F(AdaptiveWaitStrategyTest, NeverPausesForBurstsWithGapsBetween) {
  for (int burst = 0; burst < 1'000; ++burst) {
    Feed(10, 10, 5);
    for (int poll = 0; poll < Adaptive::kGap; ++poll) wait_.Idle();
    ASSERT_FALSE(wait_.streaming());
  }
}

TEST_F(AdaptiveWaitStrategyTest, AGapEndsTheStream) {
  Feed(Adaptive::kStreak, 16, 0);
  ASSERT_TRUE(wait_.streaming());
  for (int poll = 0; poll < Adaptive::kGap; ++poll) wait_.Idle();
  EXPECT_FALSE(wait_.streaming());
}

TEST_F(AdaptiveWaitStrategyTest, AStreamThatThinsOutEnds) {
  Feed(Adaptive::kStreak, 16, 0);
  Feed(1, Adaptive::kSparseBatch, 0);
  EXPECT_TRUE(wait_.streaming());
  Feed(1, Adaptive::kSparseBatch - 1, 0);
  EXPECT_FALSE(wait_.streaming());
}

}  // namespace
}  // namespace disruptor
