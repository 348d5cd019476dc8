#include "tests/stress/stress.h"

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "disruptor/pipeline.h"
#include "disruptor/stop_signal.h"
#include "gtest/gtest.h"
#include "tests/stress/checker.h"
#include "tests/stress/jitter.h"
#include "tests/stress/payload.h"
#include "tests/stress/producer.h"
#include "tests/support/watchdog.h"

namespace tests::stress {
namespace {

constexpr std::uint64_t kPipelines = 60;
constexpr std::uint64_t kMostEvents = 20'000;

enum class End { kDrain, kCloseAndDrain, kHalt };

std::uint64_t FromEnvironment(const char* name, std::uint64_t otherwise) {
  const char* const value = std::getenv(name);
  return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

// One pipeline from its construction to its end.
class Round {
 public:
  Round(const Topology& topology, std::uint64_t seed)
      : jitter_(seed),
        capacity_(std::int64_t{1} << jitter_.Below(11)),
        end_(static_cast<End>(jitter_.Below(3))),
        // A capacity of 1 is a hand-over for each event, each with a change of threads.
        events_(static_cast<std::int64_t>(
            jitter_.Below(capacity_ < 16 ? kMostEvents / 10 : kMostEvents))),
        pipeline_({.name = "stress", .capacity = capacity_}) {
    for (std::size_t i = 0; i < topology.size(); ++i) {
      checkers_.push_back(std::make_unique<Checker>(i, topology[i], seed + i));
      refs_.push_back(pipeline_.Stage("stage " + std::to_string(i), std::ref(*checkers_[i])));
      for (const std::size_t upstream : topology[i]) refs_[i].After(refs_[upstream]);
    }
  }

  void Run(std::uint64_t seed) {
    SCOPED_TRACE("seed " + std::to_string(seed) + ", capacity " + std::to_string(capacity_) +
                 ", end " + std::to_string(static_cast<int>(end_)));
    ASSERT_TRUE(pipeline_.Assemble().ok());
    AllowSleep();
    StartStages();
    Producer producer(pipeline_, seed);
    if (end_ == End::kDrain) {
      EXPECT_EQ(producer.Publish(events_), disruptor::ClaimStatus::kOk);
      pipeline_.sequencer().Close();
    } else {
      std::thread stopper([this] { StopFromOutside(); });
      EXPECT_EQ(producer.Publish(Producer::kEndless), disruptor::ClaimStatus::kStopped);
      stopper.join();
    }
    if (end_ != End::kHalt) stop_.StopAfter(pipeline_.sequencer().CursorApprox());
    for (std::thread& stage : threads_) stage.join();
    EXPECT_EQ(pipeline_.sequencer().CursorApprox() + 1, producer.published());
    EXPECT_TRUE(producer.slots_were_free());
    CheckStages(producer.published());
  }

 private:
  void StartStages() {
    for (const disruptor::StageRef& ref : refs_) {
      threads_.emplace_back(
          [this, index = ref.index()] { pipeline_.stage(index).Run(waits_[index], stop_); });
    }
  }

  // Half of the pipelines have threads that sleep, in either way of waking them. A wake-up that is
  // lost is a hang: nobody wakes from such a sleep by himself.
  void AllowSleep() {
    using disruptor::SleeperTable;
    using disruptor::WaitKind;
    const bool sleeps = jitter_.OneIn(2);
    for (std::size_t i = 0; i < refs_.size(); ++i) {
      constexpr WaitKind kChoice[] = {WaitKind::kBlocking, WaitKind::kBlocking, WaitKind::kYielding,
                                      WaitKind::kBackoff};
      waits_.push_back(sleeps ? kChoice[jitter_.Below(std::size(kChoice))] : WaitKind::kYielding);
    }
    if (!sleeps) return;
    pipeline_.AllowSleep(
        jitter_.OneIn(2) ? SleeperTable::BestMode() : SleeperTable::Mode::kReadModifyWrite,
        std::chrono::hours(1));
    stop_.Wakes(pipeline_.sleepers());
  }

  void StopFromOutside() {
    while (pipeline_.sequencer().CursorApprox() < events_) std::this_thread::yield();
    if (end_ == End::kHalt) {
      stop_.Halt();
      // Most often the producer is waiting for room by now, as the stages have gone.
      for (std::uint64_t yields = jitter_.Below(100); yields > 0; --yields) {
        std::this_thread::yield();
      }
    }
    pipeline_.sequencer().Close();
  }

  void CheckStages(std::int64_t published) {
    for (std::size_t i = 0; i < checkers_.size(); ++i) {
      SCOPED_TRACE("stage " + std::to_string(i));
      const Checker& checker = *checkers_[i];
      EXPECT_TRUE(checker.in_order());
      EXPECT_TRUE(checker.whole());
      EXPECT_TRUE(checker.behind_upstream());
      EXPECT_FALSE(checker.batch_is_open());
      if (end_ == End::kHalt) {
        EXPECT_LE(checker.handled(), published);
      } else {
        EXPECT_EQ(checker.handled(), published);
      }
      EXPECT_EQ(pipeline_.stage(i).next(), checker.handled());
    }
  }

  Jitter jitter_;
  std::int64_t capacity_;
  End end_;
  std::int64_t events_;
  disruptor::Pipeline<Payload> pipeline_;
  std::vector<std::unique_ptr<Checker>> checkers_;
  std::vector<disruptor::StageRef> refs_;
  std::vector<disruptor::WaitKind> waits_;
  disruptor::StopSignal stop_;
  std::vector<std::thread> threads_;
};

}  // namespace

void RunStress(const Topology& topology) {
  const std::uint64_t rounds = kPipelines * FromEnvironment("PINWHEEL_STRESS_SCALE", 1);
  const std::uint64_t first_seed = FromEnvironment("PINWHEEL_STRESS_SEED", 1) * 1'000'000;
  for (std::uint64_t seed = first_seed; seed < first_seed + rounds; ++seed) {
    const Watchdog watchdog("a pipeline of the stress test ends");
    Round(topology, seed).Run(seed);
    EXPECT_EQ(Payload::live, 0);
    if (testing::Test::HasFailure()) return;
  }
}

}  // namespace tests::stress
