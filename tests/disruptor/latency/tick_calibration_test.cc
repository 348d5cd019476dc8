#include "disruptor/latency/tick_calibration.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <string>

#include "absl/status/status.h"
#include "gtest/gtest.h"

namespace disruptor::latency {
namespace {

TEST(TickCalibrationTest, FindsTheRateOfTwoExactPairs) {
  const auto fit = FitCalibration({.ticks = 1'000, .half_width_ticks = 0, .nanos = 50},
                                  {.ticks = 401'000, .half_width_ticks = 0, .nanos = 100'050});
  ASSERT_TRUE(fit.ok()) << fit.status();
  EXPECT_DOUBLE_EQ(fit->nanos_per_tick, 0.25);
  EXPECT_EQ(fit->baseline_ns, 100'000);
  // Only the kernel clock's resolution is left: 1 ns at each end.
  EXPECT_DOUBLE_EQ(fit->relative_error, 2e-5);
}

TEST(TickCalibrationTest, CountsTheWrapOfTheCounterAsAnAdvance) {
  const auto fit =
      FitCalibration({.ticks = ~std::uint64_t{0} - 199'999, .half_width_ticks = 0, .nanos = 0},
                     {.ticks = 200'000, .half_width_ticks = 0, .nanos = 100'000});
  ASSERT_TRUE(fit.ok()) << fit.status();
  EXPECT_DOUBLE_EQ(fit->nanos_per_tick, 0.25);
}

// Pairs that are wrong by as much as their brackets allow must stay inside the reported bound.
TEST(TickCalibrationTest, BoundsTheErrorOfEveryPairThatItsBracketAllows) {
  constexpr double kTrueNanosPerTick = 0.385;
  std::mt19937_64 random(7);
  std::uniform_int_distribution<std::int64_t> half_width(10, 400);
  std::uniform_real_distribution<double> within(-1, 1);
  std::uniform_real_distribution<double> exponent(5, 9);
  double worst_share = 0;
  for (int i = 0; i < 2'000; ++i) {
    const auto disturbed = [&](std::int64_t true_ns) {
      const std::int64_t width = half_width(random);
      const double ticks = static_cast<double>(true_ns) / kTrueNanosPerTick;
      return ClockPair{.ticks = static_cast<std::uint64_t>(
                           std::llround(ticks + within(random) * static_cast<double>(width - 1))),
                       .half_width_ticks = static_cast<std::uint64_t>(width),
                       .nanos = true_ns};
    };
    const auto baseline_ns = static_cast<std::int64_t>(std::pow(10, exponent(random)));
    const auto fit = FitCalibration(disturbed(1'000'000), disturbed(1'000'000 + baseline_ns));
    ASSERT_TRUE(fit.ok()) << fit.status();
    const double error = std::abs(fit->nanos_per_tick / kTrueNanosPerTick - 1);
    // Relative to the fitted rate instead of the true one costs the square of the error.
    ASSERT_LE(error, fit->relative_error * (1 + 2 * fit->relative_error));
    worst_share = std::max(worst_share, error / fit->relative_error);
  }
  // A bound that is never approached would be no information.
  EXPECT_GT(worst_share, 0.5);
}

TEST(TickCalibrationTest, RefusesAClockThatStandsStill) {
  const ClockPair begin = {.ticks = 1'000, .half_width_ticks = 1, .nanos = 1'000};
  const ClockPair same_ticks = {.ticks = 1'000, .half_width_ticks = 1, .nanos = 2'000'000};
  const ClockPair same_nanos = {.ticks = 2'000'000, .half_width_ticks = 1, .nanos = 1'000};
  const ClockPair backward = {.ticks = 500, .half_width_ticks = 1, .nanos = 2'000'000};
  for (const ClockPair& end : {same_ticks, same_nanos, backward}) {
    const auto fit = FitCalibration(begin, end);
    EXPECT_EQ(fit.status().code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_NE(std::string(fit.status().message()).find("both must advance"), std::string::npos);
  }
}

TEST(TickCalibrationTest, RefusesABracketTooWideForTheBaseline) {
  const auto fit = FitCalibration({.ticks = 0, .half_width_ticks = 600, .nanos = 0},
                                  {.ticks = 100'000, .half_width_ticks = 600, .nanos = 100'000});
  EXPECT_EQ(fit.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_NE(std::string(fit.status().message()).find("longer baseline"), std::string::npos);
}

TEST(TickCalibrationTest, AcceptsARateThatMovedWithinTheBounds) {
  const TickCalibration before = {
      .nanos_per_tick = 0.25, .relative_error = 1e-6, .baseline_ns = 100'000'000};
  const TickCalibration after = {
      .nanos_per_tick = 0.25 * (1 + 0.9e-6), .relative_error = 1e-8, .baseline_ns = 1};
  EXPECT_TRUE(CheckSameRate(before, after).ok());
}

TEST(TickCalibrationTest, RefusesARateThatMovedFurther) {
  const TickCalibration before = {
      .nanos_per_tick = 0.25, .relative_error = 1e-6, .baseline_ns = 100'000'000};
  for (const double change : {1.1e-6, -1.1e-6}) {
    const TickCalibration after = {
        .nanos_per_tick = 0.25 * (1 + change), .relative_error = 1e-8, .baseline_ns = 1};
    EXPECT_EQ(CheckSameRate(before, after).code(), absl::StatusCode::kFailedPrecondition);
  }
}

TEST(TickCalibrationTest, ReadsPairsInOrder) {
  const ClockPair first = ReadTightestPair(10);
  const ClockPair second = ReadTightestPair(10);
  EXPECT_LT(first.nanos, second.nanos);
}

}  // namespace
}  // namespace disruptor::latency
