#include "disruptor/sequence_group.h"

#include <cstdint>
#include <limits>

#include "disruptor/sequence.h"
#include "gtest/gtest.h"

namespace disruptor {
namespace {

// C48
TEST(SequenceGroupTest, HoldsNobodyBackWhenItIsEmpty) {
  EXPECT_EQ(SequenceGroup().MinimumAcquire(), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(SequenceGroup::kEmptyMinimum, std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(SequenceGroup().size(), 0u);
}

// C48
TEST(SequenceGroupTest, ItsMinimumIsTheLowestMemberWhereverThatStands) {
  Sequence a(5);
  Sequence b(7);
  Sequence c(9);
  EXPECT_EQ(SequenceGroup({&a, &b, &c}).MinimumAcquire(), 5);
  EXPECT_EQ(SequenceGroup({&b, &a, &c}).MinimumAcquire(), 5);
  EXPECT_EQ(SequenceGroup({&c, &b, &a}).MinimumAcquire(), 5);
}

TEST(SequenceGroupTest, FollowsItsMembersAsTheyMove) {
  Sequence slow;
  Sequence fast(3);
  const SequenceGroup group({&slow, &fast});
  EXPECT_EQ(group.MinimumAcquire(), kBeforeFirst);
  slow.StoreRelease(4);
  EXPECT_EQ(group.MinimumAcquire(), 3);
  EXPECT_EQ(group.size(), 2u);
  EXPECT_EQ(group.members().front(), &slow);
}

TEST(SequenceGroupTest, CountsAMemberThatIsNamedTwiceOnce) {
  Sequence one(2);
  EXPECT_EQ(SequenceGroup({&one, &one}).MinimumAcquire(), 2);
}

}  // namespace
}  // namespace disruptor
