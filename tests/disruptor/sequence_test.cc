#include "disruptor/sequence.h"

#include <cstdint>
#include <limits>

#include "disruptor/atomic.h"
#include "gtest/gtest.h"

namespace disruptor {
namespace {

TEST(SequenceTest, StartsBeforeTheFirstEvent) {
  EXPECT_EQ(kBeforeFirst, -1);
  EXPECT_EQ(Sequence().LoadAcquire(), kBeforeFirst);
  EXPECT_EQ(Sequence(41).LoadAcquire(), 41);
}

TEST(SequenceTest, ShowsWhatWasStoredThroughEveryLoad) {
  Sequence sequence;
  // L02: both halves of the word change at once.
  constexpr std::int64_t kValues[] = {0, std::int64_t{1} << 40, 0x5555'5555'AAAA'AAAA,
                                      std::numeric_limits<std::int64_t>::max()};
  for (const std::int64_t value : kValues) {
    sequence.StoreRelease(value);
    EXPECT_EQ(sequence.LoadAcquire(), value);
    EXPECT_EQ(sequence.LoadRelaxed(), value);
  }
}

TEST(AtomicTest, StartsWithZeroOrWithItsArgument) {
  EXPECT_EQ(Atomic<int>().LoadRelaxed(), 0);
  EXPECT_EQ(Atomic<int>(7).LoadAcquire(), 7);
}

TEST(AtomicTest, ShowsWhatWasStoredThroughEveryLoad) {
  Atomic<bool> flag;
  flag.StoreRelaxed(true);
  EXPECT_TRUE(flag.LoadRelaxed());
  flag.StoreRelease(false);
  EXPECT_FALSE(flag.LoadAcquire());
}

}  // namespace
}  // namespace disruptor
