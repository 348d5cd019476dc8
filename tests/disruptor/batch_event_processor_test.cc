#include "disruptor/batch_event_processor.h"

#include <cstdint>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "disruptor/busy_spin_wait_strategy.h"
#include "disruptor/ring_buffer.h"
#include "disruptor/sequence.h"
#include "disruptor/sequence_barrier.h"
#include "disruptor/sequence_group.h"
#include "disruptor/stop_signal.h"
#include "disruptor/yielding_wait_strategy.h"
#include "gtest/gtest.h"
#include "tests/support/watchdog.h"

namespace disruptor {
namespace {

using Events = std::vector<std::int64_t>;

// Recorder keeps what it was given, and throws once at `throw_at`.
struct Recorder {
  void operator()(std::int64_t& event, std::int64_t sequence, bool end_of_batch) {
    if (sequence == throw_at) {
      throw_at = -1;
      throw std::runtime_error("refused");
    }
    events.push_back(event);
    if (end_of_batch) ends.push_back(sequence);
  }
  Events events;
  Events ends;
  std::int64_t throw_at = -1;
};

class BatchEventProcessorTest : public testing::Test {
 protected:
  BatchEventProcessorTest() {
    for (std::int64_t i = 0; i < ring_.capacity(); ++i) ring_[i] = 100 + i;
  }
  SequenceBarrier FollowCursor() { return SequenceBarrier(SequenceGroup({&cursor_})); }

