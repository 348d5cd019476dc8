#include "disruptor/latency/tick_scale.h"

#include <cmath>
#include <cstdint>

#include "gtest/gtest.h"

namespace disruptor::latency {
namespace {

TEST(TickScaleTest, IsTheIdentityByDefault) {
  constexpr TickScale kScale;
  for (const std::int64_t ticks : {std::int64_t{-7}, std::int64_t{0}, std::int64_t{1},
                                   std::int64_t{1'000'000'000'000'000'000}}) {
    EXPECT_EQ(kScale.ToNanos(ticks), ticks);
    EXPECT_EQ(kScale.ToTicks(ticks), ticks);
  }
}

TEST(TickScaleTest, RoundsToTheNearestUnitInBothDirections) {
  constexpr TickScale kFourGigahertz(0.25);
  EXPECT_EQ(kFourGigahertz.ToNanos(4), 1);
  EXPECT_EQ(kFourGigahertz.ToNanos(5), 1);
  EXPECT_EQ(kFourGigahertz.ToNanos(7), 2);
  EXPECT_EQ(kFourGigahertz.ToNanos(1), 0);
  EXPECT_EQ(kFourGigahertz.ToTicks(3), 12);
}

TEST(TickScaleTest, KeepsTheSignOfABackwardDifference) {
  constexpr TickScale kScale(0.25);
  EXPECT_EQ(kScale.ToNanos(-4000), -1000);
  EXPECT_EQ(kScale.ToTicks(-1000), -4000);
}

TEST(TickScaleTest, DoesNotOverflowOnAYearOfTicks) {
  // 365 days at 4 GHz is 1.3e17 ticks; their product with the factor needs 87 bits.
  constexpr TickScale kScale(0.25);
  constexpr std::int64_t kYearNs = std::int64_t{365} * 86'400 * 1'000'000'000;
  EXPECT_EQ(kScale.ToNanos(kYearNs * 4), kYearNs);
  EXPECT_EQ(kScale.ToTicks(kYearNs), kYearNs * 4);
}

TEST(TickScaleTest, ConvertsWithinTheRoundingOfTheFactor) {
  // 24 MHz (aarch64), 2.596 GHz and 5.7 GHz counters.
  for (const double nanos_per_tick : {1000.0 / 24, 1 / 2.596, 1 / 5.7}) {
    const TickScale scale(nanos_per_tick);
    for (std::int64_t ticks = 1; ticks < 1'000'000'000'000; ticks *= 7) {
      const double exact = static_cast<double>(ticks) * nanos_per_tick;
      const double bound = 0.5 + exact * std::ldexp(1.0, -33) / nanos_per_tick + exact * 1e-15;
      EXPECT_NEAR(static_cast<double>(scale.ToNanos(ticks)), exact, bound) << ticks;
    }
  }
}

}  // namespace
}  // namespace disruptor::latency
