#include "disruptor/latency/histogram.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <thread>
#include <utility>

#include "disruptor/cache_line.h"
#include "disruptor/latency/snapshot.h"
#include "gtest/gtest.h"

namespace disruptor::latency {
namespace {

constexpr std::int64_t kHighest = HistogramGeometry::kDefaultHighest;

static_assert(noexcept(std::declval<Histogram&>().Record(1)));
static_assert(noexcept(std::declval<Histogram&>().RecordN(1, 1)));

std::uint64_t SumOfSlots(const Histogram& histogram) {
  std::uint64_t sum = 0;
  for (std::size_t slot = 0; slot < histogram.geometry().slot_count(); ++slot) {
    sum += histogram.CountAt(slot);
  }
  return sum;
}

TEST(HistogramTest, StartsEmpty) {
  const Histogram histogram;
  EXPECT_EQ(SumOfSlots(histogram), 0u);
  EXPECT_EQ(histogram.overflow(), 0u);
  EXPECT_EQ(histogram.negative(), 0u);
  EXPECT_EQ(histogram.max(), 0);
}

TEST(HistogramTest, CountsAValueInItsSlotOnly) {
  Histogram histogram;
  histogram.Record(500);
  histogram.Record(501);
  histogram.Record(0);
  EXPECT_EQ(histogram.CountAt(378), 2u);
  EXPECT_EQ(histogram.CountAt(0), 1u);
  EXPECT_EQ(SumOfSlots(histogram), 3u);
}

TEST(HistogramTest, CountsManyAtOnce) {
  Histogram histogram;
  histogram.RecordN(1'000, 7);
  histogram.RecordN(kHighest + 1, 3);
  histogram.RecordN(-1, 2);
  EXPECT_EQ(histogram.CountAt(506), 7u);
  EXPECT_EQ(histogram.overflow(), 3u);
  EXPECT_EQ(histogram.negative(), 2u);
}

TEST(HistogramTest, HoldsTheHighestValueAndNothingAbove) {
  Histogram histogram;
  histogram.Record(kHighest);
  EXPECT_EQ(SumOfSlots(histogram), 1u);
  EXPECT_EQ(histogram.overflow(), 0u);
  histogram.Record(kHighest + 1);
  histogram.Record(std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(SumOfSlots(histogram), 1u);
  EXPECT_EQ(histogram.overflow(), 2u);
}

TEST(HistogramTest, CountsNegativeValuesApart) {
  Histogram histogram;
  histogram.Record(-1);
  histogram.Record(std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(histogram.negative(), 2u);
  EXPECT_EQ(histogram.overflow(), 0u);
  EXPECT_EQ(SumOfSlots(histogram), 0u);
  EXPECT_EQ(histogram.max(), 0);
}

TEST(HistogramTest, KeepsTheExactMaximumOverflowIncluded) {
  Histogram histogram;
  histogram.Record(4'999);
  histogram.Record(17);
  EXPECT_EQ(histogram.max(), 4'999);
  histogram.Record(kHighest + 12'345);
  EXPECT_EQ(histogram.max(), kHighest + 12'345);
}

TEST(HistogramTest, KeepsSlotsAwayFromNeighbours) {
  const Histogram first;
  const Histogram second;
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(&first) % kFalseSharingBytes, 0u);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(&second) % kFalseSharingBytes, 0u);
}

// A reader copies while the writer records: every copy is one that agrees with itself and never
// loses what an earlier one had; the copy after the join has everything. Under the thread sanitizer
// this also shows that no access is plain.
TEST(HistogramTest, IsReadWhileItIsWritten) {
  constexpr std::uint64_t kRecords = 400'000;
  Histogram histogram;
  std::thread writer([&histogram] {
    for (std::uint64_t i = 0; i < kRecords; ++i) {
      const auto value = static_cast<std::int64_t>(i % 5'000);
      histogram.Record(i % 100 == 98 ? kHighest + 1 + value : i % 100 == 99 ? -1 - value : value);
    }
  });
  std::uint64_t previous = 0;
  std::uint64_t intervals = 0;
  Snapshot earlier;
  while (previous < kRecords * 98 / 100) {
    const Snapshot snapshot = Snapshot::Of(histogram);
    std::uint64_t sum = snapshot.overflow();
    for (std::size_t slot = 0; slot < snapshot.geometry().slot_count(); ++slot) {
      sum += snapshot.CountAt(slot);
    }
    ASSERT_EQ(snapshot.samples(), sum);
    ASSERT_GE(snapshot.samples(), previous);
    const Percentile last = snapshot.ValueAt(100);
    if (last.kind == Percentile::Kind::kValue) {
      ASSERT_GE(last.value, snapshot.max());
    }
    const auto interval = snapshot.Since(earlier);
    ASSERT_TRUE(interval.ok()) << interval.status();
    intervals += interval->samples();
    previous = snapshot.samples();
    earlier = snapshot;
  }
  writer.join();
  const Snapshot final_counts = Snapshot::Of(histogram);
  const auto rest = final_counts.Since(earlier);
  ASSERT_TRUE(rest.ok()) << rest.status();
  EXPECT_EQ(final_counts.samples() + final_counts.negative(), kRecords);
  EXPECT_EQ(final_counts.overflow(), kRecords / 100);
  EXPECT_EQ(final_counts.negative(), kRecords / 100);
  EXPECT_EQ(intervals + rest->samples(), final_counts.samples());
  EXPECT_EQ(final_counts.max(), kHighest + 1 + 4'998);
}

}  // namespace
}  // namespace disruptor::latency
