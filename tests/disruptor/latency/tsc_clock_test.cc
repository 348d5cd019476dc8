#include "disruptor/latency/tsc_clock.h"

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "disruptor/latency/tick_calibration.h"
#include "gtest/gtest.h"

namespace disruptor::latency {
namespace {

// The machine that runs the tests may have no usable counter; what it refuses is then the reason
// that a skipped test prints.
class TscClockTest : public testing::Test {
 protected:
  void SetUp() override {
    if (const absl::Status status = CheckTscFacts(ReadTscFacts()); !status.ok()) {
      GTEST_SKIP() << status;
    }
  }
};

TEST_F(TscClockTest, NeverRunsBackwardOnOneThread) {
  const auto clock = TscClock::Calibrate({.baseline = absl::Milliseconds(10), .facts = {}});
  ASSERT_TRUE(clock.ok()) << clock.status();
  // Fenced, because two bare readings may be executed in either order.
  std::uint64_t previous = clock->NowFenced();
  int advances = 0;
  for (int i = 0; i < 100'000; ++i) {
    const std::uint64_t now = clock->NowFenced();
    ASSERT_GE(static_cast<std::int64_t>(now - previous), 0);
    advances += now != previous ? 1 : 0;
    previous = now;
  }
  EXPECT_GT(advances, 0);
}

// Both clocks see the same interval, so they must agree within what the calibration admits to and
// the widths of the two brackets that delimit the interval.
TEST_F(TscClockTest, ConvertsWithinItsStatedError) {
  const auto clock = TscClock::Calibrate();
  ASSERT_TRUE(clock.ok()) << clock.status();
  const ClockPair begin = ReadTightestPair(100);
  absl::SleepFor(absl::Milliseconds(50));
  const ClockPair end = ReadTightestPair(100);
  const auto kernel_ns = static_cast<double>(end.nanos - begin.nanos);
  const auto ticks = static_cast<std::int64_t>(end.ticks - begin.ticks);
  const double bracket_ns = static_cast<double>(begin.half_width_ticks + end.half_width_ticks) *
                            clock->calibration().nanos_per_tick;
  const double bound = kernel_ns * clock->calibration().relative_error + bracket_ns + 3;
  EXPECT_NEAR(static_cast<double>(clock->ToNanos(ticks)), kernel_ns, bound);
}

TEST_F(TscClockTest, ReportsABaselineOfTheLengthAskedFor) {
  const auto clock = TscClock::Calibrate({.baseline = absl::Milliseconds(20), .facts = {}});
  ASSERT_TRUE(clock.ok()) << clock.status();
  EXPECT_GE(clock->calibration().baseline_ns, 20'000'000);
  EXPECT_GT(clock->calibration().relative_error, 0);
}

TEST_F(TscClockTest, RefinesOverEverythingSinceTheFirstCalibration) {
  auto clock = TscClock::Calibrate({.baseline = absl::Milliseconds(2), .facts = {}});
  ASSERT_TRUE(clock.ok()) << clock.status();
  const TickCalibration before = clock->calibration();
  absl::SleepFor(absl::Milliseconds(100));
  ASSERT_TRUE(clock->Refine().ok());
  const TickCalibration after = clock->calibration();
  EXPECT_GE(after.baseline_ns, before.baseline_ns + 100'000'000);
  EXPECT_TRUE(CheckSameRate(before, after).ok());
  EXPECT_DOUBLE_EQ(clock->scale().nanos_per_tick(),
                   TickScale(after.nanos_per_tick).nanos_per_tick());
}

TEST_F(TscClockTest, ConvertsThereAndBackWithinATick) {
  const auto clock = TscClock::Calibrate({.baseline = absl::Milliseconds(2), .facts = {}});
  ASSERT_TRUE(clock.ok()) << clock.status();
  for (const std::int64_t nanos :
       {std::int64_t{0}, std::int64_t{1}, std::int64_t{500}, std::int64_t{1'000'000'000}}) {
    const double slack =
        1 + static_cast<double>(nanos) * 1e-9 + clock->calibration().nanos_per_tick;
    EXPECT_NEAR(static_cast<double>(clock->ToNanos(clock->ToTicks(nanos))),
                static_cast<double>(nanos), slack);
  }
}

TEST_F(TscClockTest, DescribesRateErrorAndMachine) {
  const auto clock = TscClock::Calibrate({.baseline = absl::Milliseconds(2), .facts = {}});
  ASSERT_TRUE(clock.ok()) << clock.status();
  const std::string text = clock->Description();
  for (const char* part : {kCounterClocksource, "MHz", "ppm", "invariant"}) {
    EXPECT_NE(text.find(part), std::string::npos) << text;
  }
}

TEST(TscClockRefusalTest, RefusesAShortBaseline) {
  const auto clock = TscClock::Calibrate({.baseline = absl::Microseconds(999), .facts = {}});
  EXPECT_EQ(clock.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_NE(std::string(clock.status().message()).find("999us"), std::string::npos);
}

TEST(TscClockRefusalTest, RefusesTheFactsThatAreGiven) {
  TscFacts facts;
  facts.has_counter = true;
  facts.invariant = false;
  const auto clock = TscClock::Calibrate({.baseline = absl::Milliseconds(1), .facts = facts});
  EXPECT_EQ(clock.status(), CheckTscFacts(facts));
  EXPECT_FALSE(clock.ok());
}

}  // namespace
}  // namespace disruptor::latency
