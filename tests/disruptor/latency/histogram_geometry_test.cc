#include "disruptor/latency/histogram_geometry.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <tuple>

#include "absl/status/status.h"
#include "gtest/gtest.h"

namespace disruptor::latency {
namespace {

constexpr std::int64_t kTenSeconds = 10'000'000'000;
constexpr std::int64_t kOneHour = 3'600'000'000'000;

TEST(HistogramGeometryTest, PlacesTheCheckValuesOfTheDefault) {
  struct Check {
    std::int64_t value;
    std::size_t slot;
    std::int64_t lowest;
    std::int64_t width;
  };
  constexpr HistogramGeometry kGeometry;
  for (const Check& check : {
           Check{0, 0, 0, 1},
           Check{255, 255, 255, 1},
           Check{256, 256, 256, 2},
           Check{257, 256, 256, 2},
           Check{500, 378, 500, 2},
           Check{1'000, 506, 1'000, 4},
           Check{4'999, 796, 4'992, 32},
           Check{1'000'000, 1'780, 999'424, 4'096},
           Check{1'000'000'000, 3'054, 998'244'352, 4'194'304},
       }) {
    EXPECT_EQ(kGeometry.SlotOf(static_cast<std::uint64_t>(check.value)), check.slot) << check.value;
    EXPECT_EQ(kGeometry.LowestOf(check.slot), check.lowest) << check.value;
    EXPECT_EQ(kGeometry.WidthOf(check.slot), check.width) << check.value;
    EXPECT_EQ(kGeometry.HighestOf(check.slot), check.lowest + check.width - 1) << check.value;
  }
}

TEST(HistogramGeometryTest, HasTheSizesOfTheFormat) {
  struct Size {
    int digits;
    std::int64_t highest;
    int buckets;
    std::size_t slots;
  };
  for (const Size& size : {
           Size{2, kTenSeconds, 27, 3'584},
           Size{2, kOneHour, 35, 4'608},
           Size{3, kTenSeconds, 24, 25'600},
           Size{3, kOneHour, 32, 33'792},
       }) {
    const auto geometry = HistogramGeometry::Create(size.digits, 1, size.highest);
    ASSERT_TRUE(geometry.ok()) << geometry.status();
    EXPECT_EQ(geometry->bucket_count(), size.buckets);
    EXPECT_EQ(geometry->slot_count(), size.slots);
  }
}

TEST(HistogramGeometryTest, HasTheSubBucketsOfTheFormat) {
  const std::int64_t expected[] = {32, 256, 2'048, 32'768, 262'144};
  for (int digits = 1; digits <= 5; ++digits) {
    const auto geometry = HistogramGeometry::Create(digits, 1, kTenSeconds);
    ASSERT_TRUE(geometry.ok()) << geometry.status();
    EXPECT_EQ(geometry->sub_bucket_count(), expected[digits - 1]);
  }
}

TEST(HistogramGeometryTest, RefusesArgumentsOutOfRange) {
  const std::int64_t most = std::numeric_limits<std::int64_t>::max();
  const std::tuple<int, std::int64_t, std::int64_t> refused[] = {
      {0, 1, 100}, {6, 1, 100},     {2, 0, 100},  {2, -1, 100},
      {2, 1, 1},   {2, 100, 199},   {2, 1, most}, {5, std::int64_t{1} << 50, std::int64_t{1} << 60},
      {2, 1, -1},  {2, most, most},
  };
  for (const auto& [digits, lowest, highest] : refused) {
    const auto geometry = HistogramGeometry::Create(digits, lowest, highest);
    EXPECT_EQ(geometry.status().code(), absl::StatusCode::kInvalidArgument)
        << digits << " " << lowest << " " << highest;
  }
  EXPECT_NE(std::string(HistogramGeometry::Create(6, 1, 100).status().message()).find("1 to 5"),
            std::string::npos);
}

TEST(HistogramGeometryTest, AcceptsTheLimits) {
  EXPECT_TRUE(HistogramGeometry::Create(1, 1, 2).ok());
  EXPECT_TRUE(HistogramGeometry::Create(5, 1, std::int64_t{1} << 62).ok());
  EXPECT_TRUE(HistogramGeometry::Create(2, 100, 200).ok());
}

// The format's own words, kept apart from the shortened arithmetic of the class.
std::size_t SlotByTheBook(const HistogramGeometry& geometry, std::int64_t value) {
  const std::int64_t half = geometry.sub_bucket_count() / 2;
  const int unit = geometry.unit_magnitude();
  int bucket = 0;
  while (value >= (geometry.sub_bucket_count() << unit) << bucket) ++bucket;
  const std::int64_t sub = value >> (bucket + unit);
  return static_cast<std::size_t>((bucket + 1) * half + (sub - half));
}

class GeometryPropertyTest : public testing::TestWithParam<std::tuple<int, std::int64_t>> {
 protected:
  HistogramGeometry Make(std::int64_t highest) const {
    return *HistogramGeometry::Create(std::get<0>(GetParam()), std::get<1>(GetParam()), highest);
  }
  // Uniform in the number of bits, so that every bucket is visited.
  std::int64_t RandomValue(std::int64_t highest) {
    const int bits = static_cast<int>(random_() % 63);
    return static_cast<std::int64_t>((random_() >> (63 - bits)) %
                                     (static_cast<std::uint64_t>(highest) + 1));
  }
  std::mt19937_64 random_{42};
};

TEST_P(GeometryPropertyTest, AgreesWithTheFormatAndContainsTheValue) {
  for (const std::int64_t highest : {kTenSeconds, kOneHour, std::int64_t{1} << 40}) {
    const HistogramGeometry geometry = Make(highest);
    const std::int64_t unit = std::int64_t{1} << geometry.unit_magnitude();
    for (int i = 0; i < 20'000; ++i) {
      const std::int64_t value = RandomValue(highest);
      const std::size_t slot = geometry.SlotOf(static_cast<std::uint64_t>(value));
      ASSERT_EQ(slot, SlotByTheBook(geometry, value)) << value;
      ASSERT_LT(slot, geometry.slot_count()) << value;
      ASSERT_LE(geometry.LowestOf(slot), value);
      ASSERT_GE(geometry.HighestOf(slot), value);
      // Significant digits: the width is at most 10^-s of the value, or one unit.
      const double allowed =
          std::max(static_cast<double>(unit),
                   static_cast<double>(value) * std::pow(10.0, -geometry.significant_digits()));
      ASSERT_LE(static_cast<double>(geometry.WidthOf(slot)), allowed) << value;
    }
    EXPECT_LT(geometry.SlotOf(static_cast<std::uint64_t>(highest)), geometry.slot_count());
  }
}

TEST_P(GeometryPropertyTest, CoversTheRangeWithoutGapOrOverlap) {
  const HistogramGeometry geometry = Make(kTenSeconds);
  std::int64_t next = 0;
  for (std::size_t slot = 0; slot < geometry.slot_count(); ++slot) {
    ASSERT_EQ(geometry.LowestOf(slot), next) << slot;
    next = geometry.HighestOf(slot) + 1;
    ASSERT_EQ(geometry.SlotOf(static_cast<std::uint64_t>(geometry.LowestOf(slot))), slot);
    ASSERT_EQ(geometry.SlotOf(static_cast<std::uint64_t>(geometry.HighestOf(slot))), slot);
  }
  EXPECT_GT(next, kTenSeconds);
  // Not a bucket more than needed.
  if (geometry.bucket_count() > 1) {
    EXPECT_LE(next / 2, kTenSeconds);
  }
}

INSTANTIATE_TEST_SUITE_P(AllDigits, GeometryPropertyTest,
                         testing::Combine(testing::Values(1, 2, 3, 4, 5),
                                          testing::Values(1, 2, 3, 1'000, 1'048'576)));

}  // namespace
}  // namespace disruptor::latency
