#include "disruptor/single_producer_sequencer.h"

#include <cstdint>
#include <limits>
#include <ostream>

#include "disruptor/claim_result.h"
#include "disruptor/sequence.h"
#include "disruptor/sequence_barrier.h"
#include "disruptor/sequence_group.h"
#include "gtest/gtest.h"

namespace disruptor {

inline void PrintTo(ClaimStatus status, std::ostream* os) { *os << ToString(status); }

namespace {

constexpr std::int64_t kCapacity = 8;
constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();

class SingleProducerSequencerTest : public testing::Test {
 protected:
  SingleProducerSequencerTest() { sequencer_.SetGates(SequenceGroup({&gate_})); }

  void PublishOneByOne(std::int64_t count) {
    for (std::int64_t i = 0; i < count; ++i) {
      const ClaimResult claim = sequencer_.TryClaim(1);
      ASSERT_TRUE(claim.ok());
      sequencer_.Publish(claim.last);
    }
  }

  SingleProducerSequencer sequencer_{kCapacity};
  Sequence gate_;
};

// C01
TEST_F(SingleProducerSequencerTest, ClaimsFromZeroAndNamesTheHighestOfTheClaim) {
  ClaimResult claim = sequencer_.TryClaim(1);
  EXPECT_EQ(claim.status, ClaimStatus::kOk);
  EXPECT_EQ(claim.last, 0);
  EXPECT_EQ(sequencer_.TryClaim(3).last, 3);
  EXPECT_EQ(sequencer_.TryClaim(1).last, 4);
  EXPECT_EQ(sequencer_.capacity(), kCapacity);
}

// C02
TEST_F(SingleProducerSequencerTest, TellsWhetherThereIsRoomWithoutMovingAnything) {
  PublishOneByOne(3);
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(sequencer_.HasCapacity(1));
    EXPECT_TRUE(sequencer_.HasCapacity(5));
    EXPECT_FALSE(sequencer_.HasCapacity(6));
    EXPECT_EQ(sequencer_.CursorApprox(), 2);
  }
  for (const std::int64_t count : {std::int64_t{0}, std::int64_t{-1}, kCapacity + 1, kMost, kLeast})
    EXPECT_FALSE(sequencer_.HasCapacity(count)) << count;
  EXPECT_EQ(sequencer_.TryClaim(1).last, 3);
}

// C03
TEST_F(SingleProducerSequencerTest, CountsRoomFromTheClaimAndTheGates) {
  EXPECT_EQ(sequencer_.RemainingCapacity(), 8);
  const ClaimResult claim = sequencer_.TryClaim(3);
  EXPECT_EQ(sequencer_.RemainingCapacity(), 5);
  sequencer_.Publish(claim.last);
  EXPECT_EQ(sequencer_.RemainingCapacity(), 5);
  gate_.StoreRelease(1);
  EXPECT_EQ(sequencer_.RemainingCapacity(), 7);
}

// C04: each time the producer waits, the gate frees one slot; three are needed.
TEST_F(SingleProducerSequencerTest, WaitsUntilTheGateHasFreedAllSlotsAskedFor) {
  struct FreeOneSlot {
    void Idle() noexcept {
      ++idles;
      gate->StoreRelease(gate->LoadRelaxed() + 1);
    }
    void Worked() noexcept { ++worked; }
    Sequence* gate;
    int idles = 0;
    int worked = 0;
  };
  PublishOneByOne(kCapacity);
  FreeOneSlot wait{&gate_};
  EXPECT_EQ(sequencer_.Claim(3, wait).last, kCapacity + 2);
  EXPECT_EQ(wait.idles, 3);
  EXPECT_EQ(wait.worked, 1);
}

// C05
TEST_F(SingleProducerSequencerTest, LeavesAFullRingAsItIsHoweverOftenItIsAsked) {
  PublishOneByOne(kCapacity);
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(sequencer_.TryClaim(1).status, ClaimStatus::kFull);
    EXPECT_EQ(sequencer_.TryClaim(kCapacity).status, ClaimStatus::kFull);
    EXPECT_EQ(sequencer_.RemainingCapacity(), 0);
    EXPECT_EQ(sequencer_.CursorApprox(), kCapacity - 1);
  }
  gate_.StoreRelease(0);
  EXPECT_EQ(sequencer_.TryClaim(2).status, ClaimStatus::kFull);
  EXPECT_EQ(sequencer_.TryClaim(1).last, kCapacity);
}

