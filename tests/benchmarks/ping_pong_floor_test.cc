#include "benchmarks/ping_pong_floor.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gtest/gtest.h"

namespace benchmarks {
namespace {

TEST(PingPongFloorTest, MeasuresARoundTripBetweenTwoCpus) {
  const absl::StatusOr<CpuPair> cpus = FirstUsablePair();
  if (!cpus.ok()) GTEST_SKIP() << cpus.status();
  ASSERT_NE(cpus->first, cpus->second);
  const absl::StatusOr<double> round_trip_ns = RawRoundTripNs(*cpus, 2'000);
  ASSERT_TRUE(round_trip_ns.ok()) << round_trip_ns.status();
  // Light itself needs longer for the way there and back.
  EXPECT_GT(*round_trip_ns, 0.1);
}

TEST(PingPongFloorTest, RefusesOneCpuForBothAndNoRounds) {
  EXPECT_EQ(RawRoundTripNs({0, 0}, 10).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(RawRoundTripNs({-1, 1}, 10).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(RawRoundTripNs({0, 1}, 0).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(PingPongFloorTest, ReturnsWhereEitherCpuDoesNotExist) {
  constexpr int kNoSuchCpu = 65'535;
  const absl::StatusOr<CpuPair> cpus = FirstUsablePair();
  if (!cpus.ok()) GTEST_SKIP() << cpus.status();
  EXPECT_FALSE(RawRoundTripNs({cpus->first, kNoSuchCpu}, 10).ok());
  // The other thread runs already and must be let go.
  EXPECT_FALSE(RawRoundTripNs({kNoSuchCpu, cpus->second}, 10).ok());
}

TEST(SpreadTest, TakesTheMiddleAndTheEnds) {
  const Spread odd = SpreadOf({3, 1, 2});
  EXPECT_EQ(odd.median, 2);
  EXPECT_EQ(odd.lowest, 1);
  EXPECT_EQ(odd.highest, 3);
  EXPECT_EQ(SpreadOf({4, 1, 2, 3}).median, 2.5);
}

}  // namespace
}  // namespace benchmarks
