#include "disruptor/latency/sampler.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "gtest/gtest.h"

namespace disruptor::latency {
namespace {

TEST(SamplerTest, PicksEachEventAtOneInOne) {
  Sampler sampler(1, 99);
  for (int i = 0; i < 100'000; ++i) ASSERT_TRUE(sampler.Sample());
}

TEST(SamplerTest, PicksNothingAtZero) {
  Sampler sampler(0, 99);
  for (int i = 0; i < 100'000; ++i) ASSERT_FALSE(sampler.Sample());
}

TEST(SamplerTest, RepeatsForASeedAndDiffersBetweenNeighbours) {
  Sampler first(4, 7);
  Sampler same(4, 7);
  Sampler neighbour(4, 8);
  int differences = 0;
  for (int i = 0; i < 10'000; ++i) {
    const bool picked = first.Sample();
    ASSERT_EQ(picked, same.Sample());
    differences += picked != neighbour.Sample() ? 1 : 0;
  }
  // Independent samplers at 1 in 4 differ with probability 2 * 1/4 * 3/4.
  EXPECT_NEAR(differences, 3'750, 300);
}

TEST(SamplerTest, PicksOneInNOnAverage) {
  for (const std::uint32_t every_n : {2u, 3u, 16u, 100u, 1000u}) {
    Sampler sampler(every_n, every_n);
    constexpr int kEvents = 2'000'000;
    int picked = 0;
    for (int i = 0; i < kEvents; ++i) picked += sampler.Sample() ? 1 : 0;
    const double expected = static_cast<double>(kEvents) / every_n;
    EXPECT_NEAR(picked, expected, 5 * std::sqrt(expected)) << every_n;
  }
}

// Gap g (in events, from 1) has probability (1 - 1/N)^(g-1) / N; chi-square over the gaps 1..48 and
// the rest. The seed is fixed, so the statistic is one number, far from the bound or a defect.
TEST(SamplerTest, LeavesGeometricGaps) {
  constexpr std::uint32_t kEveryN = 16;
  constexpr int kGaps = 200'000;
  constexpr int kClasses = 49;
  std::vector<int> counts(kClasses, 0);
  Sampler sampler(kEveryN, 3);
  for (int i = 0; i < kGaps; ++i) {
    int gap = 1;
    while (!sampler.Sample()) ++gap;
    ++counts[static_cast<std::size_t>(std::min(gap, kClasses) - 1)];
  }
  double chi_square = 0;
  double rest = 1;
  for (int gap = 1; gap <= kClasses; ++gap) {
    const double probability = gap < kClasses ? rest / kEveryN : rest;
    rest -= probability;
    const double expected = probability * kGaps;
    const double distance = counts[static_cast<std::size_t>(gap - 1)] - expected;
    chi_square += distance * distance / expected;
  }
  // 48 degrees of freedom: above 84 in one of a thousand sequences.
  EXPECT_LT(chi_square, 84);
}

// Bursts of N events: a stride would pick the same position of each burst for ever.
TEST(SamplerTest, VisitsEveryPositionOfABurstAlike) {
  constexpr std::uint32_t kEveryN = 16;
  constexpr int kBursts = 100'000;
  Sampler sampler(kEveryN, 11);
  std::vector<int> picked(kEveryN, 0);
  for (int i = 0; i < kBursts; ++i) {
    for (std::uint32_t position = 0; position < kEveryN; ++position) {
      picked[position] += sampler.Sample() ? 1 : 0;
    }
  }
  const double expected = static_cast<double>(kBursts) / kEveryN;
  for (const int count : picked) EXPECT_NEAR(count, expected, 5 * std::sqrt(expected));
}

}  // namespace
}  // namespace disruptor::latency
