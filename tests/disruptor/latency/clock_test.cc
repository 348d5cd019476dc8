#include "disruptor/latency/clock.h"

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "disruptor/latency/os_clock.h"
#include "disruptor/latency/tsc_clock.h"
#include "gtest/gtest.h"

namespace disruptor::latency {
namespace {

TscFacts NotInvariant() {
  TscFacts facts;
  facts.has_counter = true;
  return facts;
}

TEST(ClockTest, FallsBackToTheKernelAndSaysWhy) {
  const ClockChoice choice =
      ChooseClock({.baseline = absl::Milliseconds(1), .facts = NotInvariant()});
  EXPECT_FALSE(choice.clock.reads_counter());
  EXPECT_NE(choice.description.find("CLOCK_MONOTONIC"), std::string::npos) << choice.description;
  EXPECT_NE(choice.description.find("not invariant"), std::string::npos) << choice.description;
}

TEST(ClockTest, ReadsTheKernelInNanosecondsAfterTheFallback) {
  const Clock clock =
      ChooseClock({.baseline = absl::Milliseconds(1), .facts = NotInvariant()}).clock;
  const std::uint64_t before = OsClock().Now();
  const std::uint64_t now = clock.Now();
  const std::uint64_t fenced = clock.NowFenced();
  const std::uint64_t after = OsClock().Now();
  EXPECT_LE(before, now);
  EXPECT_LE(now, fenced);
  EXPECT_LE(fenced, after);
  EXPECT_EQ(clock.ToNanos(123), 123);
  EXPECT_EQ(clock.ToTicks(-123), -123);
}

TEST(ClockTest, CopiesTheScaleOfTheCounter) {
  const auto counter = TscClock::Calibrate({.baseline = absl::Milliseconds(2), .facts = {}});
  if (!counter.ok()) GTEST_SKIP() << counter.status();
  const Clock clock(*counter);
  EXPECT_TRUE(clock.reads_counter());
  for (const std::int64_t ticks : {-1'000'000, -1, 0, 1, 1'000'000}) {
    EXPECT_EQ(clock.ToNanos(ticks), counter->ToNanos(ticks));
    EXPECT_EQ(clock.ToTicks(ticks), counter->ToTicks(ticks));
  }
  const std::uint64_t before = counter->NowFenced();
  const std::uint64_t now = clock.NowFenced();
  EXPECT_GE(static_cast<std::int64_t>(now - before), 0);
}

TEST(ClockTest, NeverRunsBackwardOnOneThread) {
  const Clock clock;
  std::uint64_t previous = clock.Now();
  for (int i = 0; i < 10'000; ++i) {
    const std::uint64_t now = clock.Now();
    ASSERT_GE(now, previous);
    previous = now;
  }
}

}  // namespace
}  // namespace disruptor::latency
