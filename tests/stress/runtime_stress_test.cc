// Runs of random graphs on random placements that begin and end in every way there is.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "disruptor/claim_result.h"
#include "disruptor/pipeline.h"
#include "disruptor/runtime/options.h"
#include "disruptor/runtime/runtime.h"
#include "disruptor/stage_ref.h"
#include "gtest/gtest.h"
#include "tests/stress/checker.h"
#include "tests/stress/jitter.h"
#include "tests/stress/payload.h"
#include "tests/stress/stress.h"
#include "tests/support/watchdog.h"

namespace tests::stress {
namespace {

constexpr std::uint64_t kRounds = 600;
constexpr std::uint64_t kMostEvents = 3'000;
constexpr std::chrono::seconds kLong{60};

std::uint64_t FromEnvironment(const char* name, std::uint64_t otherwise) {
  const char* const value = std::getenv(name);
  return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

enum class End : std::uint8_t { kDrain, kHalt, kDestroy, kThrow, kStartFails };

// FaultyStage is a checker that can be told to throw, and counts its hooks.
class FaultyStage {
 public:
  FaultyStage(std::size_t stage, const std::vector<std::size_t>& after, std::uint64_t seed)
      : checker_(stage, after, seed) {}

  void OnStart() {
    if (throws_on_start) throw std::runtime_error("start refused");
    ++starts;
  }
  void operator()(Payload& payload, std::int64_t sequence, bool end_of_batch) {
    if (sequence == throw_at) throw std::runtime_error("a bad event");
    checker_(payload, sequence, end_of_batch);
  }
  void OnStop() { ++stops; }

  [[nodiscard]] const Checker& checker() const { return checker_; }

  bool throws_on_start = false;
  std::int64_t throw_at = -1;
  int starts = 0;
  int stops = 0;

 private:
  Checker checker_;
};

Topology RandomTopology(Jitter& jitter) {
  Topology topology(1 + jitter.Below(Payload::kStages));
  for (std::size_t stage = 0; stage < topology.size(); ++stage) {
    for (std::size_t before = 0; before < stage; ++before) {
      if (jitter.OneIn(2)) topology[stage].push_back(before);
    }
  }
  return topology;
}

// Whether `stage` comes behind `source` in the graph, or is it.
bool IsBehind(const Topology& topology, std::size_t stage, std::size_t source) {
  return stage == source ||
         std::any_of(topology[stage].begin(), topology[stage].end(),
                     [&](std::size_t upstream) { return IsBehind(topology, upstream, source); });
}

// One run from its start to its end.
class Round {
 public:
  explicit Round(std::uint64_t seed)
      : jitter_(seed),
        topology_(RandomTopology(jitter_)),
        end_(static_cast<End>(jitter_.Below(5))),
        capacity_(std::int64_t{1} << jitter_.Below(11)),
        events_(static_cast<std::int64_t>(
            jitter_.Below(capacity_ < 16 ? kMostEvents / 10 : kMostEvents))),
        victim_(jitter_.Below(topology_.size())) {
    for (std::size_t i = 0; i < topology_.size(); ++i) {
      stages_.push_back(std::make_unique<FaultyStage>(i, topology_[i], seed + i));
    }
    if (end_ == End::kThrow) {
      stages_[victim_]->throw_at = static_cast<std::int64_t>(jitter_.Below(kMostEvents / 10));
    }
    stages_[victim_]->throws_on_start = end_ == End::kStartFails;
    options_.sharing = static_cast<disruptor::runtime::Sharing>(jitter_.Below(2));
    options_.pinning = static_cast<disruptor::runtime::Pinning>(jitter_.Below(3));
    options_.publisher_cpu = !jitter_.OneIn(4);
  }

  void Run() {
    SCOPED_TRACE("capacity " + std::to_string(capacity_) + ", stages " +
                 std::to_string(topology_.size()) + ", end " +
                 std::to_string(static_cast<int>(end_)));
    auto run = disruptor::runtime::Start(MakePipeline(), options_);
    if (end_ == End::kStartFails) {
      EXPECT_EQ(run.status().code(), absl::StatusCode::kAborted) << run.status();
    } else {
      ASSERT_TRUE(run.ok()) << run.status();
      for (const auto& stage : stages_) EXPECT_EQ(stage->starts, 1);
      EndAtRandom(*run);
      // Waits for the threads, whatever has happened.
      run = absl::CancelledError("over");
    }
    EXPECT_TRUE(slots_were_free_);
    CheckStages();
  }

 private:
  using RunOfPayloads = disruptor::runtime::Runtime<Payload>;

  disruptor::Pipeline<Payload> MakePipeline() {
    disruptor::Pipeline<Payload> pipeline({.name = "stress", .capacity = capacity_});
    std::vector<disruptor::StageRef> refs;
    for (std::size_t i = 0; i < topology_.size(); ++i) {
      refs.push_back(pipeline.Stage("stage " + std::to_string(i), std::ref(*stages_[i])));
      for (const std::size_t upstream : topology_[i]) refs[i].After(refs[upstream]);
    }
    return pipeline;
  }

  void EndAtRandom(RunOfPayloads& run) {
    std::optional<std::thread> stopper;
    if (end_ == End::kHalt) {
      stopper.emplace([&run, at = static_cast<std::int64_t>(jitter_.Below(kMostEvents))] {
        while (run.Progress() < at / 16) std::this_thread::yield();
        run.Halt();
      });
    }
    const std::int64_t count = end_ == End::kHalt || end_ == End::kThrow ? kEndless : events_;
    if (jitter_.OneIn(2)) {
      EXPECT_TRUE(run.RunSource([&] { Publish(run, count); }).ok());
    } else {
      Publish(run, count);
    }
    if (stopper) stopper->join();
    if (end_ == End::kDestroy) return;
    const absl::Status stopped = run.DrainAndStop(kLong);
    if (end_ == End::kThrow) {
      EXPECT_EQ(stopped.code(), absl::StatusCode::kAborted) << stopped;
    } else {
      EXPECT_TRUE(stopped.ok()) << stopped;
    }
    EXPECT_EQ(run.DrainAndStop(kLong), stopped);
    EXPECT_EQ(run.Report().published, published_);
  }

  void Publish(RunOfPayloads& run, std::int64_t count) {
    disruptor::ClaimStatus status = disruptor::ClaimStatus::kOk;
    const auto fill = [this](Payload& payload, std::int64_t sequence) {
      const std::int64_t lap_before =
          sequence < capacity_ ? Payload::kNotYet : sequence - capacity_;
      for (std::size_t stage = 0; stage < topology_.size(); ++stage) {
        slots_were_free_ &= payload.mark(stage) == lap_before;
      }
      payload.Write(sequence);
      ++published_;
    };
    while (published_ < count && status != disruptor::ClaimStatus::kStopped) {
      const std::int64_t batch = std::min(
          count - published_,
          1 + static_cast<std::int64_t>(jitter_.Below(static_cast<std::uint64_t>(capacity_))));
      switch (jitter_.Below(3)) {
        case 0:
          status = run.publisher().Publish(fill);
          break;
        case 1:
          status = run.publisher().TryPublish(fill);
          if (status == disruptor::ClaimStatus::kFull) std::this_thread::yield();
          break;
        default:
          status = run.publisher().PublishBatch(batch, fill);
          break;
      }
      jitter_.Pause();
    }
    EXPECT_EQ(status == disruptor::ClaimStatus::kStopped, count == kEndless);
  }

  void CheckStages() {
    for (std::size_t i = 0; i < stages_.size(); ++i) {
      SCOPED_TRACE("stage " + std::to_string(i));
      const FaultyStage& stage = *stages_[i];
      EXPECT_TRUE(stage.checker().in_order());
      EXPECT_TRUE(stage.checker().whole());
      EXPECT_TRUE(stage.checker().behind_upstream());
      EXPECT_EQ(stage.starts, stage.stops);
      EXPECT_LE(stage.checker().handled(), published_);
      if (end_ == End::kDrain) {
        EXPECT_EQ(stage.checker().handled(), published_);
      }
      if (end_ == End::kThrow && IsBehind(topology_, i, victim_)) {
        EXPECT_EQ(stage.checker().handled(), stages_[victim_]->throw_at);
      }
      if (end_ == End::kStartFails) {
        EXPECT_EQ(stage.checker().handled(), 0);
      }
    }
  }

  static constexpr std::int64_t kEndless = std::int64_t{1} << 40;

  Jitter jitter_;
  Topology topology_;
  End end_;
  std::int64_t capacity_;
  std::int64_t events_;
  std::size_t victim_;
  disruptor::runtime::RuntimeOptions options_;
  std::vector<std::unique_ptr<FaultyStage>> stages_;
  std::int64_t published_ = 0;
  bool slots_were_free_ = true;
};

TEST(RuntimeStressTest, RunsOfAllKindsBeginAndEndAsTheyShould) {
  const std::uint64_t rounds = kRounds * FromEnvironment("PINWHEEL_STRESS_SCALE", 1);
  const std::uint64_t first_seed = FromEnvironment("PINWHEEL_STRESS_SEED", 1) * 1'000'000;
  for (std::uint64_t seed = first_seed; seed < first_seed + rounds; ++seed) {
    const Watchdog watchdog("a run of the stress test ends");
    SCOPED_TRACE("seed " + std::to_string(seed));
    Round(seed).Run();
    EXPECT_EQ(Payload::live, 0);
    if (testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace tests::stress
