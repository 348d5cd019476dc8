// Where the fields stand that one thread writes while another reads: a range that two of them share
// would be slow and still right, so no other test would notice.

#include <cstddef>
#include <cstdint>

#include "disruptor/batch_event_processor.h"
#include "disruptor/cache_line.h"
#include "disruptor/probe.h"
#include "disruptor/ring_buffer.h"
#include "disruptor/sequence.h"
#include "disruptor/sequence_barrier.h"
#include "disruptor/sequence_group.h"
#include "disruptor/single_producer_sequencer.h"
#include "disruptor/stage.h"
#include "gtest/gtest.h"

namespace disruptor {

// The friend of SingleProducerSequencer. Where a field starts, in ranges from the object's begin.
struct LayoutTest {
  template <typename Field>
  static std::size_t Offset(const SingleProducerSequencer& s, const Field& field) {
    return static_cast<std::size_t>(reinterpret_cast<const char*>(&field) -
                                    reinterpret_cast<const char*>(&s));
  }
  static std::size_t Range(std::size_t offset) { return offset / kFalseSharingBytes; }

  static void SequencerRanges(const SingleProducerSequencer& s) {
    EXPECT_EQ(Offset(s, s.capacity_), 0u);
    EXPECT_EQ(Range(Offset(s, s.gates_) + sizeof(s.gates_) - 1), 0u);
    EXPECT_EQ(Range(Offset(s, s.closed_)), 0u);

    EXPECT_EQ(Offset(s, s.claimed_), kFalseSharingBytes);
    EXPECT_EQ(Range(Offset(s, s.limit_)), 1u);
    EXPECT_EQ(Range(Offset(s, s.thread_check_) + sizeof(s.thread_check_) - 1), 1u);

    EXPECT_EQ(Offset(s, s.cursor_), 2 * kFalseSharingBytes);
    EXPECT_EQ(sizeof(s), 3 * kFalseSharingBytes);
    EXPECT_EQ(alignof(SingleProducerSequencer), kFalseSharingBytes);
  }

  static std::int64_t CachedLimit(const SingleProducerSequencer& s) { return s.limit_; }
};

namespace {

TEST(Layout, TheSequencerKeepsSetUpProducerAndConsumersApart) {
  LayoutTest::SequencerRanges(SingleProducerSequencer(8));
}

// The gates are foreign lines: not even the last slot of the cached limit makes the producer look.
TEST(Layout, TheProducerReadsTheGatesOnlyWhenItsCachedLimitIsUsedUp) {
  SingleProducerSequencer sequencer(8);
  Sequence gate;
  sequencer.SetGates(SequenceGroup({&gate}));
  ASSERT_TRUE(sequencer.TryClaim(7).ok());
  gate.StoreRelease(2);
  ASSERT_TRUE(sequencer.TryClaim(1).ok());
  EXPECT_EQ(LayoutTest::CachedLimit(sequencer), 7);
  ASSERT_TRUE(sequencer.TryClaim(1).ok());
  EXPECT_EQ(LayoutTest::CachedLimit(sequencer), 10);
}

struct Nothing {
  void operator()(std::int64_t&) {}
};

TEST(Layout, TheProcessorsSequenceIsAloneOnItsRange) {
  using Processor = BatchEventProcessor<std::int64_t, Nothing>;
  EXPECT_EQ(alignof(Processor), kFalseSharingBytes);
  EXPECT_EQ(sizeof(Processor) % kFalseSharingBytes, 0u);
  Nothing handler;
  RingBuffer<std::int64_t> ring(1);
  const Sequence cursor;
  Processor processor(ring, SequenceBarrier(SequenceGroup({&cursor})), handler);
  const auto offset = reinterpret_cast<const char*>(&processor.sequence()) -
                      reinterpret_cast<const char*>(&processor);
  EXPECT_EQ(static_cast<std::size_t>(offset) % kFalseSharingBytes, 0u);
}

TEST(Layout, AStageSharesItsRangesWithNoOther) {
  using Stage = HandlerStage<std::int64_t, NoProbe, Nothing>;
  EXPECT_EQ(alignof(Stage), kFalseSharingBytes);
  EXPECT_EQ(sizeof(Stage) % kFalseSharingBytes, 0u);
}

}  // namespace
}  // namespace disruptor
