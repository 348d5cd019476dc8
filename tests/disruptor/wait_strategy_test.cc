#include "disruptor/wait_strategy.h"

#include "disruptor/busy_spin_wait_strategy.h"
#include "disruptor/cpu_relax.h"
#include "disruptor/yielding_wait_strategy.h"
#include "gtest/gtest.h"

namespace disruptor {
namespace {

struct UsersOwn {
  void Idle() noexcept {}
  void Worked() noexcept {}
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
  static_assert(!WaitStrategy<MayThrow>);
  static_assert(!WaitStrategy<NeverTold>);
  static_assert(!WaitStrategy<int>);
}

TEST(WaitStrategyTest, HasANameForEachKind) {
  EXPECT_STREQ(ToString(WaitKind::kAuto), "auto");
  EXPECT_STREQ(ToString(WaitKind::kBusySpin), "busy-spin");
  EXPECT_STREQ(ToString(WaitKind::kYielding), "spin-then-yield");
}

TEST(WaitStrategyTest, ComesBackFromEveryWait) {
  BusySpinWaitStrategy spin;
  YieldingWaitStrategy yield(3);
  for (int i = 0; i < 10; ++i) {
    spin.Idle();
    yield.Idle();
    CpuRelax();
  }
  spin.Worked();
  yield.Worked();
}

}  // namespace
}  // namespace disruptor