// C06, C07: only what is published is offered, and a claim alone shows nothing.
TEST_F(SingleProducerSequencerTest, OffersAClaimedSlotOnlyOnceItIsPublished) {
  const SequenceBarrier barrier(SequenceGroup({&sequencer_.cursor()}));
  const ClaimResult claim = sequencer_.TryClaim(4);
  EXPECT_EQ(barrier.Poll(), kBeforeFirst);
  sequencer_.Publish(claim.last - 2);
  EXPECT_EQ(barrier.Poll(), 1);
  sequencer_.Publish(claim.last);
  EXPECT_EQ(barrier.Poll(), 3);
}

// C08
TEST_F(SingleProducerSequencerTest, RefusesCountsThatCouldNeverBeGranted) {
  struct NeverWaits {
    void Idle() noexcept { ADD_FAILURE() << "waited for a claim that cannot be granted"; }
    void Worked() noexcept {}
  } wait;
  for (const std::int64_t published : {0, 3}) {
    PublishOneByOne(published);
    for (const std::int64_t count :
         {std::int64_t{0}, std::int64_t{-1}, kLeast, kCapacity + 1, kMost - 3, kMost}) {
      EXPECT_EQ(sequencer_.TryClaim(count).status, ClaimStatus::kInvalidCount) << count;
      EXPECT_EQ(sequencer_.Claim(count, wait).status, ClaimStatus::kInvalidCount) << count;
    }
  }
  EXPECT_EQ(sequencer_.CursorApprox(), 2);
  EXPECT_EQ(sequencer_.RemainingCapacity(), 5);
  EXPECT_EQ(sequencer_.TryClaim(1).last, 3);
}

TEST_F(SingleProducerSequencerTest, ClaimsTheWholeRingAtOnceAndNothingBehindIt) {
  EXPECT_EQ(sequencer_.TryClaim(kCapacity).last, kCapacity - 1);
  EXPECT_EQ(sequencer_.TryClaim(1).status, ClaimStatus::kFull);
}

TEST_F(SingleProducerSequencerTest, HasOneSlotInFlightWhenTheCapacityIsOne) {
  SingleProducerSequencer one(1);
  one.SetGates(SequenceGroup({&gate_}));
  for (std::int64_t sequence = 0; sequence < 5; ++sequence) {
    EXPECT_EQ(one.TryClaim(2).status, ClaimStatus::kInvalidCount);
    ASSERT_EQ(one.TryClaim(1).last, sequence);
    EXPECT_EQ(one.TryClaim(1).status, ClaimStatus::kFull);
    one.Publish(sequence);
    EXPECT_EQ(one.TryClaim(1).status, ClaimStatus::kFull);
    gate_.StoreRelease(sequence);
  }
}

// C48: the slowest gate counts.
TEST_F(SingleProducerSequencerTest, IsHeldBackByTheSlowestOfSeveralGates) {
  Sequence other;
  sequencer_.SetGates(SequenceGroup({&gate_, &other}));
  PublishOneByOne(kCapacity);
  gate_.StoreRelease(5);
  EXPECT_EQ(sequencer_.TryClaim(1).status, ClaimStatus::kFull);
  other.StoreRelease(1);
  EXPECT_EQ(sequencer_.RemainingCapacity(), 2);
}

