#include "disruptor/latency/sequence_sampler.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "gtest/gtest.h"

namespace disruptor::latency {
namespace {

// Sampler asks for one sequence after the other, as a stage does.
class Sampler {
 public:
  Sampler(std::uint32_t every_n, std::int64_t first) : sampler_(every_n), next_(first) {}
  bool Sample() { return sampler_.Picks(next_++); }

 private:
  SequenceSampler sampler_;
  std::int64_t next_;
};

TEST(SequenceSamplerTest, PicksEachEventAtOneInOne) {
  Sampler sampler(1, 99);
  for (int i = 0; i < 100'000; ++i) ASSERT_TRUE(sampler.Sample());
}

TEST(SequenceSamplerTest, PicksNothingAtZero) {
  Sampler sampler(0, 99);
  for (int i = 0; i < 100'000; ++i) ASSERT_FALSE(sampler.Sample());
}

// Two stages of a pipeline: each has its own copy.
TEST(SequenceSamplerTest, CopiesPickTheSameEvents) {
  const SequenceSampler first(4);
  const SequenceSampler second = first;
  for (std::int64_t sequence = 0; sequence < 10'000; ++sequence) {
    ASSERT_EQ(first.Picks(sequence), second.Picks(sequence));
  }
}

TEST(SequenceSamplerTest, PicksOneInNOnAverage) {
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
TEST(SequenceSamplerTest, LeavesGeometricGaps) {
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
TEST(SequenceSamplerTest, VisitsEveryPositionOfABurstAlike) {
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
