#include "disruptor/latency/snapshot.h"

#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <string>

#include "absl/status/status.h"
#include "disruptor/latency/histogram.h"
#include "gtest/gtest.h"

namespace disruptor::latency {
namespace {

constexpr std::int64_t kHighest = HistogramGeometry::kDefaultHighest;

Snapshot SnapshotOf(std::initializer_list<std::int64_t> values) {
  Histogram histogram;
  for (const std::int64_t value : values) histogram.Record(value);
  return Snapshot::Of(histogram);
}

Percentile Value(std::int64_t value) { return {Percentile::Kind::kValue, value}; }

TEST(SnapshotTest, AnswersNothingWithoutSamples) {
  const Snapshot empty;
  EXPECT_EQ(empty.samples(), 0u);
  EXPECT_EQ(empty.ValueAt(50).kind, Percentile::Kind::kNoSamples);
  EXPECT_EQ(empty.min(), 0);
  EXPECT_EQ(empty.max(), 0);
  EXPECT_EQ(empty.Mean(), 0);
  EXPECT_EQ(empty.StdDev(), 0);
}

TEST(SnapshotTest, IsNotChangedByLaterRecords) {
  Histogram histogram;
  histogram.Record(10);
  const Snapshot snapshot = Snapshot::Of(histogram);
  histogram.Record(20);
  EXPECT_EQ(snapshot.samples(), 1u);
  EXPECT_EQ(snapshot.max(), 10);
}

// 16.1 * 1000 / 100 is 161.00000000000003 in binary; the rank is 161 all the same.
TEST(SnapshotTest, TakesTheRankBelowABinaryRoundingError) {
  Histogram histogram;
  histogram.RecordN(10, 161);
  histogram.RecordN(20, 839);
  const Snapshot snapshot = Snapshot::Of(histogram);
  EXPECT_EQ(snapshot.ValueAt(16.1), Value(10));
  EXPECT_EQ(snapshot.ValueAt(16.2), Value(20));
}

TEST(SnapshotTest, TakesTheSampleOfTheCeilingRank) {
  Histogram histogram;
  for (std::int64_t value = 1; value <= 200; ++value) histogram.Record(value);
  const Snapshot snapshot = Snapshot::Of(histogram);
  EXPECT_EQ(snapshot.ValueAt(0.1), Value(1));
  EXPECT_EQ(snapshot.ValueAt(50), Value(100));
  EXPECT_EQ(snapshot.ValueAt(50.1), Value(101));
  EXPECT_EQ(snapshot.ValueAt(99.5), Value(199));
  EXPECT_EQ(snapshot.ValueAt(99.6), Value(200));
  EXPECT_EQ(snapshot.ValueAt(100), Value(200));
}

TEST(SnapshotTest, ReportsTheHighestValueOfTheSlotAndTheLowestForZero) {
  const Snapshot snapshot = SnapshotOf({4'999});
  EXPECT_EQ(snapshot.ValueAt(50), Value(5'023));
  EXPECT_EQ(snapshot.ValueAt(100), Value(5'023));
  EXPECT_EQ(snapshot.ValueAt(0), Value(4'992));
  EXPECT_EQ(snapshot.min(), 4'992);
  EXPECT_EQ(snapshot.max(), 4'999);
}

TEST(SnapshotTest, ClampsThePercentage) {
  const Snapshot snapshot = SnapshotOf({10, 20});
  EXPECT_EQ(snapshot.ValueAt(-5), Value(10));
  EXPECT_EQ(snapshot.ValueAt(250), Value(20));
}

TEST(SnapshotTest, SaysAboveHighestWhereTheRankIsInTheOverflow) {
  Histogram histogram;
  histogram.RecordN(100, 90);
  histogram.RecordN(kHighest + 5, 10);
  const Snapshot snapshot = Snapshot::Of(histogram);
  EXPECT_EQ(snapshot.samples(), 100u);
  EXPECT_EQ(snapshot.overflow(), 10u);
  EXPECT_EQ(snapshot.ValueAt(90), Value(100));
  const Percentile above = {Percentile::Kind::kAboveHighest, kHighest};
  EXPECT_EQ(snapshot.ValueAt(90.1), above);
  EXPECT_EQ(snapshot.ValueAt(100), above);
  EXPECT_EQ(snapshot.max(), kHighest + 5);
}

TEST(SnapshotTest, LeavesNegativeSamplesOutOfEveryRank) {
  const Snapshot snapshot = SnapshotOf({-5, -6, 100});
  EXPECT_EQ(snapshot.negative(), 2u);
  EXPECT_EQ(snapshot.samples(), 1u);
  EXPECT_EQ(snapshot.ValueAt(1), Value(100));
  EXPECT_EQ(snapshot.min(), 100);
}

TEST(SnapshotTest, ComputesMeanAndDeviationFromTheMiddleOfEachSlot) {
  Histogram histogram;
  histogram.RecordN(10, 3);
  histogram.RecordN(50, 1);
  const Snapshot exact = Snapshot::Of(histogram);
  EXPECT_DOUBLE_EQ(exact.Mean(), 20);
  EXPECT_DOUBLE_EQ(exact.StdDev(), std::sqrt(300.0));
  // 4,992..5,023: the middle is 5,008.
  EXPECT_DOUBLE_EQ(SnapshotOf({4'999}).Mean(), 5'008);
}

TEST(SnapshotTest, MergesCountsAndMaxima) {
  const auto merged = Snapshot::Merge(SnapshotOf({10, 20, -1, kHighest + 1}),
                                      SnapshotOf({20, 30, -1, -2, kHighest + 2}));
  ASSERT_TRUE(merged.ok()) << merged.status();
  EXPECT_EQ(merged->samples(), 6u);
  EXPECT_EQ(merged->CountAt(10), 1u);
  EXPECT_EQ(merged->CountAt(20), 2u);
  EXPECT_EQ(merged->CountAt(30), 1u);
  EXPECT_EQ(merged->overflow(), 2u);
  EXPECT_EQ(merged->negative(), 3u);
  EXPECT_EQ(merged->max(), kHighest + 2);
}

TEST(SnapshotTest, MergesOnlyEqualGeometries) {
  const auto other = HistogramGeometry::Create(3, 1, kHighest);
  ASSERT_TRUE(other.ok());
  const auto merged = Snapshot::Merge(SnapshotOf({10}), Snapshot(*other));
  EXPECT_EQ(merged.status().code(), absl::StatusCode::kInvalidArgument);
  const std::string message(merged.status().message());
  EXPECT_NE(message.find("2 significant digits"), std::string::npos) << message;
  EXPECT_NE(message.find("3 significant digits"), std::string::npos) << message;
}

TEST(SnapshotTest, SubtractsAWarmUp) {
  Histogram histogram;
  histogram.RecordN(9'000, 5);
  histogram.Record(-1);
  const Snapshot warm_up = Snapshot::Of(histogram);
  histogram.RecordN(100, 3);
  const auto measured = Snapshot::Of(histogram).Since(warm_up);
  ASSERT_TRUE(measured.ok()) << measured.status();
  EXPECT_EQ(measured->samples(), 3u);
  EXPECT_EQ(measured->negative(), 0u);
  EXPECT_EQ(measured->ValueAt(100), Value(100));
  EXPECT_EQ(measured->max(), 100) << "the warm-up's maximum must not reach the measurement";
}

TEST(SnapshotTest, KnowsANewMaximumExactly) {
  Histogram histogram;
  histogram.Record(100);
  const Snapshot before = Snapshot::Of(histogram);
  histogram.Record(4'999);
  const auto since = Snapshot::Of(histogram).Since(before);
  ASSERT_TRUE(since.ok()) << since.status();
  EXPECT_EQ(since->max(), 4'999);
}

TEST(SnapshotTest, RefusesToSubtractALaterSnapshot) {
  EXPECT_EQ(SnapshotOf({10}).Since(SnapshotOf({10, 10})).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(SnapshotOf({10}).Since(SnapshotOf({-1})).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace disruptor::latency
