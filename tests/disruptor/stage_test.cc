#include "disruptor/stage.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "disruptor/probe.h"
#include "disruptor/ring_buffer.h"
#include "disruptor/sequence.h"
#include "disruptor/sequence_barrier.h"
#include "disruptor/sequence_group.h"
#include "disruptor/stop_signal.h"
#include "disruptor/wait_strategy.h"
#include "gtest/gtest.h"
#include "tests/support/watchdog.h"

namespace disruptor {
namespace {

constexpr std::int64_t kAll = 1 << 20;

struct Log {
  void operator()(std::int64_t& event, std::int64_t sequence) {
    calls += std::to_string(sequence) + ":" + std::to_string(event) + " ";
  }
  void OnStart() { calls += "start "; }
  void OnStop() { calls += "stop "; }
  std::string calls;
};

class StageTest : public testing::Test {
 protected:
  template <typename Holder, typename Probe = NoProbe>
  std::unique_ptr<AnyStage<std::int64_t, Probe>> Attached(Holder holder) {
    auto stage = std::make_unique<HandlerStage<std::int64_t, Probe, Holder>>(std::move(holder));
    stage->Attach(ring_, SequenceBarrier(SequenceGroup({&cursor_})));
    return stage;
  }

  RingBuffer<std::int64_t> ring_{4};
  Sequence cursor_;
};

// C24
TEST_F(StageTest, RunsHooksAndEventsOfAHandlerThatLivesElsewhere) {
  Log log;
  const auto stage = Attached(std::ref(log));
  stage->OnStart();
  EXPECT_EQ(stage->Step(kAll), 0);
  ring_[1] = 5;
  cursor_.StoreRelease(1);
  EXPECT_EQ(stage->Step(kAll), 2);
  stage->OnStop();
  EXPECT_EQ(log.calls, "start 0:0 1:5 stop ");
  EXPECT_EQ(stage->next(), 2);
  EXPECT_EQ(stage->sequence().LoadAcquire(), 1);
}

TEST_F(StageTest, OwnsAHandlerThatCanOnlyBeMoved) {
  auto sum = std::make_unique<std::int64_t>(0);
  const std::int64_t* const result = sum.get();
  const auto stage = Attached([sum = std::move(sum)](std::int64_t& event) { *sum += event; });
  ring_[0] = 3;
  ring_[1] = 4;
  cursor_.StoreRelease(1);
  stage->OnStart();
  stage->Step(kAll);
  stage->OnStop();
  EXPECT_EQ(*result, 7);
}

// C18 for every way of waiting that can be chosen at start.
TEST_F(StageTest, RunsUntilToldInEveryWayOfWaiting) {
  tests::Watchdog watchdog("a stage drains in every way of waiting");
  std::int64_t last = kBeforeFirst;
  for (const WaitKind kind : {WaitKind::kAuto, WaitKind::kBusySpin, WaitKind::kYielding}) {
    Log log;
    const auto stage = Attached(std::ref(log));
    StopSignal stop;
    std::thread thread([&] { stage->Run(kind, stop); });
    last = cursor_.LoadRelaxed() + 2;
    cursor_.StoreRelease(last);
    stop.StopAfter(last);
    thread.join();
    EXPECT_EQ(stage->next(), last + 1) << ToString(kind);
  }
}

TEST_F(StageTest, HandlesNoMoreInOneStepThanItIsAllowed) {
  Log log;
  const auto stage = Attached(std::ref(log));
  cursor_.StoreRelease(2);
  EXPECT_EQ(stage->Step(2), 2);
  EXPECT_EQ(stage->Step(2), 1);
  EXPECT_EQ(stage->Step(2), 0);
  EXPECT_EQ(log.calls, "0:0 1:0 2:0 ");
}

struct CountingProbe {
  template <typename Handle>
  void Around(std::int64_t, Handle&& handle) {
    std::forward<Handle>(handle)();
    if (count != nullptr) ++*count;
  }
  void Published(std::int64_t) {}
  int* count = nullptr;
};

TEST_F(StageTest, TakesAProbeOnceItIsAttached) {
  Log log;
  int count = 0;
  const auto stage = Attached<std::reference_wrapper<Log>, CountingProbe>(std::ref(log));
  stage->SetProbe(CountingProbe{&count});
  cursor_.StoreRelease(2);
  stage->Step(kAll);
  EXPECT_EQ(count, 3);
}

}  // namespace
}  // namespace disruptor