  RingBuffer<std::int64_t> ring_{8};
  Sequence cursor_;
  Recorder recorder_;
  const Sequence* observed_ = nullptr;
  BatchEventProcessor<std::int64_t, Recorder> processor_{ring_, FollowCursor(), recorder_};
};

TEST_F(BatchEventProcessorTest, IsIdleUntilSomethingIsPublished) {
  EXPECT_EQ(processor_.Step(), 0);
  EXPECT_EQ(processor_.sequence().LoadAcquire(), kBeforeFirst);
  EXPECT_EQ(processor_.next(), 0);
  EXPECT_TRUE(recorder_.events.empty());
}

// C26, C35: everything available is one batch, whose last event alone is the end of it.
TEST_F(BatchEventProcessorTest, HandlesAllThatIsAvailableAsOneBatch) {
  cursor_.StoreRelease(2);
  EXPECT_EQ(processor_.Step(), 3);
  EXPECT_EQ(recorder_.events, (Events{100, 101, 102}));
  EXPECT_EQ(recorder_.ends, (Events{2}));
  EXPECT_EQ(processor_.sequence().LoadAcquire(), 2);
  EXPECT_EQ(processor_.next(), 3);
  EXPECT_EQ(processor_.Step(), 0);

  cursor_.StoreRelease(3);
  EXPECT_EQ(processor_.Step(), 1);
  EXPECT_EQ(recorder_.ends, (Events{2, 3}));

  cursor_.StoreRelease(11);
  EXPECT_EQ(processor_.Step(), 8);
  EXPECT_EQ(recorder_.ends, (Events{2, 3, 11}));
  EXPECT_EQ(recorder_.events.size(), 12u);
  EXPECT_EQ(recorder_.events.back(), 103);
}

// C26
TEST_F(BatchEventProcessorTest, EndsABatchWhereItsLimitIs) {
  cursor_.StoreRelease(6);
  EXPECT_EQ(processor_.Step(3), 3);
  EXPECT_EQ(processor_.sequence().LoadAcquire(), 2);
  EXPECT_EQ(processor_.Step(3), 3);
  EXPECT_EQ(processor_.Step(3), 1);
  EXPECT_EQ(processor_.Step(3), 0);
  EXPECT_EQ(recorder_.ends, (Events{2, 5, 6}));
  EXPECT_EQ(recorder_.events, (Events{100, 101, 102, 103, 104, 105, 106}));
}

TEST_F(BatchEventProcessorTest, ShowsNothingOfABatchBeforeItsEnd) {
  std::vector<std::int64_t> seen;
  auto observe = [this, &seen](std::int64_t&) { seen.push_back(observed_->LoadAcquire()); };
  BatchEventProcessor<std::int64_t, decltype(observe)> observer(ring_, FollowCursor(), observe);
  observed_ = &observer.sequence();
  cursor_.StoreRelease(2);
  observer.Step();
  EXPECT_EQ(seen, (Events{-1, -1, -1}));
  EXPECT_EQ(observer.sequence().LoadAcquire(), 2);
}

// C27, C36
TEST_F(BatchEventProcessorTest, KeepsWhatWasHandledWhenTheHandlerThrows) {
  cursor_.StoreRelease(4);
  recorder_.throw_at = 3;
  EXPECT_THROW(processor_.Step(), std::runtime_error);
  EXPECT_EQ(recorder_.events, (Events{100, 101, 102}));
  EXPECT_TRUE(recorder_.ends.empty());
  EXPECT_EQ(processor_.sequence().LoadAcquire(), 2);
  EXPECT_EQ(processor_.next(), 3);

  EXPECT_EQ(processor_.Step(), 2);
  EXPECT_EQ(recorder_.events, (Events{100, 101, 102, 103, 104}));
  EXPECT_EQ(recorder_.ends, (Events{4}));
}

TEST_F(BatchEventProcessorTest, StaysWhereItWasWhenTheFirstEventThrows) {
  cursor_.StoreRelease(1);
  recorder_.throw_at = 0;
  EXPECT_THROW(processor_.Step(), std::runtime_error);
  EXPECT_EQ(processor_.sequence().LoadAcquire(), kBeforeFirst);
  EXPECT_EQ(processor_.Step(), 2);
}

TEST_F(BatchEventProcessorTest, LetsAnExceptionOutOfRun) {
  cursor_.StoreRelease(4);
  recorder_.throw_at = 2;
  StopSignal stop;
  BusySpinWaitStrategy wait;
  EXPECT_THROW(processor_.Run(wait, stop), std::runtime_error);
  EXPECT_EQ(processor_.sequence().LoadAcquire(), 1);
}

TEST_F(BatchEventProcessorTest, DrainsToTheNamedEventAndReturns) {
  cursor_.StoreRelease(4);
  StopSignal stop;
  stop.StopAfter(4);
  BusySpinWaitStrategy wait;
  processor_.Run(wait, stop);
  EXPECT_EQ(recorder_.events.size(), 5u);
  processor_.Run(wait, stop);
  EXPECT_EQ(recorder_.events.size(), 5u);
}

TEST_F(BatchEventProcessorTest, DoesNotReturnBeforeTheNamedEventIsHandled) {
  tests::Watchdog watchdog("a drain returns once its last event is there");
  StopSignal stop;
  stop.StopAfter(6);
  std::thread publisher([this] {
    for (std::int64_t i = 0; i <= 6; ++i) {
      cursor_.StoreRelease(i);
      std::this_thread::yield();
    }
  });
  YieldingWaitStrategy wait;
  processor_.Run(wait, stop);
  publisher.join();
  EXPECT_EQ(recorder_.events.size(), 7u);
  EXPECT_EQ(recorder_.ends.back(), 6);
}

// C19, L13
TEST_F(BatchEventProcessorTest, HaltsWhenThereIsNothingToDo) {
  StopSignal stop;
  stop.Halt();
  BusySpinWaitStrategy wait;
  processor_.Run(wait, stop);
  EXPECT_TRUE(recorder_.events.empty());
}

TEST_F(BatchEventProcessorTest, HaltsBehindTheBatchInItsHands) {
  StopSignal stop;
  auto halt_in_first = [this, &stop](std::int64_t& event) {
    stop.Halt();
    cursor_.StoreRelease(7);
    recorder_.events.push_back(event);
  };
  BatchEventProcessor<std::int64_t, decltype(halt_in_first)> halting(ring_, FollowCursor(),
                                                                     halt_in_first);
  cursor_.StoreRelease(2);
  BusySpinWaitStrategy wait;
  halting.Run(wait, stop);
  EXPECT_EQ(recorder_.events, (Events{100, 101, 102}));
  EXPECT_EQ(halting.sequence().LoadAcquire(), 2);
}

TEST_F(BatchEventProcessorTest, TellsTheWaitStrategyWhenItWaitsAndWhenItWorks) {
  struct Log {
    void Idle() noexcept {
      calls += "i";
      if (calls.size() == 2) cursor->StoreRelease(5);
      if (calls.size() == 4) stop->Halt();
    }
    void Worked() noexcept { calls += "w"; }
    Sequence* cursor;
    StopSignal* stop;
    std::string calls;
  };
  StopSignal stop;
  Log log{&cursor_, &stop, ""};
  processor_.Run(log, stop);
  EXPECT_EQ(log.calls, "iiwi");
}

// Two processors in a chain: the second never passes the first.
TEST_F(BatchEventProcessorTest, FollowsAnotherProcessor) {
  Recorder second_recorder;
  BatchEventProcessor<std::int64_t, Recorder> second(
      ring_, SequenceBarrier(SequenceGroup({&processor_.sequence()})), second_recorder);
  cursor_.StoreRelease(3);
  EXPECT_EQ(second.Step(), 0);
  processor_.Step();
  EXPECT_EQ(second.Step(), 4);
  EXPECT_EQ(second_recorder.events, recorder_.events);
}

struct CountingProbe {
  template <typename Handle>
  void Around(std::int64_t sequence, Handle&& handle) {
    before->push_back(sequence);
    std::forward<Handle>(handle)();
    after->push_back(sequence);
  }
  void Published(std::int64_t) {}
  Events* before;
  Events* after;
};

TEST_F(BatchEventProcessorTest, PutsTheProbeAroundEachEvent) {
  Events before;
  Events after;
  BatchEventProcessor<std::int64_t, Recorder, CountingProbe> probed(
      ring_, FollowCursor(), recorder_, CountingProbe{&before, &after});
  EXPECT_EQ(probed.probe().before, &before);
  cursor_.StoreRelease(3);
  recorder_.throw_at = 3;
  EXPECT_THROW(probed.Step(), std::runtime_error);
  EXPECT_EQ(before, (Events{0, 1, 2, 3}));
  EXPECT_EQ(after, (Events{0, 1, 2}));
}

}  // namespace
}  // namespace disruptor
