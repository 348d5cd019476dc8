// Outcome tables of the edges E1, E2 and E3, each over the shipped classes at both ends and with
// one slot, so that nothing but the edge stands between the two actors. Which of the forbidden
// outcomes this machine could show at all: two_actors.h; the sanitizer's report is the other half.

#include <cstdint>
#include <string>

#include "disruptor/batch_event_processor.h"
#include "disruptor/claim_result.h"
#include "disruptor/publisher.h"
#include "disruptor/ring_buffer.h"
#include "disruptor/sequence_barrier.h"
#include "disruptor/sequence_group.h"
#include "disruptor/single_producer_sequencer.h"
#include "gtest/gtest.h"
#include "tests/litmus/two_actors.h"

namespace tests::litmus {
namespace {

using disruptor::ClaimStatus;
using disruptor::SequenceBarrier;
using disruptor::SequenceGroup;

struct Note {
  void operator()(std::int64_t& event) {
    seen = event;
    event = 7;
  }
  std::int64_t seen = -1;
};
using Processor = disruptor::BatchEventProcessor<std::int64_t, Note>;

// One slot, a producer and two stages in a row.
struct OneSlot {
  OneSlot() { sequencer.SetGates(SequenceGroup({&second.sequence()})); }

  disruptor::RingBuffer<std::int64_t> ring{1};
  disruptor::SingleProducerSequencer sequencer{1};
  disruptor::Publisher<std::int64_t> publisher{ring, sequencer};
  Note first_note;
  Note second_note;
  Processor first{ring, SequenceBarrier(SequenceGroup({&sequencer.cursor()})), first_note};
  Processor second{ring, SequenceBarrier(SequenceGroup({&first.sequence()})), second_note};
  ClaimStatus again = ClaimStatus::kFull;

  ClaimStatus PublishOnce(std::int64_t value) {
    return publisher.TryPublish([value](std::int64_t& event) { event = value; });
  }
  std::string Outcome() const {
    return std::to_string(first_note.seen) + "," + std::to_string(second_note.seen) + "," +
           ToString(again);
  }
};

void ExpectBoth(const Outcomes& outcomes, const std::string& early, const std::string& late) {
  for (const auto& [outcome, count] : outcomes) {
    EXPECT_TRUE(outcome == early || outcome == late) << outcome << ", " << count << " times";
  }
  EXPECT_EQ(outcomes.size(), 2u) << "the program does not tell the orders apart";
}

// E1, L04: kills Publish made relaxed, and the load of the cursor made relaxed.
TEST(EdgesLitmus, AStageThatSeesTheCursorSeesTheEvent) {
  const Outcomes outcomes = RunTwoActors<OneSlot>(
      [](OneSlot& s) { static_cast<void>(s.PublishOnce(1)); }, [](OneSlot& s) { s.first.Step(); });
  ExpectBoth(outcomes, "-1,-1,full", "1,-1,full");
}

struct Published : OneSlot {
  Published() { static_cast<void>(PublishOnce(1)); }
};

// E3: kills Commit made relaxed towards the stages that follow.
TEST(EdgesLitmus, AStageSeesWhatTheStageBeforeItWrote) {
  const Outcomes outcomes = RunTwoActors<Published>([](Published& s) { s.first.Step(); },
                                                    [](Published& s) { s.second.Step(); });
  ExpectBoth(outcomes, "1,-1,full", "1,7,full");
}

struct HandledByFirst : Published {
  HandledByFirst() { first.Step(); }
};

// E2: kills Commit made relaxed towards the producer, and the load of the gates made relaxed. The
// stage must not see the event of the next lap, 2.
TEST(EdgesLitmus, TheProducerGetsASlotOnlyWhenTheStageIsDoneWithIt) {
  const Outcomes outcomes =
      RunTwoActors<HandledByFirst>([](HandledByFirst& s) { s.again = s.PublishOnce(2); },
                                   [](HandledByFirst& s) { s.second.Step(); });
  ExpectBoth(outcomes, "1,7,full", "1,7,ok");
}

}  // namespace
}  // namespace tests::litmus
