#include "disruptor/publisher.h"

#include <cstdint>
#include <limits>
#include <memory>
#include <ostream>
#include <stdexcept>
#include <utility>
#include <vector>

#include "disruptor/claim_result.h"
#include "disruptor/ring_buffer.h"
#include "disruptor/sequence.h"
#include "disruptor/sequence_group.h"
#include "disruptor/single_producer_sequencer.h"
#include "disruptor/yielding_wait_strategy.h"
#include "gtest/gtest.h"
#include "tests/support/watchdog.h"

namespace disruptor {

inline void PrintTo(ClaimStatus status, std::ostream* os) { *os << ToString(status); }

namespace {

using Events = std::vector<std::int64_t>;

class PublisherTest : public testing::Test {
 protected:
  PublisherTest() { sequencer_.SetGates(SequenceGroup({&gate_})); }

  std::int64_t cursor() const { return sequencer_.CursorApprox(); }
  Events Slots() {
    Events slots;
    for (std::int64_t i = 0; i < ring_.capacity(); ++i) slots.push_back(ring_[i]);
    return slots;
  }

  tests::Watchdog watchdog_{"a publish ends"};
  RingBuffer<std::int64_t> ring_{4};
  SingleProducerSequencer sequencer_{4};
  Sequence gate_;
  Publisher<std::int64_t> publisher_{ring_, sequencer_};
};

// C13, C16: with no, one, two and three captured arguments.
TEST_F(PublisherTest, PublishesWhatTheFillFunctionWrote) {
  std::int64_t a = 1;
  std::int64_t b = 10;
  std::int64_t c = 100;
  EXPECT_EQ(publisher_.Publish([](std::int64_t& event) { event = 7; }), ClaimStatus::kOk);
  EXPECT_EQ(publisher_.Publish([a](std::int64_t& event) { event = a; }), ClaimStatus::kOk);
  EXPECT_EQ(publisher_.Publish([a, b](std::int64_t& event) { event = a + b; }), ClaimStatus::kOk);
  EXPECT_EQ(publisher_.Publish([&](std::int64_t& event) { event = a + b + c; }), ClaimStatus::kOk);
  EXPECT_EQ(cursor(), 3);
  EXPECT_EQ(Slots(), (Events{7, 1, 11, 111}));
}

TEST_F(PublisherTest, GivesTheSequenceToAFillFunctionThatTakesIt) {
  const auto fill = [](std::int64_t& event, std::int64_t sequence) { event = 10 * sequence; };
  EXPECT_EQ(publisher_.Publish(fill), ClaimStatus::kOk);
  EXPECT_EQ(publisher_.TryPublish(fill), ClaimStatus::kOk);
  EXPECT_EQ(publisher_.PublishBatch(2, fill), ClaimStatus::kOk);
  EXPECT_EQ(Slots(), (Events{0, 10, 20, 30}));
}

TEST_F(PublisherTest, AcceptsAFillFunctionThatCanOnlyBeMovedOrThatKeepsState) {
  auto owned = std::make_unique<std::int64_t>(9);
  EXPECT_EQ(publisher_.Publish([owned = std::move(owned)](std::int64_t& event) { event = *owned; }),
            ClaimStatus::kOk);
  auto count = [n = std::int64_t{0}](std::int64_t& event) mutable { event = ++n; };
  EXPECT_EQ(publisher_.TryPublish(count), ClaimStatus::kOk);
  EXPECT_EQ(publisher_.PublishBatch(2, count), ClaimStatus::kOk);
  EXPECT_EQ(Slots(), (Events{9, 1, 2, 3}));
}

// C17
TEST_F(PublisherTest, ShowsABatchAllAtOnce) {
  Events seen;
  EXPECT_EQ(publisher_.PublishBatch(3,
                                    [&](std::int64_t& event, std::int64_t sequence) {
                                      event = sequence;
                                      seen.push_back(cursor());
                                    }),
            ClaimStatus::kOk);
  EXPECT_EQ(seen, (Events{-1, -1, -1}));
  EXPECT_EQ(cursor(), 2);
  EXPECT_EQ(publisher_.TryPublishBatch(1, [](std::int64_t& event) { event = 5; }),
            ClaimStatus::kOk);
  EXPECT_EQ(cursor(), 3);
  EXPECT_EQ(Slots(), (Events{0, 1, 2, 5}));
}

// C17, C55: a batch of zero is an error in every form.
TEST_F(PublisherTest, RefusesCountsThatCouldNeverBePublished) {
  const auto fill = [](std::int64_t&) { ADD_FAILURE() << "filled a slot that was not claimed"; };
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  for (const std::int64_t count : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{5}, kMost}) {
    EXPECT_EQ(publisher_.PublishBatch(count, fill), ClaimStatus::kInvalidCount) << count;
    EXPECT_EQ(publisher_.TryPublishBatch(count, fill), ClaimStatus::kInvalidCount) << count;
  }
  EXPECT_EQ(cursor(), kBeforeFirst);
  EXPECT_EQ(sequencer_.RemainingCapacity(), 4);
}

// C05, C17
TEST_F(PublisherTest, LeavesAFullRingAsItIsWhenItMayNotWait) {
  ASSERT_EQ(publisher_.PublishBatch(3, [](std::int64_t& event) { event = 1; }), ClaimStatus::kOk);
  const auto fill = [](std::int64_t&) { ADD_FAILURE() << "filled a slot of a full ring"; };
  EXPECT_EQ(publisher_.TryPublishBatch(2, fill), ClaimStatus::kFull);
  EXPECT_EQ(cursor(), 2);
  EXPECT_EQ(sequencer_.RemainingCapacity(), 1);
  ASSERT_EQ(publisher_.TryPublish([](std::int64_t& event) { event = 2; }), ClaimStatus::kOk);
  EXPECT_EQ(publisher_.TryPublish(fill), ClaimStatus::kFull);
  EXPECT_EQ(publisher_.TryPublish(fill), ClaimStatus::kFull);
  EXPECT_EQ(cursor(), 3);
  EXPECT_EQ(Slots(), (Events{1, 1, 1, 2}));
  gate_.StoreRelease(0);
  EXPECT_EQ(publisher_.TryPublish([](std::int64_t& event) { event = 3; }), ClaimStatus::kOk);
  EXPECT_EQ(Slots(), (Events{3, 1, 1, 2}));
}

// C16: here a fill function that throws gives its claim back, so there is no hole to publish over.
TEST_F(PublisherTest, TakesTheClaimBackWhenTheFillFunctionThrows) {
  const auto refuse = [](std::int64_t&) { throw std::runtime_error("refused"); };
  const auto refuse_second = [this](std::int64_t&, std::int64_t sequence) {
    if (sequence == cursor() + 2) throw std::runtime_error("refused");
  };
  for (std::int64_t published = 0; published < 3; ++published) {
    EXPECT_THROW(static_cast<void>(publisher_.Publish(refuse)), std::runtime_error);
    EXPECT_THROW(static_cast<void>(publisher_.TryPublish(refuse)), std::runtime_error);
    EXPECT_THROW(static_cast<void>(publisher_.PublishBatch(4 - published, refuse)),
                 std::runtime_error);
    if (published < 3) {
      EXPECT_THROW(static_cast<void>(publisher_.PublishBatch(2, refuse_second)),
                   std::runtime_error);
      EXPECT_THROW(static_cast<void>(publisher_.TryPublishBatch(2, refuse_second)),
                   std::runtime_error);
    }
    EXPECT_EQ(cursor(), published - 1);
    EXPECT_EQ(sequencer_.RemainingCapacity(), 4 - published);
    const auto fill = [](std::int64_t& event, std::int64_t sequence) { event = 50 + sequence; };
    ASSERT_EQ(publisher_.TryPublish(fill), ClaimStatus::kOk);
    EXPECT_EQ(cursor(), published);
    EXPECT_EQ(ring_[published], 50 + published);
  }
}

// C60
TEST_F(PublisherTest, AnswersStoppedInEveryFormOnceClosed) {
  const auto fill = [](std::int64_t&) { ADD_FAILURE() << "filled a slot of a closed ring"; };
  publisher_.sequencer().Close();
  EXPECT_EQ(publisher_.Publish(fill), ClaimStatus::kStopped);
  EXPECT_EQ(publisher_.TryPublish(fill), ClaimStatus::kStopped);
  EXPECT_EQ(publisher_.PublishBatch(2, fill), ClaimStatus::kStopped);
  EXPECT_EQ(publisher_.TryPublishBatch(2, fill), ClaimStatus::kStopped);
  EXPECT_EQ(cursor(), kBeforeFirst);
}

TEST_F(PublisherTest, PublishesAClaimThatWasGrantedBeforeTheClose) {
  EXPECT_EQ(publisher_.Publish([this](std::int64_t& event) {
    sequencer_.Close();
    event = 4;
  }),
            ClaimStatus::kOk);
  EXPECT_EQ(cursor(), 0);
  EXPECT_EQ(publisher_.ring()[0], 4);
}

struct PublishProbe {
  template <typename Handle>
  void Around(std::int64_t, Handle&& handle) {
    std::forward<Handle>(handle)();
  }
  void Published(std::int64_t sequence) { published->push_back(sequence); }
  Events* published;
};

TEST_F(PublisherTest, TellsTheProbeEverySequenceInOrder) {
  Events published;
  Publisher<std::int64_t, PublishProbe> publisher(ring_, sequencer_, YieldingWaitStrategy(),
                                                  PublishProbe{&published});
  const auto fill = [](std::int64_t& event) { event = 1; };
  EXPECT_EQ(publisher.Publish(fill), ClaimStatus::kOk);
  EXPECT_EQ(publisher.PublishBatch(3, fill), ClaimStatus::kOk);
  EXPECT_EQ(publisher.TryPublish(fill), ClaimStatus::kFull);
  EXPECT_EQ(published, (Events{0, 1, 2, 3}));
  EXPECT_EQ(publisher.probe().published, &published);
}

}  // namespace
}  // namespace disruptor
