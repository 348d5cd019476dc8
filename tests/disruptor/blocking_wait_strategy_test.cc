#include "disruptor/blocking_wait_strategy.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <thread>
#include <vector>

#include "disruptor/pipeline.h"
#include "disruptor/sequence.h"
#include "disruptor/stop_signal.h"
#include "disruptor/wake_list.h"
#include "gtest/gtest.h"
#include "tests/support/watchdog.h"

namespace disruptor {
namespace {

using Mode = SleeperTable::Mode;

// So long that a wake-up that does not come is a hang, which the watchdog tells.
constexpr std::chrono::nanoseconds kForEver = std::chrono::hours(1);

class SleepTest : public testing::TestWithParam<Mode> {
 protected:
  tests::Watchdog watchdog_{"a thread that sleeps is woken"};
};

// The machine under test has membarrier, or kAsymmetric is not what BestMode answers.
Mode Supported(Mode mode) { return mode == Mode::kAsymmetric ? SleeperTable::BestMode() : mode; }

TEST_P(SleepTest, AWakeBeforeTheSleepIsNotLost) {
  SleeperTable table(Supported(GetParam()), kForEver);
  Sleeper& sleeper = table.At(table.Add());
  const std::uint32_t prepared = sleeper.Prepare();
  sleeper.Wake();
  sleeper.Sleep(prepared, kForEver);
}

TEST_P(SleepTest, ASleepEndsByItselfAfterItsTime) {
  SleeperTable table(Supported(GetParam()), kForEver);
  Sleeper& sleeper = table.At(table.Add());
  sleeper.Sleep(sleeper.Prepare(), std::chrono::milliseconds(1));
}

TEST_P(SleepTest, NotifyWakesThoseWhoAreEnlistedAndNobodyElse) {
  SleeperTable table(Supported(GetParam()), kForEver);
  const std::size_t asleep = table.Add();
  const std::size_t elsewhere = table.Add();
  const std::size_t gone = table.Add();
  WakeList list;
  list.Connect(&table);
  const auto words = [&table] {
    std::vector<std::uint32_t> all;
    for (std::size_t i = 0; i < 3; ++i) all.push_back(table.At(i).Prepare());
    return all;
  };
  list.Notify();
  EXPECT_EQ(words(), (std::vector<std::uint32_t>{0, 0, 0}));
  list.Enlist(asleep);
  list.Enlist(gone);
  list.Leave(gone);
  list.Notify();
  EXPECT_EQ(words(), (std::vector<std::uint32_t>{1, 0, 0}));
  // Taken by the first: a second wake-up is of no use to a thread that is on its way.
  list.Notify();
  EXPECT_EQ(words(), (std::vector<std::uint32_t>{1, 0, 0}));
  (void)elsewhere;
}

// C18, C21, C23: behind the producer; every event has to wake the consumer, or the next never
// comes.
TEST_P(SleepTest, AConsumerSleepsAndIsWokenForEveryEvent) {
  Pipeline<std::int64_t> pipeline({.name = "sleep", .capacity = 2});
  Atomic<std::int64_t> seen{-1};
  pipeline.Stage("sleeper", [&seen](std::int64_t& value) { seen.StoreRelease(value); });
  ASSERT_TRUE(pipeline.Assemble().ok());
  pipeline.AllowSleep(Supported(GetParam()), kForEver);
  StopSignal stop;
  stop.Wakes(pipeline.sleepers());
  std::thread consumer([&] { pipeline.stage(0).Run(WaitKind::kBlocking, stop); });
  auto publisher = pipeline.MakePublisher();
  for (std::int64_t i = 0; i < 2'000; ++i) {
    ASSERT_EQ(publisher.Publish([i](std::int64_t& value) { value = i; }), ClaimStatus::kOk);
    while (seen.LoadAcquire() != i) std::this_thread::yield();
    // Now and then, time enough for it to fall asleep.
    if (i % 100 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  stop.StopAfter(1'999);
  consumer.join();
}

// C53: behind another stage, which is the one that has to wake it.
TEST_P(SleepTest, AStageSleepsUntilTheStageInFrontOfItMoves) {
  Pipeline<std::int64_t> pipeline({.name = "sleep", .capacity = 8});
  Atomic<bool> go{false};
  std::int64_t sum = 0;
  auto slow = pipeline.Stage("slow", [&go](std::int64_t&) {
    while (!go.LoadAcquire()) std::this_thread::yield();
  });
  pipeline.Stage("sum", [&sum](std::int64_t& value) { sum += value; }).After(slow);
  ASSERT_TRUE(pipeline.Assemble().ok());
  pipeline.AllowSleep(Supported(GetParam()), kForEver);
  StopSignal stop;
  stop.Wakes(pipeline.sleepers());
  std::thread first([&] { pipeline.stage(0).Run(WaitKind::kYielding, stop); });
  std::thread second([&] { pipeline.stage(1).Run(WaitKind::kBlocking, stop); });
  auto publisher = pipeline.MakePublisher();
  for (std::int64_t i = 1; i <= 4; ++i) {
    ASSERT_EQ(publisher.Publish([i](std::int64_t& value) { value = i; }), ClaimStatus::kOk);
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  go.StoreRelease(true);
  stop.StopAfter(3);
  first.join();
  second.join();
  EXPECT_EQ(sum, 10);
}

// C04: a producer sleeps on a full ring until the gate moves.
TEST_P(SleepTest, AProducerSleepsUntilThereIsRoom) {
  Pipeline<std::int64_t> pipeline({.name = "sleep", .capacity = 2});
  std::int64_t sum = 0;
  pipeline.Stage("sum", [&sum](std::int64_t& value) { sum += value; });
  ASSERT_TRUE(pipeline.Assemble().ok());
  pipeline.AllowSleep(Supported(GetParam()), kForEver);
  StopSignal stop;
  std::thread producer([&] {
    auto publisher = pipeline.MakePublisher(pipeline.SleepingProducer());
    for (std::int64_t i = 1; i <= 1'000; ++i) {
      ASSERT_EQ(publisher.Publish([i](std::int64_t& value) { value = i; }), ClaimStatus::kOk);
    }
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  stop.StopAfter(999);
  pipeline.stage(0).Run(WaitKind::kYielding, stop);
  producer.join();
  EXPECT_EQ(sum, 500'500);
}

// C19, C60: nobody sleeps through a stop.
TEST_P(SleepTest, AStopWakesStagesAndProducer) {
  Pipeline<std::int64_t> pipeline({.name = "sleep", .capacity = 1});
  Atomic<bool> hold{true};
  auto held = pipeline.Stage("held", [&hold](std::int64_t&) {
    while (hold.LoadAcquire()) std::this_thread::yield();
  });
  pipeline.Stage("behind", [](std::int64_t&) {}).After(held);
  ASSERT_TRUE(pipeline.Assemble().ok());
  pipeline.AllowSleep(Supported(GetParam()), kForEver);
  StopSignal stop;
  stop.Wakes(pipeline.sleepers());
  std::thread first([&] { pipeline.stage(0).Run(WaitKind::kBlocking, stop); });
  std::thread second([&] { pipeline.stage(1).Run(WaitKind::kBlocking, stop); });
  ClaimStatus last = ClaimStatus::kOk;
  std::thread producer([&] {
    auto publisher = pipeline.MakePublisher(pipeline.SleepingProducer());
    while (last == ClaimStatus::kOk) last = publisher.Publish([](std::int64_t& v) { v = 0; });
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  pipeline.sequencer().Close();
  producer.join();
  EXPECT_EQ(last, ClaimStatus::kStopped);
  stop.Halt();
  second.join();
  hold.StoreRelease(false);
  first.join();
}

INSTANTIATE_TEST_SUITE_P(BothModes, SleepTest,
                         testing::Values(Mode::kAsymmetric, Mode::kReadModifyWrite),
                         [](const auto& info) {
                           return info.param == Mode::kAsymmetric ? "Asymmetric"
                                                                  : "ReadModifyWrite";
                         });

TEST(SleeperTableTest, HasAsymmetricBarriersOnThisKernel) {
  // Not a promise of every machine: it says which of the two modes the other tests ran in.
  RecordProperty("mode", SleeperTable::BestMode() == Mode::kAsymmetric ? "asymmetric" : "rmw");
  EXPECT_EQ(RegisterHeavyBarrier(), SleeperTable::BestMode() == Mode::kAsymmetric);
}

TEST(PipelineSleepTest, AStageThatAsksToBlockAllowsSleep) {
  Pipeline<std::int64_t> pipeline({.name = "sleep", .capacity = 2});
  pipeline.Stage("spins", [](std::int64_t&) {});
  EXPECT_EQ(pipeline.sleepers(), nullptr);
  pipeline.Stage("blocks", [](std::int64_t&) {}).Wait(WaitKind::kBlocking);
  ASSERT_TRUE(pipeline.Assemble().ok());
  EXPECT_NE(pipeline.sleepers(), nullptr);
}

TEST(PipelineSleepTest, RefusesToBlockWithTooManyStages) {
  Pipeline<std::int64_t> pipeline({.name = "wide", .capacity = 2});
  for (int i = 0; i < 64; ++i) {
    pipeline.Stage("s" + std::to_string(i), [](std::int64_t&) {}).Wait(WaitKind::kBlocking);
  }
  const absl::Status status = pipeline.Assemble();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_NE(status.message().find("at most 63 stages"), std::string::npos) << status;
}

TEST(PipelineSleepDeathTest, BlockingWithoutAllowSleepIsSaidAtOnce) {
  Pipeline<std::int64_t> pipeline({.name = "sleep", .capacity = 2});
  pipeline.Stage("stage", [](std::int64_t&) {});
  ASSERT_TRUE(pipeline.Assemble().ok());
  StopSignal stop;
  EXPECT_DEATH(pipeline.stage(0).Run(WaitKind::kBlocking, stop), "AllowSleep");
}

}  // namespace
}  // namespace disruptor