TEST_F(SingleProducerSequencerTest, RunsFreeWithoutGates) {
  SingleProducerSequencer free(kCapacity);
  for (std::int64_t lap = 0; lap < 3; ++lap) {
    EXPECT_EQ(free.RemainingCapacity(), kCapacity);
    EXPECT_TRUE(free.HasCapacity(kCapacity));
    const ClaimResult claim = free.TryClaim(kCapacity);
    ASSERT_TRUE(claim.ok());
    free.Publish(claim.last);
  }
}

TEST_F(SingleProducerSequencerTest, ObeysGatesThatWereSetAfterItWasAskedForRoom) {
  SingleProducerSequencer sequencer(kCapacity);
  sequencer.Publish(sequencer.TryClaim(kCapacity).last);
  EXPECT_EQ(sequencer.RemainingCapacity(), kCapacity);
  gate_.StoreRelease(3);
  sequencer.SetGates(SequenceGroup({&gate_}));
  EXPECT_EQ(sequencer.TryClaim(5).status, ClaimStatus::kFull);
  EXPECT_EQ(sequencer.TryClaim(4).last, kCapacity + 3);
}

TEST_F(SingleProducerSequencerTest, GivesAbandonedSlotsOutAgain) {
  PublishOneByOne(2);
  ASSERT_EQ(sequencer_.TryClaim(5).last, 6);
  sequencer_.Abandon(5);
  EXPECT_EQ(sequencer_.RemainingCapacity(), 6);
  EXPECT_EQ(sequencer_.TryClaim(6).last, 7);
  sequencer_.Abandon(6);
  EXPECT_EQ(sequencer_.TryClaim(1).last, 2);
}

// C60: what a stopped pipeline does to its producer.
TEST_F(SingleProducerSequencerTest, RefusesEveryClaimOnceClosed) {
  PublishOneByOne(2);
  const ClaimResult before = sequencer_.TryClaim(1);
  EXPECT_FALSE(sequencer_.closed());
  sequencer_.Close();
  sequencer_.Close();
  EXPECT_TRUE(sequencer_.closed());
  EXPECT_EQ(sequencer_.TryClaim(1).status, ClaimStatus::kStopped);
  EXPECT_FALSE(sequencer_.HasCapacity(1));
  sequencer_.Publish(before.last);
  EXPECT_EQ(sequencer_.CursorApprox(), 2);
}

// C60
TEST_F(SingleProducerSequencerTest, ReleasesAProducerThatWaitsWhenItIsClosed) {
  struct CloseOnThirdWait {
    void Idle() noexcept {
      if (++idles == 3) sequencer->Close();
    }
    void Worked() noexcept {}
    SingleProducerSequencer* sequencer;
    int idles = 0;
  };
  PublishOneByOne(kCapacity);
  CloseOnThirdWait wait{&sequencer_};
  EXPECT_EQ(sequencer_.Claim(1, wait).status, ClaimStatus::kStopped);
  EXPECT_EQ(wait.idles, 3);
}

// C57: a sequencer has no slots of its own, so the largest ring can be tried.
TEST_F(SingleProducerSequencerTest, CountsRightAtTheLargestCapacity) {
  SingleProducerSequencer large(kMaxCapacity);
  large.SetGates(SequenceGroup({&gate_}));
  EXPECT_EQ(large.RemainingCapacity(), kMaxCapacity);
  ASSERT_EQ(large.TryClaim(kMaxCapacity).last, kMaxCapacity - 1);
  large.Publish(kMaxCapacity - 1);
  EXPECT_EQ(large.TryClaim(1).status, ClaimStatus::kFull);
  gate_.StoreRelease(kMaxCapacity - 1);
  EXPECT_EQ(large.TryClaim(kMaxCapacity).last, 2 * kMaxCapacity - 1);
}

TEST(SingleProducerSequencerDeathTest, RefusesInvalidCapacities) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(SingleProducerSequencer{0}, "power of two");
  EXPECT_DEATH(SingleProducerSequencer{12}, "power of two");
}

}  // namespace
}  // namespace disruptor
